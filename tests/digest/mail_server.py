"""A real mail server on this machine."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope

HERE = "127.0.0.1"
WAIT = 300  # seconds at most, on a machine that does much else
AUTHORITY = trustme.CA()


class Box:
    """Takes mails; says what is in `answers` in place of taking one, and hangs up where that is None."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.answers: dict[str, str | None] = {}
        self.port = 0

    async def handle_RCPT(self, _: Any, __: Any, envelope: Envelope, address: str, ___: Any) -> str:  # noqa: ANN401, N802
        if address in self.answers:
            return self.answers[address] or ""
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _: Any, envelope: Envelope) -> str:  # noqa: ANN401, N802
        if "data" in self.answers:
            if answer := self.answers["data"]:
                return answer
            server.transport.abort()
            return ""
        found = message_from_bytes(envelope.original_content or b"", policy=default)
        assert isinstance(found, EmailMessage)
        self.taken.append(found)
        return "250 OK"

    def login(self, _: Any, __: Any, ___: Any, mechanism: str, data: Any) -> AuthResult:  # noqa: ANN401, ARG002
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"correct horse", handled=False)


class _Anywhere(Controller):
    """Listens at any port that is free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(*, encrypted: bool = False) -> Iterator[Box]:
    """Yield a server that runs until the end of the block; `encrypted`: it takes nothing before STARTTLS."""
    box, more = Box(), dict[str, Any]()
    if encrypted:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        AUTHORITY.issue_cert(HERE).configure_cert(context)
        more = {
            "tls_context": context, "require_starttls": True, "authenticator": box.login, "auth_required": True,
        }  # fmt: skip
    controller = _Anywhere(box, hostname=HERE, port=0, ready_timeout=WAIT, **more)
    controller.start()
    try:
        box.port = controller.port
        yield box
    finally:
        controller.stop()
