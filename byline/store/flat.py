"""Events as flat rows, as many as there are: read in parts by the events' numbers, so that memory stays flat."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from byline.lookup import OUTLET
from byline.store.archive import Archive
from byline.store.file import address
from byline.store.finding import Filter, find
from byline.store.projection import Value

if TYPE_CHECKING:
    import pyarrow as pa

_PART = 10_000  # events that are read at once
_JOINED = (
    "JOIN documents d ON d.id = e.document LEFT JOIN reports r ON r.id = e.report "
    "LEFT JOIN incidents i ON i.id = r.incident "
)
_RANGE = f"FROM events e {_JOINED} WHERE e.document BETWEEN ? AND ? ORDER BY e.document, e.id"
_LISTED = f"FROM json_each(?) w CROSS JOIN events e ON e.id = w.value {_JOINED}"
_EVIDENCE = "substr(d.text, e.evidence_start + 1, e.evidence_end - e.evidence_start)"
_CELLS = {  # where a column is not one of `events`
    "document": "d.document",
    **{name: f"d.{name}" for name in ("source", "publication", "published_start", "published_end", "url")},
    **{name: f"d.{name}" for name in ("copy_of", "copy_kind")},
    "incident": "r.report",
    "trigger": "e.trigger_text",
    "happened": "iif(e.happened, 'yes', 'no')",
    "place_precision": "iif(e.latitude IS NULL, NULL, e.place_precision)",
    **{f"incident_{what}": f"r.{what}" for what in ("killed_low", "killed_high", "wounded_low", "wounded_high")},
    "said_by": f"coalesce(e.said_by, '{OUTLET}')",
    "evidence": _EVIDENCE,
    "happening": "i.id",
    **{f"happening_{name}": f"i.{name}" for name in ("type", "reports", "outlets", "sources", "part_of")},
    "happening_contested": "iif(i.contested, 'yes', iif(i.id IS NULL, NULL, 'no'))",
}


class Part(NamedTuple):
    """Some events that are read at once: by which clause, with which values, and how many they are."""

    clause: str
    values: tuple[int | str, ...]
    events: int


def event_cells(archive: Archive, names: Iterable[str], parts: Iterable[Part]) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of events, which are `parts` of an archive, in the order of some columns.

    They are those of `byline.export.layouts.events`; words are as they stand in the text, with its line ends.
    """
    cells = _selected(names)
    for part in parts:
        yield from archive.execute(cells + part.clause, part.values)


def event_batches(archive: Archive, names: Iterable[str], parts: Iterable[Part]) -> "Iterator[pa.Table]":
    """Yield the same as tables of Arrow; a column that is empty in one of them may have any type there.

    SQLite's rows become columns without becoming objects of Python, which takes half of the time.
    """
    from adbc_driver_sqlite import dbapi  # noqa: PLC0415 - an extra

    cells = _selected(names)
    with dbapi.connect(address(archive.path)) as connection, connection.cursor() as cursor:
        for part in parts:
            cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(part.events)})
            cursor.execute(cells + part.clause, part.values)
            yield cursor.fetch_arrow_table()


def event_parts(archive: Archive, filter: Filter) -> Iterator[Part]:
    """Yield the events that a filter finds, document by document; all of them are read by the numbers of documents."""
    if filter == Filter():
        yield from _ranges(archive)
        return
    wanted = find(archive, filter)
    ids = np.array(wanted.ids)[np.argsort(wanted.documents, kind="stable")].tolist()
    for start in range(0, len(ids), _PART):
        part = ids[start : start + _PART]
        yield Part(_LISTED, (msgspec.json.encode(part).decode(),), len(part))


def _ranges(archive: Archive) -> Iterator[Part]:
    first, last, events = 0, 0, 0
    for number, more in archive.execute("SELECT id, events FROM documents WHERE events > 0 ORDER BY id"):
        if events + more > _PART and events:
            yield Part(_RANGE, (first, last), events)
            first, events = number, 0
        last, events = number, events + more
    if events:
        yield Part(_RANGE, (first, last), events)


def _selected(names: Iterable[str]) -> str:
    cells = (f"{_CELLS.get(name, f'e.{_quoted(name)}')} AS {_quoted(name)}" for name in names)
    return f"SELECT {', '.join(cells)} "


def _quoted(name: str) -> str:
    return f'"{name}"'
