"""How many an incident hurt in all, over everything that the text says of it."""

import pytest

import byline
from byline.coding.coder import Knowledge, code
from byline.coding.ontology import default_ontology
from byline.coding.places.gazetteer import Gazetteer
from byline.records import Incident
from tests.helpers import parsed


def incidents(text: str) -> tuple[Incident, ...]:
    return code(parsed(text), Knowledge(default_ontology(), Gazetteer.load())).incidents


def toll(text: str) -> dict[str, int]:
    """Return what the incident with most events counts: those of other people add up."""
    totals: dict[str, int] = {}
    for count in main_incident(text).counts:
        number = count.low if count.best is None else count.best
        totals[count.what] = totals.get(count.what, 0) + number if count.of else max(totals.get(count.what, 0), number)
    return totals


def main_incident(text: str) -> Incident:
    return max(incidents(text), key=lambda i: len(i.events))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man was shot on Monday. He was pronounced dead at a hospital.", {"killed": 1}),
        ("Five people were shot in a bar. Two of them died.", {"killed": 2, "wounded": 3}),
        ("Ada Brill was shot dead in the shop. Tom Hale was also killed in the shooting.", {"killed": 2}),
        ("Gunmen shot a guard. The guard was treated at a hospital.", {"wounded": 1}),
        ("Gunmen killed nine people. One of the dead, Ada Brill, was shot at the gate.", {"killed": 9}),
        ("A guard was wounded in the attack. Two others were wounded.", {"wounded": 3}),
        ("He was charged with murder in the shooting.", {"killed": 1}),
        ("Man shot, killed in Lodwar", {"killed": 1}),
        ("Man, 33, dies after shooting in Lodwar", {"killed": 1}),
        ("Teen killed, two hurt in Lodwar shooting", {"killed": 1, "wounded": 2}),
        ("Two boys and their father are dead after a shooting in Lodwar.", {"killed": 3}),
        ("A woman and her two sons were found dead in Lodwar after a shooting.", {"killed": 3}),
        ("A shooting left one man dead and a woman wounded in Lodwar.", {"killed": 1, "wounded": 1}),
        ("The raid on Lodwar, the third this year, killed nine traders.", {"killed": 9}),
        ("The blast in Lodwar has so far killed nine people.", {"killed": 9}),
        ("The toll of the blast in Lodwar was revised to seven.", {"killed": 7}),
        ("A boy was shot on Monday. He was taken to a hospital and died on Tuesday.", {"killed": 1}),
        ("Gunmen shot a guard. Doctors pronounced the guard dead.", {"killed": 1}),
        ("Two guards shot themselves at the camp.", {"wounded": 2}),
        ("Rebels opened fire at the camp. Police found two men with gunshot wounds.", {"wounded": 2}),
        ("A woman was killed in the murder-suicide.", {"killed": 2}),
        ("Police said the fatal shooting happened at noon.", {"killed": 1}),
        ("A gunman fatally shot a clerk.", {"killed": 1}),
        ("The first murder of 2015 happened in the attack.", {"killed": 1}),
        ("A boy, 10, was wounded in the shooting.", {"wounded": 1}),
        ("Gunmen fired at the guards. About 30 rounds were shot.", {}),
        ("A guard was shot dead in the attack. Firearms kill 300 people per year.", {"killed": 1}),
        ("The attack killed four people. So far this year 212 people were killed in attacks.", {"killed": 4}),
    ],
)
def test_the_toll_of_an_incident(text: str, expected: dict[str, int]) -> None:
    assert toll(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The attack failed.",
        "He was charged with attempted murder after the attack on the farm.",
        "The guard, 34, fled the attack.",
    ],
)
def test_no_toll_without_victims(text: str) -> None:
    assert toll(text) == {}


def test_a_later_attack_of_another_day_keeps_its_own_toll() -> None:
    text = "Rebels attacked Moura on 3 May 2011, killing four people. On 9 June 2011 they raided Serpa, killing two."
    assert [[c.low for c in i.counts] for i in incidents(text) if i.counts] == [[4], [2]]


def test_counts_are_their_words() -> None:
    text = "Five people were shot in a bar. Two of them died, and Ada Brill was hit in the arm."
    for incident in incidents(text):
        for count in incident.counts:
            assert text[slice(*count.span)] == count.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Gunmen attacked the market, killing nine people, the mayor said. Police said the attack killed 12 people.",
            ["12", "nine"],
        ),
        ("The attack killed nine soldiers, the army said. Rebels said the attack killed 30 soldiers.", ["30", "nine"]),
        ("The attack killed nine people. Three of the people killed were nurses.", ["nine"]),
        ("The attack killed nine people. Two children were killed in the attack.", ["nine"]),
        ("The attack killed nine people. The nine people were killed at noon.", ["nine"]),
    ],
)
def test_stated_totals_that_differ_stand_side_by_side(text: str, words: list[str]) -> None:
    assert [c.text for c in main_incident(text).counts if c.what == "killed"] == words


def test_a_total_of_the_headline_stands_beside_that_of_the_text() -> None:
    text = (
        "Nine killed in Tolva attack\n\nGunmen attacked the market on Monday. The attack killed 12 people, police said."
    )
    coded = byline.code(text)
    assert [c.text for c in coded.incidents[0].counts if c.what == "killed"] == ["12", "Nine"]
