"""The nouns of Byline, as frozen structs: a coded document as one JSON line.

Every span is ``(start, end)``: half-open, counted in Unicode code points of the
document's frozen ``text``; ``text[start:end]`` is the quoted words. Unknown is
None or an empty tuple, never a guess. Dates are ISO 8601 strings, intervals are
closed on both sides.
"""

from hashlib import blake2b
from typing import Any, Literal

import msgspec

from byline.errors import FailureKind

Span = tuple[int, int]
Precision = Literal["day", "week", "month", "quarter", "season", "year", "decade", "range"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
PlacePrecision = Literal["point", "place", "district", "province", "country", "region", "unknown"]
ActorKind = Literal["person", "organisation", "group", "state", "unknown"]
Quoted = Literal["direct", "indirect", "mixed"]
Stance = Literal["reported", "claimed", "denied", "disputed"]
CountOf = Literal["killed", "wounded", "arrested", "abducted", "missing", "displaced", "participants", "other"]
Status = Literal[
    "actual",
    "ongoing",
    "attempted",
    "ordered",
    "requested",
    "offered",
    "promised",
    "planned",
    "threatened",
    "feared",
    "conditional",
    "hypothetical",
    "denied",
    "did_not_happen",
]
CopyKind = Literal["exact", "near", "truncated", "embedded"]
DecisionKind = Literal["merge", "split", "exclude", "undo"]
INSIDE = "!/"  # in a source's name, between a container and the way inside
HAPPENED: frozenset[Status] = frozenset({"actual", "ongoing"})


class Record(msgspec.Struct, frozen=True):
    """What all records share: immutable, compared by value, JSON both ways."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain lists, dicts and numbers, as the JSON line has it."""
        plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return plain

    def to_json(self) -> bytes:
        """Return the record as one line of JSON, UTF-8, without a line end."""
        return msgspec.json.encode(self)


class Interval(Record, frozen=True, kw_only=True):
    """Days from ``start`` to ``end``, both inclusive, and what they rest on."""

    start: str
    end: str
    precision: Precision = "day"
    basis: str
    span: Span | None = None


class Mention(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Words of the text that stand for somebody or something."""

    span: Span
    text: str
    head: Span | None = None
    actor: str | None = None


class Timex(Record, frozen=True, kw_only=True):
    """A time expression: TIMEX3 type and value, and the days that it covers."""

    span: Span
    text: str
    type: TimexType
    value: str | None
    start: str | None
    end: str | None


class Toponym(Record, frozen=True, kw_only=True):
    """A place name, the gazetteer entry chosen for it, and the candidates that it beat."""

    span: Span
    text: str
    name: str | None = None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    country: str | None
    precision: PlacePrecision
    within: str | None = None
    rejected: tuple[str, ...] = ()

    @property
    def is_wide(self) -> bool:
        """Whether it is a whole country or region, where nothing has one spot."""
        return self.precision in {"country", "region"}

    @property
    def is_spot(self) -> bool:
        """Whether it is known to be one place or part of a country, which a map may show."""
        return not self.is_wide and self.precision != "unknown"


class Basis(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Why a country or sector was given: the span that says so, or the dictionary entry."""

    rule: str
    span: Span | None = None
    text: str | None = None


class Actor(Record, frozen=True, kw_only=True):
    """Somebody who acts, suffers or speaks, with every mention of them."""

    id: str
    name: str
    mentions: tuple[Span, ...]
    country: str | None
    sector: str | None
    kind: ActorKind = "unknown"
    basis: Basis | None = None


class Attribution(Record, frozen=True, kw_only=True):
    """Who says what: source, cue and content, in the terms of PARC and PolNeAR.

    ``about`` are the ids of the events whose trigger stands in the content, whether
    the source vouches for them or only wants, denies or judges them.
    """

    id: str
    source: Mention | None
    cue: Mention | None
    content: tuple[Span, ...]
    quoted: Quoted
    via: Mention | None = None
    inside: str | None = None
    stance: Stance = "reported"
    about: tuple[str, ...] = ()
    rule: str


class Count(Record, frozen=True, kw_only=True):
    """How many were hurt, held or present; ``high`` None is an open top."""

    what: CountOf
    low: int
    best: int | None = None
    high: int | None
    of: str | None = None
    span: Span
    text: str


class Reason(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How one field of an event came about: the rule, its words, what it beat."""

    field: str
    rule: str
    span: Span | None = None
    text: str | None = None
    rejected: tuple[str, ...] = ()


class Confidences(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How likely each field of an event is to be right, 0 to 1; a field that the event leaves empty has none.

    ``happened`` is how likely it is to have happened, whatever the status, if those who tell of it are right.
    The figures are measured on gold data: docs/method.md shows how far they can be trusted.
    """

    type: float
    happened: float
    actors: float | None = None
    recipients: float | None = None
    time: float | None = None
    toponyms: float | None = None
    counts: float | None = None
    attributions: float | None = None


class Event(Record, frozen=True, kw_only=True):
    """One event as one passage tells it; ``confidence`` is how likely it is to be one of its type.

    ``attributions`` are the voices that tell it, the innermost first; the outlet is behind the
    last of them, and tells it in its own voice if there is none. ``denied_by`` are the
    attributions, here or elsewhere in the document, whose source denies it.
    """

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    trigger: Mention
    status: Status
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    instruments: tuple[Mention, ...] = ()
    toponyms: tuple[int, ...]
    time: Interval | None
    counts: tuple[Count, ...]
    attributions: tuple[str, ...]
    denied_by: tuple[str, ...] = ()
    evidence: Span
    confidence: float
    confidences: Confidences | None = None
    rules: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def happened(self) -> bool:
        """Whether the passage tells the event as having happened."""
        return self.status in HAPPENED


class Incident(Record, frozen=True, kw_only=True):
    """The document's events that are one happening, and how many it hurt in all.

    ``counts`` with an ``of`` are different people and add up; those without are
    totals that differ, the largest first, each with its words. ``disputed``: one voice tells
    of it as having happened, and another denies it.
    """

    id: str
    type: str
    events: tuple[str, ...]
    counts: tuple[Count, ...] = ()
    disputed: bool = False


class Origin(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Where a document's bytes lie, so that a row can be traced back to them.

    ``container`` is the file on disk; ``offset`` and ``length`` are bytes in it, as it is stored.
    ``member`` is the way inside (the name in a ZIP file, the row of a table), parts joined by ``!/``.
    ``digest`` is "sha256:" and the hexadecimal digest of the page's bytes, any coding for
    transfer undone. ``captured`` is the moment of a crawl, ISO 8601 in UTC; ``media`` the type that
    the container declares.
    """

    container: str
    member: str | None = None
    offset: int | None = None
    length: int | None = None
    digest: str | None = None
    captured: str | None = None
    media: str | None = None


class Copy(Record, frozen=True, kw_only=True):
    """How a document's text comes from another's: the original, the earliest that is known.

    ``kind``: "exact" is the same words; "truncated" stands nearly whole in the original, which has more;
    "embedded" holds the original nearly whole among words of its own; "near" is all else that shares half of
    its words: edited, or cut and added to. Case, punctuation and white space make no difference.
    ``of`` is the original's id, ``source`` where it was read. ``shared`` is the share of this document's words
    that stand in the original, in runs of four or more. ``own`` are the sentences of this document that the
    original does not have as they stand, changed or added; ``missing`` counts those of the original that are not here.
    """

    of: str
    source: str
    kind: CopyKind
    shared: float
    own: tuple[Span, ...] = ()
    missing: int = 0


class Document(Record, frozen=True, kw_only=True):
    """A text as it was read: frozen words, what is known of them, where the article stands.

    ``body`` holds the paragraphs of the article in order; what lies outside is furniture or metadata and is never
    coded. ``headings`` and ``captions`` are paragraphs that are marked as such. Those headings which a page's markup
    tells, between paragraphs of the article, are in the body, and are not coded: they say what the story says. Captions
    are outside of it: their dates and places are the picture's. So is a standfirst, which is among the headings.
    ``copy`` is None for an original, and where nobody has looked for copies.
    ``dates`` are all the days that may be the one of publication, each with its basis,
    the chosen one first; ``partial`` says why the page holds a part of the article only, ``aside`` why it
    is read and not coded: it is in a language that was not asked for.
    """

    id: str
    source: str
    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publication: str | None = None
    issue: str | None = None
    url: str | None = None
    language: str | None = None
    retrieved: Interval | None = None
    published: Interval | None = None
    dates: tuple[Interval, ...] = ()
    body: tuple[Span, ...] = ()
    headings: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()
    partial: str | None = None
    aside: str | None = None
    origin: Origin | None = None
    copy: Copy | None = None

    @property
    def prose(self) -> tuple[Span, ...]:
        """The paragraphs that are coded: the body without its headings; none of a document that is set aside."""
        if self.aside:
            return ()
        headings = set(self.headings)
        return tuple(span for span in self.body if span not in headings)


class CodedDocument(Document, frozen=True, kw_only=True):
    """A document with everything that Byline found in it: one line of JSON."""

    timexes: tuple[Timex, ...] = ()
    toponyms: tuple[Toponym, ...] = ()
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    incidents: tuple[Incident, ...] = ()

    def only_happened(self) -> "CodedDocument":
        """Return the document with those events alone that are told as having happened."""
        events = tuple(e for e in self.events if e.happened)
        kept = {e.id for e in events}
        incidents = (msgspec.structs.replace(i, events=tuple(e for e in i.events if e in kept)) for i in self.incidents)
        return msgspec.structs.replace(self, events=events, incidents=tuple(i for i in incidents if i.events))

    @classmethod
    def from_json(cls, line: bytes | str) -> "CodedDocument":
        """Read what `to_json` wrote; msgspec.ValidationError if it is something else."""
        return msgspec.json.decode(line, type=cls)


class Failure(Record, frozen=True, kw_only=True):
    """What cannot be read or is set aside: where it stands, and a reason with what to do next.

    ``damaged``: bytes of a container are lost;
    ``wall``: the page shows a demand for payment, cookies or a login in place of an article; ``empty``: there are
    no words; ``internal``: a mistake of Byline's own; ``time``, ``memory``: coding it would take more than is allowed;
    ``crash``: it ends the process that codes it.
    """

    source: str
    reason: str
    kind: FailureKind = "unreadable"


class Decision(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What a reviewer says of incidents, by the uids of events, which are the same in every edition that finds them.

    ``merge``: the reports with ``events`` and ``others`` are of one happening. ``split``: none with ``events`` is of
    one happening with one of ``others``. ``exclude``: the reports with ``events`` are of no incident but their own.
    ``undo``: the decision with the id ``undoes`` no longer holds. ``time`` is ISO 8601 in UTC.
    """

    kind: DecisionKind
    events: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    undoes: str | None = None
    reviewer: str
    time: str
    reason: str

    @property
    def id(self) -> str:
        """A digest of all that the decision says."""
        return "d" + blake2b(self.to_json(), digest_size=8).hexdigest()
