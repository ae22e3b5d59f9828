from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline import knowledge
from byline.coding.counts import counts_of
from byline.records import Count
from tests.coding.cases import cases
from tests.helpers import parsed

NUMBERS = [
    "nine",
    "no one",
    "at least 20",
    "scores of people",
    "a girl and two men",
    "hundreds of thousands",
    "20 to 30 rebels",
    "dogs",
]
VERBS = sorted({verb for verbs in knowledge.load("counts.toml")["object"].values() for verb in verbs})


def count(case: dict[str, Any]) -> list[Count]:
    text = parsed(case["text"])
    trigger = next(t for t in text.tokens if t.text == case["trigger"])
    return counts_of(trigger, text)


@pytest.mark.parametrize("case", cases("counts.json"))
def test_counts_people_with_the_words_that_say_so(case: dict[str, Any]) -> None:
    assert [[c.what, c.low, c.best, c.high, c.of, c.text] for c in count(case)] == case["expected"]


@pytest.mark.parametrize("case", cases("counts_not.json"))
def test_counts_nothing_but_people(case: dict[str, Any]) -> None:
    assert count(case) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(NUMBERS), st.sampled_from(VERBS), st.sampled_from(NUMBERS)), min_size=1, max_size=4
    )
)
def test_counts_are_their_words_and_in_order(clauses: list[tuple[str, str, str]]) -> None:
    text = parsed(" and ".join(" ".join(clause) for clause in clauses) + ".")
    for token in text.tokens:
        for found in counts_of(token, text):
            assert text.words(found.span) == found.text
            assert found.low <= (found.low if found.best is None else found.best)
            assert found.high is None or found.high >= (found.best or found.low)
