"""What verbs print: data to standard output, failures to standard error."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO, TypeVar

import typer

from byline.cli.options import Format, Grouping, People, Rows, Told
from byline.writing import whole

if TYPE_CHECKING:
    from rich.console import Console

    from byline.export.claims import Claim
    from byline.records import CodedDocument, Failure, Record

Said = TypeVar("Said", bound="Record")
STDOUT = "-"


def tell_failure(failure: "Failure") -> None:
    """Say on standard error what cannot be read or coded, and why."""
    _tell(failure.source, failure.reason)


def _tell(source: str, what: str) -> None:
    from byline.export.terminal import printable  # noqa: PLC0415 - loaded when needed

    typer.echo(printable(f"byline: {source}: {what}"), err=True)


class Run:
    """A stream of results: failures, and what is set aside, are told as they come; failures are counted."""

    def __init__(self, results: "Iterable[CodedDocument | Failure]") -> None:
        self._results, self.failures = results, 0

    def documents(self) -> "Iterator[CodedDocument]":
        from byline.records import Failure  # noqa: PLC0415 - loaded when needed

        for result in self._results:
            if isinstance(result, Failure):
                self.failures += 1
                tell_failure(result)
                continue
            if result.aside:
                _tell(result.source, f"set aside: {result.aside}")
            yield result

    def finish(self) -> None:
        if self.failures:
            raise typer.Exit(1)


def chosen(document: "CodedDocument", status: Told, people: People) -> "CodedDocument":
    """Return the document with the events and names that the user wants to see."""
    from byline.export.people import withhold_names  # noqa: PLC0415 - loaded when needed

    chosen = document.only_happened() if status is Told.happened else document
    return withhold_names(chosen) if people is People.roles else chosen


def write(documents: "Iterator[CodedDocument]", format: Format) -> None:
    """Print documents as they come."""
    from byline.export import csv, terminal  # noqa: PLC0415 - loaded when needed

    match format:
        case Format.jsonl:
            write_lines(documents)
        case Format.csv:
            csv.write_csv(documents, utf8())
        case Format.table:
            terminal.show(documents, console())


def write_lines(records: "Iterable[Record]") -> None:
    """Print one line of JSON a record."""
    for record in records:
        sys.stdout.buffer.write(record.to_json() + b"\n")
    sys.stdout.buffer.flush()


def list_said(
    archive: Path, kind: str, found: Sequence[Said], faults: Sequence[str], *, row: Callable[[Said], Sequence[str]],
    format: Rows,
) -> None:  # fmt: skip
    """Print what reviewers have said, and what shows that it was changed behind Byline's back: that ends with 1."""
    if format is Rows.jsonl:
        write_lines(found)
    else:
        print_rows((kind, "what", "about", "reviewer", "time", "reason", "standing"), map(row, found))
    for fault in faults:
        typer.echo(f"byline: {archive}: {fault}.", err=True)
    if faults:
        raise typer.Exit(1)


def utf8() -> TextIO:
    """Return standard output, in UTF-8 whatever the terminal's locale says."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return sys.stdout


def write_claims(found: "Iterator[Claim]", by: Grouping, format: Format) -> None:
    """Print claims as they come; gathered by source when all have come."""
    from byline.export import claims_table, csv  # noqa: PLC0415 - loaded when needed
    from byline.export.claims import by_source  # noqa: PLC0415

    if format is Format.table and by is Grouping.source:
        claims_table.show_by_source(by_source(found), console())
        return
    ordered = chain.from_iterable(by_source(found)) if by is Grouping.source else found
    match format:
        case Format.table:
            claims_table.show(ordered, console())
        case Format.jsonl:
            write_lines(ordered)
        case Format.csv:
            csv.write_claims(ordered, utf8())


def console() -> "Console":
    """Return where tables go: as wide as the terminal, or as COLUMNS says, 120 where nobody looks."""
    from rich.console import Console  # noqa: PLC0415 - loaded when needed

    narrow = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120
    return Console(width=narrow, highlight=False, markup=False)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; numbers stand to the right."""
    from rich.table import Table  # noqa: PLC0415 - loaded when needed
    from rich.text import Text  # noqa: PLC0415

    from byline.export.terminal import printable  # noqa: PLC0415

    told = list(rows)
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for number, name in enumerate(columns):
        table.add_column(
            name, overflow="fold", justify="right" if told and isinstance(told[0][number], int) else "left"
        )
    for row in told:
        cells = (f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row)
        table.add_row(*(Text("\n".join(map(printable, cell.split("\n")))) for cell in cells))
    console().print(table)


@contextmanager
def target(to: str) -> Iterator[BinaryIO]:
    """Give the stream of a file, which stands under its name when it is whole, or standard output."""
    if to == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole(Path(to)) as out:
        yield out
