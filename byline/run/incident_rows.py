"""An incident as rows of the archive's tables: what it is listed by, how many tell of it, what is said."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from byline.accounts import Contest, Standing
from byline.linking.contest import contest_on, is_contested
from byline.linking.parts import keys_of, outline_of
from byline.linking.reports import Report
from byline.linking.rollups import OFFICIAL
from byline.linking.sources import Grounds, corroboration_on
from byline.linking.summary import summary
from byline.linking.voices import Voices
from byline.store.linkage import NewIncident, number_of
from byline.store.projection import Row


def incident_of(reports: Sequence[Report], rows: Sequence[int]) -> NewIncident:
    """Return what is kept of an incident; `reports` are its reports in the order of publication, `rows` their ids."""
    grounds = Grounds(Voices(reports))
    contests, outline = contest_on(grounds), outline_of(reports)
    numbers = {(report.id, report.source): row for report, row in zip(reports, rows, strict=True)}
    values = tuple(row for found in contests if _is_told(found) for row in value_rows(found, numbers))
    return NewIncident(
        row=_row(reports, grounds) | {"contested": is_contested(contests)},
        reports=tuple(rows),
        values=values,
        keys=tuple(sorted(map(number_of, keys_of(outline)))),
        whole=outline.many,
        outline=msgspec.json.encode(outline, order="deterministic"),
    )


def with_row(alone: NewIncident, row: int) -> NewIncident:
    """Return what is kept of an incident of one report, with the id of its row."""
    return alone._replace(reports=(row,), values=tuple(value | {"report": row} for value in alone.values))


def _row(reports: Sequence[Report], grounds: Grounds) -> Row:
    what, told = summary(reports), corroboration_on(grounds)
    return {
        "id": reports[0].id,
        "type": what.type,
        "start": what.time.start if what.time else None,
        "end": what.time.end if what.time else None,
        "place": what.spot.name if what.spot else None,
        "country": what.spot.country if what.spot else None,
        "latitude": what.point[0],
        "longitude": what.point[1],
        "reports": told.reports,
        "outlets": told.outlets,
        "sources": told.independent,
        "asserting": _count(s for s in told.standings if s.asserts),
        "attributing": _count(s for s in told.standings if s.attributes),
        "denying": _count(s for s in told.standings if s.denies),
    }


def _count(standings: Iterable[Standing]) -> int:
    """Return how many documents they are of."""
    return len({(standing.document, standing.file) for standing in standings})


def _is_told(found: Contest) -> bool:
    """Whether a field is kept: a toll, or one of which more than one thing is said."""
    return found.values[0].low is not None or len(found.values) > 1


def value_rows(found: Contest, rows: Mapping[tuple[str, str], int]) -> Iterator[Row]:
    """Yield a row for each value of a field and each who says it; `rows` are ids of reports by uid and file."""
    for number, value in enumerate(found.values, 1):
        for saying in value.sayings:
            yield {
                "field": found.field,
                "value": number,
                "text": value.text,
                "low": value.low,
                "best": value.best,
                "high": value.high,
                "mark": value.mark,
                "source": saying.source,
                "sayer": saying.name,
                "official": saying.sector in OFFICIAL,
                "independent": saying.independent,
                "outlet": saying.outlet,
                "published": saying.published.start if saying.published else None,
                "report": rows[saying.report, saying.file],
                "event": saying.event,
            }
