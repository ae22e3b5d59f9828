"""Connections to the archive, one a thread: SQLite's may not be shared among those that answer at once."""

from pathlib import Path
from threading import local

from byline.store import Archive


class Readers:
    """Opens an archive for reading when a thread first asks for it; ConfigurationError at once if there is none."""

    def __init__(self, path: Path) -> None:
        self._path, self._own = path, local()
        Archive.open(path).close()

    def archive(self) -> Archive:
        """Return this thread's connection."""
        found: Archive | None = getattr(self._own, "archive", None)
        if found is None:
            found = self._own.archive = Archive.open(self._path)
        return found
