import pytest

from byline.ingest.paragraphs import paragraphs

WRAPPED = (
    "Farmers blocked three roads in the valley on Monday to press\n"
    "for lower water prices, and clashed with the police when they\n"
    "were told to leave by the mayor."
)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in paragraphs(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("  One. \r\n\r\n\tTwo.\r\n", ["One.", "Two."]),
        ("One.\u2028Two.\u2029Three.\fFour.", ["One.", "Two.", "Three.", "Four."]),
        ("\ufeffOne.\u200b\n \u00a0 \n\u00adTwo.", ["One.", "Two."]),
        ("", []),
        ("\n \n", []),
        (WRAPPED, [WRAPPED]),
        (WRAPPED.replace("\n", "\r\n"), [WRAPPED.replace("\n", "\r\n")]),
        (f"{WRAPPED}\n\n{WRAPPED}", [WRAPPED, WRAPPED]),
        (f"{WRAPPED}\n{WRAPPED}", [WRAPPED, WRAPPED]),
        (f"A heading\n{WRAPPED}", ["A heading", WRAPPED]),
        (WRAPPED.upper(), [WRAPPED.upper()]),
    ],
)
def test_paragraphs_are_parted_as_a_reader_parts_them(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_an_indented_line_begins_a_paragraph() -> None:
    text = (
        "   The command said that gunmen had attacked a bridge near the\n"
        "river on Friday, and that they had fled into the hills with two\n"
        "   Nobody was hurt in the attack, which lasted for an hour and a\n"
        "half according to the command."
    )
    assert len(split(text)) == 2


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Police arrested four people in Leeds on Monday, they said.",
            "The mayor of the town called for calm in the evening.",
            "Two of the four were let go after some hours there.",
        ],
        [
            "Rebels seize airfield after a night of heavy shelling",
            "Talks between the rebels and the army have failed again",
            "Who are the rebels, and what is it that they do want",
        ],
        ["By Jane Roe", "Issue 12", "3 May 2011"],
        ["A sentence of a web page stands in one long line, however long it is. " * 2, "so this one stands alone"],
    ],
)
def test_lines_that_are_paragraphs_are_not_joined(lines: list[str]) -> None:
    assert split("\n".join(lines)) == [line.strip() for line in lines]
