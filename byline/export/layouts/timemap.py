"""Incidents as the events.json of TimeMap: an array, one object an incident with a day and a point."""

from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from byline.export.foreign import joined, write_array
from byline.export.layout import Chosen, Layout
from byline.export.together import happened_incidents
from byline.lookup import link_of


def _items(chosen: Chosen) -> Iterator[dict[str, str]]:
    for one in happened_incidents(chosen):
        summary, place = one.summary, one.where
        if summary.start is None or summary.start != summary.end or place is None or place.latitude is None:
            chosen.left_out["incidents that are not of one day and one point, which TimeMap needs"] += 1
            continue
        day = date.fromisoformat(summary.start)
        mode = one.first(lambda event: event.mode)
        yield {
            "id": summary.id,
            "desc": one.evidence,
            "date": f"{day.month}/{day.day}/{day.year}",
            "time": "",
            "location": place.name,
            "lat": str(place.latitude),
            "long": str(place.longitude),
            "source": joined(link_of(d.url) or d.publication for d in one.documents) or "",
            "filters": mode or "",
            "category": summary.type,
        }


def _write(chosen: Chosen, out: BinaryIO) -> None:
    write_array(_items(chosen), out)


LAYOUT = Layout(
    name="timemap",
    title="Incidents as events of TimeMap",
    level="incident",
    columns={},
    forms={"json": _write},
    losses=(
        (
            "Incidents that are not of one day, or have no point, are left out, and so are those that nobody "
            "tells as having happened; how many is said on standard error."
        ),
        (
            "It has no place for who says so, for denials or for reports that differ: the description is the "
            "sentence of the first report, the source the addresses of all."
        ),
        "How near a point is, is lost: the middle of a province looks like a street.",
        "The time of day is blank: Byline codes days.",
        "Categories and filters are the types and modes of events; their colours and order are TimeMap's own files.",
    ),
)
