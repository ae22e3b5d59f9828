"""A text cut at the ends of what is marked in it, so that marks may overlap."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from byline.records import Span


class Mark(NamedTuple):
    """A stretch of text, [start, end), that is something: its kind and the id of what it belongs to."""

    start: int
    end: int
    kind: str
    of: str


class Segment(NamedTuple):
    """Words between two ends of marks, the marks that cover them, and those of these that begin and end here."""

    text: str
    marks: tuple[Mark, ...]
    begins: tuple[Mark, ...]
    ends: tuple[Mark, ...]


def segments(text: str, span: Span, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Yield text[start:end] in segments; a mark that reaches over an end of the span is cut there."""
    start, end = span
    inside = [m for m in marks if m.start < end and m.end > start]
    cuts = sorted({start, end} | {c for m in inside for c in (m.start, m.end) if start < c < end})
    for first, last in pairwise(cuts):
        here = tuple(m for m in inside if m.start <= first and m.end >= last)
        begins = tuple(m for m in here if max(m.start, start) == first)
        yield Segment(text[first:last], here, begins, tuple(m for m in here if min(m.end, end) == last))
