"""Title, authors, issue, publication and day of a document, from what its furniture tells."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from byline import knowledge
from byline.ingest.dateline import Dateline
from byline.ingest.dating import address_date, find_date, window
from byline.ingest.facts import Facts
from byline.ingest.furniture import FRONT, Paragraph, folded
from byline.ingest.phrases import Match, Slot
from byline.records import Interval, Span

_NAMES = knowledge.load("furniture.toml")["names"]
_NOBODY, _ROLES = frozenset(_NAMES["nobody"]), frozenset(_NAMES["roles"])
_TITLE_WORDS = 25  # a headline is no longer
_QUESTION_WORDS = 15
_SITE = re.compile(r"\s+(?:[|»–—-]|::)\s+")
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|with|&)\s+", re.IGNORECASE)
_AROUND_NUMBER = " .,:#№°\t\n-–"


def find_title(text: str, found: Sequence[Paragraph]) -> Span | None:
    """Return the headline: the first line of some words before the story that is neither furniture nor a sentence."""
    lead = next((i for i, p in enumerate(found) if p.story and text[slice(*p.story)].rstrip("\"'”’)").endswith(".")), None)
    if lead is None:
        return None
    candidates = [p.story or p.span for p in found[:lead] if _may_be_title(text, p)]
    spoken = [s for s in candidates if sum(w.strip("\"'“”‘’.,:;!?").isalpha() for w in text[slice(*s)].split()) > 1]
    full = [s for s in spoken if len(text[slice(*s)].split()) > 3]
    return full[0] if full else max(spoken, key=lambda s: len(text[slice(*s)].split()), default=None)


def _may_be_title(text: str, paragraph: Paragraph) -> bool:
    words = text[slice(*(paragraph.story or paragraph.span))]
    count = len(words.split())
    if paragraph.kind == "story":
        return count <= (_QUESTION_WORDS if words[-1] in "?!" else _TITLE_WORDS) and words[-1] not in ":;"
    return paragraph.kind == "heading"


def without_site(title: str, others: Iterable[str]) -> tuple[str, str | None]:
    """Part "Headline | Site": return headline and site, if the headline also stands alone on the page."""
    alone = {folded(other) for other in others}
    for cut in _SITE.finditer(title):
        if folded(title[: cut.start()]) in alone:
            return title[: cut.start()], title[cut.end() :].strip()
    return title, None


def authors(found: Sequence[Paragraph]) -> tuple[str, ...]:
    """Return who signs, from bylines at the top of the page or below the story."""
    last = max((i for i, p in enumerate(found) if p.kind == "story"), default=-1)
    near = (p for i, p in enumerate(found) if i < FRONT or i > last)
    signed = [value for p in near for m in p.told if m.kind == "byline" for value in m.values("people")]
    return tuple(dict.fromkeys(name for value in signed for name in people(value)))


def people(words: str) -> list[str]:
    """Return the names in "Jane Roe, Defence Correspondent, and John Doe", without roles."""
    names = [name.strip(" .") for name in _AND.split(words)]
    return [n for n in names if n and n.lower() not in _NOBODY and not _ROLES & set(n.lower().split())]


def publication(told: Iterable[Match]) -> str | None:
    """Return the outlet that the page's furniture names most often: the one that asks for gifts, subscribers, rights."""
    names = Counter(value.strip(" .") for m in told for value in m.values("outlet"))
    return names.most_common(1)[0][0] if names else None


def issue(told: Iterable[Match]) -> str | None:
    """Return the first issue number; volume and number as "3/12"."""
    numbers = (m.values("number") for m in told if m.kind == "issue")
    return next(("/".join(n.strip(_AROUND_NUMBER) for n in found) for found in numbers), None)


def published(facts: Facts, told: Sequence[Match], dateline: Dateline | None) -> Interval | None:
    """Return the day of publication from the strongest basis; a day after the retrieval is refused."""
    notices = [age for m in told if m.kind == "age" for age in m.values("age")]
    dates = [slot for m in told if m.kind in {"published", "byline"} for slot in m.slots if slot.kind == "date"]
    choices = [
        facts.published,
        address_date(facts.url) if facts.url else None,
        dateline.published if dateline else None,
        *map(_placed, dates),
        *(window(age, facts.retrieved) for age in notices if facts.retrieved),
    ]
    latest = facts.retrieved.end if facts.retrieved else "9999"
    return next((c for c in choices if c and (c.basis == "given" or c.start <= latest)), None)


def _placed(slot: Slot) -> Interval | None:
    """The date in a slot, its span counted in the whole text."""
    date = find_date(slot.value, "text")
    if not date or not date.span:
        return None
    start = slot.span[0]
    return Interval(
        start=date.start, end=date.end, precision=date.precision, basis="text", span=(start + date.span[0], start + date.span[1])
    )
