import pytest

from byline.language.editorial import without_marks
from tests.helpers import parsed


@pytest.mark.parametrize(
    "mark", ["[sic]", "[WORDS INDISTINCT]", "[three words illegible]", "[passage\nomitted]", "[Begin recording]"]
)
def test_editors_marks_are_not_read(mark: str) -> None:
    read = without_marks(f"The mayor {mark} left.")
    assert read == f"The mayor {' ' * len(mark)} left."


@pytest.mark.parametrize("words", ["[the mayor]", "[Olberin]", "(sic)", "[he gave his word]", "[words]", "[sic"])
def test_words_in_brackets_are_read(words: str) -> None:
    assert without_marks(f"He {words} left.") == f"He {words} left."


def test_a_mark_leaves_the_quotation_as_printed() -> None:
    found = parsed("The mayor [sic] left.")
    assert [t.text for t in found.tokens] == ["The", "mayor", "left", "."]
    assert found.words((0, 20)) == "The mayor [sic] left"
