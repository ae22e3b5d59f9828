"""A plain text to its documents: one, or one for each article of a dump.

A live blog of one day stays whole, for its clock times tell no other day than the text's; one that goes on past
midnight is parted into its entries. Every part's text is a slice of the original, so its words stay as they were.
"""

import re
from itertools import pairwise
from typing import Any

import msgspec

from byline import knowledge
from byline.ingest.dates.clocks import Clock, clock_of, days_of, falls, is_live
from byline.ingest.dates.dateline import find_dateline
from byline.ingest.facts import Facts
from byline.ingest.furniture import classify
from byline.ingest.paragraphs import ends_sentence, paragraphs, trimmed
from byline.ingest.text import from_text
from byline.ingest.web import walls
from byline.records import INSIDE, Document, Interval, Span

_TABLE = knowledge.load("articles.toml")
_LIMITS: dict[str, Any] = _TABLE["limits"]
_RULE = re.compile(rf"^[^\S\n]*(?:{'|'.join(_TABLE['dump']['separators'])})[^\S\n]*$|\f", re.IGNORECASE | re.MULTILINE)
_SIGNS = frozenset({"title", "published", "byline"})  # of furniture, that stand at the head of an article
_TOLD = 2  # of these and the dateline that an article in a dump has


def from_words(text: str, *, source: str, facts: Facts) -> list[Document]:
    """Return what a plain text holds, in its order. DocumentError if it is a wall or cannot be read."""
    whole = walls.judged(from_text(text, source=source, facts=facts))
    entries = _entries(text, whole)
    days = days_of([clock for _, clock in entries if clock], whole.published)
    if len(set(days)) > 1:
        lead = [whole.published] * (len(entries) - len(days))
        parts = zip(entries, [*lead, *days], strict=True)
        return [
            _entry(text, span, whole, source=inside(source, number), facts=given(facts, number, whole.title, day))
            for number, ((span, _), day) in enumerate(parts, 1)
        ]
    articles = _articles(text)
    if not articles:
        return [whole]
    return [
        walls.judged(
            from_text(
                text[slice(*span)], source=inside(source, number), facts=given(facts, number, None, facts.published)
            )
        )
        for number, span in enumerate(articles, 1)
    ]


def given(facts: Facts, number: int, title: str | None, day: Interval | None) -> Facts:
    """Return what is known of a part: what is known of the whole, with a title and a day of its own."""
    return msgspec.structs.replace(
        facts,
        id=f"{facts.id}-{number}" if facts.id else None,
        title=title or facts.title,
        published=msgspec.structs.replace(day, span=None) if day else None,
    )


def inside(source: str, number: int) -> str:
    """Return the name of a part."""
    return f"{source}{INSIDE}{number}"


def _entry(text: str, span: Span, whole: Document, *, source: str, facts: Facts) -> Document:
    part = from_text(text[slice(*span)], source=source, facts=facts)
    clock = clock_of(part.text)
    body = [(max(start, clock.end if clock else 0), end) for start, end in part.body]
    return msgspec.structs.replace(
        part,
        authors=part.authors or whole.authors,
        publication=part.publication or whole.publication,
        issue=part.issue or whole.issue,
        body=tuple(b for b in body if b[0] < b[1]),
    )


def _entries(text: str, whole: Document) -> list[tuple[Span, Clock | None]]:
    """Return where the entries of a live blog stand, with the clock of each; what stands above them has none."""
    spans = paragraphs(text)
    marks = [(span, clock) for span in spans if (clock := clock_of(text[slice(*span)]))]
    minutes = [clock.minutes for _, clock in marks]
    if len(marks) < _LIMITS["blocks"]:
        return []
    above = text[: marks[0][0][0]]
    if not falls(minutes) and not is_live(f"{whole.title or ''}\n{above[: _LIMITS['head']]}"):
        return []
    bounds = [*(span[0] for span, _ in marks), len(text)]
    slices = [trimmed(text, *pair) for pair in pairwise(bounds)]
    found: list[tuple[Span, Clock | None]] = [
        (part, clock)
        for part, (_, clock) in zip(slices, marks, strict=True)
        if _is_told(text, (part[0] + clock.end, part[1]))
    ]
    lead = sum(_count(text, *b) for b in whole.body if b[1] <= bounds[0])
    entries = sum(_count(text, *span) for span, _ in found)
    if len(found) < _LIMITS["blocks"] or entries < _LIMITS["share"] * _count(text, 0, len(text)):
        return []
    return [*([(trimmed(text, 0, bounds[0]), None)] if lead >= _LIMITS["lead"] else []), *found]


def _articles(text: str) -> list[Span]:
    """Return where the articles of a dump stand; none if they are too few, or one does not look like an article."""
    rules = [m.span() for m in _RULE.finditer(text)]
    starts, ends = [0, *(end for _, end in rules)], [*(start for start, _ in rules), len(text)]
    parts = [trimmed(text, *pair) for pair in zip(starts, ends, strict=True)]
    found = [part for part in parts if _count(text, *part) >= _LIMITS["article"]]
    is_dump = len(found) >= _LIMITS["articles"] and all(_is_article(text[slice(*part)]) for part in found)
    return found if is_dump else []


def _is_article(words: str) -> bool:
    """Whether the head of a part has two of a byline, a day, a dateline and a labelled title."""
    found = classify(words, paragraphs(words))
    told = {match.kind for p in found for match in p.told} & _SIGNS
    dateline = any(find_dateline(words, p.words) for p in found if p.is_story)
    return len(told) + dateline >= _TOLD


def _is_told(text: str, span: Span) -> bool:
    """Whether a part holds something to code: a sentence."""
    return _count(text, *span) >= _LIMITS["entry"] and any(map(ends_sentence, text[slice(*span)].splitlines()))


def _count(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
