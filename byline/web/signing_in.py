"""Who may look: on this machine everybody; over a network who knows the password."""

import time
from multiprocessing import Array
from multiprocessing.sharedctypes import SynchronizedArray

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from byline.web.answers import answer_error, page
from byline.web.safety import check_token

_OPEN = ("/sign-in", "/static/")
_TRIES, _SECONDS = 10, 60.0  # wrong passwords that are looked at in so many seconds, from whomever


class Gate:
    """Lets through who has signed in; sends others to the page where they can."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _may(Request(scope)):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("accept", ""):
            answer: Response = RedirectResponse("/sign-in", 303)
        else:
            answer = await answer_error(request, HTTPException(401, "Sign in first: /sign-in."))
        await answer(scope, receive, send)


class Passwords:
    """The password of the server, as an argon2 digest, and when a wrong one was given of late.

    Processes that are copies of the one that made it count together.
    """

    def __init__(self, password: str) -> None:
        self._hasher = PasswordHasher()
        self._digest = self._hasher.hash(password)
        self._tries: SynchronizedArray[float] = Array("d", [-_SECONDS] * _TRIES)  # when each was made

    def holds(self, password: str) -> bool:
        """Tell whether a password is the right one; HTTPException 429 after too many that were not.

        It counts as wrong while it is looked at, or many at once would be looked at.
        """
        place = self._taken()
        try:
            is_right = self._hasher.verify(self._digest, password)
        except VerificationError:
            return False
        self._tries[place] = -_SECONDS
        return is_right

    def _taken(self) -> int:
        """Return the place of a try, which is kept for a while."""
        with self._tries.get_lock():
            now = time.monotonic()
            for place in range(_TRIES):
                if now - self._tries[place] >= _SECONDS:
                    self._tries[place] = now
                    return place
        raise HTTPException(429, "Too many wrong passwords. Wait a minute.", {"Retry-After": str(int(_SECONDS))})


async def show(request: Request) -> Response:
    """Show where to sign in."""
    return page(request, "sign_in.html", {"wrong": False})


async def sign_in(request: Request) -> Response:
    """Take a password; the session begins anew, so that nobody goes on with one that was there before."""
    await check_token(request)
    password = (await request.form()).get("password")
    passwords: Passwords = request.app.state.passwords
    if not isinstance(password, str) or not await run_in_threadpool(passwords.holds, password):
        return page(request, "sign_in.html", {"wrong": True}, 403)
    request.session.clear()
    request.session["signed_in"] = True
    return RedirectResponse("/", 303)


def _may(request: Request) -> bool:
    is_open = any(request.url.path.startswith(start) for start in _OPEN)
    return is_open or bool(request.session.get("signed_in"))
