"""A coded document as rows of the archive's tables: what queries ask for, beside the record that holds all."""

from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from byline.lookup import Index, facts, spot_of, told_of, toll, uids_of
from byline.records import CodedDocument, Count, Document, Event, Mention

Value = str | bool | int | float | None
Row = dict[str, Value]
_CODED = tuple(n for n in CodedDocument.__struct_fields__ if n not in Document.__struct_fields__)
_DEPENDED_ON = tuple(n for n in Document.__struct_fields__ if n not in {"source", "retrieved", "origin", "copy"})


class EventRows(NamedTuple):
    """An event's row, its report's id, and the rows that hang on it; `voices` are (attribution, place, denies)."""

    event: Row
    report: str | None
    participants: list[Row]
    counts: list[Row]
    voices: list[tuple[str, int, bool]]
    point: tuple[float, float] | None


class Rows(NamedTuple):
    """A coded document's own row, the record of its coding, and the rows of its attributions, reports and events."""

    document: Row
    record: str
    attributions: list[Row]
    reports: list[Row]
    events: list[EventRows]


def rows_of(document: CodedDocument) -> Rows:
    """Return all rows of a coded document."""
    return Rows(
        document=document_row(document),
        record=coding_record(document),
        attributions=list(_attribution_rows(document)),
        reports=list(_report_rows(document)),
        events=list(event_rows(document)),
    )


def key_of(document: Document) -> str:
    """Return a digest of a document's text and of all that its coding depends on: where it lay is none of that."""
    told = {name: getattr(document, name) for name in _DEPENDED_ON}
    return blake2b(msgspec.json.encode(told), digest_size=16).hexdigest()


def document_row(document: Document) -> Row:
    """Return the row of `documents`; with its `text` and `record` the document can be made again."""
    rest = {name: getattr(document, name) for name in Document.__struct_fields__ if name != "text"}
    return {
        **facts(document),
        "key": key_of(document),
        "language": document.language,
        "text": document.text,
        "record": msgspec.json.encode(rest).decode(),
    }


def coding_record(document: CodedDocument) -> str:
    """Return the JSON of what coding found, for `codings.record`."""
    return msgspec.json.encode({name: getattr(document, name) for name in _CODED}).decode()


def coded_document(document: Document, record: str) -> CodedDocument:
    """Return a document with what coding found, from its `coding_record`."""
    return msgspec.convert(document.to_dict() | msgspec.json.decode(record), CodedDocument)


def event_rows(document: CodedDocument) -> Iterator[EventRows]:
    """Yield the rows of each event, in order."""
    index = Index(document)
    for event, uid in zip(document.events, uids_of(document), strict=True):
        participants = [
            _participant(index, role, number, mention)
            for role, mentions in (("actor", event.actors), ("recipient", event.recipients))
            for number, mention in enumerate(mentions)
        ]
        voices = [(i, place, False) for place, i in enumerate(event.attributions)]
        voices += [(i, place, True) for place, i in enumerate(event.denied_by)]
        counts = [_count(number, count) for number, count in enumerate(event.counts)]
        row = _event(index, event, uid)
        incident = index.incidents.get(event.id)
        yield EventRows(row, incident.id if incident else None, participants, counts, voices, _point(row))


def told(events: Collection[Row]) -> Row:
    """Return what a document counts of its events, which are rows of `events`."""
    happened = [event for event in events if event["happened"]]
    own = [event for event in happened if event["said_by"] is None]
    return {"events": len(events), "told_as_happened": len(happened), "in_its_own_voice": len(own)}


def _attribution_rows(document: CodedDocument) -> Iterator[Row]:
    """Yield the row of each attribution, in order."""
    index = Index(document)
    for said in document.attributions:
        actor = index.actor(said.source)
        yield {
            "attribution": said.id,
            "source": index.name(said.source) if said.source else None,
            "country": actor.country if actor else None,
            "sector": actor.sector if actor else None,
            "stance": said.stance,
            "quoted": said.quoted,
            "cue": said.cue.text if said.cue else None,
            "via": index.name(said.via) if said.via else None,
            "inside": said.inside,
            "words": " … ".join(document.text[slice(*span)] for span in said.content),
        }


def _report_rows(document: CodedDocument) -> Iterator[Row]:
    """Yield the row of each of the document's incidents, in order."""
    uids = dict(zip((event.id for event in document.events), uids_of(document), strict=True))
    for incident in document.incidents:
        killed, wounded = toll(incident, "killed"), toll(incident, "wounded")
        yield {
            "uid": uids[incident.events[0]],
            "report": incident.id,
            "type": incident.type,
            "disputed": incident.disputed,
            "killed_low": killed[0],
            "killed_high": killed[1],
            "wounded_low": wounded[0],
            "wounded_high": wounded[1],
        }


def _event(index: Index, event: Event, uid: str) -> Row:
    document = index.document
    places = [document.toponyms[i] for i in event.toponyms]
    shown = spot_of(places) or next(iter(places), None)
    sure = event.confidences
    return {
        "uid": uid,
        **told_of(index, event),
        "happened": event.happened,
        "place": shown.name or shown.text if shown else None,
        "place_precision": shown.precision if shown else None,
        "denied": bool(event.denied_by),
        "confidence_happened": sure.happened if sure else None,
        "trigger_text": event.trigger.text,
        "trigger_start": event.trigger.span[0],
        "trigger_end": event.trigger.span[1],
    }


def _point(row: Row) -> tuple[float, float] | None:
    longitude, latitude = row["longitude"], row["latitude"]
    if isinstance(longitude, float) and isinstance(latitude, float):
        return longitude, latitude
    return None


def _participant(index: Index, role: str, number: int, mention: Mention) -> Row:
    actor = index.actor(mention)
    return {
        "role": role,
        "number": number,
        "name": index.name(mention),
        "country": actor.country if actor else None,
        "sector": actor.sector if actor else None,
        "kind": actor.kind if actor else None,
        "text": mention.text,
        "start": mention.span[0],
        "end": mention.span[1],
    }


def _count(number: int, count: Count) -> Row:
    return {"number": number, "what": count.what, "low": count.low, "high": count.high, "text": count.text}
