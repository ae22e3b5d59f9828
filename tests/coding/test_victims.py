"""When two mentions are two people."""

import pytest

from byline.coding.people import people_of
from byline.coding.victims import told_apart, traits_of
from tests.helpers import parsed


def victims(text: str, *nouns: str) -> int:
    words = parsed(text)
    heads = [next(t for t in words.tokens if t.text == noun) for noun in nouns]
    people = [p for p in (people_of(h, words) for h in heads) if p is not None]
    return len(told_apart([(p, traits_of(p, None), "killed", n) for n, p in enumerate(people)]))


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("A man was killed. A woman was killed.", ("man", "woman")),
        ("Ada Brill was killed. Tom Hale was killed.", ("Brill", "Hale")),
        ("A 34-year-old guard was killed. A 21-year-old nurse was killed.", ("guard", "nurse")),
    ],
)
def test_the_words_tell_them_apart(text: str, nouns: tuple[str, ...]) -> None:
    assert victims(text, *nouns) == len(nouns)


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("A man was killed. The victim was a guard.", ("man", "victim")),
        ("Ada Brill was killed. Brill was a nurse. The woman died at once.", ("Brill", "woman")),
        ("A guard was killed. He was a father.", ("guard", "He")),
    ],
)
def test_nothing_tells_them_apart(text: str, nouns: tuple[str, ...]) -> None:
    assert victims(text, *nouns) == 1
