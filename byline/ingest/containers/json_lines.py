"""JSON: one record a line, an array of records, or records inside of one that wraps them.

A record that is damaged costs itself alone: where each stands on a line, the next line begins anew; in an array,
the next one is found by the comma between them.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from byline.errors import DocumentError
from byline.ingest.containers import rows
from byline.ingest.containers.lines import Lines
from byline.ingest.formats import as_utf8, head_of
from byline.ingest.source import LARGEST, Columns, Options, Source
from byline.records import Failure, Origin

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\]]', re.DOTALL)  # a whole string, or a mark; a lone " is cut off
_BETWEEN = re.compile(rb"[\s,\[\]]*+")  # what stands between records, the brackets around them taken in
_NEXT = re.compile(rb'\}\s*,\s*(?=\{\s*")')
_OPEN, _CLOSED = frozenset({b"{", b"["}), frozenset({b"}", b"]"})
_PIECE = 1 << 18
_BROKEN = 20  # records that end nowhere, before the rest is given up
_TRIED = 1000  # records without text before a file is none of news
_NO_TEXT = "This is JSON, not a news text. Give its articles as text or HTML."
_NO_RECORD = "This is no whole record of JSON. It is left out; get the file again if it was cut off."


Value = dict[str, Any]


class _Record(NamedTuple):
    """A record, None if it is broken, and the bytes where it stands."""

    value: Value | None
    offset: int
    length: int


def read(source: Source, options: Options) -> Iterator[Source | Failure]:
    """Yield the page of each record.

    DocumentError if no record holds text; ConfigurationError if the first has no column that the user named.
    """
    is_array = as_utf8(head_of(source.stream)).lstrip().startswith(b"[")
    lines = Lines(source.stream)
    records = _in_array(lines.read(_PIECE), lines) if is_array else _records(lines)
    members = _members(source, records, options.columns, exact=lines.exact)
    first = list(islice(_until_text(members), _TRIED))
    if not first or isinstance(first[-1], Failure):
        yield from (member for member in first if isinstance(member, Failure) and member.kind == "damaged")
        raise DocumentError(_NO_TEXT)
    yield from first
    yield from members


def _until_text(members: Iterator[Source | Failure]) -> Iterator[Source | Failure]:
    for member in members:
        yield member
        if isinstance(member, Source):
            return


def _members(
    source: Source, records: Iterator[_Record], columns: Columns, *, exact: bool
) -> Iterator[Source | Failure]:
    number, checked = 0, False
    for record in records:
        for value in _unwrapped(record.value, columns):
            number += 1
            if value is None:
                yield rows.damaged(source, number, _NO_RECORD)
                continue
            if not checked:
                rows.check(value, columns)
                checked = True
            origin = rows.origin_of(source, number, record.offset, record.length) if exact else None
            yield _member(source, number, value, columns, origin)


def _member(source: Source, number: int, value: Value, columns: Columns, origin: Origin | None) -> Source | Failure:
    layout = rows.layout_of(tuple(value), columns)
    if layout:
        return rows.member(source, layout, number, value, origin)
    reason = f"The record has no text. Its columns are: {rows.listed(value)}."
    return Failure(source=rows.place(source, number), reason=reason, kind="empty")


def _unwrapped(value: Value | None, columns: Columns) -> Sequence[Value | None]:
    """Return the records in a list that a record without text is wrapped around, or the record itself."""
    if value is not None and rows.layout_of(tuple(value), columns) is None:
        for inner in value.values():
            if isinstance(inner, list) and inner and all(isinstance(row, dict) for row in inner):
                return inner
    return [value]


def _records(lines: Lines) -> Iterator[_Record]:
    first = next(lines, b"")
    record = _record(0, first)
    if record.value is None:
        yield from _in_array(first, lines)
        return
    yield record
    start = lines.at
    for line in lines:
        if line.strip():
            yield _record(start, line)
        start = lines.at


def _in_array(buffer: bytes, lines: Lines) -> Iterator[_Record]:
    """Yield records that stand in an array or on several lines each, by counting their brackets."""
    at = broken = 0
    while buffer:
        at = _BETWEEN.match(buffer, at).end()  # type: ignore[union-attr] # it matches nothing, too
        if at == len(buffer):
            buffer, at = lines.read(_PIECE), 0
            continue
        while (end := _end_of(buffer, at)) is None and len(buffer) - at < LARGEST:
            more = lines.read(max(_PIECE, len(buffer) - at))
            if not more:
                break
            buffer, at = buffer[at:] + more, 0
        start = lines.at - len(buffer) + at
        if end is not None:
            yield _record(start, buffer[at:end])
            at = end
            continue
        broken += 1
        follows = _NEXT.search(buffer, at) if broken < _BROKEN else None
        yield _Record(None, start, len(buffer) - at)
        if follows is None:
            return
        at = follows.end()


def _end_of(buffer: bytes, start: int) -> int | None:
    """Return where the record that starts here ends; None if it does not, or none starts here."""
    depth = 0
    if not buffer.startswith(b"{", start):
        return None
    for token in _TOKEN.finditer(buffer, start):
        mark = token[0]
        if mark in _OPEN:
            depth += 1
        elif mark in _CLOSED:
            depth -= 1
            if not depth:
                return token.end()
        elif mark == b'"':
            return None
    return None


def _record(offset: int, data: bytes) -> _Record:
    try:
        value = json.loads(data.decode(), strict=False)
    except UnicodeDecodeError:
        return _record(offset, rows.words(data).encode("utf-8", "replace"))
    except (ValueError, RecursionError):
        value = None
    return _Record(value if isinstance(value, dict) else None, offset, len(data))
