"""One file packed by gzip, bzip2, xz or Zstandard: unpacked as it is read, under the same name.

Where it is damaged or cut off, what stands before is read, and a Failure says how far it went.
"""

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import zstandard

from byline.ingest.facts import Failure
from byline.ingest.formats import packing_of
from byline.ingest.limits import Unpacked, meter_of
from byline.ingest.source import Options, Source

_WINDOW = 1 << 27  # bytes: what the format lets a reader refuse
_OPENERS: dict[str, Callable[[BinaryIO], Any]] = {
    "gzip": lambda stream: gzip.GzipFile(fileobj=stream),
    "bzip2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
    "zstd": lambda stream: zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(
        stream, read_across_frames=True
    ),
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
