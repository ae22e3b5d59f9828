"""The verbs that read archives."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from byline.cli.archiving import Running, retry_in
from byline.cli.options import (
    ArchiveFile,
    Format,
    LogFile,
    MemoryLimit,
    People,
    Quiet,
    Rows,
    TimeLimit,
    Told,
    WithPeople,
    WorkerNumber,
)
from byline.cli.output import chosen, console, print_rows, write, write_lines
from byline.cli.verbs import app
from byline.errors import ConfigurationError

if TYPE_CHECKING:
    from byline.store import Difference, EditionSummary

_FORMAT = typer.Option(help="A table for people, or JSON lines.")
_LISTED = 1_000  # differences in a table; --format jsonl has all


@app.command(
    epilog="Examples:\n\n"
    "  byline show events.byline\n\n"
    "  byline show events.byline --status happened --format csv > events.csv\n\n"
    "  byline show events.byline --edition 1 --format jsonl > first.jsonl"
)
def show(
    archive: ArchiveFile,
    *,
    format: Annotated[
        Format, typer.Option(help="A table for people, JSON lines, or one CSV row an event.")
    ] = Format.table,
    status: Annotated[Told, typer.Option(help="All events, or only those told as having happened.")] = Told.all,
    people: WithPeople = People.names,
    edition: Annotated[
        int | None, typer.Option(metavar="N", help="As this edition has them; else each document as coded last.")
    ] = None,
) -> None:
    """Print the records of an archive as `byline code` does."""
    from byline import store  # noqa: PLC0415 - loaded when needed

    with store.Archive.open(archive) as opened:
        write((chosen(d, status, people) for d in store.documents(opened, edition)), format)


@app.command(epilog="Example:\n\n  byline editions events.byline")
def editions(archive: ArchiveFile, *, format: Annotated[Rows, _FORMAT] = Rows.table) -> None:
    """List the editions of an archive: with which program, ontology and pipeline how much was coded."""
    from byline import store  # noqa: PLC0415 - loaded when needed

    with store.Archive.open(archive) as opened:
        found = store.editions(opened)
    if format is Rows.jsonl:
        write_lines(found)
        return
    head = ("edition", "Byline", "coded with", "documents", "events", "last run")
    print_rows(head, (
        (e.id, f"{e.version}\n{e.program[:8]}", _coded_with(e), e.documents, e.events,
         f"{e.last:%Y-%m-%d\n%H:%M}" if e.last else "")
        for e in found
    ))  # fmt: skip


def _coded_with(edition: "EditionSummary") -> str:
    """Return ontology, pipeline and plug-ins, a line each."""
    return "\n".join([edition.ontology, f"{edition.pipeline} {edition.pipeline_version}", *edition.plugins.split(", ")])


@app.command(
    epilog="Examples:\n\n  byline diff events.byline 1 2\n\n  byline diff events.byline 1 2 --format jsonl | jq .fields"
)
def diff(
    archive: ArchiveFile,
    a: Annotated[int, typer.Argument(metavar="A", help="The earlier edition, by its number in `byline editions`.")],
    b: Annotated[int, typer.Argument(metavar="B", help="The later one.")],
    *,
    format: Annotated[Rows, _FORMAT] = Rows.table,
) -> None:
    """Say which events appeared, vanished or changed from one edition to another, in the documents that both have."""
    from byline import store  # noqa: PLC0415 - loaded when needed

    with store.Archive.open(archive) as opened:
        found = store.compare(opened, a, b)
        if format is Rows.jsonl:
            write_lines(found)
        else:
            _print_differences(found)


@app.command(
    epilog="Examples:\n\n  byline failures events.byline\n\n  byline failures events.byline --retry --time-limit 600"
)
def failures(
    archive: ArchiveFile,
    *,
    retry: Annotated[bool, typer.Option("--retry", help="Code again what was read and could not be coded.")] = False,
    format: Annotated[Rows, _FORMAT] = Rows.table,
    workers: WorkerNumber = None,
    time_limit: TimeLimit = None,
    memory_limit: MemoryLimit = None,
    quiet: Quiet = False,
    log: LogFile = None,
) -> None:
    """List what could not be read or coded, and why.

    Files that could not be read are read again by the `byline code --to` that named them.
    """
    from byline import store  # noqa: PLC0415 - loaded when needed

    running = Running(workers, time_limit, memory_limit, quiet, log)
    if retry:
        retry_in(archive, running)
        return
    if running.chosen:
        raise ConfigurationError(f"{running.chosen[0]} is for trying again. Add --retry.")
    with store.Archive.open(archive) as opened:
        found = store.failures(opened)
    if format is Rows.jsonl:
        write_lines(found)
    else:
        print_rows(("kind", "source", "reason"), ((f.kind, f.source, f.reason) for f in found))


def _print_differences(found: "Iterable[Difference]") -> None:
    """Print how many events there are of each kind of difference, and the first of them."""
    counts = {"appeared": 0, "vanished": 0, "changed": 0}

    def rows() -> Iterator[Sequence[object]]:
        for one in found:
            counts[one.what] += 1
            if sum(counts.values()) <= _LISTED:
                fields = "\n".join(f"{name}: {_cell(a)} → {_cell(b)}" for name, (a, b) in one.fields.items())
                yield one.what, f"{one.type}\n“{one.trigger}”", f"{one.source}\nat {one.span[0]} · {one.uid}", fields

    print_rows(("what", "event", "where, uid", "fields"), rows())
    console().print(", ".join(f"{number:,} {what}" for what, number in counts.items()))


def _cell(value: object) -> str:
    return "—" if value is None else str(value)
