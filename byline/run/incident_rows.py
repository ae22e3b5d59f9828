"""An incident as rows of the archive's tables."""

from collections.abc import Sequence

from byline.linking.reports import Report
from byline.linking.sources import corroborate
from byline.linking.summary import summary
from byline.store.linkage import NewIncident
from byline.store.projection import Row


def incident_of(reports: Sequence[Report], rows: Sequence[int]) -> NewIncident:
    """Return the rows of an incident; `reports` are its reports in the order of publication, `rows` their ids."""
    return NewIncident(_row(reports), tuple(rows), ())


def _row(reports: Sequence[Report]) -> Row:
    what, told = summary(reports), corroborate(reports)
    return {
        "id": reports[0].id,
        "type": what.type,
        "start": what.time.start if what.time else None,
        "end": what.time.end if what.time else None,
        "place": what.spot.name if what.spot else None,
        "country": what.spot.country if what.spot else None,
        "latitude": what.spot.latitude if what.spot else None,
        "longitude": what.spot.longitude if what.spot else None,
        "reports": told.reports,
        "outlets": told.outlets,
        "sources": told.independent,
        "asserting": sum(s.asserts for s in told.standings),
        "attributing": sum(s.attributes for s in told.standings),
        "denying": sum(s.denies for s in told.standings),
        "contested": 0,
    }
