"""Coders for tests of workers: what they do with a document is what its text says."""

import os
import re
import signal
from collections.abc import Iterable, Iterator
from multiprocessing import parent_process
from typing import Any

import msgspec

from byline.errors import PipelineError
from byline.ingest import Page
from byline.records import Attribution, CodedDocument, Document, Event, Incident, Mention
from byline.run.task import Done, Kept, Read, Task
from byline.store.projection import rows_of


def coded(document: Document, type_: str = "SAID") -> CodedDocument:
    """Return a document with one event, which is an incident, and whose trigger is its first word."""
    first = document.text.split()[0]
    event = Event(
        id="e1",
        type=type_,
        trigger=Mention(span=(0, len(first)), text=first),
        status="actual",
        actors=(),
        recipients=(),
        toponyms=(),
        time=None,
        counts=(),
        attributions=(),
        evidence=(0, len(document.text)),
        confidence=0.5,
    )
    incident = Incident(id="i1", type=type_, events=("e1",))
    return CodedDocument(**msgspec.structs.asdict(document), events=(event,), incidents=(incident,))


def doubled(document: Document) -> CodedDocument:
    """Return a document that no archive takes: its event has one voice twice."""
    said = Attribution(id="s1", source=None, cue=None, content=(), quoted="indirect", rule="made up")
    once = coded(document)
    events = tuple(msgspec.structs.replace(event, attributions=("s1", "s1")) for event in once.events)
    return msgspec.structs.replace(once, events=events, attributions=(said,))


def _suffer(word: str) -> None:
    """Do to this process what a word says."""
    match word:
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            while True:
                pass
        case "stuck":
            re.match(r"(a+)+$", "a" * 99 + "b")  # nothing else of the process runs meanwhile
        case "memory":
            raise MemoryError


def twice(work: bytes) -> bytes:
    """Return work twice, unless it is poison to a worker."""
    if parent_process() is not None:
        _suffer(work.decode())
        if work == b"mistake":
            raise KeyError("colour")
    return 2 * work


def read(pages: bytes) -> bytes:
    """Read pages but those which say that they are poison."""
    held = []
    for page in msgspec.msgpack.decode(pages, type=list[Page]):
        _suffer(page.data.decode())
        if page.data == b"mistake":
            raise KeyError("colour")
        held.append([Read(Document(id=page.source, source=page.source, text=page.data.decode()))])
    return msgspec.msgpack.encode(held)


class Poisoned:
    """Codes documents but those which say that they are poison."""

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done]:
        for document, *_ in tasks:
            _suffer(document.text)
            match document.text:
                case "greedy":
                    bytearray(3_000_000_000)
                case "mistake":
                    raise KeyError("colour")
                case "double":
                    yield Done(rows_of(doubled(document)))
                    continue
            yield Done(rows_of(coded(document)))


class Antidote:
    """Codes whatever it is."""

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done]:
        return (Done(rows_of(coded(task.document))) for task in tasks)


def poisoned() -> Any:  # noqa: ANN401 -- it stands for a Coder
    return Poisoned()


def antidote() -> Any:  # noqa: ANN401 -- it stands for a Coder
    return Antidote()


def missing() -> Any:  # noqa: ANN401 -- it stands for a Coder
    raise PipelineError("There is none.")


def stillborn() -> Any:  # noqa: ANN401 -- it stands for a Coder
    os._exit(7)


class Keeping(Antidote):
    """Codes whatever it is with the lexicon "known", and has its parse kept."""

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done]:
        return (
            Done(rows_of(coded(task.document)), "known", Kept(b"parse of " + task.document.text.encode()))
            for task in tasks
        )


class Telling(Antidote):
    """Tells by the type of an event whether the parse was kept."""

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done]:
        for task in tasks:
            is_kept = task.kept.parse == b"parse of " + task.document.text.encode()
            yield Done(rows_of(coded(task.document, "FROM THE KEPT" if is_kept else "FROM SCRATCH")))


class Knowing(Antidote):
    """Codes nothing of which the coding is known."""

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done]:
        for task in tasks:
            yield Done(None if "known" in task.known else rows_of(coded(task.document, "NOT KNOWN")), "known")


def keeping() -> Any:  # noqa: ANN401 -- it stands for a Coder
    return Keeping()


def telling() -> Any:  # noqa: ANN401 -- it stands for a Coder
    return Telling()


def knowing() -> Any:  # noqa: ANN401 -- it stands for a Coder
    return Knowing()
