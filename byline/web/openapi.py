"""What programs can ask for, as an OpenAPI description: written from the routes and from the tables of parameters."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from byline import __version__
from byline.store import filters
from byline.store.filters import Parameter, Readers
from byline.web.answers import JSON
from byline.web.asking import ACTOR, INCIDENTS, NAMES, OUTLET
from byline.web.circles import LOOK
from byline.web.review import QUEUE
from byline.web.selection import EVENTS

Plain = dict[str, Any]
QUERIES: dict[str, Readers] = {  # by path, for those that take parameters
    "/": EVENTS,
    "/events.json": EVENTS,
    "/events.csv": EVENTS,
    "/events.geojson": EVENTS,
    "/map.json": {**EVENTS, **LOOK},
    "/values/{facet}": EVENTS,
    "/incidents": INCIDENTS,
    "/incidents.json": INCIDENTS,
    "/incidents.csv": INCIDENTS,
    "/actors": NAMES,
    "/actors.json": NAMES,
    "/actors.csv": NAMES,
    "/actor": ACTOR,
    "/actor.json": ACTOR,
    "/actor.csv": ACTOR,
    "/outlet": OUTLET,
    "/outlet.json": OUTLET,
    "/outlet.csv": OUTLET,
    "/review": {**EVENTS, **QUEUE},
    "/review.json": {**EVENTS, **QUEUE},
    "/review.csv": {**EVENTS, **QUEUE},
}
_DAY: Plain = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "examples": ["2008-04"]}
_TEXT: Plain = {"type": "string", "maxLength": filters.MOST}
_NUMBER = r"-?[0-9]+(\.[0-9]+)?"
_SCHEMAS: dict[Callable[[str, list[str]], object], Plain] = {
    filters.text: _TEXT,
    filters.words: _TEXT,
    filters.texts: {"type": "array", "items": _TEXT},
    filters.codes: {"type": "array", "items": _TEXT},
    filters.whole: {"type": "string"},
    filters.day_first: _DAY,
    filters.day_last: _DAY,
    filters.number: {"type": "integer", "minimum": 1, "maximum": 999_999_999},
    filters.flag: {"type": "string", "enum": ["yes", "no"]},
    filters.box: {"type": "string", "pattern": f"^{_NUMBER}(,{_NUMBER}){{3}}$", "examples": ["-10,35,0,45"]},
    QUEUE["order"].read: {"type": "string", "enum": ["unsure", "time"]},
    QUEUE["way"].read: {"type": "string", "enum": ["next", "back"]},
    LOOK["zoom"].read: {"type": "number", "minimum": -4, "maximum": 22},
}
_MEDIA = {".json": "application/json", ".csv": "text/csv", ".geojson": "application/geo+json"}
_ERROR: Plain = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "message"],
            "properties": {"status": {"type": "integer"}, "message": {"type": "string"}},
        }
    },
}
_ERRORS = {
    "400": "A parameter is not known or has no meaning; the message says which.",
    "401": "The server asks for a password, and this session has not given it.",
    "403": "What was sent is not from a page of this session.",
    "404": "There is no such thing in the archive.",
}


def described(request: Request) -> Response:
    """Give what programs can ask for: this description."""
    return JSON(description(request.app.routes))


def description(routes: Iterable[BaseRoute]) -> Plain:
    """Return the OpenAPI description of routes, files of pages aside."""
    paths: dict[str, Plain] = {}
    for route in routes:
        if isinstance(route, Route):
            operations = {method.lower(): _operation(route) for method in sorted((route.methods or set()) - {"HEAD"})}
            paths.setdefault(_path(route), {}).update(operations)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Byline", "version": __version__, "description": "An archive of news, coded into events."},
        "paths": paths,
        "components": {"schemas": {"Error": _ERROR}},
    }


def _operation(route: Route) -> Plain:
    told = (route.endpoint.__doc__ or "").partition("\n")[0]
    query = QUERIES.get(route.path, {})
    return {
        "operationId": f"{route.endpoint.__module__.rpartition('.')[2]}.{route.name}",
        "summary": told,
        "parameters": [*_places(route.path), *(_parameter(name, one) for name, one in query.items())],
        "responses": {**_answers(route.path), **{status: _error(meaning) for status, meaning in _ERRORS.items()}},
    }


def _path(route: Route) -> str:
    return re.sub(r":\w+", "", route.path)


def _places(path: str) -> Iterator[Plain]:
    for name, kind in re.findall(r"{(\w+):?(\w*)}", path):
        schema = {"type": "integer", "minimum": 1} if kind == "int" else {"type": "string", "minLength": 1}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _parameter(name: str, one: Parameter) -> Plain:
    told = {"name": name, "in": "query", "description": one.meaning, "schema": _SCHEMAS[one.read]}
    return told | ({"required": True} if one.is_needed else {})


def _answers(path: str) -> Plain:
    media = next((media for end, media in _MEDIA.items() if path.endswith(end)), "text/html")
    return {
        "200": {"description": "What was asked for.", "content": {media: {}}},
        "303": {"description": "It is at another address, or the server asks for a password first."},
    }


def _error(meaning: str) -> Plain:
    shape = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}, "text/html": {}}
    return {"description": meaning, "content": shape}
