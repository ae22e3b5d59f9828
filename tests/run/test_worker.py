"""One process that codes: what it does first, and what it says."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
import pytest

from byline.records import Document, Failure
from byline.run.task import Done, Task
from byline.run.worker import Asked, Doing
from tests.run import poison

TASKS = msgspec.msgpack.encode([Task(Document(id=text, source="a.txt", text=text)) for text in ("one", "two")])


class Pipe:
    """A pipe with some orders, that takes so much, and is closed then."""

    def __init__(self, orders: Iterable[Asked], most: int) -> None:
        self.orders, self.said = deque(orders), list[object]()
        self._most = most

    def poll(self) -> bool:
        return bool(self.orders)

    def recv(self) -> Asked:
        return self.orders.popleft()

    def send(self, said: object) -> None:
        self.said.append(said)
        if len(self.said) == self._most:
            raise BrokenPipeError


class Interrupted(poison.Antidote):
    """Codes, and is asked for something urgent when it has begun."""

    def __init__(self, pipe: Pipe, work: bytes) -> None:
        self._pipe, self._work = pipe, work

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done]:
        for number, done in enumerate(super().code_tasks(tasks)):
            if number == 0:
                self._pipe.orders.append(Asked(3, twice, self._work, is_urgent=True))
            yield done


def twice(work: bytes) -> bytes:
    if work == b"memory":
        raise MemoryError
    return 2 * work


def said(*orders: Asked, work: bytes = b"a", most: int) -> list[object]:
    """Return what a process says that has been given some orders; numbers of documents in the place of these."""
    pipe: Any = Pipe(orders, most)
    coder: Any = Interrupted(pipe, work)
    with pytest.raises(BrokenPipeError):
        Doing(pipe, coder).go_on()
    return [len(msgspec.msgpack.decode(one)) if isinstance(one, bytes) and one > b"z" else one for one in pipe.said]


def test_what_is_urgent_is_done_between_two_documents() -> None:
    assert said(Asked(1, None, TASKS), most=4) == [1, 3, b"aa", 2]


def test_what_is_urgent_is_done_before_what_came_earlier() -> None:
    orders = Asked(1, twice, b"b"), Asked(2, twice, b"c", is_urgent=True)
    assert said(*orders, most=4) == [2, b"cc", 1, b"bb"]


def test_what_is_urgent_leaves_the_order_of_the_rest() -> None:
    orders = Asked(1, None, TASKS), Asked(2, twice, b"b")
    assert said(*orders, most=6) == [1, 3, b"aa", 2, 2, b"bb"]


def test_what_fails_between_two_documents_costs_them_nothing() -> None:
    failure = Failure(source="", reason="", kind="memory")
    assert said(Asked(1, None, TASKS), work=b"memory", most=4) == [1, 3, failure, 2]
