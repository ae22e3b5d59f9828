"""What the hard sentences ask of a coded document, and how an answer is held against it.

A list in a case names things that must all be found; ``|`` within one of its
strings gives alternatives. ``type`` and ``status`` are lists of alternatives.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from byline.records import HAPPENED, CodedDocument, Event, Mention, Span

CASES = Path(__file__).parent / "cases"


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event that must be found; a field that is left out is not asked."""

    trigger: str
    type: tuple[str, ...]
    status: str | tuple[str, ...]
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    source: str | msgspec.UnsetType | None = msgspec.UNSET
    places: tuple[str, ...] = ()
    time: tuple[str, str] | None = None
    counts: dict[str, tuple[int, int | None]] = {}


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and what must be found in it; ``never`` are words that are no happened event."""

    id: str
    label: str
    text: str
    published: str | None = None
    expect: tuple[Expected, ...] = ()
    never: tuple[str, ...] = msgspec.field(default=(), name="not")


class Question(NamedTuple):
    """What one check looks at."""

    expected: Expected
    event: Event
    document: CodedDocument


def read_cases(name: str) -> list[Case]:
    """Return the cases of a file in tests/cases, in its order."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Case) for line in lines]


def read_known_failures() -> dict[str, str]:
    """Return the reason for each case that is known to fail."""
    lines = (CASES / "known_failures.txt").read_text(encoding="utf-8").splitlines()
    found = (line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))
    return {case: reason for case, reason in found}  # noqa: C416 - unpacking checks that a reason stands there


def find_words(words: str, text: str) -> Span:
    """Return where words stand in a text; ValueError unless they stand there exactly once."""
    spans = [m.span() for m in re.finditer(rf"(?i)\b{re.escape(words)}\b", text)]
    (span,) = spans
    return span


def overlap(a: Span, b: Span) -> bool:
    """Tell whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_END_OF_HEAD = re.compile(r",|\s(?:of|in|for|from|with|by|at|on|who|whom|which|that|led|near)\s")
_PORTION = re.compile(
    r"(?i)^(?:[\w-]+\s)*(?:\w*\d\w*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|many|most|all|"
    r"none|each|dozens?|scores|hundreds?|thousands?|couple|handful|half|group|number)\sof\s"
)


def head(name: str) -> str:
    """Return the head word of a name in lower case, without a plural or possessive ending.

    It is the last word before the first comma, preposition or relative; a
    portion ("two of", "hundreds of") does not count; of a hyphened word it is
    the last part.
    """
    kernel = _END_OF_HEAD.split(_PORTION.sub("", name.strip()), maxsplit=1)[0]
    words = _WORD.findall(re.sub(r"['’]s\b", "", kernel.lower()))
    word = words[-1] if words else ""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def names_of(mention: Mention, document: CodedDocument) -> Iterator[str]:
    """Yield all that a mention goes by: its words, its head, and every mention of its actor."""
    yield mention.text
    if mention.head:
        yield _words(mention.head, document)
    for actor in document.actors:
        if actor.id == mention.actor:
            yield actor.name
            yield from (_words(span, document) for span in actor.mentions)


def _words(span: Span, document: CodedDocument) -> str:
    return document.text[span[0] : span[1]]


def is_named(alternatives: str, names: Iterable[str]) -> bool:
    """Tell whether the head of one of the alternatives ("army|it") is the head of one of the names."""
    wanted = {head(word) for word in alternatives.split("|")}
    return any(head(name) in wanted for name in names)


def _type(q: Question) -> bool:
    return q.event.type in q.expected.type


def _status(q: Question) -> bool:
    wanted = {q.expected.status} if isinstance(q.expected.status, str) else set(q.expected.status)
    return q.event.status in (wanted | HAPPENED if wanted & HAPPENED else wanted)


def _actors(q: Question) -> bool:
    names = [name for mention in q.event.actors for name in names_of(mention, q.document)]
    return all(is_named(wanted, names) for wanted in q.expected.actors)


def _recipients(q: Question) -> bool:
    names = [name for mention in q.event.recipients for name in names_of(mention, q.document)]
    return all(is_named(wanted, names) for wanted in q.expected.recipients)


def _source(q: Question) -> bool:
    if q.expected.source is msgspec.UNSET:
        return True
    if q.expected.source is None:
        return not q.event.attributions
    said = [a for a in q.document.attributions if a.id in q.event.attributions]
    names = [name for a in said if a.source for name in names_of(a.source, q.document)]
    return is_named(q.expected.source, names)


def _places(q: Question) -> bool:
    found = [q.document.toponyms[i] for i in q.event.toponyms]
    names = {name.casefold() for toponym in found for name in (toponym.text, toponym.name) if name}
    return all(any(name.casefold() in names for name in wanted.split("|")) for wanted in q.expected.places)


def _time(q: Question) -> bool:
    if not q.expected.time:
        return True
    found = q.event.time  # ISO dates compare as strings
    return bool(found and found.start <= q.expected.time[1] and q.expected.time[0] <= found.end)


def _counts(q: Question) -> bool:
    return all(
        any(count.what == what and _is_within((count.low, count.high), wanted) for count in q.event.counts)
        for what, wanted in q.expected.counts.items()
    )


def _is_within(found: tuple[int, int | None], wanted: tuple[int, int | None]) -> bool:
    """Tell whether a range lies in another, open at the top where that is open."""
    if wanted[1] is None or found[1] is None:
        return wanted[1] is found[1] and found[0] >= wanted[0]
    return wanted[0] <= found[0] and found[1] <= wanted[1]


_CHECKS: dict[str, Callable[[Question], bool]] = {
    "type": _type,
    "status": _status,
    "actors": _actors,
    "recipients": _recipients,
    "source": _source,
    "places": _places,
    "time": _time,
    "counts": _counts,
}


def faults(expected: Expected, document: CodedDocument) -> list[str]:
    """Return what is wrong with the event that answers best; nothing if one is right.

    An event answers if its trigger shares a character with the expected one.
    """
    span = find_words(expected.trigger, document.text)
    answers = [event for event in document.events if overlap(span, event.trigger.span)]
    if not answers:
        return [f"{expected.trigger}: no event"]
    return min((_faults_of(Question(expected, event, document)) for event in answers), key=len)


def _faults_of(q: Question) -> list[str]:
    return [f"{q.expected.trigger}: {name}: {_shown(q, name)}" for name, holds in _CHECKS.items() if not holds(q)]


def _shown(q: Question, name: str) -> str:
    """Return what was found, for the message of a failed test."""
    if name in ("actors", "recipients"):
        return str([list(names_of(mention, q.document)) for mention in getattr(q.event, name)])
    if name == "source":
        return str([a.source and a.source.text for a in q.document.attributions if a.id in q.event.attributions])
    if name == "places":
        return str([q.document.toponyms[i].text for i in q.event.toponyms])
    return str(getattr(q.event, name))


def told_as_happened(words: str, document: CodedDocument) -> list[str]:
    """Return the types of the events at these words that are told as having happened."""
    span = find_words(words, document.text)
    return [event.type for event in document.events if event.happened and overlap(span, event.trigger.span)]
