"""What a model is asked: what it is told once, and the question about one sentence."""

from collections.abc import Mapping
from functools import cached_property
from hashlib import blake2b
from string import Template
from typing import Any, NamedTuple

import msgspec

from byline import knowledge
from byline.opinions.answers import schema
from byline.opinions.subject import Subject, Task
from byline.records import CodedDocument, Event, Mention
from byline.reviews import Facts, facts_of

_TOLD = knowledge.load("second_opinion.toml")
_LIMITS = _TOLD["limits"]


class Type(NamedTuple):
    """A type of the ontology: what it means, and its modes with their meaning."""

    about: str
    modes: Mapping[str, str]


class Prompt:
    """What a model is told of a task before it is asked: the same for all questions.

    ``types`` are those of the ontology by name.
    """

    def __init__(self, task: Task, types: Mapping[str, Type]) -> None:
        self.task, self.types = task, types
        self.schema = schema(task, tuple(types))
        self.modes = {name: tuple(one.modes) for name, one in types.items()}

    @cached_property
    def text(self) -> str:
        """All that it is told."""
        rules = Template(_TOLD["prompt"]["rules"].strip()).substitute(
            types="\n".join(_listed(name, one) for name, one in self.types.items()),
            statuses="\n".join(f"- {name}: {about}" for name, about in _TOLD["statuses"].items()),
            schema=msgspec.json.encode(self.schema).decode(),
        )
        return Template(_TOLD["prompt"][self.task].strip()).substitute(rules=rules)

    @cached_property
    def digest(self) -> str:
        return _digest(self.text)

    @cached_property
    def tokens(self) -> int:
        return tokens(self.text)


class Question(NamedTuple):
    """A question: its words, roughly how many tokens they and what goes before them have, and what it is about.

    `id` is a digest of all that decides the answer, whichever document the words stand in.
    """

    id: str
    subject: Subject
    message: str
    tokens: int

    @classmethod
    def of(cls, prompt: Prompt, model: str, subject: Subject) -> "Question":
        """Return what a model is asked about a sentence."""
        message = _message(subject)
        id_ = "q" + _digest(f"{model}\n{prompt.digest}\n{message}")
        return cls(id_, subject, message, prompt.tokens + tokens(message))


def tokens(text: str) -> int:
    """Return roughly how many tokens a text has."""
    return -(-len(text) // int(_LIMITS["per_token"]))


def _listed(name: str, one: Type) -> str:
    modes = "; ".join(f"{mode}: {about}" for mode, about in one.modes.items())
    return f"- {name}: {one.about}" + (f" Modes: {modes}." if modes else "")


def _message(subject: Subject) -> str:
    text, (start, end), (before, after) = subject.sent.text, subject.sentence, subject.shown
    known = {event.id: event for event in subject.sent.events}
    question: dict[str, Any] = {
        "before": text[before:start],
        "sentence": text[start:end],
        "after": text[end:after],
        "events": [_told(n, subject.sent, known[event.id]) for n, (_, event) in enumerate(subject.events, 1)],
    }
    return msgspec.json.encode(question).decode()


def _told(number: int, document: CodedDocument, event: Event) -> dict[str, Any]:
    """Return an event in the terms in which the model is to answer."""
    facts: Facts = facts_of(document, event)
    return {
        "number": number,
        "trigger": facts.trigger.text,
        "type": facts.type,
        "mode": facts.mode,
        "status": facts.status,
        "actors": _words(facts.actors),
        "recipients": _words(facts.recipients),
        "places": _words(facts.places),
        "counts": [{"what": c.what, "low": c.low, "high": c.high, "words": c.text} for c in facts.counts],
    }


def _words(mentions: tuple[Mention, ...]) -> list[str]:
    return [mention.text for mention in mentions]


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
