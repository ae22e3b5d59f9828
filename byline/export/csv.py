"""Comma-separated values: one row an event."""

import csv
from collections.abc import Iterable
from typing import TextIO

from byline.export.rows import Cell, columns, rows
from byline.records import CodedDocument

# A spreadsheet takes a cell that begins so for a formula: hostile text must not become one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(documents: Iterable[CodedDocument], out: TextIO) -> None:
    """Write a header and one row an event; unknown is an empty cell.

    A text cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    writer = csv.DictWriter(out, columns(), lineterminator="\n")
    writer.writeheader()
    for row in rows(documents):
        writer.writerow({name: _safe(cell) for name, cell in row.items()})


def _safe(cell: Cell) -> Cell:
    return "'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
