"""Texts through the coder: who tells of one happening, where they agree and where not."""

from itertools import count

import msgspec
import pytest

from byline.linking.contest import contest, is_contested
from byline.linking.reports import Report, reports_of
from byline.linking.sources import corroborate
from byline.records import CodedDocument, Copy
from byline.run.job import Settings, coder_of
from tests.helpers import document

_NUMBERS = count()


def told(text: str, outlet: str | None = None, day: str = "2021-05-05", copies: str | None = None) -> list[Report]:
    """Return the violence that a text tells, in an outlet of its own unless one is named."""
    made = document(text, published=day)
    name = outlet or f"Outlet {next(_NUMBERS)}"
    made = msgspec.structs.replace(made, id=name, source=f"{name}.txt", publication=name)
    coded = next(iter(coder_of(Settings()).code_all([made])))
    assert isinstance(coded, CodedDocument)
    copy = Copy(of=copies, source="first.txt", kind="near", shared=0.9) if copies else None
    return [r for r in reports_of(msgspec.structs.replace(coded, copy=copy)) if r.type in {"ASSAULT", "PROTEST"}]


POLICE_12 = "A bomb killed 12 people in Marseille on Tuesday, police said. The blast hit a market."
BRUNE_12 = "Lt. Ada Brune of the Marseille police said a bomb had killed 12 people in Marseille on Tuesday."
OWN_12 = "Twelve people were killed on Tuesday when a bomb exploded in Marseille. Shops were closed."
OWN_9 = "A bomb killed nine people in Marseille on Tuesday."
WITNESSES_30 = "Witnesses said a bomb had killed 30 people in Marseille on Tuesday."
DENIED = "The Marlow Front denied that it had bombed the market in Marseille on Tuesday."

DENIED_A_ROLE = "The Marlow Front denied any role in the bombing of the market in Marseille on Tuesday."

SOURCES = [
    ([POLICE_12], 1),
    ([POLICE_12, BRUNE_12], 1),
    ([POLICE_12, OWN_12], 2),
    ([OWN_12, OWN_9], 2),
    ([POLICE_12, WITNESSES_30], 2),
    ([POLICE_12, DENIED], 1),
    ([OWN_12, DENIED_A_ROLE], 1),
    ([OWN_12, POLICE_12, DENIED_A_ROLE], 2),
]


@pytest.mark.parametrize(("texts", "independent"), SOURCES)
def test_independent_sources_of_texts(texts: list[str], independent: int) -> None:
    assert corroborate([r for text in texts for r in told(text)]).independent == independent


def test_a_copy_with_words_of_its_own_is_a_copy() -> None:
    reports = [*told(OWN_12, "Courier"), *told(f"{OWN_12} The market is old.", "Post", copies="Courier")]
    found = corroborate(reports)
    assert (found.reports, found.texts, found.independent) == (2, 1, 1)


def test_tolls_of_two_sources_on_one_day_contest_it() -> None:
    found = contest([*told(POLICE_12), *told(WITNESSES_30)])
    assert {v.text: v.mark for v in found[0].values} == {"12": "contradictory", "30": "contradictory"}
    assert is_contested(found)


def test_a_toll_that_rises_contests_nothing() -> None:
    found = contest([*told(OWN_9), *told(POLICE_12, day="2021-05-06")])
    assert {v.text: v.mark for v in found[0].values} == {"9": "running", "12": "latest"}
    assert not is_contested(found)


def test_a_toll_that_is_revised_down_contests_nothing() -> None:
    revised = "Police revised the toll. A bomb killed nine people in Marseille on 4 May, they said."
    found = contest([*told(POLICE_12), *told(revised, day="2021-05-07")])
    assert {v.text: v.mark for v in found[0].values} == {"12": "running", "9": "latest"}


def test_a_total_in_the_words_of_a_source_is_that_sources() -> None:
    text = "A bomb killed nine people in Marseille on Tuesday, police said. Witnesses said 30 people died."
    found = contest(told(text))
    assert {v.text: [s.name for s in v.sayings] for v in found[0].values} == {"9": ["police"], "30": ["Witnesses"]}


def test_words_of_a_value_are_quoted() -> None:
    reports = told(POLICE_12)
    for found in contest(reports):
        for said in (s for v in found.values for s in v.sayings):
            if said.text and said.span and found.field not in {"type", "status"}:
                assert POLICE_12[slice(*said.span)] == said.text


def test_a_denial_contests_it() -> None:
    found = contest([*told(POLICE_12), *told(DENIED)])
    status = next(c for c in found if c.field == "status")
    assert [(d.by.name, [s.name for s in d.of][:1]) for d in status.denials] == [("Marlow Front", ["police"])]
    assert is_contested(found)


PURPOSES = [
    (
        "About 2,000 people marched in Lyon on Monday in protest at fuel prices, police said.",
        "in protest at fuel prices",
    ),
    ("Dockers went on strike in Lyon on Monday over unpaid wages.", "over unpaid wages"),
    (
        "The rebels attacked a convoy in Marseille in retaliation for the arrest of their leader, killing 12 soldiers.",
        "in retaliation for the arrest of their leader",
    ),
]
WITHOUT = [
    "About 2,000 people marched in Lyon on Monday.",
    "The rebels attacked a convoy in Marseille. Teachers met to demand higher wages.",
]


@pytest.mark.parametrize(("text", "words"), PURPOSES)
def test_a_purpose_that_the_text_gives(text: str, words: str) -> None:
    found = {c.field: [v.text for v in c.values] for c in contest(told(text))}
    assert found["purpose"] == [words]


@pytest.mark.parametrize("text", WITHOUT)
def test_no_purpose_without_words_for_it(text: str) -> None:
    assert "purpose" not in {c.field for c in contest(told(text)[:1])}
