"""Which documents, or events, of a set are of one happening: the program's incidents in the form that scorers read."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from byline.linking.incidents import link
from byline.linking.reports import Report, reports_of
from byline.records import CodedDocument, Event, Incident

Groups = Sequence[tuple[Report, ...]]
_VIOLENT = "ASSAULT"
_HURT = frozenset({"killed", "wounded"})


def write_map(scorer: str, predictions: Path, target: Path) -> None:
    """Link the documents of a file of JSON lines, and write the map that the scorer takes."""
    with predictions.open("rb") as lines:
        documents = [CodedDocument.from_json(line) for line in lines]
    groups = link(report for document in documents for report in reports_of(document))
    found = dict(_MAPS[scorer](documents, groups))
    target.write_text(json.dumps(found), "utf-8")


def main_incident(document: CodedDocument) -> Incident | None:
    """Return the incident that a document is mainly about: the one with most events that happened.

    Violent ones go before others, and of equals the one that is told first.
    """
    happened = {e.id: e for e in document.events if e.happened}
    told = [(i, [happened[e] for e in i.events if e in happened]) for i in document.incidents]
    some = [(incident, events) for incident, events in told if events]
    violent = [(incident, events) for incident, events in some if _is_violent(incident, events)]
    return min(violent or some, key=lambda t: (-len(t[1]), _start(t[1])), default=(None, []))[0]


def _is_violent(incident: Incident, events: Sequence[Event]) -> bool:
    counts = [c for e in events for c in e.counts] + list(incident.counts)
    types = {incident.type, *(e.type for e in events)}
    return _VIOLENT in types or any(c.what in _HURT for c in counts)


def _start(events: Sequence[Event]) -> tuple[int, int]:
    return min((e.evidence[0], e.trigger.span[0]) for e in events)


def _by_document(documents: Sequence[CodedDocument], groups: Groups) -> Iterator[tuple[str, str]]:
    """Yield each document with the incident of its main one."""
    home = {(report.document, report.incident): group[0].id for group in groups for report in group}
    for document in documents:
        if incident := main_incident(document):
            yield document.id, home[document.id, incident.id]


def _by_event(_: Sequence[CodedDocument], groups: Groups) -> Iterator[tuple[str, str]]:
    """Yield each event, as "document#event", with its incident, its type and mode.

    An incident joins what ECB+ tells apart: the shelling of a village, the deaths, the arrests.
    """
    for group in groups:
        for report in group:
            for telling in report.tellings:
                yield (
                    f"{report.document}#{telling.event}",
                    f"{group[0].id} {telling.type} {telling.mode or ''}".rstrip(),
                )


_MAPS: dict[str, Callable[[Sequence[CodedDocument], Groups], Iterator[tuple[str, str]]]] = {
    "gva": _by_document,
    "ecb": _by_event,
}
