"""The command line: `byline code`, `byline explain`, `byline demo`, `byline evaluate`.

Data goes to standard output, everything else to standard error. Exit codes:
0 all documents coded, 1 some could not be read (each is named), 2 a wrong
option, path or configuration: nothing was done.

What takes long to load (spaCy, the gazetteer) is imported by the verb that
needs it, so that `byline --help` answers at once.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from byline import __version__
from byline.errors import BylineError, ConfigurationError

if TYPE_CHECKING:
    from rich.console import Console

    from byline.ingest import Failure
    from byline.records import CodedDocument, Document
    from byline.run.job import Coder

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Read news and record who did what to whom, when, where, whether it happened, and who says so.",
    epilog="Start with: byline demo",
)


class Format(StrEnum):
    """What `byline code` prints."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class Layout(StrEnum):
    """What `byline evaluate` prints."""

    table = "table"
    jsonl = "jsonl"
    markdown = "markdown"


class Told(StrEnum):
    """Which events are printed."""

    all = "all"
    happened = "happened"


class People(StrEnum):
    """Whether private persons are named."""

    names = "names"
    roles = "roles"


Paths = Annotated[list[str], typer.Argument(help="Files (.txt, .html), folders, or - for standard input.")]
Manifest = Annotated[
    Path | None,
    typer.Option(
        help="JSONL or CSV with what is known of each file: file, id, published, retrieved, publication, url."
    ),
]
Published = Annotated[
    str | None, typer.Option(help="When it appeared: 2008-04-01, 2008-04, 2008 or 2008-03-16/2008-04-15.")
]
Retrieved = Annotated[
    str | None, typer.Option(help="When the pages were fetched, a date as above; dates a notice of age.")
]
Publication = Annotated[str | None, typer.Option(help="The outlet's name.")]
OntologyName = Annotated[
    str | None,
    typer.Option(
        "--ontology",
        metavar="NAME|PATH",
        help="Which events are looked for: plover (the default), supersenses (every verb, for news of any kind), or "
        "your own: a TOML file or a folder of them, checked before the run.",
    ),
]
PipelineName = Annotated[str | None, typer.Option("--pipeline", help="The name of another installed spaCy pipeline.")]


@app.command(
    epilog="Examples:\n\n"
    "  byline code article.txt --published 2008-04-01\n\n"
    "  byline code pages/ --manifest pages/manifest.jsonl --format csv > events.csv\n\n"
    "  cat page.html | byline code - --format jsonl | jq .events"
)
def code(
    paths: Paths,
    *,
    format: Annotated[
        Format, typer.Option(help="A table for people, JSON lines, or one CSV row an event.")
    ] = Format.table,
    manifest: Manifest = None,
    published: Published = None,
    retrieved: Retrieved = None,
    publication: Publication = None,
    ontology: OntologyName = None,
    pipeline: PipelineName = None,
    status: Annotated[Told, typer.Option(help="All events, or only those told as having happened.")] = Told.all,
    people: Annotated[
        People, typer.Option(help="Show all names, or cover those of private persons and show their roles.")
    ] = People.names,
) -> None:
    """Code documents: one event after another, with its words and with who says so."""
    found = _sources(paths, manifest, published, retrieved, publication)
    run = _Run(_coder(ontology, pipeline).code_all(found))
    documents = (_chosen(d, status, people) for d in run.documents())
    _write(documents, format)
    run.finish()


@app.command(epilog="Example:\n\n  byline explain article.txt#e3 --published 2008-04-01")
def explain(
    event: Annotated[
        str, typer.Argument(metavar="FILE#EVENT_ID", help="A file and an event's id, as `byline code` shows it.")
    ],
    *,
    manifest: Manifest = None,
    published: Published = None,
    retrieved: Retrieved = None,
    publication: Publication = None,
    ontology: OntologyName = None,
    pipeline: PipelineName = None,
) -> None:
    """Show how each field of one event came about: the rule, its words, what was rejected."""
    from byline.export import explanation  # noqa: PLC0415 - loaded when needed

    path, _, wanted = event.rpartition("#")
    if not path:
        raise ConfigurationError(f"{event!r} names no event. Write the file, a # and the event's id: article.txt#e3.")
    run = _Run(_coder(ontology, pipeline).code_all(_sources([path], manifest, published, retrieved, publication)))
    known: list[str] = []
    for document in run.documents():
        known += [e.id for e in document.events]
        for found in document.events:
            if found.id == wanted:
                _console().print(explanation.explain(document, found))
                return
    run.finish()
    raise ConfigurationError(f"{path} has no event {wanted!r}. Its events are: {', '.join(known) or 'none'}.")


@app.command(epilog="Example:\n\n  byline demo --format csv > demo.csv")
def demo(*, format: Annotated[Format, typer.Option(help="As for `byline code`.")] = Format.table) -> None:
    """Code the demo archive: invented pages of four outlets that report the same days."""
    from byline.demo import MANIFEST, PAGES  # noqa: PLC0415 - loaded when needed

    code([str(PAGES)], format=format, manifest=MANIFEST)


@app.command(
    epilog="Examples:\n\n  byline evaluate shared/\n\n  byline evaluate shared/ --set lgl --set geovirus --format jsonl"
)
def evaluate(
    shared: Annotated[Path, typer.Argument(help="The folder with the scorers (score) and the gold data (gold).")],
    *,
    set: Annotated[list[str] | None, typer.Option(help="Measure this set only; may be repeated.")] = None,
    format: Annotated[Layout, typer.Option(help="A table for people, JSON lines, or Markdown.")] = Layout.table,
) -> None:
    """Measure Byline on gold data: each figure with its interval, the naive floor and the best published.

    The scorers are run as programs, so give a folder that you trust. Runs are kept in the user's
    cache folder until the program or the texts change.
    """
    from byline import evaluation  # noqa: PLC0415 - loaded when needed
    from byline.evaluation import table  # noqa: PLC0415

    scores = evaluation.evaluate(evaluation.chosen_sets(shared, set or ()), shared, evaluation.default_cache())
    match format:
        case Layout.jsonl:
            for line in table.json_lines(scores):
                typer.echo(line)
        case Layout.markdown:
            typer.echo(table.markdown(scores), nl=False)
        case Layout.table:
            _console().print(table.rendered(scores))


@app.callback(invoke_without_command=True)
def version(*, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Read news and record who did what to whom, when, where, whether it happened, and who says so."""
    if version:
        typer.echo(f"byline {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; a user's mistake is one line on standard error."""
    try:
        app(standalone_mode=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except BylineError as error:
        typer.echo(f"byline: {error}", err=True)
        sys.exit(2)


class _Run:
    """A stream of results: failures are told as they come and counted."""

    def __init__(self, results: "Iterable[CodedDocument | Failure]") -> None:
        self._results, self.failures = results, 0

    def documents(self) -> "Iterator[CodedDocument]":
        from byline.export.terminal import printable  # noqa: PLC0415 - loaded when needed
        from byline.ingest import Failure  # noqa: PLC0415

        for result in self._results:
            if isinstance(result, Failure):
                self.failures += 1
                typer.echo(printable(f"byline: {result.source}: {result.reason}"), err=True)
            else:
                yield result

    def finish(self) -> None:
        if self.failures:
            raise typer.Exit(1)


def _chosen(document: "CodedDocument", status: Told, people: People) -> "CodedDocument":
    from byline.export.people import withhold_names  # noqa: PLC0415 - loaded when needed

    chosen = document.only_happened() if status is Told.happened else document
    return withhold_names(chosen) if people is People.roles else chosen


def _write(documents: "Iterator[CodedDocument]", format: Format) -> None:
    from byline.export import csv, terminal  # noqa: PLC0415 - loaded when needed

    match format:
        case Format.jsonl:
            for document in documents:
                sys.stdout.buffer.write(document.to_json() + b"\n")
            sys.stdout.buffer.flush()
        case Format.csv:
            sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
            csv.write_csv(documents, sys.stdout)
        case Format.table:
            terminal.show(documents, _console())


def _sources(
    paths: list[str], manifest: Path | None, published: str | None, retrieved: str | None, publication: str | None
) -> "Iterator[Document | Failure]":
    """Return the documents of the paths, with a progress bar where there are many and somebody looks."""
    from byline import ingest  # noqa: PLC0415 - loaded when needed
    from byline.progress import is_watched, with_progress  # noqa: PLC0415

    facts = ingest.Facts(
        published=ingest.interval_of(published) if published else None,
        retrieved=ingest.interval_of(retrieved) if retrieved else None,
        publication=publication,
    )
    known = ingest.read_manifest(manifest) if manifest else None
    found = ingest.dated(ingest.read(paths, facts=facts, manifest=known))
    return with_progress(found, ingest.count(paths)) if is_watched() else found


def _coder(ontology: str | None, pipeline: str | None) -> "Coder":
    from byline.run.job import Coder, Settings  # noqa: PLC0415 - loaded when needed

    given = {"ontology": ontology, "pipeline": pipeline}
    return Coder(Settings(**{name: value for name, value in given.items() if value}))


def _console() -> "Console":
    """Return where tables go: as wide as the terminal, or as COLUMNS says, 120 where nobody looks."""
    from rich.console import Console  # noqa: PLC0415 - loaded when needed

    narrow = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120
    return Console(width=narrow, highlight=False, markup=False)
