"""What keeps a page and its readers safe: headers, sizes, tokens.

Nothing is fetched from elsewhere, no script stands in a page, and nothing is written without the token of the session
that asks for it.
"""

import secrets
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000  # of what is sent to the server: a review decision has some hundreds
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Headers:
    """Puts the headers of safety on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class Sizes:
    """Refuses what is larger than `MOST_BYTES`, whatever its head says of its length."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        room = MOST_BYTES

        async def bounded() -> Message:
            nonlocal room
            message = await receive()
            room -= len(message.get("body", b""))
            if room < 0:
                raise HTTPException(413, f"More than {MOST_BYTES:,} bytes were sent. Send less at a time.")
            return message

        await self._app(scope, bounded, send)


def token_of(request: Request) -> str:
    """Return the session's token, which every form carries."""
    return str(request.session.setdefault("token", secrets.token_urlsafe(24)))


async def check_token(request: Request) -> None:
    """Refuse a request to write that does not come from a page of this session."""
    sent = request.headers.get("x-token") or (await request.form()).get("token")
    if not isinstance(sent, str) or not secrets.compare_digest(sent.encode(), token_of(request).encode()):
        raise HTTPException(403, "The page is from another session. Load it again, then repeat what you did.")


def hosts_of(host: str, names: Iterable[str] = ()) -> list[str]:
    """Return by which names the server may be called: another page cannot borrow a name that resolves to it."""
    own = ["localhost", "127.0.0.1", "[::1]", "::1"]
    return [*own, *([] if host in {"0.0.0.0", "::"} else [host]), *names]  # noqa: S104 -- it is compared
