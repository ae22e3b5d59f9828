"""The file of an archive: opened, checked, brought to the newest schema."""

import os
import sqlite3
from importlib.resources import files
from pathlib import Path

from byline.errors import ConfigurationError, StorageError

APPLICATION = 0x42594C4E  # "BYLN": what `PRAGMA application_id` says of an archive
SCHEMAS = ("schema_1.sql",)  # each brings the version before it to its own; never changed once released
_SQLITE = b"SQLite format 3\0"
WAIT = 60.0  # seconds for another writer to finish
_CACHE = 64  # MB of pages that a writer keeps in memory: the keys of linking lie everywhere
_LOG = 4_000  # pages of the write-ahead log that go into the file at once: what is written again and again, goes once
# What a connection for reading might do all the same: open other files, end its snapshot, change its own settings.
_KEPT_FROM = frozenset({
    sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_SAVEPOINT,
    sqlite3.SQLITE_TRANSACTION,
})  # fmt: skip
# What tells of the tables, and what the full-text index asks by itself.
_ASKING = frozenset({"data_version", "index_info", "index_list", "table_info", "table_list", "table_xinfo"})
_UNMADE = "There is no archive {path}. Make one: byline code SOURCES --to {path}"


def is_archive(path: Path) -> bool:
    """Whether a file is an archive, or at least a database as archives are."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def reads(action: int, name: str | None, *_: object) -> int:
    """Return SQLite's word for whether a user's query may do something, on a connection that writes no table."""
    is_asking = action == sqlite3.SQLITE_PRAGMA and (name or "").lower() in _ASKING
    return sqlite3.SQLITE_DENY if action in _KEPT_FROM and not is_asking else sqlite3.SQLITE_OK


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """Return a connection to an archive; with `write` it is made if it is not there, and brought up to date.

    ConfigurationError if there is none, or the file is something else or of a newer Byline; StorageError if it is
    damaged where that shows at once.
    """
    if path.is_dir():
        raise ConfigurationError(f"{path} is a folder, and an archive is a file. Name one.")
    if not write and not path.is_file():
        raise ConfigurationError(_UNMADE.format(path=path))
    try:
        db = _connected(path, write=write)
        _check(path, db, write=write)
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT:
            raise damaged(path, error) from error
        raise ConfigurationError(f"{path} cannot be opened as an archive ({error}). Name another file.") from error
    return db


def damaged(path: Path, error: sqlite3.Error) -> StorageError:
    """Return what is to be told of an archive that SQLite finds damaged."""
    return StorageError(
        f"{path} is damaged ({error}). Take a copy of it, or save what can be read: "
        f"sqlite3 {path} .recover | sqlite3 saved.byline"
    )


def _connected(path: Path, *, write: bool) -> sqlite3.Connection:
    db = sqlite3.connect(
        address(path, write=write),
        uri=True,
        timeout=WAIT,
        isolation_level=None,
        check_same_thread=False,  # a server hands it from thread to thread, one at a time
    )
    db.execute("PRAGMA foreign_keys = ON")
    if not write:
        db.execute("PRAGMA query_only = ON")
    return db


def address(path: Path, *, write: bool = False) -> str:
    """Return the address by which SQLite opens an archive."""
    return f"{path.absolute().as_uri()}?mode={_mode(path, write=write)}"


def _mode(path: Path, *, write: bool) -> str:
    """Return how a file is opened: readers share files beside it with a writer, and clear them away, if they may."""
    if write:
        return "rwc"
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return "rw"
    is_written = path.with_name(path.name + "-wal").exists()
    return "ro" if is_written else "ro&immutable=1"


def _check(path: Path, db: sqlite3.Connection, *, write: bool) -> None:
    """Bring the file to the newest schema, or raise ConfigurationError if that cannot be."""
    ((application,),) = db.execute("PRAGMA application_id")
    ((version,),) = db.execute("PRAGMA user_version")
    is_empty = db.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    if application != APPLICATION and not (is_empty and write):
        raise ConfigurationError(f"{path} is no archive of Byline. Name another file.")
    if version > len(SCHEMAS):
        raise ConfigurationError(f"{path} was written by a newer Byline (schema {version}). Install that to open it.")
    if version < len(SCHEMAS) and not write:
        raise ConfigurationError(f"{path} has an older schema. Bring it up to date: byline code SOURCES --to {path}")
    if write:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # with WAL a power cut may cost the last batch, never the file
        db.execute(f"PRAGMA cache_size = {-1024 * _CACHE}")
        db.execute(f"PRAGMA wal_autocheckpoint = {_LOG}")
    for number, schema in enumerate(SCHEMAS[version:], version + 1):
        script = files(__package__).joinpath(schema).read_text("utf-8")
        mark = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {number};"
        db.executescript(f"BEGIN IMMEDIATE; {script} {mark} COMMIT;")
