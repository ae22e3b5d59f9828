"""Events as a flat table: the columns of `byline code --format csv`, the uid, the happening in the archive.

Of an archive, where no names are to be withheld, the columns are read from its tables, not from its records.
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO, TypeGuard

from byline.export import tables
from byline.export.chosen import OfArchive
from byline.export.columns import Cell, Column, Columns, Row
from byline.export.geo import maps_of
from byline.export.layout import Chosen, Layout
from byline.export.rows import COLUMNS as CODED
from byline.export.rows import row
from byline.export.tables import Cells
from byline.store import Happening, counted
from byline.store.flat import Part, event_batches, event_cells, event_parts

if TYPE_CHECKING:
    import pyarrow as pa

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


def cells(chosen: Chosen) -> Iterable[Cells]:
    """Yield the cells of each event, in the order of `COLUMNS`."""
    if _in_tables(chosen):
        return event_cells(chosen.archive, list(COLUMNS), _parts(chosen))
    return _cells_of_records(chosen)


def _in_tables(chosen: Chosen) -> TypeGuard[OfArchive]:
    return isinstance(chosen, OfArchive) and not chosen.roles


def _parts(chosen: OfArchive) -> Iterator[Part]:
    total = counted(chosen.archive, chosen.filter).events
    return chosen.watch(event_parts(chosen.archive, chosen.filter), total, attrgetter("events"))


def _cells_of_records(chosen: Chosen) -> Iterator[Cells]:
    for told in chosen.events():
        yield told.uid, *row(told.index, told.event).values(), *_happening(told.incident)


def _happening(one: Happening | None) -> Iterable[Cell]:
    if one is None:
        return (None,) * len(_HAPPENING)
    return (*one[:5], "yes" if one.contested else "no", one.part_of)


def _tables(chosen: Chosen) -> "Iterator[pa.Table]":
    """Yield the same as tables of Arrow."""
    from byline.export.arrow import arrow_tables, schema_of  # noqa: PLC0415 - an extra

    if not _in_tables(chosen):
        yield from arrow_tables(cells(chosen), COLUMNS)
        return
    for part in event_batches(chosen.archive, list(COLUMNS), _parts(chosen)):
        yield part.cast(schema_of(COLUMNS))


def _parquet(chosen: Chosen, out: BinaryIO) -> None:
    from byline.export.arrow import schema_of, write_parquet  # noqa: PLC0415 - an extra

    write_parquet(_tables(chosen), schema_of(COLUMNS), out)


def _csv(chosen: Chosen, out: BinaryIO) -> None:
    """Write CSV by way of Arrow, where it is installed: the same bytes in half of the time."""
    if not _in_tables(chosen) or find_spec("adbc_driver_sqlite") is None:
        tables.write_csv(cells(chosen), COLUMNS, out)
        return
    from byline.export import arrow  # noqa: PLC0415 - an extra

    arrow.write_csv(_tables(chosen), COLUMNS, out)


def _rows(chosen: Chosen) -> Iterator[Row]:
    return (dict(zip(COLUMNS, row, strict=True)) for row in cells(chosen))


LAYOUT = Layout(
    name="events",
    title="Events, one row each, with their words",
    level="event",
    columns=COLUMNS,
    forms={
        **tables.tables_of_cells(cells, COLUMNS),
        "csv": _csv,
        "parquet": _parquet,
        **maps_of(_rows, _tables, COLUMNS, "uid", "events"),
    },
    losses=(
        "Of several counts of one kind it has the first.",
        "Spans of actors, places and voices are not there: that of the sentence alone is.",
        "Of several places it has all names, and the point of the first that is a spot.",
        "Reasons, and the confidence of single fields, are not there.",
        "Who denies an event is not there: its status and stance are.",
        "In CSV and TSV, a cell of text that a spreadsheet would run as a formula has an apostrophe before it.",
        "With --excel, no cell is longer than 32,767 characters.",
        "A number beyond 9,223,372,036,854,775,807 is that in Parquet.",
    ),
)
