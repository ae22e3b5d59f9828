"""Text that means harm is text on every page, and in every table."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser import is_too_wide, opened
from tests.web.hostile import DOCUMENTS, HARM, LONG, SCRIPT
from tests.web.server import Client, archive_of, served

FORMULAS = ("=", "+", "-", "@", "\t", "\r")
TABLES = ["/events.csv", "/actors.csv", "/outlets.csv"]
PAGES = ["/", "/incidents", "/actors", "/outlets"]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(archive_of(tmp_path_factory.mktemp("hostile") / "hostile.byline", DOCUMENTS)) as address:
        yield address


def linked(server: str) -> list[str]:
    """Return the pages of this server that its lists link: documents, incidents, names, outlets, events."""
    found = (re.findall(r'href="(/[^"]*)"', Client(server).get(path).text) for path in PAGES)
    return sorted({path.replace("&amp;", "&") for paths in found for path in paths if not path.startswith("/static/")})


def test_no_page_has_markup_of_a_text_and_none_is_a_mistake(server: str) -> None:
    client = Client(server)
    found = linked(server)
    assert {re.split("[/?]", path)[1] for path in found} >= {"documents", "incidents", "actor", "outlet"}
    for path in found:
        answer = client.get(path)
        assert answer.status in {200, 303, 404}
        if answer.headers["content-type"].startswith("text/html"):
            assert "<script>" not in answer.text
            assert "<svg onload" not in answer.text
            assert "<img" not in answer.text
            assert 'href="javascript:' not in answer.text


@pytest.mark.parametrize("path", [*PAGES, *(f"/documents/{n}" for n in range(1, len(DOCUMENTS) + 1))])
def test_a_browser_shows_it_and_does_nothing(chromium: Browser, server: str, path: str) -> None:
    with opened(chromium, server + path, width=390) as page:
        assert page.title() != "taken"
        assert not is_too_wide(page)


def test_names_that_mean_harm_have_pages(chromium: Browser, server: str) -> None:
    with opened(chromium, f"{server}/actors") as page:
        page.get_by_role("link", name=SCRIPT).click()
        expect(page.locator("h1")).to_have_text(SCRIPT)
        page.get_by_role("link", name="On the map, with all filters").click()
        expect(page.locator("h1")).to_have_text(re.compile("1 event$"))


@pytest.mark.parametrize("name", [name for name in HARM if name != LONG])
def test_a_name_is_the_same_in_all_data(server: str, name: str) -> None:
    client = Client(server)
    assert client.get_with("/actor.json", {"name": name}).json()["name"] == name
    assert client.get_with("/outlet.json", {"name": name}).json()["outlet"]["name"] == name  # type: ignore[index]
    events = client.get("/events.json").json()["events"]
    assert {"who": [name], "whom": [name]} in [{side: e[side] for side in ("who", "whom")} for e in events]  # type: ignore[attr-defined]
    assert name in [one["name"] for one in client.get("/actors.json").json()["actors"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", TABLES)
def test_no_cell_is_a_formula(server: str, path: str) -> None:
    for row in csv.reader(StringIO(Client(server).get(path).text)):
        assert not [cell for cell in row if cell.startswith(FORMULAS) and not is_number(cell)]


def is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None
