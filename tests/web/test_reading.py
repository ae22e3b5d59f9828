"""Documents, incidents, names, outlets and the door in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.web.browser import opened, violations
from tests.web.server import served

PASSWORD = "a long password"  # noqa: S105


@pytest.fixture(scope="module")
def guarded(archive: Path) -> Iterator[str]:
    with served(archive, password=PASSWORD) as address:
        yield address


def test_an_event_leads_to_its_words(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/?type=ASSAULT") as page:
        page.locator("table.events tbody tr a[href^='/documents/']").first.click()
        page.wait_for_url(re.compile(r"/documents/\d+#e\d+"))
        event = page.locator(":target")
        expect(event).to_be_in_viewport()
        assert event.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_a_card_opens_the_original_at_the_words(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/documents/1") as page:
        card = page.locator(".card:not(.claim)").first
        card.locator("summary").click()
        link = card.get_by_role("link", name="These words in the original")
        if link.count():
            assert "#:~:text=" in str(link.get_attribute("href"))
        expect(card.locator("ul li").first).to_be_visible()


def test_names_in_a_card_lead_to_their_pages(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/documents/1") as page:
        links = page.locator(".card a.name[href^='/actor?']")
        assert links.count() > 3
        for name in {link.inner_text() for link in links.all()[:4]}:
            page.locator(".card").get_by_role("link", name=name, exact=True).first.click()
            expect(page.locator("h1")).to_have_text(name)
            page.go_back()


def test_an_incident_has_its_reports_side_by_side(chromium: Browser, address: str, incident: str) -> None:
    with opened(chromium, f"{address}/incidents/{incident}") as page:
        assert page.locator(".report").count() >= 4
        expect(page.locator("#map canvas")).to_be_visible()
        expect(page.get_by_role("rowheader", name=re.compile("killed"))).to_be_visible()
        page.locator(".report a[href^='/events/']").first.click()
        page.wait_for_url(re.compile(r"/documents/\d+#e\d+"))


def test_a_name_leads_to_what_it_does(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/actors") as page:
        page.get_by_label("Part of the name").fill("column")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("link", name="Alentejo Free Column").click()
        expect(page.locator("h1")).to_have_text("Alentejo Free Column")
        page.locator(".timeline a").last.click()
        page.wait_for_url("**first=**")
        page.get_by_role("link", name="all days").click()
        page.get_by_role("link", name="On the map, with all filters").click()
        expect(page.locator(".chips")).to_contain_text("Alentejo Free Column")


def test_an_outlet_is_beside_the_others(chromium: Browser, address: str) -> None:
    with opened(chromium, f"{address}/outlets") as page:
        page.get_by_role("link", name="Red Furrow").click()
        beside = page.get_by_role("region", name="Beside others, on the same incidents")
        beside.get_by_role("link", name="Meridian Wire").click()
        expect(page.locator("h1")).to_have_text("Meridian Wire")
        page.get_by_role("region", name="What it alone says").get_by_role("link").first.click()
        page.wait_for_url("**/incidents/**")


@pytest.mark.parametrize("dark", [False, True])
def test_the_door(chromium: Browser, guarded: str, *, dark: bool) -> None:
    with opened(chromium, f"{guarded}/outlets", dark=dark) as page:
        page.wait_for_url("**/sign-in")
        assert violations(page) == []
        page.get_by_label("Password of this archive").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("events")
