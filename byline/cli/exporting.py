"""The verb that writes events in the layouts of other tools."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from byline.cli.options import Filters, People, WithPeople, with_filters
from byline.cli.output import print_rows
from byline.cli.verbs import app
from byline.errors import ConfigurationError

if TYPE_CHECKING:
    from byline.export.layout import Chosen, Layout, Watch
    from byline.records import CodedDocument

_STDOUT = "-"


@app.command(
    epilog="Examples:\n\n"
    "  byline export events.byline > events.csv\n\n"
    "  byline export events.byline --to events.parquet --first 2006 --last 2008 --country PRT\n\n"
    "  byline export events.byline --excel --to events.csv --people roles\n\n"
    "  byline export lake/ --to events.parquet\n\n"
    "  byline export --layouts"
)
@with_filters
def export(
    source: Annotated[
        str | None, typer.Argument(metavar="[ARCHIVE|LAKE]", help="What `byline code --to` has written.")
    ] = None,
    *,
    layout: Annotated[str, typer.Option(metavar="NAME", help="In which shape: see --layouts.")] = "events",
    format: Annotated[
        str | None, typer.Option(metavar="FORM", help="Which of the layout's forms; else by the ending of --to.")
    ] = None,
    to: Annotated[str, typer.Option(metavar="FILE|-", help="Where to; - is standard output.")] = _STDOUT,
    excel: Annotated[bool, typer.Option("--excel", help="CSV that spreadsheets open as it is.")] = False,
    people: WithPeople = People.names,
    layouts: Annotated[bool, typer.Option("--layouts", help="List the layouts, and export nothing.")] = False,
    filters: Filters = Filters(),  # noqa: B008 -- it is frozen
) -> None:
    """Write the events of an archive or a lake in the layout of another tool: all of them, or those that filters find.

    What each layout has and what it loses is told in docs/layouts.md. Filters are those of the pages of
    `byline serve`, and need an archive.
    """
    from byline.export import layouts as known  # noqa: PLC0415 - loaded when needed

    if layouts:
        print_rows(("layout", "a row is", "forms", "what it is"), (_listed(one) for one in known.layouts().values()))
        return
    if source is None:
        raise ConfigurationError("Name an archive or a lake: byline export events.byline")
    chosen_layout = known.layout(layout)
    form = _form(chosen_layout, "excel" if excel else format, to)
    with _chosen(source, filters, _watch(to), roles=people is People.roles) as chosen, _target(to) as out:
        chosen_layout.forms[form](chosen, out)
    for what, number in sorted(chosen.left_out.items()):
        typer.echo(f"left out: {what}: {number:,}", err=True)


def _listed(one: "Layout") -> tuple[str, ...]:
    return one.name, one.level, ", ".join(one.forms), one.title


def _form(layout: "Layout", asked: str | None, to: str) -> str:
    """Return the form that is asked for, by name or by the ending of a file; the layout's first for standard output."""
    ending = Path(to).suffix.removeprefix(".").lower()
    form = asked or (next(iter(layout.forms)) if to == _STDOUT else ending)
    if form not in layout.forms:
        forms = ", ".join(layout.forms)
        raise ConfigurationError(f"{layout.name} has no form {form!r}. Choose one with --format: {forms}.")
    return form


@contextmanager
def _chosen(source: str, filters: Filters, watch: "Watch", *, roles: bool) -> "Iterator[Chosen]":
    """Give what is chosen of an archive or a lake; ConfigurationError if there is neither."""
    from byline.export.chosen import OfArchive, OfDocuments  # noqa: PLC0415 - loaded when needed
    from byline.store import Archive, is_archive  # noqa: PLC0415

    if is_archive(Path(source)):
        with Archive.open(source) as archive, archive.snapshot():
            yield OfArchive(archive, filters.filter(), roles=roles, watch=watch)
        return
    if filters.given:
        raise ConfigurationError(
            f"{filters.given[0]} needs an archive, and {source} is none. Make one: byline import {source} --to a.byline"
        )
    _of_lake(source)
    yield OfDocuments(source, lambda: _of_lake(source), roles=roles)


def _watch(to: str) -> "Watch":
    """Return what shows a bar where somebody looks, and the data go elsewhere."""
    from byline.export.chosen import unwatched  # noqa: PLC0415 - loaded when needed
    from byline.progress import with_progress  # noqa: PLC0415

    is_watched = sys.stderr.isatty() and (to != _STDOUT or not sys.stdout.isatty())
    return partial(with_progress, what="exporting") if is_watched else unwatched


def _of_lake(address: str) -> "Iterator[CodedDocument]":
    """Return the documents of a lake; what could not be coded is left out."""
    if "://" not in address and not Path(address).exists():
        raise ConfigurationError(f"There is no archive or lake {address}. Make one: byline code SOURCES --to {address}")
    try:
        from byline.run import lake  # noqa: PLC0415 - an extra, needed here alone
    except ImportError as error:
        raise ConfigurationError(f"{error}. Install what a lake needs with: pip install 'byline[dask]'") from error
    from byline.records import CodedDocument  # noqa: PLC0415 - loaded when needed

    return (one for one in lake.documents(address) if isinstance(one, CodedDocument))


@contextmanager
def _target(to: str) -> Iterator[BinaryIO]:
    """Give the stream of a file, which stands under its name when it is whole, or standard output."""
    if to == _STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(to)
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as out:
            yield out
        beside.replace(path)
    except OSError as error:
        raise ConfigurationError(f"{to} cannot be written ({error.strerror}). Name another file.") from error
    finally:
        beside.unlink(missing_ok=True)
