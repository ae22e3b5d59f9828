"""Work on several processes: each page and document bounded in time and memory; a bad one costs itself alone.

Results come in the order of the input, in chunks whose composition does not depend on the number of workers.

Each worker has a pipe of its own and holds no lock: whatever ends it, the others go on.
"""

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

import msgspec

from byline.errors import BylineError, FailureKind, mistake
from byline.ingest import Page
from byline.records import Document, Failure
from byline.run.orders import TRIES, Chunk, Coding, Function, Order, Piece, Reading
from byline.run.task import Task

if TYPE_CHECKING:
    from byline.run.job import Coder

_AHEAD = 4  # chunks that wait or are under way for each worker, of pages and of documents
_PAUSE = 0.05  # seconds for which a worker may wait for more to do
_PATIENCE = 2.0  # seconds that a piece of work waits for a worker: as long as a chunk of news takes
_CONTEXT = get_context("spawn")
Item = TypeVar("Item")


class Limits(NamedTuple):
    """What one page or document may cost: seconds, and megabytes of memory of the process that reads or codes it."""

    seconds: float = 120.0
    megabytes: int = 4_000


class _Worker:
    """A process that codes, and the pipe to it; it takes orders from when it has said that it is ready."""

    def __init__(self, load: "Callable[[], Coder]", limits: Limits) -> None:
        self.connection, theirs = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(target=_work, args=(theirs, load, limits.megabytes), daemon=True)
        _start(self.process)
        theirs.close()
        self.is_ready, self.deadline = False, 0.0
        self.order: Order | None = None

    def send(self, order: Order, seconds: float) -> None:
        self.order, self.deadline = order, time.monotonic() + seconds
        with suppress(OSError):  # it has ended: that will be noticed as its silence
            self.connection.send(order.asked())

    def kill(self) -> int | None:
        """End it at once; return its exit code."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


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
        self._new: Callable[[], _Worker] = partial(_Worker, load, limits)
        self._workers: list[_Worker] = []
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

        A worker takes one when it is done with its documents. What none takes for long, or fails there, is done here.
        """
        pieces = [Piece(function, work) for work in works]
        self._urgent.extendleft(reversed(pieces))
        patience = time.monotonic() + _PATIENCE
        while waiting := [piece for piece in pieces if not piece.is_done]:
            left = patience - time.monotonic()
            if waiting[-1] not in self._urgent:
                self._serve(None)
            elif left > 0:
                self._serve(left)
            else:
                self._urgent.remove(waiting[-1])
                waiting[-1].answered(function(waiting[-1].work))
                self._serve(0)
        return [function(piece.work) if piece.result is None else piece.result for piece in pieces]

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
        """Yield the first chunks that are done; wait for them while there are more than `left`."""
        while chunks:
            while len(chunks) > left and not chunks[0].is_done:
                self._serve(None)
            if not chunks[0].is_done:
                return
            yield chunks.popleft()

    def _serve(self, seconds: float | None) -> None:
        """Wait for what workers have to say, at most so long; take it, and give them more to do."""
        self._send()
        now = self._served = time.monotonic()
        deadline = min((w.deadline - now for w in self._workers if w.order), default=None)
        patience = max(0.0, deadline) if seconds is None and deadline is not None else seconds
        ready = wait([w.connection for w in self._workers], patience)
        for number, worker in enumerate(self._workers):
            if worker.connection in ready:
                if not self._heard(worker):
                    self._workers[number] = self._replaced(worker, "crash")
            elif worker.order and worker.deadline <= time.monotonic():
                self._workers[number] = self._replaced(worker, "time")
        self._send()

    def _send(self) -> None:
        for worker in self._workers:
            queue = self._urgent or self._later
            if queue and worker.is_ready and not worker.order:
                worker.send(queue.popleft(), self._limits.seconds)

    def _heard(self, worker: _Worker) -> bool:
        """Take what a worker says; False if it has ended, or has to be."""
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            return False
        if isinstance(said, BylineError):
            raise said
        order, worker.order = worker.order, None
        if order is None:
            worker.is_ready, self._stillborn = True, 0
        elif isinstance(said, Failure):
            self._blame(order, said.kind, said.reason)
            return said.kind != "memory"
        else:
            order.answered(said)
        return True

    def _replaced(self, worker: _Worker, kind: FailureKind) -> _Worker:
        ending = _ending(worker.kill())
        if worker.order:
            self._blame(worker.order, kind, ending)
        elif not worker.is_ready:
            self._stillborn += 1
            if self._stillborn > TRIES * self._number:
                raise BylineError(
                    f"The processes that code end before they begin ({ending}). "
                    "Start fewer (--workers), or close what else takes memory."
                )
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


def _start(process: BaseProcess) -> None:
    """Start a process, whole even if this one is asked to end; Ctrl-C does not reach it: this one ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return
    resource_tracker.ensure_running()  # the first start of a process starts it, and it lets through all that is held
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, load: "Callable[[], Coder]", megabytes: int) -> None:
    """Code what comes through the pipe until it ends."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # held while it was started
    _follow_parent()
    try:
        coder = load()
    except BylineError as error:
        connection.send(error)
        return
    _limit_memory(megabytes)
    with suppress(EOFError, OSError):
        connection.send("ready")
        while True:
            function, work = connection.recv()
            connection.send(_done(function or partial(_coded, coder), work))


def _coded(coder: "Coder", tasks: bytes) -> bytes:
    """Return what is done of each task."""
    return msgspec.msgpack.encode(list(coder.code_tasks(msgspec.msgpack.decode(tasks, type=list[Task]))))


def _done(function: Function, work: bytes) -> bytes | Failure:
    """Return what comes of a piece of work, or one Failure if something is wrong with it; its source stays open."""
    try:
        return function(work)
    except MemoryError:
        return Failure(source="", reason="", kind="memory")
    except Exception as error:  # noqa: BLE001 -- whatever it is, the run goes on
        return Failure(source="", reason=mistake(error, "text"), kind="internal")


def _follow_parent() -> None:
    """End with the process that has started this one, even if it is killed and this one hangs."""
    parent = parent_process()
    if parent is None:
        return
    sentinel = parent.sentinel

    def follow() -> None:
        wait([sentinel])
        os._exit(1)

    Thread(target=follow, daemon=True).start()


def _limit_memory(megabytes: int) -> None:
    """Have the system refuse more memory than this, where it can."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 -- not everywhere

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, most))
