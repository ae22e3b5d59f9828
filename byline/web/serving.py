"""The server: processes that share one socket, until the first of them ends."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import uvicorn

from byline.errors import ConfigurationError
from byline.web.app import Work, app_of
from byline.web.safety import hosts_of

_MOST = 4  # processes
_IDLE = 60  # seconds that a connection is kept for who reads before asking again


class Serving(NamedTuple):
    """What is served where; `names` are those of this machine, besides its address, `port` 0 is any that is free."""

    archive: Path
    work: Work
    host: str
    port: int
    names: tuple[str, ...] = ()
    password: str | None = None
    read_only: bool = False


def run(serving: Serving, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `say` gets the address once it can be called.

    ConfigurationError if there is no such archive or nobody can listen there.
    """
    hosts = hosts_of(serving.host, serving.names)
    app = app_of(serving.archive, serving.work, read_only=serving.read_only, password=serving.password, hosts=hosts)
    app.state.readers.warm()
    listening = _listening(serving.host, serving.port)
    shown = f"[{serving.host}]" if ":" in serving.host else serving.host
    say(f"http://{shown}:{listening.getsockname()[1]}/")
    config = uvicorn.Config(
        app, log_level="warning", server_header=False, timeout_graceful_shutdown=1, timeout_keep_alive=_IDLE
    )
    with _others(config, listening):
        uvicorn.Server(config).run(sockets=[listening])


@contextmanager
def _others(config: uvicorn.Config, listening: socket.socket) -> Iterator[None]:
    """Have more processes serve meanwhile, one a core; they end when this one does, however it does.

    They are copies of this one, so that all know the sessions of all: elsewhere than on Linux, copies are not safe.
    """
    ending, held = os.pipe()
    more = min(len(os.sched_getaffinity(0)), _MOST) - 1 if sys.platform == "linux" else 0
    others = [get_context("fork").Process(target=_serve, args=(config, listening, ending, held)) for _ in range(more)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        os.close(held)
        for other in others:
            other.join()


def _serve(config: uvicorn.Config, listening: socket.socket, ending: int, held: int) -> None:
    """Serve until nobody holds the other end of a pipe."""
    os.close(held)
    server = uvicorn.Server(config)

    def end() -> None:
        os.read(ending, 1)
        server.should_exit = True

    Thread(target=end, daemon=True).start()
    server.run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        reason = error.strerror or error
        raise ConfigurationError(f"{host}:{port} cannot be listened on ({reason}). Choose another --port.") from error
