"""Datelines: the place, day and agency that a report opens with."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from byline.ingest.dates.dating import find_date, find_day
from byline.ingest.paragraphs import trimmed
from byline.records import Interval, Span

_PLACE_WORDS, _CITY_WORDS, _SMALL_WORD = 7, 3, 3  # "RIO DE JANEIRO, Brazil"; letters of "de", "al", "Sur"
_FURTHEST = 100  # characters: the longest place, date and agency together
_DASH = re.compile(r"\s?(?:--+|[—–])\s?|\s[-_](?:\s|$)|:\s")
_BRACKETS = re.compile(r"\([^()]{2,50}\)|\[[^\[\]]{2,50}\]")  # the country or the agency
_LABELS = re.compile(r"(?:\s*\[[^\[\]]{1,200}\])+\s*")


class Dateline(NamedTuple):
    """Where a dateline stops, its place ("LIMA, Peru"), and the date in it, if it has one with a year."""

    span: Span
    place: Span
    published: Interval | None


def find_dateline(text: str, paragraph: Span) -> Dateline | None:
    """Return the dateline that a paragraph opens with; None if it opens with its story.

    A place is one to five words in capitals, or any capitalised words if a date
    or an agency in brackets follows. Labels in square brackets right after a
    dateline ("[Text]", as monitoring services write) belong to it.
    """
    start, end = paragraph
    dash = next(_dashes(text, start, min(end, start + _FURTHEST)), None)
    if not dash or not _is_dateline(text[start : dash.start()], bare=not text[start:end].isupper() and dash[0] != ": "):
        return None
    head = text[start : dash.start()]
    place = trimmed(text, start, start + len(_place(head)))
    date = find_date(head, "dateline")
    if date and date.span:
        date = msgspec.structs.replace(date, span=(start + date.span[0], start + date.span[1]))
    labels = _LABELS.match(text, dash.end(), end)
    return Dateline((start, labels.end() if labels else dash.end()), place, date)


def _dashes(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the dashes outside brackets: agencies have hyphens in their names, at line ends too."""
    for dash in _DASH.finditer(text, start, end):
        if text.count("(", start, dash.start()) == text.count(")", start, dash.start()):
            yield dash


def _place(head: str) -> str:
    """Return what stands before the date, or else before the agency in brackets."""
    day = find_day(head)
    bracket = _BRACKETS.search(head)
    return head[: day[0] if day else bracket.start() if bracket else len(head)].rstrip(" ,\n\r\t")


def _is_dateline(head: str, *, bare: bool) -> bool:
    """Whether the words before the dash are a place with a date or an agency; if `bare`, capitals are enough."""
    plain = _BRACKETS.sub(" ", head)
    date = find_day(plain)
    place = (plain[: date[0]] if date else plain).strip(" ,")
    words = place.replace(",", " ").replace("/", " ").split()
    if not words or len(words) > _PLACE_WORDS or not all(w[0].isupper() or len(w) <= _SMALL_WORD for w in words):
        return False
    if date or plain != head:
        return words[0][0].isupper()
    city = place.split(",")[0]
    return bare and city.isupper() and len(city) > _SMALL_WORD and len(city.split()) <= _CITY_WORDS
