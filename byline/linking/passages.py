"""What the paragraphs that tell of a happening name: people, their ages, towns, and words that are rare.

By these two tellings of one happening are known, even where their events were not found alike.
"""

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

from byline import knowledge
from byline.records import CodedDocument, Event, Record, Span

_WORDS = knowledge.load("words.toml")
_LIMITS = knowledge.load("linking.toml")["passages"]
_EVERYDAY = frozenset(_WORDS["everyday"].split()).union(_LIMITS["days"])
_COMMON = frozenset(_WORDS["common"].split()).union(_WORDS["either"].split())
_MOST, _AFTER_NAMES = _LIMITS["most"], frozenset(_LIMITS["after_names"])
_AGE = re.compile(_LIMITS["age"])
_MANY = re.compile(rf"\b(?:{knowledge.load('linking.toml')['parts']['many']})\b", re.IGNORECASE)
_TERM = re.compile(r"[^\W_]{2,}")
_NAME = re.compile(r"[^\W\d_][\w'’-]+")
_T = TypeVar("_T")
_TOWNS = frozenset({"point", "place", "district"})


class Passage(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What is named in some paragraphs, each once, in order of the text or of rarity.

    ``people`` are their names in lower case, words that are common ones left out; ``towns`` are ids of GeoNames;
    ``terms`` are words in lower case, neither everyday words nor names of towns, the rarest first.
    """

    people: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    towns: tuple[int, ...] = ()
    terms: tuple[str, ...] = ()


class Passages:
    """The passages of one document: a paragraph that several happenings share is read once."""

    def __init__(self, document: CodedDocument) -> None:
        self._document = document
        self._people = sorted((start, n) for n, a in enumerate(document.actors) for start, _ in a.mentions)
        self._towns = sorted((t.span[0], n) for n, t in enumerate(document.toponyms) if t.geonames_id is not None)
        self._parts: dict[Span, _Part] = {}

    def of(self, events: Sequence[Event]) -> Passage:
        """Return what is named in the paragraphs with the events' evidence and in those before and after them."""
        parts = [self._part(span) for span in self._paragraphs([e.evidence for e in events])]
        actors = (self._document.actors[n] for n in sorted({n for part in parts for n in part.actors}))
        towns = (self._document.toponyms[n] for n in sorted({n for part in parts for n in part.towns}))
        terms = dict.fromkeys(chain.from_iterable(part.terms for part in parts))
        return Passage(
            people=_unique(filter(None, (_bare(a.name) for a in actors if a.kind == "person"))),
            ages=_unique(chain.from_iterable(part.ages for part in parts)),
            towns=_unique(t.geonames_id for t in towns if t.geonames_id is not None and t.precision in _TOWNS),
            terms=tuple(sorted(terms, key=rarity, reverse=True)[:_MOST]),
        )

    def _paragraphs(self, evidence: Sequence[Span]) -> list[Span]:
        """Return the paragraphs that some words begin in, and their neighbours; the words, if they are in none."""
        body = self._document.body
        found = ((bisect_right(body, (start, sys.maxsize)) - 1, start) for start, _ in evidence)
        at = [n for n, start in found if n >= 0 and start < body[n][1]]
        near = sorted({m for n in at for m in (n - 1, n, n + 1) if 0 <= m < len(body)})
        return [body[n] for n in near] or list(evidence)

    def _part(self, span: Span) -> "_Part":
        if span not in self._parts:
            self._parts[span] = self._read(span)
        return self._parts[span]

    def _read(self, span: Span) -> "_Part":
        text, towns = self._document.text, _numbers(self._towns, span)
        names = {at for n in towns for at in range(*self._document.toponyms[n].span)}
        words = dict.fromkeys(m[0].lower() for m in _TERM.finditer(text, *span) if m.start() not in names)
        return _Part(
            actors=_numbers(self._people, span),
            ages=[int(m[m.lastindex or 0]) for m in _AGE.finditer(text, *span)],
            towns=towns,
            terms=[w for w in words if w not in _EVERYDAY],
        )


class _Part(NamedTuple):
    """What one paragraph names: numbers of actors and toponyms, ages, terms."""

    actors: list[int]
    ages: list[int]
    towns: list[int]
    terms: list[str]


def _numbers(starts: Sequence[tuple[int, int]], span: Span) -> list[int]:
    """Return the numbers of what starts inside of a span."""
    return [n for _, n in starts[bisect_left(starts, (span[0], -1)) : bisect_left(starts, (span[1], -1))]]


def is_many(text: str, evidence: Span) -> bool:
    """Whether the words tell of many happenings as of one."""
    return bool(_MANY.search(text, *evidence))


def rarity(term: str) -> int:
    """Return 1 for a common word, 2 for a number, 3 for any other: a name, mostly."""
    return 2 if term.isdigit() else 1 if term in _COMMON else 3


def _bare(name: str) -> str:
    words = [w.lower() for w in _NAME.findall(name) if w[0].isupper()]
    return " ".join(w for w in words if w not in _COMMON and w not in _EVERYDAY and w not in _AFTER_NAMES)


def _unique(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
