"""A packed stream as its pieces: gzip members, Zstandard frames, or the bytes as they are.

A piece that is damaged or cut does not end the stream: the next one that opens as it should is looked for.
Nothing is sought back, so a pipe is read as well as a file, and no more than two megabytes are held.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple

import zstandard
from zlib_ng import zlib_ng

from byline.ingest.source import LARGEST

Opens = Callable[[bytes | bytearray], bool]  # whether unpacked bytes begin as a piece of this kind of file should
OPENING = 64  # unpacked bytes that tell how a piece opens
_READ = 1 << 16
_BACK = 1 << 20  # bytes kept behind: damage is noticed within a few thousand, a new piece is looked for from its start
_EXPANSION = 500  # times that a piece may grow once it is larger than any page; pages of text grow tenfold
_WIDEST = 1 << 27  # bytes that a Zstandard frame may ask to be kept, the library's own default
_CHECKS = {"data check": 5, "length check": 1, "checksum": 0}  # words of zlib and Zstandard about the end of a piece
_GZIPPED = b"\x1f\x8b"
_FRAME = b"\x28\xb5\x2f\xfd"
_DICTIONARY = 0x184D2A5D  # the frame of a .warc.zst that holds its dictionary
_SKIPPED = range(0x184D2A50, 0x184D2A60)


class Chunk(NamedTuple):
    """Unpacked bytes: `start` is where their piece begins in the file, `end`, with the last ones, where it ends."""

    start: int
    data: bytes
    opens: bool
    end: int | None


class Break(NamedTuple):
    """A piece that cannot be unpacked: where it begins, where that is noticed, where the next one begins."""

    start: int
    noticed: int
    resumes: int
    why: str


class Packing(NamedTuple):
    """How a stream is packed: how a piece begins, what unpacks it, and what that raises."""

    name: str
    magic: re.Pattern[bytes]
    unpacker: Callable[[], Any]
    error: type[Exception]
    opening: Callable[[bytes], bytes]  # the first unpacked bytes of a piece, none if it is damaged there
    slice: int  # packed bytes that are unpacked in one go: what they can grow to fits into memory
    trial: int  # packed bytes that show how a piece opens


class Window:
    """What is ahead in a stream, and the last of what is behind."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._data, self._first, self.at = stream, bytearray(), 0, 0

    def ahead(self, size: int) -> bytes:
        """Return the next bytes, up to `size`; fewer at the end of the stream only."""
        begin = self.at - self._first
        while len(self._data) - begin < size and (more := self._stream.read(_READ)):
            self._data += more
        return bytes(memoryview(self._data)[begin : begin + size])

    def advance(self, size: int) -> None:
        self.at += size
        if self.at - self._first > 2 * _BACK:
            gone = self.at - self._first - _BACK
            del self._data[:gone]
            self._first += gone

    def skip(self, size: int) -> None:
        """Pass over bytes, as many of them as there are."""
        while size and (there := len(self.ahead(min(size, _READ)))):
            self.advance(there)
            size -= there

    def back_to(self, position: int) -> None:
        self.at = max(position, self._first)


def packing_of(window: Window, opens: Opens) -> Packing | None:
    """Return how what is ahead is packed, None if it is not; where the first bytes are damaged, a later piece tells."""
    head = window.ahead(OPENING)
    if head.startswith(_FRAME) or int.from_bytes(head[:4], "little") in _SKIPPED:
        return _zstd(window)
    if head.startswith(_GZIPPED):
        return _GZIP
    if opens(head):
        return None
    ahead = window.ahead(_BACK)
    packings = (_GZIP, _zstd(window))
    return next(
        (p for p in packings if any(_opens(p, ahead[m.start() :], opens) for m in p.magic.finditer(ahead))), None
    )


def pieces(window: Window, packing: Packing | None, opens: Opens) -> Iterator[Chunk | Break]:
    """Yield what is ahead, unpacked, and a Break for each piece that is damaged."""
    if packing:
        yield from _packed(window, packing, opens)
        return
    while data := window.ahead(_READ):
        yield Chunk(0, data, window.at == 0, None)
        window.advance(len(data))


def _zstd(window: Window) -> Packing:
    """Return how Zstandard is unpacked, with the dictionary that a .warc.zst begins with."""
    found = None
    head = window.ahead(8)
    if int.from_bytes(head[:4], "little") == _DICTIONARY:
        size = int.from_bytes(head[4:], "little")
        words = window.ahead(8 + min(size, LARGEST))[8:]
        window.skip(8 + size)
        found = _dictionary(words)
    whole = zstandard.ZstdDecompressor(dict_data=found, max_window_size=_WIDEST)
    return Packing(
        "Zstandard frame",
        re.compile(re.escape(_FRAME)),
        whole.decompressobj,
        zstandard.ZstdError,
        lambda data: whole.stream_reader(data).read(OPENING),
        slice=1 << 10,
        trial=1 << 18,  # a block is unpacked as a whole
    )


def _dictionary(words: bytes) -> zstandard.ZstdCompressionDict | None:
    """Return a dictionary, which may be packed itself; none if it is damaged: each frame that needs it is a Break."""
    try:
        plain = zstandard.ZstdDecompressor().stream_reader(words).read(LARGEST) if words.startswith(_FRAME) else words
        found = zstandard.ZstdCompressionDict(plain)
        zstandard.ZstdDecompressor(dict_data=found)
    except zstandard.ZstdError:
        return None
    return found


_GZIP = Packing(
    "gzip member",
    re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"),
    lambda: zlib_ng.decompressobj(wbits=31),
    zlib_ng.error,  # type: ignore[arg-type] # its stub takes the class for one of its errors
    lambda data: zlib_ng.decompressobj(wbits=31).decompress(data, OPENING),
    slice=1 << 15,
    trial=1 << 10,
)


def _packed(window: Window, packing: Packing, opens: Opens) -> Iterator[Chunk | Break]:
    while head := window.ahead(10):
        if packing.magic.match(head):
            yield from _piece(window, packing, opens)
        elif not head[0]:  # tapes and some writers fill up with zeros
            data = window.ahead(_READ)
            window.advance(len(data) - len(data.lstrip(b"\0")))
        elif int.from_bytes(head[:4], "little") in _SKIPPED:
            window.skip(8 + int.from_bytes(head[4:8], "little"))
        else:
            start = window.at
            yield Break(start, start, _next(window, packing, opens, start), f"no {packing.name} begins there")


def _piece(window: Window, packing: Packing, opens: Opens) -> Iterator[Chunk | Break]:
    start, unpacker, held, size, opening = window.at, packing.unpacker(), b"", 0, True
    while data := window.ahead(packing.slice):
        before = _copy(unpacker, packing, fresh=window.at == start)
        try:
            words = unpacker.decompress(data)
        except packing.error as error:
            words, used = _until_error(before, data, packing)
            if held + words:
                yield Chunk(start, held + words, opening, None)
            why, more = _told(error, packing)
            noticed = window.at + used + more
            yield Break(start, noticed, _next(window, packing, opens, start), why)
            return
        window.advance(len(data) - len(unpacker.unused_data))
        held, size = held + words, size + len(words)
        if unpacker.eof:
            yield Chunk(start, held, opening, window.at)
            return
        if size > max(LARGEST, _EXPANSION * (window.at - start)):
            noticed = window.at
            why = f"the {packing.name} grows to more than {_EXPANSION} times its size"
            yield Break(start, noticed, _next(window, packing, opens, noticed - 1), why)
            return
        if len(held) >= OPENING:
            yield Chunk(start, held, opening, None)
            held, opening = b"", False
    if held:
        yield Chunk(start, held, opening, None)
    noticed = window.at
    yield Break(start, noticed, _next(window, packing, opens, start), f"the {packing.name} is cut off")


def _copy(unpacker: Any, packing: Packing, *, fresh: bool) -> Any:  # noqa: ANN401 -- untyped libraries
    """Return an unpacker in the same state, to go back to; Zstandard has none but a fresh one."""
    if fresh:
        return None
    return unpacker.copy() if packing is _GZIP else unpacker


def _told(error: Exception, packing: Packing) -> tuple[str, int]:
    """Say what is wrong with a piece, and how many bytes end it behind the one where that is seen."""
    trailer = next((size for words, size in _CHECKS.items() if words in str(error)), None)
    if trailer is None:
        return f"the {packing.name} cannot be unpacked", 0
    return f"the checksum of the {packing.name} does not hold", trailer


def _until_error(before: Any, data: bytes, packing: Packing) -> tuple[bytes, int]:  # noqa: ANN401 -- untyped libraries
    """Return what can be unpacked before the damage, and how many bytes hold it."""
    unpacker, words = before or packing.unpacker(), []
    for at in range(len(data)):
        try:
            words.append(unpacker.decompress(data[at : at + 1]))
        except packing.error:
            return b"".join(words), at
    return b"".join(words), len(data)


def _next(window: Window, packing: Packing, opens: Opens, after: int) -> int:
    """Go on to the first piece behind a position that opens as it should, or to the end; return where that is."""
    window.back_to(after + 1)
    while head := window.ahead(_READ + packing.trial):
        last = len(head) < _READ + packing.trial
        for found in packing.magic.finditer(head, 0, len(head) if last else _READ + 4):
            if _opens(packing, head[found.start() :], opens):
                window.advance(found.start())
                return window.at
        window.advance(len(head) if last else _READ)
    return window.at


def _opens(packing: Packing, data: bytes, opens: Opens) -> bool:
    try:
        return opens(packing.opening(data[: packing.trial]))
    except packing.error:
        return False
