"""Footnotes: which sentence a saying rests on, and what of it is told."""

import pytest

from byline.accounts import Saying
from byline.records import Span
from byline.report.notes import Notes
from byline.store import Passage

TEXT = "Raid in Sesta\nGunmen raided the mill. A nurse said at least 9 died. It was dark."
FIRST = (14, 37)


def passage(url: str | None = "https://a.example/1", span: Span = FIRST) -> Passage:
    return Passage(
        report="u1", event="u1", number="e1", file="a.txt", outlet="The Sesta Post", published="2021-05-05", title=None,
        url=url, copy_of=None, type="ASSAULT", status="actual", said_by=None, stance=None, denied=False,
        trigger_text="raided", evidence=TEXT[slice(*span)], evidence_start=span[0], evidence_end=span[1],
    )  # fmt: skip


def saying(words: str | None) -> Saying:
    start = TEXT.index(words) if words else 0
    span = (start, start + len(words)) if words else None
    return Saying(source="s1", name="A nurse", report="u1", document="d1", file="a.txt", event="u1", span=span)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("raided", "Gunmen raided the mill."),
        (None, "Gunmen raided the mill."),
        ("at least 9", "A nurse said at least 9 died."),  # not the sentence of the event
        ("Sesta", "Raid in Sesta"),
        ("dark", "It was dark."),
    ],
)
def test_a_saying_rests_on_the_sentence_with_its_words(words: str | None, sentence: str) -> None:
    notes = Notes([passage()], {"a.txt": TEXT}, 7)
    assert notes.cite([saying(words)]) == (7,)
    assert [(note.number, note.words) for note in notes.all()] == [(7, sentence)]


def test_one_sentence_is_one_footnote() -> None:
    notes = Notes([passage()], {"a.txt": TEXT}, 1)
    assert notes.cite([saying("raided"), saying("Gunmen")]) == notes.cite([saying("mill")]) == (1,)
    assert notes.cite_rest() == ()


def test_a_document_that_nothing_cites_is_cited_at_the_end() -> None:
    notes = Notes([passage()], {"a.txt": TEXT}, 1)
    assert notes.cite_rest() == (1,)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///a", "data:text/html,x", None, "https://a.example/" + "x" * 9_000]
)
def test_no_address_but_of_the_web_is_a_link(url: str | None) -> None:
    notes = Notes([passage(url)], {"a.txt": TEXT}, 1)
    notes.cite([saying("raided")])
    assert notes.all()[0].url is None
