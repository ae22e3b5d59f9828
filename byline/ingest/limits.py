"""Bounds on what a hostile file may unpack to, and a stream that ends where the bytes are damaged."""

import io
import lzma
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol

import zstandard

from byline import knowledge
from byline.errors import DocumentError

_UNPACKING = knowledge.load("files.toml")["unpacking"]
FREE: int = _UNPACKING["free"]
RATIO: int = _UNPACKING["ratio"]
SPOOLED: int = _UNPACKING["spooled"]
BUFFER = 8192  # bytes: what recognition looks at
# What libraries raise where bytes do not hold; NotImplementedError is a packing that the library does not know.
DAMAGE = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zstandard.ZstdError,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
)


class Meter:
    """How many bytes may still be unpacked from one file, all that stands inside of each other taken together."""

    def __init__(self, size: int) -> None:
        self.left = FREE + RATIO * size

    def spend(self, size: int) -> None:
        """Take bytes off; DocumentError if that is more than the file's size allows."""
        self.left -= size
        self.check()

    def check(self) -> None:
        """DocumentError if more was unpacked than the file's size allows."""
        if self.left < 0:
            raise DocumentError(
                f"It unpacks to more than {RATIO} times its size, as files do that are made to fill a disk. "
                "If you trust it, unpack it first."
            )


def meter_of(stream: BinaryIO) -> Meter:
    """Return the meter that a stream is read by; the file's size makes a new one."""
    known = getattr(stream, "meter", None)
    if isinstance(known, Meter):
        return known
    start = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(start)
    return Meter(size)


class _Guard(io.RawIOBase):
    """Bytes as they are unpacked: counted, whole buffers at a time, at an end where they are damaged."""

    def __init__(self, stream: "Readable", meter: Meter, *, outermost: bool) -> None:
        self._stream, self._meter, self._outermost = stream, meter, outermost
        self.count = 0
        self.damage: str | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # the only buffer that BufferedReader gives
        filled = 0
        while filled < len(buffer) and (data := self._next(len(buffer) - filled)):
            buffer[filled : filled + len(data)] = data
            filled += len(data)
        self.count += filled
        return filled

    def _next(self, size: int) -> bytes:
        """Return what one step unpacks, so that damage costs no more than the step that meets it."""
        if self.damage:
            return b""
        try:
            data = self._stream.read1(size)
        except DAMAGE as error:
            self.damage = str(error).rstrip(".") or type(error).__name__
            return b""
        if self._outermost:
            self._meter.left += RATIO * len(data)
        else:
            self._meter.spend(len(data))
        return data


class Stretch:
    """The bytes of a stream from one place on; `end` is where those that were read end.

    It can be read by `Unpacked` alone. EOFError where there are fewer bytes than there should be.
    """

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        self._stream, self.end, self._left = stream, start, size

    def read1(self, size: int) -> bytes:
        """Return the next bytes, b"" at the end of the stretch."""
        size = min(size, self._left)
        if not size:
            return b""
        self._stream.seek(self.end)
        data = self._stream.read(size)
        if not data:
            raise EOFError("it is cut off")
        self.end += len(data)
        self._left -= len(data)
        return data


class Readable(Protocol):
    """What `Unpacked` reads: each call gives what one step unpacks."""

    def read1(self, size: int, /) -> bytes: ...


class Unpacked(io.BufferedReader):
    """A stream that is read once, from its beginning to its end.

    Where the bytes are damaged it ends, and `damage` says why. DocumentError while reading where it
    grows beyond its meter. `outermost`: the bytes come from outside, and what stands inside may grow with them.
    """

    def __init__(self, stream: Readable, meter: Meter, *, outermost: bool = False) -> None:
        self._guard = _Guard(stream, meter, outermost=outermost)
        self.meter = meter
        super().__init__(self._guard, BUFFER)

    @property
    def damage(self) -> str | None:
        """Why the stream ended before its end; None while nothing is wrong."""
        return self._guard.damage

    @property
    def count(self) -> int:
        """How many bytes were unpacked."""
        return self._guard.count


def damage_of(stream: BinaryIO) -> str | None:
    """Return why a stream ended early, if it did."""
    return stream.damage if isinstance(stream, Unpacked) else None


@contextmanager
def seekable(stream: BinaryIO) -> Iterator[BinaryIO]:
    """Give a stream in which one can go back: itself, or a copy on disk that is gone afterwards.

    DocumentError if the copy would be too large.
    """
    if stream.seekable():
        yield stream
        return
    with TemporaryFile() as copy:
        shutil.copyfileobj(_Bounded(stream), copy)
        copy.seek(0)
        yield copy


class _Bounded:
    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._left = stream, SPOOLED

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError(f"It has more than {SPOOLED:,} bytes and stands in another file. Unpack that first.")
        return data
