"""Incidents as queries want them: a list by what is asked for, and one with its reports."""

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from byline.errors import ConfigurationError
from byline.records import Record, Stance, Status
from byline.store.archive import Archive

_NAMED = 3  # names of those who act, and of those who are acted upon, that are listed of an incident
_OF = "EXISTS (SELECT 1 FROM reports r JOIN events e ON e.report = r.id {} WHERE r.incident = i.id AND {})"
_ASKED = {
    "since": 'coalesce(i."end", i.start) >= :since',
    "until": "i.start <= :until",
    "type": "i.type IN (:type, upper(:type))",
    "country": "i.country = upper(:country)",
    "place": _OF.format("", "e.place LIKE '%' || :place || '%'"),
    "actor": _OF.format("JOIN participants p ON p.event = e.id", "p.name LIKE '%' || :actor || '%'"),
    "contested": "i.contested",
    "min_sources": "i.sources >= :min_sources",
    "min_reports": "i.reports >= :min_reports",
    "part_of": "i.part_of = :part_of",
    "text": "i.id IN (SELECT incident FROM reports WHERE document IN ({}))".format(
        "SELECT rowid FROM words WHERE words MATCH :text"
    ),
}


class Asked(NamedTuple):
    """Which incidents are asked for; None and False are whatever it is.

    Days are ISO 8601; a type and a country are codes, a place, an actor parts of names; `text` are words of the
    documents, as FTS5 takes them; `part_of` is the id of an incident.
    """

    since: str | None = None
    until: str | None = None
    type: str | None = None
    country: str | None = None
    place: str | None = None
    actor: str | None = None
    contested: bool = False
    min_sources: int | None = None
    min_reports: int | None = None
    part_of: str | None = None
    text: str | None = None


class IncidentSummary(Record, frozen=True, kw_only=True):
    """An incident in a list. `actors` and `recipients` are the names that most documents give.

    Of tolls it has the range of all that is said: None for both where nothing is, None for the upper one if it is open.
    """

    id: str
    start: str | None
    end: str | None
    place: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    type: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    reports: int
    outlets: int
    sources: int
    asserting: int
    attributing: int
    denying: int
    killed_low: int | None = None
    killed_high: int | None = None
    wounded_low: int | None = None
    wounded_high: int | None = None
    contested: bool
    part_of: str | None


class Passage(Record, frozen=True, kw_only=True):
    """An event of an incident: where it stands, its status, who tells it, and its sentence.

    `report` and `event` are uids, `number` the event's id in its document; `said_by` are voices, the innermost first,
    None the outlet itself. The sentence is [evidence_start, evidence_end) of the document's text.
    """

    report: str
    event: str
    number: str
    file: str
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None
    copy_of: str | None
    type: str
    status: Status
    said_by: str | None
    stance: Stance | None
    denied: bool
    trigger_text: str
    evidence: str
    evidence_start: int
    evidence_end: int


def incidents(archive: Archive, asked: Asked, start: int = 0, size: int = -1) -> Iterator[IncidentSummary]:
    """Return the incidents that are asked for, the earliest first, those without a day last.

    `start` counts them from 0; at most `size` are returned, or all. ConfigurationError if the words to look for are
    none that FTS5 takes.
    """
    cursor = _asked(
        archive, asked, "ORDER BY i.start IS NULL, i.start, i.id LIMIT :size OFFSET :skip", size=size, skip=start
    )
    names = [column[0] for column in cursor.description]
    return (_summary(archive, dict(zip(names, row, strict=True))) for row in cursor)


def incidents_among(archive: Archive, asked: Asked, documents: str, **values: object) -> list[str]:
    """Return the ids of incidents that are asked for, those of most sources first.

    They are those of which one of the `documents` tells: a query for ids, with `values`. Errors as of `incidents`.
    """
    told = f"AND i.id IN (SELECT r.incident FROM reports r WHERE r.document IN ({documents}))"
    cursor = _asked(archive, asked, f"{told} ORDER BY i.sources DESC, i.reports DESC, i.id", **values)
    names = [column[0] for column in cursor.description]
    return [str(row[names.index("id")]) for row in cursor]


def _asked(archive: Archive, asked: Asked, rest: str, **values: object) -> sqlite3.Cursor:
    given = {name: value for name, value in asked._asdict().items() if value}
    which = " AND ".join(_ASKED[name] for name in given) or "1"
    try:
        return archive.execute(f"SELECT i.* FROM incidents i WHERE {which} {rest}", {**given, **values})
    except sqlite3.OperationalError as error:
        if not asked.text:
            raise
        raise ConfigurationError(
            f'The words {asked.text!r} cannot be looked for ({error}). Write words, OR between them, or a "phrase".'
        ) from error


def incident_of(archive: Archive, event: str) -> str:
    """Return the id of the incident that an event's uid or an incident's id names.

    ConfigurationError if there is no such event, or it is in no incident.
    """
    query = "SELECT r.incident FROM events e LEFT JOIN reports r ON r.id = e.report WHERE e.uid = ? ORDER BY 1 DESC"
    found = archive.execute(query, (event,)).fetchone()
    if found is None:
        gone = archive.execute("SELECT edition FROM tombstones WHERE uid = ?", (event,)).fetchone()
        why = (
            f"Edition {gone[0]} no longer finds it." if gone else f"List its incidents: byline incidents {archive.path}"
        )
        raise ConfigurationError(f"{archive.path} has no incident or event {event!r}. {why}")
    if found[0] is None:
        raise ConfigurationError(f"{event} is in no incident yet. Give the command that coded it again.")
    return str(found[0])


def reports_of_incident(archive: Archive, number: str) -> list[str]:
    """Return the uids of an incident's reports, each once, sorted."""
    return [
        uid for (uid,) in archive.execute("SELECT DISTINCT uid FROM reports WHERE incident = ? ORDER BY 1", (number,))
    ]


def reports_of_event(archive: Archive, event: str) -> list[str]:
    """Return the uids of the reports with an event: one, but where copies of a text are told apart otherwise.

    ConfigurationError if there is no such event.
    """
    incident_of(archive, event)
    query = "SELECT DISTINCT r.uid FROM events e JOIN reports r ON r.id = e.report WHERE e.uid = ? ORDER BY 1"
    return [uid for (uid,) in archive.execute(query, (event,))]


def incident(archive: Archive, number: str) -> IncidentSummary:
    """Return an incident by its id, which `incident_of` has told."""
    cursor = archive.execute("SELECT i.* FROM incidents i WHERE i.id = ?", (number,))
    return _summary(archive, dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True)))


def _summary(archive: Archive, row: dict[str, Any]) -> IncidentSummary:
    names = _names(archive, row["id"])
    tolls = archive.execute("SELECT field, low, high FROM tolls_range WHERE incident = ?", (row["id"],))
    bounds = {
        f"{field}_{end}": value for field, *ends in tolls for end, value in zip(("low", "high"), ends, strict=True)
    }
    known = row | bounds | {"contested": bool(row["contested"])}
    plain = {name: known[name] for name in IncidentSummary.__struct_fields__ if name in known}
    return IncidentSummary(**plain, actors=names["actor"], recipients=names["recipient"])


def _names(archive: Archive, number: str) -> dict[str, tuple[str, ...]]:
    """Return by role the names that most documents of an incident give; who is known by a name or a code first."""
    query = (
        "SELECT p.role, p.name FROM reports r JOIN events e ON e.report = r.id JOIN participants p ON p.event = e.id "
        "WHERE r.incident = ? GROUP BY p.role, p.name "
        "ORDER BY max(p.kind IS NOT NULL) DESC, count(DISTINCT r.document) DESC, p.name"
    )
    named = archive.execute(query, (number,)).fetchall()
    return {r: tuple(name for role, name in named if role == r)[:_NAMED] for r in ("actor", "recipient")}


def passages(archive: Archive, number: str) -> list[Passage]:
    """Return all that tells of an incident: by document in the order of publication, and there in that of the text."""
    query = (
        "SELECT r.uid AS report, e.uid AS event, e.event AS number, d.source AS file, d.publication AS outlet, "
        "d.published_start AS published, d.title, d.url, d.copy_of, e.type, e.status, e.said_by, e.stance, e.denied, "
        "e.trigger_text, substr(d.text, e.evidence_start + 1, e.evidence_end - e.evidence_start) AS evidence, "
        "e.evidence_start, e.evidence_end "
        "FROM reports r JOIN events e ON e.report = r.id JOIN documents d ON d.id = r.document WHERE r.incident = ? "
        "ORDER BY d.published_start IS NULL, d.published_start, d.document, d.source, e.trigger_start"
    )
    cursor = archive.execute(query, (number,))
    names = [column[0] for column in cursor.description]
    return [msgspec.convert(dict(zip(names, row, strict=True)), Passage, strict=False) for row in cursor]
