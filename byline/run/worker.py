"""One process that codes: what it is asked for goes through a pipe of its own, ahead of its being done.

It does what is urgent before all else that it was sent, and between two documents of what it codes. It says what it
begins, so that it is known what has taken it down. Whoever asks never waits for it to listen.
"""

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
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
_ASKING = {signal.SIGINT, signal.SIGTERM}
_CONTEXT = get_context("spawn")


class Limits(NamedTuple):
    """What one page or document may cost: seconds, and megabytes of memory of the process that reads or codes it."""

    seconds: float = 120.0
    megabytes: int = 4_000


class Asked(NamedTuple):
    """An order as it goes out."""

    number: int
    function: Function | None
    work: bytes
    is_urgent: bool = False


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
        self._outbox: SimpleQueue[Asked | None] = SimpleQueue()
        self._delivery = Thread(target=_deliver, args=(self.connection, self._outbox), daemon=True)
        self._delivery.start()
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
        self._outbox.put(Asked(self._sent, *order.asked(), order.is_urgent))

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
        self._outbox.put(None)
        self._delivery.join()
        self.connection.close()
        return self.process.exitcode


def _deliver(connection: Connection, outbox: "SimpleQueue[Asked | None]") -> None:
    """Send what comes, however long the process takes to listen; signals are for others."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, _ASKING)
    with suppress(OSError):  # it has ended: that will be noticed as its silence
        while (order := outbox.get()) is not None:
            connection.send(order)


def _start(process: BaseProcess) -> None:
    """Start a process, whole even if this one is asked to end; Ctrl-C does not reach it: this one ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        process.start()
        return
    resource_tracker.ensure_running()  # the first start of a process starts it, and it lets through all that is held
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ASKING)
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
        connection.send(None)
        Doing(connection, coder).go_on()


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


class Doing:
    """Does what comes through the pipe, and answers; EOFError or OSError if nobody listens any more."""

    def __init__(self, connection: Connection, coder: "Coder") -> None:
        self._connection, self._coder = connection, coder
        self._urgent, self._later = deque[Asked](), deque[Asked]()

    def go_on(self) -> None:
        """Do one order after another."""
        while True:
            if not (self._urgent or self._later):
                self._take(self._connection.recv())
            self._do_what_is_urgent()
            if self._later:
                self._do(self._later.popleft())

    def _take(self, order: Asked) -> None:
        (self._urgent if order.is_urgent else self._later).append(order)

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
        while self._connection.poll():
            self._take(self._connection.recv())
        while self._urgent:
            self._do(self._urgent.popleft())


def _limit_memory(megabytes: int) -> None:
    """Have the system refuse more memory than this, where it can."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 -- not everywhere

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * 1_000_000, most))
