"""The command line: `byline code`, `byline claims`, `byline explain`, `byline demo`, `byline evaluate`.

Data goes to standard output, everything else to standard error. Exit codes:
0 all documents coded, 1 some could not be read (each is named), 2 a wrong
option, path or configuration: nothing was done.

What takes long to load (spaCy, the gazetteer) is imported by the verb that
needs it, so that `byline --help` answers at once.
"""

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TextIO, get_type_hints

import typer

from byline import __version__
from byline.errors import BylineError, ConfigurationError

if TYPE_CHECKING:
    from rich.console import Console

    from byline.export.claims import Claim
    from byline.ingest import Failure, Options
    from byline.records import CodedDocument, Document, Record
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


class Grouping(StrEnum):
    """How `byline claims` orders its rows."""

    document = "document"
    source = "source"


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


Paths = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, patterns ('crawl/**/*.html'), or - for standard input. Told by content: text, HTML, PDF; "
        "WARC, WACZ, ZIP, TAR, gzip, bzip2, xz, zstd; CSV, JSON lines, Parquet; RSS, Atom, JSON Feed; mbox, EML."
    ),
]
OntologyName = Annotated[
    str | None,
    typer.Option(
        "--ontology",
        metavar="NAME|PATH",
        help="Which events are looked for: plover (the default), supersenses (every verb, for news of any kind), or "
        "your own: a TOML file or a folder of them, checked before the run.",
    ),
]
WithPeople = Annotated[
    People, typer.Option(help="Show all names, or cover those of private persons and show their roles.")
]
PipelineName = Annotated[str | None, typer.Option("--pipeline", help="The name of another installed spaCy pipeline.")]


class Reading(NamedTuple):
    """The options that say how sources are read; each verb that reads some has them all."""

    manifest: Annotated[
        Path | None,
        typer.Option(
            help="JSONL or CSV with what is known of each file: file, id, published, retrieved, publication, url."
        ),
    ] = None
    published: Annotated[
        str | None, typer.Option(help="When it appeared: 2008-04-01, 2008-04, 2008 or 2008-03-16/2008-04-15.")
    ] = None
    retrieved: Annotated[
        str | None, typer.Option(help="When the pages were fetched, a date as above; dates a notice of age.")
    ] = None
    publication: Annotated[str | None, typer.Option(help="The outlet's name.")] = None
    text_column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of a table that holds the text; else a usual name.")
    ] = None
    date_column: Annotated[str | None, typer.Option(metavar="NAME", help="The column with the date.")] = None
    title_column: Annotated[str | None, typer.Option(metavar="NAME", help="The column with the title.")] = None
    url_column: Annotated[str | None, typer.Option(metavar="NAME", help="The column with the address.")] = None
    publication_column: Annotated[str | None, typer.Option(metavar="NAME", help="The column with the outlet.")] = None
    id_column: Annotated[str | None, typer.Option(metavar="NAME", help="The column with the document's id.")] = None
    any_status: Annotated[
        bool, typer.Option("--any-status", help="Read pages of a web archive that are errors or redirects, too.")
    ] = False
    check_digests: Annotated[
        bool, typer.Option("--check-digests", help="Compare the pages of a web archive with the digests in it.")
    ] = False
    language: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", help="Read what is in this language, en unless told; may be repeated. any: whatever it is."
        ),
    ] = None

    def options(self) -> "Options":
        """Return them as reading takes them."""
        from byline.ingest import Columns, Options  # noqa: PLC0415 - loaded when needed

        languages = tuple(code.lower() for code in self.language or ("en",))
        return Options(
            columns=Columns(**{name: getattr(self, f"{name}_column") for name in Columns._fields}),
            any_status=self.any_status,
            check_digests=self.check_digests,
            languages=() if "any" in languages else languages,
        )


def _with_reading(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options of `Reading` in the place of its parameter `reading`."""

    @wraps(verb)
    def told(*given: object, **options: object) -> None:
        reading = {name: options.pop(name) for name in Reading._fields if name in options}
        verb(*given, reading=Reading(**reading), **options)  # type: ignore[arg-type] # Typer checks them

    own = inspect.signature(verb, eval_str=True)
    parts = [(p,) if name != "reading" else _parameters(Reading) for name, p in own.parameters.items()]
    parameters = [p for part in parts for p in part]
    told.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    told.__annotations__ = {p.name: p.annotation for p in parameters}
    return told


def _parameters(group: type[NamedTuple]) -> Iterable[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    defaults = group._field_defaults
    for name in group._fields:
        yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=hints[name])


@app.command(
    epilog="Examples:\n\n"
    "  byline code article.txt --published 2008-04-01\n\n"
    "  byline code export.csv.gz --text-column body --date-column published --format jsonl > events.jsonl\n\n"
    "  byline code pages/ --manifest pages/manifest.jsonl --format csv > events.csv\n\n"
    "  cat page.html | byline code - --format jsonl | jq .events"
)
@_with_reading
def code(
    paths: Paths,
    *,
    format: Annotated[
        Format, typer.Option(help="A table for people, JSON lines, or one CSV row an event.")
    ] = Format.table,
    reading: Reading = Reading(),  # noqa: B008 -- it is frozen
    ontology: OntologyName = None,
    pipeline: PipelineName = None,
    status: Annotated[Told, typer.Option(help="All events, or only those told as having happened.")] = Told.all,
    people: WithPeople = People.names,
) -> None:
    """Code documents: one event after another, with its words and with who says so."""
    run = _Run(_coder(ontology, pipeline).code_all(_sources(paths, reading)))
    documents = (_chosen(d, status, people) for d in run.documents())
    _write(documents, format)
    run.finish()


@app.command(
    epilog="Examples:\n\n"
    "  byline claims article.txt --published 2008-04-01\n\n"
    "  byline claims pages/ --by source --disputed\n\n"
    "  byline claims pages/ --format csv > claims.csv"
)
@_with_reading
def claims(
    paths: Paths,
    *,
    by: Annotated[
        Grouping, typer.Option(help="Claims as the documents have them, or gathered by who makes them.")
    ] = Grouping.document,
    disputed: Annotated[
        bool,
        typer.Option(
            "--disputed",
            help="Only what somebody in the same document denies, denials, and what the text casts doubt on.",
        ),
    ] = False,
    format: Annotated[
        Format, typer.Option(help="A table for people, one JSON line a claim, or one CSV row a claim.")
    ] = Format.table,
    reading: Reading = Reading(),  # noqa: B008 -- it is frozen
    ontology: OntologyName = None,
    pipeline: PipelineName = None,
    people: WithPeople = People.names,
) -> None:
    """List who says what: source, country and sector, stance, words, and the events that they are about."""
    from byline.export.claims import claims as found_in  # noqa: PLC0415 - loaded when needed

    run = _Run(_coder(ontology, pipeline).code_all(_sources(paths, reading)))
    documents = (_chosen(d, Told.all, people) for d in run.documents())
    _write_claims((c for c in found_in(documents) if c.disputed or not disputed), by, format)
    run.finish()


@app.command(
    epilog="Examples:\n\n"
    "  byline explain article.txt#e3 --published 2008-04-01\n\n"
    "  byline explain 'feeds.zip!/news.xml!/3#e2'"
)
@_with_reading
def explain(
    event: Annotated[
        str, typer.Argument(metavar="FILE#EVENT_ID", help="A source and an event's id, as `byline code` shows them.")
    ],
    *,
    reading: Reading = Reading(),  # noqa: B008 -- it is frozen
    ontology: OntologyName = None,
    pipeline: PipelineName = None,
) -> None:
    """Show how each field of one event came about: the rule, its words, what was rejected."""
    from byline.export import explanation  # noqa: PLC0415 - loaded when needed

    path, _, wanted = event.rpartition("#")
    if not path:
        raise ConfigurationError(f"{event!r} names no event. Write the file, a # and the event's id: article.txt#e3.")
    run = _Run(_coder(ontology, pipeline).code_all(_sources([path], reading)))
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
            _write_lines(documents)
        case Format.csv:
            csv.write_csv(documents, _utf8())
        case Format.table:
            terminal.show(documents, _console())


def _write_lines(records: "Iterable[Record]") -> None:
    for record in records:
        sys.stdout.buffer.write(record.to_json() + b"\n")
    sys.stdout.buffer.flush()


def _utf8() -> TextIO:
    """Return standard output, in UTF-8 whatever the terminal's locale says."""
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    return sys.stdout


def _write_claims(found: "Iterator[Claim]", by: Grouping, format: Format) -> None:
    from byline.export import claims_table, csv  # noqa: PLC0415 - loaded when needed
    from byline.export.claims import by_source  # noqa: PLC0415

    if format is Format.table and by is Grouping.source:
        claims_table.show_by_source(by_source(found), _console())
        return
    ordered = chain.from_iterable(by_source(found)) if by is Grouping.source else found
    match format:
        case Format.table:
            claims_table.show(ordered, _console())
        case Format.jsonl:
            _write_lines(ordered)
        case Format.csv:
            csv.write_claims(ordered, _utf8())


def _sources(paths: list[str], reading: Reading) -> "Iterator[Document | Failure]":
    """Return the documents of the paths, with a progress bar where there are many and somebody looks."""
    from byline import ingest  # noqa: PLC0415 - loaded when needed
    from byline.progress import is_watched, with_progress  # noqa: PLC0415

    facts = ingest.Facts(
        published=ingest.interval_of(reading.published) if reading.published else None,
        retrieved=ingest.interval_of(reading.retrieved) if reading.retrieved else None,
        publication=reading.publication,
    )
    known = ingest.read_manifest(reading.manifest) if reading.manifest else None
    found = ingest.dated(ingest.read(paths, facts=facts, manifest=known, options=reading.options()))
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
