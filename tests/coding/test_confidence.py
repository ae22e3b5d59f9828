"""How sure an event is: what another event is about counts less than the event that tells of it."""

from pathlib import Path

import pytest

from byline.coding.coder import Knowledge, code
from byline.coding.ontology import read_ontology
from byline.coding.places.gazetteer import Gazetteer
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
