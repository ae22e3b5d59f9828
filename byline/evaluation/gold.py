"""The program measured against what reviewers have judged: `byline gold` writes the file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from byline.errors import ConfigurationError
from byline.evaluation.scores import Score, wilson
from byline.evaluation.sets import DataSet, Figure
from byline.gold import GoldDocument
from byline.lookup import uids_of
from byline.records import CodedDocument, Document, Event, Span
from byline.reviews import facts_of, value_of
from byline.run.job import Coder, Settings


class Pair(NamedTuple):
    """An event of gold, and the one that was found for it, each in its document."""

    gold: Event
    gold_in: CodedDocument
    found: Event
    found_in: CodedDocument


def read_gold(path: Path) -> list[GoldDocument]:
    """Return the documents of a file; ConfigurationError if a line is none."""
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            found.append(msgspec.json.decode(line, type=GoldDocument))
        except msgspec.DecodeError as error:
            raise ConfigurationError(f"{path}, line {number} is no gold ({error}). See: byline gold --help") from error
    if not found:
        raise ConfigurationError(f"{path} has no document. Judge some events first: byline serve ARCHIVE")
    return found


def evaluate_gold(path: Path, settings: Settings) -> list[Score]:
    """Return the figures of the program, run over the texts of a gold file."""
    gold = read_gold(path)
    coded = Coder(settings).code_all(_plain(document) for document in gold)
    return figures(path.name, gold, (one for one in coded if isinstance(one, CodedDocument)))


def figures(name: str, gold: Sequence[GoldDocument], found: Iterable[CodedDocument]) -> list[Score]:
    """Return how right the found events are: precision and recall, and of those found the shares of right fields.

    An event is found if one of its type stands where its words overlap. Whatever nobody has judged is neither right nor
    wrong: precision counts what was judged, and of documents that were judged as a whole all that was found.
    """
    dataset = DataSet("gold", name, "", "", f"judged by {', '.join(_judges(gold))}", ())
    by_id = {document.id: document for document in found}
    sides = [(document, by_id[document.id]) for document in gold if document.id in by_id]
    typed = [pair for one, other in sides for pair in _pairs(one, other, _same_type)]
    placed = [pair for one, other in sides for pair in _pairs(one, other, lambda *_: True)]
    wrong = sum(_wrong(one, other) for one, other in sides)
    wanted = sum(len(document.events) for document in gold)
    yields = [
        ("events: precision", len(typed), len(typed) + wrong),
        ("events: recall", len(typed), wanted),
        ("events of any type: recall", len(placed), wanted),
        ("type", sum(_same_type(p.gold, p.found) for p in placed), len(placed)),
        *((name, sum(map(same, typed)), len(typed)) for name, same in _FIELDS.items()),
    ]
    return [_score(dataset, *one) for one in yields]


def _score(dataset: DataSet, name: str, right: int, cases: int) -> Score:
    figure = Figure(name, name)
    if not cases:
        return Score(dataset, figure, None, cases=0)
    return Score(dataset, figure, 100 * right / cases, *wilson(right / cases, cases), cases)


def _pairs(gold: CodedDocument, found: CodedDocument, fits: Callable[[Event, Event], bool]) -> Iterator[Pair]:
    """Yield events that are one, each once: those of one type first, then those that share most words."""
    near = [
        (not _same_type(one, other), -_shared(one.trigger.span, other.trigger.span), i, j)
        for i, one in enumerate(gold.events)
        for j, other in enumerate(found.events)
        if _shared(one.trigger.span, other.trigger.span) and fits(one, other)
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    for *_, i, j in sorted(near):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield Pair(gold.events[i], gold, found.events[j], found)


def _wrong(gold: GoldDocument, found: CodedDocument) -> int:
    """Return how many found events are known to be wrong: judged, and not right as they are found."""
    right = {pair.found.id for pair in _pairs(gold, found, _same_type)}
    judged = {one.uid for one in gold.judged}
    others = [(e, uid) for e, uid in zip(found.events, uids_of(found), strict=True) if e.id not in right]
    return sum(gold.complete or uid in judged or _is_rejected(gold, event) for event, uid in others)


def _is_rejected(gold: GoldDocument, event: Event) -> bool:
    return any(_same_type(event, r) and _shared(event.trigger.span, r.trigger.span) for r in gold.rejected)


def _same_type(one: Event, other: Event) -> bool:
    return one.type == other.type


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _same(field: str) -> Callable[[Pair], bool]:
    """Return what tells whether a field has one value."""

    def same(pair: Pair) -> bool:
        gold, found = facts_of(pair.gold_in, pair.gold), facts_of(pair.found_in, pair.found)
        return value_of(gold, field) == value_of(found, field)

    return same


def _same_words(field: str) -> Callable[[Pair], bool]:
    """Return what tells whether a field names as many, each where one of the other side stands."""

    def same(pair: Pair) -> bool:
        one = [m.span for m in getattr(facts_of(pair.gold_in, pair.gold), field)]
        other = [m.span for m in getattr(facts_of(pair.found_in, pair.found), field)]
        return len(one) == len(other) and all(any(_shared(a, b) for b in other) for a in one)

    return same


_FIELDS: dict[str, Callable[[Pair], bool]] = {
    "mode": _same("mode"),
    "status": _same("status"),
    "who": _same_words("actors"),
    "to whom": _same_words("recipients"),
    "where": _same_words("places"),
    "when": lambda pair: _same("start")(pair) and _same("end")(pair),
    "how many": _same("counts"),
}


def _judges(gold: Iterable[GoldDocument]) -> list[str]:
    return sorted({name for document in gold for judged in document.judged for name in judged.by})


def _plain(document: GoldDocument) -> Document:
    return Document(**{name: getattr(document, name) for name in Document.__struct_fields__})
