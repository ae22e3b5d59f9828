"""Members of a ZIP archive whose list of members is lost, found by the header before each of them."""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from byline.ingest.limits import Readable, Stretch

_HEADER = struct.Struct("<4sHHHHHLLLHH")
_MAGIC = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 0x1, 0x800  # bits of the flags
_PIECE = 1 << 16


def unlisted(stream: BinaryIO) -> Iterator[tuple[str, Readable]]:
    """Yield name and content of each member that is neither encrypted nor packed in a rare way, in order.

    The next one is looked for behind what was read of the one before.
    """
    at = 0
    while (start := _find(stream, at)) is not None:
        stream.seek(start)
        head = stream.read(_HEADER.size)
        if len(head) < _HEADER.size:
            return
        _, _, flags, packing, _, _, _, size, _, name_length, extra_length = _HEADER.unpack(head)
        name = stream.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        at = start + _HEADER.size + name_length + extra_length
        if flags & _ENCRYPTED or packing not in {_STORED, _DEFLATED} or name.endswith("/"):
            continue
        content = Stretch(stream, at, size) if packing == _STORED else _Inflated(stream, at)
        yield name, content
        at = max(at, content.end)


def _find(stream: BinaryIO, at: int) -> int | None:
    stream.seek(at)
    buffer = b""
    while piece := stream.read(_PIECE):
        buffer += piece
        found = buffer.find(_MAGIC)
        if found >= 0:
            return at + found
        at += len(buffer) - len(_MAGIC) + 1
        buffer = buffer[-len(_MAGIC) + 1 :]
    return None


class _Inflated:
    """A member's bytes, unpacked; `end` is where the bytes that were used end. EOFError where they are cut off."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream, self.end = stream, start
        self._unpacking = zlib.decompressobj(-zlib.MAX_WBITS)

    def read1(self, size: int) -> bytes:
        data = b""
        while not data and not self._unpacking.eof:
            data = self._unpacking.decompress(self._unpacking.unconsumed_tail or self._packed(), size)
            self.end -= len(self._unpacking.unused_data)
        return data

    def _packed(self) -> bytes:
        self._stream.seek(self.end)
        data = self._stream.read(_PIECE)
        if not data:
            raise EOFError("it is cut off")
        self.end += len(data)
        return data
