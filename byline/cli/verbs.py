"""The verbs, each a command of its own."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from byline import __version__
from byline.cli.archiving import Running, code_into
from byline.cli.options import (
    Format,
    Grouping,
    KeepParses,
    Layout,
    LogFile,
    MemoryLimit,
    OntologyName,
    Paths,
    People,
    PipelineName,
    Quiet,
    Reading,
    Scheduler,
    Summary,
    TimeLimit,
    To,
    Told,
    WithPeople,
    WorkerNumber,
    with_reading,
)
from byline.cli.output import Run, chosen, console, write, write_claims, write_lines
from byline.errors import ConfigurationError

if TYPE_CHECKING:
    from byline.ingest import Lessons, Page
    from byline.records import Document, Failure
    from byline.run.job import Coder, Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Read news and record who did what to whom, when, where, whether it happened, and who says so.",
    epilog="Start with: byline demo",
)


@app.command(
    epilog="Examples:\n\n"
    "  byline code article.txt --published 2008-04-01\n\n"
    "  byline code export.csv.gz --text-column body --date-column published --format jsonl > events.jsonl\n\n"
    "  byline code pages/ --manifest pages/manifest.jsonl --format csv > events.csv\n\n"
    "  byline code crawl/ --to crawl.byline --workers 8 --log crawl.log\n\n"
    "  byline code crawls/*.warc.gz --to lake/ --dask local\n\n"
    "  cat page.html | byline code - --format jsonl | jq .events"
)
@with_reading
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
    to: To = None,
    dask: Scheduler = None,
    workers: WorkerNumber = None,
    time_limit: TimeLimit = None,
    memory_limit: MemoryLimit = None,
    quiet: Quiet = False,
    log: LogFile = None,
    keep_parses: KeepParses = False,
) -> None:
    """Code documents: one event after another, with its words and with who says so.

    With --to, documents are coded on several processes into an archive; one that takes too much time or memory is set
    aside. Ctrl-C and SIGTERM end the run within two seconds and keep what was committed.
    """
    running = Running(workers, time_limit, memory_limit, quiet, log)
    settings = _settings(ontology, pipeline, keep_parses=keep_parses)
    if (to or dask) and (status, people) != (Told.all, People.names):
        raise ConfigurationError("All events and names are kept there: --status and --people say what is printed.")
    if dask or not to:
        _refuse_archiving(running, keep_parses=keep_parses, dask=bool(dask))
    if dask:
        _code_to_lake(paths, reading, settings, to, dask)
        return
    if to:
        from byline.ingest import count  # noqa: PLC0415 - loaded when needed

        code_into(Path(to), _pages(paths, reading), count(paths), settings, running)
        return
    run = Run(_coder(ontology, pipeline).code_all(_sources(paths, reading)))
    documents = (chosen(d, status, people) for d in run.documents())
    write(documents, format)
    run.finish()


def _refuse_archiving(running: Running, *, keep_parses: bool, dask: bool) -> None:
    """Raise ConfigurationError if something was chosen that holds for a run into an archive alone."""
    if running.chosen:
        why = "the workers of a cluster have their own" if dask else "name one: --to events.byline"
        raise ConfigurationError(f"{running.chosen[0]} is for archives; {why}.")
    if keep_parses:
        raise ConfigurationError("--keep-parses is for archives, one SQLite file: --to events.byline, without --dask.")


@app.command(
    epilog="Examples:\n\n"
    "  byline claims article.txt --published 2008-04-01\n\n"
    "  byline claims pages/ --by source --disputed\n\n"
    "  byline claims pages/ --format csv > claims.csv"
)
@with_reading
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

    run = Run(_coder(ontology, pipeline).code_all(_sources(paths, reading)))
    documents = (chosen(d, Told.all, people) for d in run.documents())
    write_claims((c for c in found_in(documents) if c.disputed or not disputed), by, format)
    run.finish()


@app.command(
    epilog="Examples:\n\n"
    "  byline explain article.txt#e3 --published 2008-04-01\n\n"
    "  byline explain 'feeds.zip!/news.xml!/3#e2'\n\n"
    "  byline explain events.byline#u1007666ef07fe310"
)
@with_reading
def explain(
    event: Annotated[
        str,
        typer.Argument(
            metavar="FILE#ID",
            help="A source and an event's id, as `byline code` shows them; or an archive and an incident's, as `byline "
            "incidents` does.",
        ),
    ],
    *,
    reading: Reading = Reading(),  # noqa: B008 -- it is frozen
    ontology: OntologyName = None,
    pipeline: PipelineName = None,
) -> None:
    """Show how each field of one event came about: the rule, its words, what was rejected.

    Of an incident of an archive: why its reports are together, and why the nearest others are not.
    """
    from byline.export import explanation  # noqa: PLC0415 - loaded when needed
    from byline.store import is_archive  # noqa: PLC0415

    path, _, wanted = event.rpartition("#")
    if not path:
        raise ConfigurationError(f"{event!r} names no event. Write the file, a # and the event's id: article.txt#e3.")
    if is_archive(Path(path)):
        _explain_incident(Path(path), wanted)
        return
    run = Run(_coder(ontology, pipeline).code_all(_sources([path], reading)))
    known: list[str] = []
    for document in run.documents():
        known += [e.id for e in document.events]
        for found in document.events:
            if found.id == wanted:
                console().print(explanation.explain(document, found))
                return
    run.finish()
    raise ConfigurationError(f"{path} has no event {wanted!r}. Its events are: {', '.join(known) or 'none'}.")


@app.command(
    name="inspect",
    epilog="Examples:\n\n"
    "  byline inspect crawl.wacz\n\n"
    "  byline inspect archive/ --language any --format json | jq .publications",
)
@with_reading
def inspect_(
    paths: Paths,
    *,
    format: Annotated[Summary, typer.Option(help="Tables for people, or JSON.")] = Summary.table,
    reading: Reading = Reading(),  # noqa: B008 -- it is frozen
) -> None:
    """Say what is in there, without coding: formats, outlets, dates, languages, copies, what cannot be read and why."""
    from byline.export.inspection import inspect  # noqa: PLC0415 - loaded when needed
    from byline.export.inspection_table import render  # noqa: PLC0415
    from byline.ingest import Lessons, fits, format_of_file  # noqa: PLC0415
    from byline.run.job import with_copies  # noqa: PLC0415

    lessons = Lessons()
    read = with_copies(_sources(paths, reading, "reading", lessons))
    found = inspect(read, format_of_file, lambda: fits(lessons))
    if format is Summary.json:
        write_lines([found])
    else:
        console().print(render(found))


@app.command(epilog="Example:\n\n  byline demo --format csv > demo.csv")
def demo(*, format: Annotated[Format, typer.Option(help="As for `byline code`.")] = Format.table) -> None:
    """Code the demo archive: invented pages of four outlets that report the same days."""
    from byline.demo import MANIFEST, PAGES  # noqa: PLC0415 - loaded when needed

    code([str(PAGES)], format=format, manifest=MANIFEST)


@app.command(
    epilog="Examples:\n\n  byline evaluate shared/\n\n"
    "  byline evaluate shared/ --set lgl --set geovirus --format jsonl\n\n"
    "  byline evaluate gold.jsonl"
)
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="SHARED|GOLD",
            help="The folder with the scorers (score) and the gold data (gold), or a file that `byline gold` wrote.",
        ),
    ],
    *,
    set: Annotated[list[str] | None, typer.Option(help="Measure this set only; may be repeated.")] = None,
    ontology: OntologyName = None,
    format: Annotated[Layout, typer.Option(help="A table for people, JSON lines, or Markdown.")] = Layout.table,
) -> None:
    """Measure Byline on gold data: each figure with its interval, the naive floor and the best published.

    The scorers of a folder are run as programs, so give one that you trust. Runs are kept in the user's
    cache folder until the program or the texts change.

    The texts of a file of gold are coded anew, with --ontology where it is not the usual one.
    """
    from byline import evaluation  # noqa: PLC0415 - loaded when needed
    from byline.evaluation import table  # noqa: PLC0415

    if gold.is_file():
        if set:
            raise ConfigurationError(f"{gold} is a file of gold and has no sets. Leave --set out.")
        scores = iter(evaluation.evaluate_gold(gold, _settings(ontology, None)))
    elif ontology:
        raise ConfigurationError("Each set names its ontology: --ontology is for a file of gold.")
    else:
        scores = evaluation.evaluate(evaluation.chosen_sets(gold, set or ()), gold, evaluation.default_cache())
    match format:
        case Layout.jsonl:
            for line in table.json_lines(scores):
                typer.echo(line)
        case Layout.markdown:
            typer.echo(table.markdown(scores), nl=False)
        case Layout.table:
            console().print(table.rendered(scores))


@app.callback(invoke_without_command=True)
def version(*, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Read news and record who did what to whom, when, where, whether it happened, and who says so."""
    if version:
        typer.echo(f"byline {__version__}")
        raise typer.Exit


def _explain_incident(path: Path, event: str) -> None:
    from byline.export import ties_table  # noqa: PLC0415 - loaded when needed
    from byline.run.ties import ties  # noqa: PLC0415
    from byline.store import Archive, incident_of  # noqa: PLC0415

    with Archive.open(path) as archive:
        console().print(ties_table.render(ties(archive, incident_of(archive, event))))


def _code_to_lake(paths: list[str], reading: Reading, settings: "Settings", to: str | None, dask: str) -> None:
    if not to:
        raise ConfigurationError("--dask fills a lake. Name it: --to lake/")
    try:
        from byline.run.cluster import code_to_lake  # noqa: PLC0415 - an extra, needed here alone
    except ImportError as error:
        raise ConfigurationError(f"{error}. Install what --dask needs with: pip install 'byline[dask]'") from error
    from byline.progress import with_progress  # noqa: PLC0415 - loaded when needed

    progress = with_progress if sys.stderr.isatty() else None
    done = code_to_lake(paths, settings, to, dask, **_known(reading), options=reading.options(), progress=progress)
    for shard in done.set_aside:
        typer.echo(f"byline: set aside: {', '.join(shard.sources)}: {shard.reason}", err=True)
    typer.echo(f"{to}: {done.documents} documents, {done.events} events, {done.failures} failures", err=True)
    if done.set_aside or done.failures:
        raise typer.Exit(1)


def _sources(
    paths: list[str], reading: Reading, what: str = "coding", lessons: "Lessons | None" = None
) -> "Iterator[Document | Failure]":
    """Return the documents of the paths, with a progress bar where there are many and somebody looks."""
    from byline import ingest  # noqa: PLC0415 - loaded when needed
    from byline.progress import is_watched, with_progress  # noqa: PLC0415

    read = ingest.read(paths, **_known(reading), options=reading.options())
    found = ingest.dated(read, lessons)
    return with_progress(found, ingest.count(paths), what) if is_watched() else found


def _pages(paths: list[str], reading: Reading) -> "Iterator[Page | Document | Failure]":
    from byline import ingest  # noqa: PLC0415 - loaded when needed

    return ingest.pages(paths, **_known(reading), options=reading.options())


def _known(reading: Reading) -> "dict[str, Any]":
    """Return what is known of the sources before they are read, as `read` takes it."""
    from byline import ingest  # noqa: PLC0415 - loaded when needed

    facts = ingest.Facts(
        published=ingest.interval_of(reading.published) if reading.published else None,
        retrieved=ingest.interval_of(reading.retrieved) if reading.retrieved else None,
        publication=reading.publication,
    )
    return {"facts": facts, "manifest": ingest.read_manifest(reading.manifest) if reading.manifest else None}


def _coder(ontology: str | None, pipeline: str | None) -> "Coder":
    from byline.run.job import Coder  # noqa: PLC0415 - loaded when needed

    return Coder(_settings(ontology, pipeline))


def _settings(ontology: str | None, pipeline: str | None, *, keep_parses: bool = False) -> "Settings":
    from byline.run.job import Settings  # noqa: PLC0415 - loaded when needed

    usual = Settings()
    return Settings(ontology or usual.ontology, pipeline or usual.pipeline, keep_parses)
