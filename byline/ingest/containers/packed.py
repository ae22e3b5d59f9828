"""One file packed by gzip, bzip2, xz or Zstandard: unpacked as it is read, under the same name.

Where it is damaged or cut off, what stands before is read, and a Failure says how far it went.
"""

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import BinaryIO

import zstandard

from byline.ingest.formats import packing_of
from byline.ingest.limits import Readable, Unpacked, meter_of
from byline.ingest.source import Options, Source
from byline.records import Failure

_STEP = 512  # packed bytes of Zstandard at a time: they may stand for 16 MB, and no call limits what comes out
_WINDOW = 1 << 27  # bytes: what the format lets a reader refuse


class _Zstandard:
    """Zstandard, frame after frame. EOFError where the last one is cut off, which the library's own reader hides."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._packed, self._ready = stream, b"", BytesIO()
        self._frame: zstandard.ZstdDecompressionObj | None = None

    def read1(self, size: int) -> bytes:
        while not (data := self._ready.read(size)):
            packed = self._packed or self._stream.read(_STEP)
            if not packed and self._frame:
                raise EOFError("it is cut off")
            if not packed:
                return b""
            self._unpack(packed)
        return data

    def _unpack(self, packed: bytes) -> None:
        frame = self._frame or zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
        self._ready = BytesIO(frame.decompress(packed))
        self._packed, self._frame = (frame.unused_data, None) if frame.eof else (b"", frame)


_OPENERS: dict[str, Callable[[BinaryIO], Readable]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "zstd": _Zstandard,
}


def read(source: Source, options: Options) -> Iterator[Source | Failure]:  # noqa: ARG001 -- all readers have them
    """Yield what the packed file holds."""
    packing = packing_of(source.stream)
    stream = Unpacked(_OPENERS[packing](source.stream), meter_of(source.stream))
    yield source._replace(stream=stream, depth=source.depth + 1)
    if stream.damage:
        reason = (
            f"The {packing} data are damaged or cut off ({stream.damage}). "
            f"The {stream.count:,} bytes before that were read; get the file again for the rest."
        )
        yield Failure(source=source.name, reason=reason, kind="damaged")
