"""What pages take from a request."""

from contextlib import AbstractContextManager

from starlette.exceptions import HTTPException
from starlette.requests import Request

from byline import store
from byline.records import CodedDocument
from byline.store import Archive
from byline.web.reading import Readers

_MOST = 2**63 - 1  # of a row's number


def lent(request: Request) -> AbstractContextManager[Archive]:
    """Lend a connection to the archive."""
    readers: Readers = request.app.state.readers
    return readers.lent()


def document_of(request: Request) -> CodedDocument:
    """Return the document whose number is in the address; HTTPException 404 if there is none."""
    number = request.path_params["number"]
    with lent(request) as archive:
        found = store.document(archive, number) if number <= _MOST else None
    if found is None:
        raise HTTPException(404, f"There is no document {number} in this archive.")
    return found
