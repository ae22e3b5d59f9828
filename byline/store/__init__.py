"""The archive: one SQLite file with documents, events and all that they rest on.

`Archive.open` opens or makes it; docs/archive.md describes its tables. Nothing
else in Byline writes SQL.
"""

from byline.store.archive import Archive, Input
from byline.store.editions import Difference, Edition
from byline.store.finding import Facet, Filter, Found, find
from byline.store.reading import EditionSummary, SetAside, compare, document, documents, editions, failures, set_aside

__all__ = [
    "Archive",
    "Difference",
    "Edition",
    "EditionSummary",
    "Facet",
    "Filter",
    "Found",
    "Input",
    "SetAside",
    "compare",
    "document",
    "documents",
    "editions",
    "failures",
    "find",
    "set_aside",
]
