"""Tables in the forms that people open: CSV, TSV, JSON lines, Parquet. Rows are written as they come."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from operator import itemgetter
from typing import BinaryIO, TextIO

import msgspec

from byline.export.columns import Cell, Columns, Row
from byline.export.csv import guarded
from byline.export.layout import Chosen, Write

Cells = Sequence[Cell]
Rows = Callable[[Chosen], Iterable[Row]]
LONGEST = 32_767  # characters in a cell of a spreadsheet


def tables(rows: Rows, columns: Columns) -> dict[str, Write]:
    """Return the forms of a table whose rows hold all of its columns."""

    def cells(chosen: Chosen) -> Iterable[Cells]:
        return map(itemgetter(*columns), rows(chosen))

    return tables_of_cells(cells, columns)


def tables_of_cells(cells: Callable[[Chosen], Iterable[Cells]], columns: Columns) -> dict[str, Write]:
    """Return the forms of a table whose rows are cells in the order of its columns."""
    return {
        "csv": lambda chosen, out: write_csv(cells(chosen), columns, out),
        "excel": lambda chosen, out: write_excel(cells(chosen), columns, out),
        "tsv": lambda chosen, out: write_csv(cells(chosen), columns, out, delimiter="\t"),
        "jsonl": lambda chosen, out: write_lines((dict(zip(columns, row, strict=True)) for row in cells(chosen)), out),
        "parquet": lambda chosen, out: _write_parquet(cells(chosen), columns, out),
    }


def lines(items: Callable[[Chosen], Iterable[object]]) -> dict[str, Write]:
    """Return the form of what is no table: a line of JSON an item, which msgspec has to know how to encode."""
    return {"jsonl": lambda chosen, out: write_lines(items(chosen), out)}


def write_csv(rows: Iterable[Cells], columns: Columns, out: BinaryIO, *, delimiter: str = ",") -> None:
    """Write a header and rows; unknown is an empty cell, and no cell is run as a formula by a spreadsheet."""
    with text(out, "utf-8") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(map(guarded, row) for row in rows)


def write_excel(rows: Iterable[Cells], columns: Columns, out: BinaryIO) -> None:
    """Write CSV as spreadsheets open it without asking: a byte order mark, Windows' line ends, no cell too long."""
    with text(out, "utf-8-sig") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_fitting(guarded(cell)) for cell in row] for row in rows)


def write_lines(items: Iterable[object], out: BinaryIO) -> None:
    """Write a line of JSON an item."""
    encoder = msgspec.json.Encoder()
    out.writelines(encoder.encode(item) + b"\n" for item in items)


@contextmanager
def text(out: BinaryIO, encoding: str) -> Iterator[TextIO]:
    """Give a stream of text that leaves the one of bytes open."""
    stream = TextIOWrapper(out, encoding, errors="replace", newline="")
    try:
        yield stream
    finally:
        stream.detach()


def _fitting(cell: Cell) -> Cell:
    return cell[:LONGEST] if isinstance(cell, str) else cell


def _write_parquet(rows: Iterable[Cells], columns: Columns, out: BinaryIO) -> None:
    from byline.export.arrow import arrow_tables, schema_of, write_parquet  # noqa: PLC0415 - an extra

    write_parquet(arrow_tables(rows, columns), schema_of(columns), out)
