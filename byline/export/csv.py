"""Comma-separated values: one row an event, or one a claim."""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from byline.export import incidents, rows
from byline.export.claims import Claim
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
    _write(map(_row, claims), Claim.__struct_fields__, out)


def write_incidents(found: Iterable[IncidentSummary], out: TextIO) -> None:
    """Write a header and one row an incident, cells as for events."""
    _write(incidents.rows(found), incidents.columns(), out)


def _row(claim: Claim) -> dict[str, Cell]:
    row: dict[str, Cell] = {name: getattr(claim, name) for name in claim.__struct_fields__}
    spans = "; ".join(f"{start}-{end}" for start, end in claim.spans)
    events = "; ".join(f"{e.id} {e.type} {e.status}" for e in claim.events)
    lists = {name: "; ".join(getattr(claim, name)) for name in ("within", "denied_by", "denies")}
    return row | lists | {"spans": spans, "events": events, "disputed": "yes" if claim.disputed else "no"}


def _write(found: Iterable[dict[str, Cell]], columns: Sequence[str], out: TextIO) -> None:
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    for row in found:
        writer.writerow({name: guarded(cell) for name, cell in row.items()})


def guarded(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe stands before what it would."""
    return "'" + cell if isinstance(cell, str) and cell[:1] in FORMULA else cell
