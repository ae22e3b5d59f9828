"""An archive of many events in little time: the rows of a small one, many times over, each time a day later."""

import shutil
import sqlite3
from contextlib import closing
from itertools import product
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from byline.lookup import uids_of
from byline.records import CodedDocument
from byline.store import Archive, documents
from byline.store.cells import BLOCK, FIELDS

_CELL = np.dtype([(name, f"<{code}") for name, code in FIELDS.items()])
_BEGIN = (
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -500000; "
    "DROP TRIGGER documents_words_in; BEGIN"
)
_NUMBERED = ("documents", "reports", "events", "attributions")
_NEW = "(SELECT new FROM renamed x WHERE x.old = {} AND x.time = n.time)"
# By table: how its rows come to be once for each time, and what becomes of columns that point to others.
_COPIED = {
    "documents": {
        "id": "t.id + n.time * :documents",
        "document": "t.document || '-' || n.time",
        "key": "t.key || '-' || n.time",
        "copy_of": "t.copy_of || '-' || n.time",
        "record": "json_set(t.record, '$.id', t.document || '-' || n.time)",
    },
    "codings": {"document": "t.document + n.time * :documents"},
    "incidents": {"id": _NEW.format("t.id"), "start": "date(t.start, n.time || ' days')",
                  "end": "date(t.\"end\", n.time || ' days')", "part_of": _NEW.format("t.part_of")},
    "reports": {"id": "t.id + n.time * :reports", "uid": _NEW.format("t.uid"),
                "document": "t.document + n.time * :documents", "incident": _NEW.format("t.incident")},
    "events": {"id": "t.id + n.time * :events", "uid": _NEW.format("t.uid"),
               "document": "t.document + n.time * :documents", "report": "t.report + n.time * :reports",
               "start": "date(t.start, n.time || ' days')", "end": "date(t.\"end\", n.time || ' days')"},
    "participants": {"event": "t.event + n.time * :events"},
    "counts": {"event": "t.event + n.time * :events"},
    "attributions": {"id": "t.id + n.time * :attributions", "document": "t.document + n.time * :documents"},
    "voices": {"event": "t.event + n.time * :events", "attribution": "t.attribution + n.time * :attributions"},
    "incident_values": {"incident": _NEW.format("t.incident"), "report": "t.report + n.time * :reports",
                        "event": _NEW.format("t.event")},
}  # fmt: skip


def multiplied(archive: Path, path: Path, times: int) -> Path:
    """Write what a linked archive holds so many times over; its words are found in the first documents alone."""
    shutil.copyfile(archive, path)
    with Archive.open(path) as opened:
        found = list(documents(opened))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(_BEGIN)
        indexes = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOTNULL").fetchall()
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")  # making it anew takes less time than keeping it
        _rename(db, found, times)
        sizes = {t: db.execute(f"SELECT max(id) FROM {t}").fetchone()[0] for t in _NUMBERED}  # noqa: S608 -- ours
        for table, changed in _COPIED.items():
            columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
            cells = ", ".join(changed.get(name, f't."{name}"') for name in columns)
            db.execute(f"INSERT INTO {table} SELECT {cells} FROM {table} t, n", sizes)  # noqa: S608
        _write_cells(db, sizes, times)
        for _, made in indexes:
            db.execute(made)
        db.execute("COMMIT")
    return path


def _rename(db: sqlite3.Connection, found: list[CodedDocument], times: int) -> None:
    """Note the times from 1 on, and which uid an event has each time: it depends on the id of its document."""
    db.execute("CREATE TEMP TABLE renamed (time, old, new, PRIMARY KEY (old, time)) WITHOUT ROWID")
    db.execute("CREATE TEMP TABLE n (time INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO n VALUES (?)", [(time,) for time in range(1, times)])
    for document, time in product(found, range(1, times)):
        new = uids_of(replace(document, id=f"{document.id}-{time}"))
        pairs = zip(uids_of(document), new, strict=True)
        db.executemany("INSERT OR IGNORE INTO renamed VALUES (?, ?, ?)", [(time, *pair) for pair in pairs])


def _write_cells(db: sqlite3.Connection, sizes: dict[str, int], times: int) -> None:
    read = np.frombuffer(b"".join(c for (c,) in db.execute("SELECT cells FROM event_cells ORDER BY block")), _CELL)
    once = read[1 : sizes["events"] + 1]
    cells = np.zeros(-(-(sizes["events"] * times + 1) // BLOCK) * BLOCK, _CELL)
    for time in range(times):
        later = once.copy()
        for field, by in (("document", sizes["documents"]), ("first", 1), ("last", 1)):
            later[field][later[field] != 0] += time * by
        cells[1 + time * len(once) : 1 + (time + 1) * len(once)] = later
    blocks = [(n, 2, block.tobytes()) for n, block in enumerate(cells.reshape(-1, BLOCK))]
    db.executemany("INSERT OR REPLACE INTO event_cells VALUES (?, ?, ?)", blocks)
