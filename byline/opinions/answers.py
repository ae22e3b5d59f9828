"""What a model answers, and what is taken of it: what has the form that was asked for, and words of the text.

The answer is as little to be trusted as the page that it was given: a judgement of an event that was shown, or an event
of a type of the ontology whose words stand in the text, is all that can come of it. Whatever else it holds is refused.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from byline import knowledge
from byline.lookup import uid_of
from byline.opinions.subject import Subject, Task
from byline.quoting import quoted
from byline.records import Count, CountOf, Event, Mention, Span, Status
from byline.reviews import Facts, changed, facts_of

_SHORT = 100  # characters of an answer that a reason quotes
_LIMITS = knowledge.load("second_opinion.toml")["limits"]


class _Refused(Exception):  # noqa: N818 -- no mistake
    """A part of an answer that is not taken; says why."""


class Taken(NamedTuple):
    """What an answer says of one event, which its document need not have: as a review says it."""

    kind: Literal["accept", "reject", "edit", "add"]
    event: str
    facts: Facts
    reason: str = ""


class Verdicts(NamedTuple):
    """What is taken of an answer, and why the rest of it is not."""

    taken: tuple[Taken, ...]
    refused: tuple[str, ...]


class _Near(NamedTuple):
    """To what words are looked for: what tells of the event, and words that it had already, with their places."""

    trigger: Mention
    known: Mapping[str, Span]


class _Number(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    what: CountOf
    low: int
    high: int | None
    words: str


class _Corrected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    type: str
    mode: str | None
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    places: tuple[str, ...]
    counts: tuple[_Number, ...]


class _Missed(_Corrected, frozen=True, forbid_unknown_fields=True):
    trigger: str


class _Judged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: int
    verdict: Literal["accept", "edit", "reject"]
    reason: str
    event: _Corrected | None


class _Judgements(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    judgements: tuple[_Judged, ...]


class _Additions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    events: tuple[_Missed, ...]


_FORMS: dict[Task, type[_Judgements | _Additions]] = {"check": _Judgements, "add": _Additions}


def schema(task: Task, types: Sequence[str]) -> dict[str, Any]:
    """Return the JSON schema of an answer, which has all that is in it required and nothing else allowed."""
    _, parts = msgspec.json.schema_components([_FORMS[task]], ref_template="#/$defs/{name}")
    for part in parts.values():
        del part["title"]
        for name, field in part["properties"].items():
            if "enum" in field:
                field["type"] = "string"
            if name == "type":
                field["enum"] = list(types)
    return {**parts.pop(_FORMS[task].__name__), "$defs": parts}


def read(content: str, subject: Subject, modes: Mapping[str, Sequence[str]]) -> Verdicts:
    """Return what is taken of an answer, and why the rest is refused; `modes` are those of each type."""
    try:
        said = msgspec.json.decode(content, type=_FORMS[subject.task])
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        return Verdicts((), (f"not of the form that was asked for: {_short(str(error))}",))
    reader = _Reader(subject, modes)
    if isinstance(said, _Judgements):
        reader.judge(said)
    else:
        reader.add(said)
    return Verdicts(tuple(reader.taken), tuple(reader.refused))


class _Reader:
    """Reads the answer to one question."""

    def __init__(self, subject: Subject, modes: Mapping[str, Sequence[str]]) -> None:
        self._subject, self._text, self._modes = subject, subject.sent.text, modes
        self.taken: list[Taken] = []
        self.refused: list[str] = []

    def judge(self, said: _Judgements) -> None:
        """Take what is said of each event that was shown, by its number, once; of others nothing."""
        by_number: dict[int, list[_Judged]] = {}
        for one in said.judgements:
            by_number.setdefault(one.number, []).append(one)
        for number, (uid, event) in enumerate(self._subject.events, 1):
            found = by_number.pop(number, [])
            try:
                self.taken.append(self._judgement(number, found, uid, event))
            except _Refused as refused:
                self.refused.append(str(refused))
        if by_number:
            self.refused.append(f"{len(by_number)} events are judged that were not shown")

    def add(self, said: _Additions) -> None:
        """Take the events that are added, but none of a type that stands at its words already."""
        known = {uid for uid, _ in self._subject.events}
        for one in said.events[: _LIMITS["events"]]:
            try:
                self.taken.append(self._addition(one, known))
                known.add(self.taken[-1].event)
            except _Refused as refused:
                self.refused.append(str(refused))
        if len(said.events) > _LIMITS["events"]:
            self.refused.append(f"of {len(said.events)} events in one sentence {_LIMITS['events']} are read")

    def _judgement(self, number: int, found: Sequence[_Judged], uid: str, event: Event) -> Taken:
        if len(found) != 1:
            raise _Refused(f"event {number} is judged {len(found)} times")
        one = found[0]
        had = facts_of(self._subject.document, event)
        reason = " ".join(one.reason.split())[: _LIMITS["reason"]]
        if one.verdict != "edit":
            return Taken(one.verdict, uid, had, reason)
        if one.event is None:
            raise _Refused(f"event {number} is to be edited, and is not given")
        made = self._facts(one.event, had.trigger, had)
        return Taken("edit", uid, made, reason) if changed(had, made) else Taken("accept", uid, had, reason)

    def _addition(self, one: _Missed, known: set[str]) -> Taken:
        self._check(one)
        spans = list(quoted(self._text, one.trigger, self._subject.sentence))
        if not spans:
            raise _Refused(f"“{_short(one.trigger)}” does not stand in the sentence")
        for span in spans:
            uid = uid_of(self._subject.document, one.type, span[0])
            if uid not in known:
                return Taken("add", uid, self._facts(one, self._mention(span)))
        raise _Refused(f"{one.type} at “{_short(one.trigger)}” is there already")

    def _facts(self, said: _Corrected, trigger: Mention, had: Facts | None = None) -> Facts:
        """Return an event as the model has it; days, of which it is not asked, as it had them."""
        self._check(said)
        near = _Near(trigger, self._known(had) if had else {})
        return Facts(
            type=said.type,
            trigger=trigger,
            mode=said.mode,
            status=said.status,
            actors=self._mentions(said.actors, near),
            recipients=self._mentions(said.recipients, near),
            places=self._mentions(said.places, near),
            start=had.start if had else None,
            end=had.end if had else None,
            counts=tuple(self._count(one, near) for one in said.counts),
        )

    def _known(self, had: Facts) -> dict[str, Span]:
        """Return the words of an event as they were sent, which may stand elsewhere in the document, and where."""
        spans = [mention.span for mention in (*had.actors, *had.recipients, *had.places)]
        return {self._text[slice(*span)]: span for span in (*spans, *(count.span for count in had.counts))}

    def _check(self, said: _Corrected) -> None:
        if said.type not in self._modes:
            raise _Refused(f"{_short(said.type)!r} is no type of the ontology")
        if said.mode is not None and said.mode not in self._modes[said.type]:
            raise _Refused(f"{_short(said.mode)!r} is no mode of {said.type}")

    def _count(self, said: _Number, near: _Near) -> Count:
        low, high = said.low, said.high
        if not 0 <= low <= (low if high is None else high) <= _LIMITS["number"]:
            raise _Refused(f"{said.what}: from {low} to {high} is no number of people")
        words = self._found(said.words, near)
        return Count(what=said.what, low=low, high=high, span=words.span, text=words.text)

    def _mentions(self, said: Sequence[str], near: _Near) -> tuple[Mention, ...]:
        found = (self._found(words, near) for words in said)
        return tuple({mention.span: mention for mention in found}.values())

    def _found(self, words: str, near: _Near) -> Mention:
        """Return where words stand: as the event had them, or in the sentence, or in what was shown, the nearest."""
        if words in near.known:
            return self._mention(near.known[words])
        for part in (self._subject.sentence, self._subject.shown):
            spans = list(quoted(self._text, words, part))
            if spans:
                return self._mention(min(spans, key=lambda s: (abs(s[0] - near.trigger.span[0]), s)))
        raise _Refused(f"“{_short(words)}” does not stand in the text")

    def _mention(self, span: Span) -> Mention:
        return Mention(span=span, text=self._subject.document.text[slice(*span)])


def _short(words: str) -> str:
    return words if len(words) <= _SHORT else words[: _SHORT - 1] + "…"
