"""Web archives for tests, written byte by byte; the places and papers in them are invented."""

import gzip
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO, RawIOBase

import zstandard

from byline.ingest.facts import Facts
from byline.ingest.source import Options, Source
from byline.records import Failure, Origin

Reader = Callable[[Source, Options], Iterator[Source | Failure]]
USUAL = Options()
HTML = b"<html><body><h1>Ferry strike in Port Ansel</h1><p>Crews in Port Ansel struck on Monday.</p></body></html>"


def http(body: bytes = HTML, *, status: str = "200 OK", head: Sequence[str] = ("Content-Type: text/html",)) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *head, "", ""]).encode() + body


def record(
    block: bytes, *, kind: str = "response", url: str = "https://gazette.example/1", head: Sequence[str] = ()
) -> bytes:
    lines = [f"WARC-Type: {kind}", f"WARC-Target-URI: {url}", "WARC-Date: 2011-05-06T07:08:09Z", *head]
    return "\r\n".join(["WARC/1.0", *lines, f"Content-Length: {len(block)}", "", ""]).encode() + block + b"\r\n\r\n"


def page(number: int) -> bytes:
    """Return a response of its own length and words."""
    words = " ".join(f"The {number}th vessel left quay {n * number % 97}." for n in range(20 + number))
    block = http(f"<html><body><p>{words}</p></body></html>".encode())
    head = ["Content-Type: application/http; msgtype=response"]
    return record(block, url=f"https://gazette.example/{number}", head=head)


def source(data: bytes, name: str = "crawl") -> Source:
    return Source(name, BytesIO(data), Facts(), Origin(container=name))


class Pipe(RawIOBase):
    """Bytes that come once, in small pieces, and cannot be sought back."""

    def __init__(self, data: bytes) -> None:
        self._stream = BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # it is called with nothing else
        data = self._stream.read(min(len(buffer), 1000))
        buffer[: len(data)] = data
        return len(data)


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(data)


def by_record(pack: Callable[[bytes], bytes]) -> Callable[[Sequence[bytes]], bytes]:
    return lambda records: b"".join(pack(r) for r in records)


def as_one(pack: Callable[[bytes], bytes]) -> Callable[[Sequence[bytes]], bytes]:
    return lambda records: pack(b"".join(records))


def zstd_with_dictionary(records: Sequence[bytes], *, packed: bool = False) -> bytes:
    """Return records in frames that need the dictionary before them, as wget-at writes them."""
    samples = [page(n) for n in range(200)]
    dictionary = zstandard.train_dictionary(4000, samples)
    words = zstd(dictionary.as_bytes()) if packed else dictionary.as_bytes()
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    frames = b"".join(compressor.compress(r) for r in records)
    return (0x184D2A5D).to_bytes(4, "little") + len(words).to_bytes(4, "little") + words + frames


PACKINGS: dict[str, Callable[[Sequence[bytes]], bytes]] = {
    "plain": b"".join,
    "a gzip member a record": by_record(lambda data: gzip.compress(data, mtime=0)),
    "one gzip member": as_one(lambda data: gzip.compress(data, mtime=0)),
    "a Zstandard frame a record": by_record(zstd),
    "one Zstandard frame": as_one(zstd),
    "a Zstandard dictionary": zstd_with_dictionary,
    "a packed Zstandard dictionary": lambda records: zstd_with_dictionary(records, packed=True),
}


def pages(read: Reader, data: bytes, options: Options = USUAL) -> list[Source]:
    return [m for m in read(source(data), options) if isinstance(m, Source)]


def failures(read: Reader, data: bytes, options: Options = USUAL) -> list[Failure]:
    return [m for m in read(source(data), options) if isinstance(m, Failure)]
