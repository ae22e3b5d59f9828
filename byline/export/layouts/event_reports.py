"""Reports in the columns of MAVERICK, for R's eventreport: one row an incident as one document tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from byline.export.codes import name
from byline.export.columns import Cell, Columns, Row
from byline.export.foreign import columns_of, filled, joined, one_line, table_of
from byline.export.layout import Chosen, Layout, Read, Told
from byline.export.together import Role, party
from byline.export.where import where
from byline.lookup import Index, toll, uids_of
from byline.records import Actor, CountOf, Incident

_TABLE = table_of("event_reports")
_NUMBERS = range(1, _TABLE["actors"] + 1)
_ACTORS = {words.replace("%", str(n)): meaning for n in _NUMBERS for words, meaning in _TABLE["actor"].items()}
_FLAGS = [words.replace("%", str(n)) for n in _NUMBERS for words in _TABLE["flags"]]
_VIOLENCE = "ASSAULT"
_ROLES: tuple[Role, ...] = ("actors", "recipients")
_KINDS = {**_TABLE["kinds"], "whole": [*_TABLE["kinds"]["whole"], *_FLAGS]}
COLUMNS: Columns = columns_of(_TABLE["before"] | _ACTORS | _TABLE["after"], _KINDS)


@dataclass(frozen=True, slots=True)
class _Report:
    """What one document tells of one incident as having happened."""

    index: Index
    incident: Incident
    told: list[Told]


def _rows(chosen: Chosen) -> Iterator[Row]:
    for read in chosen.documents():
        for report in _reports(read):
            if report.told:
                yield _row(report)
            else:
                chosen.left_out["reports that do not tell it as having happened"] += 1


def _reports(read: Read) -> Iterator[_Report]:
    """Yield the document's incidents with a chosen event, and those of them that happened."""
    for incident in read.index.document.incidents:
        chosen = [told for told in read.told if told.event.id in incident.events]
        if chosen:
            yield _Report(read.index, incident, [told for told in chosen if told.event.happened])


def _row(report: _Report) -> Row:
    document = report.index.document
    uids = dict(zip((event.id for event in document.events), uids_of(document), strict=True))
    happening = report.told[0].incident
    return {
        "id": uids[report.incident.events[0]],
        "event_id": happening.id if happening else None,
        **_when(report),
        **_where(report),
        **_who(report),
        "event_context": joined(context for told in report.told for context in told.event.contexts),
        **_toll(report, "killed", "deaths"),
        **_toll(report, "wounded", "injuries"),
        "displacement": _one(any(c.what == "displaced" for told in report.told for c in told.event.counts)),
        "damage": _one(any(told.event.mode == "destroy" for told in report.told)),
        "source": document.publication,
        "source_author": joined(document.authors),
    }


def _when(report: _Report) -> Mapping[str, Cell]:
    times = [told.event.time for told in report.told if told.event.time]
    return {
        "date_start": min((time.start for time in times), default=None),
        "date_end": max((time.end for time in times), default=None),
    }


def _where(report: _Report) -> Mapping[str, Cell]:
    places = [found for told in report.told if (found := where(told.index, told.event))]
    place = next((p for p in places if p.latitude is not None), places[0] if places else None)
    if place is None:
        return {}
    return {
        "country": name(place.country),
        "city": place.town,
        "location": one_line(place.words),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geo_precision": 1 if place.level == "country" else None,
    }


def _who(report: _Report) -> Mapping[str, Cell]:
    """Return the cells of those who act and are acted upon, as the first of the events that names some has them."""
    parts = [(role, *part) for role in _ROLES for part in _named(report, role)]
    cells: dict[str, Cell] = {}
    for number, (role, named, actor, mode) in zip(_NUMBERS, parts, strict=False):
        cells |= {
            f"actor{number}": named,
            f"actor{number}_type": actor.sector if actor else None,
            f"actor{number}_violence": mode if role == "actors" else None,
            f"actor{number}_perpetrator": _one(role == "actors" and report.incident.type == _VIOLENCE),
            f"actor{number}_victim": _one(role == "recipients" and report.incident.type == _VIOLENCE),
        }
    return cells


def _named(report: _Report, role: Role) -> Iterator[tuple[str, Actor | None, str | None]]:
    told = next((t for t in report.told if getattr(t.event, role)), None)
    if told is not None:
        named = party(told.index, getattr(told.event, role))
        mode = told.event.mode if told.event.type == _VIOLENCE else None
        for one, actor in zip(named.names, named.actors, strict=True):
            yield one, actor, mode


def _toll(report: _Report, what: CountOf, column: str) -> Mapping[str, Cell]:
    low, high = toll(report.incident, what)
    return {f"{column}_best": low if low == high else None, f"{column}_low": low, f"{column}_high": high}


def _one(holds: bool) -> int | None:  # noqa: FBT001 - the one thing that it is about
    return 1 if holds else None


LAYOUT = Layout(
    name="event-reports",
    title="Reports of incidents, for R's eventreport",
    level="report",
    columns=COLUMNS,
    forms=filled(_rows, COLUMNS),
    losses=(
        (
            "It has the outlet and its authors as the source: whom the report quotes, and whether it vouches for "
            "it, is lost."
        ),
        (
            "Reports that deny an incident, or tell it as planned or feared, are left out: the layout has no "
            "place for that; how many is said on standard error."
        ),
        "Six actors at most, first those who act; the names are those of the report's first event that names some.",
        "Figures are those of the whole report, whoever says them; which voice gave which is lost.",
        (
            "Columns about elections, parties, precision and reliability are blank: Byline does not code them. A "
            "blank is no 0."
        ),
        "Copies of a text are rows of their own: eventreport cannot tell them from independent reports.",
        "In a lake, where nothing is linked, event_id is blank.",
    ),
)
