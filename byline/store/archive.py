"""The archive: written in batches, read while it is written."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from byline.errors import DocumentError, StorageError, mistake
from byline.records import INSIDE, CodedDocument, Document, Failure, Origin
from byline.store import cells
from byline.store.columns import Columns, Kept, Sectors
from byline.store.editions import Edition
from byline.store.file import WAIT, connect, damaged, reads
from byline.store.projection import (
    EventRows,
    Row,
    Rows,
    Value,
    coded_document,
    key_of,
    rows_of,
    told,
)

_PROJECTED = ("events", "attributions", "reports")  # what hangs on these goes with them
# What is to be linked anew when a document's reports go: their incidents, and those of the reports that they are like.
_UNLINK = (
    "DELETE FROM incidents WHERE id IN (SELECT incident FROM reports WHERE document = :document "
    "UNION SELECT n.incident FROM reports r JOIN affinities a ON a.one = r.id JOIN reports n ON n.id = a.other "
    "WHERE r.document = :document "
    "UNION SELECT n.incident FROM reports r JOIN affinities a ON a.other = r.id JOIN reports n ON n.id = a.one "
    "WHERE r.document = :document)"
)
_LONG = 32_000_000  # bytes of the write-ahead log: a run writes that in half a minute
_PATIENCE = 0.5  # seconds, so that a long read does not hold up the writer
_POINT = (
    "INSERT INTO event_points VALUES (:id, :x, :x, :y, :y, coalesce(julianday(:start), 0), "
    "coalesce(max(julianday(:start), julianday(:end)), julianday('9999-12-31')))"
)

# The codings of a document by the program, pipeline and plug-ins of an edition, whatever the ontology.
_ALIKE = (
    "FROM documents d JOIN codings c ON c.document = d.id JOIN editions e ON e.id = c.edition "
    "JOIN editions n ON n.id = :edition WHERE d.key = :key AND (e.version, e.program, e.pipeline, e.pipeline_version, "
    "e.plugins) = (n.version, n.program, n.pipeline, n.pipeline_version, n.plugins)"
)


class Input(NamedTuple):
    """A file that a run has read: size in bytes, "sha256:" and the hexadecimal digest of its content."""

    path: str
    size: int
    digest: str


class Archive:
    """An open archive. Reads see what was committed; writes are made inside of `batch`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, kept: Kept) -> None:
        self.path, self._db, self._kept = path, connection, kept
        self._number = cells.numbers(connection)

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False, kept: Kept | None = None) -> "Archive":
        """Return the archive of a file; with `write` it is made if it is not there, and brought up to date.

        What others of the same file have `kept` of its cells need not be read again.

        ConfigurationError if there is none, or the file is something else or of a newer Byline.
        """
        return cls(Path(path), connect(Path(path), write=write), kept or Kept())

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        self.close()
        if type(error) is sqlite3.DatabaseError:  # its subclasses are mistakes of ours, or told elsewhere
            raise damaged(self.path, error) from error

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Commit all that is written inside at once, or nothing of it; StorageError if it cannot be written."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
            self._shorten_log()
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"{self.path} cannot be written ({error}). What was committed is in it: "
                "when there is room and nobody else writes, give the same command again."
            ) from error
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
                self._forget()

    def _forget(self) -> None:
        """Keep nothing of what was read while something was written that is taken back."""
        self._kept, self._number = Kept(), cells.numbers(self._db)

    def _shorten_log(self) -> None:
        """Empty the write-ahead log when it is long: readers that follow each other without a gap let it grow.

        New ones wait for that as long as those that read are given to end. One that reads on, as an export does, lets
        the log grow until it has ended.
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        if log.stat().st_size > _LONG:
            self._db.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000:.0f}")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._db.execute(f"PRAGMA busy_timeout = {WAIT * 1000:.0f}")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See the archive inside as it is when first asked, whatever others commit meanwhile; it may be nested."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("COMMIT")

    @contextmanager
    def only_read(self) -> Iterator[None]:
        """Refuse inside whatever is more than reading: sqlite3.DatabaseError says "not authorized"."""
        self._db.set_authorizer(reads)
        try:
            yield
        finally:
            self._db.set_authorizer(None)

    def execute(self, query: str, values: Mapping[str, object] | tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Run a query; docs/archive.md has the tables."""
        return self._db.execute(query, values)

    def execute_all(self, query: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a query that writes, once for each row of values."""
        self._db.executemany(query, rows)

    def columns(self) -> Columns:
        """Return the cells of all events: by field an array, in which an event stands where its id says."""
        with self.snapshot():
            return self._kept.columns(self._db)

    def sectors(self) -> Sectors:
        """Return of which sectors those are who take part in events."""
        with self.snapshot():
            return self._kept.sectors(self._db)

    # Runs

    def add_edition(self, edition: Edition) -> int:
        """Return the id of an edition, which is entered if it is new."""
        found = self._db.execute("SELECT id FROM editions WHERE digest = ?", (edition.digest,)).fetchone()
        return found[0] if found else self._insert("editions", {"digest": edition.digest, **edition._asdict()})

    def begin_run(self, edition: int, settings: str, started: str) -> int:
        """Enter a run and return its id; `started` is ISO 8601 in UTC, `settings` JSON."""
        return self._insert("runs", {"edition": edition, "settings": settings, "started": started})

    def end_run(self, run: int, finished: str) -> None:
        """Note when a run has read everything; failures to read which it has not met again are gone."""
        self._db.execute("UPDATE runs SET finished = ? WHERE id = ?", (finished, run))
        gone = "key = '' AND run < :run AND container IN (SELECT path FROM inputs WHERE run = :run)"
        self._db.execute(f"DELETE FROM failures WHERE {gone}", {"run": run})

    def add_input(self, run: int, file: Input) -> None:
        self._insert("inputs", {"run": run, **file._asdict()}, "REPLACE")

    def count(self, run: int, **counts: int) -> None:
        """Add to a run's counts: coded, known, failed."""
        sums = ", ".join(f"{name} = {name} + :{name}" for name in counts)
        self._db.execute(f"UPDATE runs SET {sums} WHERE id = :run", {**counts, "run": run})

    # Documents

    def is_coded(self, key: str, edition: int) -> bool:
        """Whether the text with these facts was coded in this edition, and is what its source holds."""
        query = (
            "SELECT 1 FROM codings c JOIN documents d ON d.id = c.document "
            "WHERE d.key = ? AND c.edition = ? AND d.replaced_by IS NULL"
        )
        return self._db.execute(query, (key, edition)).fetchone() is not None

    def failure(self, key: str, edition: int) -> Failure | None:
        """Return why the text with these facts was set aside in this edition, None if it was not."""
        query = "SELECT source, reason, kind FROM failures WHERE key = ? AND edition = ? ORDER BY source"
        found = self._db.execute(query, (key, edition)).fetchone()
        return msgspec.convert(dict(zip(("source", "reason", "kind"), found, strict=True)), Failure) if found else None

    def add_appearance(self, key: str, source: str, origin: Origin | None) -> None:
        """Note one more place at which a document that is in the archive was found."""
        query = (
            "INSERT OR IGNORE INTO appearances SELECT id, :source, :origin FROM documents "
            "WHERE key = :key AND source != :source"
        )
        self._db.execute(query, {"key": key, "source": source, "origin": _json(origin) if origin else None})

    def add(self, document: CodedDocument, edition: int, run: int, lexicon: str | None = None) -> int | None:
        """Enter a coded document, as `add_rows` does."""
        return self.add_rows(rows_of(document), edition, run, lexicon)

    def add_rows(self, rows: Rows, edition: int, run: int, lexicon: str | None = None) -> int | None:
        """Enter a coded document; return its `documents.id`, None where reports of it as it is here are not entered.

        An earlier edition's coding stays as a record, its rows give way to these. So do those of a document that had
        the same text, from the same source, with other facts. `lexicon` is a digest of what the coding could ask of
        the ontology. DocumentError, with nothing entered, if the record breaks a rule of the tables.
        """
        self._db.execute("SAVEPOINT document")
        try:
            return self._add(rows, edition, run, lexicon)
        except sqlite3.IntegrityError as error:
            self._db.execute("ROLLBACK TO document")
            self._forget()
            raise DocumentError(mistake(error, "text"), kind="internal") from error
        finally:
            self._db.execute("RELEASE document")

    def _add(self, rows: Rows, edition: int, run: int, lexicon: str | None) -> int | None:
        row, replaced, is_held = self._document(rows.document, run)
        latest, is_current = self._latest(row, edition, rows.record)
        coding = {"document": row, "edition": edition, "run": run, "events": len(rows.events), "record": rows.record}
        self._insert("codings", {**coding, "lexicon": lexicon}, "REPLACE")
        which = {"key": rows.document["key"], "edition": edition}
        self._db.execute("DELETE FROM failures WHERE key = :key AND edition = :edition", which)
        if is_current and not replaced and latest <= edition:
            self._db.execute("UPDATE events SET edition = ? WHERE document = ?", (edition, row))
        elif latest <= edition or replaced:
            self._project(rows, row, edition, replaced)
            return row if is_held else None
        return None

    def _latest(self, document: int, edition: int, record: str) -> tuple[int, bool]:
        """Return a document's latest edition, 0 for none, and whether it has this record from the same Byline."""
        query = (
            "SELECT c.edition, c.record = :record AND e.version = n.version "
            "FROM codings c JOIN editions e ON e.id = c.edition JOIN editions n ON n.id = :edition "
            "WHERE c.document = :document ORDER BY c.edition DESC LIMIT 1"
        )
        which = {"document": document, "edition": edition, "record": record}
        found: tuple[int, bool] = self._db.execute(query, which).fetchone() or (0, False)
        return found

    def add_failure(self, failure: Failure, edition: int, run: int, document: Document | None = None) -> None:
        """Enter what could not be read or, with its document, could not be coded: in place of what was said of it."""
        inside = {"container": failure.source.split(INSIDE, maxsplit=1)[0], "run": run, "edition": edition}
        again = {"key": key_of(document), "record": _json(document)} if document else {"key": "", "record": None}
        if document:
            which = "source = :source AND key = :key AND edition = :edition"
            self._db.execute(f"DELETE FROM failures WHERE {which}", {"source": failure.source, **inside, **again})
        self._insert("failures", {**failure.to_dict(), **inside, **again}, "REPLACE")

    # What is kept of a document, that it need not be parsed or coded again

    def kept(self, key: str, digests: Mapping[str, str]) -> dict[str, bytes]:
        """Return what was kept of the text with these facts, by name, where what decides it has the digest given."""
        query = "SELECT k.what, k.digest, k.content FROM kept k JOIN documents d ON d.id = k.document WHERE d.key = ?"
        return {what: content for what, digest, content in self._db.execute(query, (key,)) if digest == digests[what]}

    def keep(self, key: str, digests: Mapping[str, str], new: Mapping[str, bytes | None]) -> None:
        """Keep what is new of a document that is in the archive, in place of what was kept before."""
        query = "INSERT OR REPLACE INTO kept SELECT id, ?, ?, ? FROM documents WHERE key = ?"
        for what, content in new.items():
            if content is not None:
                self._db.execute(query, (what, digests[what], content, key))

    def lexicons(self, key: str, edition: int) -> tuple[str, ...]:
        """Return with which lexicons the text with these facts was coded by an edition's program and pipeline."""
        query = f"SELECT DISTINCT c.lexicon {_ALIKE} AND c.lexicon IS NOT NULL ORDER BY c.lexicon"
        return tuple(lexicon for (lexicon,) in self._db.execute(query, {"key": key, "edition": edition}))

    def coded_before(self, document: Document, lexicon: str, edition: int) -> CodedDocument:
        """Return a document as it was coded with one of its `lexicons`."""
        query = f"SELECT c.record {_ALIKE} AND c.lexicon = :lexicon ORDER BY c.edition DESC"
        which = {"key": key_of(document), "edition": edition, "lexicon": lexicon}
        (record,) = self._db.execute(query, which).fetchone()
        return coded_document(document, record)

    def _document(self, row: Row, run: int) -> tuple[int, list[int], bool]:
        """Return the id of a document's row, which is entered if it is new, and those of the rows that it replaces.

        And whether the row is the document as it is, not as it was found first, elsewhere.
        """
        found = self._db.execute("SELECT id, record = :record FROM documents WHERE key = :key", row).fetchone()
        number, is_held = found or (self._insert("documents", {**row, "run": run}), True)
        others = "source = :source AND text = :text AND id != :id AND replaced_by IS NULL"
        which = {"id": number, "source": row["source"], "text": row["text"]}
        replaced = [one for (one,) in self._db.execute(f"SELECT id FROM documents WHERE {others}", which)]
        if replaced:
            self._db.execute(f"UPDATE documents SET replaced_by = :id WHERE {others}", which)
        self._db.execute("UPDATE documents SET replaced_by = NULL WHERE id = ? AND replaced_by NOTNULL", (number,))
        return number, replaced, bool(is_held)

    def _project(self, rows: Rows, row: int, edition: int, replaced: list[int]) -> None:
        """Put the rows of a coding in the place of an earlier one's; tombstones stand for events that are gone."""
        gone = {uid: rest for one in (row, *replaced) for uid, *rest in self._cleared(one)}
        sayings = self._added("attributions", ({"document": row, **s} for s in rows.attributions))
        reports = self._added("reports", ({"document": row, **r} for r in rows.reports))
        said = {s["attribution"]: i for i, s in sayings.items()}
        told_in = {r["report"]: i for i, r in reports.items()}
        inside = ({"document": row, "edition": edition, "report": told_in.get(e.report)} for e in rows.events)
        events = self._added("events", ({**of, **e.event} for of, e in zip(inside, rows.events, strict=True)))
        self._add_parts(dict(zip(events, rows.events, strict=True)), said)
        for saying in rows.attributions:
            self._number("voice", saying["source"])
        for event in rows.events:
            gone.pop(str(event.event["uid"]), None)
        of = self._db.execute("SELECT id, publication, copy_of NOTNULL FROM documents WHERE id = ?", (row,)).fetchone()
        cells.put(self._db, self._number, cells.Of(*of), events)
        self._tell(row, told(events.values()))
        for one in replaced:
            self._tell(one, told(()))
        for uid, (type_, words) in gone.items():
            lost = {"uid": uid, "document": row, "edition": edition, "type": type_, "trigger_text": words}
            self._insert("tombstones", lost, "REPLACE")

    def _add_parts(self, events: Mapping[int, EventRows], sayings: Mapping[Value, int]) -> None:
        """Enter what hangs on events, by their ids; `sayings` are the ids of attributions."""
        self.insert_all("participants", ({"event": i, **p} for i, e in events.items() for p in e.participants))
        self.insert_all("counts", ({"event": i, **c} for i, e in events.items() for c in e.counts))
        voices = ((i, voice) for i, e in events.items() for voice in e.voices)
        self.insert_all(
            "voices",
            ({"event": i, "attribution": sayings[said], "place": p, "denies": d} for i, (said, p, d) in voices),
        )
        points = ((i, *e.point, e.event) for i, e in events.items() if e.point)
        self._db.executemany(_POINT, ({"id": i, "x": x, "y": y, **event} for i, x, y, event in points))
        for participant in (p for e in events.values() for p in e.participants):
            self._number("sector", participant["sector"])
            self._number("name", participant["name"])

    def _tell(self, document: int, counts: Row) -> None:
        """Set a document's counts of what it tells."""
        sets = ", ".join(f"{name} = :{name}" for name in counts)
        self._db.execute(f"UPDATE documents SET {sets} WHERE id = :id", {"id": document, **counts})

    def _cleared(self, document: int) -> list[tuple[str, str, str]]:
        """Take out the rows of a document's current coding; return the uid, type and trigger of its events."""
        query = "SELECT id, uid, type, trigger_text FROM events WHERE document = ?"
        events = self._db.execute(query, (document,)).fetchall()
        self._db.executemany("DELETE FROM event_points WHERE id = ?", [event[:1] for event in events])
        cells.clear(self._db, (number for number, *_ in events))
        self._db.execute(_UNLINK, {"document": document})
        for table in _PROJECTED:
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        return [event[1:] for event in events]

    def _insert(self, table: str, row: Mapping[str, object], conflict: str = "ABORT") -> int:
        return self._db.execute(_insertion(table, tuple(row), conflict), tuple(row.values())).lastrowid or 0

    def _added(self, table: str, rows: Iterable[Row]) -> dict[int, Row]:
        """Enter rows of a table; return them by their ids."""
        (last,) = self._db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        numbered = dict(enumerate(rows, last + 1))
        self.insert_all(table, ({"id": i, **row} for i, row in numbered.items()))
        return numbered

    def insert_all(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Enter rows of a table; those with the same columns in one go."""
        for names, alike in groupby(rows, key=tuple):
            self._db.executemany(_insertion(table, names, "ABORT"), (tuple(row.values()) for row in alike))


@cache
def _insertion(table: str, names: tuple[str, ...], conflict: str) -> str:
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT OR {conflict} INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})"


def _json(record: msgspec.Struct) -> str:
    return msgspec.json.encode(record).decode()
