"""Whether a record of others holds together: its spans lie in its text and quote it, its ids name what it has."""

import math
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain

import msgspec

from byline.records import CodedDocument, Interval, Mention, Span, Toponym

_ONE = ("span", "head", "evidence")  # fields that are a span
_MANY = ("mentions", "content", "body", "headings", "captions", "own")  # ... and spans


def contradiction(document: CodedDocument) -> str | None:
    """Return the first thing in which a record contradicts itself, in words; None if there is none."""
    return next(chain(_of_references(document), _of_parts(document)), None)


def _of_references(document: CodedDocument) -> Iterator[str]:
    named = {
        "event": [e.id for e in document.events],
        "attribution": [a.id for a in document.attributions],
        "actor": [a.id for a in document.actors],
        "incident": [i.id for i in document.incidents],
    }
    for what, ids in named.items():
        yield from _twice(what, ids)
    yield from _twice("event of an incident", [e for i in document.incidents for e in i.events])
    for event in document.events:
        yield from _twice(f"voice of event {event.id}", event.attributions)
        yield from _twice(f"denial of event {event.id}", event.denied_by)
        yield from _missing("attribution", (*event.attributions, *event.denied_by), named["attribution"])
        yield from _missing("toponym", event.toponyms, range(len(document.toponyms)))
    for attribution in document.attributions:
        yield from _missing("attribution", filter(None, [attribution.inside]), named["attribution"])
        yield from _missing("event", attribution.about, named["event"])
    for incident in document.incidents:
        yield from _missing("event", incident.events, named["event"])
        if not incident.events:
            yield f"incident {incident.id} has no event"
    mentions = (part for part in _parts(document) if isinstance(part, Mention))
    yield from _missing("actor", (m.actor for m in mentions if m.actor), named["actor"])


def _twice(what: str, ids: Collection[str]) -> Iterator[str]:
    if len(set(ids)) < len(ids):
        yield f"the same {what} is there twice"


def _missing(what: str, ids: Iterable[object], known: Collection[object]) -> Iterator[str]:
    there = known if isinstance(known, range) else set(known)
    return (f"there is no {what} {one!r}" for one in ids if one not in there)


def _of_parts(document: CodedDocument) -> Iterator[str]:
    for part in _parts(document):
        yield from (
            f"there are no words at {span}"
            for span in _spans(part)
            if not 0 <= span[0] <= span[1] <= len(document.text)
        )
        if isinstance(part, Interval) and not _is_time(part):
            yield f"{part.start!r} to {part.end!r} are no days"
        if isinstance(part, Toponym) and not _is_on_earth(part):
            yield f"{part.latitude}, {part.longitude} is no place"
        span, words = getattr(part, "span", None), getattr(part, "text", None)
        if span and words is not None and words != document.text[slice(*span)]:
            yield f"{words!r} does not stand at {span}"


def _parts(record: msgspec.Struct) -> Iterator[msgspec.Struct]:
    """Yield a record and all that it is made of."""
    yield record
    for name in record.__struct_fields__:
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, msgspec.Struct):
                yield from _parts(one)


def _spans(part: msgspec.Struct) -> Iterator[Span]:
    yield from (span for name in _ONE if (span := getattr(part, name, None)) is not None)
    yield from (span for name in _MANY for span in getattr(part, name, ()))


def _is_time(time: Interval) -> bool:
    try:
        return date.fromisoformat(time.start) <= date.fromisoformat(time.end)
    except ValueError:
        return False


def _is_on_earth(toponym: Toponym) -> bool:
    latitude, longitude = toponym.latitude or 0.0, toponym.longitude or 0.0
    return math.isfinite(latitude) and abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004 -- degrees
