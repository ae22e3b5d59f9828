"""A stream that can be sought back, whatever it comes from."""

from tempfile import TemporaryFile
from typing import BinaryIO

from byline.errors import DocumentError

LARGEST_SPOOL = 20_000_000_000  # bytes of what comes through a pipe and must be sought in
_STEP = 1 << 20


def seekable(stream: BinaryIO) -> BinaryIO:
    """Return the stream itself, or a temporary file with all that it still holds, which goes when it is closed.

    DocumentError if that is more than `LARGEST_SPOOL`.
    """
    if stream.seekable():
        return stream
    spool = TemporaryFile()  # noqa: SIM115 -- its reader closes it
    left = LARGEST_SPOOL
    while data := stream.read(_STEP):
        left -= len(data)
        if left < 0:
            spool.close()
            raise DocumentError(
                f"Standard input has more than {LARGEST_SPOOL:,} bytes in a format that is read from its end. "
                "Save it as a file, and give its path."
            )
        spool.write(data)
    spool.seek(0)
    return spool
