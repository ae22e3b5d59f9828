"""One flat row an event: what the CSV file and the data frame hold."""

from collections.abc import Iterable, Iterator
from typing import get_args

from byline.lookup import OUTLET, Index, toll
from byline.records import CodedDocument, CountOf, Event, Incident, Mention

Cell = str | int | float | None
_COUNTED: tuple[CountOf, ...] = get_args(CountOf)
_TOLLS: tuple[CountOf, ...] = ("killed", "wounded")  # what an incident's counts are of


def rows(documents: Iterable[CodedDocument]) -> Iterator[dict[str, Cell]]:
    """Yield one row an event; the columns are the same for every row."""
    for document in documents:
        index = Index(document)
        for event in document.events:
            yield _row(index, event)


def columns() -> list[str]:
    """Return the names of the columns, in order."""
    empty = CodedDocument(id="", source="", text="")
    mention = Mention(span=(0, 0), text="")
    event = Event(
        id="", type="", trigger=mention, status="actual", actors=(), recipients=(), toponyms=(), time=None,
        counts=(), attributions=(), evidence=(0, 0), confidence=0,
    )  # fmt: skip
    return list(_row(Index(empty), event))


def _row(index: Index, event: Event) -> dict[str, Cell]:
    document, incident = index.document, index.incidents.get(event.id)
    return {
        "document": document.id,
        "source": document.source,
        "publication": document.publication,
        "published_start": document.published.start if document.published else None,
        "published_end": document.published.end if document.published else None,
        "url": document.url,
        "copy_of": document.copy.of if document.copy else None,
        "copy_kind": document.copy.kind if document.copy else None,
        "event": event.id,
        "incident": incident.id if incident else None,
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "trigger": event.trigger.text,
        "status": event.status,
        "happened": "yes" if event.happened else "no",
        **_who(index, "actor", event.actors),
        **_who(index, "recipient", event.recipients),
        **_where(index, event),
        "start": event.time.start if event.time else None,
        "end": event.time.end if event.time else None,
        "time_basis": event.time.basis if event.time else None,
        **_hurt(event),
        **_toll(incident),
        "said_by": "; ".join(index.voices(event)) or OUTLET,
        "stance": index.attributions[event.attributions[0]].stance if event.attributions else None,
        "confidence": event.confidence,
        "evidence_start": event.evidence[0],
        "evidence_end": event.evidence[1],
        "evidence": " ".join(document.text[slice(*event.evidence)].split()),
    }


def _who(index: Index, role: str, mentions: tuple[Mention, ...]) -> dict[str, Cell]:
    return {
        f"{role}s": "; ".join(index.name(m) for m in mentions) or None,
        f"{role}_codes": "; ".join(filter(None, (index.code(m) for m in mentions))) or None,
    }


def _where(index: Index, event: Event) -> dict[str, Cell]:
    """Return the event's places; coordinates are the first's that is a pin: a whole country or region is none."""
    places = [index.document.toponyms[i] for i in event.toponyms]
    point = next((p for p in places if p.latitude is not None and p.is_spot), None)
    return {
        "places": "; ".join(p.name or p.text for p in places) or None,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "place_precision": point.precision if point else None,
        "country": next((p.country for p in places if p.country), None),
    }


def _hurt(event: Event) -> dict[str, Cell]:
    """Return the bounds of an event's first count of each kind: further ones may be of the same people."""
    cells: dict[str, Cell] = {}
    for what in _COUNTED:
        count = next((c for c in event.counts if c.what == what), None)
        cells[f"{what}_low"] = count.low if count else None
        cells[f"{what}_high"] = count.high if count else None
    return cells


def _toll(incident: Incident | None) -> dict[str, Cell]:
    """Return how many the event's incident hurt in all."""
    cells: dict[str, Cell] = {}
    for what in _TOLLS:
        cells[f"incident_{what}_low"], cells[f"incident_{what}_high"] = toll(incident, what)
    return cells
