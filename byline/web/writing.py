"""What is written through pages: who asks for it, when, and into the archive, or not at all."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from byline.errors import ConfigurationError
from byline.reviews import Review
from byline.store import Archive, add_review
from byline.web.safety import check_token

Done = TypeVar("Done")


def reviewer_of(request: Request) -> str | None:
    """Return who reviews in this session, None before they have said so."""
    name = request.session.get("reviewer")
    return name if isinstance(name, str) else None


async def written(request: Request, write: Callable[[Archive, str, FormData], Done]) -> Done:
    """Return what comes of writing what a form says; HTTPException if it is not a reviewer of this session who asks."""
    await check_token(request)
    reviewer = reviewer_of(request)
    if reviewer is None:
        raise HTTPException(403, "Say first who reviews: /review.")
    form = await request.form()
    return await run_in_threadpool(_write, request, reviewer, form, write)


def enter(archive: Archive, review: Review) -> None:
    """Enter a review."""
    with archive.batch():
        add_review(archive, review)


def now() -> str:
    """Return the time, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _write(request: Request, reviewer: str, form: FormData, write: Callable[[Archive, str, FormData], Done]) -> Done:
    with Archive.open(request.app.state.archive, write=True) as archive:
        return write(archive, reviewer, form)


def is_known(archive: Archive, found: Done | None, what: str) -> Done:
    """Return what was looked for; ConfigurationError if there is none."""
    if found is None:
        raise ConfigurationError(f"{archive.path.name} has no {what}.")
    return found
