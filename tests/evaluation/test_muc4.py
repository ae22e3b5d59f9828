"""MUC-4 templates from invented reports."""

from functools import cache
from typing import Any

import pytest

from byline.coding.coder import Knowledge, code
from byline.coding.ontology import default_ontology
from byline.coding.places.gazetteer import Gazetteer
from byline.evaluation.muc4 import templates_of
from tests.helpers import parsed


@cache
def knowledge() -> Knowledge:
    return Knowledge(default_ontology(), Gazetteer.load())


def templates(text: str) -> list[dict[str, Any]]:
    reading = parsed(text, published="1989-05-12")
    return [dict(t) for t in templates_of(reading, code(reading, knowledge()))]


def fills(template: dict[str, Any], slot: str) -> list[str]:
    """Return the fills of a slot without their referents."""
    value = template.get(slot, [])
    return [f["fill"] if isinstance(f, dict) else f for f in ([value] if isinstance(value, str) else value)]


SLOTS = [
    ("Guerrillas kidnapped two engineers in Quito yesterday.", "INCIDENT: TYPE", "KIDNAPPING"),
    ("Guerrillas kidnapped two engineers in Quito yesterday.", "INCIDENT: DATE", "11 MAY 89"),
    ("Guerrillas kidnapped two engineers in Quito yesterday.", "INCIDENT: LOCATION", "ECUADOR: QUITO (CITY)"),
    ("Guerrillas kidnapped two engineers in Quito yesterday.", "PERP: INDIVIDUAL ID", "GUERRILLAS"),
    ("Guerrillas kidnapped two engineers in Quito yesterday.", "HUM TGT: NUMBER", "2"),
    ("Guerrillas kidnapped two engineers in Quito yesterday.", "HUM TGT: DESCRIPTION", "TWO ENGINEERS"),
    ("Three soldiers murdered a peasant in Bolivia.", "PERP: INCIDENT CATEGORY", "STATE-SPONSORED VIOLENCE"),
    ("Three hooded men murdered a peasant in Bolivia.", "PERP: INCIDENT CATEGORY", "TERRORIST ACT"),
    ("Gunmen murdered Mayor Anselmo Brill in Lima.", "HUM TGT: NAME", "ANSELMO BRILL"),
    ("Gunmen murdered Mayor Anselmo Brill in Lima.", "HUM TGT: TYPE", "GOVERNMENT OFFICIAL"),
    ("Gunmen murdered Mayor Anselmo Brill in Lima.", "HUM TGT: EFFECT OF INCIDENT", "DEATH"),
    ("A car bomb exploded in front of a bank in Lima.", "INCIDENT: TYPE", "BOMBING"),
    ("A car bomb exploded in front of a bank in Lima.", "INCIDENT: INSTRUMENT TYPE", "VEHICLE BOMB"),
    ("A car bomb exploded in front of a bank in Lima.", "PHYS TGT: TYPE", "FINANCIAL"),
    ("Terrorists destroyed four power pylons with dynamite in Peru.", "INCIDENT: TYPE", "BOMBING"),
    ("Terrorists destroyed four power pylons with dynamite in Peru.", "PHYS TGT: TYPE", "ENERGY"),
    ("Terrorists destroyed four power pylons with dynamite in Peru.", "PHYS TGT: NUMBER", "4"),
    ("Terrorists destroyed four power pylons with dynamite in Peru.", "PHYS TGT: EFFECT OF INCIDENT", "DESTROYED"),
    ("Rebels set fire to a bus in Honduras on Monday.", "INCIDENT: TYPE", "ARSON"),
    ("Judge Ole Brand was unharmed following a terrorist attack in Lima.", "HUM TGT: EFFECT OF INCIDENT", "NO INJURY"),
    ("Army troops foiled an attempt to kidnap Mayor Ines Frey.", "INCIDENT: STAGE OF EXECUTION", "ATTEMPTED"),
    (
        "Guerrillas kidnapped Judge Ole Brand in Lima. The judge was released today.",
        "HUM TGT: EFFECT OF INCIDENT",
        "REGAINED FREEDOM",
    ),
    ("Gunmen murdered two Norwegian engineers in Bolivia.", "HUM TGT: FOREIGN NATION", "NORWAY"),
    ("Men wounded a nurse in the Puno department of Peru.", "INCIDENT: LOCATION", "PERU: PUNO (DEPARTMENT)"),
    ("Two bombs destroyed the offices of the Agrarian Bank in Chile.", "PHYS TGT: TYPE", "FINANCIAL"),
    ("Rebels threatened to kill the judges in Colombia.", "INCIDENT: STAGE OF EXECUTION", "THREATENED"),
]


@pytest.mark.parametrize(("text", "slot", "fill"), SLOTS)
def test_a_report_fills_a_slot(text: str, slot: str, fill: str) -> None:
    assert fill in [f for t in templates(text) for f in fills(t, slot)]


QUIET = [
    "The minister opened a bank in Lima yesterday.",
    "Soldiers clashed with guerrillas near Quito, and five rebels were killed.",
    "Guerrillas murdered a mayor in Peru on 3 January 1987.",
    "Gunmen murdered two students in Norway yesterday.",
    "The police denied that guerrillas had kidnapped an engineer in Peru.",
    "Rebels attacked an army garrison in Colombia.",
]


@pytest.mark.parametrize("text", QUIET)
def test_what_is_out_of_scope_gives_no_template(text: str) -> None:
    assert templates(text) == []


def test_a_bombing_and_those_it_hurt_are_one_incident() -> None:
    found = templates("A bomb exploded at a hotel in Santiago. Two waiters and a guest were injured.")
    assert [t["INCIDENT: TYPE"] for t in found] == ["BOMBING"]


def test_attacks_on_different_persons_are_two_incidents() -> None:
    text = "Gunmen murdered Senator Olav Tern in Cali on Monday.\n\nIn Lima, Judge Ines Frey was kidnapped on Tuesday."
    assert len(templates(text)) == 2


def test_the_dateline_is_no_place_of_an_incident() -> None:
    text = "BOGOTA, 12 May 89 (AGENCY) -- Gunmen murdered Judge Ole Brand, the court reported."
    assert [fills(t, "INCIDENT: LOCATION") for t in templates(text)] == [["COLOMBIA"]]


def test_an_organisation_that_claims_an_attack_says_so() -> None:
    text = "A bomb destroyed a bridge in Peru. The People's Liberation Army claimed responsibility for the attack."
    found = templates(text)
    assert ["CLAIMED OR ADMITTED"] in [fills(t, "PERP: ORGANIZATION CONFIDENCE") for t in found]


def test_a_person_attacked_is_one_incident_however_often_told() -> None:
    text = "Gunmen murdered Judge Ole Brand in Lima on Monday.\n\nThe court mourned. Ole Brand was shot in his car."
    assert len(templates(text)) == 1
