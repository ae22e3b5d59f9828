"""The pages, each with its data."""

from collections.abc import Iterator
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from byline import store
from byline.lookup import link_of
from byline.store.finding import Told
from byline.web import circles
from byline.web import explore as exploring
from byline.web.answers import JSON, page
from byline.web.document import blocks
from byline.web.requests import document_of, lent
from byline.web.selection import Selection, selection
from byline.web.streams import as_csv, as_geojson


class Chip(NamedTuple):
    """A filter in force, its value, "" for what is not known, and the address without it."""

    name: str
    value: str
    without: str


def explore(request: Request) -> Response:
    """Show a selection of events."""
    chosen = _selection(request)
    with lent(request) as archive:
        view = exploring.explore(archive, chosen)
    chips = [
        Chip(name, value, chosen.address(without=(name, value))) for name, value in chosen.parameters if name != "page"
    ]
    shown = {"view": view, "chips": chips, "bar_address": lambda b: f"/{chosen.address(first=b.first, last=b.last)}"}
    return page(request, "explore.html", shown | {"given": lambda name: next(iter(chosen.values(name)), "")})


def values(request: Request) -> Response:
    """Show all values of a facet, to choose some in a selection of events."""
    chosen = _selection(request)
    with lent(request) as archive:
        choice = exploring.choice(archive, chosen, request.path_params["facet"])
    kept = [(name, value) for name, value in chosen.parameters if name not in {choice.parameter, "page"}]
    return page(request, "values.html", {"choice": choice, "selection": chosen, "kept": kept})


def events(request: Request) -> Response:
    """Give a page of a selection, with how many events it has of each kind."""
    with lent(request) as archive:
        return JSON(exploring.explore(archive, _selection(request)).data())


def events_csv(request: Request) -> Response:
    """Give all events of a selection as CSV."""
    return as_csv(_all_events(request))


def events_geojson(request: Request) -> Response:
    """Give all events of a selection as GeoJSON."""
    return as_geojson(_all_events(request))


def events_map(request: Request) -> Response:
    """Give where the events of a selection are, gathered into circles for a view and a zoom of the map."""
    query = request.query_params.multi_items()
    zoom, view = circles.looked_at(query)
    wanted = selection([(name, value) for name, value in query if name not in circles.LOOK]).wanted
    with lent(request) as archive:
        return JSON(circles.circles(archive, wanted, zoom, view))


def event(request: Request) -> Response:
    """Send to an event in its document."""
    with lent(request) as archive:
        found = store.event(archive, request.path_params["uid"])
    if found is None:
        raise HTTPException(404, f"There is no event {request.path_params['uid']} in this archive.")
    return RedirectResponse(f"/documents/{found.document}#{found.event}", 303)


def document(request: Request) -> Response:
    """Show a document with what was found in it."""
    found = document_of(request)
    shown = {"number": request.path_params["number"], "document": found, "original": link_of(found.url)}
    return page(request, "document.html", shown | {"blocks": list(blocks(found))})


def document_data(request: Request) -> Response:
    """Give a document's record, as `byline code --format jsonl` has it."""
    return JSON(document_of(request))


def _selection(request: Request) -> Selection:
    return selection(request.query_params.multi_items())


def _all_events(request: Request) -> Iterator[Told]:
    """Yield all events of a selection; what is wrong with it is told before the first is asked for."""
    chosen = _selection(request)

    def rows() -> Iterator[Told]:
        with lent(request) as archive:
            yield from exploring.all_events(archive, chosen)

    return rows()
