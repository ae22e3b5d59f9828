"""Every page in a real browser: whole, quiet, and open to all, on a phone and on a desk, by day and by night."""

import pytest
from playwright.sync_api import Browser

from tests.web.browser import DESK, PHONE, is_too_wide, opened, violations

PAGES = [
    "/",
    "/?text=nothing+has+these+words",
    "/incidents",
    "/incidents/{incident}",
    "/documents/1",
    "/actors",
    "/actors/Alentejo%20Free%20Column",
    "/outlets",
    "/outlets/Red%20Furrow",
]


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", PAGES)
def test_page(chromium: Browser, address: str, path: str, incident: str, *, width: int, dark: bool) -> None:
    with opened(chromium, address + path.format(incident=incident), width=width, dark=dark) as page:
        assert violations(page) == []
        assert not is_too_wide(page)
