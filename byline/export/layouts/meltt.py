"""Incidents as R's meltt reads them: a date, a point and three columns to make taxonomies of."""

from collections.abc import Iterator

from byline.export.columns import Columns, Row
from byline.export.foreign import columns_of, filled, table_of
from byline.export.layout import Chosen, Layout
from byline.export.together import happened_incidents

_MELTT = table_of("meltt")
COLUMNS: Columns = columns_of(_MELTT["columns"], _MELTT["kinds"])


def _rows(chosen: Chosen) -> Iterator[Row]:
    for one in happened_incidents(chosen):
        summary, place = one.summary, one.where
        if summary.start is None or place is None or place.latitude is None:
            chosen.left_out["incidents without a day or a point, which meltt needs"] += 1
            continue
        actor = next(iter(one.party("actors").actors), None)
        yield {
            "date": summary.start,
            "enddate": summary.end,
            "longitude": place.longitude,
            "latitude": place.latitude,
            "event_tax": " ".join(filter(None, (summary.type, one.first(lambda event: event.mode)))),
            "actor_tax": actor.sector if actor else None,
            "prec_tax": place.level,
            "id": summary.id,
        }


LAYOUT = Layout(
    name="meltt",
    title="Incidents, ready for R's meltt",
    level="incident",
    columns=COLUMNS,
    forms=filled(_rows, COLUMNS),
    losses=(
        (
            "Incidents without a day or a point are left out, and so are those that nobody tells as having "
            "happened; how many is said on standard error."
        ),
        "It has no place for who says so, for denials or for reports that differ.",
        (
            "Taxonomies are the user's: what event_tax, actor_tax and prec_tax hold has to be matched to those of "
            "the other data sets."
        ),
        "An incident that may have been on several days looks like one that lasted for all of them.",
        "Tolls, recipients and the words that show it are lost; the id leads back to them.",
    ),
)
