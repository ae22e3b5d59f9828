"""Events as cells of equal size, in blocks: what pages filter and count by, read as one array.

SQLite needs a second to group a million rows; all cells of a million events are read in a twentieth of that. The cell
of an event stands where its id says, so that it is written and cleared in place. `finding` reads them.
"""

import math
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from struct import Struct
from typing import NamedTuple

from byline.store.projection import Row, Value

BLOCK = 1024  # cells
FIELDS = {  # little-endian, in this order; dates are days from the year 1, words are ids of `facets`; unknown: 0, NaN
    "document": "i", "first": "i", "last": "i", "latitude": "f", "longitude": "f",
    "outlet": "I", "type": "I", "mode": "I", "status": "I", "country": "I", "precision": "I", "copy": "I", "hurt": "I",
}  # fmt: skip
_WORDS = {"type": "type", "mode": "mode", "status": "status", "country": "country", "precision": "place_precision"}
_CELL = Struct("<" + "".join(FIELDS.values()))
_EMPTY = bytes(_CELL.size)
_HELD = 20_000  # numbers of words that are kept in memory
_TOUCHED = "INSERT INTO event_cells VALUES (?, 1, zeroblob(?)) ON CONFLICT DO UPDATE SET version = version + 1"

Number = Callable[[str, Value], int]  # of a facet and a word


class Of(NamedTuple):
    """The document whose events are written: its row's id, its outlet, whether it copies another."""

    document: int
    outlet: str | None
    is_copy: bool


def numbers(db: sqlite3.Connection) -> Number:
    """Return what gives a word of a facet its number, entered if it is new; 0 for None.

    Numbers that were asked for last are kept, so it is of no use any more once something written was taken back.
    """
    return lru_cache(_HELD)(partial(_number, db))


def put(db: sqlite3.Connection, number: Number, of: Of, events: Mapping[int, Row]) -> None:
    """Write the cells of a document's events, which are rows of `events` by their ids."""
    _write(db, {event: _cell(number, of, row) for event, row in events.items()})


def clear(db: sqlite3.Connection, events: Iterable[int]) -> None:
    """Empty the cells of events that are gone."""
    _write(db, dict.fromkeys(events, _EMPTY))


def _cell(number: Number, of: Of, event: Row) -> bytes:
    days = _day(event["start"]), _day(event["end"])
    point = _degrees(event["latitude"]), _degrees(event["longitude"])
    words = (number(facet, event[column]) for facet, column in _WORDS.items())
    flags = of.is_copy, bool(event["killed_low"] or event["wounded_low"])
    return _CELL.pack(of.document, *days, *point, number("outlet", of.outlet), *words, *flags)


def _write(db: sqlite3.Connection, cells: Mapping[int, bytes]) -> None:
    """Write cells by the ids of their events, and count that their blocks were written."""
    for block, events in groupby(sorted(cells), lambda event: event // BLOCK):
        db.execute(_TOUCHED, (block, BLOCK * _CELL.size))
        with db.blobopen("event_cells", "cells", block) as blob:
            for event in events:
                blob.seek(event % BLOCK * _CELL.size)
                blob.write(cells[event])


def _number(db: sqlite3.Connection, facet: str, value: Value) -> int:
    if value is None:
        return 0
    found = db.execute("SELECT id FROM facets WHERE facet = ? AND value = ?", (facet, value)).fetchone()
    if found is None:
        return db.execute("INSERT INTO facets (facet, value) VALUES (?, ?)", (facet, value)).lastrowid or 0
    return int(found[0])


def _day(day: Value) -> int:
    return date.fromisoformat(str(day)[:10]).toordinal() if day else 0


def _degrees(degrees: Value) -> float:
    return float(degrees) if degrees is not None else math.nan
