"""Real servers on this machine, for tests of what is fetched and sent."""

import gzip
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import MappingProxyType
from typing import NamedTuple

HERE = "127.0.0.1"


class Reply(NamedTuple):
    """What a server answers: status, fields, body."""

    status: int = 200
    head: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""


Answering = Reply | Callable[[dict[str, str]], Reply]


class Site:
    """A server of the web: what it answers by path, and what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, Answering] = {}
        self.asked: list[str] = []
        self.heads: list[dict[str, str]] = []

    def put(self, path: str, body: str | bytes, status: int = 200, **head: str) -> str:
        """Have something at a path, and return its address."""
        fields = {name.replace("_", "-"): value for name, value in head.items()}
        self.pages[path] = Reply(status, fields, body.encode() if isinstance(body, str) else body)
        return self.url + path


@contextmanager
def site(host: str = HERE) -> Iterator[Site]:
    """Yield a server that runs until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            head = {name.lower(): value for name, value in self.headers.items()}
            found.heads.append(head)
            page = found.pages.get(self.path, Reply(404))
            status, fields, body = page if isinstance(page, Reply) else page(head)
            self.send_response(status)
            for name, value in fields.items():
                self.send_header(name, value)
            if "Content-Length" not in fields:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer((host, 0), Handler)
    found = Site(f"http://{host}:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def closed_port() -> Iterator[int]:
    """Yield a port of this machine where nobody listens, and where no other test can meanwhile."""
    with socket.socket() as held:
        held.bind((HERE, 0))
        yield held.getsockname()[1]


class Time:
    """A clock that moves when somebody waits; `waited` are the seconds of each wait."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)
        self.waited: list[float] = []

    def clock(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)


def bomb(size: int) -> bytes:
    """Return a gzip body that unpacks to so many bytes."""
    return gzip.compress(bytes(size))
