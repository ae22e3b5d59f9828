"""One process that codes: what it is asked for goes through a pipe of its own, ahead of its being done.

It does what is urgent before all else that it was sent, and between two documents of what it codes. It says what it
begins, so that it is known what has taken it down.
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import Empty, PriorityQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from byline.errors import BylineError, mistake
from byline.records import Failure
from byline.run.orders import Function, Order
from byline.run.task import Task

if TYPE_CHECKING:
    from byline.run.job import Coder

_HELD = 2  # orders of one urgency that a worker is given at most: what it does, and what it may begin then
URGENT, USUAL = 0, 1  # ranks
_CONTEXT = get_context("spawn")


class Limits(NamedTuple):
    """What one page or document may cost: seconds, and megabytes of memory of the process that reads or codes it."""

    seconds: float = 120.0
    megabytes: int = 4_000


class Asked(NamedTuple):
    """An order as it goes out: those with the lowest rank and number are begun first."""

    rank: int
    number: int
    function: Function | None
    work: bytes


class Worker:
    """A process that codes, and the pipe to it; it takes orders from when it has said that it is ready.

    `current` is the order that it has begun; `deadline` when it has to be done, in seconds of `time.monotonic`.
    """

    def __init__(self, load: "Callable[[], Coder]", limits: Limits) -> None:
        self._limits = limits
        self.connection, theirs = _CONTEXT.Pipe()
        self.process: BaseProcess = _CONTEXT.Process(target=_work, args=(theirs, load, limits.megabytes), daemon=True)
        _start(self.process)
        theirs.close()
        self.is_ready, self.deadline = False, 0.0
        self.orders: dict[int, Order] = {}
        self._begun: list[int] = []
        self._sent = 0

    @property
    def current(self) -> Order | None:
        """The order that it does, or would do next."""
        return self.orders[self._begun[-1]] if self._begun else next(iter(self.orders.values()), None)

    def has_room_for(self, order: Order) -> bool:
        """Whether it may be given an order; one that is suspected has the process for itself."""
        held = self.orders.values()
        if order.is_suspect or any(one.is_suspect for one in held):
            return self.is_ready and not held
        return self.is_ready and sum(one.is_urgent == order.is_urgent for one in held) < _HELD

    def send(self, order: Order) -> None:
        """Give it an order."""
        if not self.orders:
            self._wind_up()
        self._sent += 1
        self.orders[self._sent] = order
        with suppress(OSError):  # it has ended: that will be noticed as its silence
            self.connection.send(Asked(URGENT if order.is_urgent else USUAL, self._sent, *order.asked()))

    def hear(self) -> tuple[Order, bytes | Failure] | None:
        """Take what it says; return an order with what has come of it, if that is what it says.

        EOFError or OSError if it has ended; what loading raises of Byline's own is raised here.
        """
        said = self.connection.recv()
        if isinstance(said, BylineError):
            raise said
        self._wind_up()
        if said is None:
            self.is_ready = True
        elif isinstance(said, int):
            self._begun.append(said)
        else:
            return self.orders.pop(self._begun.pop()), said
        return None

    def _wind_up(self) -> None:
        self.deadline = time.monotonic() + self._limits.seconds

    def kill(self) -> int | None:
        """End it at once; return its exit code."""
        self.process.kill()
        self.process.join()
        self.connection.close()
        return self.process.exitcode


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
    asked: PriorityQueue[Asked] = PriorityQueue()
    Thread(target=_receive, args=(connection, asked), daemon=True).start()
    try:
        coder = load()
    except BylineError as error:
        connection.send(error)
        return
    _limit_memory(megabytes)
    with suppress(OSError):
        connection.send(None)
        Doing(connection, coder, asked).go_on()


def _receive(connection: Connection, asked: PriorityQueue[Asked]) -> None:
    """Take what comes through the pipe, whatever this process does meanwhile; end it with the one that asks.

    That ends it too if that one is killed and this one hangs, or if there is no memory for what comes.
    """
    with suppress(EOFError, OSError, MemoryError):
        while True:
            asked.put(connection.recv())
    os._exit(1)


class Doing:
    """Does what comes through the pipe, and answers; OSError if nobody listens any more."""

    def __init__(self, connection: Connection, coder: "Coder", asked: PriorityQueue[Asked]) -> None:
        self._connection, self._coder, self._asked = connection, coder, asked

    def go_on(self) -> None:
        """Do one order after another."""
        while True:
            self._do(self._asked.get())

    def _do(self, order: Asked) -> None:
        self._connection.send(order.number)
        self._connection.send(self._done(order.function or self._coded, order.work))

    def _done(self, function: Function, work: bytes) -> bytes | Failure:
        """Return what comes of an order, or one Failure if something is wrong with it; its source stays open."""
        try:
            return function(work)
        except MemoryError:
            return Failure(source="", reason="", kind="memory")
        except Exception as error:  # noqa: BLE001 -- whatever it is, the run goes on
            return Failure(source="", reason=mistake(error, "text"), kind="internal")

    def _coded(self, tasks: bytes) -> bytes:
        """Return what is done of each task."""
        done = []
        for one in self._coder.code_tasks(msgspec.msgpack.decode(tasks, type=list[Task])):
            done.append(one)
            self._do_what_is_urgent()
        return msgspec.msgpack.encode(done)

    def _do_what_is_urgent(self) -> None:
        """Do the urgent orders that have come, so that nobody waits for them as long as a chunk takes."""
        with suppress(Empty):
            while (order := self._asked.get_nowait()).rank == URGENT:
                self._do(order)
            self._asked.put(order)


def _limit_memory(megabytes: int) -> None:
    """Have the system refuse more memory than this, where it can."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 -- not everywhere

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, most))
