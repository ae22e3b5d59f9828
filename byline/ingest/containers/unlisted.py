"""Members of a ZIP archive whose list of members is lost, found by the header before each of them."""

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

_HEADER = struct.Struct("<4sHHHHHLLLHH")
_MAGIC = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8 = 0x1, 0x800  # bits of the flags
_PIECE = 1 << 16


def unlisted(stream: BinaryIO) -> Iterator[tuple[str, BinaryIO]]:
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
        content = _Content(stream, at, size if packing == _STORED else None)
        yield name, content  # type: ignore[misc] # as much of a stream as is read
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


class _Content(io.RawIOBase):
    """A member's bytes, unpacked; `end` is where the bytes that were used end. EOFError where they are cut off."""

    def __init__(self, stream: BinaryIO, start: int, size: int | None) -> None:
        self._stream, self.end, self._left = stream, start, size
        self._unpacking = zlib.decompressobj(-zlib.MAX_WBITS)

    def read1(self, size: int) -> bytes:
        return self._unpacked(size) if self._left is None else self._stored(size, self._left)

    def _stored(self, size: int, left: int) -> bytes:
        data = self._taken(min(size, left)) if left else b""
        self._left = left - len(data)
        return data

    def _unpacked(self, size: int) -> bytes:
        data = b""
        while not data and not self._unpacking.eof:
            packed = self._unpacking.unconsumed_tail or self._taken(_PIECE)
            data = self._unpacking.decompress(packed, size)
            self.end -= len(self._unpacking.unused_data)
        return data

    def _taken(self, size: int) -> bytes:
        self._stream.seek(self.end)
        data = self._stream.read(size)
        if not data:
            raise EOFError("it is cut off")
        self.end += len(data)
        return data
