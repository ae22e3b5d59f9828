"""What an export reads of an archive: documents with the events that a filter finds, and what is known of incidents."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import msgspec
import numpy as np

from byline.records import CodedDocument
from byline.store.archive import Archive
from byline.store.finding import Filter, find
from byline.store.incidents import Asked, IncidentSummary, incident, incidents
from byline.store.reading import document

_EVENTS = "SELECT id, event FROM events WHERE document = ?"
_HAPPENINGS = (
    "SELECT e.event, i.id, i.type, i.reports, i.outlets, i.sources, i.asserting, i.attributing, i.denying, "
    "i.contested, i.part_of FROM events e JOIN reports r ON r.id = e.report JOIN incidents i ON i.id = r.incident "
    "WHERE e.document = ?"
)
_TELLING = (
    "SELECT d.id, e.event FROM reports r JOIN documents d ON d.id = r.document JOIN events e ON e.report = r.id "
    "WHERE r.incident = ? ORDER BY d.published_start IS NULL, d.published_start, d.document, d.id"
)
_WITH = (
    "SELECT id FROM incidents WHERE id IN (SELECT r.incident FROM events e JOIN reports r ON r.id = e.report "
    "WHERE e.id IN (SELECT value FROM json_each(?))) ORDER BY start IS NULL, start, id"
)
_HOW_MANY = (
    "SELECT count(DISTINCT r.incident) FROM events e JOIN reports r ON r.id = e.report "
    "WHERE e.id IN (SELECT value FROM json_each(?))"
)
Bounds = tuple[int | None, int | None]


class Happening(NamedTuple):
    """An incident as its events refer to it.

    `reports`, `outlets` and independent `sources` that tell it; in how many documents it is told in their own voice,
    by others, and denied. `tolls` are the ranges of all that is said, by what they count; an upper bound of None is
    an open one.
    """

    id: str
    type: str
    reports: int
    outlets: int
    sources: int
    asserting: int
    attributing: int
    denying: int
    contested: bool
    part_of: str | None
    tolls: Mapping[str, Bounds]


class Wanted(NamedTuple):
    """A document, its `documents.id`, and the ids of those of its events that are wanted."""

    row: int
    document: CodedDocument
    events: Collection[str]


def wanted(archive: Archive, filter: Filter) -> Iterator[Wanted]:
    """Yield the documents with an event that a filter finds, in the order in which they came.

    All documents where everything is asked for, also those without events.
    """
    ids = None if filter == Filter() else set(find(archive, filter).ids)
    for row in _rows(archive, filter):
        found = document(archive, row)
        if found is not None:
            names = {name for number, name in archive.execute(_EVENTS, (row,)) if ids is None or number in ids}
            yield Wanted(row, found, names)


class Counted(NamedTuple):
    """How many events a filter finds, of how many documents, in how many incidents; all documents where it is empty."""

    events: int
    documents: int
    incidents: int


def counted(archive: Archive, filter: Filter) -> Counted:
    """Return how much a filter finds."""
    if filter == Filter():
        tables = ("events", "documents WHERE replaced_by IS NULL", "incidents")
        return Counted(*(archive.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables))
    found = find(archive, filter)
    (incidents,) = archive.execute(_HOW_MANY, (_listed(found.ids),)).fetchone()
    return Counted(len(found), len(np.unique(found.documents)), incidents)


def happenings(archive: Archive, row: int) -> dict[str, Happening]:
    """Return the incidents of a document's events, by the ids of the events; `row` is `documents.id`."""
    found = archive.execute(_HAPPENINGS, (row,)).fetchall()
    tolls = {number: _tolls(archive, number) for _, number, *_ in found}
    return {
        event: Happening._make((number, *facts, bool(contested), part_of, tolls[number]))
        for event, number, *facts, contested, part_of in found
    }


def happening(archive: Archive, one: IncidentSummary) -> Happening:
    """Return an incident as its events refer to it."""
    facts = (getattr(one, name) for name in Happening._fields[:-1])
    return Happening._make((*facts, _tolls(archive, one.id)))


def telling(archive: Archive, incident: str) -> dict[int, set[str]]:
    """Return what tells of an incident, by its id: documents, by `documents.id`, and the ids of their events of it.

    The documents are in the order of publication.
    """
    found = archive.execute(_TELLING, (incident,)).fetchall()
    return {row: {event for _, event in events} for row, events in groupby(found, key=itemgetter(0))}


def lowest_independent(archive: Archive, incident: str) -> dict[str, int]:
    """Return an incident's tolls by the rule `tolls_lowest_independent`, by what they count."""
    return dict(archive.execute("SELECT field, best FROM tolls_lowest_independent WHERE incident = ?", (incident,)))


def incidents_with(archive: Archive, filter: Filter) -> Iterator[IncidentSummary]:
    """Yield the incidents with an event that a filter finds, the earliest first, those without a day last."""
    if filter == Filter():
        yield from incidents(archive, Asked())
        return
    for (number,) in archive.execute(_WITH, (_listed(find(archive, filter).ids),)).fetchall():
        yield incident(archive, number)


def _listed(ids: list[int]) -> str:
    return msgspec.json.encode(ids).decode()


def _rows(archive: Archive, filter: Filter) -> list[int]:
    if filter == Filter():
        return [row for (row,) in archive.execute("SELECT id FROM documents WHERE replaced_by IS NULL ORDER BY id")]
    found: list[int] = np.unique(find(archive, filter).documents).tolist()
    return found


def _tolls(archive: Archive, incident: str) -> dict[str, Bounds]:
    found = archive.execute("SELECT field, low, high FROM tolls_range WHERE incident = ?", (incident,))
    return {field: (low, high) for field, low, high in found}
