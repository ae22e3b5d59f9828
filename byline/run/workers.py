"""Coding on several processes: each document bounded in time and memory, and a bad one costs itself alone.

Documents go out in chunks. A chunk that takes too long or takes its worker down
is coded again document by document, so that the guilty one is known and the
others are kept. Results come in the order of the documents, whatever the number of workers.
"""

import resource
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as TooLong
from itertools import islice
from multiprocessing import get_context
from typing import NamedTuple

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from byline.records import CodedDocument, Document, Failure
from byline.run.job import Settings, coder_of

CHUNK = 16  # documents that a worker takes at a time
_AHEAD = 2  # chunks that wait for each worker


class Limits(NamedTuple):
    """What one document may cost: seconds, and bytes of memory of the process that codes it."""

    seconds: float = 60.0
    memory: int = 4_000_000_000


class Workers:
    """A pool of processes that code documents."""

    def __init__(self, number: int, settings: Settings, limits: Limits = Limits()) -> None:  # noqa: B008 -- frozen
        self._number, self._settings, self._limits = number, settings, limits
        self._pool = ProcessPool(
            max_workers=number, context=get_context("spawn"), initializer=_begin, initargs=(settings, limits.memory)
        )

    def code_all(self, found: Iterable[Document | Failure]) -> Iterator[CodedDocument | Failure]:
        """Yield each document coded, or why it is not, in the order of the input; failures pass through."""
        stream = iter(found)
        waiting: deque[tuple[list[Document | Failure], ProcessFuture | None]] = deque()
        while chunk := list(islice(stream, CHUNK)):
            waiting.append((chunk, self._send(chunk)))
            if len(waiting) > self._number * _AHEAD:
                yield from self._received(*waiting.popleft())
        while waiting:
            yield from self._received(*waiting.popleft())

    def close(self, *, now: bool = False) -> None:
        """End the workers: when they are done, or at once."""
        if now:
            self._pool.stop()
        else:
            self._pool.close()
        self._pool.join()

    def _send(self, chunk: list[Document | Failure]) -> ProcessFuture | None:
        documents = [item.to_json() for item in chunk if isinstance(item, Document)]
        if not documents:
            return None
        return self._pool.schedule(_code, (self._settings, documents), timeout=self._limits.seconds * len(documents))

    def _received(
        self, chunk: list[Document | Failure], future: ProcessFuture | None
    ) -> Iterator[CodedDocument | Failure]:
        documents = [item for item in chunk if isinstance(item, Document)]
        coded = iter(self._results(documents, future) if future else ())
        for item in chunk:
            yield item if isinstance(item, Failure) else next(coded)
