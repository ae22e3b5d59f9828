"""What reviewers say of events: records that stand beside the machine's, and never in their place.

A reviewer is a person, or a language model that was asked for a second opinion: that is told by `Review.model`, and
never counts as a person's word.
"""

from hashlib import blake2b
from typing import Literal

import msgspec

from byline.records import CodedDocument, Count, Event, Mention, Record, Status

ReviewKind = Literal["accept", "reject", "edit", "add", "skip", "adjudicate", "undo"]
Verdict = Literal["accept", "reject"]
FIELDS = ("type", "mode", "status", "actors", "recipients", "places", "start", "end", "counts")


class Facts(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An event as a reviewer saw it or made it: words are mentions in the document, days ISO 8601, closed."""

    type: str
    trigger: Mention
    mode: str | None = None
    status: Status = "actual"
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    start: str | None = None
    end: str | None = None
    counts: tuple[Count, ...] = ()


class Model(Record, frozen=True, kw_only=True):
    """A language model that says something of events: how it was asked, and how many tokens its whole answer took.

    `prompt` is a digest of what it was told, `question` of what it was asked, `endpoint` the host that was asked.
    Tokens are None where the endpoint does not say.
    """

    name: str
    prompt: str
    question: str
    endpoint: str
    tokens_in: int | None = None
    tokens_out: int | None = None

    @property
    def reviewer(self) -> str:
        """What it is called among reviewers."""
        return f"{self.name} at {self.endpoint}"


class Review(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What one reviewer says of one event, by its uid, which is the same in every edition that finds it.

    ``document`` is the id of its document's record. ``facts`` are the event as it was judged, whatever the machine
    makes of it later: of ``accept`` and ``reject`` as the machine had it, of ``edit`` and ``add`` as the reviewer has
    it. ``adjudicate`` settles what reviewers differ on, by its ``verdict`` and facts. ``undo``: the review with the id
    ``undoes`` no longer holds. ``skip`` says nothing of the event. ``time`` is ISO 8601 in UTC. ``model`` is None for a
    person.
    """

    kind: ReviewKind
    event: str
    document: str
    facts: Facts | None = None
    verdict: Verdict | None = None
    undoes: str | None = None
    reviewer: str
    time: str
    reason: str = ""
    model: Model | None = None

    @property
    def id(self) -> str:
        """A digest of all that the review says."""
        return "r" + blake2b(self.to_json(), digest_size=8).hexdigest()

    @property
    def judged(self) -> Verdict | None:
        """Whether it holds the event for one; None if it does not say."""
        if self.kind in {"accept", "edit", "add"}:
            return "accept"
        return "reject" if self.kind == "reject" else self.verdict


def facts_of(document: CodedDocument, event: Event) -> Facts:
    """Return an event as the machine has it."""
    places = (document.toponyms[i] for i in event.toponyms)
    return Facts(
        type=event.type,
        trigger=_bare(event.trigger),
        mode=event.mode,
        status=event.status,
        actors=tuple(map(_bare, event.actors)),
        recipients=tuple(map(_bare, event.recipients)),
        places=tuple(Mention(span=p.span, text=p.text) for p in places),
        start=event.time.start if event.time else None,
        end=event.time.end if event.time else None,
        counts=event.counts,
    )


def value_of(facts: Facts, field: str) -> str:
    """Return a field in plain words, whatever its order and its place in the text."""
    value = getattr(facts, field)
    if not isinstance(value, tuple):
        return value or ""
    return "; ".join(sorted(_told(one) for one in value))


def changed(one: Facts, other: Facts) -> tuple[str, ...]:
    """Return the fields in which two accounts of an event differ."""
    return tuple(field for field in FIELDS if value_of(one, field) != value_of(other, field))


def _told(one: Mention | Count) -> str:
    if isinstance(one, Mention):
        return one.text
    return f"{one.what} {one.low}-{'' if one.high is None else one.high}"


def _bare(mention: Mention) -> Mention:
    return msgspec.structs.replace(mention, head=None, actor=None)
