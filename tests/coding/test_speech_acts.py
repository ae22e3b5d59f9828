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
        (
            "The mayor said an attack on the town must be avoided.",
            ("REQUEST", "said", ["The mayor"], ["the town"]),
        ),
        ("Dockers said they will not meet the mayor.", ("REJECT", "said", ["Dockers"], ["the mayor"])),
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


def announcements(text: str) -> list[tuple[str, str, str, list[str], list[str]]]:
    """Return type, trigger, status, actors and recipients of the events whose trigger is a modal."""
    return [
        (e.type, e.trigger.text, e.status, [m.text for m in e.actors], [m.text for m in e.recipients])
        for e in code(parsed(text), KNOWLEDGE).events
        if e.trigger.text.lower() in {"will", "will not", "wo n't", "won't", "will never"}
    ]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        (
            "The minister will meet the rebels on Monday.",
            ("AGREE", "will", "planned", ["The minister"], ["the rebels"]),
        ),
        (
            "The rebels will release the nurses, the mayor said.",
            ("AGREE", "will", "planned", ["The rebels"], ["the nurses"]),
        ),
        (
            "The mayor said the rebels will attack the town.",
            ("THREATEN", "will", "planned", ["the rebels"], ["the town"]),
        ),
        (
            "The rebels will not release the nurses.",
            ("REJECT", "will not", "actual", ["The rebels"], ["the nurses"]),
        ),
        ("The rebels won't meet the mayor.", ("REJECT", "won't", "actual", ["The rebels"], ["the mayor"])),
        (
            "The general will not attack the town.",
            ("AGREE", "will not", "actual", ["The general"], ["the town"]),
        ),
    ],
)
def test_a_plain_will_announces(text: str, act: tuple[str, str, str, list[str], list[str]]) -> None:
    assert announcements(text) == [act]


@pytest.mark.parametrize(
    "text",
    [
        "If the rebels will meet the mayor, he can go home.",
        "When will the rebels release the nurses?",
        "Will the rebels release the nurses?",
        "The rebels will have released the nurses by then.",
        "The nurses will be released.",
        "The rebels may meet the mayor.",
        "The man who will meet the rebels is a judge.",
        "Time will kill the pain.",
        "The mayor said he will meet the rebels.",
    ],
)
def test_no_other_will_announces(text: str) -> None:
    assert announcements(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The rebels offered to attack the fort.", "AGREE"),
        ("The rebels promised to attack the fort.", "THREATEN"),
    ],
)
def test_consent_to_harm_is_no_threat(text: str, kind: str) -> None:
    assert code(parsed(text), KNOWLEDGE).events[0].type == kind
