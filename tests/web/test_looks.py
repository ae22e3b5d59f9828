"""Every page in a real browser: whole, quiet, and open to all, on a phone and on a desk, by day and by night."""

import pytest
from playwright.sync_api import Browser

from tests.web.browser import DESK, LAPTOP, PHONE, broken_words, is_too_wide, opened, violations

PAGES = [
    "/",
    "/values/outlet?type=PROTEST",
    "/?text=nothing+has+these+words",
    "/incidents",
    "/incidents/{incident}",
    "/documents/1",
    "/actors",
    "/actor?name=Alentejo%20Free%20Column",
    "/outlets",
    "/outlet?name=Red%20Furrow",
]


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", PAGES)
def test_page(chromium: Browser, address: str, path: str, incident: str, *, width: int, dark: bool) -> None:
    with opened(chromium, address + path.format(incident=incident), width=width, dark=dark) as page:
        assert violations(page) == []
        assert not is_too_wide(page)


@pytest.mark.parametrize("width", [PHONE, LAPTOP, DESK])
@pytest.mark.parametrize("path", ["/", "/incidents", "/actors", "/outlets"])
def test_lines_of_a_table_end_between_words(chromium: Browser, address: str, path: str, width: int) -> None:
    with opened(chromium, address + path, width=width) as page:
        assert page.locator("td").count() > 0
        assert broken_words(page) == []


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/documents/99999", 404),
        ("/actor?name=Nobody+at+all", 404),
        ("/?first=spring", 400),
        ("/incidents?text=nothing+has+these+words", 200),
        ("/actors?part=nobody+has+these+letters", 200),
    ],
)
def test_nothing_to_show(chromium: Browser, address: str, path: str, status: int, *, width: int, dark: bool) -> None:
    with opened(chromium, address + path, width=width, dark=dark, status=status) as page:
        assert violations(page) == []
        assert not is_too_wide(page)
        assert page.locator("main a").count() > 0  # a way out
