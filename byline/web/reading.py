"""Connections to the archive, lent to one request at a time: what one has read is at hand for the next."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from byline.store import Archive, Kept

_MOST = 16  # connections that wait for the next request


class _Pool(NamedTuple):
    """Connections to a file that nobody uses now, what they have read of its events, and which file it is."""

    file: tuple[int, int]
    free: deque[Archive]
    kept: Kept


class Readers:
    """Lends connections for reading; ConfigurationError at once if there is no such archive.

    Another file in the archive's place is read from then on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        Archive.open(path).close()
        self._pool = _Pool(_file(path), deque(), Kept())

    @contextmanager
    def lent(self) -> Iterator[Archive]:
        """Lend a connection; it may pass from thread to thread meanwhile."""
        if self._pool.file != (file := _file(self._path)):
            self._pool = _Pool(file, deque(), Kept())
        pool = self._pool
        try:
            archive = pool.free.pop()
        except IndexError:
            archive = Archive.open(self._path, kept=pool.kept)
        try:
            yield archive
        finally:
            if len(pool.free) < _MOST:
                pool.free.append(archive)
            else:
                archive.close()

    def warm(self) -> None:
        """Read the cells of events, for all connections; none stays open, as a copy of this process may not use it."""
        with Archive.open(self._path, kept=self._pool.kept) as archive, archive.snapshot():
            archive.columns()
            archive.sectors()


def _file(path: Path) -> tuple[int, int]:
    """Return which file a path leads to now; nobody's, if to none."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino
