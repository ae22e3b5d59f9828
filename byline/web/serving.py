"""The server: one process, on a socket of its own, until it is told to end."""

import socket
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import uvicorn

from byline.errors import ConfigurationError
from byline.web.app import Work, app_of
from byline.web.safety import hosts_of


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
    listening = _listening(serving.host, serving.port)
    shown = f"[{serving.host}]" if ":" in serving.host else serving.host
    say(f"http://{shown}:{listening.getsockname()[1]}/")
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        reason = error.strerror or error
        raise ConfigurationError(f"{host}:{port} cannot be listened on ({reason}). Choose another --port.") from error
