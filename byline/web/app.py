"""The application: what is found at which address, and what every request passes through."""

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from byline.accounts import Contest, Corroboration
from byline.errors import BylineError
from byline.records import Decision
from byline.store import Archive
from byline.web import (
    actor_pages,
    agreement_pages,
    incident_pages,
    openapi,
    outlet_pages,
    pages,
    review_pages,
    signing_in,
)
from byline.web.answers import answer_error
from byline.web.reading import Readers
from byline.web.safety import Headers, Sizes

_WEEK = 7 * 24 * 3600  # seconds that a session lasts


class Work(NamedTuple):
    """What pages have done for them, which other parts of Byline do.

    `account` tells what the reports of an incident say together. `correct` enters a decision about incidents, by ids
    of incidents or events, and applies it: it takes `reviewer`, `reason` and `time` by name.
    """

    account: Callable[[Archive, str], tuple[Corroboration, tuple[Contest, ...]]]
    correct: Callable[..., Decision]


def app_of(
    archive: Path, work: Work, *, read_only: bool = False, password: str | None = None, hosts: Sequence[str]
) -> Starlette:
    """Return the application for one archive; with a password it is asked for.

    `hosts` are the names by which the server may be called. ConfigurationError if there is no such archive.
    """
    own = [Middleware(signing_in.Gate)] if password else []
    app = Starlette(
        routes=[*_routes(), *(_closed() if read_only else _review()), *(_door() if password else ())],
        middleware=[
            Middleware(Headers),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
            Middleware(Sizes),
            Middleware(SessionMiddleware, secret_key=secrets.token_urlsafe(32), max_age=_WEEK, same_site="strict"),
            *own,
        ],
        exception_handlers={HTTPException: answer_error, BylineError: answer_error, 500: answer_error},
    )
    app.state.archive, app.state.read_only = archive, read_only
    app.state.work = work
    app.state.readers = Readers(archive)
    app.state.passwords = signing_in.Passwords(password) if password else None
    return app


def _routes() -> list[Route | Mount]:
    return [
        Route("/", pages.explore),
        Route("/events.json", pages.events),
        Route("/events.csv", pages.events_csv),
        Route("/events.geojson", pages.events_geojson),
        Route("/events/{uid}", pages.event),
        Route("/map.json", pages.events_map),
        Route("/values/{facet}", pages.values),
        Route("/incidents", incident_pages.listed),
        Route("/incidents.json", incident_pages.listed_data),
        Route("/incidents.csv", incident_pages.listed_csv),
        Route("/incidents/{incident}.json", incident_pages.shown_data),
        Route("/incidents/{incident}/places.json", incident_pages.places),
        Route("/incidents/{incident}", incident_pages.shown),
        Route("/actors", actor_pages.listed),
        Route("/actors.json", actor_pages.listed_data),
        Route("/actors.csv", actor_pages.listed_csv),
        Route("/actor.json", actor_pages.shown_data),
        Route("/actor.csv", actor_pages.shown_csv),
        Route("/actor", actor_pages.shown),
        Route("/outlets", outlet_pages.listed),
        Route("/outlets.json", outlet_pages.listed_data),
        Route("/outlets.csv", outlet_pages.listed_csv),
        Route("/outlet.json", outlet_pages.shown_data),
        Route("/outlet.csv", outlet_pages.shown_csv),
        Route("/outlet", outlet_pages.shown),
        Route("/openapi.json", openapi.described),
        Route("/documents/{number:int}", pages.document),
        Route("/documents/{number:int}.json", pages.document_data),
        Mount("/static", StaticFiles(packages=[("byline.web", "static")])),
    ]


def _review() -> list[Route]:
    written = ["POST"]
    return [
        Route("/review", review_pages.next_event),
        Route("/review.json", review_pages.queue_data),
        Route("/review.csv", review_pages.queue_csv),
        Route("/review/reviewer", review_pages.sign, methods=written),
        Route("/review/events/{uid}", review_pages.judge, methods=written),
        Route("/review/undo", review_pages.undo, methods=written),
        Route("/review/incidents/{uid}", review_pages.correct, methods=written),
        Route("/review/documents/{number:int}", review_pages.article, methods=["GET"]),
        Route("/review/documents/{number:int}", review_pages.add, methods=written),
        Route("/review/decisions", agreement_pages.decisions),
        Route("/review/decisions.json", agreement_pages.decisions_data),
        Route("/review/decisions.csv", agreement_pages.decisions_csv),
        Route("/review/differences", agreement_pages.differences),
        Route("/review/differences.json", agreement_pages.differences_data),
        Route("/review/differences/{uid}", agreement_pages.settle, methods=written),
        Route("/review/agreement", agreement_pages.agreement),
        Route("/review/agreement.json", agreement_pages.agreement_data),
        Route("/review/agreement.csv", agreement_pages.agreement_csv),
    ]


def _closed() -> list[Route]:
    return [Route("/review{rest:path}", review_pages.refuse, methods=["GET", "POST"])]


def _door() -> list[Route]:
    return [
        Route("/sign-in", signing_in.show, methods=["GET"]),
        Route("/sign-in", signing_in.sign_in, methods=["POST"]),
    ]
