"""What a package may plug into Byline, group by group, and the types that it needs: docs/plugins.md has an example.

A plug-in is named in its package's entry points. It is pure: the same input gives the same output, with no clock,
network or state between calls, for its work is part of what an archive remembers.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from byline.coding.places.gazetteer import Place
from byline.export.columns import Column
from byline.export.layout import Chosen, Layout, Told
from byline.ingest.dates.dating import interval_of
from byline.ingest.facts import Facts
from byline.ingest.source import Options, Source
from byline.language.parsed import Parsed, Sentence, Token
from byline.records import Actor, Attribution, CodedDocument, Event, Failure, Mention, Timex, Toponym

__all__ = [
    "Actor",
    "Attribution",
    "Chosen",
    "CodedDocument",
    "Column",
    "Event",
    "Facts",
    "Failure",
    "Finder",
    "Finding",
    "Gazetteer",
    "Layout",
    "Mention",
    "Options",
    "Parsed",
    "Place",
    "Reader",
    "Sentence",
    "Source",
    "Timex",
    "Token",
    "Told",
    "Toponym",
    "interval_of",
]
Finding = Event | Attribution | Actor | Toponym | Timex


class Reader(Protocol):
    """`byline.sources`: reads a format that Byline does not know, or knows less well. A module will do."""

    def recognises(self, head: bytes) -> bool:
        """Whether a file that begins with these bytes, some 8,000 at most, is of the format. Asked of every file."""

    def read(self, source: Source, options: Options) -> Iterator[Source | Failure]:
        """Yield what stands in a source, each part as `source.words(name, data, facts=...)`: a page or a container.

        DocumentError if it cannot be read.
        """


class Finder(Protocol):
    """`byline.finders`: finds in a parsed document what Byline does not. It adds, and takes nothing away."""

    def __call__(self, parsed: Parsed, coded: CodedDocument) -> Iterable[Finding]:
        """Return records that are to stand behind those of the document, in the order of the text.

        Ids are new ones of the document; what a record refers to is in the document or returned, too, a toponym by its
        place among all. Whatever words a record quotes stand in the text at their span. An event that is in no
        incident founds one.
        """


class Gazetteer(Protocol):
    """`byline.gazetteers`: knows more places."""

    def __call__(self) -> Iterable[tuple[Place, Sequence[str]]]:
        """Return places (kind: place, district or province), each with all names that it has, its own among them."""
