"""What came into the archive in a period, and what digests have told of it: nothing is told twice.

Moments are ISO 8601 in UTC, to the second. What is written is written inside of `Archive.batch`.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from byline.records import Span
from byline.store.archive import Archive
from byline.store.incidents import Asked, incidents_among

# When a run had ended: one that was killed, before the next one began.
_ENDED = "coalesce(n.finished, (SELECT min(l.started) FROM runs l WHERE l.id > n.id), '9999')"
_ARRIVED = (
    "SELECT d.id FROM documents d WHERE d.replaced_by IS NULL AND d.run IN "
    f"(SELECT n.id FROM runs n WHERE {_ENDED} >= :first AND n.started < :last)"
)
_RECORDS = (
    "SELECT c.record FROM reports r JOIN report_records c ON c.report = r.id JOIN documents d ON d.id = r.document "
    "JOIN runs n ON n.id = d.run WHERE r.incident = ? AND {} ORDER BY r.id"
)


class Sent(NamedTuple):
    """A digest that was on its way and of which nobody knows whether it has arrived."""

    id: int
    begun: str


def arrived(archive: Archive, asked: Asked, first: str, last: str) -> list[str]:
    """Return the ids of incidents of which documents of a period tell, those of most sources first."""
    return incidents_among(archive, asked, _ARRIVED, first=first, last=last)


def records_before(archive: Archive, incident: str, moment: str) -> list[bytes]:
    """Return the records of an incident's reports that were in the archive before a moment."""
    return [record for (record,) in archive.execute(_RECORDS.format(f"{_ENDED} < ?"), (incident, moment))]


def records_until(archive: Archive, incident: str, moment: str) -> list[bytes]:
    """Return the records of an incident's reports that had begun to come by a moment."""
    return [record for (record,) in archive.execute(_RECORDS.format("n.started < ?"), (incident, moment))]


def first_report(archive: Archive, incident: str) -> str:
    """Return the uid of an incident's report that came first: it stays the same when others join."""
    query = "SELECT uid FROM reports WHERE incident = ? ORDER BY document, id LIMIT 1"
    return str(archive.execute(query, (incident,)).fetchone()[0])


def pages_of(archive: Archive, incident: str) -> dict[str, tuple[str | None, str | None]]:
    """Return the title and address of each document that tells of an incident, by its source."""
    query = (
        "SELECT DISTINCT d.source, d.title, d.url FROM reports r JOIN documents d ON d.id = r.document "
        "WHERE r.incident = ?"
    )
    return {source: (title, url) for source, title, url in archive.execute(query, (incident,))}


def sentence_at(archive: Archive, source: str, document: str, span: Span) -> str | None:
    """Return the sentence of a document that holds a span, as an event has it, else the paragraph; None for neither."""
    query = (
        "SELECT d.text, e.evidence_start, e.evidence_end FROM documents d LEFT JOIN events e ON e.document = d.id "
        "AND e.evidence_start <= :start AND e.evidence_end >= :end "
        "WHERE d.source = :source AND d.document = :document AND d.replaced_by IS NULL ORDER BY e.id"
    )
    which = {"source": source, "document": document, "start": span[0], "end": span[1]}
    found = archive.execute(query, which).fetchone()
    if found is None:
        return None
    text, start, end = found
    if start is None:
        start, end = text.rfind("\n", 0, span[0]) + 1, text.find("\n", span[1])
    return str(text[start : end if end > 0 else None])


# The record of what was told


def announced(archive: Archive, series: str, incident: str) -> dict[str, int]:
    """Return what a series of digests has told of an incident, whatever its id was, and the largest value of each."""
    query = (
        "SELECT a.what, max(a.value) FROM announcements a JOIN digests g ON g.id = a.digest "
        "JOIN reports r ON r.uid = a.report WHERE g.series = ? AND r.incident = ? GROUP BY a.what"
    )
    return dict(archive.execute(query, (series, incident)))


def begin_digest(archive: Archive, series: str, first: str, last: str, begun: str) -> int:
    """Enter a digest that is on its way, and return its id."""
    query = "INSERT INTO digests (series, first, last, begun) VALUES (?, ?, ?, ?)"
    return archive.execute(query, (series, first, last, begun)).lastrowid or 0


def announce(archive: Archive, digest: int, report: str, known: Mapping[str, int], item: bytes) -> None:
    """Enter what a digest tells of the incident of a report: all that was `known`, and what is printed, JSON."""
    rows = (
        (digest, report, what, value, None if n else item.decode()) for n, (what, value) in enumerate(known.items())
    )
    archive.execute_all("INSERT INTO announcements VALUES (?, ?, ?, ?, ?)", rows)


def finish_digest(archive: Archive, digest: int, finished: str) -> None:
    """Note that a digest has arrived."""
    archive.execute("UPDATE digests SET finished = ? WHERE id = ?", (finished, digest))


def take_back_digest(archive: Archive, digest: int) -> None:
    """Take out a digest that has surely not arrived: what it told is told again."""
    archive.execute("DELETE FROM digests WHERE id = ?", (digest,))


def unknown_digests(archive: Archive, series: str) -> list[Sent]:
    """Return the digests of a series that were on their way when the program ended, and of which nothing was said."""
    query = "SELECT id, begun FROM digests WHERE series = ? AND finished IS NULL AND reported IS NULL ORDER BY id"
    return [Sent(*row) for row in archive.execute(query, (series,))]


def report_digests(archive: Archive, digests: Iterable[int], reported: str) -> None:
    """Note that it was said of digests that nobody knows whether they have arrived."""
    archive.execute_all("UPDATE digests SET reported = ? WHERE id = ?", ((reported, digest) for digest in digests))


def items_since(archive: Archive, series: str, moment: str) -> list[bytes]:
    """Return what was printed of a series from a moment on, JSON, the latest first."""
    query = (
        "SELECT a.item FROM announcements a JOIN digests g ON g.id = a.digest "
        "WHERE g.series = ? AND g.begun >= ? AND a.item IS NOT NULL ORDER BY g.id DESC, a.report"
    )
    return [item.encode() for (item,) in archive.execute(query, (series, moment))]
