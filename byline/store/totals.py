"""What a selection of incidents comes to: how many, where and when, who tells of them, and their tolls by any rule."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from byline.accounts import Rule
from byline.records import PlacePrecision, Record
from byline.store.archive import Archive
from byline.store.finding import Found

_IN = "IN (SELECT value FROM json_each(:ids))"


class Listed(Record, frozen=True, kw_only=True):
    """An incident as one of many; `precision` is how precise the point is."""

    id: str
    type: str
    start: str | None
    end: str | None
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision | None
    reports: int
    outlets: int
    sources: int
    denying: int
    contested: bool
    part_of: str | None


class Coverage(NamedTuple):
    """Who tells of some incidents: reports, documents and those that copy others, outlets; the days of publication."""

    reports: int
    documents: int
    copies: int
    outlets: int
    first: str | None
    last: str | None


class Toll(NamedTuple):
    """A toll of an incident by a rule; `high` is None where the top is open, `best` where the rule names no figure."""

    incident: str
    field: str
    low: int
    best: int | None
    high: int | None


class Read(NamedTuple):
    """What an archive was made of: documents, copies among them, outlets, and the days on which they appeared."""

    documents: int
    copies: int
    outlets: int
    first: str | None
    last: str | None


def incidents_found(archive: Archive, found: Found) -> list[str]:
    """Return the ids of the incidents that have an event among those found, sorted."""
    query = f"SELECT DISTINCT r.incident FROM events e JOIN reports r ON r.id = e.report WHERE e.id {_IN} ORDER BY 1"
    return [incident for (incident,) in archive.execute(query, _ids(found.ids)) if incident is not None]


def listed(archive: Archive, incidents: Sequence[str]) -> Iterator[Listed]:
    """Yield incidents in order of time; those without a day come last."""
    near = (
        "SELECT max(e.place_precision) FROM reports r JOIN events e ON e.report = r.id WHERE r.incident = i.id "
        "AND e.latitude = i.latitude AND e.longitude = i.longitude"
    )
    query = (
        f"SELECT i.*, ({near}) AS precision FROM incidents i WHERE i.id {_IN} ORDER BY i.start IS NULL, i.start, i.id"
    )
    cursor = archive.execute(query, _ids(incidents))
    names = [column[0] for column in cursor.description]
    return (msgspec.convert(dict(zip(names, row, strict=True)), Listed, strict=False) for row in cursor)


def coverage(archive: Archive, incidents: Sequence[str]) -> Coverage:
    """Return who tells of incidents."""
    query = (
        "SELECT count(*), count(DISTINCT d.id), count(DISTINCT CASE WHEN d.copy_of IS NOT NULL THEN d.id END), "
        "count(DISTINCT coalesce(d.publication, '')), min(d.published_start), max(d.published_end) "
        f"FROM reports r JOIN documents d ON d.id = r.document WHERE r.incident {_IN}"
    )
    return Coverage(*archive.execute(query, _ids(incidents)).fetchone())


def tolls(archive: Archive, rule: Rule, incidents: Sequence[str]) -> list[Toll]:
    """Return the tolls of incidents by a rule, sorted."""
    best = "NULL" if rule == "range" else "best"
    query = f"SELECT incident, field, low, {best}, high FROM tolls_{rule} WHERE incident {_IN} ORDER BY incident, field"
    return [Toll(*row) for row in archive.execute(query, _ids(incidents))]


def texts(archive: Archive, incident: str) -> dict[str, str]:
    """Return the texts of the documents that tell of an incident, by their files."""
    query = (
        "SELECT d.source, d.text FROM documents d WHERE d.id IN (SELECT document FROM reports WHERE incident = ?) "
        "ORDER BY d.source"
    )
    return dict(archive.execute(query, (incident,)))


def read(archive: Archive) -> Read:
    """Return what an archive was made of."""
    query = (
        "SELECT count(*), count(copy_of), count(DISTINCT publication), min(published_start), max(published_end) "
        "FROM documents WHERE replaced_by IS NULL"
    )
    return Read(*archive.execute(query).fetchone())


def _ids(values: Sequence[str] | Sequence[int]) -> dict[str, str]:
    return {"ids": msgspec.json.encode(values).decode()}
