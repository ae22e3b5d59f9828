"""Participants that no lexicon knows: things and places stand for those whose they are."""

import pytest

import byline
from byline.records import Actor


def recipient(text: str, trigger: str) -> Actor | None:
    """Return the actor for which the first recipient of the event at a word stands."""
    coded = byline.code(text)
    event = next(e for e in coded.events if trigger in e.trigger.text.split())
    return next((a for a in coded.actors if event.recipients and a.id == event.recipients[0].actor), None)


@pytest.mark.parametrize(
    ("text", "trigger", "country", "sector"),
    [
        ("Gunmen shelled the town of Manta.", "shelled", "ECU", "CVL"),
        ("Soldiers burned 40 Chilean homes.", "burned", "CHL", "CVL"),
        ("Troops stormed a Chilean guerrilla stronghold.", "stormed", "CHL", "REB"),
        ("Rebels attacked the lorries of the Swedish nuns.", "attacked", "SWE", "REL"),
        ("Rebels attacked a camp for Peruvian refugees.", "attacked", "PER", "REF"),
        ("Rebels bombed the Danish army's barracks.", "bombed", "DNK", "MIL"),
    ],
)
def test_a_thing_stands_for_those_whose_it_is(text: str, trigger: str, country: str, sector: str) -> None:
    actor = recipient(text, trigger)
    assert actor is not None
    assert (actor.country, actor.sector) == (country, sector)


@pytest.mark.parametrize(
    ("text", "trigger"), [("Rebels attacked a bridge.", "attacked"), ("Rebels bombed it.", "bombed")]
)
def test_a_thing_of_nobody_stands_for_nobody(text: str, trigger: str) -> None:
    assert recipient(text, trigger) is None
