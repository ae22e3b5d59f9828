"""Connections to the archive, lent to one request at a time: what one has read is at hand for the next."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from byline.store import Archive

_KEPT = 16  # connections that wait for the next request


class Readers:
    """Lends connections for reading; ConfigurationError at once if there is no such archive."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._free: deque[Archive] = deque()
        Archive.open(path).close()

    @contextmanager
    def lent(self) -> Iterator[Archive]:
        """Lend a connection; it may pass from thread to thread meanwhile."""
        try:
            archive = self._free.pop()
        except IndexError:
            archive = Archive.open(self._path)
        try:
            yield archive
        finally:
            if len(self._free) < _KEPT:
                self._free.append(archive)
            else:
                archive.close()
