"""What is exported: the events of an archive that meet a filter, or all documents of a lake."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from byline.errors import ConfigurationError
from byline.export.layout import Item, Read, Told, Watch
from byline.export.people import cover_names, withhold_names
from byline.export.together import Together
from byline.lookup import Index, uids_of
from byline.records import CodedDocument
from byline.store import (
    Archive,
    Filter,
    Happening,
    IncidentSummary,
    counted,
    document,
    documents_of,
    happening,
    happenings,
    incidents_with,
    lowest_independent,
    telling,
    wanted,
)

_HELD = 500  # documents that are kept in memory while incidents are gathered


def unwatched(items: Iterator[Item], total: int, size: Callable[[Item], int] = lambda _: 1) -> Iterator[Item]:
    """Yield the items, with nobody looking on."""
    del total, size
    return items


class OfArchive:
    """The events of an archive that meet a filter; with `roles`, the names of private persons are withheld."""

    def __init__(self, archive: Archive, filter: Filter, *, roles: bool = False, watch: Watch = unwatched) -> None:
        self.archive, self.filter, self.roles, self.watch = archive, filter, roles, watch
        self.left_out: Counter[str] = Counter()

    @property
    def name(self) -> str:
        return self.archive.path.stem

    def documents(self) -> Iterator[Read]:
        total = counted(self.archive, self.filter).documents
        for found in self.watch(wanted(self.archive, self.filter), total):
            yield _read(found.document, found.events, happenings(self.archive, found.row), roles=self.roles)

    def events(self) -> Iterator[Told]:
        for read in self.documents():
            yield from read.told

    def incidents(self) -> Iterator[IncidentSummary]:
        total = counted(self.archive, self.filter).incidents
        for one in self.watch(incidents_with(self.archive, self.filter), total):
            yield cover_names(one, documents_of(self.archive, one.id)) if self.roles else one

    def together(self) -> Iterator[Together]:
        indexed = lru_cache(_HELD)(self._indexed)  # a document comes again with each of its incidents
        for one in self.incidents():
            known = happening(self.archive, one)
            told = (
                Told(index, event, uid, known)
                for row, events in telling(self.archive, one.id).items()
                for index, uids in indexed(row)
                for event, uid in zip(index.document.events, uids, strict=True)
                if event.id in events
            )
            yield Together(one, tuple(told), lowest_independent(self.archive, one.id))

    def _indexed(self, row: int) -> list[tuple[Index, list[str]]]:
        """Return a document by `documents.id`, with the uids of its events; nothing if there is none."""
        found = document(self.archive, row)
        return [(_index(found, roles=self.roles), uids_of(found))] if found else []


class OfDocuments:
    """All events of some documents, which `read` yields anew each time."""

    def __init__(self, source: str, read: Callable[[], Iterable[CodedDocument]], *, roles: bool = False) -> None:
        self.source, self._read, self.roles = source, read, roles
        self.left_out: Counter[str] = Counter()

    @property
    def name(self) -> str:
        return Path(self.source).stem

    def documents(self) -> Iterator[Read]:
        for found in self._read():
            yield _read(found, [event.id for event in found.events], {}, roles=self.roles)

    def events(self) -> Iterator[Told]:
        for read in self.documents():
            yield from read.told

    def incidents(self) -> Iterator[IncidentSummary]:
        raise self._unlinked

    def together(self) -> Iterator[Together]:
        raise self._unlinked

    @property
    def _unlinked(self) -> ConfigurationError:
        return ConfigurationError(
            f"{self.source} is no archive, and incidents are linked there alone. Make one: "
            f"byline import {self.source} --to {self.name}.byline"
        )


def _read(document: CodedDocument, events: Collection[str], known: Mapping[str, Happening], *, roles: bool) -> Read:
    index = _index(document, roles=roles)
    both = zip(index.document.events, uids_of(document), strict=True)
    return Read(index, tuple(Told(index, event, uid, known.get(event.id)) for event, uid in both if event.id in events))


def _index(document: CodedDocument, *, roles: bool) -> Index:
    return Index(withhold_names(document) if roles else document)
