"""The records of a web archive, one after the other, and the way to the next one behind damage.

A record is a head, which says how long its block is, the block, and an end. Where the end is not where the head
says it is, the next head is looked for, and what lies before it is lost: nothing is guessed from half a record.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, NamedTuple

from byline.ingest.containers.unpacking import OPENING, Break, Chunk, Opens, Window, packing_of, pieces
from byline.ingest.source import LARGEST

_HEAD = 1 << 16  # bytes of the longest head
_STRADDLES = 512  # bytes kept while looking for a head that two chunks may share
_WRONG = "the record is to have {:,} bytes by its head, and does not end behind them"
_BLANK = re.compile(rb"[\r\n]*")


class Head(NamedTuple):
    """The head of a record: its fields, the bytes that it takes, and the bytes of the block behind it."""

    fields: Mapping[str, str]
    size: int
    length: int


class Grammar(NamedTuple):
    """How the records of a kind of archive begin and end.

    `head` reads the head at the beginning of bytes, None if there is none; `opens` tells its first line,
    `following` finds that behind other bytes; `end` is what stands behind a block.
    """

    head: Callable[[bytes | bytearray], Head | None]
    opens: Opens
    following: re.Pattern[bytes]
    end: bytes


class Stored(NamedTuple):
    """A record as it is stored.

    `start` is where it begins in the file, `length` the bytes that it takes there. One that shares a packed piece with
    others has where the piece begins, how far `inside` of it, unpacked, it begins, and no length.
    `block` is its beginning only if it is not `whole`, which no record larger than a page is.
    """

    fields: Mapping[str, str]
    block: bytes
    start: int
    inside: int | None
    length: int | None
    whole: bool = True


class Lost(NamedTuple):
    """Bytes that cannot be read: in the file, or `inside` of what is packed in the piece that starts there."""

    start: int
    inside: int | None
    length: int
    why: str


def records(stream: BinaryIO, grammar: Grammar) -> Iterator[Stored | Lost]:
    """Yield all records of a stream, plain or packed, in their order, and a Lost for all bytes that belong to none."""
    window = Window(stream)
    packing = packing_of(window, grammar.opens)
    chunks = _Chunks(pieces(window, packing, grammar.opens))
    while following := chunks.following:
        if isinstance(following, Break):
            gap = chunks.take_break()
            yield Lost(gap.start, None, gap.resumes - gap.start, gap.why)
        elif packing and (alone := _alone(following, grammar)):
            chunks.take()
            yield alone
        else:
            yield from _Stretch(chunks, grammar, packed=packing is not None).records()


def _alone(chunk: Chunk, grammar: Grammar) -> Stored | None:
    """Return the record of a piece that is one record and no more, as most are: the quick way, with nothing copied."""
    if not chunk.opens or chunk.end is None or not chunk.data.endswith(grammar.end):
        return None
    head = grammar.head(chunk.data)
    size = len(chunk.data) - len(grammar.end)
    if not head or head.size + head.length != size or head.length > LARGEST:
        return None
    return Stored(head.fields, chunk.data[head.size : size], chunk.start, None, chunk.end - chunk.start)


class _Chunks:
    """The pieces of a stream, with the one that follows in sight."""

    def __init__(self, found: Iterator[Chunk | Break]) -> None:
        self._found = found
        self.following = next(found, None)

    def take(self) -> Chunk:
        assert isinstance(self.following, Chunk)
        taken, self.following = self.following, next(self._found, None)
        return taken

    def take_break(self) -> Break:
        assert isinstance(self.following, Break)
        taken, self.following = self.following, next(self._found, None)
        return taken


class _Stretch:
    """Bytes without a gap in which records follow each other: a piece of its own for each, or a whole file."""

    def __init__(self, chunks: _Chunks, grammar: Grammar, *, packed: bool) -> None:
        self._chunks, self._grammar, self._packed = chunks, grammar, packed
        first = chunks.take()
        self._start, self._end = first.start, first.end
        self._bytes = bytearray(first.data)
        self._at = 0  # unpacked bytes before these
        self._gap: Break | None = None
        self._closed = self._cut = False

    def records(self) -> Iterator[Stored | Lost]:
        while self._fill(OPENING) or self._bytes:
            if blank := self._blank():
                self._drop(blank)
                continue
            head = self._head()
            if head is None:
                yield self._lost(self._at, 0, "no record begins there")
            elif head.length > LARGEST:
                yield self._large(head)
            else:
                yield self._record(head)
        if self._gap and (self._gap.resumes > self._gap.noticed or not self._cut):
            yield Lost(self._gap.noticed, None, self._gap.resumes - self._gap.noticed, self._gap.why)

    def _fill(self, size: int) -> bool:
        """Have that many bytes at hand, if there are so many without a gap."""
        while len(self._bytes) < size and not self._closed:
            following = self._chunks.following
            if isinstance(following, Chunk) and self._goes_on(following):
                self._bytes += following.data
                self._end = self._chunks.take().end
            else:
                self._closed = True
                if isinstance(following, Break) and self._end is None:
                    self._gap = self._chunks.take_break()
        return len(self._bytes) >= size

    def _goes_on(self, chunk: Chunk) -> bool:
        """Whether a chunk belongs to the record at hand; some writers cut pieces without a regard to records."""
        return not chunk.opens or (bool(self._bytes) and not self._grammar.opens(chunk.data))

    def _drop(self, size: int) -> None:
        del self._bytes[:size]
        self._at += size

    def _blank(self) -> int:
        found = _BLANK.match(self._bytes)
        return found.end() if found else 0

    def _head(self) -> Head | None:
        found = self._grammar.head(self._bytes)
        if found is None and self._grammar.opens(self._bytes) and len(self._bytes) < _HEAD:
            self._fill(_HEAD)
            found = self._grammar.head(self._bytes)
        return found

    def _record(self, head: Head) -> Stored | Lost:
        start, size = self._at, head.size + head.length
        if not self._fill(size) or not self._ends(size):
            return self._lost(start, head.size, _WRONG.format(head.length))
        with memoryview(self._bytes) as view:
            block = bytes(view[head.size : size])
        self._drop(size)
        return self._stored(start, head, block)

    def _large(self, head: Head) -> Stored | Lost:
        """Pass over a record that is no page; a head inside of it ends it, for nothing shows that its own is right."""
        start, left = self._at, head.length
        self._fill(head.size + _HEAD)
        block = bytes(memoryview(self._bytes)[head.size : head.size + _HEAD])
        self._drop(head.size)
        while left and self._fill(min(left, 2 * _STRADDLES)):
            if self._grammar.following.search(self._bytes, 0, left):
                break
            step = min(left, max(len(self._bytes) - _STRADDLES, _STRADDLES))
            self._drop(step)
            left -= step
        if left or not self._ends(0):
            return self._lost(start, 0, _WRONG.format(head.length))
        return self._stored(start, head, block, whole=False)

    def _stored(self, start: int, head: Head, block: bytes, *, whole: bool = True) -> Stored | Lost:
        size = self._at - start
        if not self._packed:
            return Stored(head.fields, block, start, None, size, whole)
        if start or not self._is_over():
            return Stored(head.fields, block, self._start, start, None, whole)
        if self._gap:
            return self._told(start, over=True, why=self._gap.why)
        assert self._end is not None  # what has neither a gap nor more to come has ended
        return Stored(head.fields, block, self._start, None, self._end - self._start, whole)

    def _is_over(self) -> bool:
        """Whether nothing but the end of a record is left."""
        while self._fill(1):
            self._drop(blank := self._blank())
            if not blank:
                return False
        return True

    def _ends(self, size: int) -> bool:
        """Whether a record ends there: with what ends all, at the end of all, or before another."""
        self._fill(size + _STRADDLES)
        rest = bytes(memoryview(self._bytes)[size : size + _STRADDLES])
        behind = rest.lstrip(b"\r\n")
        return rest.startswith(self._grammar.end) or not behind or self._grammar.opens(behind)

    def _lost(self, start: int, behind: int, why: str) -> Lost:
        """Go on to the next head, if there is one, and tell what is passed over."""
        behind = max(behind, 1)  # the first byte is that of the head which does not hold
        while not (found := self._grammar.following.search(self._bytes, behind)):
            gone = max(len(self._bytes) - _STRADDLES, 0)
            self._drop(gone)
            behind = max(behind - gone, 0)
            if not self._fill(len(self._bytes) + 1):
                break
        self._drop(found.start() if found else len(self._bytes))
        return self._told(start, over=not found, why=why)

    def _told(self, start: int, *, over: bool, why: str) -> Lost:
        if not self._packed:
            return Lost(start, None, self._at - start, why)
        self._cut = over
        if over and self._gap:
            why = self._gap.why
        if start or not over:
            return Lost(self._start, start, self._at - start, why)
        end = self._gap.resumes if self._gap else self._end
        self._gap = None
        assert end is not None  # as in _stored
        return Lost(self._start, None, end - self._start, why)
