"""What several verbs can be told, and how sources are read."""

import inspect
from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import typer

if TYPE_CHECKING:
    from byline.ingest import Options
    from byline.store import Asked, Filter


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


class Rows(StrEnum):
    """What `byline editions`, `diff` and `failures` print."""

    table = "table"
    jsonl = "jsonl"


class Summary(StrEnum):
    """What `byline inspect` prints."""

    table = "table"
    json = "json"


class Told(StrEnum):
    """Which events are printed."""

    all = "all"
    happened = "happened"


class Setting(StrEnum):
    """What `byline report` makes."""

    pdf = "pdf"
    html = "html"
    md = "md"


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
To = Annotated[
    str | None,
    typer.Option(
        metavar="ARCHIVE|LAKE",
        help="Write all records there in place of printing them: to an archive, one SQLite file; with --dask to a "
        "lake, a folder of Parquet files. The same command again goes on where it was stopped, and codes what is new.",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS|FILE|local",
        help="The Dask scheduler whose workers code: its address, its JSON file, or local, one worker a core.",
    ),
]
PipelineName = Annotated[str | None, typer.Option("--pipeline", help="The name of another installed spaCy pipeline.")]

ArchiveFile = Annotated[Path, typer.Argument(metavar="ARCHIVE", help="An archive that `byline code --to` has written.")]
WorkerNumber = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="How many processes code; one a core unless told.")
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=0.1,
        help="What reading or coding one document may take, 120 unless told.",
    ),
]
MemoryLimit = Annotated[
    int | None,
    typer.Option(
        "--memory-limit", metavar="MB", min=1_000, help="Memory of a process that codes, 4000 unless told; on Linux."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", help="No bar, no list of failures, no count at the end.")]
LogFile = Annotated[
    Path | None, typer.Option("--log", metavar="FILE", help="Add a line of JSON to this file for all that happens.")
]

KeepParses = Annotated[
    bool,
    typer.Option(
        "--keep-parses",
        help="Keep the parses in the archive, and what is found in them whatever the ontology, some two and a half "
        "times as large as the texts: another ontology then needs no parsing.",
    ),
]


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


class Filters(NamedTuple):
    """The options that say which events of an archive are wanted; each verb that reads some has them all.

    They have the names and the meaning of the parameters of pages.
    """

    first: Annotated[str | None, typer.Option(metavar="DAY", help="Not wholly before: 2006-03-01, 2006-03.")] = None
    last: Annotated[str | None, typer.Option(metavar="DAY", help="Not wholly after.")] = None
    box: Annotated[
        str | None, typer.Option(metavar="W,S,E,N", help="West, south, east, north in degrees: --box=-10,36,4,44")
    ] = None
    type: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="Of this type; may be repeated.")] = None
    mode: Annotated[list[str] | None, typer.Option(metavar="MODE", help="Of this mode; may be repeated.")] = None
    status: Annotated[
        list[str] | None, typer.Option(metavar="STATUS", help="With this status: actual, denied ...; may be repeated.")
    ] = None
    country: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="In this country, ISO alpha-3: PRT; may be repeated.")
    ] = None
    outlet: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Told by this outlet; may be repeated.")] = (
        None
    )
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="With these letters in the name of somebody who takes part.")
    ] = None
    name: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="With somebody of this very name; may be repeated.")
    ] = None
    sector: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="With somebody of this sector: MIL; may be repeated.")
    ] = None
    voice: Annotated[
        str | None, typer.Option(metavar="NAME", help="With these letters in the name of who tells or denies it.")
    ] = None
    hurt: Annotated[
        bool | None, typer.Option("--hurt/--no-hurt", help="Somebody was killed or wounded, or nobody.")
    ] = None
    contested: Annotated[
        bool | None,
        typer.Option("--contested/--no-contested", help="Reports of its incident contradict one another, or do not."),
    ] = None
    sources: Annotated[
        str | None, typer.Option(metavar="N", help="Its incident has as many independent sources, or more.")
    ] = None
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help='In documents with these words and "phrases", all of them.')
    ] = None
    originals: Annotated[bool | None, typer.Option("--originals", help="Copies are left out.")] = None

    @property
    def given(self) -> list[str]:
        """The names of the options that were given."""
        return [f"--{name}" for name, value in self._asdict().items() if value not in (None, [])]

    def filter(self) -> "Filter":
        """Return them as an archive takes them; QueryError for a value that has no meaning."""
        from byline.store import Filter  # noqa: PLC0415 - loaded when needed
        from byline.store.filters import EVENTS, read  # noqa: PLC0415

        told = [(f"--{name}", one) for name, value in self._asdict().items() for one in _said(value)]
        return Filter()._replace(**read(told, {f"--{name}": parameter for name, parameter in EVENTS.items()}))


class Picked(NamedTuple):
    """The options that say which incidents of an archive are wanted, but for their days."""

    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Of this event type: ASSAULT.")] = None
    country: Annotated[str | None, typer.Option(metavar="CODE", help="In this country, ISO alpha-3: PRT.")] = None
    place: Annotated[str | None, typer.Option(metavar="NAME", help="At a place with these letters in its name.")] = None
    actor: Annotated[
        str | None, typer.Option(metavar="NAME", help="With these letters in the name of somebody who takes part.")
    ] = None
    contested: Annotated[
        bool, typer.Option("--contested", help="Where independent sources contradict each other, or somebody denies.")
    ] = False
    min_sources: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="With as many independent sources, or more.")
    ] = None
    min_reports: Annotated[int | None, typer.Option(metavar="N", min=1, help="With as many reports, or more.")] = None
    part_of: Annotated[str | None, typer.Option(metavar="ID", help="Parts of this incident.")] = None
    text: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help='In documents with these words; OR, NEAR and "a phrase" are understood.'),
    ] = None

    def asked(self, since: str | None = None, until: str | None = None) -> "Asked":
        """Return them as an archive takes them, with the days between which incidents are wanted.

        QueryError for what is no day, month or year.
        """
        from byline.store import Asked  # noqa: PLC0415 - loaded when needed
        from byline.store.filters import day_first, day_last  # noqa: PLC0415

        first = day_first("--since", [since]) if since else None
        last = day_last("--until", [until]) if until else None
        return Asked(first, last, **self._asdict())


def _said(value: object) -> list[str]:
    """Return the values of an option as an address would say them."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return value if isinstance(value, list) else [str(value)]


def with_group(
    place: str,
    group: Any,  # noqa: ANN401 -- no type is that of all classes of NamedTuples
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return what gives a verb the options of a group, a NamedTuple of them, in the place of one of its parameters."""

    def given(verb: Callable[..., None]) -> Callable[..., None]:
        @wraps(verb)
        def told(*given: object, **options: object) -> None:
            found = {name: options.pop(name) for name in group._fields if name in options}
            verb(*given, **{place: group(**found)}, **options)

        own = inspect.signature(verb, eval_str=True)
        parts = [(p,) if name != place else _parameters(group) for name, p in own.parameters.items()]
        parameters = [p for part in parts for p in part]
        told.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
        told.__annotations__ = {p.name: p.annotation for p in parameters}
        return told

    return given


def _parameters(group: Any) -> Iterable[inspect.Parameter]:  # noqa: ANN401 -- as above
    hints = get_type_hints(group, include_extras=True)
    defaults = group._field_defaults
    for name in group._fields:
        yield inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=defaults[name], annotation=hints[name])


with_reading = with_group("reading", Reading)
with_filters = with_group("filters", Filters)
with_picked = with_group("picked", Picked)
