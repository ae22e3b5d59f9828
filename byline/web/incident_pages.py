"""Pages of incidents: the list, and one with its reports side by side."""

from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from byline import store
from byline.accounts import Contest, Relation, Standing, Value
from byline.errors import ConfigurationError
from byline.export import incident_page, incidents
from byline.export.incident_page import IncidentPage
from byline.store import Archive, Asked, IncidentSummary, Passage
from byline.web.answers import JSON, page
from byline.web.asking import asked_of
from byline.web.requests import lent
from byline.web.streams import table

PAGE = 50  # incidents


class Report(NamedTuple):
    """A document's report of an incident: what it is, how it stands to the happening, and what it tells."""

    first: Passage
    standings: list[Standing]
    passages: list[Passage]


class Line(NamedTuple):
    """A value of a field, with how it stands to the values before it."""

    value: Value
    relations: list[tuple[Relation, str]]


def listed(request: Request) -> Response:
    """Show the incidents that are asked for."""
    asked, number = asked_of(request.query_params.multi_items())
    with lent(request) as archive:
        found, more = _listed(archive, asked, number)
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "page" and value]
    shown = {"incidents": found, "asked": asked, "number": number, "more": more, "query": request.query_params}
    return page(request, "incidents.html", shown | {"paged": lambda other: urlencode([*kept, ("page", other)])})


def listed_data(request: Request) -> Response:
    """Give the incidents that are asked for, a page of them."""
    asked, number = asked_of(request.query_params.multi_items())
    with lent(request) as archive:
        found, more = _listed(archive, asked, number)
    return JSON({"page": number, "more": more, "incidents": found})


def listed_csv(request: Request) -> Response:
    """Give the incidents that are asked for as CSV, a page of them."""
    asked, number = asked_of(request.query_params.multi_items())
    with lent(request) as archive:
        found, _ = _listed(archive, asked, number)
    return table(incidents.rows(found), incidents.columns(), "incidents.csv")


def shown(request: Request) -> Response:
    """Show one incident, which is named by its own id or that of an event in it."""
    found = _page(request)
    parts = {"one": found, "reports": _reports(found), "fields": [(c, _lines(c)) for c in found.contests]}
    return page(request, "incident.html", parts)


def shown_data(request: Request) -> Response:
    """Give one incident with all that is said of it."""
    return JSON(_page(request))


def places(request: Request) -> Response:
    """Give where an incident was, as its reports have it."""
    found = _page(request)
    told = [v for c in found.contests if c.field == "place" for v in c.values]
    spots = [value for value in told if value.longitude is not None]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [spot.longitude, spot.latitude]},
            "properties": {"events": len(spot.sayings), "precision": spot.precision, "place": spot.text},
        }
        for spot in spots
    ]
    wide = len(told) - len(spots)
    bounds = _bounds(spots)
    return JSON({"type": "FeatureCollection", "features": features, "wide": wide, "nowhere": 0, "bounds": bounds})


def _listed(archive: Archive, asked: Asked, number: int) -> tuple[list[IncidentSummary], bool]:
    """Return a page of incidents, and whether there are more."""
    found = store.incidents(archive, asked, start=(number - 1) * PAGE, size=PAGE + 1)
    shown = list(found)
    return shown[:PAGE], len(shown) > PAGE


def _page(request: Request) -> IncidentPage:
    with lent(request) as archive:
        number = _number(archive, request.path_params["incident"])
        return incident_page.page(archive, number, *request.app.state.work.account(archive, number))


def _number(archive: Archive, named: str) -> str:
    """Return the id of the incident that a path names; HTTPException if there is none."""
    try:
        return store.incident_of(archive, named)
    except ConfigurationError as error:
        raise HTTPException(
            404, f"There is no incident {named[:200]} in this archive. All are at /incidents."
        ) from error


def _reports(found: IncidentPage) -> list[Report]:
    """Return the documents that tell of an incident, in the order of publication."""
    standings: dict[str, list[Standing]] = {}
    for standing in found.corroboration.standings:
        standings.setdefault(standing.file, []).append(standing)
    grouped = ((file, list(group)) for file, group in groupby(found.passages, key=lambda p: p.file))
    return [Report(group[0], standings.get(file, []), group) for file, group in grouped]


def _lines(contest: Contest) -> list[Line]:
    names = {value.id: value.text for value in contest.values}
    told = {
        value.id: [(r, names[r.one]) for r in contest.relations if r.other == value.id and r.kind != "same"]
        for value in contest.values
    }
    return [Line(value, told[value.id]) for value in contest.values]


def _bounds(spots: list[Value]) -> list[float] | None:
    x = [spot.longitude for spot in spots if spot.longitude is not None]
    y = [spot.latitude for spot in spots if spot.latitude is not None]
    return [min(x) - 1, min(y) - 1, max(x) + 1, max(y) + 1] if x and y else None
