"""Entities of Follow the Money, which Aleph and OpenAleph read: articles, events, and who takes part or speaks.

https://followthemoney.tech: schemata Article, Event, Person, Organization, PublicBody and LegalEntity.
"""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from byline.export.codes import code
from byline.export.layout import Chosen, Layout, Read, Told
from byline.export.tables import lines
from byline.lookup import OUTLET, Index, link_of
from byline.records import Actor, ActorKind

Entity = dict[str, Any]
_SCHEMATA: dict[ActorKind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "state": "PublicBody",
    "group": "LegalEntity",
    "unknown": "LegalEntity",
}


def entities(chosen: Chosen) -> Iterator[Entity]:
    """Yield the entities of each document: the article, those who take part or speak, the chosen events."""
    for read in chosen.documents():
        yield _article(read.index)
        yield from (_actor(read.index, actor) for actor in _taking_part(read))
        yield from map(_event, read.told)


def _article(index: Index) -> Entity:
    document = index.document
    return _entity(
        _id(index),
        "Article",
        title=document.title,
        author=document.authors,
        publisher=document.publication,
        publishedAt=document.published.start if document.published else None,
        sourceUrl=link_of(document.url),
        fileName=document.source.rpartition("/")[2],
    )


def _actor(index: Index, actor: Actor) -> Entity:
    return _entity(
        _id(index, actor.id),
        _SCHEMATA[actor.kind],
        name=" ".join(actor.name.split()),
        country=_country(actor.country),
        keywords=actor.sector,
        proof=_id(index),
    )


def _event(told: Told) -> Entity:
    index, event = told.index, told.event
    places = [index.document.toponyms[i] for i in event.toponyms]
    words = " ".join(index.document.text[slice(*event.evidence)].split())
    involved = (m.actor for m in (*event.actors, *event.recipients) if m.actor)
    return _entity(
        told.uid,
        "Event",
        name=f"{event.status.replace('_', ' ')}: {event.type.lower()} ({' '.join(event.trigger.text.split())})",
        summary=words,
        description=f"{_sides(told)}, as told by {'; '.join(index.voices(event)) or OUTLET}",
        startDate=event.time.start if event.time else None,
        endDate=event.time.end if event.time else None,
        location=[place.name or place.text for place in places],
        country=[_country(place.country) for place in places],
        involved=[_id(index, actor) for actor in involved],
        keywords=[event.type, event.mode, event.status, told.incident.id if told.incident else None],
        recordId=event.id,
        sourceUrl=link_of(index.document.url),
        publisher=index.document.publication,
        proof=_id(index),
    )


def _sides(told: Told) -> str:
    sides = (told.event.actors, told.event.recipients)
    who, whom = (", ".join(" ".join(told.index.name(m).split()) for m in side) or "somebody" for side in sides)
    return f"{who} → {whom}"


def _taking_part(read: Read) -> Iterator[Actor]:
    """Yield who takes part in a chosen event, or speaks of it, in the order of the document."""
    said = (read.index.attributions[i] for told in read.told for i in told.event.attributions)
    mentions = [m for told in read.told for m in (*told.event.actors, *told.event.recipients)]
    mentions += [one.source for one in said if one.source]
    named = {mention.actor for mention in mentions}
    return (actor for actor in read.index.document.actors if actor.id in named)


def _country(alpha3: str | None) -> str | None:
    found = code(alpha3, "alpha2")
    return str(found).lower() if found else None


def _id(index: Index, part: str = "") -> str:
    """Return an entity's id: the same for the same part of the same document."""
    words = f"{index.document.id} {part}".strip()
    return "b" + blake2b(words.encode(), digest_size=12).hexdigest()


def _entity(id: str, schema: str, **values: str | Iterable[str | None] | None) -> Entity:
    """Return an entity; all properties are lists of text, and those that are not known are left out."""
    lists = {name: [one] if isinstance(one, str) else one or () for name, one in values.items()}
    known = {name: list(dict.fromkeys(filter(None, found))) for name, found in lists.items()}
    return {"id": id, "schema": schema, "properties": {name: found for name, found in known.items() if found}}


LAYOUT = Layout(
    name="ftm",
    title="Entities of Follow the Money, for Aleph and its kin",
    level="event",
    columns={},
    forms=lines(entities),
    losses=(
        "Who acts and who is acted upon are both involved; which is which stands in the description.",
        "Whether it happened stands in the name and the keywords: Follow the Money has no field for it.",
        "Who says so stands in the description, without the words of the claim.",
        "How many were hurt, points on the map, spans and confidence are not there.",
        "Somebody who is named in two documents is two entities: whether they are one is for your tool to find.",
        "The text of a document is not there.",
    ),
)
