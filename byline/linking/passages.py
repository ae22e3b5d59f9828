"""What the paragraphs that tell of a happening name: people, their ages, towns, and words that are rare.

By these two tellings of one happening are known, even where their events were not found alike.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from byline import knowledge
from byline.records import CodedDocument, Event, Record, Span

_WORDS = knowledge.load("words.toml")
_LIMITS = knowledge.load("linking.toml")["passages"]
_EVERYDAY = frozenset(_WORDS["everyday"].split()).union(_LIMITS["days"])
_COMMON = frozenset(_WORDS["common"].split()).union(_WORDS["either"].split())
_MOST = _LIMITS["most"]
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


def passage_of(document: CodedDocument, events: Sequence[Event]) -> Passage:
    """Return what is named in the paragraphs with the events' evidence and in those before and after them."""
    spans = _paragraphs(document, [e.evidence for e in events])
    actors = [a for a in document.actors if _any_inside(a.mentions, spans)]
    towns = [t for t in document.toponyms if t.geonames_id is not None and _inside(t.span, spans)]
    return Passage(
        people=_unique(filter(None, (_bare(a.name) for a in actors if a.kind == "person"))),
        ages=_unique(int(m[m.lastindex or 0]) for span in spans for m in _AGE.finditer(document.text, *span)),
        towns=_unique(t.geonames_id for t in towns if t.geonames_id is not None and t.precision in _TOWNS),
        terms=_terms(document.text, spans, [t.span for t in towns]),
    )


def is_many(text: str, evidence: Span) -> bool:
    """Whether the words tell of many happenings as of one."""
    return bool(_MANY.search(text, *evidence))


def rarity(term: str) -> int:
    """Return 1 for a common word, 2 for a number, 3 for any other: a name, mostly."""
    return 2 if term.isdigit() else 1 if term in _COMMON else 3


def _paragraphs(document: CodedDocument, evidence: Sequence[Span]) -> list[Span]:
    body = document.body
    at = [n for n, paragraph in enumerate(body) if _any_inside(evidence, [paragraph])]
    return [body[n] for n in sorted({m for n in at for m in (n - 1, n, n + 1) if 0 <= m < len(body)})] or list(evidence)


def _any_inside(spans: Sequence[Span], of: Sequence[Span]) -> bool:
    return any(_inside(span, of) for span in spans)


def _inside(span: Span, of: Sequence[Span]) -> bool:
    return any(start <= span[0] < end for start, end in of)


def _bare(name: str) -> str:
    words = [w.lower() for w in _NAME.findall(name) if w[0].isupper()]
    return " ".join(w for w in words if w not in _COMMON and w not in _EVERYDAY)


def _terms(text: str, spans: Sequence[Span], towns: Sequence[Span]) -> tuple[str, ...]:
    found = (m for span in spans for m in _TERM.finditer(text, *span) if not _inside(m.span(), towns))
    words = dict.fromkeys(m[0].lower() for m in found)
    return tuple(sorted((w for w in words if w not in _EVERYDAY), key=rarity, reverse=True)[:_MOST])


def _unique(values: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(values))
