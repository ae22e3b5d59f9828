"""A real server on a socket of this machine, for tests."""

import json
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import uvicorn

from byline.records import CodedDocument
from byline.run.accounts import account
from byline.run.corrections import correct
from byline.run.linking import link
from byline.store import Archive, Edition
from byline.web.app import Work, app_of
from byline.web.safety import hosts_of

EDITION = Edition("0", "program", "PLOVER 1", "ontology", "pipeline", "1")


class Answer(NamedTuple):
    """What a server answers."""

    status: int
    headers: dict[str, str]
    text: str

    def json(self) -> dict[str, object]:
        found: dict[str, object] = json.loads(self.text)
        return found


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Client:
    """A browser without a window: it keeps cookies, and does not follow where it is sent."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), _Stay())

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask(Request(self.address + path, headers={"Accept": "text/html", **headers}))  # noqa: S310

    def get_with(self, path: str, query: dict[str, str]) -> Answer:
        return self.get(f"{path}?{urlencode(query)}")

    def post(self, path: str, form: dict[str, str], **headers: str) -> Answer:
        request = Request(self.address + path, urlencode(form).encode(), {"Accept": "text/html", **headers})  # noqa: S310
        return self._ask(request)

    def token(self, path: str = "/sign-in") -> str:
        return self.get(path).text.partition('data-token="')[2].partition('"')[0]

    def _ask(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=300) as answer:
                return Answer(answer.status, dict(answer.headers.items()), answer.read().decode())
        except HTTPError as error:
            return Answer(error.code, dict(error.headers.items()), error.read().decode())


def archive_of(path: Path, documents: Sequence[CodedDocument]) -> Path:
    """Make an archive of documents."""
    with Archive.open(path, write=True) as archive, archive.batch():
        edition = archive.add_edition(EDITION)
        run = archive.begin_run(edition, "{}", "2024-05-01T00:00:00+00:00")
        for document in documents:
            archive.add(document, edition, run)
    with Archive.open(path, write=True) as archive:
        link(archive)
    return path


@contextmanager
def served(archive: Path, *, password: str | None = None, read_only: bool = False) -> Iterator[str]:
    """Serve an archive; yield the address."""
    app = app_of(archive, Work(account, correct), password=password, read_only=read_only, hosts=hosts_of("127.0.0.1"))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
