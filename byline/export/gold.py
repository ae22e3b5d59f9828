"""Documents that reviewers have judged, as gold: the events they hold for right, and those they hold for wrong."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from byline import store
from byline.export.agreement import Together, judged_together
from byline.gold import GoldDocument, Judged
from byline.lookup import uids_of
from byline.records import CodedDocument, Event, Interval, Mention, Span, Toponym
from byline.reviews import Facts, Review
from byline.store import Archive


class _Settled(NamedTuple):
    """An event as it was settled, and by whom."""

    event: Event
    is_right: bool
    judged: Judged


def gold(archive: Archive) -> Iterator[GoldDocument]:
    """Yield each document with a judged event, in the order of the first judgement."""
    documents: dict[str, list[Together]] = {}
    for group in judged_together(store.judgements(archive)):
        documents.setdefault(group.said[0].document, []).append(group)
    for name, groups in documents.items():
        row = store.row_of(archive, name)
        found = store.document(archive, row) if row is not None else None
        if found is not None:
            yield gold_of(found, groups)


def gold_of(document: CodedDocument, groups: Iterable[Together]) -> GoldDocument:
    """Return a document with what was settled of its events."""
    known = dict(zip(uids_of(document), document.events, strict=True))
    building = _Building(document)
    settled, still_open = [], []
    for group in groups:
        last = _last(group)
        if last is None or last.facts is None:
            still_open.append(group.said[0].event)
        else:
            settled.append(building.settled(group, last, last.facts, known.get(last.event)))
    settled.sort(key=lambda one: (one.event.trigger.span, one.judged.uid))
    seen = {s.judged.uid for s in settled}
    return GoldDocument(
        **{name: getattr(document, name) for name in CodedDocument.__struct_fields__}
        | {
            "events": tuple(s.event for s in settled if s.is_right),
            "incidents": (),
            "toponyms": tuple(building.toponyms),
        },
        rejected=tuple(s.event for s in settled if not s.is_right),
        judged=tuple(s.judged for s in settled),
        open=tuple(still_open),
        complete=known.keys() <= seen and not still_open,
    )


def _last(group: Together) -> Review | None:
    """Return what holds of an event: the adjudication, else what all who judged it say; None if they differ."""
    return group.settled or (None if group.fields else group.said[-1])


class _Building:
    """Makes records of events from what reviewers say, in the terms of their document."""

    def __init__(self, document: CodedDocument) -> None:
        self._document = document
        self.toponyms = list(document.toponyms)
        self._places = {place.span: number for number, place in enumerate(document.toponyms)}
        self._actors = {span: actor.id for actor in document.actors for span in actor.mentions}
        self._added = 0

    def settled(self, group: Together, last: Review, facts: Facts, machine: Event | None) -> _Settled:
        is_added = any(review.kind == "add" for review in group.said)
        self._added += machine is None
        name = machine.id if machine else f"r{self._added}"
        by = (last.reviewer,) if group.settled else tuple(dict.fromkeys(review.reviewer for review in group.said))
        judged = Judged(
            event=name, uid=last.event, by=by, day=last.time[:10], adjudicated=group.settled is not None, added=is_added
        )
        return _Settled(self._event(facts, machine, name), last.judged == "accept", judged)

    def _event(self, facts: Facts, machine: Event | None, name: str) -> Event:
        same = machine is not None and (machine.type, machine.mode) == (facts.type, facts.mode)
        return Event(
            id=name,
            type=facts.type,
            mode=facts.mode,
            cameo=machine.cameo if machine and same else None,
            trigger=facts.trigger,
            status=facts.status,
            actors=tuple(map(self._mention, facts.actors)),
            recipients=tuple(map(self._mention, facts.recipients)),
            toponyms=tuple(map(self._place, facts.places)),
            time=_days(facts, machine),
            counts=facts.counts,
            attributions=machine.attributions if machine else (),
            denied_by=machine.denied_by if machine else (),
            evidence=machine.evidence if machine else self._paragraph(facts.trigger.span),
            confidence=1.0,
        )

    def _mention(self, mention: Mention) -> Mention:
        return msgspec.structs.replace(mention, actor=self._actors.get(mention.span))

    def _place(self, mention: Mention) -> int:
        if mention.span not in self._places:
            self._places[mention.span] = len(self.toponyms)
            self.toponyms.append(_unknown(mention))
        return self._places[mention.span]

    def _paragraph(self, span: Span) -> Span:
        return next((p for p in self._document.body if p[0] <= span[0] and span[1] <= p[1]), span)


def _days(facts: Facts, machine: Event | None) -> Interval | None:
    if facts.start is None or facts.end is None:
        return None
    if machine and machine.time and (machine.time.start, machine.time.end) == (facts.start, facts.end):
        return machine.time
    return Interval(
        start=facts.start,
        end=facts.end,
        precision="day" if facts.start == facts.end else "range",
        basis="reviewer",
    )


def _unknown(mention: Mention) -> Toponym:
    return Toponym(
        span=mention.span, text=mention.text, latitude=None, longitude=None, geonames_id=None, country=None,
        precision="unknown", within=None,
    )  # fmt: skip
