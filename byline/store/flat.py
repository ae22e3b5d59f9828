"""Events as flat rows, as many as there are: read in parts by the events' numbers, so that memory stays flat."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

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
_ALL = "SELECT id FROM events ORDER BY document, id"
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


def event_cells(archive: Archive, names: Iterable[str], parts: Iterable[list[int]]) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of events, which are `parts` of an archive, in the order of some columns.

    They are those of `byline.export.layouts.events`; words are as they stand in the text, with its line ends.
    """
    query = _query(names)
    for ids in parts:
        yield from archive.execute(query, (msgspec.json.encode(ids).decode(),))


def event_batches(archive: Archive, names: Iterable[str], parts: Iterable[list[int]]) -> "Iterator[pa.Table]":
    """Yield the same as tables of Arrow; a column that is empty in one of them may have any type there.

    SQLite's rows become columns without becoming objects of Python, which takes a third of the time.
    """
    from adbc_driver_sqlite import dbapi  # noqa: PLC0415 - an extra

    query = _query(names)
    with dbapi.connect(address(archive.path)) as connection, connection.cursor() as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(_PART)})
        for ids in parts:
            cursor.execute(query, (msgspec.json.encode(ids).decode(),))
            yield cursor.fetch_arrow_table()


def _query(names: Iterable[str]) -> str:
    cells = ", ".join(f"{_CELLS.get(name, f'e.{_quoted(name)}')} AS {_quoted(name)}" for name in names)
    return (
        f"SELECT {cells} FROM json_each(?) w CROSS JOIN events e ON e.id = w.value "
        "JOIN documents d ON d.id = e.document LEFT JOIN reports r ON r.id = e.report "
        "LEFT JOIN incidents i ON i.id = r.incident"
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def event_parts(archive: Archive, filter: Filter) -> Iterator[list[int]]:
    """Yield lists of `events.id`, document by document; all are read as they come, those of a filter at once."""
    if filter == Filter():
        found = archive.execute(_ALL)
        while part := found.fetchmany(_PART):
            yield [number for (number,) in part]
        return
    wanted = find(archive, filter)
    ids = np.array(wanted.ids)[np.argsort(wanted.documents, kind="stable")].tolist()
    for start in range(0, len(ids), _PART):
        yield ids[start : start + _PART]
