"""Work on several processes: each document bounded in time and memory, and a bad one costs itself alone.

Documents go out in chunks. A chunk that takes too long or takes its worker down is coded again
document by document, so that the guilty one is known and the others are kept. Results come in the
order of the input, in chunks whose composition does not depend on the number of workers.

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
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

import msgspec

from byline.errors import BylineError, FailureKind, mistake
from byline.records import Document, Failure
from byline.run.task import Done, Task

if TYPE_CHECKING:
    from byline.run.job import Coder

CHUNK = 16  # documents that a worker takes at a time
_AHEAD = 4  # chunks that are read ahead for each worker
_PASSED = 512  # items without a document among them that are handed on as a chunk
_PAUSE = 0.05  # seconds for which a worker may wait for more to do
_PATIENCE = 2.0  # seconds that a piece of work waits for a worker: as long as a chunk of news takes
_TRIES = 3  # a process may end for reasons of its own: a document is guilty if it takes three of them down
_CONTEXT = get_context("spawn")
Item = TypeVar("Item")
Result = Done | Failure
Function = Callable[[bytes], bytes]  # that can be pickled


class Limits(NamedTuple):
    """What one document may cost: seconds, and megabytes of memory of the process that codes it."""

    seconds: float = 120.0
    megabytes: int = 4_000


class _Chunk:
    """Items in the order of the input; `results` are those of its documents, None for what is not coded yet."""

    def __init__(self) -> None:
        self.items: list[object] = []
        self.documents: list[Document] = []
        self.results: list[Result | None] = []

    def add(self, item: object) -> None:
        self.items.append(item)
        if isinstance(item, Document):
            self.documents.append(item)
            self.results.append(None)

    @property
    def is_full(self) -> bool:
        """Whether it is to go out: by its documents alone, so that a run that is resumed cuts the same chunks."""
        return len(self.documents) == CHUNK or (not self.documents and len(self.items) == _PASSED)

    @property
    def is_done(self) -> bool:
        return None not in self.results

    def pairs(self) -> list[tuple[object, object]]:
        """Return each item with its result: of what is no document, itself."""
        results = iter(self.results)
        return [(item, next(results) if isinstance(item, Document) else item) for item in self.items]


class _Job(NamedTuple):
    """Documents of a chunk, from `first` on, that a worker codes at once."""

    chunk: _Chunk
    first: int
    documents: list[Document]
    tries: int = 1


class _Piece:
    """A piece of work that is not coding; what has come of it, None if a worker has failed."""

    def __init__(self, function: Function, work: bytes) -> None:
        self.function, self.work = function, work
        self.is_done = False
        self.result: bytes | None = None

    def end(self, result: bytes | None) -> None:
        self.is_done, self.result = True, result


class _Worker:
    """A process that codes, and the pipe to it; it takes jobs from when it has said that it is ready."""

    def __init__(self, load: "Callable[[], Coder]", limits: Limits) -> None:
        self.connection, theirs = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(target=_work, args=(theirs, load, limits.megabytes), daemon=True)
        _start(self.process)
        theirs.close()
        self.is_ready, self.deadline = False, 0.0
        self.job: _Job | _Piece | None = None

    def send(self, job: _Job | _Piece, what: tuple[Function | None, bytes], seconds: float) -> None:
        self.job, self.deadline = job, time.monotonic() + seconds
        with suppress(OSError):  # it has ended: that will be noticed as its silence
            self.connection.send(what)

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
        self._jobs: deque[_Job | _Piece] = deque()
        self._chunks: deque[_Chunk] = deque()
        self._stillborn, self._served = 0, 0.0

    def __enter__(self) -> Self:
        self._workers = [self._new() for _ in range(self._number)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def served(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items; whenever one has come, workers that are done get more to do."""
        for item in items:
            self._serve(0)
            yield item

    def look_after(self) -> None:
        """Give workers that are done more to do, if it is some time since that was done: for within long work."""
        if time.monotonic() - self._served > _PAUSE:
            self._serve(0)

    def do(self, function: Function, works: Iterable[bytes]) -> list[bytes]:
        """Have pieces of work done before what else waits; return what comes of them, in their order.

        A worker takes one when it is done with its documents. What none takes for long, or fails there, is done here.
        """
        pieces = [_Piece(function, work) for work in works]
        self._jobs.extendleft(reversed(pieces))
        patience = time.monotonic() + _PATIENCE
        while waiting := [piece for piece in pieces if not piece.is_done]:
            left = patience - time.monotonic()
            if waiting[-1] not in self._jobs:
                self._serve(None)
            elif left > 0:
                self._serve(left)
            else:
                self._jobs.remove(waiting[-1])
                waiting[-1].end(function(waiting[-1].work))
                self._serve(0)
        return [function(piece.work) if piece.result is None else piece.result for piece in pieces]

    def code_all(self, items: Iterable[object]) -> Iterator[list[tuple[object, object]]]:
        """Yield the items in their order, in chunks, each with its result.

        Of a Document this is what is done or a Failure, of all else the item itself.
        BylineError if processes cannot be started; what loading raises of Byline's own is raised here.
        """
        chunk = _Chunk()
        for item in items:
            chunk.add(item)
            if chunk.is_full:
                self._take(chunk)
                chunk = _Chunk()
                yield from self._finished(self._number * _AHEAD)
        self._take(chunk)
        yield from self._finished(0)

    def _take(self, chunk: _Chunk) -> None:
        if chunk.items:
            self._chunks.append(chunk)
        if chunk.documents:
            self._jobs.append(_Job(chunk, 0, chunk.documents))

    def _finished(self, left: int) -> Iterator[list[tuple[object, object]]]:
        """Yield the first chunks that are done; wait for them while there are more than `left`."""
        while self._chunks:
            while len(self._chunks) > left and not self._chunks[0].is_done:
                self._serve(None)
            if not self._chunks[0].is_done:
                return
            yield self._chunks.popleft().pairs()

    def _serve(self, seconds: float | None) -> None:
        """Wait for what workers have to say, at most so long; take it, and give them more to do."""
        self._send()
        now = self._served = time.monotonic()
        deadline = min((w.deadline - now for w in self._workers if w.job), default=None)
        patience = max(0.0, deadline) if seconds is None and deadline is not None else seconds
        ready = wait([w.connection for w in self._workers], patience)
        for number, worker in enumerate(self._workers):
            if worker.connection in ready:
                if not self._heard(worker):
                    self._workers[number] = self._replaced(worker, "crash")
            elif worker.job and worker.deadline <= time.monotonic():
                self._workers[number] = self._replaced(worker, "time")
        self._send()

    def _send(self) -> None:
        for worker in self._workers:
            if self._jobs and worker.is_ready and not worker.job:
                job = self._jobs.popleft()
                worker.send(job, self._asked(job), self._limits.seconds)

    def _asked(self, job: _Job | _Piece) -> tuple[Function | None, bytes]:
        """Return what goes out for a job: the function, if it is not coding, and what it is to be done with."""
        if isinstance(job, _Piece):
            return job.function, job.work
        return None, msgspec.msgpack.encode([self._task_of(document) for document in job.documents])

    def _heard(self, worker: _Worker) -> bool:
        """Take what a worker says; False if it has ended, or has to be."""
        try:
            said = worker.connection.recv()
        except (EOFError, OSError):
            return False
        if isinstance(said, BylineError):
            raise said
        job, worker.job = worker.job, None
        if job is None:
            worker.is_ready, self._stillborn = True, 0
        elif isinstance(said, Failure):
            self._blame(job, said.kind, said.reason)
            return said.kind != "memory"
        elif isinstance(job, _Piece):
            job.end(said)
        else:
            done = msgspec.msgpack.decode(said, type=list[Result])
            job.chunk.results[job.first : job.first + len(done)] = done
        return True

    def _replaced(self, worker: _Worker, kind: FailureKind) -> _Worker:
        ending = _ending(worker.kill())
        if worker.job:
            self._blame(worker.job, kind, self._reason(kind, ending))
        elif not worker.is_ready:
            self._stillborn += 1
            if self._stillborn > _TRIES * self._number:
                raise BylineError(
                    f"The processes that code end before they begin ({ending}). "
                    "Start fewer (--workers), or close what else takes memory."
                )
        return self._new()

    def _blame(self, job: _Job | _Piece, kind: FailureKind, reason: str) -> None:
        """Have the documents of a failed job coded alone; set the one aside that failed alone."""
        if isinstance(job, _Piece):
            job.end(None)
            return
        first, *others = job.documents
        if others:
            alone = [_Job(job.chunk, job.first + number, [document]) for number, document in enumerate(job.documents)]
            self._jobs.extendleft(reversed(alone))
        elif kind == "crash" and job.tries < _TRIES:
            self._jobs.appendleft(job._replace(tries=job.tries + 1))
        else:
            job.chunk.results[job.first] = Failure(source=first.source, reason=reason, kind=kind)

    def _reason(self, kind: FailureKind, ending: str) -> str:
        if kind == "time":
            return f"Coding it takes longer than {self._limits.seconds:g} seconds. Allow more: --time-limit."
        return f"It ended the process that coded it {_TRIES} times ({ending}). Please report it with the text."


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
            connection.send(_done(function or partial(_coded, coder), work, megabytes))


def _coded(coder: "Coder", tasks: bytes) -> bytes:
    """Return what is done of each task."""
    return msgspec.msgpack.encode(list(coder.code_tasks(msgspec.msgpack.decode(tasks, type=list[Task]))))


def _done(function: Function, work: bytes, megabytes: int) -> bytes | Failure:
    """Return what comes of a piece of work, or one Failure if something is wrong with it; its source stays open."""
    try:
        return function(work)
    except MemoryError:
        reason = f"Coding it takes more than {megabytes:,} MB of memory. Allow more: --memory-limit."
        return Failure(source="", reason=reason, kind="memory")
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
