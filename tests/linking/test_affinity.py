"""What speaks for two reports being of one happening, and what against it."""

import msgspec
import pytest

from byline.linking.affinity import LINKED, compare
from byline.linking.passages import Passage
from byline.linking.reports import Report
from byline.records import Count, Interval, PlacePrecision
from tests.linking.made import day, group, party, report, spot, telling

HALVORA, BRENNO, SOLLEN = spot("Halvora", (48.0, 2.0)), spot("Brenno", (48.05, 2.05)), spot("Sollen", (44.0, 5.0))
ABROAD = spot("Sollen", (44.0, 9.0), country="ITA")
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


def tolled(made: Report, killed: int | None, wounded: int | None) -> Report:
    """Return a report that gives these totals, None where it gives none."""
    given = (("killed", killed), ("wounded", wounded))
    counts = tuple(Count(what=w, low=n, best=n, high=n, span=(0, 1), text=str(n)) for w, n in given if n is not None)
    return msgspec.structs.replace(made, counts=counts, counted_by=((),) * len(counts))


def parts_of(one: Report, other: Report) -> set[str]:
    return {part.name for part in compare(one, other).parts}


NO_WORDS = Passage()
WEEK = day("2021-05-03", "2021-05-09")
INHERITED = Interval(start="2021-05-04", end="2021-05-04", basis="inherited")
IN_TOWN = Passage(people=("ivo tarsk",), ages=(34,), towns=(1,), terms=("tarsk", "customs"))


def test_reports_that_agree_are_one() -> None:
    assert compare(told(), told("b")).score >= LINKED


@pytest.mark.parametrize(
    ("other", "part"),
    [
        (told("b", time=day("2021-05-08"), published="2021-05-09", passage=NO_WORDS), "a week apart"),
        (told("b", spots=(SOLLEN,), passage=NO_WORDS), "far"),
        (told("b", spots=(ABROAD,), passage=NO_WORDS), "other country"),
        (told("b", time=day("2021-05-05"), passage=NO_WORDS), "nothing but the day before"),
        (told("b", recipients=(DRIVERS,), passage=NO_WORDS), "other sufferer"),
        (told("b", mode="explosives", passage=NO_WORDS), "other mode"),
        (told("b", many=True), "whole and part"),
        (told("a", recipients=(DRIVERS,)), "one document"),
        (told("b", status="planned"), "happened and not"),
        (told("b", passage=Passage(ages=(61,))), "other ages"),
        (told("b", type="AGREE", passage=Passage(towns=(2,))), "other deed elsewhere"),
        (
            told("b", passage=Passage(people=("ivo tarsk",), ages=(34,), towns=(2,), terms=("tarsk", "customs"))),
            "other towns",
        ),
        (told("b", spots=(), recipients=(DRIVERS,), passage=NO_WORDS), "nothing named in both"),
        (told("b", time=None, published="2021-04-20"), "told before it happened"),
    ],
)
def test_what_differs_speaks_against_it_and_is_named(other: Report, part: str) -> None:
    found = compare(told(passage=IN_TOWN), other)
    assert found.score < compare(told(passage=IN_TOWN), told("b")).score
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


@pytest.mark.parametrize(
    ("killed", "wounded", "differ"),
    [((2, None), (3, 3), True), ((2, 2), (3, 3), False), ((None, None), (3, 3), False), ((2, None), (3, None), False)],
)
def test_a_report_of_wounded_alone_differs_from_one_that_tells_of_dead(
    killed: tuple[int | None, int | None], wounded: tuple[int | None, int | None], *, differ: bool
) -> None:
    one, other = (tolled(told(document), k, w) for document, k, w in zip("ab", killed, wounded, strict=True))
    assert ("dead and none" in [p.name for p in compare(one, other).parts]) == differ


@pytest.mark.parametrize(
    ("hit", "other", "differ"),
    [
        ("a market", "a village school", True),
        ("a bus station", "a bus", True),
        ("a market", "a crowded bazaar", False),
        ("an army convoy in the hills", "a patrol", False),
        ("a market near a school", "a market", False),
        ("a market", "traders", False),
        ("a cattle camp", "a mining camp", True),
        ("a cattle camp", "the camp", False),
        ("a recruitment centre", "a school", True),
        ("the council", "a school", False),
    ],
)
def test_what_is_hit_tells_two_happenings_apart_if_both_are_of_known_kinds(
    hit: str, other: str, *, differ: bool
) -> None:
    found = compare(told(recipients=(party(hit),)), told("b", recipients=(party(other),)))
    assert ("other target" in [p.name for p in found.parts]) == differ


def test_a_day_that_the_sentence_says_is_said_of_all_its_events() -> None:
    inherited = msgspec.structs.replace(day("2021-05-04"), basis="inherited", span=(12, 18))
    said, elsewhere = (told("b", time=inherited, evidence=span) for span in ((0, 40), (20, 40)))
    later = told(time=day("2021-05-05"))
    names = [{p.name for p in compare(later, other).parts} for other in (said, elsewhere)]
    assert ["said a day apart" in found for found in names] == [True, False]


def test_days_that_both_say_speak_the_more_against_it_the_less_one_night_may_be_told_under_either() -> None:
    near, far = (compare(told(), told("b", time=day(f"2021-05-0{n}"))) for n in (5, 6))
    said = [{p.name: p.weight for p in found.parts} for found in (near, far)]
    assert 0 > said[0]["said a day apart"] > said[1]["other days said"]


@pytest.mark.parametrize(("first", "then", "falls"), [(12, 5, True), (5, 12, False), (12, 12, False), (2, 1, False)])
def test_a_toll_that_falls_is_hardly_of_one_happening(first: int, then: int, *, falls: bool) -> None:
    found = compare(told(killed=first, published="2021-05-05"), told("b", killed=then, published="2021-05-07"))
    assert ("toll that falls" in [p.name for p in found.parts]) == falls


def test_one_toll_under_two_days_may_be_one_happening() -> None:
    found = compare(told(killed=12), told("b", killed=12, time=day("2021-05-05")))
    assert "nothing but the day before" not in [p.name for p in found.parts]


def test_it_makes_no_difference_which_is_named_first() -> None:
    one, other = told(), told("b", spots=(BRENNO,), time=day("2021-05-05"))
    assert compare(one, other).score == compare(other, one).score


def test_a_time_that_is_only_guessed_tells_no_day() -> None:
    guess = day("2021-04-29", "2021-05-06")
    guess = type(guess)(start=guess.start, end=guess.end, precision="range", basis="tense")
    assert not {"same day", "days meet"} & {p.name for p in compare(told(time=guess), told("b")).parts}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("negotiated", "negotiations", True),
        ("exploded", "explosion", True),
        ("shelled", "shelling", True),
        ("shot", "shelled", False),
        ("attacked", "arrested", False),
        ("signed", "sit-in", False),
    ],
)
def test_triggers_are_the_same_word_in_whatever_form(one: str, other: str, *, same: bool) -> None:
    found = compare(told(trigger=one), told("b", trigger=other))
    assert ("same trigger" in [p.name for p in found.parts]) == same


@pytest.mark.parametrize(
    ("latitude", "precision", "far"),
    [(50.0, "place", True), (50.0, "province", False), (53.0, "province", True), (48.5, "place", False)],
)
def test_of_a_province_only_the_middle_is_known(latitude: float, precision: PlacePrecision, *, far: bool) -> None:
    other = spot("Oudel", (latitude, 2.0), precision=precision)
    found = compare(told(), told("b", spots=(other,)))
    assert ("far" in [p.name for p in found.parts]) == far


def test_capitals_make_no_other_name_of_a_place() -> None:
    found = compare(told(), told("b", spots=(spot("HALVORA", (44.0, 5.0)),)))
    assert [p.words for p in found.parts if p.name == "same name"] == ["halvora"]


@pytest.mark.parametrize(
    ("killed", "when", "linked"),
    [
        (4, "2021-05-04", True),  # a toll that grew
        (12, "2021-05-05", True),  # one day is wrong
        (4, "2021-05-05", False),  # a raid on each day
    ],
)
def test_a_large_toll_of_another_day_is_of_another_happening(killed: int, when: str, *, linked: bool) -> None:
    one = told(killed=12, passage=NO_WORDS)
    other = told("b", killed=killed, time=day(when), passage=NO_WORDS)
    assert (compare(one, other).score >= LINKED) == linked


@pytest.mark.parametrize(
    ("one", "other", "is_part"),
    [
        (told(many=True, time=WEEK), told("b", many=True), True),
        (told(many=True), told("b", many=True), False),
        (told(many=True, time=WEEK), told("b", many=True, time=WEEK), False),
        (told(many=True, time=WEEK), told("b", many=True, time=INHERITED), False),
        (told(time=WEEK), told("b"), False),
    ],
)
def test_a_day_of_raids_is_a_part_of_a_week_of_them(one: Report, other: Report, *, is_part: bool) -> None:
    assert ("whole and part" in parts_of(one, other)) == is_part
    assert ("whole and part" in parts_of(other, one)) == is_part


def test_many_happenings_are_of_all_the_days_that_their_words_give() -> None:
    week = told(many=True, time=WEEK)
    one = msgspec.structs.replace(week, tellings=(*week.tellings, telling(time=day("2021-05-09"), many=True)))
    assert "whole and part" in parts_of(one, told("b", many=True))
