"""The archive: one SQLite file with documents, events and all that they rest on.

`Archive.open` opens or makes it; docs/archive.md describes its tables. Nothing
else in Byline writes SQL.
"""

from byline.store.archive import Archive, Input
from byline.store.earlier import entered, finished_run, former, marks
from byline.store.editions import Difference, Edition
from byline.store.reading import EditionSummary, SetAside, compare, documents, editions, failures, set_aside

__all__ = [
    "Archive",
    "Difference",
    "Edition",
    "EditionSummary",
    "Input",
    "SetAside",
    "compare",
    "documents",
    "editions",
    "entered",
    "failures",
    "finished_run",
    "former",
    "marks",
    "set_aside",
]
