import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline import knowledge
from byline.coding.numbers import number_at, read_number
from tests.helpers import parsed

TABLES = knowledge.load("numbers.toml")
WORDS = [
    *sorted({w for table in TABLES.values() for key in table for w in str(key).split()}),
    "a",
    "of",
    "and",
    "to",
    "-",
    "12",
    "1,900",
    "1.5",
    "²",
]


@pytest.mark.parametrize(
    ("words", "low", "best", "high"),
    [
        ("nine", 9, 9, 9),
        ("twenty - four", 24, 24, 24),
        ("three hundred and forty - two thousand", 342_000, 342_000, 342_000),
        ("1,900", 1900, 1900, 1900),
        ("1.5 million", 1_500_000, 1_500_000, 1_500_000),
        ("half a million", 500_000, 500_000, 500_000),
        ("a dozen", 12, 12, 12),
        ("two dozen", 24, 24, 24),
        ("half a dozen", 6, 6, 6),
        ("a", 1, 1, 1),
        ("one", 1, 1, 1),
        ("no one", 0, 0, 0),
        ("nobody", 0, 0, 0),
        ("none", 0, 0, 0),
        ("at least nine", 9, 9, None),
        ("more than 200", 200, 200, None),
        ("30 or more", 30, 30, None),
        ("up to 30", 1, None, 30),
        ("fewer than 30", 1, None, 30),
        ("some 3,000", 2700, 3000, 3300),
        ("about nine", 8, 9, 10),
        ("nearly 40", 36, 40, 40),
        ("between 20 and 30", 20, None, 30),
        ("20 to 30", 20, None, 30),
        ("20 - 30", 20, None, 30),
        ("five or six", 5, None, 6),
        ("dozens", 24, None, 99),
        ("scores", 40, None, 199),
        ("hundreds", 200, None, 999),
        ("tens of thousands", 20_000, None, 99_999),
        ("hundreds of thousands", 200_000, None, 999_999),
        ("several", 3, None, 9),
        ("a few hundred", 300, None, 900),
        ("a couple of hundred", 200, 200, 200),
    ],
)
def test_a_number_phrase_is_read_whole(words: str, low: int, best: int | None, high: int | None) -> None:
    parts = words.split()
    assert read_number(parts, 0) == (low, best, high, len(parts))


@pytest.mark.parametrize("word", ["people", "of", "and", "1.2.3", "1,90", "²", "12345678901234567890", "", "٣"])
def test_what_is_no_number_is_not_read(word: str) -> None:
    assert read_number([word], 0) is None


def test_a_number_is_found_from_any_of_its_words_with_what_bounds_it() -> None:
    text = parsed("The army said that at least 1.5 million people had fled.")
    found = [number_at(text.tokens, t.i) for t in text.tokens if t.text in {"1.5", "million"}]
    assert [(n.low, n.high, text.words(n.span)) for n in found if n] == [(1_500_000, None, "at least 1.5 million")] * 2


def test_a_number_never_leaves_its_sentence() -> None:
    text = parsed("They met at least. Nine men died.")
    found = number_at(text.tokens, next(t.i for t in text.tokens if t.text == "Nine"))
    assert found is not None
    assert text.words(found.span) == "Nine"


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
def test_low_best_and_high_are_in_order(words: list[str]) -> None:
    for at in range(len(words)):
        found = read_number(words, at)
        if found:
            low, best, high, stop = found
            assert low <= (low if best is None else best) <= (high if high is not None else best or low)
            assert at < stop <= len(words)


@given(st.text(max_size=20))
def test_any_word_is_read_without_error(word: str) -> None:
    read_number([word], 0)
