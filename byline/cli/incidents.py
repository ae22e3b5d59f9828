"""The verbs of incidents: list and show them, correct them, list the corrections."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec
import typer

from byline.cli.options import ArchiveFile, Format, People, Picked, Rows, WithPeople, with_picked
from byline.cli.output import console, list_said, utf8, write_lines
from byline.cli.verbs import app
from byline.errors import ConfigurationError
from byline.records import DecisionKind, Record

AnyRecord = TypeVar("AnyRecord", bound=Record)
What = Annotated[
    DecisionKind | None,
    typer.Argument(
        metavar="[merge|split|exclude|undo]",
        help="merge: incidents are one. split: events are of another happening than the rest of their incident. "
        "exclude: the reports with these events are of no incident but their own. undo: a decision holds no more.",
    ),
]
Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID]...", help="Ids of incidents or events, as `byline incidents` shows them; of decisions."
    ),
]

if TYPE_CHECKING:
    from byline.records import Decision
    from byline.store import Archive, Asked, Decided


@app.command(
    epilog="Examples:\n\n"
    "  byline incidents events.byline --since 2006-03-01 --until 2006-03-31 --min-sources 2\n\n"
    "  byline incidents events.byline --type ASSAULT --contested\n\n"
    "  byline incidents events.byline u1007666ef07fe310\n\n"
    "  byline incidents events.byline --format csv > incidents.csv"
)
@with_picked
def incidents(
    archive: ArchiveFile,
    incident: Annotated[
        str | None,
        typer.Argument(metavar="[INCIDENT]", help="One incident, by its id or that of an event in it: a page of it."),
    ] = None,
    *,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Not over before this day: 2006-03-01, 2006-03.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Begun by this day.")] = None,
    picked: Picked = Picked(),  # noqa: B008 -- it is frozen
    format: Annotated[
        Format, typer.Option(help="A table for people, JSON lines, or one CSV row an incident.")
    ] = Format.table,
    people: WithPeople = People.names,
) -> None:
    """List the incidents of an archive, in order of time: each is one happening, as all its reports have it.

    Reports, outlets and independent sources are counted apart (5/3/2): copies count once, and so does one source
    that many outlets quote. With an incident's id: all that is said of it, by whom, and where they disagree.
    """
    from byline import store  # noqa: PLC0415 - loaded when needed

    asked = picked.asked(since, until)
    with store.Archive.open(archive) as opened:
        if incident is None:
            _list(opened, asked, format, people)
        elif any(asked) or format is Format.csv:
            raise ConfigurationError("One incident has a page of its own: leave out its id, or the other options.")
        else:
            _show(opened, incident, format, people)


def _list(archive: "Archive", asked: "Asked", format: Format, people: People) -> None:
    from byline import store  # noqa: PLC0415 - loaded when needed
    from byline.export import csv  # noqa: PLC0415
    from byline.export import incidents as table  # noqa: PLC0415

    found = (_shown(archive, one, one.id, people) for one in store.incidents(archive, asked))
    match format:
        case Format.jsonl:
            write_lines(found)
        case Format.csv:
            csv.write_incidents(found, utf8())
        case Format.table:
            table.show(found, console())


def _show(archive: "Archive", event: str, format: Format, people: People) -> None:
    from byline import store  # noqa: PLC0415 - loaded when needed
    from byline.export import incident_page, incident_page_table  # noqa: PLC0415
    from byline.run.accounts import account  # noqa: PLC0415

    number = store.incident_of(archive, event)
    page = _shown(archive, incident_page.page(archive, number, *account(archive, number)), number, people)
    if format is Format.jsonl:
        write_lines([page])
    else:
        console().print(incident_page_table.render(page))


def _shown(archive: "Archive", record: AnyRecord, incident: str, people: People) -> AnyRecord:
    """Return what is told of an incident with the names that the user wants to see."""
    from byline.export.people import cover_names  # noqa: PLC0415 - loaded when needed
    from byline.store import documents_of  # noqa: PLC0415

    return cover_names(record, documents_of(archive, incident)) if people is People.roles else record


@app.command(
    epilog="Examples:\n\n"
    "  byline correct events.byline merge u1007666ef07fe310 u3d4b7a0a2bc07b93 --reason 'one raid, two dates'\n\n"
    "  byline correct events.byline split u6e376e8827b5424c u0555a3a9cf990bfc --reason 'another strike'\n\n"
    "  byline correct events.byline exclude u6e376e8827b5424c --reason 'an anniversary, not the raid'\n\n"
    "  byline correct events.byline undo d41c8f0a5512be07 --reason 'it was the same raid after all'\n\n"
    "  byline correct other.byline --replay decisions.jsonl"
)
def correct(
    archive: ArchiveFile,
    what: What = None,
    ids: Ids = None,
    *,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why: kept with the decision.")] = None,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; the user's name unless told.")
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Enter the decisions that `byline decisions --format jsonl` has listed."),
    ] = None,
) -> None:
    """Decide which reports are of one happening.

    Decisions stay in the archive, with who made them, when and why. They hold when it is coded again, and can be
    undone.
    """
    from byline.run.corrections import decide  # noqa: PLC0415 - loaded when needed
    from byline.store import Archive  # noqa: PLC0415

    Archive.open(archive).close()  # there has to be one
    if bool(replay) == bool(what):
        raise ConfigurationError("Say what to decide, or name a file with --replay. See: byline correct --help")
    with Archive.open(archive, write=True) as opened:
        found = _read(replay) if replay else [_decision(opened, what, ids or [], reason, reviewer)]
        entered = decide(opened, found)
    for one in entered:
        typer.echo(f"{archive}: {one.id}: {one.kind} by {one.reviewer}", err=True)
    if len(entered) < len(found):
        typer.echo(f"{archive}: {len(found) - len(entered)} were there already", err=True)


@app.command(
    epilog="Examples:\n\n  byline decisions events.byline\n\n"
    "  byline decisions events.byline --format jsonl > decisions.jsonl"
)
def decisions(
    archive: ArchiveFile,
    *,
    format: Annotated[Rows, typer.Option(help="A table for people, or JSON lines.")] = Rows.table,
) -> None:
    """List what reviewers have decided about incidents; exit with 1 if decisions were changed or taken out."""
    from byline import store  # noqa: PLC0415 - loaded when needed

    with store.Archive.open(archive) as opened:
        found, faults = store.decisions(opened), store.faults(opened)
    list_said(archive, "decision", found, faults, row=_row, format=format)


def _row(one: "Decided") -> tuple[str, ...]:
    about = one.undoes or "\n".join(one.events) + ("\nand\n" + "\n".join(one.others) if one.others else "")
    missing = f"\n{len(one.missing)} not found" if one.missing else ""
    return one.id, one.kind, about, one.reviewer, one.time, one.reason, one.standing + missing


def _decision(
    archive: "Archive", what: DecisionKind | None, ids: list[str], reason: str | None, reviewer: str | None
) -> "Decision":
    from byline.run.archiving import now  # noqa: PLC0415 - loaded when needed
    from byline.run.corrections import decision  # noqa: PLC0415

    if not reason or not what:
        raise ConfigurationError("A decision needs a reason that others can judge: --reason 'the same raid, two dates'")
    return decision(archive, what, ids, reviewer=reviewer or getpass.getuser(), reason=reason, time=now("microseconds"))


def _read(path: Path) -> "list[Decision]":
    """Return the decisions of a file; ConfigurationError if a line is none, or not what it was when it was listed."""
    from byline.records import Decision  # noqa: PLC0415 - loaded when needed

    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror}). Name another file.") from error
    found = []
    for number, line in enumerate(lines, 1):
        try:
            one, given = msgspec.json.decode(line, type=Decision), msgspec.json.decode(line, type=_Named).id
        except msgspec.DecodeError as error:
            raise ConfigurationError(f"{path}, line {number} is no decision ({error}).") from error
        if one.id != given:
            raise ConfigurationError(f"{path}, line {number}: the decision {given} was changed since it was made.")
        found.append(one)
    return found


class _Named(msgspec.Struct):
    id: str
