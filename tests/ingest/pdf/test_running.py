import pytest

from byline.ingest.pdf.running import without_running
from byline.ingest.pdf.words import Page, Word


def page(*lines: tuple[str, float]) -> Page:
    """Return a page of lines: each with its words and its height."""
    return Page([Word(w, 60 * i, 60 * i + 40, y, 10) for text, y in lines for i, w in enumerate(text.split())])


def left(*pages: Page) -> list[str]:
    return [" ".join(word.text for word in words) for words in without_running(pages)[0]]


def body(name: str) -> list[tuple[str, float]]:
    return [(f"{name} line {'abcdefgh'[i]}", 700 - 12 * i) for i in range(8)]


ONE, TWO = (" ".join(text for text, _ in body(name)) for name in ("one", "two"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("The Meridian Post", 800), ("The Meridian Post", 800)),
        (("Post 3 May 2011 Page 1", 800), ("Post 4 May 2011 Page 2", 800)),
        (("The Meridian Post", 20), ("THE MERIDIAN POST", 21)),
        (("1", 20), ("2", 30)),
        (("– iv –", 20), ("Page 3 of 12", 800)),
    ],
)
def test_running_lines_go(first: tuple[str, float], second: tuple[str, float]) -> None:
    assert left(page(*body("one"), first), page(*body("two"), second)) == [ONE, TWO]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("A story", 800), ("Another story", 800)),
        (("A story", 800), ("A story", 750)),  # at another height
        (("A story", 665), ("A story", 665)),  # in the middle of the page
    ],
)
def test_other_lines_stay(first: tuple[str, float], second: tuple[str, float]) -> None:
    words = " ".join(left(page(*body("one"), first), page(*body("two"), second)))
    assert words.count("story") == 2


def test_what_running_lines_say_is_told_once_in_parts() -> None:
    pages = [page(*body(n), ("Post | 3 May 2011 | Page 1", 800)) for n in ("one", "two")]
    assert without_running(pages)[1] == ["Post", "3 May 2011"]


def test_pages_of_one_line_that_are_the_same_stay() -> None:
    assert left(page(("The guild met", 700)), page(("The guild met", 700))) == ["The guild met", "The guild met"]
