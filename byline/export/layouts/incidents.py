"""Incidents as a flat table: each is one happening, as all its reports have it."""

from collections.abc import Iterator

from byline.export import incidents
from byline.export.columns import Cell, Column, Columns
from byline.export.geo import maps
from byline.export.layout import Chosen, Layout
from byline.export.tables import tables

COLUMNS: Columns = {
    "id": Column("The incident's id: that of its first event, by publication."),
    "start": Column("The first day on which it may have been.", "day"),
    "end": Column("The last day on which it may have been.", "day"),
    "place": Column("Where it was."),
    "country": Column("The country, ISO 3166 alpha-3."),
    "latitude": Column("Degrees of the place.", "real"),
    "longitude": Column("Degrees of the place.", "real"),
    "type": Column("The type of event that most reports have."),
    "actors": Column('Who acts, by the names that most documents give, at most three, parted by "; ".'),
    "recipients": Column("Who is acted upon, likewise."),
    "reports": Column("How many documents tell of it.", "whole"),
    "outlets": Column("How many outlets.", "whole"),
    "sources": Column("How many sources that are independent of one another.", "whole"),
    "asserting": Column("In how many documents it is told in their own voice.", "whole"),
    "attributing": Column("In how many somebody is quoted for it.", "whole"),
    "denying": Column("In how many it is denied.", "whole"),
    "killed_low": Column("People killed: the lowest figure that anybody gives.", "whole"),
    "killed_high": Column("The highest; empty where it is open.", "whole"),
    "wounded_low": Column("People wounded: the lowest figure that anybody gives.", "whole"),
    "wounded_high": Column("The highest; empty where it is open.", "whole"),
    "contested": Column("yes where the reports contradict one another or somebody denies it, else no."),
    "part_of": Column("The id of the incident that it is a part of."),
}


def rows(chosen: Chosen) -> Iterator[dict[str, Cell]]:
    """Yield a row for each incident with a chosen event."""
    return incidents.rows(chosen.incidents())


LAYOUT = Layout(
    name="incidents",
    title="Incidents, one row each, as all their reports have them",
    level="incident",
    columns=COLUMNS,
    forms={**tables(rows, COLUMNS), **maps(rows, COLUMNS, "id", "incidents")},
    losses=(
        "Of what differs between reports it has the range of tolls alone; who says which is in the archive.",
        "At most three names of each side are there.",
        "Tolls other than killed and wounded are not there.",
        "An incident with one chosen event is there with all its reports.",
        "A lake has no incidents: they are linked in an archive.",
    ),
)
