"""How each field of one event came about, for `byline explain`."""

from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from byline.export.terminal import printable
from byline.lookup import OUTLET, Index
from byline.records import Actor, CodedDocument, Count, Event, Interval, Reason


def explain(document: CodedDocument, event: Event) -> RenderableType:
    """Return the event's fields with value, rule, words, and what was considered and rejected."""
    index = Index(document)
    table = Table(show_lines=True, expand=True)
    for name, ratio in (("field", 2), ("value", 4), ("why", 5), ("words", 4), ("considered and rejected", 3)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in [*_fields(index, event), *_people(index, event), *_voices(index, event), _published(document)]:
        table.add_row(*(Text(printable(" ".join(cell.split()))) for cell in row))
    head = Text(printable(f"{document.source}#{event.id}"), style="bold")
    sentence = Text("“" + printable(" ".join(document.text[slice(*event.evidence)].split())) + "”", style="italic")
    return Group(head, sentence, table)


def _fields(index: Index, event: Event) -> list[tuple[str, str, str, str, str]]:
    rows = [
        (reason.field, _value(index, event, reason), reason.rule, reason.text or "", _beaten(index, event, reason))
        for reason in event.reasons
    ]
    return [*rows, *_incident(index, event), _confidence(event)]


def _confidence(event: Event) -> tuple[str, str, str, str, str]:
    """Return how likely each field is to be right."""
    fields = event.confidences.to_dict() if event.confidences else {"type": event.confidence}
    sure = ", ".join(f"{name} {value:.2f}" for name, value in fields.items() if value is not None)
    return ("confidence", sure, "learned from gold: knowledge/calibration.toml", "", "")


def _incident(index: Index, event: Event) -> list[tuple[str, str, str, str, str]]:
    """Return the toll of the event's incident; nothing where none is told."""
    incident = index.incidents.get(event.id)
    if incident is None or not incident.counts:
        return []
    hurt = ", ".join(_count(c) for c in incident.counts)
    words = "; ".join(dict.fromkeys(c.text for c in incident.counts))
    told = f"what the document says in all of {', '.join(incident.events)}"
    return [(f"incident {incident.id}", hurt, told, words, "")]


def _count(count: Count) -> str:
    return f"{count.what} {count.low} to {count.high if count.high is not None else 'more'}"


def _beaten(index: Index, event: Event, reason: Reason) -> str:
    """Return what was considered: of places also those of the same name."""
    others = [r for i in event.toponyms for r in index.document.toponyms[i].rejected]
    return "; ".join([*reason.rejected, *(others if reason.field == "toponyms" else ())])


def _value(index: Index, event: Event, reason: Reason) -> str:
    places = [index.document.toponyms[i] for i in event.toponyms]
    values = {
        "type": " ".join(filter(None, (event.type, event.mode, f"CAMEO {event.cameo}" if event.cameo else None))),
        "trigger": event.trigger.text,
        "status": event.status,
        "actors": ", ".join(index.name(m) for m in event.actors),
        "recipients": ", ".join(index.name(m) for m in event.recipients),
        "instruments": ", ".join(m.text for m in event.instruments),
        "toponyms": ", ".join(f"{p.name or p.text} ({p.country or '?'}, {p.precision})" for p in places),
        "time": f"{event.time.start} to {event.time.end} ({event.time.basis})" if event.time else "",
        "counts": ", ".join(_count(c) for c in event.counts),
    }
    return values.get(reason.field) or "unknown"


def _published(document: CodedDocument) -> tuple[str, str, str, str, str]:
    """Return when the document appeared, on what basis, and the other days that it bears, with how they differ."""
    found = document.published
    others = "; ".join(_compared(other, document) for other in document.dates if other != found)
    if found is None:
        return ("published", "unknown", "nothing tells when the document appeared", "", others)
    words = document.text[slice(*found.span)] if found.span else ""
    return ("published", _days(found), found.basis, words, others)


def _days(found: Interval) -> str:
    return found.start if found.start == found.end else f"{found.start} to {found.end}"


def _compared(other: Interval, document: CodedDocument) -> str:
    """Return another day that a document bears, and how it stands to the day that was chosen."""
    return f"{_days(other)} ({other.basis}), {_relation(other, document.published, document.retrieved)}"


def _relation(other: Interval, chosen: Interval | None, retrieved: Interval | None) -> str:
    if retrieved and other.start > retrieved.end:
        return "after the page was retrieved"
    if chosen is None:
        return "no day of publication"
    if other.end < chosen.start:
        return f"earlier by {_apart(other.end, chosen.start)}"
    if other.start > chosen.end:
        return f"later by {_apart(chosen.end, other.start)}"
    if (other.start, other.end) == (chosen.start, chosen.end):
        return "the same"
    return "holds it" if other.start <= chosen.start and chosen.end <= other.end else "among them"


def _apart(earlier: str, later: str) -> str:
    days = (date.fromisoformat(later) - date.fromisoformat(earlier)).days
    return f"{days} day{'' if days == 1 else 's'}"


def _people(index: Index, event: Event) -> list[tuple[str, str, str, str, str]]:
    mentions = (*event.actors, *event.recipients)
    actors = {a.id: a for m in mentions if (a := index.actor(m))}
    return [_identity(actor) for actor in actors.values()]


def _identity(actor: Actor) -> tuple[str, str, str, str, str]:
    code = " ".join(filter(None, (actor.country, actor.sector))) or "no code"
    why, words = (actor.basis.rule, actor.basis.text or "") if actor.basis else ("nothing in the text says so", "")
    return (f"who: {actor.name}", f"{code}, {actor.kind}", why, words, "")


def _voices(index: Index, event: Event) -> list[tuple[str, str, str, str, str]]:
    if not event.attributions:
        return [("says who", OUTLET, "the words stand in nobody's quotation or report", "", "")]
    rows = []
    for found in (index.attributions[i] for i in event.attributions):
        words = index.document.text[found.content[0][0] : found.content[-1][1]]
        cue = f"{found.rule}; cue “{found.cue.text}”" if found.cue else found.rule
        rows.append(("says who", f"{index.voice(found)} ({found.stance}, {found.quoted})", cue, words, ""))
    return rows
