"""A document as people read it: its paragraphs with what was found in them, and a card for each event and claim."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from byline.lookup import Index, link_of
from byline.records import Attribution, CodedDocument, Event, Mention, Record, Span
from byline.web.marks import Mark, Segment, segments

_LONGEST = 300  # characters of a text fragment that is quoted whole; of a longer one its ends
_ENDS = 5  # words of each end


class Named(NamedTuple):
    """Somebody as the archive calls them, with country and sector as far as known: "MIL", "IRQ MIL", ""."""

    name: str
    code: str


class Voice(NamedTuple):
    """Who says something, None for an unnamed source, and who passed it on."""

    source: str | None
    via: str | None


class Card(Record, frozen=True, kw_only=True):
    """An event for the margin: what a reader asks of it, in words."""

    id: str
    type: str
    mode: str | None
    status: str
    happened: bool
    trigger: str
    who: tuple[Named, ...]
    whom: tuple[Named, ...]
    when: str | None
    where: tuple[str, ...]
    counts: tuple[str, ...]
    voices: tuple[Voice, ...]
    denied_by: tuple[Voice, ...]
    confidence: float
    why: tuple[tuple[str, str], ...]
    original: str | None


class ClaimCard(Record, frozen=True, kw_only=True):
    """What somebody says, for the margin: who, how, and the ids of the events that it is about."""

    id: str
    who: Voice
    code: str
    stance: str
    quoted: str
    cue: str | None
    about: tuple[str, ...]
    inside: str | None


class Block(NamedTuple):
    """A paragraph: what it is, its words in segments, and cards of the events and claims that begin in it.

    `start` is where it begins in the text.
    """

    kind: str
    segments: list[Segment]
    cards: list[Card]
    claims: list[ClaimCard]
    start: int


def blocks(document: CodedDocument) -> Iterator[Block]:
    """Yield all of the text in order: paragraphs of the article, and what stands around them as furniture."""
    index, marks = Index(document), _marks(document)
    at = 0
    for span, kind in _paragraphs(document):
        yield from _furniture(document, (at, span[0]))
        told = [card(index, e) for e in document.events if span[0] <= e.trigger.span[0] < span[1]]
        said = [_claim(index, a) for a in document.attributions if span[0] <= min(a.content)[0] < span[1]]
        yield Block(kind, list(segments(document.text, span, marks)), told, said, span[0])
        at = span[1]
    yield from _furniture(document, (at, len(document.text)))


def card(index: Index, event: Event) -> Card:
    """Return an event in words."""
    document = index.document
    return Card(
        id=event.id,
        type=event.type,
        mode=event.mode,
        status=event.status,
        happened=event.happened,
        trigger=event.trigger.text,
        who=tuple(_named(index, m) for m in event.actors),
        whom=tuple(_named(index, m) for m in event.recipients),
        when=_days(event),
        where=tuple(_place(document, i) for i in event.toponyms),
        counts=tuple(f"{c.what}: {c.text}" for c in event.counts),
        voices=tuple(_voice(index, index.attributions[i]) for i in event.attributions),
        denied_by=tuple(_voice(index, index.attributions[i]) for i in event.denied_by),
        confidence=event.confidence,
        why=tuple((r.field, r.rule) for r in event.reasons),
        original=original(document, event.evidence),
    )


def _claim(index: Index, said: Attribution) -> ClaimCard:
    return ClaimCard(
        id=said.id,
        who=_voice(index, said),
        code=index.code(said.source) if said.source else "",
        stance=said.stance,
        quoted=said.quoted,
        cue=said.cue.text if said.cue else None,
        about=said.about,
        inside=said.inside,
    )


def original(document: CodedDocument, span: Span) -> str | None:
    """Return a link that opens the original page at the very words (a text fragment), None where no URL is known."""
    url = link_of(document.url)
    if url is None:
        return None
    words = " ".join(document.text[slice(*span)].split())
    ends = [words] if len(words) <= _LONGEST else [" ".join(words.split()[:_ENDS]), " ".join(words.split()[-_ENDS:])]
    fragment = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
    return f"{url.partition('#')[0]}#:~:text={fragment}"


def _paragraphs(document: CodedDocument) -> list[tuple[Span, str]]:
    headings = set(document.headings)
    body = [(span, "heading" if span in headings else "paragraph") for span in document.body]
    known = set(document.body)
    outside = [(s, "heading") for s in document.headings if s not in known]
    return sorted([*body, *outside, *((s, "caption") for s in document.captions if s not in known)])


def _furniture(document: CodedDocument, span: Span) -> Iterator[Block]:
    if document.text[slice(*span)].strip():
        yield Block("furniture", list(segments(document.text, span, [])), [], [], span[0])


def _marks(document: CodedDocument) -> list[Mark]:
    """Return what is marked: who speaks and what they say, below the triggers of events."""
    return [*(m for a in document.attributions for m in _said(a)), *(_trigger(e) for e in document.events)]


def _said(said: Attribution) -> Iterator[Mark]:
    for span in said.content:
        yield Mark(*span, f"said {said.quoted}", said.id)
    for mention, kind in ((said.source, "source"), (said.cue, "cue")):
        if mention:
            yield Mark(*mention.span, kind, said.id)


def _trigger(event: Event) -> Mark:
    return Mark(*event.trigger.span, "trigger" if event.happened else "trigger not-happened", event.id)


def _named(index: Index, mention: Mention) -> Named:
    return Named(index.name(mention), index.code(mention))


def _voice(index: Index, said: Attribution) -> Voice:
    return Voice(*(index.name(one) if one else None for one in (said.source, said.via)))


def _days(event: Event) -> str | None:
    if event.time is None:
        return None
    return event.time.start if event.time.start == event.time.end else f"{event.time.start} to {event.time.end}"


def _place(document: CodedDocument, number: int) -> str:
    place = document.toponyms[number]
    return f"{place.name or place.text} ({place.precision})"
