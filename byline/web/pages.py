"""The pages, each with its data."""

from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from byline import store
from byline.records import CodedDocument
from byline.web import circles
from byline.web import explore as exploring
from byline.web.answers import JSON, page
from byline.web.document import blocks
from byline.web.selection import Selection, selection


class Chip(NamedTuple):
    """A filter in force, and the address without it."""

    name: str
    value: str
    without: str


def explore(request: Request) -> Response:
    """Show a selection of events."""
    chosen = _selection(request)
    view = exploring.explore(_archive(request), chosen)
    chips = [Chip(name, value, chosen.address(without=[name])) for name, value in chosen.parameters if name != "page"]
    shown = {"view": view, "chips": chips, "said_by": exploring.said_by}
    return page(request, "explore.html", shown | {"given": lambda name: next(iter(chosen.values(name)), "")})


def events(request: Request) -> Response:
    """Give a page of a selection, with how many events it has of each kind."""
    chosen = _selection(request)
    view = exploring.explore(_archive(request), chosen)
    return JSON(view.data())


def events_map(request: Request) -> Response:
    """Give where the events of a selection are, gathered into circles for a view and a zoom of the map."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name not in {"zoom", "view"}]
    zoom, view = circles.looked_at(request.query_params.get("zoom"), request.query_params.get("view"))
    return JSON(circles.circles(_archive(request), selection(query).wanted, zoom, view))


def document(request: Request) -> Response:
    """Show a document with what was found in it."""
    found = _document(request)
    shown = {"number": request.path_params["number"], "document": found, "blocks": list(blocks(found))}
    return page(request, "document.html", shown)


def document_data(request: Request) -> Response:
    """Give a document's record, as `byline code --format jsonl` has it."""
    return JSON(_document(request))


def _selection(request: Request) -> Selection:
    return selection(request.query_params.multi_items())


def _archive(request: Request) -> store.Archive:
    archive: store.Archive = request.app.state.readers.archive()
    return archive


def _document(request: Request) -> CodedDocument:
    number = request.path_params["number"]
    found = store.document(_archive(request), number)
    if found is None:
        raise HTTPException(404, f"There is no document {number} in this archive.")
    return found
