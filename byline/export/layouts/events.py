"""Events as a flat table: the columns of `byline code --format csv`, the uid, the happening in the archive."""

from collections.abc import Iterator

from byline.export.columns import Cell, Column, Columns
from byline.export.layout import Chosen, Layout
from byline.export.rows import COLUMNS as CODED
from byline.export.rows import row
from byline.export.tables import tables
from byline.store import Happening

_HAPPENING: Columns = {
    "happening": Column("The id of the archive's incident, with the reports of all documents."),
    "happening_type": Column("Its type."),
    "happening_reports": Column("How many documents tell of it.", "whole"),
    "happening_outlets": Column("How many outlets.", "whole"),
    "happening_sources": Column("How many sources that are independent of one another.", "whole"),
    "happening_contested": Column("yes where they contradict one another or somebody denies it, else no."),
    "happening_part_of": Column("The id of the incident that it is a part of."),
}
COLUMNS: Columns = {"uid": Column("The event's id, the same in every edition that finds it."), **CODED, **_HAPPENING}


def rows(chosen: Chosen) -> Iterator[dict[str, Cell]]:
    """Yield a row for each chosen event, with the cells of `COLUMNS`."""
    for told in chosen.events():
        yield {"uid": told.uid, **row(told.index, told.event), **_happening(told.incident)}


def _happening(one: Happening | None) -> dict[str, Cell]:
    if one is None:
        return dict.fromkeys(_HAPPENING)
    contested = "yes" if one.contested else "no"
    return dict(zip(_HAPPENING, (*one[:5], contested, one.part_of), strict=True))


LAYOUT = Layout(
    name="events",
    title="Events, one row each, with their words",
    level="event",
    columns=COLUMNS,
    forms=tables(rows, COLUMNS),
    losses=(
        "Of several counts of one kind it has the first.",
        "Spans of actors, places and voices are not there: the sentence's alone are.",
        "Reasons, and the confidence of single fields, are not there.",
        "Who denies an event is not there: its status and stance are.",
        "A text cell of CSV that a spreadsheet would run as a formula has an apostrophe before it.",
    ),
)
