"""Which documents are copies of earlier ones, how, and what is no copy."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.linking import Copies, group
from byline.records import Copy, Document, Interval

WIRE = [
    "Gunmen attacked a customs post near Halvora late on Tuesday, killing five guards and wounding eleven others.",
    "Between 20 and 30 men fired rifles at the compound shortly before midnight, a doctor told the agency.",
    "The attackers withdrew towards the river when soldiers arrived from the garrison at Brenno.",
    "Colonel Ivo Tarsk, who commands the border guard, blamed a group of dismissed conscripts.",
    "He ordered patrols on the valley road to be doubled until the end of the month.",
    "A man who said that he spoke for the conscripts denied that any of them had been near the post.",
    "The governor cut short a visit to the capital and was expected to meet the families on Thursday.",
    "Talks about unpaid wages had collapsed two weeks before, and both sides had threatened to use force.",
]
OTHER = [
    "The harbour of Sollen stayed closed for a third day as crane drivers refused to unload two grain ships.",
    "Their union wants the night bonus back that was cut in spring, when prices fell.",
    "A spokeswoman for the port said that eleven vessels lay at anchor outside the bay.",
    "Bakers in the old town have begun to ration flour, and the mayor has asked for calm.",
    "Nobody expects the drivers to return before the arbitrator has heard them on Friday.",
    "Fishermen who share the quay with them brought soup and firewood to the gates.",
    "The shipping line would not say how much the delay had cost it so far.",
    "A storm that is forecast for the weekend may force the ships to leave in any case.",
    "Older residents still talk of the long strike of their youth, which ended in a bad winter.",
]
STATEMENT = (
    "“Those who did this hoped that we would lose our heads, and we will not, and we will find every one of them.”"
)
LINES = [
    "Subscribe to our newsletter for the stories that matter, every morning before breakfast in your inbox.",
    "If you have seen a mistake in this article, write to the readers' editor at the address below.",
    "All rights reserved; no part of this article may be printed elsewhere without leave of the publisher.",
]


def document(sentences: list[str], name: str = "d", *, day: str | None = "2004-05-11") -> Document:
    """Return a document with a paragraph a sentence."""
    text = "\n\n".join(sentences)
    published = Interval(start=day, end=day, basis="given") if day else None
    body = tuple(m.span() for m in re.finditer(r"\S.*", text))
    return Document(id=name, source=f"{name}.txt", text=text, published=published, body=body)


def copied(sentences: list[str], original: list[str] = WIRE) -> Copy | None:
    """Return what an index says of a document that comes after another."""
    copies = Copies()
    assert copies.add(document(original, "wire")) is None
    return copies.add(document(sentences, "paper"))


def changed(sentence: str) -> str:
    """Return a sentence with one word of it changed."""
    words = sentence.split()
    words[len(words) // 2] = "afterwards"
    return " ".join(words)


@pytest.mark.parametrize(
    ("sentences", "kind", "own", "missing"),
    [
        (WIRE, "exact", 0, 0),
        ([*WIRE[:3], changed(WIRE[3]), *WIRE[4:]], "near", 1, 0),
        ([changed(s) for s in WIRE], "near", 8, 0),
        ([*WIRE[:4], *WIRE[5:]], "near", 0, 1),
        (WIRE[:4], "truncated", 0, 4),
        (WIRE[3:6], "truncated", 0, 5),
        ([*OTHER[:4], *WIRE, *OTHER[4:]], "embedded", 9, 0),
        ([*OTHER[:4], *(changed(s) for s in WIRE), *OTHER[4:]], "embedded", 17, 0),
        ([*OTHER[:2], *WIRE[:5], OTHER[2]], "near", 3, 3),
    ],
)
def test_a_copy_is_recognised_with_what_was_changed(sentences: list[str], kind: str, own: int, missing: int) -> None:
    copy = copied(sentences)
    assert copy
    assert (copy.of, copy.source, copy.kind, len(copy.own), copy.missing) == ("wire", "wire.txt", kind, own, missing)


@pytest.mark.parametrize(
    "printed",
    [
        [s.upper() for s in WIRE],
        [s.replace(" ", "\u00a0") for s in WIRE],
        [s.replace("Halvora", "Hálvora").replace(", ", " – ") for s in WIRE],
        [" ".join(WIRE)],
    ],
)
def test_case_space_accents_punctuation_and_paragraphs_make_no_difference(printed: list[str]) -> None:
    copy = copied(printed)
    assert copy
    assert (copy.kind, copy.shared, copy.own) == ("exact", 1.0, ())


@pytest.mark.parametrize(
    ("words", "others"), [("five", "four"), ("20 and 30", "20 and 50"), ("killing five guards and", "")]
)
def test_a_changed_number_and_words_left_out_make_a_sentence_the_documents_own(words: str, others: str) -> None:
    sentences = [s.replace(words, others) for s in WIRE]
    copy = copied(sentences)
    text = document(sentences).text
    assert copy
    assert copy.kind == "near"
    assert [text[slice(*span)] for span in copy.own] == [s for s in sentences if s not in WIRE]


def test_the_share_counts_words_not_sentences() -> None:
    copy = copied([*WIRE[:4], changed(WIRE[4]), *WIRE[5:]])
    assert copy
    assert copy.shared == pytest.approx(1 - 1 / sum(len(s.split()) for s in WIRE), abs=0.001)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (WIRE, OTHER),
        ([*WIRE, STATEMENT], [*OTHER, STATEMENT]),  # one statement in two reports
        ([*WIRE[:2], STATEMENT, STATEMENT.replace("those", "they")], [*OTHER[:2], STATEMENT, STATEMENT]),
        ([*WIRE, *OTHER[:2]], [*OTHER[:4], "Nothing else was known of the strike on Monday night."]),
        (WIRE[:1], [*OTHER, *WIRE[:1]]),  # a sentence may be the same by agreement
        (["No."], ["No."]),
        (["Yes and no."], ["Yes and no."]),
        ([], []),
    ],
)
def test_these_are_no_copies(first: list[str], second: list[str]) -> None:
    assert copied(second, first) is None


def test_lines_that_many_documents_end_with_make_no_copies_of_short_ones() -> None:
    copies = Copies()
    for n in range(6):
        copies.add(document([*(re.sub(r"(\w+)", rf"\1x{n}", s) for s in OTHER), *LINES], f"d{n}"))
    assert (
        copies.add(document(["The council of Merrow has put off its vote on the new tramway again.", *LINES])) is None
    )


def test_what_many_papers_print_of_one_agency_does_not_become_a_common_line() -> None:
    copies = Copies()
    copies.add(document(WIRE, "wire"))
    for n in range(30):
        copies.add(document([changed(WIRE[n % 8]) if s == WIRE[n % 8] else s for s in WIRE], f"p{n}"))
    copy = copies.add(document([*OTHER[:4], *WIRE, *OTHER[4:]]))
    assert copy
    assert (copy.of, copy.kind) == ("wire", "embedded")


def test_a_copy_of_a_copy_is_traced_to_the_original() -> None:
    copies = Copies()
    copies.add(document(WIRE, "wire"))
    copies.add(document([*WIRE, *OTHER[:3]], "first"))
    copy = copies.add(document([*WIRE[:6], *OTHER[:3]], "second"))
    assert copy
    assert copy.of == "wire"


def test_what_a_copy_adds_is_found_where_it_is_copied_in_turn() -> None:
    copies = Copies()
    copies.add(document(WIRE, "wire"))
    copies.add(document([*WIRE, *OTHER], "paper"))
    copy = copies.add(document(OTHER))
    assert copy
    assert (copy.of, copy.kind) == ("paper", "truncated")


@pytest.mark.parametrize(
    ("day", "is_copy"),
    [("2004-05-12", True), ("2004-06-11", True), ("2004-07-30", False), ("2003-01-01", False), (None, True)],
)
def test_documents_are_compared_within_a_window_of_days(day: str | None, *, is_copy: bool) -> None:
    copies = Copies()
    copies.add(document(WIRE, "wire"))
    assert (copies.add(document(WIRE, "later", day=day)) is not None) is is_copy


def test_an_index_forgets_what_was_longest_of_no_use() -> None:
    copies = Copies(held=3 * 150)
    copies.add(document(WIRE, "wire"))
    for n in range(20):
        copies.add(document([re.sub(r"(\w+)", rf"\1x{n}", s) for s in OTHER], f"d{n}"))
        copies.add(document(WIRE, f"copy{n}"))
    assert len(copies) < 6
    copy = copies.add(document(WIRE, "last"))
    assert copy
    assert copy.of == "wire"


def test_of_documents_that_come_together_the_earliest_is_the_original() -> None:
    cut, whole = document(WIRE[:5], "cut", day="2004-05-12"), document(WIRE, "whole", day="2004-05-11")
    first, second = Copies().add_all([cut, whole])
    assert first
    assert (first.of, first.kind, second) == ("whole", "truncated", None)


def archive() -> list[Document]:
    """Return two stories, copies of both on several days, one in two papers of a day, and a text without a date."""
    return [
        document(WIRE, "a", day="2004-05-11"),
        document(WIRE[:4], "b", day="2004-05-11"),
        document([changed(s) for s in WIRE], "c", day="2004-05-12"),
        document([*OTHER[:5], *WIRE, *OTHER[5:]], "d", day="2004-05-13"),
        document(OTHER, "e", day="2004-05-10"),
        document(OTHER[:6], "f", day=None),
        document([f"{s} So it goes." for s in WIRE], "g", day="2004-05-11"),
        document([STATEMENT, "Nobody else has said a word about it since."], "h", day="2004-05-11"),
    ]


@given(st.permutations(archive()))
def test_groups_are_the_same_in_any_order(documents: list[Document]) -> None:
    assert group(documents) == group(archive())


def test_the_original_is_the_earliest_then_the_longest() -> None:
    found = {g.original: {name for name, _ in g.copies} for g in group(archive())}
    assert found == {"e": {"d", "f"}, "g": {"a", "b", "c"}}


WORDS = st.lists(
    st.sampled_from(["Ünal", "said.", "‘no’", "“", "”", "don’t", "3,000", "Go!", "A", "x", "🙂", "é", "-", "\n\n"])
)


@given(WORDS, WORDS)
def test_own_sentences_are_spans_of_the_body_in_order(first: list[str], second: list[str]) -> None:
    copies = Copies()
    copies.add(document([*WIRE, *" ".join(first).split("\n\n")], "wire"))
    paper = document([*WIRE[:5], *" ".join(second).split("\n\n")], "paper")
    copy = copies.add(paper)
    assert copy
    assert 0 <= copy.shared <= 1
    assert list(copy.own) == sorted(copy.own)
    assert all(any(a <= start < end <= b for a, b in paper.body) for start, end in copy.own)


def test_a_copy_is_the_same_after_json() -> None:
    copy = copied([*WIRE[:3], changed(WIRE[3]), *WIRE[4:]])
    assert msgspec.json.decode(msgspec.json.encode(copy), type=Copy) == copy
