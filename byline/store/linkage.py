"""What linking keeps in the archive: records of reports, keys, affinities, and the incidents that come of them.

Ids of reports are those of rows here. Of reports with one uid the first stands for all: it has the keys and
affinities. All that writes is done inside of `Archive.batch`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from byline.store.archive import Archive
from byline.store.projection import Row

_IN = "IN (SELECT value FROM json_each(?))"


class Entry(NamedTuple):
    """A report's row: its id, uid, `documents.id`, id within the document and incident.

    `recorded`: what linking compares is in `report_records`; `first`: it stands for all with its uid. `rank` is that of
    the report.
    """

    id: int
    uid: str
    document: int
    report: str
    incident: str | None
    recorded: bool
    first: bool
    rank: tuple[str, str, str, str]


def changes_of_others(archive: Archive) -> int:
    """Return a number that is another one when another connection has written."""
    return int(archive.execute("PRAGMA data_version").fetchone()[0])


def unlinked(archive: Archive, most: int, *, new: bool = False) -> list[str]:
    """Return uids of so many reports that are in no incident, the first that came first; `new`: never were in any."""
    query = (
        "SELECT r.uid FROM reports r LEFT JOIN report_records c ON c.report = r.id "
        f"WHERE r.incident IS NULL {'AND c.report IS NULL' if new else ''} ORDER BY r.id LIMIT ?"
    )
    return [uid for (uid,) in archive.execute(query, (most,))]


def entries(archive: Archive, uids: Iterable[str]) -> list[Entry]:
    """Return all reports with these uids, in the order of rows."""
    return _entries(archive, f"r.uid {_IN}", uids)


def entries_of(archive: Archive, ids: Iterable[int]) -> list[Entry]:
    """Return all reports for which those with these ids stand, in the order of rows."""
    return _entries(archive, f"r.uid IN (SELECT uid FROM reports WHERE id {_IN})", ids)


def entries_in(archive: Archive, incident: str) -> list[Entry]:
    """Return the reports of an incident, in the order of rows."""
    return _entries(archive, f"r.incident {_IN}", [incident])


def in_incidents(archive: Archive, incidents: Iterable[str]) -> dict[str, set[int]]:
    """Return the ids of all reports of these incidents."""
    found: dict[str, set[int]] = {}
    query = f"SELECT incident, id FROM reports WHERE incident {_IN}"
    for incident, report in archive.execute(query, (_list(incidents),)):
        found.setdefault(incident, set()).add(report)
    return found


def _entries(archive: Archive, which: str, values: Iterable[str | int]) -> list[Entry]:
    query = (
        "SELECT r.id, r.uid, r.document, r.report, r.incident, c.report IS NOT NULL, coalesce(c.first, 0), "
        "coalesce(d.published_start, '~'), d.document, r.uid, d.source "
        "FROM reports r JOIN documents d ON d.id = r.document LEFT JOIN report_records c ON c.report = r.id "
        f"WHERE {which} ORDER BY r.id"
    )
    return [Entry(*(*row[:7], row[7:])) for row in archive.execute(query, (_list(values),))]


def records(archive: Archive, ids: Iterable[int]) -> Iterator[tuple[int, str]]:
    """Yield the ids and records of reports."""
    yield from archive.execute(f"SELECT report, record FROM report_records WHERE report {_IN}", (_list(ids),))


def places_in(archive: Archive, documents: Iterable[int]) -> dict[object, str]:
    """Return the names of the places of documents, by `documents.id`, under their ids of GeoNames."""
    query = (
        "SELECT DISTINCT t.value ->> 'geonames_id', t.value ->> 'name' "
        "FROM codings c, json_each(c.record, '$.toponyms') t "
        f"WHERE c.document {_IN} AND t.value ->> 'name' IS NOT NULL ORDER BY c.edition"
    )
    return dict(archive.execute(query, (_list(documents),)))


def records_of(archive: Archive, incident: str) -> Iterator[str]:
    """Yield the records of an incident's reports, in the order of rows."""
    query = "SELECT c.record FROM reports r JOIN report_records c ON c.report = r.id WHERE r.incident = ? ORDER BY r.id"
    yield from (record for (record,) in archive.execute(query, (incident,)))


def add_records(archive: Archive, found: Iterable[tuple[int, bytes]]) -> None:
    """Enter the records of reports, JSON, by id."""
    archive.execute_all(
        "INSERT INTO report_records (report, record) VALUES (?, ?)", ((i, r.decode()) for i, r in found)
    )


def standing_for(archive: Archive, events: Iterable[str]) -> set[int]:
    """Return the reports that stand for those with events of these uids."""
    query = (
        "SELECT f.report FROM events e JOIN reports r ON r.id = e.report JOIN reports s ON s.uid = r.uid "
        f"JOIN report_records f ON f.report = s.id AND f.first WHERE e.uid {_IN}"
    )
    return {report for (report,) in archive.execute(query, (_list(events),))}


# Keys and affinities


def number_of(key: str) -> int:
    """Return the number by which the archive knows a key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def put_first(archive: Archive, keys: Mapping[int, Iterable[int]]) -> None:
    """Have reports stand for all with their uid; `keys` are the numbers of each one's keys."""
    archive.execute_all("UPDATE report_records SET first = 1 WHERE report = ?", ((i,) for i in keys))
    rows = sorted((key, i) for i, own in keys.items() for key in own)
    archive.execute_all("INSERT INTO report_keys VALUES (?, ?)", rows)


def take_back(archive: Archive, ids: Collection[int]) -> set[int]:
    """Have reports stand for others no more; return those that they were like."""
    touched = {other for other, _ in alike(archive, ids, 0.0)} - set(ids)
    archive.execute(f"UPDATE report_records SET first = 0 WHERE report {_IN}", (_list(ids),))
    archive.execute(f"DELETE FROM report_keys WHERE report {_IN}", (_list(ids),))
    for side in ("one", "other"):
        archive.execute(f"DELETE FROM affinities WHERE {side} {_IN}", (_list(ids),))
    return touched


def newly_crowded(archive: Archive, keys: Iterable[int], limit: int) -> set[int]:
    """Mark those keys as crowded that more reports than the limit have by now, and return them."""
    query = (
        f"SELECT key FROM report_keys WHERE key {_IN} AND key NOT IN (SELECT key FROM crowded_keys) "
        "GROUP BY key HAVING count(*) > ?"
    )
    found = {key for (key,) in archive.execute(query, (_list(keys), limit))}
    archive.execute_all("INSERT INTO crowded_keys (key) VALUES (?)", ((key,) for key in found))
    return found


def no_longer_crowded(archive: Archive, limit: int) -> set[int]:
    """Unmark those keys that are crowded no more, and return them."""
    query = (
        "SELECT c.key FROM crowded_keys c WHERE c.shrunk AND "
        "(SELECT count(*) FROM (SELECT 1 FROM report_keys WHERE key = c.key LIMIT ?)) <= ?"
    )
    found = {key for (key,) in archive.execute(query, (limit + 1, limit))}
    archive.execute(f"DELETE FROM crowded_keys WHERE key {_IN}", (_list(found),))
    archive.execute("UPDATE crowded_keys SET shrunk = 0 WHERE shrunk")
    return found


def blocks(archive: Archive, keys: Iterable[int]) -> dict[int, list[int]]:
    """Return the reports with each of these keys, but for crowded ones."""
    query = (
        f"SELECT key, json_group_array(report) FROM report_keys WHERE key {_IN} "
        "AND key NOT IN (SELECT key FROM crowded_keys) GROUP BY key"
    )
    return {key: msgspec.json.decode(reports) for key, reports in archive.execute(query, (_list(keys),))}


def with_key(archive: Archive, key: int) -> dict[int, set[int]]:
    """Return the reports with a key, and all their keys but for crowded ones."""
    query = (
        "SELECT b.report, k.key FROM report_keys b LEFT JOIN report_keys k ON k.report = b.report "
        "AND k.key NOT IN (SELECT key FROM crowded_keys) WHERE b.key = ?"
    )
    found: dict[int, set[int]] = {}
    for report, other in archive.execute(query, (key,)):
        found.setdefault(report, set()).add(other)
    return {report: keys - {None} for report, keys in found.items()}


def add_affinities(archive: Archive, scores: Mapping[tuple[int, int], float]) -> None:
    """Enter scores of pairs of reports, the smaller id first."""
    rows = ((one, other, score) for (one, other), score in scores.items())
    archive.execute_all("INSERT OR REPLACE INTO affinities VALUES (?, ?, ?)", rows)


def drop_affinities(archive: Archive, pairs: Iterable[tuple[int, int]]) -> None:
    """Take the scores of pairs of reports out, the smaller id first."""
    archive.execute_all("DELETE FROM affinities WHERE one = ? AND other = ?", pairs)


def alike(archive: Archive, ids: Collection[int], least: float) -> Iterator[tuple[int, int]]:
    """Yield pairs of reports whose score is as high as this: one, and another that is one of these."""
    for side, other in (("one", "other"), ("other", "one")):
        query = f"SELECT {other}, {side} FROM affinities WHERE {side} {_IN} AND score >= ?"
        yield from archive.execute(query, (_list(ids), least))


def scores_of(archive: Archive, ids: Collection[int]) -> Iterator[tuple[int, int, float]]:
    """Yield all scores of these reports: another's id, the one's of these, the score."""
    for side, other in (("one", "other"), ("other", "one")):
        yield from archive.execute(f"SELECT {other}, {side}, score FROM affinities WHERE {side} {_IN}", (_list(ids),))


def scores_among(archive: Archive, ids: Collection[int]) -> Iterator[tuple[int, int, float]]:
    """Yield all scores of pairs of these reports: the smaller id, the larger, the score."""
    query = f"SELECT one, other, score FROM affinities WHERE one {_IN} AND +other {_IN}"
    yield from archive.execute(query, (_list(ids), _list(ids)))


# Incidents


class NewIncident(NamedTuple):
    """An incident's row, the ids of its reports, what they say of it, and the numbers of its keys.

    It shares a key with each incident that may be its whole or, if it may have any (`whole`), its part; which of them
    is one is told by their outlines, JSON.
    """

    row: Row
    reports: tuple[int, ...]
    values: tuple[Row, ...]
    keys: tuple[int, ...]
    whole: bool
    outline: bytes


def replace_incidents(archive: Archive, old: Iterable[str], new: Iterable[NewIncident]) -> None:
    """Put incidents in the place of others."""
    archive.execute(f"DELETE FROM incidents WHERE id {_IN}", (_list(old),))
    by_id = {incident.row["id"]: incident for incident in new}
    archive.insert_all("incidents", (incident.row for incident in by_id.values()))
    archive.execute_all(
        "UPDATE reports SET incident = ? WHERE id = ?",
        ((of, report) for of, incident in by_id.items() for report in incident.reports),
    )
    archive.insert_all(
        "incident_values",
        (
            {"incident": of, "number": number, **value}
            for of, incident in by_id.items()
            for number, value in enumerate(incident.values)
        ),
    )
    archive.execute_all(
        "INSERT INTO incident_keys VALUES (?, ?, ?)",
        ((key, of, incident.whole) for of, incident in by_id.items() for key in incident.keys),
    )
    archive.execute_all(
        "INSERT INTO incident_outlines VALUES (?, ?)",
        ((of, incident.outline.decode()) for of, incident in by_id.items() if incident.keys),
    )


def unplaced(archive: Archive, most: int) -> list[str]:
    """Return ids of incidents of which it is to be found out what they are a part of."""
    query = "SELECT incident FROM unplaced_incidents ORDER BY incident LIMIT ?"
    return [incident for (incident,) in archive.execute(query, (most,))]


def candidates(archive: Archive, new: Iterable[str]) -> dict[str, list[str]]:
    """Return which incidents may be parts of which others, by their keys, where either is among the new ones.

    Of a part that is not new, the incident that it is a part of so far stands among them.
    """
    query = (
        "WITH new AS MATERIALIZED (SELECT value AS id FROM json_each(?)), found AS MATERIALIZED ("
        "SELECT p.incident AS part, w.incident AS whole FROM new JOIN incident_keys p ON p.incident = new.id "
        "JOIN incident_keys w ON w.key = p.key AND w.whole = 1 "
        "UNION SELECT p.incident, w.incident FROM new JOIN incident_keys w ON w.incident = new.id AND w.whole = 1 "
        "JOIN incident_keys p ON p.key = w.key) "
        "SELECT part, whole FROM found WHERE part <> whole "
        "UNION SELECT part, part_of FROM found JOIN incidents ON id = part WHERE part_of IS NOT NULL "
        "ORDER BY part, whole"
    )
    found: dict[str, list[str]] = {}
    for part, whole in archive.execute(query, (_list(new),)):
        found.setdefault(part, []).append(whole)
    return found


def outlines(archive: Archive, incidents: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the ids and outlines of incidents, of those that have keys."""
    query = f"SELECT incident, outline FROM incident_outlines WHERE incident {_IN}"
    yield from archive.execute(query, (_list(incidents),))


def put_wholes(archive: Archive, new: Iterable[str], wholes: Mapping[str, str | None]) -> None:
    """Have incidents be parts of others, and the new ones be placed."""
    rows = ((whole, incident, whole) for incident, whole in wholes.items())
    archive.execute_all("UPDATE incidents SET part_of = ? WHERE id = ? AND part_of IS NOT ?", rows)
    archive.execute(f"DELETE FROM unplaced_incidents WHERE incident {_IN}", (_list(new),))


def events_in(archive: Archive, incident: str) -> set[str]:
    """Return the uids of all events of an incident."""
    query = "SELECT e.uid FROM reports r JOIN events e ON e.report = r.id WHERE r.incident = ?"
    return {uid for (uid,) in archive.execute(query, (incident,))}


def unlink(archive: Archive, uids: Iterable[str]) -> None:
    """Have the incidents of events with these uids linked anew."""
    which = f"SELECT r.incident FROM events e JOIN reports r ON r.id = e.report WHERE e.uid {_IN}"
    archive.execute(f"DELETE FROM incidents WHERE id IN ({which})", (_list(uids),))


def release(archive: Archive, reports: Iterable[int]) -> None:
    """Have the incidents that these reports are in linked anew."""
    which = f"SELECT incident FROM reports WHERE id {_IN}"
    archive.execute(f"DELETE FROM incidents WHERE id IN ({which})", (_list(reports),))


def uids_of_events(archive: Archive, reports: Iterable[int]) -> dict[int, list[str]]:
    """Return the uids of the events of reports."""
    found: dict[int, list[str]] = {}
    for report, uid in archive.execute(f"SELECT report, uid FROM events WHERE report {_IN}", (_list(reports),)):
        found.setdefault(report, []).append(uid)
    return found


def linked_with(archive: Archive) -> str:
    """Return the digest of the program that has linked the archive; empty if none has."""
    return str(archive.execute("SELECT program FROM linking").fetchone()[0])


def begin(archive: Archive, program: str) -> None:
    """Have all reports linked by this program, as if they had come just now."""
    for table in ("incidents", "affinities", "report_keys", "crowded_keys", "report_records"):
        archive.execute(f"DELETE FROM {table}")
    archive.execute("UPDATE linking SET program = ?", (program,))


def _list(values: Iterable[int | str]) -> str:
    return msgspec.json.encode(list(values)).decode()
