"""The verb that makes briefings."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from byline.cli.options import ArchiveFile, Filters, People, Setting, WithPeople, with_filters
from byline.cli.output import target
from byline.cli.verbs import app
from byline.errors import ConfigurationError

if TYPE_CHECKING:
    from byline.report import Briefing, Form, Printed, Scope

To = Annotated[
    str, typer.Option(metavar="FILE|-", help="Where to: .pdf, .html or .md by its ending; - is standard output.")
]
Most = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="How many incidents are told one by one, 500 unless told: those that most independent sources tell. "
        "Tables, map and timeline count all.",
    ),
]
Fonts = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        help="Fonts for letters that a PDF has none for: its own have Latin, Greek, Cyrillic, Hebrew, Arabic.",
    ),
]


@app.command(
    epilog="Examples:\n\n"
    "  byline report events.byline --to march.pdf --first 2006-03 --last 2006-03\n\n"
    "  byline report events.byline --to guard.html --name 'Regional Guard' --sources 2\n\n"
    "  byline report events.byline --to deaths.pdf --country PRT --hurt --people roles --title 'Deaths in Portugal'\n\n"
    "  byline report events.byline --to draft.md --contested"
)
@with_filters
def report(
    archive: ArchiveFile,
    *,
    to: To,
    format: Annotated[Setting | None, typer.Option(help="In which form; else by the ending of --to.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its title; else one made of the filters.")] = None,
    most: Most = None,
    people: WithPeople = People.names,
    fonts: Fonts = None,
    filters: Filters = Filters(),  # noqa: B008 -- it is frozen
) -> None:
    """Make a briefing of a period, a place or an actor, to be handed out: what is told, by whom, on which words.

    It has a summary, a map, a timeline, each incident with its voices and disagreements, the words of the texts as
    footnotes, and a note on method. Filters are those of the pages of `byline serve`; an incident is in if one of its
    events meets them all.
    """
    from byline import report as reports  # noqa: PLC0415 - loaded when needed

    form = reports.form_of(to) if format is None else format.value
    scope = reports.Scope(filters.filter(), title, most, roles=people is People.roles)
    made = _briefing(archive, scope)
    typer.echo(f"setting {len(made.entries):,} incidents as {form} …", err=True)
    printed = _set(made, form, fonts)
    with target(to) as out:
        out.write(printed.file)
    if printed.fault:
        typer.echo(f"byline: {to}: {printed.fault}", err=True)
    if made.told:
        typer.echo(f"byline: {to}: {made.told}", err=True)


def _briefing(path: Path, scope: "Scope") -> "Briefing":
    from byline.progress import with_progress  # noqa: PLC0415 - loaded when needed
    from byline.report import brief  # noqa: PLC0415
    from byline.run.accounts import account  # noqa: PLC0415
    from byline.store import Archive  # noqa: PLC0415

    with Archive.open(path) as archive:
        if not sys.stderr.isatty():
            return brief(archive, scope, account)
        return brief(archive, scope, account, lambda entries, total: with_progress(entries, total, "reading"))


def _set(made: "Briefing", form: "Form", fonts: Path | None) -> "Printed":
    from byline.report import write  # noqa: PLC0415 - loaded when needed

    try:
        return write(made, form, fonts)
    except ImportError as error:
        raise ConfigurationError(f"{error}. Install what a {form} needs with: pip install 'byline[report]'") from error
