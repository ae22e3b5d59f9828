"""What is asked of processes that code: documents to code, pages to read, another piece of work.

Items go out in chunks. Of a chunk that takes too long or takes its worker down each is asked for alone, so that the
guilty one is known and the others are kept.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import msgspec

from byline.errors import FailureKind
from byline.ingest import Page, documents_of
from byline.records import Document, Failure
from byline.run.task import Done, Read, Task

CHUNK = 16  # documents or pages that a worker takes at a time
TRIES = 3  # a process may end for reasons of its own: an item is guilty if it takes three of them down
_PASSED = 512  # items without a document among them that are handed on as a chunk
_BYTES = 1_000_000  # of pages that go out at once, but for a larger one

Function = Callable[[bytes], bytes]  # that can be pickled


class Order(ABC):
    """What one process does at once; `is_urgent`: before documents that wait to be coded.

    `is_suspect`: it was part of what has failed, and is done by itself to find out.
    """

    doing: ClassVar[str] = "Doing"
    is_urgent: ClassVar[bool] = True
    is_suspect: bool = False

    @abstractmethod
    def asked(self) -> tuple[Function | None, bytes]:
        """Return what goes out: a function, None for that of the coder, and what it is to be done with."""

    @abstractmethod
    def answered(self, answer: bytes) -> None:
        """Take what has come of it."""

    @abstractmethod
    def failed(self, kind: FailureKind, reason: str) -> list["Order"]:
        """Take that it failed; return what is to be asked in its place."""


@dataclass(eq=False)
class Piece(Order):
    """A piece of work that is neither coding nor reading; `result` is None if a worker has failed."""

    function: Function
    work: bytes
    is_done: bool = False
    result: bytes | None = None

    def asked(self) -> tuple[Function | None, bytes]:
        return self.function, self.work

    def answered(self, answer: bytes) -> None:
        self.is_done, self.result = True, answer

    def failed(self, kind: FailureKind, reason: str) -> list[Order]:  # noqa: ARG002 -- it is done where it was asked
        self.is_done = True
        return []


@dataclass(eq=False)
class _Each(Order):
    """Items of which each is done by itself; the results of all stand in `results`, of these from `first` on."""

    items: list[Any]
    results: list[Any]
    first: int = 0
    tries: int = 1
    is_suspect: bool = False

    def failed(self, kind: FailureKind, reason: str) -> list[Order]:
        if len(self.items) > 1:
            return [self._alone(number) for number in range(len(self.items))]
        if kind == "crash" and self.tries < TRIES:
            return [replace(self, tries=self.tries + 1, is_suspect=True)]
        self.results[self.first] = self.set_aside(Failure(source=self.items[0].source, reason=reason, kind=kind))
        return []

    def _alone(self, number: int) -> Self:
        return replace(self, items=[self.items[number]], first=self.first + number, is_suspect=True)

    def take(self, results: list[Any]) -> None:
        """Take the results of the items."""
        self.results[self.first : self.first + len(results)] = results

    @abstractmethod
    def set_aside(self, failure: Failure) -> object:
        """Return the result of an item that failed."""


@dataclass(eq=False)
class Coding(_Each):
    """Documents to code; `task_of` says what goes out for one, when it does."""

    doing = "Coding"
    is_urgent = False
    task_of: Callable[[Document], Task] = Task

    def asked(self) -> tuple[Function | None, bytes]:
        return None, msgspec.msgpack.encode([self.task_of(document) for document in self.items])

    def answered(self, answer: bytes) -> None:
        self.take(msgspec.msgpack.decode(answer, type=list[Done | Failure]))

    def set_aside(self, failure: Failure) -> Failure:
        return failure


@dataclass(eq=False)
class Reading(_Each):
    """Pages to read; the result of each are its documents, and failures."""

    doing = "Reading"

    def asked(self) -> tuple[Function | None, bytes]:
        return read_pages, msgspec.msgpack.encode(self.items)

    def answered(self, answer: bytes) -> None:
        found = msgspec.msgpack.decode(answer, type=list[list[Read | Failure]])
        self.take([[one.document if isinstance(one, Read) else one for one in held] for held in found])

    def set_aside(self, failure: Failure) -> list[Failure]:
        return [failure]


def read_pages(pages: bytes) -> bytes:
    """Read what goes out as `Reading`; return what it is answered with."""
    found = map(documents_of, msgspec.msgpack.decode(pages, type=list[Page]))
    return msgspec.msgpack.encode([[one if isinstance(one, Failure) else Read(one) for one in held] for held in found])


class Chunk:
    """Items in the order of the input, some of which are ordered; `results` are those of these, None while they wait.

    What a chunk of documents consists of depends on these alone, so that a run that is resumed cuts the same ones.
    """

    def __init__(self, kind: type[Document] | type[Page]) -> None:
        self._kind = kind
        self.items: list[Any] = []
        self.ordered: list[Any] = []
        self.results: list[Any] = []

    def add(self, item: object) -> None:
        self.items.append(item)
        if isinstance(item, self._kind):
            self.ordered.append(item)
            self.results.append(None)

    @property
    def is_full(self) -> bool:
        if not self.ordered:
            return len(self.items) == (_PASSED if self._kind is Document else 1)
        return len(self.ordered) == CHUNK or sum(len(p.data) for p in self.ordered if isinstance(p, Page)) > _BYTES

    @property
    def is_done(self) -> bool:
        return None not in self.results

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        """Yield each item with its result: of what was not ordered, itself."""
        results = iter(self.results)
        return ((item, next(results) if isinstance(item, self._kind) else item) for item in self.items)
