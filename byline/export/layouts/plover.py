"""Events as PLOVER's JSON: one record a line, with the words that show the event and where they stand."""

from collections.abc import Iterator
from typing import Any

from byline.export.codes import code
from byline.export.foreign import known, one_line, program, table_of
from byline.export.layout import Chosen, Layout, Told
from byline.export.tables import lines
from byline.export.together import happened_events
from byline.export.where import where
from byline.lookup import OUTLET, link_of
from byline.records import CodedDocument, Event, Mention

_QUADS = table_of("plover")["quads"]
_SIZES = {"dead": "killed", "injured": "wounded", "arrested": "arrested"}


def _records(chosen: Chosen) -> Iterator[dict[str, Any]]:
    for told in happened_events(chosen):
        if told.event.time is None:
            chosen.left_out["events without a date, which PLOVER requires"] += 1
        else:
            yield _record(told)


def _record(told: Told) -> dict[str, Any]:
    event, document = told.event, told.index.document
    first, last = (event.time.start, event.time.end) if event.time else (None, None)
    record = {
        "id": told.uid,
        "has_event": True,
        "date": first,
        "enddate": last if last != first else None,
        "actor": [_entity(told, mention) for mention in event.actors],
        "recipient": [_entity(told, mention) for mention in event.recipients],
        "event": [event.type],
        "event_loc": _location(told),
        "event_text": [document.text[slice(*event.evidence)]],
        "quad_code": _QUADS.get(event.type),
        "mode": [event.mode] if event.mode else [],
        "context": list(event.contexts),
        "size": known({name: _exact(event, what) for name, what in _SIZES.items()}),
        "link": told.incident.id if told.incident else None,
        "text_info": {"start": event.evidence[0], "end": event.evidence[1]},
        "cite_info": _citation(document),
        "coder": program(),
        "comment": _says_who(told),
    }
    return {"actor": [], **known(record)}


def _entity(told: Told, mention: Mention) -> dict[str, Any]:
    actor = told.index.actor(mention)
    return known(
        {
            "code": actor.country if actor else None,
            "sector": actor.sector if actor else None,
            "entity_text": mention.text,
            "identifier_text": one_line(actor.name) if actor else None,
        }
    )


def _location(told: Told) -> dict[str, Any]:
    place = where(told.index, told.event)
    if place is None:
        return {}
    return known(
        {
            "extracted_place": place.words,
            "resolved_place": place.name if place.level else None,
            "geonameid": place.geonames_id,
            "lat": place.latitude,
            "lon": place.longitude,
            "city": place.town,
            "district": place.district,
            "province": place.province,
            "country": place.country,
            "country_code": code(place.country, "alpha2"),
            "resolution": place.level,
        }
    )


def _citation(document: CodedDocument) -> dict[str, Any]:
    return known(
        {
            "citation": document.source,
            "url": link_of(document.url),
            "title": document.title,
            "language": document.language,
            "publication": document.publication,
        }
    )


def _exact(event: Event, what: str) -> int | None:
    """Return the event's first count of a kind, where it is one figure and no range."""
    count = next((c for c in event.counts if c.what == what), None)
    return count.low if count and count.low == count.high else None


def _says_who(told: Told) -> str:
    voices = told.index.voices(told.event)
    stance = told.index.attributions[told.event.attributions[0]].stance if voices else None
    said = " < ".join(map(one_line, voices)) or OUTLET
    return f"told by {said}" + (f" ({stance})" if stance else "")


LAYOUT = Layout(
    name="plover",
    title="Events as PLOVER's JSON",
    level="event",
    columns={},
    forms=lines(_records),
    losses=(
        "Who says so is a comment in words: PLOVER has no field for sources within a text, for stance or for denials.",
        (
            "Events that are not told as having happened are left out, and so are those without a date, which "
            "PLOVER requires; how many is said on standard error."
        ),
        "A range of killed, wounded or arrested people is lost: size has exact figures alone.",
        "What days and places rest on, and the candidates that a place has beaten, are lost.",
        (
            "The document's text is not there, as PLOVER asks for rights to it: start and end count its code "
            "points, and event_text has the sentence."
        ),
        "PLOVER requires an actor: where nobody is named, the list is empty.",
        "Confidences and reasons are lost.",
    ),
)
