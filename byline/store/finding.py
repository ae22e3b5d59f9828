"""Finding events by any combination of filters, and counting them by facets: what a page of an archive needs.

All cells of the archive are read and compared as arrays, which takes as long for a broad filter as for a narrow one,
and counts are exact. The words of documents and the names of actors come from SQLite's indexes.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from byline.errors import ConfigurationError
from byline.store.archive import Archive
from byline.store.cells import FIELDS
from byline.store.projection import Row

Facet = Literal["month", "type", "status", "country", "outlet"]
_EPOCH = date(1970, 1, 1).toordinal()  # from which NumPy counts days
_CELL = np.dtype([(name, f"<{code}") for name, code in FIELDS.items()])
_EVENTS = (
    "SELECT e.*, d.source, d.publication, d.published_start, d.title, d.url, d.copy_of, "
    "substr(d.text, e.evidence_start + 1, e.evidence_end - e.evidence_start) AS evidence "
    "FROM events e JOIN documents d ON d.id = e.document WHERE e.id IN ({})"
)


class Filter(NamedTuple):
    """Which events are wanted: those that meet all that is given, of several values any.

    `first` and `last`: ISO dates, closed; an event whose days overlap them is in. `box`: west, south, east, north in
    degrees; west of the date line is east of it if west > east. `actor`: a name as in `participants`, in any role.
    `words`: of the document, in FTS5's syntax.
    """

    first: str | None = None
    last: str | None = None
    box: tuple[float, float, float, float] | None = None
    types: Sequence[str] = ()
    statuses: Sequence[str] = ()
    countries: Sequence[str] = ()
    outlets: Sequence[str] = ()
    actor: str | None = None
    words: str | None = None
    originals_only: bool = False


class Found:
    """The events that a filter has found, which are the cells at `ids`."""

    def __init__(self, archive: Archive, cells: NDArray[np.void], ids: NDArray[np.int64]) -> None:
        self._archive, self._cells, self._ids = archive, cells, ids

    def __len__(self) -> int:
        return len(self._ids)

    def page(self, start: int, size: int) -> list[Row]:
        """Return rows of `events` with what is known of their documents: earliest first, those without a day last.

        `start` counts events from 0. The sentence that tells of the event is its `evidence`.
        """
        day = self._all("first").astype(np.int64)
        key = np.where(day == 0, np.iinfo(np.int32).max, day) << 32 | self._ids
        last = min(start + size, len(key))
        if last < len(key):
            key = np.partition(key, last)[:last]
        return self._rows((np.sort(key)[start:last] & 0xFFFFFFFF).tolist())

    def counts(self, facet: Facet) -> dict[str, int]:
        """Return how many events have each value of a facet, sorted by value; the empty one stands for unknown."""
        if facet == "month":
            return _months(np.bincount(self._all("first")))
        codes = np.bincount(self._all(facet))
        names = dict(self._archive.execute("SELECT id, value FROM facets WHERE facet = ?", (facet,)))
        return dict(sorted((names.get(code, ""), int(codes[code])) for code in np.flatnonzero(codes).tolist()))

    def _all(self, field: str) -> NDArray[np.int32]:
        return self._cells[field][self._ids]

    def _rows(self, ids: list[int]) -> list[Row]:
        cursor = self._archive.execute(_EVENTS.format(", ".join("?" * len(ids))), tuple(ids))
        names = [column[0] for column in cursor.description]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
        return [rows[number] for number in ids]


def find(archive: Archive, wanted: Filter) -> Found:
    """Return the events that meet a filter, as the archive is now; ask on inside of `Archive.snapshot`.

    ConfigurationError if the words are not in FTS5's syntax, ValueError if a day is no ISO date.
    """
    cells = np.frombuffer(
        b"".join(c for (c,) in archive.execute("SELECT cells FROM event_cells ORDER BY block")), _CELL
    )
    is_wanted = cells["document"] != 0
    for condition in _conditions(archive, wanted, cells):
        is_wanted &= condition
    return Found(archive, cells, np.flatnonzero(is_wanted))


def _conditions(archive: Archive, wanted: Filter, cells: NDArray[np.void]) -> Iterator[NDArray[np.bool_]]:
    """Yield for each part of a filter which cells meet it."""
    if wanted.first:
        yield cells["last"] >= date.fromisoformat(wanted.first).toordinal()
    if wanted.last:
        yield (cells["first"] != 0) & (cells["first"] <= date.fromisoformat(wanted.last).toordinal())
    if wanted.box:
        yield _inside(cells, *wanted.box)
    if wanted.originals_only:
        yield cells["copy"] == 0
    for facet, values in (
        ("type", wanted.types), ("status", wanted.statuses), ("country", wanted.countries), ("outlet", wanted.outlets),
    ):  # fmt: skip
        if values:
            yield np.isin(cells[facet], _codes(archive, facet, values))
    if wanted.actor is not None:
        yield _among(len(cells), archive.execute("SELECT event FROM participants WHERE name = ?", (wanted.actor,)))
    if wanted.words is not None:
        yield _among(int(cells["document"].max(initial=0)) + 1, _with_words(archive, wanted.words))[cells["document"]]


def _codes(archive: Archive, facet: str, values: Sequence[str]) -> list[int]:
    """Return the numbers of words; what the archive has never met has none, and the empty word stands for unknown."""
    query = f"SELECT id FROM facets WHERE facet = ? AND value IN ({', '.join('?' * len(values))})"
    codes = [number for (number,) in archive.execute(query, (facet, *values))]
    return [*codes, 0] if "" in values else codes


def _inside(cells: NDArray[np.void], west: float, south: float, east: float, north: float) -> NDArray[np.bool_]:
    x, y = cells["longitude"], cells["latitude"]
    is_between = (x >= west) & (x <= east) if west <= east else (x >= west) | (x <= east)
    return is_between & (y >= south) & (y <= north)


def _with_words(archive: Archive, words: str) -> list[tuple[int]]:
    try:
        return archive.execute("SELECT rowid FROM words WHERE words MATCH ?", (words,)).fetchall()
    except sqlite3.OperationalError as error:
        raise ConfigurationError(
            f"Nothing can be looked for with {words!r} ({error}). Put signs into quotation marks."
        ) from error


def _among(size: int, numbers: Iterable[tuple[int]]) -> NDArray[np.bool_]:
    """Return which of the numbers below `size` are among some."""
    found = np.fromiter((number for (number,) in numbers), np.int64)
    is_among = np.zeros(size, np.bool_)
    is_among[found[found < size]] = True
    return is_among


def _months(days: NDArray[np.int64]) -> dict[str, int]:
    """Add up counts of days, from the year 1 on, by month; at 0 stands the count of those not known."""
    unknown, known = int(days[:1].sum()), np.flatnonzero(days[1:]) + 1
    months = (known - _EPOCH).astype("datetime64[D]").astype("datetime64[M]")
    names, which = np.unique(months, return_inverse=True)
    sums = np.bincount(which, days[known]).astype(int)
    return ({"": unknown} if unknown else {}) | dict(zip(names.astype(str).tolist(), sums.tolist(), strict=True))
