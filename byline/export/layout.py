"""A layout: in which shape events, incidents or documents leave Byline, for which tool, and what is lost on the way."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple, Protocol, TypeVar

from byline.export.columns import Columns
from byline.export.together import Together
from byline.lookup import Index
from byline.records import Event
from byline.store import Happening, IncidentSummary

Item = TypeVar("Item")
Level = Literal["event", "report", "incident", "document", "claim"]


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a layout sees it.

    `index` has the document and its parts by id, `uid` names the event in every edition. `incident` is what the archive
    has of its happening: None in a lake, and of what is not linked.
    """

    index: Index
    event: Event
    uid: str
    incident: Happening | None


@dataclass(frozen=True, slots=True)
class Read:
    """A document, and those of its events that are chosen, in the order of the text."""

    index: Index
    told: tuple[Told, ...]


class Chosen(Protocol):
    """What is to be exported; whatever is asked can be asked again.

    Names that are to be withheld are covered in all of it.
    """

    left_out: Counter[str]
    """How much of what is chosen a layout has no place for, by what it is, in words."""

    @property
    def name(self) -> str:
        """The name of the archive or lake, without its folder and ending."""

    def documents(self) -> Iterator[Read]:
        """Yield the documents with chosen events in the order in which they came; all documents if all is chosen."""

    def events(self) -> Iterator[Told]:
        """Yield the chosen events, document by document."""

    def incidents(self) -> Iterator[IncidentSummary]:
        """Yield the incidents with a chosen event, the earliest first; ConfigurationError of a lake, which has none."""

    def together(self) -> Iterator[Together]:
        """Yield the same incidents, each with all that is told of it."""


class Watch(Protocol):
    """Whoever looks on while something is exported: items go through as they come, each `size` of the total."""

    def __call__(self, items: Iterator[Item], total: int, size: Callable[[Item], int] = ...) -> Iterator[Item]:
        """Yield the items."""


Write = Callable[[Chosen, BinaryIO], None]


class Layout(NamedTuple):
    """A layout as a user calls it.

    `level`: what a row, a line or a feature is. `columns`: none where it is no table. `forms`: what
    writes each kind of file, by the usual ending of its name; the first is written unless another is asked for.
    `losses`: what of the records it cannot hold, in whole sentences.
    """

    name: str
    title: str
    level: Level
    columns: Columns
    forms: Mapping[str, Write]
    losses: tuple[str, ...] = ()
