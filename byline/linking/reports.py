"""What one document says of one happening: a report, with all that linking, corroboration and contest need.

A report is one of the document's incidents. It stands on its own: names, places, days and voices are
written out, so that reports of many documents can be compared without their texts.
"""

from byline.linking.confirmations import confirmations
from byline.linking.passages import Passage, Passages, is_many
from byline.linking.purposes import corrections_in, purpose_of
from byline.lookup import Index, outlet_of, uids_of
from byline.records import (
    Actor,
    ActorKind,
    Attribution,
    CodedDocument,
    Count,
    Event,
    Incident,
    Interval,
    Mention,
    PlacePrecision,
    Record,
    Span,
    Stance,
    Status,
    Toponym,
)


class Party(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody who acts, suffers or speaks: the fullest name that the document has, and the words at this place.

    ``described`` is the longest mention, where it is another: "Lt. Ada Brune of the Marlow police".
    """

    name: str
    described: str | None = None
    country: str | None = None
    sector: str | None = None
    kind: ActorKind = "unknown"
    text: str
    span: Span


class Spot(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A place of an event, as its toponym has it; coordinates in degrees."""

    name: str
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    precision: PlacePrecision
    within: str | None = None
    span: Span

    @property
    def is_spot(self) -> bool:
        """Whether a map may show it: a whole country or region is no point."""
        return self.precision not in {"country", "region", "unknown"}


class Voice(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who says so: None for `source` where the words name nobody; `via` passed it on."""

    source: Party | None = None
    via: Party | None = None
    stance: Stance = "reported"


class Telling(Record, frozen=True, kw_only=True, omit_defaults=True):
    """One event of the report. `voices` tell it, the innermost first: none is the outlet's own voice.

    `uid` is the event's id in every edition that finds it; `denied_by` are those who deny it in this document;
    `purpose` are the words that say what it was for; `many`: it is told as many happenings, "a week of raids";
    `only_denied`: it stands in no other words than those by which somebody denies a part in it.
    """

    uid: str
    event: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    status: Status
    trigger: str
    time: Interval | None = None
    spots: tuple[Spot, ...] = ()
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    counts: tuple[Count, ...] = ()
    purpose: Mention | None = None
    voices: tuple[Voice, ...] = ()
    denied_by: tuple[Voice, ...] = ()
    evidence: Span
    confidence: float
    many: bool = False
    only_denied: bool = False


class Report(Record, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """What a document says of one happening; `tellings` are its events in text order, at least one.

    `id` is the uid of the first event: documents of the very same text have the same, and `source` tells them apart.
    `counts` are the totals of the document's incident, `counted_by` the voices that tell each of them, as in a telling.
    `confirmed_by` are those who confirm it without telling it again ("the mayor confirmed the incident").
    `corrections` are the paragraphs that correct what was reported before. `original` is the id of the document whose
    text this one copies, else its own. `publication` is the outlet, by the host of its address if that is all that is
    known. `passage` is what the paragraphs name that tell of it.
    """

    id: str
    document: str
    incident: str
    source: str
    publication: str | None = None
    published: Interval | None = None
    original: str
    type: str
    disputed: bool = False
    counts: tuple[Count, ...] = ()
    counted_by: tuple[tuple[Voice, ...], ...] = ()
    confirmed_by: tuple[Voice, ...] = ()
    corrections: tuple[Span, ...] = ()
    passage: Passage = Passage()
    tellings: tuple[Telling, ...]

    @property
    def rank(self) -> tuple[str, str, str, str]:
        """What reports are ordered by: publication, those without a day last, then document and id."""
        return self.published.start if self.published else "~", self.document, self.id, self.source

    @property
    def uids(self) -> tuple[str, ...]:
        """The uids of its events."""
        return tuple(telling.uid for telling in self.tellings)


def reports_of(document: CodedDocument) -> list[Report]:
    """Return the document's reports, in the order of its incidents."""
    index, passages = Index(document), Passages(document)
    events = {e.id: (e, uid) for e, uid in zip(document.events, uids_of(document), strict=True)}
    starts = sorted(e.trigger.span[0] for e in document.events)
    corrections, confirmed = corrections_in(document), list(confirmations(document))
    return [
        _report(
            index,
            incident,
            [events[e] for e in incident.events],
            starts,
            confirmed=[said for event, said in confirmed if event in incident.events],
            corrections=corrections,
            read=passages,
        )
        for incident in document.incidents
    ]


def _report(
    index: Index,
    incident: Incident,
    events: list[tuple[Event, str]],
    starts: list[int],
    *,
    confirmed: list[Attribution],
    corrections: tuple[Span, ...],
    read: Passages,
) -> Report:
    document = index.document
    return Report(
        id=events[0][1],
        document=document.id,
        incident=incident.id,
        source=document.source,
        publication=outlet_of(document),
        published=document.published,
        original=document.copy.of if document.copy else document.id,
        type=incident.type,
        disputed=incident.disputed,
        counts=incident.counts,
        counted_by=tuple(_counted_by(count, index, [e for e, _ in events]) for count in incident.counts),
        confirmed_by=tuple(_voice(said, index) for said in confirmed),
        corrections=corrections,
        passage=read.of([e for e, _ in events]),
        tellings=tuple(_telling(index, event, uid, starts) for event, uid in events),
    )


def _telling(index: Index, event: Event, uid: str, starts: list[int]) -> Telling:
    return Telling(
        uid=uid,
        event=event.id,
        type=event.type,
        mode=event.mode,
        contexts=event.contexts,
        status=event.status,
        trigger=event.trigger.text,
        time=event.time,
        spots=tuple(_spot(index.document.toponyms[i]) for i in event.toponyms),
        actors=tuple(_party(m, index) for m in event.actors),
        recipients=tuple(_party(m, index) for m in event.recipients),
        counts=event.counts,
        purpose=purpose_of(index.document, event, starts),
        voices=tuple(_voice(index.attributions[i], index) for i in event.attributions),
        denied_by=tuple(_voice(index.attributions[i], index) for i in event.denied_by),
        evidence=event.evidence,
        confidence=event.confidence,
        many=is_many(index.document.text, event.evidence),
        only_denied=event.happened and any(_holds(index.attributions[i], event.trigger.span) for i in event.denied_by),
    )


def _holds(said: Attribution, span: Span) -> bool:
    """Whether a span begins in somebody's words."""
    return any(start <= span[0] < end for start, end in said.content)


def _counted_by(count: Count, index: Index, events: list[Event]) -> tuple[Voice, ...]:
    """Return the voices of the event that has a count, else those whose words the count stands in."""
    owner = next((e for e in events if any(c.span == count.span for c in e.counts)), None)
    if owner is not None:
        return tuple(_voice(index.attributions[i], index) for i in owner.attributions)
    around = [a for a in index.attributions.values() if _holds(a, count.span)]
    return tuple(_voice(a, index) for a in sorted(around, key=lambda a: sum(e - s for s, e in a.content)))


def _spot(toponym: Toponym) -> Spot:
    return Spot(
        name=toponym.name or toponym.text,
        country=toponym.country,
        latitude=toponym.latitude,
        longitude=toponym.longitude,
        geonames_id=toponym.geonames_id,
        precision=toponym.precision,
        within=toponym.within,
        span=toponym.span,
    )


def _voice(said: Attribution, index: Index) -> Voice:
    return Voice(
        source=_party(said.source, index) if said.source else None,
        via=_party(said.via, index) if said.via else None,
        stance=said.stance,
    )


def _party(mention: Mention, index: Index) -> Party:
    actor: Actor | None = index.actor(mention)
    if actor is None:
        return Party(name=mention.text, text=mention.text, span=mention.span)
    longest = max((index.document.text[slice(*span)] for span in actor.mentions), key=len, default=mention.text)
    return Party(
        name=actor.name,
        described=longest if len(longest) > len(mention.text) else None,
        country=actor.country,
        sector=actor.sector,
        kind=actor.kind,
        text=mention.text,
        span=mention.span,
    )
