"""The cells of all events at hand, an array a field: read once, and again where they were written since.

What is kept is never changed: who has found events in it may go on while another asks for newer ones.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from byline.store.cells import BLOCK, FIELDS

Columns = Mapping[str, NDArray[Any]]  # by field an array in which an event stands where its id says
_CELL = np.dtype([(name, f"<{code}") for name, code in FIELDS.items()])
_NUMBERS = np.zeros(0, np.int64)
_SECTORS = (
    "SELECT json_group_array(p.event), json_group_array(f.id) FROM "
    "(SELECT DISTINCT event, sector FROM participants WHERE event BETWEEN ? AND ?) p "
    "JOIN facets f ON f.facet = 'sector' AND f.value = p.sector"
)


class Sectors(NamedTuple):
    """Who takes part in events: somebody of the sector `codes[n]`, an id of `facets`, in the event `events[n]`."""

    events: NDArray[np.int64]
    codes: NDArray[np.int64]


class Kept:
    """What was read last of an archive; connections to the same file may share it."""

    def __init__(self) -> None:
        self._columns: tuple[NDArray[np.int64], Columns] = (
            _NUMBERS,
            {name: np.zeros(0, _CELL[name]) for name in FIELDS},
        )
        self._sectors = (_NUMBERS, Sectors(_NUMBERS, _NUMBERS))

    def columns(self, db: sqlite3.Connection) -> Columns:
        """Return all cells as a connection sees them now."""
        (had, known), now = self._columns, _versions(db)
        if not np.array_equal(had, now):
            known = _cells(db, known, _changed(had, now), len(now) * BLOCK)
            self._columns = now, known
        return known

    def sectors(self, db: sqlite3.Connection) -> Sectors:
        """Return who takes part in which event, by sector, as a connection sees it now."""
        (had, known), now = self._sectors, _versions(db)
        if not np.array_equal(had, now):
            changed = _changed(had, now)
            stays = (known.events < len(now) * BLOCK) & ~np.isin(known.events // BLOCK, changed)
            found = [Sectors(known.events[stays], known.codes[stays]), *_pairs(db, changed)]
            known = Sectors(*(np.concatenate(parts) for parts in zip(*found, strict=True)))
            self._sectors = now, known
        return known


def _versions(db: sqlite3.Connection) -> NDArray[np.int64]:
    """Return how often each block was written."""
    blocks = np.array(db.execute("SELECT block, version FROM event_cells").fetchall(), np.int64).reshape(-1, 2)
    versions = np.zeros(blocks[:, 0].max(initial=-1) + 1, np.int64)
    versions[blocks[:, 0]] = blocks[:, 1]
    return versions


def _changed(had: NDArray[np.int64], now: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the blocks that were written since."""
    same = min(len(had), len(now))
    return np.concatenate((np.flatnonzero(had[:same] != now[:same]), np.arange(same, len(now))))


def _cells(db: sqlite3.Connection, known: Columns, blocks: NDArray[np.int64], size: int) -> Columns:
    """Return the cells of `size` events: those of some blocks read, the others as they are known."""
    columns = {
        name: np.concatenate((old[:size], np.zeros(max(0, size - len(old)), old.dtype))) for name, old in known.items()
    }
    for block in blocks.tolist():
        (read,) = db.execute("SELECT cells FROM event_cells WHERE block = ?", (block,)).fetchone() or (b"",)
        cells = np.frombuffer(read, _CELL)
        for name, column in columns.items():
            column[block * BLOCK : block * BLOCK + len(cells)] = cells[name]
    return columns


def _pairs(db: sqlite3.Connection, blocks: NDArray[np.int64]) -> Iterator[Sectors]:
    """Yield who takes part in the events of blocks."""
    for block in blocks.tolist():
        found = db.execute(_SECTORS, (block * BLOCK, block * BLOCK + BLOCK - 1)).fetchone()
        yield Sectors(*(np.array(msgspec.json.decode(numbers), np.int64) for numbers in found))
