import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline import knowledge
from byline.coding.numbers import Range
from byline.coding.times.dates import Period, easter
from byline.coding.times.setting import Setting
from byline.coding.times.timexes import find_timexes
from byline.coding.times.values import resolve
from byline.language.parsed import Parsed
from byline.records import Document, Interval
from tests.coding.cases import cases
from tests.helpers import document, pipeline

TABLES = knowledge.load("times.toml")
WORDS = sorted({word for words in TABLES["words"].values() for word in words})
FILLERS = [
    "the",
    "a",
    "of",
    "in",
    "ago",
    "3",
    "31",
    "1994",
    "2011-05-03",
    "6:30",
    "80s",
    "killed",
    ",",
    "-",
    "½",
    "🚨",
    "\u0301",
    "٣",
]


def published(days: str | list[str] | None) -> Interval | None:
    if days is None:
        return None
    start, end = (days, days) if isinstance(days, str) else days
    return Interval(start=start, end=end, basis="given")


def parse(text: str, days: str | list[str] | None) -> Parsed:
    plain = document(text)
    return pipeline().parse(Document(id="test", source="test", text=text, body=plain.body, published=published(days)))


@pytest.mark.parametrize("case", cases("times.json"))
def test_finds_the_time_expressions_and_what_they_mean(case: dict[str, Any]) -> None:
    found = find_timexes(parse(case["text"], case["published"]))
    assert [[t.text, t.type, t.value, t.start, t.end] for t in found] == case["expected"]


@pytest.mark.parametrize("case", cases("times_not.json"))
def test_finds_no_time_where_there_is_none(case: dict[str, Any]) -> None:
    assert find_timexes(parse(case["text"], "2011-05-10")) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS + FILLERS), min_size=1, max_size=30),
    st.sampled_from(["2011-05-10", "0001-01-01", "9999-12-31", None]),
)
def test_every_expression_is_its_words_and_covers_days_in_order(words: list[str], day: str | None) -> None:
    text = " ".join(words)
    found = find_timexes(parse(text, day))
    assert all(text[t.span[0] : t.span[1]] == t.text for t in found)
    assert all((t.start is None) == (t.end is None) and (t.start or "") <= (t.end or "") for t in found)
    assert all(a.span[1] <= b.span[0] for a, b in itertools.pairwise(found))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_error(text: str) -> None:
    found = find_timexes(parse(text, "2011-05-10"))
    assert all(text[t.span[0] : t.span[1]] == t.text for t in found)


def test_a_number_too_large_for_the_calendar_has_no_days() -> None:
    (found,) = find_timexes(parse("The crater formed 65 million years ago.", "2011-05-10"))
    assert (found.start, found.end) == (None, None)


@pytest.mark.parametrize(
    ("year", "day"), [(1954, "1954-04-18"), (2000, "2000-04-23"), (2008, "2008-03-23"), (2038, "2038-04-25")]
)
def test_easter_is_that_of_the_calendar(year: int, day: str) -> None:
    assert str(easter(year)) == day


FIGURES: dict[str, dict[str, Any]] = {
    "NUM": {"number": Range(3, 3, 3, 0)},
    "ORD": {"ordinal": 2},
    "DAY": {"day": 31},
    "FIRST": {"first": 3},
    "DOTTED": {"day": 31, "month": 2, "year": 1990},
    "POINT": {"clock": "06:30"},
    "MM": {"month": 2},
    "YY": {"year": 1990},
    "YEAR": {"year": 1990},
    "YEARNUM": {"year": 2000},
    "DECADE": {"decade": 1980},
    "CLOCK": {"clock": "06:30"},
    "HHMM": {"clock": "06:00"},
    "HOUR": {"hour": 6},
}


def said(form: str) -> list[dict[str, Any]]:
    """Return what the words of a form may say, a word of each category, every way through its options."""
    ways: list[dict[str, Any]] = [{}]
    for part in form.split():
        name = part.removesuffix("?").removeprefix("@")
        if name in TABLES["macros"] and part.startswith("@"):
            more = [way for inner in TABLES["macros"][name] for way in said(inner)]
        else:
            more = [FIGURES.get(n) or next(iter(TABLES["words"].get(n, {}).values()), {}) for n in name.split("|")]
        ways = [{**way, **m} for way in ways for m in ([*more, {}] if part.endswith("?") else more)]
    return list({repr(way): way for way in ways}.values())


@pytest.mark.parametrize("sense", TABLES["senses"], ids=lambda sense: sense["forms"][0])
def test_every_form_resolves_in_every_setting(sense: dict[str, Any]) -> None:
    before = Period("2011-05", date(2011, 5, 1), date(2011, 5, 31))
    settings = [Setting(None), Setting(date(2011, 5, 10), before), Setting(date(2011, 5, 10), None, "future")]
    for features in (way for form in sense["forms"] for way in said(form)):
        for setting in settings:
            value = resolve(sense["name"], features, setting)
            assert value.start is None or (value.end is not None and value.start <= value.end)
