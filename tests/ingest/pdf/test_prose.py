import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest.pdf.layout import Line
from byline.ingest.pdf.prose import blocks

FULL, HALF = 200.0, 90.0


def column(*lines: Line | tuple[str, float]) -> list[Line]:
    """Return lines one below the other: each with its words and its width."""
    return [
        line if isinstance(line, Line) else Line(line[0], 0, line[1], 700 - 12 * i, 10) for i, line in enumerate(lines)
    ]


def said(*columns: list[Line]) -> list[str]:
    return [block.words for block in blocks(columns)]


def moved(line: tuple[str, float], number: int, **fields: float) -> Line:
    return Line(line[0], 0, line[1], 700 - 12 * number, 10)._replace(**fields)


A, B, C = ("Police met on", FULL), ("Monday.", 60.0), ("Nobody was in", FULL)
FULL_END = ("Monday. It rained.", FULL)
END = ("town.", HALF)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], ""),
        ([A, B], "Police met on Monday."),
        ([A, B, C], "Police met on Monday. / Nobody was in"),  # a line that had room
        ([A, FULL_END, C], "Police met on Monday. It rained. Nobody was in"),
        ([A, FULL_END, moved(C, 2, left=12.0), END], "Police met on Monday. It rained. / Nobody was in town."),
        ([A, moved(C, 1, left=12.0), END], "Police met on Nobody was in town."),  # amid a sentence
        ([A, moved(C, 1, y=680.0)], "Police met on / Nobody was in"),  # a gap
        ([A, moved(C, 1, size=8.0)], "Police met on / Nobody was in"),
        ([A, ("• Monday", HALF), ("• Tuesday", HALF)], "Police met on / • Monday / • Tuesday"),
        ([A, ("3. Monday", HALF)], "Police met on 3. Monday"),
        ([("By Ida Holm", 60.0), A, B], "By Ida Holm / Police met on Monday."),
        ([("______", FULL), A], "Police met on"),  # a ruled line
    ],
)
def test_paragraphs(lines: list[Line | tuple[str, float]], expected: str) -> None:
    assert " / ".join(said(column(*lines))) == expected


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (("Police closed the old", FULL), ("bridge.", HALF), True),
        (("Police closed the old", HALF), ("bridge.", HALF), True),
        (("Police closed the old bridge of", FULL), ("Orvale.", HALF), True),
        (("Police closed the bridge of Or-", FULL), ("vale.", HALF), True),
        (("Police closed the old bridge.", FULL), ("Nobody was hurt.", HALF), False),
        (("The bridges of the coast", HALF), ("Police closed the old bridge.", FULL), False),
    ],
)
def test_what_a_column_parts(first: tuple[str, float], second: tuple[str, float], *, joined: bool) -> None:
    above = column(A, ("Tuesday evening after a long", FULL), first)
    assert len(said(above, column(second))) == (1 if joined else 2)


def test_a_note_with_a_mark_stands_last() -> None:
    note = Line("* As the guild says.", 0, HALF, 100, 8)
    assert said([*column(A), note], column(("Monday.", HALF))) == [
        "Police met on Monday.",
        "* As the guild says.",
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        (Line("The bridge", 0, HALF, 750, 14), True),
        (Line("The bridge", 0, HALF, 750, 10, bold=True), True),
        (Line("The bridge was closed.", 0, HALF, 750, 10, bold=True), False),
        (Line("The bridge", 0, HALF, 750, 10), False),
        (Line("The bridge", 0, HALF, 750, 7, bold=True), False),
        (Line("word " * 30, 0, FULL, 750, 14), False),
    ],
    ids=["large", "bold", "bold sentence", "plain", "small", "long"],
)
def test_headings(line: Line, *, heading: bool) -> None:
    (first, *_) = blocks([[line, *column(A, A, A)]])
    assert (first.words, first.heading) == (line.text.strip(), heading)


LINES = st.lists(
    st.builds(
        Line,
        st.text("aB1. -•*", min_size=1, max_size=12),
        st.floats(0, 300),
        st.floats(300, 600),
        st.floats(0, 800),
        st.sampled_from([8.0, 10.0, 14.0]),
        st.booleans(),
        st.booleans(),
    ),
    max_size=12,
)


@given(st.lists(LINES, max_size=4))
def test_no_letter_is_lost_or_made_up(columns: list[list[Line]]) -> None:
    drawn = sorted(c for column_ in columns for line in column_ for c in line.text if c.isalnum())
    assert sorted(c for block in blocks(columns) for c in block.words if c.isalnum()) == drawn
