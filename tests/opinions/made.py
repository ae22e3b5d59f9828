"""A short document with two events, for tests, and what a model might say of them."""

from typing import Any

from byline.lookup import uids_of
from byline.opinions.prompts import Prompt, Type
from byline.opinions.subject import Subject, Task
from byline.records import CodedDocument, Count, Event, Mention, Span, Status

TEXT = (
    "Orla Quill led the march on Dunmere. "
    "Police beat two marchers at the gate, and the police chief praised the police. He will resign."
)
SENTENCE = (37, 115)
TYPES = {
    "ASSAULT": Type("Violence.", {"beat": "Blows", "firearms": "Guns"}),
    "PROTEST": Type("Protest.", {"demo": "Marches"}),
    "SUPPORT": Type("Praise.", {}),
}


def span(words: str, nth: int = 0) -> Span:
    """Return where words stand in the text, the n-th time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return start, start + len(words)


def mention(words: str, nth: int = 0) -> Mention:
    return Mention(span=span(words, nth), text=words)


def event(name: str, type: str, trigger: str, status: Status = "actual", **more: Any) -> Event:  # noqa: ANN401
    facts: dict[str, Any] = {"actors": (), "recipients": (), "counts": ()}
    return Event(
        id=name, type=type, trigger=mention(trigger), status=status, toponyms=(), time=None, attributions=(),
        evidence=SENTENCE, confidence=0.5, **facts | more,
    )  # fmt: skip


BEAT = event(
    "e1",
    "ASSAULT",
    "beat",
    mode="beat",
    actors=(mention("Police"),),
    recipients=(mention("marchers"),),
    counts=(Count(what="wounded", low=2, high=2, span=span("two"), text="two"),),
)
PRAISE = event("e2", "SUPPORT", "praised", actors=(mention("Orla Quill"),))
DOCUMENT = CodedDocument(id="d1", source="d1.txt", text=TEXT, body=((0, len(TEXT)),), events=(BEAT, PRAISE))
UIDS = uids_of(DOCUMENT)


def subject(task: Task = "check", sent: CodedDocument = DOCUMENT) -> Subject:
    return Subject(task, DOCUMENT, sent, SENTENCE, tuple(zip(UIDS, DOCUMENT.events, strict=True)))


def prompt(task: Task = "check") -> Prompt:
    return Prompt(task, TYPES)


def said(type: str = "ASSAULT", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an event as a model gives it."""
    empty: dict[str, Any] = {
        "mode": None,
        "status": "actual",
        "actors": [],
        "recipients": [],
        "places": [],
        "counts": [],
    }
    return {"type": type, **empty, **more}


BEATEN = said(
    mode="beat",
    actors=["Police"],
    recipients=["marchers"],
    counts=[{"what": "wounded", "low": 2, "high": 2, "words": "two"}],
)
