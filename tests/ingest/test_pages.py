"""Whole pages of many sites' shapes: what must be in the body, and what must not."""

import re

import pytest

from byline.ingest import Facts, interval_of
from byline.ingest.html import from_html
from byline.records import Document, Span
from tests.pages import Page, read_pages

PAGES = list(read_pages())
LEAST_KEPT, MOST_FURNITURE = 0.98, 0.02  # of the paragraphs of all stories, and of those in the body
_EITHER = ("standfirst", "quote", "time", "row")


def folded(words: str) -> str:
    return re.sub(r"\W+", " ", words).strip().lower()


def texts(document: Document, spans: tuple[Span, ...]) -> list[str]:
    return [folded(document.text[slice(*span)]) for span in spans]


def offenders(page: Page) -> tuple[list[str], list[str], int]:
    """Return the furniture in the body, the story that is lost, and how many paragraphs the body has."""
    document = from_html(page.markup)
    body = texts(document, document.prose)
    told = " ".join(body)
    story = [folded(p) for p in page.gold["story"]]
    allowed = " ".join(story + [folded(p) for kind in _EITHER for p in page.gold.get(kind, [])])
    furniture = [f"{page.name}: {p}" for p in body if p not in allowed]
    return furniture, [f"{page.name}: {p}" for p in story if p not in told], len(body)


def test_there_are_sixty_pages() -> None:
    assert len(PAGES) >= 60


def test_hardly_any_furniture_is_in_the_body_and_hardly_any_story_is_lost() -> None:
    found = [offenders(page) for page in PAGES]
    furniture, lost = [p for f, _, _ in found for p in f], [p for _, s, _ in found for p in s]
    assert len(furniture) <= MOST_FURNITURE * sum(n for _, _, n in found), furniture
    assert len(lost) <= (1 - LEAST_KEPT) * sum(len(p.gold["story"]) for p in PAGES), lost


@pytest.mark.parametrize("page", [p for p in PAGES if "old</" in p.markup], ids=lambda p: p.name)
def test_an_age_notice_is_never_in_the_body_and_dates_the_page(page: Page) -> None:
    bare = re.sub(r"\d{1,2} [A-Z][a-z]+ \d{4}|<time.*?</time>", "", page.markup)
    document = from_html(bare, facts=Facts(retrieved=interval_of("2024-07-15")))
    assert not any("years" in p and " old" in p for p in texts(document, document.body))


@pytest.mark.parametrize("page", [p for p in PAGES if "time" in p.gold], ids=lambda p: p.name)
def test_the_times_of_a_live_blogs_entries_are_kept(page: Page) -> None:
    document = from_html(page.markup)
    assert all(time in document.text.split("\n\n") for time in page.gold["time"])


def test_headings_and_captions_are_marked() -> None:
    wrong = []
    for page in PAGES:
        document = from_html(page.markup)
        wrong += [
            (page.name, h) for h in page.gold.get("heading", []) if folded(h) not in texts(document, document.headings)
        ]
        wrong += [
            (page.name, p)
            for p in page.gold.get("caption", [])
            if folded(p) in document.text and folded(p) not in texts(document, document.captions)
        ]
    assert not wrong
