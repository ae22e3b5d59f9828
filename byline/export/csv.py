"""Comma-separated values: one row an event, or one a claim."""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from byline.export import incidents, rows
from byline.export.claims import Claim, cells
from byline.export.columns import Cell
from byline.records import CodedDocument
from byline.store.incidents import IncidentSummary

# A spreadsheet takes a cell that begins so for a formula: hostile text must not become one.
FORMULA = frozenset("=+-@\t\r")


def write_csv(documents: Iterable[CodedDocument], out: TextIO) -> None:
    """Write a header and one row an event; unknown is an empty cell.

    A text cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    _write(rows.rows(documents), list(rows.COLUMNS), out)


def write_claims(claims: Iterable[Claim], out: TextIO) -> None:
    """Write a header and one row a claim, cells as for events; of several values in a cell each is parted by "; "."""
    names = Claim.__struct_fields__
    _write((dict(zip(names, cells(claim), strict=True)) for claim in claims), names, out)


def write_incidents(found: Iterable[IncidentSummary], out: TextIO) -> None:
    """Write a header and one row an incident, cells as for events."""
    _write(incidents.rows(found), incidents.columns(), out)


def _write(found: Iterable[dict[str, Cell]], columns: Sequence[str], out: TextIO) -> None:
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in found:
        writer.writerow({name: guarded(cell) for name, cell in row.items()})


def guarded(cell: Cell) -> Cell:
    """Return a cell as CSV has it: yes or no, an apostrophe before what a spreadsheet would run as a formula.

    Line ends are line feeds: Python's writer leaves a lone carriage return unquoted before 3.13, which ends a row.
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, str):
        return cell
    words = cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
    return "'" + words if cell[:1] in FORMULA else words
