"""Documents as a flat table: what is known of each, and how much it tells."""

from collections.abc import Iterator

from byline.export.columns import Cell, Column, Columns
from byline.export.layout import Chosen, Layout, Read
from byline.export.tables import tables
from byline.lookup import facts

COLUMNS: Columns = {
    "document": Column("The document's id."),
    "source": Column("The file from which it was read, with the way inside of it."),
    "publication": Column("The outlet."),
    "issue": Column("The outlet's issue."),
    "title": Column("Its title."),
    "authors": Column('Its authors, parted by "; ".'),
    "url": Column("Its address."),
    "language": Column("Its language, ISO 639-1."),
    "published_start": Column("The first day on which it may have appeared.", "day"),
    "published_end": Column("The last day on which it may have appeared.", "day"),
    "published_basis": Column("What these days rest on."),
    "copy_of": Column("The id of the document whose text it copies."),
    "copy_kind": Column("How: exact, near, truncated or embedded."),
    "characters": Column("The length of its text in code points.", "whole"),
    "events": Column("How many chosen events it tells.", "whole"),
    "happened": Column("How many of them are told as having happened.", "whole"),
    "claims": Column("How many statements it attributes to somebody.", "whole"),
}


def rows(chosen: Chosen) -> Iterator[dict[str, Cell]]:
    """Yield a row for each document with a chosen event; for all where everything is chosen."""
    return map(_row, chosen.documents())


def _row(read: Read) -> dict[str, Cell]:
    document = read.index.document
    return {
        **facts(document),
        "issue": document.issue,
        "authors": "; ".join(document.authors) or None,
        "language": document.language,
        "published_end": document.published.end if document.published else None,
        "characters": len(document.text),
        "events": len(read.told),
        "happened": sum(told.event.happened for told in read.told),
        "claims": len(document.attributions),
    }


LAYOUT = Layout(
    name="documents",
    title="Documents, one row each, with what is known of them",
    level="document",
    columns=COLUMNS,
    forms=tables(rows, COLUMNS),
    losses=(
        "The text is not there: see the layout records.",
        "Further places at which a text was found are not there: see the table appearances of the archive.",
        "Of several days on which it may have appeared it has the chosen one.",
    ),
)
