"""Two hundred thousand events in a real browser: what is found is what the archive holds, and one can work with it."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from byline.store import Archive, Filter, find
from tests.web.browser import has_map, opened, violations
from tests.web.large import multiplied
from tests.web.server import served

EVENTS = int(os.environ.get("BYLINE_LARGE", "200000"))


@pytest.fixture(scope="module")
def large(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of many events."""
    with Archive.open(archive) as opened:
        once = len(find(opened, Filter()))
    return multiplied(archive, tmp_path_factory.mktemp("large") / "large.byline", -(-EVENTS // once))


@pytest.fixture(scope="module")
def where(large: Path) -> Iterator[str]:
    """Yield where the large archive is served."""
    with served(large) as address:
        yield address


def total(path: Path, wanted: Filter) -> str:
    with Archive.open(path) as archive:
        return f"{len(find(archive, wanted)):,} events"


def test_the_archive_is_as_one_that_was_written(large: Path) -> None:
    with Archive.open(large) as archive:
        assert len(find(archive, Filter())) >= EVENTS
        assert archive.execute("PRAGMA foreign_key_check").fetchall() == []
        sql = dict(archive.execute("SELECT type, count(*) FROM events WHERE start < '2006' GROUP BY type"))
        assert find(archive, Filter(last="2005-12-31")).counts("type") == sql


def test_events_are_explored_filtered_and_brushed(chromium: Browser, where: str, large: Path) -> None:
    with opened(chromium, where) as page:
        expect(page.locator("h1")).to_have_text(total(large, Filter()))
        has_map(page)
        page.get_by_role("checkbox", name=re.compile("^PROTEST")).check()
        expect(page.locator("h1")).to_have_text(total(large, Filter(types=["PROTEST"])))
        box = page.locator(".timeline").bounding_box()
        assert box is not None
        y = box["y"] + box["height"] / 2
        page.mouse.move(box["x"] + box["width"] * 0.3, y)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.6, y, steps=10)
        page.mouse.up()
        page.wait_for_url("**first=**")
        first, last = (page.locator(f"[name={name}]").input_value() for name in ("first", "last"))
        expect(page.locator("h1")).to_have_text(total(large, Filter(first, last, types=["PROTEST"])))
        has_map(page)
        assert violations(page) == []


def test_an_incident_and_a_document_of_the_last_are_shown(chromium: Browser, where: str, large: Path) -> None:
    with Archive.open(large) as archive:
        query = "SELECT id FROM incidents ORDER BY reports DESC, start DESC, id LIMIT 1"
        (incident,) = archive.execute(query).fetchone()
    with opened(chromium, f"{where}/incidents/{incident}") as page:
        assert page.locator(".report").count() >= 4
        page.locator(".report a[href^='/events/']").first.click()
        page.wait_for_url(re.compile(r"/documents/\d+#e\d+"))
        expect(page.locator(":target")).to_be_in_viewport()
