"""What plain speech does: demands, promises, threats and refusals made by saying."""

from pathlib import Path

import pytest

from byline.coding.coder import Knowledge, code
from byline.coding.ontology import read_ontology
from byline.coding.places.gazetteer import Gazetteer
from tests.helpers import parsed

KNOWLEDGE = Knowledge(read_ontology(Path(__file__).with_name("mini.toml")), Gazetteer.load())
SPOKEN = {"said", "says", "told", "added", "vowed", "promised"}


def acts(text: str) -> list[tuple[str, str, list[str], list[str]]]:
    """Return type, trigger, actors and recipients of the events whose trigger is a verb of speech."""
    return [
        (e.type, e.trigger.text, [m.text for m in e.actors], [m.text for m in e.recipients])
        for e in code(parsed(text), KNOWLEDGE).events
        if e.trigger.text in SPOKEN
    ]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "The minister said that the rebels must leave the town.",
            ("REQUEST", "said", ["The minister"], ["the rebels"]),
        ),
        ("Police said that the man should be arrested.", ("REQUEST", "said", ["Police"], ["the man"])),
        ("The general said he would attack the town.", ("THREATEN", "said", ["The general"], ["the town"])),
        ("“We will attack the village,” the rebels said.", ("THREATEN", "said", ["the rebels"], ["the village"])),
        ("The rebels said they would release the hostages.", ("AGREE", "said", ["The rebels"], ["the hostages"])),
        ("The president said he will meet the rebels.", ("AGREE", "said", ["The president"], ["the rebels"])),
        (
            "The rebels said they would not release the hostages.",
            ("REJECT", "said", ["The rebels"], ["the hostages"]),
        ),
        ("The rebels promised to attack the town.", ("THREATEN", "promised", ["The rebels"], ["the town"])),
        ("The rebels promised not to attack the town.", ("AGREE", "promised", ["The rebels"], ["the town"])),
        ("The rebels promised to release the men.", ("AGREE", "promised", ["The rebels"], ["the men"])),
    ],
)
def test_saying_is_doing(text: str, act: tuple[str, str, list[str], list[str]]) -> None:
    assert acts(text) == [act]


@pytest.mark.parametrize(
    "text",
    [
        "The minister said that the rebels had left.",
        "The general said the rebels would attack the town.",
        "The mayor said the rain would stop.",
        "The mayor said that prices should fall.",
        "The rebels said they might attack the town.",
        "The clerk said that if the rebels attacked, he would leave.",
        "The rebels said they had released the hostages.",
        "The general said it would be wrong to attack the town.",
        "The minister said that he must leave.",
    ],
)
def test_saying_is_only_saying(text: str) -> None:
    assert acts(text) == []


def test_what_is_promised_stays_an_event_of_its_own() -> None:
    events = code(parsed("The rebels said they would release the hostages."), KNOWLEDGE).events
    assert [(e.type, e.happened) for e in events] == [("AGREE", True), ("RETREAT", False)]
