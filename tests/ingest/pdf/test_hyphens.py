from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest.pdf.hyphens import joined, vocabulary


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["peace-", "ful"], "peaceful"),
        (["co\u00ad", "operate"], "cooperate"),
        (["peace\u2010", "ful"], "peaceful"),
        (["the ex-", "minister"], "the ex-minister"),
        (["ten-year-", "old"], "ten-year-old"),
        (["a 20-", "minute walk"], "a 20-minute walk"),
        (["Anglo-", "Irish"], "Anglo-Irish"),
        (["water-", "cannon"], "water-cannon"),  # two words, and none together
        (["Kesh-", "tarat"], "Keshtarat"),  # a name: neither half is a word
        (["Sunder-", "holm"], "Sunderholm"),
        (["he said -", "and left"], "he said - and left"),
        (["one", "two"], "one two"),
        (["one-"], "one-"),
        ([], ""),
    ],
)
def test_words_cut_by_line_ends(lines: list[str], expected: str) -> None:
    assert joined(lines, Counter()) == expected


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [("the watercannon", "watercannon"), ("the water-cannon", "water-cannon"), ("north-east", "water-cannon")],
)
def test_the_document_decides(elsewhere: str, expected: str) -> None:
    assert joined(["water-", "cannon"], vocabulary([elsewhere])) == expected


def test_the_document_decides_against_the_dictionary() -> None:
    assert joined(["north-", "east"], vocabulary(["in the north-east of it", "North-East"])) == "north-east"
    assert joined(["north-", "east"], Counter()) == "northeast"


def test_what_a_line_end_cuts_does_not_count() -> None:
    assert vocabulary(["The peace-", "ful-minded peace-keep\u00ad"]) == {"the": 1, "ful-minded": 1}


@given(st.lists(st.text("aB1-\u00ad\u2010 '.é", max_size=8)))
def test_nothing_but_spaces_and_hyphens_changes(lines: list[str]) -> None:
    said, drawn = joined(lines, Counter()), "".join(lines)
    marks = str.maketrans("", "", " -\u00ad\u2010")
    assert said.translate(marks) == drawn.translate(marks)
