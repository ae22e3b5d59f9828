"""The pages, each with its data."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from byline import store
from byline.records import CodedDocument
from byline.web.answers import JSON, page
from byline.web.document import blocks


def document(request: Request) -> Response:
    """Show a document with what was found in it."""
    found = _document(request)
    shown = {"number": request.path_params["number"], "document": found, "blocks": list(blocks(found))}
    return page(request, "document.html", shown)


def document_data(request: Request) -> Response:
    """Give a document's record, as `byline code --format jsonl` has it."""
    return JSON(_document(request))


def _document(request: Request) -> CodedDocument:
    number = request.path_params["number"]
    found = store.document(request.app.state.readers.archive(), number)
    if found is None:
        raise HTTPException(404, f"There is no document {number} in this archive.")
    return found
