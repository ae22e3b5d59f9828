"""What an archive holds, as records: documents of an edition, editions, failures."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import msgspec

from byline.errors import ConfigurationError
from byline.records import CodedDocument, Document, Failure, Record
from byline.store.archive import Archive
from byline.store.editions import Difference, differences

_CURRENT = "c.edition = (SELECT max(edition) FROM codings WHERE document = d.id) AND d.replaced_by IS NULL"
_FORMER = (
    "c.edition = :edition AND NOT EXISTS "
    "(SELECT 1 FROM codings r WHERE r.document = d.replaced_by AND r.edition = :edition)"
)
_OPEN = (
    "NOT EXISTS (SELECT 1 FROM failures WHERE source = f.source AND key = f.key AND edition > f.edition) "
    "AND NOT EXISTS (SELECT 1 FROM codings c JOIN documents d ON d.id = c.document "
    "WHERE d.key = f.key AND c.edition >= f.edition)"
)


class EditionSummary(Record, frozen=True, kw_only=True):
    """An edition and how much was coded in it; `first` and `last` are when its runs began, ISO 8601 in UTC."""

    id: int
    version: str
    program: str
    ontology: str
    ontology_digest: str
    pipeline: str
    pipeline_version: str
    plugins: str
    documents: int
    events: int
    first: datetime | None
    last: datetime | None


class SetAside(Record, frozen=True, kw_only=True):
    """A document that was read and could not be coded, and the settings with which it was tried."""

    document: Document
    settings: str


class LastRun(NamedTuple):
    """With what documents were coded last: the settings, as JSON, the ontology's name and version, the pipeline."""

    settings: str
    ontology: str
    pipeline: str


def last_run(archive: Archive) -> LastRun | None:
    """Return with what documents were coded into the archive last, None if there are none."""
    query = (
        "SELECT r.settings, e.ontology, e.pipeline FROM runs r JOIN editions e ON e.id = r.edition ORDER BY r.id DESC"
    )
    found = archive.execute(query).fetchone()
    return LastRun(*found) if found else None


def documents(archive: Archive, edition: int | None = None) -> Iterator[CodedDocument]:
    """Yield the documents in the order in which they came: as one edition has them, or each as the latest that has it.

    ConfigurationError if there is no such edition.
    """
    if edition is not None:
        _check(archive, edition)
    query = (
        "SELECT d.text, d.record, c.record FROM documents d JOIN codings c ON c.document = d.id "
        f"WHERE {_FORMER if edition else _CURRENT} ORDER BY d.id"
    )
    for row in archive.execute(query, {"edition": edition}):
        yield _coded(*row)


class Place(NamedTuple):
    """Where an event stands: the document's row, and the event's id in it."""

    document: int
    event: str


def event(archive: Archive, uid: str) -> Place | None:
    """Return where the event with a uid stands, in the first of documents with the very same text; None if nowhere."""
    found = archive.execute("SELECT document, event FROM events WHERE uid = ? ORDER BY document", (uid,)).fetchone()
    return Place(*found) if found else None


def row_of(archive: Archive, document: str) -> int | None:
    """Return `documents.id` of a document by its record's id: the first that no other has replaced; None for none."""
    query = "SELECT id FROM documents WHERE document = ? ORDER BY replaced_by NOTNULL, id"
    found = archive.execute(query, (document,)).fetchone()
    return found[0] if found else None


def document(archive: Archive, row: int) -> CodedDocument | None:
    """Return a document by `documents.id`, as the latest edition that has it; None if there is none."""
    query = (
        "SELECT d.text, d.record, c.record FROM documents d JOIN codings c ON c.document = d.id "
        "WHERE d.id = ? ORDER BY c.edition DESC LIMIT 1"
    )
    found = archive.execute(query, (row,)).fetchone()
    return _coded(*found) if found else None


def documents_of(archive: Archive, incident: str) -> Iterator[CodedDocument]:
    """Yield the documents that tell of an incident, by its id, in the order in which they came."""
    query = "SELECT DISTINCT document FROM reports WHERE incident = ? ORDER BY document"
    found = (document(archive, row) for (row,) in archive.execute(query, (incident,)))
    yield from (one for one in found if one is not None)


def compare(archive: Archive, before: int, after: int) -> Iterator[Difference]:
    """Yield how the events of one edition differ from those of another, for the documents that both have.

    ConfigurationError if there is no such edition.
    """
    _check(archive, before)
    _check(archive, after)
    query = (
        "SELECT d.text, d.record, a.record, b.record FROM documents d "
        "JOIN codings a ON a.document = d.id AND a.edition = ? "
        "JOIN codings b ON b.document = d.id AND b.edition = ? WHERE a.record != b.record ORDER BY d.id"
    )
    for text, facts, one, other in archive.execute(query, (before, after)):
        yield from differences(_coded(text, facts, one), _coded(text, facts, other))


def editions(archive: Archive) -> list[EditionSummary]:
    """Return the editions, the first that was coded in first."""
    query = (
        "SELECT e.*, (SELECT count(*) FROM codings WHERE edition = e.id) AS documents, "
        "(SELECT coalesce(sum(events), 0) FROM codings WHERE edition = e.id) AS events, "
        "(SELECT min(started) FROM runs WHERE edition = e.id) AS first, "
        "(SELECT max(started) FROM runs WHERE edition = e.id) AS last FROM editions e ORDER BY e.id"
    )
    cursor = archive.execute(query)
    names = [column[0] for column in cursor.description]
    return [msgspec.convert(dict(zip(names, row, strict=True)), EditionSummary) for row in cursor]


def failures(archive: Archive) -> list[Failure]:
    """Return what could not be read or coded, and has not been since, by source."""
    query = f"SELECT DISTINCT source, reason, kind FROM failures f WHERE {_OPEN} ORDER BY source, kind, reason"
    return [Failure(source=source, reason=reason, kind=kind) for source, reason, kind in archive.execute(query)]


def set_aside(archive: Archive) -> list[SetAside]:
    """Return the documents that were read and could not be coded, and have not been since, by source."""
    query = (
        "SELECT min(f.record), r.settings FROM failures f JOIN runs r ON r.id = f.run "
        f"WHERE f.key != '' AND {_OPEN} GROUP BY f.key, r.settings ORDER BY min(f.source)"
    )
    return [
        SetAside(document=msgspec.json.decode(record, type=Document), settings=settings)
        for record, settings in archive.execute(query)
    ]


def _check(archive: Archive, edition: int) -> None:
    known = [str(number) for (number,) in archive.execute("SELECT id FROM editions ORDER BY id")]
    if str(edition) not in known:
        raise ConfigurationError(f"{archive.path} has no edition {edition}. It has: {', '.join(known) or 'none'}.")


def _coded(text: str, facts: str, coded: str) -> CodedDocument:
    plain = msgspec.json.decode(facts) | msgspec.json.decode(coded) | {"text": text}
    return msgspec.convert(plain, CodedDocument)
