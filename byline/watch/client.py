"""One request to one server: bounded in time and size, to an address that may be asked, nothing followed.

httpcore lets its user make the connections: here they go to the address that was judged, while the certificate and
the Host field stay those of the name.
"""

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from ssl import SSLContext
from typing import Any, NamedTuple

import httpcore

from byline.errors import FetchError
from byline.ingest.containers import transfer
from byline.watch.addresses import Resolver, allowed, resolve


class Answer(NamedTuple):
    """What a server says: status, fields by their names in small letters, and the body, unpacked."""

    status: int
    head: Mapping[str, str]
    body: bytes


class Client:
    """Asks servers; a request may take `seconds` in all, and its body `most` bytes, packed or not.

    `private` are hosts that may have addresses of the user's own network.
    """

    def __init__(
        self, agent: str, seconds: float, most: int, private: Collection[str] = (), resolver: Resolver = resolve
    ) -> None:
        self._agent, self._seconds, self._most = agent, seconds, most
        self._network = _Network(private, resolver)
        self._pool = httpcore.ConnectionPool(network_backend=self._network, max_keepalive_connections=0)

    def get(self, url: str, head: Mapping[str, str] = {}) -> Answer:
        """Return what the server answers, whatever its status; FetchError if it does not, or too slow or too much."""
        fields = {
            "User-Agent": self._agent,
            "Accept-Encoding": "gzip, deflate, br",
            **head,
        }
        self._network.deadline = time.monotonic() + self._seconds
        try:
            with self._pool.stream("GET", url, headers=_encoded(fields)) as found:
                raw = self._read(found.iter_stream())
                return self._answer(found.status, found.headers, raw)
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise FetchError(f"The server takes more than {self._seconds:g} seconds.", again=True) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchError(f"The server does not answer as it should ({_line(error)}).", again=True) from error

    def _read(self, parts: Iterable[bytes]) -> bytes:
        body = bytearray()
        for part in parts:
            body += part
            self._check(len(body))
        return bytes(body)

    def _answer(self, status: int, fields: Iterable[tuple[bytes, bytes]], raw: bytes) -> Answer:
        head: dict[str, str] = {}
        for name, value in fields:
            head.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
        packed = {name: value for name, value in head.items() if name != "transfer-encoding"}  # undone already
        found = transfer.payload(transfer.Response(status, packed, raw))
        if found.wrong:
            raise FetchError(f"What the server sends cannot be read: {found.wrong}.", again=True)
        self._check(len(found.data))
        return Answer(status, head, found.data)

    def _check(self, size: int) -> None:
        if size > self._most:
            raise FetchError(f"It has more than {self._most:,} bytes. Allow more with `megabytes` if it is to be read.")


class _Network(httpcore.NetworkBackend):
    """Makes connections to addresses that may be asked; nothing on them goes on after `deadline`, a monotonic time."""

    def __init__(self, private: Collection[str], resolver: Resolver) -> None:
        self._private, self._resolver = private, resolver
        self._plain = httpcore.SyncBackend()
        self.deadline = 0.0

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 -- the deadline is for all
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        found = allowed(host, port, self._private, self._resolver)
        for number, address in enumerate(found, 1):
            try:
                stream = self._plain.connect_tcp(address, port, self.left(), local_address, socket_options)
            except httpcore.NetworkError:
                if number == len(found):
                    raise
            else:
                return _Stream(stream, self.left)
        raise OSError(f"{host} has no address")

    def left(self) -> float:
        """Return the seconds that are left; TimeoutError if there are none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Stream(httpcore.NetworkStream):
    """A connection each step of which has the time that is left for all of them."""

    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream, self._left = stream, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 -- the deadline is for all
        return self._stream.read(max_bytes, self._left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 -- as above
        self._stream.write(buffer, self._left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 -- as above
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._left()), self._left)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 -- as its base has it
        return self._stream.get_extra_info(info)


def _encoded(fields: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Return fields as they are sent: what a server calls its versions goes back as it came, whatever it is."""
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in fields.items()]


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
