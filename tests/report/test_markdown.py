"""A briefing as Markdown, read by a reader of Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from byline.report import Briefing, write
from byline.report.markdown import _text

READER = MarkdownIt("gfm-like", {"linkify": False, "html": True})


def kinds(tokens: list[Token]) -> set[str]:
    return {t.type for token in tokens for t in (token, *(token.children or ()))}


def test_no_word_of_others_is_markup(harm: Briefing) -> None:
    found = kinds(READER.parse(write(harm, "md").file.decode()))
    assert not found & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block"}


def test_every_entry_is_a_heading_and_every_note_is_there(briefing: Briefing) -> None:
    text = write(briefing, "md").file.decode()
    for entry in briefing.entries:
        assert f"\n### {entry.number}. " in text
        for note in entry.notes:
            assert f"\n[^{note.number}]: “" in text
            assert text.count(f"[^{note.number}]") >= 2


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("*bold* and _thin_", r"\*bold\* and \_thin\_"),
        ("- a list", r"\- a list"),
        ("12. a list", r"12\. a list"),
        ("<b>", r"\<b\>"),
        ("a | b", r"a \| b"),
        ("[x](y)", r"\[x\](y)"),
        ("&amp;", r"\&amp;"),
        ("https://a.example", r"https\://a.example"),
    ],
)
def test_signs_are_escaped(words: str, escaped: str) -> None:
    assert _text(words) == escaped


@pytest.mark.parametrize(
    "words", ["at 11.40 p.m. on Tuesday", "7–11 wounded (as said)", "R & B", "half-day", "in 2006."]
)
def test_plain_words_stay_as_they_are(words: str) -> None:
    assert _text(words) == words


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1))
def test_any_words_are_read_as_they_were(words: str) -> None:
    (_, inline, _) = MarkdownIt("gfm-like", {"linkify": False}).parse(f"x {_text(words)} x")
    assert "".join(token.content for token in inline.children or ()) == f"x {words} x"
