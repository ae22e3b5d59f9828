import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline import knowledge
from byline.coding.times import find_timexes
from byline.coding.timex_grammar import Grammar, pieces
from byline.coding.timex_values import Setting, resolve
from byline.language.parsed import Parsed
from byline.records import Document, Interval
from tests.coding.cases import cases
from tests.helpers import document, pipeline

WORDS = sorted({word for words in knowledge.load("times.toml")["words"].values() for word in words})
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


def test_every_form_has_a_sense_that_resolves() -> None:
    text = parse("last week", None)
    reading = next(Grammar(pieces(text.tokens), lambda _reading, _words: True).readings())
    assert resolve(reading.sense, reading.features, Setting(None)).value is None
