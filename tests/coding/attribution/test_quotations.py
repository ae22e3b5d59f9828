"""Quotation marks: what they enclose, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.coding.attribution.quotations import find_quotations, is_speech
from byline.language.parsed import Parsed
from tests.helpers import document, parsed


def _inner(text: str) -> list[tuple[str, int]]:
    quotations = find_quotations(Parsed(document(text), [], [], []))
    return [(text[q.inner[0] : q.inner[1]], q.depth) for q in quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will leave,” she said. “Now.”", [("We will leave", 0), ("Now.", 0)]),
        ("He said: “They shouted ‘go home’ at us.”", [("They shouted ‘go home’ at us.", 0), ("go home", 1)]),
        (
            "The workers’ union said ‘we won’t accept the bosses’ offer’ today.",
            [("we won’t accept the bosses’ offer", 0)],
        ),
        (
            "‘I knew,’ she said, ‘that the kids’ toys were gone.’",
            [("I knew", 0), ("that the kids’ toys were gone.", 0)],
        ),
        ("'We are leaving,' he said. 'It's over.'", [("We are leaving", 0), ("It's over.", 0)]),
        ("''I do,'' he said; ``No,'' she said.", [("I do", 0), ("No", 0)]),
        ("He called it ”great” and “the best of all“ and left.", [("great", 0), ("the best of all", 0)]),
        ('"He said "go" and left," she said.', [('He said "go" and left', 0), ("go", 1)]),
        ("“It is open to question.’”", [("It is open to question.", 0)]),
        ('(“Yes”) and—“no”—and "maybe".', [("Yes", 0), ("no", 0), ("maybe", 0)]),
        ("The “so-called ‘truce’” is over", [("so-called ‘truce’", 0), ("truce", 1)]),
        ("“One.\n\n“Two.”\n\nThree.", [("One.", 0), ("Two.", 0)]),
        ("“A is here, he said. “B is there,” he added.", [("A is here, he said.", 0), ("B is there", 0)]),
        ("« Nous partons », he said.", [("Nous partons", 0)]),
    ],
)
def test_marks_enclose_their_words(text: str, expected: list[tuple[str, int]]) -> None:
    assert _inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The '90s were rock 'n' roll, said O'Neil, 6'2\" tall.",
        "The soldiers' guns and the dogs' barks.",
        "’Twas the workers’ day, wasn’t it?",
        '“ ” and ""',
        "It's the boss's car.",
    ],
)
def test_apostrophes_and_inches_are_no_quotation(text: str) -> None:
    assert _inner(text) == []


def test_a_paragraph_that_leaves_its_mark_open_runs_on_into_the_next() -> None:
    text = "“One.\n\n“Two.”"
    assert [(q.runs_on, q.goes_on) for q in find_quotations(Parsed(document(text), [], [], []))] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("words", "speech"),
    [
        ("We will not leave.", True),
        ("Nobody came to help us", True),
        ("defining moment", False),
        ("The Last Bridge", False),
        ("the Fox", False),
        ("How the West Was Won", False),
        ("criminal gangs", False),
    ],
)
def test_speech_is_told_from_titles_and_scare_quotations(words: str, speech: bool) -> None:  # noqa: FBT001
    assert is_speech(list(parsed(words).tokens)) is speech


@given(st.text(alphabet="ab s.,“”‘’'\"\n(é🙂", max_size=80))
def test_quotations_lie_in_their_paragraph_and_nest(text: str) -> None:
    body = document(text)
    found = find_quotations(Parsed(body, [], [], []))
    for q in found:
        first, last = body.body[q.paragraph]
        assert first <= q.span[0] <= q.inner[0] < q.inner[1] <= q.span[1] <= last
    for one, other in pairwise(found):
        assert one.span[1] <= other.span[0] or other.span[1] <= one.span[1]
