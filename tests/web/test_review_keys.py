"""Review in a real browser: all by keys, and words selected in the article."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from byline.reviews import Review
from byline.store import Archive, Queue, judgements, queued
from tests.web.browser import DESK, PHONE, is_too_wide, opened, violations
from tests.web.test_review import ADA, BEN, Reviewer

PAGES = ("", "?text=nowhere", "/documents/1", "/differences", "/agreement", "/decisions")
SELECT = """(element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let last = walker.nextNode();
  while (walker.nextNode()) last = walker.currentNode;
  const end = last.data.trimEnd().length - 1;
  const range = document.createRange();
  range.setStart(last, last.data.lastIndexOf(" ", end) + 1);
  range.setEnd(last, end);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return range.toString();
}"""


def held(path: Path) -> list[Review]:
    with Archive.open(path) as archive:
        return judgements(archive)


def begin(page: Page) -> None:
    page.get_by_label("Your name").fill(ADA)
    page.keyboard.press("Enter")
    page.wait_for_selector(".deciding")
    page.wait_for_selector(".help-button:not([hidden])")  # shown by the script that listens to keys


def press(page: Page, key: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_events_are_judged_by_keys_alone(chromium: Browser, where: str, path: Path) -> None:
    with Archive.open(path) as archive:
        uids = [one.uid for one in queued(archive, Queue(ADA), 0, 4)]
    with opened(chromium, f"{where}/review") as page:
        begin(page)
        for key in "arsj":
            press(page, key)
        press(page, "k")
        assert uids[3] in page.url
        press(page, "u")  # the skip
        assert uids[2] in page.url
        expect(page.get_by_role("status")).to_contain_text("2 of")
    assert [(one.kind, one.event) for one in held(path)] == [("accept", uids[0]), ("reject", uids[1])]


def test_fields_are_edited_by_keys_alone(chromium: Browser, where: str, path: Path) -> None:
    with opened(chromium, f"{where}/review") as page:
        begin(page)
        page.keyboard.press("e")
        expect(page.locator("#edit-type")).to_be_focused()
        page.keyboard.press("Control+A")
        page.keyboard.type("MOURN")
        press(page, "Enter")
    (review,) = held(path)
    assert review.kind == "edit"
    assert review.facts is not None
    assert review.facts.type == "MOURN"


def test_why_is_written_before_deciding(chromium: Browser, where: str, path: Path) -> None:
    with opened(chromium, f"{where}/review") as page:
        begin(page)
        page.keyboard.press("c")
        page.keyboard.type("a rumour")  # the letters are text, not keys
        page.keyboard.press("Escape")
        press(page, "r")
    assert [(one.kind, one.reason) for one in held(path)] == [("reject", "a rumour")]


def test_enter_in_why_decides_nothing(chromium: Browser, where: str, path: Path) -> None:
    with opened(chromium, f"{where}/review") as page:
        begin(page)
        page.keyboard.press("c")
        page.keyboard.type("a rumour")
        page.keyboard.press("Enter")
        expect(page.locator(".why input")).not_to_be_focused()
        assert held(path) == []
        press(page, "r")
    assert [(one.kind, one.reason) for one in held(path)] == [("reject", "a rumour")]


def test_enter_in_why_decides_nothing_without_script(chromium: Browser, where: str, path: Path) -> None:
    with opened(chromium, f"{where}/review", script=False) as page:
        page.get_by_label("Your name").fill(ADA)
        page.keyboard.press("Enter")
        page.get_by_label("Why", exact=True).first.fill("a rumour")
        page.keyboard.press("Enter")
        with page.expect_navigation():
            page.get_by_role("button", name="Skip").click()
        assert held(path) == []


def test_a_missed_event_is_added_from_the_selected_words(chromium: Browser, where: str, path: Path) -> None:
    with opened(chromium, f"{where}/review") as page:
        begin(page)
        press(page, "w")
        words = page.locator("p[data-start]").last.evaluate(SELECT)
        page.keyboard.press("d")
        expect(page.locator("#add-words")).to_have_value(words)
        page.locator("#add-type").fill("SUPPORT")
        page.get_by_role("button", name="Add", exact=True).focus()  # a list of types may be open: it takes the key
        press(page, "Enter")
        expect(page.get_by_text("added by you")).to_be_visible()
    (review,) = held(path)
    with Archive.open(path) as archive:
        (text,) = archive.execute("SELECT text FROM documents WHERE document = ?", (review.document,)).fetchone()
    assert review.facts is not None
    start, end = review.facts.trigger.span
    assert text[start:end] == words
    assert text[:start].count("\n") > 2  # not the first that reads so, but the one that was selected


def test_the_list_of_keys_opens_and_they_can_be_turned_off(chromium: Browser, where: str, path: Path) -> None:
    with opened(chromium, f"{where}/review") as page:
        begin(page)
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert violations(page) == []
        page.get_by_label("Single keys are on").uncheck()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.keyboard.press("a")
        page.keyboard.press("e")
        expect(page.locator("#edit-type")).to_be_hidden()
    assert held(path) == []


def test_filters_are_opened_by_a_key(chromium: Browser, where: str) -> None:
    with opened(chromium, f"{where}/review") as page:
        begin(page)
        page.keyboard.press("/")
        expect(page.get_by_label("Words", exact=True)).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_label("Words", exact=True)).to_be_hidden()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("dark", [False, True])
def test_looks(chromium: Browser, where: str, path: Path, *, width: int, dark: bool) -> None:
    with Archive.open(path) as archive:
        uid = queued(archive, Queue(ADA), 0, 1)[0].uid
    Reviewer(where).send(f"/review/events/{uid}", kind="accept", reason="as it says")
    Reviewer(where, BEN).send(f"/review/events/{uid}", kind="reject", reason="it does not")
    with opened(chromium, f"{where}/review", width=width, dark=dark) as page:
        assert violations(page) == []
        begin(page)
        for address in PAGES:
            page.goto(f"{where}/review{address}")
            page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
            assert violations(page) == []
            assert not is_too_wide(page)
