"""Finding events by any combination of filters, and counting them by facets: what a page of an archive needs.

All cells of the archive are compared as arrays, which takes as long for a broad filter as for a narrow one, and counts
are exact. The words of documents and the names of actors come from SQLite's indexes.
"""

import re
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from byline.errors import ConfigurationError
from byline.store.archive import Archive
from byline.store.columns import Columns
from byline.store.projection import Value

Facet = Literal["month", "type", "mode", "status", "country", "precision", "outlet", "sector"]
Told = dict[str, Value | list[str]]  # a row of `events` with what belongs to it
_EPOCH = date(1970, 1, 1).toordinal()  # from which NumPy counts days
_EVENTS = (
    "SELECT e.*, d.source, d.publication, d.published_start, d.title, d.url, d.copy_of, "
    "substr(d.text, e.evidence_start + 1, e.evidence_end - e.evidence_start) AS evidence, "
    "(SELECT json_group_array(name) FROM participants WHERE event = e.id AND role = 'actor') AS who, "
    "(SELECT json_group_array(name) FROM participants WHERE event = e.id AND role = 'recipient') AS whom, "
    "i.id AS incident, i.reports AS incident_reports FROM events e JOIN documents d ON d.id = e.document "
    "LEFT JOIN reports r ON r.id = e.report LEFT JOIN incidents i ON i.id = r.incident WHERE e.id IN ({})"
)
# Each name stands once among the facets: to look for a part of one there is faster than in all who take part.
_NAMED = "IN (SELECT value FROM facets WHERE facet = '{}' AND value LIKE ? ESCAPE '\\')"
_TAKES_PART = f"SELECT json_group_array(event) FROM participants WHERE name {_NAMED.format('name')}"
_SAID = (
    "SELECT json_group_array(v.event) FROM attributions a JOIN voices v ON v.attribution = a.id "
    f"WHERE a.source {_NAMED.format('voice')}"
)
_OF_INCIDENTS = (
    "SELECT json_group_array(e.id) FROM incidents i JOIN reports r ON r.incident = i.id "
    "JOIN events e ON e.report = r.id "
    "WHERE (? IS NULL OR i.contested = ?) AND i.sources >= ?"
)


class Filter(NamedTuple):
    """Which events are wanted: those that meet all that is given, of several values any.

    `first` and `last`: ISO dates, closed; an event whose days overlap them is in. `box`: west, south, east, north in
    degrees; west of the date line is east of it if west > east. `actor`: part of a participant's name, in any role, in
    capitals or not; `names` are whole names, and `sectors` those, of participants. `voice`: part of the name of a
    source that tells of the event or denies it. `hurt`: somebody was killed or wounded, or nobody. `contested` and
    `sources`: of the event's incident, which has at least so many independent ones. `words`: of the document, in
    FTS5's syntax.
    """

    first: str | None = None
    last: str | None = None
    box: tuple[float, float, float, float] | None = None
    types: Sequence[str] = ()
    modes: Sequence[str] = ()
    statuses: Sequence[str] = ()
    countries: Sequence[str] = ()
    outlets: Sequence[str] = ()
    actor: str | None = None
    names: Sequence[str] = ()
    sectors: Sequence[str] = ()
    voice: str | None = None
    hurt: bool | None = None
    contested: bool | None = None
    sources: int | None = None
    words: str | None = None
    originals_only: bool = False


class Found:
    """The events that a filter has found, which are the cells at `ids`."""

    def __init__(self, archive: Archive, cells: Columns, ids: NDArray[np.int64]) -> None:
        self._archive, self._cells, self._ids = archive, cells, ids

    def __len__(self) -> int:
        return len(self._ids)

    def page(self, start: int, size: int) -> list[Told]:
        """Return rows of `events` with what is known of their documents: earliest first, those without a day last.

        `start` counts events from 0. The sentence that tells of the event is its `evidence`; `who` and `whom` are
        lists of names.
        """
        last = min(start + size, len(self))
        if start >= last:
            return []
        day = self._all("first").view(np.uint32) - np.uint32(1)  # of 0, not known, this makes the last of all days
        lowest, highest = np.partition(day, (start, last - 1))[[start, last - 1]]
        near = np.flatnonzero((day >= lowest) & (day <= highest))
        order = near[np.argsort(day[near], kind="stable")]
        before = np.count_nonzero(day < lowest)
        return self._rows(self._ids[order[start - before : last - before]].tolist())

    @property
    def ids(self) -> list[int]:
        """`events.id` of each event, in ascending order."""
        ids: list[int] = self._ids.tolist()
        return ids

    @property
    def documents(self) -> NDArray[np.int32]:
        """`documents.id` of the document of each event."""
        return self._all("document")

    @property
    def days(self) -> NDArray[np.int32]:
        """The first day of each event, counted from the year 1; 0 where it is not known."""
        return self._all("first")

    @property
    def points(self) -> NDArray[np.float32]:
        """Longitude and latitude of each event in degrees, (events, 2); NaN where it has no point."""
        return np.column_stack((self._all("longitude"), self._all("latitude")))

    def has(self, facet: Facet, values: Collection[str]) -> NDArray[np.bool_]:
        """Return which events have one of the values of a facet."""
        return np.isin(self._all(facet), _codes(self._archive, facet, tuple(values)))

    def counts(self, facet: Facet) -> dict[str, int]:
        """Return how many events have each value of a facet, sorted by value; the empty one stands for unknown."""
        if facet == "month":
            return _months(np.bincount(self._all("first")))
        codes = self._of_sectors() if facet == "sector" else np.bincount(self._all(facet))
        names = dict(self._archive.execute("SELECT id, value FROM facets WHERE facet = ?", (facet,)))
        return dict(sorted((names.get(code, ""), int(codes[code])) for code in np.flatnonzero(codes).tolist()))

    def _all(self, field: str) -> NDArray[np.int32]:
        return self._cells[field][self._ids]

    def _of_sectors(self) -> NDArray[np.int64]:
        """Return how many events have somebody of each sector; at 0, nobody of any that is known."""
        events, codes = self._archive.sectors()
        is_found = np.zeros(len(self._cells["document"]), np.bool_)
        is_found[self._ids] = True
        here = is_found[events]
        is_found[events] = False
        counts = np.bincount(codes[here], minlength=1)
        counts[0] = np.count_nonzero(is_found)
        return counts

    def _rows(self, ids: list[int]) -> list[Told]:
        cursor = self._archive.execute(_EVENTS.format(", ".join("?" * len(ids))), tuple(ids))
        names = [column[0] for column in cursor.description]
        rows = {row[0]: _told(dict(zip(names, row, strict=True))) for row in cursor}
        return [rows[number] for number in ids]


def _told(row: dict[str, Any]) -> Told:
    return row | {side: msgspec.json.decode(row[side], type=list[str]) for side in ("who", "whom")}


def find(archive: Archive, wanted: Filter) -> Found:
    """Return the events that meet a filter, as the archive is now; ask on inside of `Archive.snapshot`.

    ConfigurationError if the words are not in FTS5's syntax, ValueError if a day is no ISO date.
    """
    cells = archive.columns()
    is_wanted = cells["document"] != 0
    for condition in _conditions(archive, wanted, cells):
        is_wanted &= condition
    return Found(archive, cells, np.flatnonzero(is_wanted))


def _conditions(archive: Archive, wanted: Filter, cells: Columns) -> Iterator[NDArray[np.bool_]]:
    """Yield for each part of a filter which cells meet it."""
    if wanted.first:
        yield cells["last"] >= date.fromisoformat(wanted.first).toordinal()
    if wanted.last:
        yield (cells["first"] != 0) & (cells["first"] <= date.fromisoformat(wanted.last).toordinal())
    if wanted.box:
        yield _inside(cells, *wanted.box)
    if wanted.originals_only:
        yield cells["copy"] == 0
    if wanted.hurt is not None:
        yield cells["hurt"] == wanted.hurt
    yield from _with_facets(archive, wanted, cells)
    for query, given in _queries(wanted):
        yield _among(len(cells["document"]), archive.execute(query, given))
    if wanted.words is not None:
        documents = cells["document"]
        yield _among(int(documents.max(initial=0)) + 1, _with_words(archive, wanted.words))[documents]


def _with_facets(archive: Archive, wanted: Filter, cells: Columns) -> Iterator[NDArray[np.bool_]]:
    """Yield for each facet of which values are wanted which cells have one of them."""
    for facet, values in (
        ("type", wanted.types), ("mode", wanted.modes), ("status", wanted.statuses), ("country", wanted.countries),
        ("outlet", wanted.outlets),
    ):  # fmt: skip
        if values:
            yield np.isin(cells[facet], _codes(archive, facet, values))
    if wanted.sectors:
        yield _of_sectors(archive, wanted.sectors, len(cells["document"]))


def _queries(wanted: Filter) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield the queries, with their values, for events that meet what is not in their cells."""
    if wanted.actor is not None:
        yield _TAKES_PART, (within(wanted.actor),)
    if wanted.names:
        query = f"SELECT json_group_array(event) FROM participants WHERE name IN ({_marks(wanted.names)})"
        yield query, tuple(wanted.names)
    if wanted.voice is not None:
        yield _SAID, (within(wanted.voice),)
    if wanted.contested is not None or wanted.sources is not None:
        yield _OF_INCIDENTS, (wanted.contested, wanted.contested, wanted.sources or 0)


def _codes(archive: Archive, facet: str, values: Sequence[str]) -> list[int]:
    """Return the numbers of words; what the archive has never met has none, and the empty word stands for unknown."""
    query = f"SELECT id FROM facets WHERE facet = ? AND value IN ({_marks(values)})"
    codes = [number for (number,) in archive.execute(query, (facet, *values))]
    return [*codes, 0] if "" in values else codes


def within(name: str) -> str:
    """Return what LIKE, with a backslash as ESCAPE, finds a part of a name with, in capitals or not."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", name) + "%"


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _of_sectors(archive: Archive, values: Sequence[str], size: int) -> NDArray[np.bool_]:
    """Return which of all events have somebody of one of some sectors, or where "" is among them nobody of any."""
    events, codes = archive.sectors()
    is_wanted, has_some = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    is_wanted[events[np.isin(codes, _codes(archive, "sector", values))]] = True
    has_some[events] = True
    return is_wanted | ~has_some if "" in values else is_wanted


def _inside(cells: Columns, west: float, south: float, east: float, north: float) -> NDArray[np.bool_]:
    x, y = cells["longitude"], cells["latitude"]
    is_between = (x >= west) & (x <= east) if west <= east else (x >= west) | (x <= east)
    return is_between & (y >= south) & (y <= north)


def _with_words(archive: Archive, words: str) -> sqlite3.Cursor:
    try:
        return archive.execute("SELECT json_group_array(rowid) FROM words WHERE words MATCH ?", (words,))
    except sqlite3.OperationalError as error:
        raise ConfigurationError(
            f"Nothing can be looked for with {words!r} ({error}). Put signs into quotation marks."
        ) from error


def _among(size: int, numbers: sqlite3.Cursor) -> NDArray[np.bool_]:
    """Return which of the numbers below `size` are in a JSON list: a row for each would take several times as long."""
    found = np.array(msgspec.json.decode(numbers.fetchone()[0], type=list[int]), np.int64)
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
