"""Words are found where they stand, as whole words, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.quoting import quoted

TEXT = "The guards’ captain said: “We held\n the gate.” The gate holds. █████ Quill fled; ██████ did not."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("captain", ["captain"]),
        ("The guards' captain", ["The guards’ captain"]),
        ('"We held the gate."', ["“We held\n the gate.”"]),
        ("  the \n gate ", ["the gate"]),
        ("gate", ["gate", "gate"]),
        ("█████ Quill", ["█████ Quill"]),
        ("█████", ["█████"]),
    ],
)
def test_words_are_found(words: str, found: list[str]) -> None:
    assert [TEXT[slice(*span)] for span in quoted(TEXT, words)] == found


@pytest.mark.parametrize("words", ["", " ", "captai", "hold", "GATE", "gate said", ".*", "█", "Q█ill", "gate " * 999])
def test_words_that_do_not_stand_there_are_not(words: str) -> None:
    assert list(quoted(TEXT, words)) == []


def test_capitals_make_no_difference_if_that_is_asked_for() -> None:
    assert len(list(quoted(TEXT, "GATE", any_case=True))) == 2


def test_a_part_of_the_text_may_be_looked_through() -> None:
    second = TEXT.rindex("gate")
    assert list(quoted(TEXT, "gate", (second - 4, len(TEXT)))) == [(second, second + 4)]


@given(st.text(alphabet="ab’'“\" .", max_size=30), st.text(alphabet="ab’'“\" .", max_size=5))
def test_what_is_found_has_the_words(text: str, words: str) -> None:
    def plain(said: str) -> list[str]:
        return said.replace("’", "'").replace("“", '"').split()

    assert all(plain(text[slice(*span)]) == plain(words) for span in quoted(text, words))
