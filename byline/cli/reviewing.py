"""The verbs that tell what reviewers have judged."""

from typing import TYPE_CHECKING, Annotated

import typer

from byline.cli.options import ArchiveFile, Rows
from byline.cli.output import list_said, write_lines
from byline.cli.verbs import app

if TYPE_CHECKING:
    from byline.store import Reviewed


@app.command(epilog="Example:\n\n  byline gold events.byline > gold.jsonl\n\n  byline evaluate gold.jsonl")
def gold(archive: ArchiveFile) -> None:
    """Write the documents with judged events as gold, a JSON line each: what is right, what is wrong, who says so."""
    from byline.export.gold import gold as documents  # noqa: PLC0415 - loaded when needed
    from byline.store import Archive  # noqa: PLC0415

    with Archive.open(archive) as opened:
        write_lines(documents(opened))


@app.command(
    epilog="Examples:\n\n  byline reviews events.byline\n\n"
    "  byline reviews events.byline --format jsonl > reviews.jsonl"
)
def reviews(
    archive: ArchiveFile,
    *,
    format: Annotated[Rows, typer.Option(help="A table for people, or JSON lines.")] = Rows.table,
) -> None:
    """List what reviewers have said of events; exit with 1 if reviews were changed or taken out."""
    from byline import store  # noqa: PLC0415 - loaded when needed

    with store.Archive.open(archive) as opened:
        found, faults = list(store.reviews(opened)), store.review_faults(opened)
    list_said(archive, "review", found, faults, row=_row, format=format)


def _row(found: "Reviewed") -> tuple[str, ...]:
    one = found.review
    what = f"{one.kind}: {one.verdict}" if one.verdict else one.kind
    about = one.undoes or (f"{one.facts.type} “{one.facts.trigger.text}”\n" if one.facts else "") + one.event
    return found.id, what, about, one.reviewer, one.time, one.reason, found.standing
