"""Reports made ready for linking, held against each other, and joined: what a process that codes does of linking.

Nothing here asks the archive, so all of it may be done anywhere. What is made ready goes out and comes back packed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

import msgspec

from byline.linking import blocking
from byline.linking.affinity import COUNTED, likeness
from byline.linking.reports import Report, reports_of
from byline.linking.traits import Traits, traits_of
from byline.records import CodedDocument
from byline.run.incident_rows import incident_of
from byline.store.linkage import NewIncident, number_of

_PAIRS = 10_000  # that are held against each other as one piece of work
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
    """Packed traits of reports by row, and reports with the others that each is to be held against."""

    traits: dict[int, bytes]
    against: list[tuple[int, list[int]]]


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


def comparisons(partners: Mapping[int, AbstractSet[int]], traits: Mapping[int, bytes]) -> Iterator[bytes]:
    """Yield the pieces of work in which reports are held against others; `traits` are those of all of them.

    `partners` are the others by the row of the one. Each pair is compared once, from whichever side it is asked for.
    """
    against: list[tuple[int, list[int]]] = []
    pairs = 0
    for report, others in _each_once(partners):
        against.append((report, others))
        pairs += len(others)
        if pairs >= _PAIRS:
            yield _comparison(against, traits)
            against, pairs = [], 0
    if pairs:
        yield _comparison(against, traits)


def _each_once(partners: Mapping[int, AbstractSet[int]]) -> Iterator[tuple[int, list[int]]]:
    """Yield reports, and those of the others that have not been held against them by then."""
    for report, others in sorted(partners.items()):
        asked = {other for other in others & partners.keys() if other <= report and report in partners[other]}
        yield report, list(others - asked)


def _comparison(against: list[tuple[int, list[int]]], traits: Mapping[int, bytes]) -> bytes:
    rows = {report for report, _ in against}.union(*(others for _, others in against))
    return msgspec.msgpack.encode(_Comparison({row: traits[row] for row in rows}, against))


def compared(work: bytes) -> bytes:
    """Do a piece of work; return what `scores` reads."""
    given = msgspec.msgpack.decode(work, type=_Comparison)
    traits = {row: msgspec.msgpack.decode(one, type=Traits) for row, one in given.traits.items()}
    pairs = ((min(a, b), max(a, b)) for a, others in given.against for b in others)
    found = ((a, b, likeness(traits[a], traits[b]).score) for a, b in pairs)
    return msgspec.msgpack.encode([one for one in found if one[2] >= COUNTED])


def scores(done: Iterable[bytes]) -> dict[Pair, float]:
    """Return the scores that count of reports whose `comparisons` are done."""
    told = (msgspec.msgpack.decode(one, type=list[tuple[int, int, float]]) for one in done)
    return {(a, b): score for a, b, score in sorted(chain.from_iterable(told))}


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
