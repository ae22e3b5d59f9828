"""One process that codes: what it does first, and what it says."""

from collections.abc import Iterable, Iterator
from queue import PriorityQueue
from typing import Any

import msgspec
import pytest

from byline.records import Document, Failure
from byline.run.task import Done, Task
from byline.run.worker import URGENT, USUAL, Asked, Doing
from tests.run import poison

TASKS = msgspec.msgpack.encode([Task(Document(id=text, source="a.txt", text=text)) for text in ("one", "two")])


class Told(list[object]):
    """A pipe that takes so much, and is closed then."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def send(self, said: object) -> None:
        self.append(said)
        if len(self) == self._most:
            raise BrokenPipeError


class Interrupted(poison.Antidote):
    """Codes, and is asked for something urgent when it has begun."""

    def __init__(self, asked: PriorityQueue[Asked], work: bytes) -> None:
        self._asked, self._work = asked, work

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done]:
        for number, done in enumerate(super().code_tasks(tasks)):
            if number == 0:
                self._asked.put(Asked(URGENT, 3, twice, self._work))
            yield done


def twice(work: bytes) -> bytes:
    if work == b"memory":
        raise MemoryError
    return 2 * work


def said(*orders: Asked, work: bytes = b"a", most: int) -> list[object]:
    """Return what a process says that has been given some orders; numbers of documents in the place of these."""
    asked: PriorityQueue[Asked] = PriorityQueue()
    for order in orders:
        asked.put(order)
    told: Any = Told(most)
    with pytest.raises(BrokenPipeError):
        Doing(told, Interrupted(asked, work), asked).go_on()  # type: ignore[arg-type]
    return [len(msgspec.msgpack.decode(one)) if isinstance(one, bytes) and one > b"z" else one for one in told]


def test_what_is_urgent_is_done_between_two_documents() -> None:
    assert said(Asked(USUAL, 1, None, TASKS), most=4) == [1, 3, b"aa", 2]


def test_what_is_urgent_is_done_before_what_came_earlier() -> None:
    orders = Asked(USUAL, 1, twice, b"b"), Asked(URGENT, 2, twice, b"c")
    assert said(*orders, most=4) == [2, b"cc", 1, b"bb"]


def test_what_is_urgent_leaves_the_order_of_the_rest() -> None:
    orders = Asked(USUAL, 1, None, TASKS), Asked(USUAL, 2, twice, b"b")
    assert said(*orders, most=6) == [1, 3, b"aa", 2, 2, b"bb"]


def test_what_fails_between_two_documents_costs_them_nothing() -> None:
    failure = Failure(source="", reason="", kind="memory")
    assert said(Asked(USUAL, 1, None, TASKS), work=b"memory", most=4) == [1, 3, failure, 2]
