"""Who may be one and the same source: what tells two apart, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.linking.identity import may_be_same, who_is
from byline.linking.reports import Party
from tests.linking.made import POLICE, body, group, party, person

BRUNE = person("Ada Brune", None, "FRA", "Lt. Ada Brune of the Marlow police")
ARMY = body("the army", "MIL", "FRA")

SAME = [
    (POLICE, POLICE),
    (POLICE, party("a police spokesman", "COP", "FRA", "person")),
    (POLICE, BRUNE),
    (POLICE, group("Police", "COP")),
    (person("Brune", "COP", "FRA"), BRUNE),
    (person("A. Brune", "COP", "FRA"), BRUNE),
    (person("Ada Brune", "MIL", "ESP"), person("Ada Brune", "COP", "FRA")),
    (body("Marlow Police", "COP", "FRA"), BRUNE),
    (body("Marlow Police", "COP"), body("the Marlow Police Department", "COP")),
    (body("Marlow-Selm Police", "COP"), body("Marlow police", "COP")),
    (body("Doctors Beyond Rivers", "NGO"), body("DBR", "NGO")),
    (body("Interior Ministry", "GOV", "FRA"), body("the Ministry of the Interior", "GOV", "FRA")),
    (body("the Interior Ministry", "GOV", "FRA"), group("government officials", "GOV", "FRA")),
    (group("officials", "GOV", "FRA"), POLICE),
    (group("Authorities", "GOV", "FRA"), BRUNE),
    (group("officials", None, "FRA"), group("soldiers", "MIL", "FRA")),
    (group("witnesses", "CVL", "FRA"), group("Two witnesses", "CVL", "FRA")),
    (group("witnesses", "CVL", "FRA"), person("Jan Holt", "CVL", "FRA", "Jan Holt, a shopkeeper")),
    (party("the mayor", "GOV", "FRA", "person"), person("Eva Lind", "GOV", "FRA", "Mayor Eva Lind")),
    (party("the mayor", "GOV", "FRA", "person"), party("the mayor of Marlow", "GOV", "FRA", "person")),
    (person("Ada Brune", None, None, "Ada Brune, a spokeswoman for the army"), ARMY),
    (party("sources", None, None, "group"), POLICE),
    (group("Harbour Watch"), body("Harbour Watch", "NGO")),
    (
        person("Ada Brune", "COP", "FRA", "Lt. Ada Brune of the Marlow police"),
        person("Olof Dahl", "COP", "FRA", "Capt. Olof Dahl of the Marlow police"),
    ),
]

DIFFERENT = [
    (POLICE, group("witnesses", "CVL", "FRA")),
    (POLICE, ARMY),
    (POLICE, group("police", "COP", "ESP")),
    (POLICE, person("Jan Holt", None, "FRA")),
    (party("an army spokesman", "MIL", "FRA", "person"), party("an army spokesman", "MIL", "ESP", "person")),
    (person("Eva Lind", "GOV", "FRA", "Mayor Eva Lind"), person("Jan Holt", "GOV", "FRA", "Mayor Jan Holt")),
    (party("the mayor", "GOV", "FRA", "person"), party("the governor", "GOV", "FRA", "person")),
    (party("the governor", "GOV", "FRA", "person"), person("Eva Lind", "GOV", "FRA", "Mayor Eva Lind")),
    (person("Ada Brune", "COP", "FRA"), person("Iva Brune", "COP", "FRA")),
    (person("Brune", "COP", "ESP"), person("Ada Brune", "COP", "FRA")),
    (person("Ada Brune", "COP", "FRA"), person("Ada Dahl", "COP", "FRA")),
    (body("Marlow Police", "COP", "FRA"), body("Harwick Police", "COP", "FRA")),
    (body("Harwick Police", "COP", "FRA"), BRUNE),
    (group("Harbour Watch"), person("Eva Lind", "GOV", "FRA", "Mayor Eva Lind")),
    (group("Harbour Watch"), group("Delta Watch")),
    (party("a spokesman for the Harwick police", "COP", "FRA", "person"), BRUNE),
    (body("Health Ministry", "GOV", "FRA"), body("Interior Ministry", "GOV", "FRA")),
    (body("Interior Ministry", "GOV", "FRA"), body("Interior Ministry", "GOV", "ESP")),
    (body("Northern Relief Committee", "NGO"), body("Southern Relief Committee", "NGO")),
    (body("the Marlow Front", "REB", "FRA"), group("rebels", "REB", "ESP")),
    (
        person("Eva Lind", "GOV", "FRA", "Eva Lind, the mayor of Marlow"),
        party("the mayor of Harwick", "GOV", "FRA", "person"),
    ),
    (person("Jan Holt", "CVL", "FRA", "Jan Holt, a teacher"), person("Mia Falk", "CVL", "FRA", "Mia Falk, a baker")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_source_is_known_again_by_a_fuller_or_shorter_name(one: Party, other: Party) -> None:
    assert may_be_same(who_is(one), who_is(other))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_bodies_offices_sectors_and_countries_tell_sources_apart(one: Party, other: Party) -> None:
    assert not may_be_same(who_is(one), who_is(other))


@given(
    st.sampled_from([p for pair in (*SAME, *DIFFERENT) for p in pair]), st.sampled_from([p for q in SAME for p in q])
)
def test_to_be_the_same_is_mutual(one: Party, other: Party) -> None:
    assert may_be_same(who_is(one), who_is(other)) == may_be_same(who_is(other), who_is(one))
    assert may_be_same(who_is(one), who_is(one))


def test_a_person_of_whom_no_office_is_told_is_a_private_person() -> None:
    assert who_is(person("Jan Holt")).is_private
    assert not who_is(person("Jan Holt", described="Jan Holt, a spokesman for the army")).is_private


def test_the_sector_of_a_person_is_read_off_the_words_for_them() -> None:
    assert who_is(BRUNE).sector == "COP"
