"""The archive: one SQLite file with documents, events and all that they rest on.

`Archive.open` opens or makes it; docs/archive.md describes its tables. Nothing
else in Byline writes SQL.
"""

from byline.store.archive import Archive, Edition

__all__ = ["Archive", "Edition"]
