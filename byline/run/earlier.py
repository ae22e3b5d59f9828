"""Copies of what an archive holds: its documents keep the mark that they have, new ones are compared with them.

What the archive holds is what runs have entered up to the last one that was finished. A run that was ended is begun
again by the same command: that reads anew what was entered since, and has to find again what was found.
"""

from collections import deque
from collections.abc import Sequence
from functools import cached_property

from byline import knowledge
from byline.linking import Copies
from byline.records import Copy, Document
from byline.run.job import with_copies
from byline.store import Archive, entered, finished_run, former, marks

_CHARACTERS = 6 * knowledge.load("copies.toml")["held"]  # a word has some six, with the space behind it


class Earlier:
    """An index of copies, as `Copies`, that begins with the latest documents of an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._run = archive, finished_run(archive)

    def add_all(self, documents: Sequence[Document]) -> list[Copy | None]:
        """Return for each document how it copies an earlier one: what the archive says of it, else what is found."""
        known = [marks(self._archive, document, self._run) for document in documents]
        new = [document for document, mark in zip(documents, known, strict=True) if not mark]
        found = iter(self._found(new) if new else ())
        return [mark[0] if mark else next(found) for mark in known]

    def _found(self, new: list[Document]) -> list[Copy | None]:
        for document in new:
            for same in former(self._archive, document, self._run):
                self._copies.drop(*same)
        return self._copies.add_all(new)

    @cached_property
    def _copies(self) -> Copies:
        """The index with the archive's documents in it; a run that meets nothing new does not need it."""
        copies = Copies()
        deque(with_copies(entered(self._archive, self._run, _CHARACTERS), copies), maxlen=0)
        return copies
