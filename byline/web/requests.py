"""What pages take from a request."""

from contextlib import AbstractContextManager

from starlette.requests import Request

from byline.store import Archive
from byline.web.reading import Readers


def lent(request: Request) -> AbstractContextManager[Archive]:
    """Lend a connection to the archive."""
    readers: Readers = request.app.state.readers
    return readers.lent()
