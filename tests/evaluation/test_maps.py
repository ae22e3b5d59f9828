"""The program's incidents, as scorers read them."""

import json
from itertools import combinations
from pathlib import Path

import msgspec
import pytest

from byline.evaluation.maps import main_incident, write_map
from byline.records import CodedDocument
from tests.helpers import demo


@pytest.fixture
def predictions(tmp_path: Path) -> Path:
    path = tmp_path / "demo.jsonl"
    path.write_bytes(b"".join(d.to_json() + b"\n" for d in demo()))
    return path


def mapped(scorer: str, predictions: Path) -> dict[str, str]:
    target = predictions.with_suffix(".map")
    write_map(scorer, predictions, target)
    found: dict[str, str] = json.loads(target.read_text())
    return found


def test_every_event_has_an_incident(predictions: Path) -> None:
    assert set(mapped("ecb", predictions)) == {f"{d.id}#{e.id}" for d in demo() for e in d.events}


def test_events_are_one_if_they_are_of_one_incident_type_and_mode(predictions: Path) -> None:
    found = mapped("ecb", predictions)
    for document in demo():
        firsts = {event: f"{document.id}#{i.events[0]}" for i in document.incidents for event in i.events}
        home = {event: found[first].split()[0] for event, first in firsts.items()}
        kinds = {f"{document.id}#{e.id}": (home[e.id], e.type, e.mode) for e in document.events}
        for (one, kind), (other, other_kind) in combinations(kinds.items(), 2):
            assert (found[one] == found[other]) == (kind == other_kind), (one, other)


def test_a_document_has_the_incident_of_its_main_one(predictions: Path) -> None:
    events = mapped("ecb", predictions)
    expected = {d.id: events[f"{d.id}#{i.events[0]}"].split()[0] for d in demo() if (i := main_incident(d))}
    assert mapped("gva", predictions) == expected


def test_the_main_incident_is_violent_where_one_is() -> None:
    def is_violent(document: CodedDocument, events: tuple[str, ...]) -> bool:
        told = [e for e in document.events if e.id in events and e.happened]
        return any(e.type == "ASSAULT" for e in told)

    violent = [d for d in demo() if any(is_violent(d, i.events) for i in d.incidents)]
    assert violent
    for document in violent:
        incident = main_incident(document)
        assert incident
        assert is_violent(document, incident.events) or incident.type == "ASSAULT" or incident.counts


def test_what_did_not_happen_is_no_main_incident() -> None:
    for document in demo():
        events = tuple(msgspec.structs.replace(e, status="feared") for e in document.events)
        assert main_incident(msgspec.structs.replace(document, events=events)) is None
