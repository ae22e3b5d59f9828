"""Editions: what decides the records, and how the records of two of them differ."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Literal, NamedTuple

import msgspec

from byline.records import CodedDocument, Record, Span
from byline.store.projection import EventRows, Row, Value, event_rows

What = Literal["appeared", "vanished", "changed"]
_WITHIN = frozenset({"uid", "event"})  # ids within a document say nothing across editions


class Edition(NamedTuple):
    """What decides the records: program, ontology, pipeline, plug-ins, with digests of what may change unseen."""

    version: str
    program: str
    ontology: str
    ontology_digest: str
    pipeline: str
    pipeline_version: str
    plugins: str = ""

    @property
    def digest(self) -> str:
        return blake2b("\n".join(self).encode(), digest_size=16).hexdigest()


class Difference(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one event from one edition to another; `fields` are those that differ: before, after."""

    what: What
    uid: str
    document: str
    source: str
    type: str
    trigger: str
    span: Span
    fields: dict[str, tuple[Value, Value]] = msgspec.field(default_factory=dict)


def differences(before: CodedDocument, after: CodedDocument) -> Iterator[Difference]:
    """Yield how the events of a document differ from one edition to another, in the order of the text."""
    old, new = _events(before), _events(after)
    for uid, known in sorted((old | new).items(), key=lambda item: (item[1].event["trigger_start"], item[0])):
        if uid not in old:
            yield _difference("appeared", after, known.event)
        elif uid not in new:
            yield _difference("vanished", after, known.event)
        elif fields := _changed(_described(old[uid]), _described(new[uid])):
            yield _difference("changed", after, known.event, fields)


def _events(document: CodedDocument) -> dict[str, EventRows]:
    return {str(found.event["uid"]): found for found in event_rows(document)}


def _changed(before: Row, after: Row) -> dict[str, tuple[Value, Value]]:
    return {name: (before[name], after[name]) for name in before if before[name] != after[name]}


def _described(found: EventRows) -> Row:
    """Return all that is said of an event as one row, its participants and counts in words."""
    row: Row = {name: value for name, value in found.event.items() if name not in _WITHIN}
    for role in ("actor", "recipient"):
        acting = (p for p in found.participants if p["role"] == role)
        row[f"{role}s"] = _listed(acting, ("name", "country", "sector"))
    return row | {"counts": _listed(found.counts, ("what", "low", "high"))}


def _listed(rows: Iterable[Row], columns: tuple[str, ...]) -> str | None:
    return "; ".join(" ".join(str(row[c]) for c in columns if row[c] is not None) for row in rows) or None


def _difference(
    what: What, document: CodedDocument, event: Row, fields: dict[str, tuple[Value, Value]] | None = None
) -> Difference:
    start, end = event["trigger_start"], event["trigger_end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return Difference(
        what=what,
        uid=str(event["uid"]),
        document=document.id,
        source=document.source,
        type=str(event["type"]),
        trigger=str(event["trigger_text"]),
        span=(start, end),
        fields=fields or {},
    )
