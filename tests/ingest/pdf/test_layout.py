import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest.pdf.layout import columns, spoken
from byline.ingest.pdf.words import Word


def row(text: str, left: float, y: float, *, size: float = 10, gap: float = 3) -> list[Word]:
    """Return the words of a line; each letter is half an em wide."""
    words = []
    for part in text.split():
        right = left + len(part) * size / 2
        words.append(Word(part, left, right, y, size))
        left = right + gap
    return words


def column(name: str, left: float, top: float, lines: int, *, words: int = 8, size: float = 10) -> list[Word]:
    """Return lines of words that tell their column, line and place: a01, a02."""
    return [
        word
        for i in range(lines)
        for word in row(" ".join(f"{name}{i:02}" for _ in range(words)), left, top - 12 * i, size=size)
    ]


def order(words: list[Word]) -> str:
    """Return the first letters of the lines in reading order, each run of one letter once."""
    letters = [line.text[0] for region in columns(words) for line in region]
    return "".join(a for a, b in zip(letters, ["", *letters[:-1]], strict=True) if a != b)


LOW = row("Hhhhhhhh hhhhhhh", 0, 630, size=20)  # no wider than a column
HEAD = row("Hhhhhhh hhhhhhhh hhhhhhhhhhh hhhhhhhhhh", 0, 730, size=24)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (column("a", 0, 700, 9), "a"),
        (column("a", 0, 700, 9) + column("b", 190, 700, 9), "ab"),
        (column("b", 190, 700, 9) + column("a", 0, 700, 9), "ab"),
        (column("a", 0, 700, 9) + column("b", 190, 694, 9), "ab"),  # lines of one stand between lines of the other
        (column("a", 0, 700, 9) + column("b", 190, 700, 1), "ab"),
        (column("a", 0, 700, 9) + column("b", 190, 700, 9) + column("c", 380, 700, 5), "abc"),
        (HEAD + column("a", 0, 700, 9) + column("b", 190, 700, 9), "Hab"),
        (column("a", 0, 780, 3) + column("b", 190, 780, 3) + HEAD + column("c", 0, 700, 9), "abHc"),
        (
            column("a", 0, 780, 3) + column("b", 190, 780, 3) + LOW + column("c", 0, 600, 9) + column("d", 190, 600, 9),
            "abHcd",
        ),
        (column("a", 0, 700, 4, words=16) + column("b", 0, 640, 9) + column("c", 190, 640, 9), "abc"),
        (column("b", 0, 700, 9) + column("c", 190, 700, 9) + column("d", 0, 580, 4, words=16), "bcd"),
    ],
)
def test_the_reading_order(words: list[Word], expected: str) -> None:
    assert order(words) == expected


def test_a_box_that_columns_flow_around_comes_after_them() -> None:
    words = column("a", 0, 700, 4) + column("b", 190, 700, 4)
    words += column("a", 0, 652, 4, words=4) + column("b", 280, 652, 4, words=4)
    words += row("xxxxx xxxxx xxxxx", 110, 648, size=14) + row("xxxxx xxxxx xxxxx", 110, 630, size=14)
    words += column("a", 0, 604, 4) + column("b", 190, 604, 4)
    assert order(words) == "abx"


def test_wide_spaces_in_even_lines_are_no_columns() -> None:
    words = column("a", 0, 700, 3) + row("a03 a03 a03 a03", 0, 664, gap=20) + column("a", 0, 652, 3)
    assert len(columns(words)) == 1


def test_cells_of_a_table_are_read_line_by_line() -> None:
    words = [w for i in range(5) for x in (0, 90, 180) for w in row(f"cell{i}", x, 700 - 12 * i)]
    assert [line.text for region in columns(words) for line in region] == [f"cell{i} cell{i} cell{i}" for i in range(5)]


def test_words_from_right_to_left_are_read_so() -> None:
    words = row("שלום עולם טוב", 0, 700)
    assert [line.text for region in columns(words) for line in region] == ["טוב עולם שלום"]


@pytest.mark.parametrize(
    ("raised", "expected"),
    [("12", "people"), ("*", "people"), ("th", "peopleth"), ("3,4", "people")],
)
def test_raised_numbers_of_footnotes_go_and_raised_letters_stay(raised: str, expected: str) -> None:
    mark = Word(raised, 30, 30 + 3 * len(raised), 704, 6, glued=True)
    assert spoken([*row("people", 0, 700), mark]) == expected


def test_a_line_that_stands_low_belongs_to_its_words() -> None:
    assert (
        spoken([*row("H", 0, 700), Word("2", 5, 8, 698, 6, glued=True), Word("O", 8, 13, 700, 10, glued=True)]) == "H2O"
    )


NUMBERS = st.floats(-1e4, 1e4)
WORDS = st.lists(
    st.builds(
        lambda text, left, width, y, size, glued: Word(text, left, left + width, y, size, glued=glued),
        st.text("ab1.-א", min_size=1, max_size=5),
        NUMBERS,
        st.floats(0, 500),
        NUMBERS,
        st.floats(1, 200),
        st.booleans(),
    ),
    max_size=40,
)


@given(WORDS)
def test_any_words_are_laid_out_and_none_is_made_up(words: list[Word]) -> None:
    said = "".join(line.text for region in columns(words) for line in region).replace(" ", "")
    drawn = "".join(word.text for word in words)
    assert all(said.count(letter) <= drawn.count(letter) for letter in "ab1.-א")
    assert said.count("a") == drawn.count("a")


@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_words_were_drawn(words: list[Word], chance: object) -> None:
    small = [word._replace(size=10, text="a" + word.text) for word in words]  # no large first letters
    shuffled = list(small)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert [[(x.left, x.y) for x in region] for region in columns(small)] == [
        [(x.left, x.y) for x in region] for region in columns(shuffled)
    ]
