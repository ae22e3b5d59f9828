"""Coders for tests of workers: what they do with a document is what its text says."""

import os
import signal
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from byline.errors import PipelineError
from byline.records import CodedDocument, Document, Event, Mention


def coded(document: Document, type_: str = "SAID") -> CodedDocument:
    """Return a document with one event, whose trigger is its first word."""
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
    return CodedDocument(**msgspec.structs.asdict(document), events=(event,))


class Poisoned:
    """Codes documents but those which say that they are poison."""

    def code_as_read(self, documents: Iterable[Document]) -> Iterator[tuple[None, CodedDocument]]:
        for document in documents:
            match document.text:
                case "crash":
                    os.kill(os.getpid(), signal.SIGKILL)
                case "hang":
                    while True:
                        pass
                case "memory":
                    raise MemoryError
                case "greedy":
                    bytearray(3_000_000_000)
                case "mistake":
                    raise KeyError("colour")
            yield None, coded(document)


class Antidote:
    """Codes whatever it is."""

    def code_as_read(self, documents: Iterable[Document]) -> Iterator[tuple[None, CodedDocument]]:
        return ((None, coded(d)) for d in documents)


def poisoned() -> Any:  # noqa: ANN401 -- it stands for a Coder
    return Poisoned()


def antidote() -> Any:  # noqa: ANN401 -- it stands for a Coder
    return Antidote()


def missing() -> Any:  # noqa: ANN401 -- it stands for a Coder
    raise PipelineError("There is none.")


def stillborn() -> Any:  # noqa: ANN401 -- it stands for a Coder
    os._exit(7)
