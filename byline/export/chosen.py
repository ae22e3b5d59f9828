"""What is exported: the events of an archive that meet a filter, or all documents of a lake."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from byline.errors import ConfigurationError
from byline.export.layout import Read, Told
from byline.export.people import cover_names, withhold_names
from byline.lookup import Index, uids_of
from byline.records import CodedDocument
from byline.store import Archive, Filter, Happening, IncidentSummary, documents_of, happenings, incidents_with, wanted


class OfArchive:
    """The events of an archive that meet a filter; with `roles`, the names of private persons are withheld."""

    def __init__(self, archive: Archive, filter: Filter, *, roles: bool = False) -> None:
        self.archive, self.filter, self.roles = archive, filter, roles

    @property
    def name(self) -> str:
        return self.archive.path.stem

    def documents(self) -> Iterator[Read]:
        for found in wanted(self.archive, self.filter):
            yield _read(found.document, found.events, happenings(self.archive, found.row), roles=self.roles)

    def events(self) -> Iterator[Told]:
        for read in self.documents():
            yield from read.told

    def incidents(self) -> Iterator[IncidentSummary]:
        for one in incidents_with(self.archive, self.filter):
            yield cover_names(one, documents_of(self.archive, one.id)) if self.roles else one


class OfDocuments:
    """All events of some documents, which `read` yields anew each time."""

    def __init__(self, source: str, read: Callable[[], Iterable[CodedDocument]], *, roles: bool = False) -> None:
        self.source, self._read, self.roles = source, read, roles

    @property
    def name(self) -> str:
        return Path(self.source).stem

    def documents(self) -> Iterator[Read]:
        for document in self._read():
            yield _read(document, [event.id for event in document.events], {}, roles=self.roles)

    def events(self) -> Iterator[Told]:
        for read in self.documents():
            yield from read.told

    def incidents(self) -> Iterator[IncidentSummary]:
        raise ConfigurationError(
            f"{self.source} is no archive, and incidents are linked there alone. Make one: "
            f"byline import {self.source} --to {self.name}.byline"
        )


def _read(document: CodedDocument, events: Collection[str], known: Mapping[str, Happening], *, roles: bool) -> Read:
    index = Index(withhold_names(document) if roles else document)
    both = zip(index.document.events, uids_of(document), strict=True)
    return Read(index, tuple(Told(index, event, uid, known.get(event.id)) for event, uid in both if event.id in events))
