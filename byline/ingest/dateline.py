"""Datelines: the place, day and agency that a report opens with."""

import re
from typing import NamedTuple

from byline.ingest.dating import find_date
from byline.records import Interval, Span

_FURTHEST = 100  # characters: the longest place, date and agency together
_DASH = re.compile(r"\s?(?:--+|[—–])\s?|\s[-_](?:\s|$)|:\s")
_AGENCY = re.compile(r"[\s,]*[(\[]([^()\[\]]{2,50})[)\]]\s*$")
_LABELS = re.compile(r"(?:\s*\[[^\[\]]{1,100}\])+\s*")
_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")


class Dateline(NamedTuple):
    """Where a dateline stops, and the date in it, if it has one with a year."""

    span: Span
    published: Interval | None


def find_dateline(text: str, paragraph: Span) -> Dateline | None:
    """Return the dateline that a paragraph opens with; None if it opens with its story.

    A place is one to five words in capitals, or any capitalised words if a date
    or an agency in brackets follows. Labels in square brackets right after a
    dateline ("[Text]", as monitoring services write) belong to it.
    """
    start, end = paragraph
    dash = _DASH.search(text, start, min(end, start + _FURTHEST))
    if not dash or not _is_dateline(text[start : dash.start()], bare=not text[start:end].isupper() and dash[0] != ": "):
        return None
    date = find_date(text[start : dash.start()], "dateline")
    if date and date.span:
        date = Interval(
            start=date.start, end=date.end, precision=date.precision, basis=date.basis,
            span=(start + date.span[0], start + date.span[1]),
        )  # fmt: skip
    labels = _LABELS.match(text, dash.end(), end)
    return Dateline((start, labels.end() if labels else dash.end()), date)


def _is_dateline(head: str, *, bare: bool) -> bool:
    """Whether the words before the dash are a place with a date, an agency or, if `bare` is allowed, alone in capitals."""
    agency = _AGENCY.search(head)
    if agency:
        head = head[: agency.start()]
    date = find_date(head, "dateline") or _day_of_year(head)
    if date:
        head = head[: date[0]] if isinstance(date, tuple) else head[: date.span[0]] if date.span else head
    place = head.strip(" ,")
    words = place.replace(",", " ").replace("/", " ").split()
    if not words or len(words) > 7:
        return False
    if agency or date:
        return words[0][0].isupper() and all(w[0].isupper() or len(w) < 4 for w in words)
    city = place.split(",")[0]
    return bare and city.isupper() and len(city) > 2 and len(city.split()) <= 5 and all(w[0].isupper() for w in words)


_MONTH_DAY = re.compile(r"[,\s](?:[A-Z][a-z]+,?\s)?(?:(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z.]*\s\d{1,2}|\d{1,2}\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z.]*)\s*$", re.IGNORECASE)


def _day_of_year(head: str) -> Span | None:
    """Find a day and month without a year, which dates nothing and shows a dateline."""
    found = _MONTH_DAY.search(head)
    return found.span() if found else None
