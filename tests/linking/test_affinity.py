"""What speaks for two reports being of one happening, and what against it."""

import pytest

from byline.linking.affinity import LINKED, compare
from byline.linking.passages import Passage
from byline.linking.reports import Report
from tests.linking.made import day, group, report, spot, telling

HALVORA, BRENNO, SOLLEN = spot("Halvora", (48.0, 2.0)), spot("Brenno", (48.1, 2.1)), spot("Sollen", (44.0, 5.0))
GUARDS, DRIVERS = group("customs guards"), group("crane drivers")


def told(
    document: str = "a",
    *,
    passage: Passage | None = None,
    published: str = "2021-05-06",
    killed: int | None = None,
    **more: object,
) -> Report:
    """Return a report of an attack at Halvora on 4 May 2021, unless said otherwise."""
    fixed = {"time": day("2021-05-04"), "spots": (HALVORA,), "recipients": (GUARDS,), "mode": "firearms"}
    words = passage or Passage(people=("ivo tarsk",), ages=(34,), terms=("tarsk", "customs"))
    made = report(document, "Courier", telling(**{**fixed, **more}), published=published, killed=killed)
    return Report(**{f: getattr(made, f) for f in made.__struct_fields__} | {"passage": words})


NO_WORDS = Passage()


def test_reports_that_agree_are_one() -> None:
    assert compare(told(), told("b")).score >= LINKED


@pytest.mark.parametrize(
    ("other", "part"),
    [
        (told("b", time=day("2021-05-08"), published="2021-05-09", passage=NO_WORDS), "a week apart"),
        (told("b", spots=(SOLLEN,), passage=NO_WORDS), "far"),
        (told("b", recipients=(DRIVERS,), passage=NO_WORDS), "other sufferer"),
        (told("b", mode="explosives", passage=NO_WORDS), "other mode"),
        (told("b", many=True), "whole and part"),
        (told("a", recipients=(DRIVERS,)), "one document"),
        (told("b", status="planned"), "happened and not"),
        (told("b", passage=Passage(ages=(61,))), "other ages"),
    ],
)
def test_what_differs_speaks_against_it_and_is_named(other: Report, part: str) -> None:
    found = compare(told(), other)
    assert found.score < compare(told(), told("b")).score
    assert [p.weight < 0 for p in found.parts if p.name == part] == [True]


@pytest.mark.parametrize(
    ("other", "part", "words"),
    [
        (told("b"), "same day", "0"),
        (told("b"), "same place", "Halvora"),
        (told("b", spots=(BRENNO,)), "near", "Brenno, Halvora"),
        (told("b"), "rare words", "tarsk"),
        (told("b"), "sufferer", "guards"),
        (told("b", killed=5), "same large toll", "5 killed"),
    ],
)
def test_what_is_shared_is_quoted(other: Report, part: str, words: str) -> None:
    found = compare(told(killed=5), other)
    assert [p.words for p in found.parts if p.name == part] == [words]


def test_it_makes_no_difference_which_is_named_first() -> None:
    one, other = told(), told("b", spots=(BRENNO,), time=day("2021-05-05"))
    assert compare(one, other).score == compare(other, one).score


def test_a_time_that_is_only_guessed_tells_no_day() -> None:
    guess = day("2021-04-29", "2021-05-06")
    guess = type(guess)(start=guess.start, end=guess.end, precision="range", basis="tense")
    assert not {"same day", "days meet"} & {p.name for p in compare(told(time=guess), told("b")).parts}
