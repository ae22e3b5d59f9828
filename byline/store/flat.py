"""Events as flat rows, as many as there are: read in parts by the events' numbers, so that memory stays flat."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import ThreadPoolExecutor as Readers
from contextlib import ExitStack
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
    from adbc_driver_sqlite import dbapi

_PART = 10_000  # events that are read at once
_READERS = 3  # parts that are in memory: one is worked on, others are read
_JOINED = (
    "JOIN documents d ON d.id = e.document LEFT JOIN reports r ON r.id = e.report "
    "LEFT JOIN incidents i ON i.id = r.incident "
)
_RANGE = f"FROM events e {_JOINED} WHERE e.document BETWEEN ? AND ? ORDER BY e.document, e.id"
_LISTED = f"FROM json_each(?) w CROSS JOIN events e ON e.id = w.value {_JOINED}"
_SPAN = "e.document AS span_of, e.evidence_start AS span_start, e.evidence_end AS span_end"
_TEXTS = "SELECT id, text FROM documents WHERE id IN (SELECT value FROM json_each(?))"
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
    "evidence": "NULL",  # see _sentences
    "happening": "i.id",
    **{f"happening_{name}": f"i.{name}" for name in ("type", "reports", "outlets", "sources", "part_of")},
    "happening_contested": "iif(i.contested, 'yes', iif(i.id IS NULL, NULL, 'no'))",
}


Span = tuple[int, int, int]  # documents.id; start and end in its text


class Part(NamedTuple):
    """Some events that are read at once: by which clause, with which values, and how many they are."""

    clause: str
    values: tuple[int | str, ...]
    events: int


def event_cells(archive: Archive, names: Sequence[str], parts: Iterable[Part]) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of events, which are `parts` of an archive, in the order of some columns.

    They are those of `byline.export.layouts.events`; words are as they stand in the text, with its line ends.
    """
    cells, at = _selected(names), names.index("evidence")
    for part in parts:
        rows = archive.execute(cells + part.clause, part.values).fetchall()
        spans = [row[-3:] for row in rows]
        texts = dict(archive.execute(_TEXTS, (_documents(spans),)))
        for row, sentence in zip(rows, _sentences(spans, texts), strict=True):
            yield *row[:at], sentence, *row[at + 1 : -3]


def event_batches(archive: Archive, names: Sequence[str], parts: Iterable[Part]) -> "Iterator[pa.Table]":
    """Yield the same as tables of Arrow; a column that is empty in one of them may have any type there.

    SQLite's rows become columns without becoming objects of Python, which takes half of the time; the next parts are
    read while one is worked on, each on a connection that no other is read on.
    """
    from adbc_driver_sqlite import dbapi  # noqa: PLC0415 - an extra

    with ExitStack() as open_, Readers(_READERS) as readers:
        connections = [open_.enter_context(dbapi.connect(address(archive.path))) for _ in range(_READERS)]
        free = deque(open_.enter_context(connection.cursor()) for connection in connections)
        ahead: deque[tuple[dbapi.Cursor, Future[pa.Table]]] = deque()
        for part in parts:
            cursor = free.popleft()
            ahead.append((cursor, readers.submit(_table, cursor, names, part)))
            if not free:
                cursor, table = ahead.popleft()
                found = table.result()
                free.append(cursor)
                yield found
        yield from (table.result() for _, table in ahead)


def _table(cursor: "dbapi.Cursor", names: Sequence[str], part: Part) -> "pa.Table":
    cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": str(part.events)})
    cursor.execute(_selected(names) + part.clause, part.values)
    table = cursor.fetch_arrow_table()
    spans = list(zip(*(column.to_pylist() for column in table.columns[-3:]), strict=True))
    cursor.execute(_TEXTS, (_documents(spans),))
    texts = dict(zip(*(column.to_pylist() for column in cursor.fetch_arrow_table().columns), strict=True))
    return table.select(names).set_column(names.index("evidence"), "evidence", [_sentences(spans, texts)])


def _documents(spans: Iterable[Span]) -> str:
    return msgspec.json.encode(sorted({document for document, _, _ in spans})).decode()


def _sentences(spans: Iterable[Span], texts: Mapping[int, str]) -> list[str]:
    """Return the sentences at some spans, each in one line.

    They are cut from the texts here: SQLite would read a document's whole text for each of its events.
    """
    return [" ".join(texts[document][start:end].split()) for document, start, end in spans]


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
    return f"SELECT {', '.join((*cells, _SPAN))} "


def _quoted(name: str) -> str:
    return f'"{name}"'
