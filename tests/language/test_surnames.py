"""A surname that stands alone is a name, whatever a small tagger takes it for."""

import pytest

from tests.helpers import parsed

FULL = "Karl Corbate, a police spokesman, met reporters in Leeds. "


def tags(text: str, word: str) -> list[tuple[str, str]]:
    return [(t.pos, t.entity) for t in parsed(text).tokens if t.text == word]


@pytest.mark.parametrize("sentence", ["Corbate blamed gunmen for the raid.", "Corbate now says nine people were hurt."])
def test_a_surname_alone_is_a_name(sentence: str) -> None:
    assert tags(FULL + sentence, "Corbate")[-1] == ("PROPN", "PERSON")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Governor Ana Field met reporters. The wheat was in the Field.", "Field"),  # a common word
        (FULL + "The Corbate Bridge was closed.", "Corbate"),  # a part of another name
    ],
)
def test_other_words_are_left_as_they_are(text: str, word: str) -> None:
    assert tags(text, word)[-1][1] != "PERSON"
