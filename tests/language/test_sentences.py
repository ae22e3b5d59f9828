"""Where sentences begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.language.sentences import sentence_starts
from tests.helpers import parsed


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Police fired. Two fell.", 2),
        ("“We won. They lost,” said Ana Brun.", 2),
        ("The raid ended in the U.S. The men fled.", 2),
        ("He left (as ordered). Nobody saw him.", 2),
        ('"Go home!" he shouted. They stayed.', 2),
        ("Was it true? Nobody knew.", 2),
    ],
)
def test_a_sentence_ends_where_the_next_one_begins(text: str, count: int) -> None:
    assert len(parsed(text).sentences) == count


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Oto Marr met Mr. Sile on Jan. 3 in Leeds.",
        "Nine died, army spokesman Col. Oto Marr told reporters.",
        "Police Lt. Ada Brune and Supt. Olof Dahl met Capt. Sile.",
        "“Will they come?” asked the mayor.",
        "U.S. Senator Dale Orrin resigned.",
        "It rose by 3.5 per cent to 7.1 million.",
        "They left at 6 a.m. local time.",
        "He said: “Nobody was hurt.”",
    ],
)
def test_an_abbreviation_or_a_quoted_question_ends_no_sentence(text: str) -> None:
    assert len(parsed(text).sentences) == 1


def test_a_paragraph_ends_a_sentence_without_a_full_stop() -> None:
    found = parsed("The march was banned\n\nThousands came").sentences
    assert [s.paragraph for s in found] == [0, 1]


def test_a_stretch_without_end_marks_is_cut() -> None:
    assert len(sentence_starts(["word"] * 1000)) == 4


@given(st.lists(st.sampled_from([".", "“", "”", '"', "Word", "word", "U.S.", "!", ")", "("])))
def test_starts_rise_and_begin_with_the_first_word(words: list[str]) -> None:
    starts = sentence_starts(words)
    assert starts == sorted(set(starts))
    assert starts[:1] == ([0] if words else [])
