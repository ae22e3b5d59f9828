"""Work on several processes: each page and document bounded in time and memory; a bad one costs itself alone.

Results come in the order of the input, in chunks whose composition does not depend on the number of workers.

Each worker has a pipe of its own and holds no lock: whatever ends it, the others go on.
"""

import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Self, TypeVar

from byline.errors import BylineError, FailureKind
from byline.ingest import Page
from byline.records import Document, Failure
from byline.run.orders import TRIES, Chunk, Coding, Function, Order, Piece, Reading
from byline.run.task import Task
from byline.run.worker import Limits, Worker

if TYPE_CHECKING:
    from byline.run.job import Coder

_AHEAD = 4  # chunks that wait or are under way for each worker, of pages and of documents
_PAUSE = 0.05  # seconds for which a worker may wait for more to do
_PATIENCE = 2.0  # seconds that a piece of work waits for a worker: longer than most documents take
Item = TypeVar("Item")


class Workers:
    """Processes that code documents, each with what `load`, a function that can be pickled, returns to it.

    `task_of` says what goes out for a document, when it does: its kept parse with it.
    """

    def __init__(
        self,
        number: int,
        load: "Callable[[], Coder]",
        limits: Limits = Limits(),  # noqa: B008 -- it is frozen
        task_of: Callable[[Document], Task] = Task,
    ) -> None:
        self._number, self._limits, self._task_of = number, limits, task_of
        self._new: Callable[[], Worker] = partial(Worker, load, limits)
        self._workers: list[Worker] = []
        self._urgent: deque[Order] = deque()
        self._later: deque[Order] = deque()
        self._stillborn, self._served = 0, 0.0

    def __enter__(self) -> Self:
        self._workers = [self._new() for _ in range(self._number)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def look_after(self) -> None:
        """Give workers that are done more to do, if it is some time since that was done: for within long work."""
        if time.monotonic() - self._served > _PAUSE:
            self._serve(0)

    def do(self, function: Function, works: Iterable[bytes]) -> list[bytes]:
        """Have pieces of work done before what else waits; return what comes of them, in their order.

        A worker takes one when it is done with a document. What none begins for long, or fails there, is done here.
        """
        pieces = [Piece(function, work) for work in works]
        self._urgent.extendleft(reversed(pieces))
        patience = time.monotonic() + _PATIENCE
        while waiting := [piece for piece in pieces if not piece.is_done]:
            left = patience - time.monotonic()
            under_way = {worker.current for worker in self._workers}
            if left > 0:
                self._serve(left)
            elif under_way.issuperset(waiting):
                self._serve(None)
            else:
                self._do_here(next(piece for piece in reversed(waiting) if piece not in under_way))
        return [function(piece.work) if piece.result is None else piece.result for piece in pieces]

    def _do_here(self, piece: Piece) -> None:
        """Do a piece of work; a worker to which it was sent may do it again, to no harm."""
        with suppress(ValueError):
            self._urgent.remove(piece)
        piece.answered(piece.function(piece.work))
        self._serve(0)

    def read(self, items: Iterable[Page | Item]) -> Iterator[Document | Failure | Item]:
        """Yield the items in their order, in place of each page what it holds: workers read it, some pages ahead.

        Errors are those of `code_all`.
        """
        for chunk in self._done_with(items, Page, Reading):
            for item, result in chunk.pairs():
                yield from result if isinstance(item, Page) else [item]

    def code_all(self, items: Iterable[object]) -> Iterator[list[tuple[object, object]]]:
        """Yield the items in their order, in chunks, each with its result.

        Of a Document this is what is done or a Failure, of all else the item itself.
        BylineError if processes cannot be started; what loading raises of Byline's own is raised here.
        """
        for chunk in self._done_with(items, Document, partial(Coding, task_of=self._task_of)):
            yield list(chunk.pairs())

    def _done_with(
        self, items: Iterable[object], kind: type, order: Callable[[list[Any], list[Any]], Order]
    ) -> Iterator[Chunk]:
        """Yield the items in chunks, all of a kind ordered and done, in their order."""
        chunks: deque[Chunk] = deque()
        chunk = Chunk(kind)
        for item in items:
            self.look_after()
            chunk.add(item)
            if chunk.is_full:
                self._take(chunk, chunks, order)
                yield from self._finished(chunks, self._number * _AHEAD)
                chunk = Chunk(kind)
        self._take(chunk, chunks, order)
        yield from self._finished(chunks, 0)

    def _take(self, chunk: Chunk, chunks: deque[Chunk], order: Callable[[list[Any], list[Any]], Order]) -> None:
        if chunk.items:
            chunks.append(chunk)
        if chunk.ordered:
            new = order(chunk.ordered, chunk.results)
            self._queue(new).append(new)

    def _queue(self, order: Order) -> deque[Order]:
        return self._urgent if order.is_urgent else self._later

    def _finished(self, chunks: deque[Chunk], left: int) -> Iterator[Chunk]:
        """Yield the first chunk if it is done, and as many as there are more than `left`: wait for these.

        The others stay for a while, done or not: more has to be ordered before workers run out of it.
        """
        if chunks and chunks[0].is_done:
            yield chunks.popleft()
        while len(chunks) > left:
            while not chunks[0].is_done:
                self._serve(None)
            yield chunks.popleft()

    def _serve(self, seconds: float | None) -> None:
        """Wait for what workers have to say, at most so long; take it, and give them more to do."""
        self._send()
        now = self._served = time.monotonic()
        deadline = min((w.deadline - now for w in self._workers if w.orders), default=None)
        patience = max(0.0, deadline) if seconds is None and deadline is not None else seconds
        ready = wait([w.connection for w in self._workers], patience)
        for number, worker in enumerate(self._workers):
            if worker.connection in ready:
                kind = self._heard(worker)
            else:
                kind = "time" if worker.orders and worker.deadline <= time.monotonic() else None
            if kind:
                self._workers[number] = self._replaced(worker, kind)
        self._send()

    def _send(self) -> None:
        while queue := self._urgent or self._later:
            free = [worker for worker in self._workers if worker.has_room_for(queue[0])]
            if not free:
                return
            min(free, key=lambda worker: len(worker.orders)).send(queue.popleft())

    def _heard(self, worker: Worker) -> FailureKind | None:
        """Take what a worker says; return why it has to be replaced, if so."""
        try:
            answer = worker.hear()
        except (EOFError, OSError):
            return "crash"
        if answer is None:
            self._stillborn = 0
            return None
        order, result = answer
        if not isinstance(result, Failure):
            order.answered(result)
            return None
        self._blame(order, result.kind, result.reason)
        return "memory" if result.kind == "memory" else None

    def _replaced(self, worker: Worker, kind: FailureKind) -> Worker:
        """End a worker and return another; what it has not begun is asked for again."""
        ending = _ending(worker.kill())
        guilty = worker.current if kind != "memory" else None
        if guilty:
            self._blame(guilty, kind, ending)
        elif not worker.is_ready:
            self._stillborn += 1
            if self._stillborn > TRIES * self._number:
                raise BylineError(
                    f"The processes that code end before they begin ({ending}). "
                    "Start fewer (--workers), or close what else takes memory."
                )
        for order in reversed(worker.orders.values()):
            if order is not guilty:
                self._queue(order).appendleft(order)
        return self._new()

    def _blame(self, order: Order, kind: FailureKind, why: str) -> None:
        """Have asked what is to be asked in the place of an order that failed."""
        again = order.failed(kind, self._reason(order, kind, why))
        self._queue(order).extendleft(reversed(again))

    def _reason(self, order: Order, kind: FailureKind, why: str) -> str:
        match kind:
            case "time":
                return f"{order.doing} it takes longer than {self._limits.seconds:g} seconds. Allow more: --time-limit."
            case "memory":
                most = f"{self._limits.megabytes:,} MB"
                return f"{order.doing} it takes more than {most} of memory. Allow more: --memory-limit."
            case "crash":
                return f"{order.doing} it ended the process {TRIES} times ({why}). Please report it with the text."
        return why


def _ending(code: int | None) -> str:
    return signal.Signals(-code).name if code and code < 0 else f"exit code {code}"
