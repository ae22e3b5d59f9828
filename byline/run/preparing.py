"""Reports made ready for linking, held against each other, and joined: what a process that codes does of linking.

Nothing here asks the archive, so all of it may be done anywhere. What is made ready goes out and comes back packed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from byline.linking import blocking
from byline.linking.affinity import COUNTED, likeness
from byline.linking.reports import Report, reports_of
from byline.linking.traits import Traits, traits_of
from byline.records import CodedDocument
from byline.run.incident_rows import incident_of
from byline.store.linkage import NewIncident, number_of

PAIRS = 10_000  # that are held against each other as one piece of work
_GROUPS = 50  # that are joined as one piece of work
Pair = tuple[int, int]  # of rows of reports, the smaller first


class Prepared(NamedTuple):
    """A report by its id in the document, made ready.

    ``record`` is its JSON, ``keys`` are the numbers of its keys, ``traits`` is what is compared of it, packed;
    ``alone`` is the incident that it makes if no other report is of it, with 0 for the report's row.
    """

    report: str
    record: bytes
    keys: tuple[int, ...]
    traits: bytes
    alone: NewIncident


class Group(NamedTuple):
    """The rows of an incident's reports, in the order of publication, and their records, JSON."""

    rows: Sequence[int]
    records: Sequence[str]


class _Comparison(NamedTuple):
    """Packed traits of reports, and which of them are to be held against each other."""

    traits: list[bytes]
    pairs: list[Pair]


def prepared(document: CodedDocument) -> tuple[Prepared, ...]:
    """Return the document's reports made ready, in the order of its incidents."""
    return tuple(map(_made_ready, reports_of(document)))


def _made_ready(report: Report) -> Prepared:
    return Prepared(
        report=report.incident,
        record=report.to_json(),
        keys=keys_of(report),
        traits=packed(report),
        alone=incident_of([report], [0]),
    )


def keys_of(report: Report) -> tuple[int, ...]:
    """Return the numbers of a report's keys, in order."""
    return tuple(sorted(map(number_of, blocking.keys_of(report))))


def packed(report: Report) -> bytes:
    """Return what is compared of a report."""
    return msgspec.msgpack.encode(traits_of(report))


def comparisons(pairs: Sequence[Pair], traits: Mapping[int, bytes]) -> Iterator[bytes]:
    """Yield the pieces of work that pairs make, in their order; `traits` are those of all reports in them."""
    for first in range(0, len(pairs), PAIRS):
        some = pairs[first : first + PAIRS]
        numbers = {row: number for number, row in enumerate(dict.fromkeys(row for pair in some for row in pair))}
        yield msgspec.msgpack.encode(
            _Comparison([traits[row] for row in numbers], [(numbers[a], numbers[b]) for a, b in some])
        )


def compared(work: bytes) -> bytes:
    """Do a piece of work; return what `scores` reads."""
    given = msgspec.msgpack.decode(work, type=_Comparison)
    traits = [msgspec.msgpack.decode(one, type=Traits) for one in given.traits]
    found = [likeness(traits[a], traits[b]).score for a, b in given.pairs]
    return msgspec.msgpack.encode([(n, score) for n, score in enumerate(found) if score >= COUNTED])


def scores(pairs: Sequence[Pair], done: Sequence[bytes]) -> dict[Pair, float]:
    """Return the scores that count of pairs whose `comparisons` are done."""
    told = (msgspec.msgpack.decode(one, type=list[tuple[int, float]]) for one in done)
    return {pairs[PAIRS * number + n]: score for number, found in enumerate(told) for n, score in found}


def joinings(groups: Sequence[Group]) -> Iterator[bytes]:
    """Yield the pieces of work that groups make, in their order."""
    return (msgspec.msgpack.encode(groups[n : n + _GROUPS]) for n in range(0, len(groups), _GROUPS))


def joined(work: bytes) -> bytes:
    """Do a piece of work; return what `incidents` reads."""
    groups = msgspec.msgpack.decode(work, type=list[Group])
    reports = ([msgspec.json.decode(record, type=Report) for record in group.records] for group in groups)
    return msgspec.msgpack.encode([incident_of(of, group.rows) for of, group in zip(reports, groups, strict=True)])


def incidents(done: Iterable[bytes]) -> list[NewIncident]:
    """Return what is kept of incidents whose `joinings` are done."""
    return [incident for one in done for incident in msgspec.msgpack.decode(one, type=list[NewIncident])]
