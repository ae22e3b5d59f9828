"""The archive file: opened, migrated, written in batches, read while it is written."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import msgspec

from byline.errors import ConfigurationError
from byline.records import CodedDocument, Document, Failure
from byline.store.projection import (
    Row,
    attribution_rows,
    coding_record,
    document_row,
    event_rows,
    incident_rows,
    key_of,
)

APPLICATION = 0x42594C4E  # "BYLN": what `PRAGMA application_id` says of an archive
_SCHEMAS = ("schema_1.sql",)  # each brings the version before it to its own; never changed once released
_WAIT = 60.0  # seconds for another writer to finish


class Edition(NamedTuple):
    """What decides the records: program, ontology, pipeline, settings; digests of the first three's content."""

    version: str
    ontology: str
    ontology_digest: str
    pipeline: str
    pipeline_digest: str
    settings: str

    @property
    def digest(self) -> str:
        return blake2b("\n".join(self).encode(), digest_size=16).hexdigest()


class Archive:
    """An open archive. Reads see what was committed; writes are those of `batch`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path, self._db = path, connection

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False) -> "Archive":
        """Return the archive of a file; with `write` it is made if it is not there, and brought up to date.

        ConfigurationError if there is none, or the file is something else or of a newer Byline.
        """
        path = Path(path)
        if not write and not path.exists():
            raise ConfigurationError(f"There is no archive {path}. Make one: byline code SOURCES --to {path}")
        try:
            db = _connect(path, write=write)
            _check(path, db, write=write)
        except sqlite3.DatabaseError as error:
            raise ConfigurationError(f"{path} is no archive of Byline ({error}). Name another file.") from error
        return cls(path, db)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Commit all that is written inside at once, or nothing of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def execute(self, query: str, values: Mapping[str, object] | tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Run a query of a reader; docs/archive.md has the tables."""
        return self._db.execute(query, values)

    # Runs and editions

    def edition(self, edition: Edition) -> int:
        """Return the id of an edition, which is entered if it is new."""
        found = self._db.execute("SELECT id FROM editions WHERE digest = ?", (edition.digest,)).fetchone()
        return found[0] if found else self._insert("editions", {"digest": edition.digest, **edition._asdict()})

    def begin_run(self, edition: int, command: str, started: str) -> int:
        """Enter a run and return its id; `started` is ISO 8601 in UTC."""
        return self._insert("runs", {"edition": edition, "command": command, "started": started})

    def end_run(self, run: int, finished: str) -> None:
        self._db.execute("UPDATE runs SET finished = ? WHERE id = ?", (finished, run))

    def count(self, run: int, **counts: int) -> None:
        """Add to a run's counts: read, coded, known, failed."""
        sums = ", ".join(f"{name} = {name} + :{name}" for name in counts)
        self._db.execute(f"UPDATE runs SET {sums} WHERE id = :run", {**counts, "run": run})  # noqa: S608 -- our own names

    # Documents

    def is_coded(self, document: Document, edition: int) -> bool:
        """Whether this text with these facts was coded in this edition."""
        query = "SELECT 1 FROM codings c JOIN documents d ON d.id = c.document WHERE d.key = ? AND c.edition = ?"
        return self._db.execute(query, (key_of(document), edition)).fetchone() is not None

    def add_appearance(self, document: Document) -> None:
        """Note one more place at which a document that is in the archive was found."""
        origin = msgspec.json.encode(document.origin).decode() if document.origin else None
        query = (
            "INSERT OR IGNORE INTO appearances SELECT id, :source, :origin FROM documents "
            "WHERE key = :key AND source != :source"
        )
        self._db.execute(query, {"key": key_of(document), "source": document.source, "origin": origin})

    def add(self, document: CodedDocument, edition: int, run: int) -> None:
        """Enter a coded document; an earlier edition's coding stays as a record, its rows give way to these."""
        row = self._document(document)
        old = {uid: rest for uid, *rest in self._events_of(row)}
        self._clear(row)
        record = {"document": row, "edition": edition, "run": run, "record": coding_record(document)}
        self._insert("codings", record, "REPLACE")
        attributions = {
            str(said["attribution"]): self._insert("attributions", {"document": row, **said})
            for said in attribution_rows(document)
        }
        for found in event_rows(document):
            event = self._insert("events", {"document": row, "edition": edition, **found.event})
            self._insert_all("participants", ({"event": event, **p} for p in found.participants))
            self._insert_all("counts", ({"event": event, **c} for c in found.counts))
            self._insert_all(
                "voices",
                ({"event": event, "attribution": attributions[i], "place": p, "denies": d} for i, p, d in found.voices),
            )
            if found.point:
                x, y = found.point
                self._db.execute("INSERT INTO event_points VALUES (?, ?, ?, ?, ?)", (event, x, x, y, y))
            old.pop(str(found.event["uid"]), None)
        self._insert_all("incidents", ({"document": row, **i} for i in incident_rows(document)))
        for uid, (type_, words) in old.items():
            lost = {"uid": uid, "document": row, "edition": edition, "type": type_, "trigger_text": words}
            self._insert("tombstones", lost, "REPLACE")

    def add_failure(self, failure: Failure, run: int) -> None:
        """Enter what could not be read or coded."""
        self._insert("failures", {**failure.to_dict(), "run": run}, "REPLACE")

    def documents(self, edition: int | None = None) -> Iterator[CodedDocument]:
        """Yield the documents as they were coded, in the order in which they came; as one edition has them, or the latest."""
        chosen = "c.edition = :edition" if edition else (
            "c.edition = (SELECT max(edition) FROM codings WHERE document = d.id)"
        )  # fmt: skip
        query = (
            "SELECT d.text, d.record, c.record FROM documents d JOIN codings c ON c.document = d.id "
            f"WHERE {chosen} ORDER BY d.id"
        )
        for text, facts, coded in self._db.execute(query, {"edition": edition}):
            plain = msgspec.json.decode(facts) | msgspec.json.decode(coded) | {"text": text}
            yield msgspec.convert(plain, CodedDocument)

    def _document(self, document: CodedDocument) -> int:
        row = document_row(document)
        found = self._db.execute("SELECT id FROM documents WHERE key = ?", (row["key"],)).fetchone()
        return found[0] if found else self._insert("documents", row)

    def _events_of(self, document: int) -> list[tuple[str, str, str]]:
        query = "SELECT uid, type, trigger_text FROM events WHERE document = ?"
        return self._db.execute(query, (document,)).fetchall()

    def _clear(self, document: int) -> None:
        """Take out the rows of a document's current coding."""
        self._db.execute("DELETE FROM event_points WHERE id IN (SELECT id FROM events WHERE document = ?)", (document,))
        for table in ("events", "attributions", "incidents"):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))  # noqa: S608 -- our own names

    def _insert(self, table: str, row: Row, conflict: str = "ABORT") -> int:
        return self._db.execute(_insertion(table, row, conflict), row).lastrowid or 0

    def _insert_all(self, table: str, rows: Iterable[Row]) -> None:
        for row in rows:
            self._insert(table, row)


def _insertion(table: str, row: Row, conflict: str) -> str:
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    return f"INSERT OR {conflict} INTO {table} ({names}) VALUES ({values})"


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    mode = "rwc" if write else "ro"
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_WAIT, isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    if write:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # with WAL a power cut may cost the last batch, never the file
    return db


def _check(path: Path, db: sqlite3.Connection, *, write: bool) -> None:
    """Bring the file to the newest schema, or raise ConfigurationError if that cannot be."""
    (application,), (version,) = db.execute("PRAGMA application_id").fetchone(), db.execute("PRAGMA user_version").fetchone()
    empty = not db.execute("SELECT 1 FROM sqlite_master").fetchone()
    if application != APPLICATION and not (empty and write):
        raise ConfigurationError(f"{path} is no archive of Byline. Name another file.")
    if version > len(_SCHEMAS):
        raise ConfigurationError(f"{path} was written by a newer Byline (schema {version}). Install that version to open it.")
    if version < len(_SCHEMAS) and not write:
        raise ConfigurationError(f"{path} has the schema of an older Byline. Run once: byline code SOURCES --to {path}")
    for number, schema in enumerate(_SCHEMAS[version:], version + 1):
        script = files(__package__).joinpath(schema).read_text("utf-8")
        db.executescript(f"BEGIN; {script} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {number}; COMMIT;")
