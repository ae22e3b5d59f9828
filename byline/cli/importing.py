"""The verb that enters records into an archive."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from byline.cli.output import tell_failure
from byline.cli.verbs import app
from byline.errors import ConfigurationError

if TYPE_CHECKING:
    from byline.run.archiving import Outcome


@app.command(
    name="import",
    epilog="Examples:\n\n  byline import lake/ --to events.byline\n\n  byline import records.jsonl --to events.byline",
)
def import_(
    source: Annotated[
        str,
        typer.Argument(
            metavar="LAKE|FILE",
            help="A lake that `byline code --dask` has written, or JSON lines of `byline export --layout records` or "
            "`byline code --format jsonl`.",
        ),
    ],
    *,
    to: Annotated[Path, typer.Option(metavar="ARCHIVE", help="The archive; made if it is not there.")],
) -> None:
    """Enter the records of a lake or a file into an archive; what it has already is passed over.

    A record that contradicts itself, or quotes words that do not stand in its text, is set aside with the reason.
    """
    from byline.run.importing import import_lake, import_lines  # noqa: PLC0415 - loaded when needed
    from byline.store import Archive  # noqa: PLC0415

    if Path(source).is_file():
        with Archive.open(to, write=True) as archive:
            _tell_entered(import_lines(Path(source), archive), to)
        return
    try:
        from byline.run.lake import Lake  # noqa: PLC0415 - an extra, needed here alone
    except ImportError as error:
        raise ConfigurationError(f"{error}. Install what a lake needs with: pip install 'byline[dask]'") from error
    found = Lake(source)
    contents = found.finished()  # what is no lake is said before a file is made
    with Archive.open(to, write=True) as archive:
        _tell_entered(import_lake(found, contents, archive), to)


def _tell_entered(batches: "Iterable[list[Outcome]]", to: Path) -> None:
    """Tell what was entered and why something was not; exit with 1 if something was not."""
    from byline.records import Failure  # noqa: PLC0415 - loaded when needed

    entered = failed = 0
    for outcome in (outcome for batch in batches for outcome in batch):
        if isinstance(outcome, Failure):
            failed += 1
            tell_failure(outcome)
        else:
            entered += 1
    told = f", {failed:,} failed: byline failures {to}" if failed else ""
    typer.echo(f"{to}: {entered:,} entered{told}", err=True)
    if failed:
        raise typer.Exit(1)
