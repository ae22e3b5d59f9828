"""Lines of a stream, each with the place where it stands, in constant memory whatever their length."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from byline.ingest.formats import head_of
from byline.ingest.source import LARGEST

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_wide(stream: BinaryIO) -> bool:
    """Whether a stream is text in UTF-16, as spreadsheets and shells of Windows write it."""
    return head_of(stream).startswith(_WIDE)


class Lines(Iterator[bytes]):
    """The lines of a stream in UTF-8 or another extension of ASCII, without a byte order mark.

    `at` is where the next one begins, in bytes of the stream if `exact`, else as UTF-8. A line of more than
    `LARGEST` bytes comes in pieces.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.exact = not is_wide(stream)
        self._stream = stream if self.exact else codecs.EncodedFile(stream, "utf-8", "utf-16", "replace")
        self.at = 0

    def __next__(self) -> bytes:
        line = self._stream.readline(LARGEST)
        if not line:
            raise StopIteration
        start, self.at = self.at, self.at + len(line)
        return line if start else line.removeprefix(codecs.BOM_UTF8)

    def read(self, size: int) -> bytes:
        """Return the bytes that come next, whatever lines they are in."""
        data = self._stream.read(size)
        start, self.at = self.at, self.at + len(data)
        return data if start else data.removeprefix(codecs.BOM_UTF8)
