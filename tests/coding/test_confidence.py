"""How sure an event is: what another event is about counts less than the event that tells of it."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.coding.coder import Knowledge, code
from byline.coding.confidence import probability
from byline.coding.ontology import read_ontology
from byline.coding.places.gazetteer import Gazetteer
from byline.records import Confidences
from tests.helpers import parsed

KNOWLEDGE = Knowledge(read_ontology(Path(__file__).with_name("mini.toml")), Gazetteer.load())


def surest(text: str) -> str:
    """Return the trigger of the most confident event."""
    return max(code(parsed(text), KNOWLEDGE).events, key=lambda e: e.confidence).trigger.text


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The rebels promised to release the nurses.", "promised"),
        ("The rebels are willing to release the nurses.", "willing"),
        ("The rebels offered a plan to release the nurses.", "offered"),
        ("The rebels will not release the nurses.", "will not"),
        ("The rebels released the nurses after the talks.", "released"),
        ("The rebels attacked the mayor who offered talks.", "attacked"),
    ],
)
def test_the_act_is_surer_than_what_it_is_about(text: str, trigger: str) -> None:
    assert surest(text) == trigger


def test_what_the_report_opens_with_is_surer_than_the_same_told_later() -> None:
    events = code(parsed("The rebels attacked the mayor. The rebels attacked the judge."), KNOWLEDGE).events
    assert events[0].confidence > events[1].confidence


@pytest.mark.parametrize(
    ("surer", "less"),
    [
        ("The rebels attacked the mayor.", "The rebels planned to attack the mayor."),
        ("The rebels attacked the mayor.", "The rebels did not attack the mayor."),
        ("The rebels attacked the mayor.", "If the rebels attacked the mayor, nobody saw it."),
        ("The rebels may attack the mayor.", "The rebels never attacked the mayor."),
    ],
)
def test_what_is_told_outright_is_likelier_to_have_happened(surer: str, less: str) -> None:
    assert attack(surer).happened > attack(less).happened


def attack(text: str) -> Confidences:
    """Return the confidences of the first attack."""
    found = next(e.confidences for e in code(parsed(text), KNOWLEDGE).events if e.type == "ASSAULT")
    assert found is not None
    return found


def test_a_field_that_is_empty_has_no_confidence() -> None:
    found = attack("There was an attack.")
    assert (found.actors, found.recipients, found.toponyms, found.counts) == (None, None, None, None)


def test_each_field_that_is_filled_has_a_confidence() -> None:
    found = attack("The rebels attacked the mayor in Basra on 3 May 2011, killing two people, police said.")
    assert None not in msgspec.structs.astuple(found)


def test_the_confidence_of_an_event_is_that_of_its_type() -> None:
    for event in code(parsed("The rebels attacked the mayor and the judge."), KNOWLEDGE).events:
        assert event.confidences is not None
        assert event.confidence == event.confidences.type


@given(st.dictionaries(st.text(), st.floats(-1e3, 1e3)), st.dictionaries(st.text(), st.floats(-1e3, 1e3)))
def test_a_probability_is_one_whatever_the_weights(model: dict[str, float], features: dict[str, float]) -> None:
    assert 0.0 <= probability({"start": 0.0, **model}, features) <= 1.0
