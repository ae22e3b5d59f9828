"""One view, many forms: the same data as a page, as JSON, as CSV, as GeoJSON, by how the address ends.

Errors have one shape: {"error": {"status": 404, "message": "..."}}, and a page of their own.
"""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from operator import methodcaller
from urllib.parse import quote_plus

import jinja2
import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from byline import __version__
from byline.errors import BylineError, StorageError
from byline.web.safety import token_of


class JSON(Response):
    """Records and plain data as JSON."""

    media_type = "application/json"

    def render(self, content: object) -> bytes:
        return msgspec.json.encode(content)


def page(request: Request, template: str, data: Mapping[str, object], status: int = 200) -> Response:
    """Return a page; what stands in `data` is escaped wherever the template shows it."""
    state = request.app.state
    known = {"token": token_of(request), "reviewer": request.session.get("reviewer"), "read_only": state.read_only}
    shown = _templates().get_template(template).render(**known, archive=state.archive.name, version=__version__, **data)
    return HTMLResponse(shown, status)


def wants_page(request: Request) -> bool:
    """Whether who asks is a browser that shows pages, and the address names no other form."""
    last = request.url.path.rpartition("/")[2]
    return "." not in last and "text/html" in request.headers.get("accept", "*/*").replace("*/*", "text/html")


async def answer_error(request: Request, error: Exception) -> Response:
    """Return an error in its one shape."""
    status, message = _told(error)
    headers = error.headers if isinstance(error, HTTPException) else None
    if wants_page(request):
        shown = page(request, "error.html", {"status": status, "message": message}, status)
    else:
        shown = JSON({"error": {"status": status, "message": message}}, status)
    shown.headers.update(headers or {})
    return shown


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        plain = HTTPStatus(error.status_code).phrase
        return error.status_code, "There is no such page." if error.detail == "Not Found" else error.detail or plain
    if isinstance(error, StorageError):
        return 503, str(error)
    if isinstance(error, BylineError):
        return 400, str(error)
    return 500, "Byline made a mistake. Please report what you did and what the server's log says."


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("byline.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["thousands"] = "{:,}".format
    environment.filters["in_query"] = quote_plus
    environment.filters["spaced"] = methodcaller("replace", "_", " ")
    return environment


@cache
def static_names() -> frozenset[str]:
    """Return the names of the files that pages use."""
    return frozenset(entry.name for entry in files("byline.web").joinpath("static").iterdir())
