"""What the short documents of tests/cases ask of a coded document, and how an answer is held against it."""

import tomllib
from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec

from byline.records import Attribution, CodedDocument, Event, Mention, Span
from tests.matching import CASES, overlap


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An event that must be found, its status, and who tells it, the innermost first; no ``voices``: not asked."""

    trigger: str
    status: str
    voices: tuple[str, ...] | None = None


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of what somebody says, who it is, and how it is quoted and presented."""

    source: str
    words: str
    quoted: Literal["direct", "indirect", "mixed"]
    stance: str = "reported"


class ShortDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document and what must be found in it; ``never`` are words that are no happened event."""

    id: str
    label: str
    text: str
    published: str | None = None
    events: tuple[Told, ...] = ()
    claims: tuple[Claim, ...] = ()
    never: tuple[str, ...] = ()


class Fault(NamedTuple):
    """One thing that is not as asked: which finder's, and what it says."""

    finder: Literal["status", "voices", "claims"]
    what: str


def read_documents() -> list[ShortDocument]:
    """Return the documents in the order of the file."""
    rows = tomllib.loads((CASES / "documents.toml").read_text("utf-8"))["documents"]
    return msgspec.convert(rows, list[ShortDocument])


def span_of(words: str, text: str) -> Span:
    """Return where words stand in a text; ValueError unless they stand there exactly once."""
    if text.count(words) != 1:
        raise ValueError(f"{words!r} stands {text.count(words)} times")
    start = text.index(words)
    return start, start + len(words)


def faults(asked: ShortDocument, coded: CodedDocument) -> Iterator[Fault]:
    """Yield all that is not as asked."""
    for told in asked.events:
        yield from _event_faults(told, coded)
    for words in asked.never:
        where = span_of(words, coded.text)
        if any(e.happened and overlap(e.trigger.span, where) for e in coded.events):
            yield Fault("status", f"{words}: told as having happened")
    for claim in asked.claims:
        yield from (Fault("claims", f"{claim.words}: {fault}") for fault in _claim_faults(claim, coded))


def event_at(words: str, coded: CodedDocument) -> Event | None:
    """Return the event whose trigger shares most characters with the words."""
    start, end = span_of(words, coded.text)
    near = [e for e in coded.events if overlap(e.trigger.span, (start, end))]
    return min(near, key=lambda e: abs(e.trigger.span[0] - start), default=None)


def _event_faults(told: Told, coded: CodedDocument) -> Iterator[Fault]:
    event = event_at(told.trigger, coded)
    if event is None:
        yield Fault("status", f"{told.trigger}: not found")
        return
    if event.status not in told.status.split("|"):
        yield Fault("status", f"{told.trigger}: {event.status}, not {told.status}")
    if told.voices is None:
        return
    said = {a.id: a for a in coded.attributions}
    found = [names_of(said[i].source, coded) for i in event.attributions]
    alike = len(found) == len(told.voices)
    if not alike or not all(is_named(w, names) for w, names in zip(told.voices, found, strict=True)):
        yield Fault("voices", f"{told.trigger}: {found}, not {list(told.voices)}")


def _claim_faults(claim: Claim, coded: CodedDocument) -> Iterator[str]:
    found = attribution_of(claim, coded)
    if found is None:
        yield "not found"
        return
    names = names_of(found.source, coded)
    if not is_named(claim.source, names):
        yield f"said by {names}, not {claim.source}"
    if found.quoted != claim.quoted:
        yield f"{found.quoted}, not {claim.quoted}"
    if found.stance not in claim.stance.split("|"):
        yield f"stance {found.stance}, not {claim.stance}"


def attribution_of(claim: Claim, coded: CodedDocument) -> Attribution | None:
    """Return the attribution whose content holds the words: the one with the source asked for, else the smallest."""
    start, end = span_of(claim.words, coded.text)
    holding = [a for a in coded.attributions if any(s <= start and end <= e for s, e in a.content)]
    holding.sort(key=lambda a: sum(e - s for s, e in a.content))
    holding.sort(key=lambda a: not is_named(claim.source, names_of(a.source, coded)))
    return holding[0] if holding else None


def names_of(mention: Mention | None, coded: CodedDocument) -> str:
    """Return what a source is called: its own words and its actor's name."""
    if mention is None:
        return ""
    names = [a.name for a in coded.actors if a.id == mention.actor]
    return " / ".join([mention.text, *names])


def is_named(wanted: str, names: str) -> bool:
    """Tell whether one of the alternatives stands in the names, whole words only."""
    words = set(names.replace("/", " ").replace(",", " ").replace("'s", " ").lower().split())
    return any(w.lower() in words for w in wanted.split("|"))
