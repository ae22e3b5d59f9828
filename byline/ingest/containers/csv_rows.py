"""CSV, TSV and the like: one row an article, the columns named in the first line.

A table in an old code page is told by a row that is in no UTF-8, and by what the file begins with.
"""

import csv
from collections.abc import Iterator
from itertools import count

from byline.errors import DocumentError
from byline.ingest.containers import rows
from byline.ingest.containers.lines import Lines
from byline.ingest.encoding import guessed
from byline.ingest.formats import as_utf8, delimiter_of, head_of
from byline.ingest.source import LARGEST, Options, Source
from byline.records import Failure

_BYTES = "latin-1"  # a character for each byte
_TOO_MANY = "The row has {} cells, and the table {} columns. Put cells that hold the delimiter into quotation marks."


def read(source: Source, options: Options) -> Iterator[Source | Failure]:
    """Yield the page of each row.

    DocumentError if no column holds text; ConfigurationError if a named column is missing.
    """
    csv.field_size_limit(LARGEST)
    lines = Lines(source.stream)
    head = head_of(source.stream)
    cells, decoded = _cells(head, lines, options), _Decoder(head)
    names = [name.strip() for name in decoded(_header(cells))]
    layout = rows.table_layout(names, options.columns)
    for number in count(1):
        start = lines.at
        try:
            row = next(row for row in cells if row)
        except StopIteration:
            return
        except csv.Error as error:
            yield rows.damaged(source, number, f"The row cannot be read ({error}). Check its quotation marks.")
            continue
        if any(row[len(names) :]):
            yield rows.damaged(source, number, _TOO_MANY.format(len(row), len(names)))
            continue
        values = dict(zip(names, decoded(row), strict=False))
        origin = rows.origin_of(source, number, start, lines.at - start) if lines.exact else None
        yield rows.member(source, layout, number, values, origin)


class _Decoder:
    """Cells of one byte a character to words; what is in no UTF-8 is in one code page from then on."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        self._page: str | None = None

    def __call__(self, cells: list[str]) -> list[str]:
        """Return the words of a row's cells."""
        data = [cell.encode(_BYTES) for cell in cells]
        try:
            return [cell.decode() for cell in data]
        except UnicodeDecodeError:
            self._page = self._page or guessed(b"\n".join([*data, self._head]))
            return [cell.decode(self._page, "replace") for cell in data]


def _cells(head: bytes, lines: Lines, options: Options) -> Iterator[list[str]]:
    head = as_utf8(head).lstrip()
    line = head.splitlines()[0].decode("utf-8", "replace") if head else ""
    delimiter = delimiter_of(line, options.columns) or ","
    plain = (line.decode(_BYTES) for line in lines)
    if _is_quoted(head.decode(_BYTES), delimiter):
        return csv.reader(plain, delimiter=delimiter)
    return csv.reader(plain, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _is_quoted(head: str, delimiter: str) -> bool:
    """Whether quotation marks at the edge of cells are the table's, and not the words' own.

    They are the words' own where they close in the middle of a cell, and the cells add up without them.
    """
    whole = head[: head.rfind("\n") + 1].splitlines(keepends=True) or [head]
    try:
        list(csv.reader(whole, delimiter=delimiter, strict=True))
    except csv.Error:
        plain = {len(line.split(delimiter)) for line in whole if line.strip()}
        return len(plain) > 1
    return True


def _header(cells: Iterator[list[str]]) -> list[str]:
    try:
        return next((row for row in cells if row), [])
    except csv.Error as error:
        raise DocumentError(f"The first line of the table cannot be read ({error}). Name the columns there.") from error
