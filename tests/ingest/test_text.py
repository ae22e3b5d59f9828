import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.errors import DocumentError
from byline.ingest import Facts, from_text, interval_of
from byline.ingest.text import LONGEST
from byline.records import Document

TESTS = Path(__file__).parent.parent
CASES: list[dict[str, Any]] = json.loads((TESTS / "cases/furniture.json").read_text("utf-8"))


def read(case: dict[str, Any]) -> Document:
    retrieved = interval_of(case["retrieved"]) if "retrieved" in case else None
    return from_text(case["text"], facts=Facts(retrieved=retrieved))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_the_body_is_the_story_and_nothing_else(case: dict[str, Any]) -> None:
    document = read(case)
    assert [document.text[start:end] for start, end in document.body] == case["body"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_what_the_page_tells_of_itself_is_read(case: dict[str, Any]) -> None:
    document = read(case)
    published = document.published and [document.published.start, document.published.end, document.published.basis]
    assert {
        "title": document.title,
        "authors": list(document.authors),
        "publication": document.publication,
        "issue": document.issue,
        "published": published,
    } == {key: case[key] for key in ("title", "authors", "publication", "issue", "published")}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Two shot at Lodwar fair\n\n0:43 Mayor speaks\n\n1:07 Nurses march in Dorn",
            "Two shot at Lodwar fair",
        ),
        ("Two shot at Lodwar fair", None),
        ("Nurses marched in Dorn.", None),
    ],
)
def test_a_page_without_a_full_stop_has_a_headline_above_some_story(text: str, title: str | None) -> None:
    assert from_text(text).title == title


def test_the_text_is_kept_as_it_is() -> None:
    text = "\ufeffTitle of it all\r\n\r\nThe army\u00a0at\u00adtacked 🙂 the town.\r\n"
    assert from_text(text).text == text


def test_a_soft_hyphen_and_an_emoji_do_not_move_offsets() -> None:
    document = from_text("🙂🙂 The ar\u00admy left.\r\n\r\n  The\u00a0town cheered. \r\n")
    assert [document.text[slice(*span)] for span in document.body] == [
        "🙂🙂 The ar\u00admy left.",
        "The\u00a0town cheered.",
    ]


def test_the_same_text_gives_the_same_id() -> None:
    assert from_text("The army left.", source="a").id == from_text("The army left.", source="b").id


def test_another_text_gives_another_id() -> None:
    assert from_text("The army left.").id != from_text("The army left!").id


def test_given_facts_win() -> None:
    given_ = Facts(id="x7", publication="The Lamp", published=interval_of("1990-01-01"))
    document = from_text("ROME, 3 May 2011 (ABC) -- The army left.\n\n© 2011 Other Paper", facts=given_)
    assert document.published
    assert (document.id, document.publication, document.published.basis) == ("x7", "The Lamp", "given")


def test_the_address_dates_a_text_before_its_dateline() -> None:
    facts = Facts(url="https://example.org/2011/05/04/story")
    document = from_text("ROME, 3 May 2011 (ABC) -- The army left.", facts=facts)
    assert document.published
    assert (document.published.start, document.published.basis) == ("2011-05-04", "url")


def test_a_month_in_the_address_gives_way_to_a_day_in_the_words() -> None:
    facts = Facts(url="https://example.org/2011/05/story")
    document = from_text("ROME, 3 May 2011 (ABC) -- The army left.", facts=facts)
    assert document.published
    assert (document.published.start, document.published.basis) == ("2011-05-03", "dateline")


def test_a_date_after_the_retrieval_is_refused() -> None:
    facts = Facts(retrieved=interval_of("2010-01-01"))
    assert from_text("Posted on 3 May 2011\n\nThe army left.", facts=facts).published is None


def test_the_span_of_a_date_points_to_its_words() -> None:
    document = from_text("The long march\n\nPosted on: 3 May 2011\n\nThe army left.")
    assert document.published
    assert document.published.span
    assert document.text[slice(*document.published.span)] == "3 May 2011"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The document is empty."),
        (" \n\t", "The document is empty."),
        ("a \ud800", "The text holds a lone surrogate at 2."),
    ],
)
def test_a_text_that_cannot_be_read_says_why(text: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        from_text(text)


def test_a_text_that_is_too_long_says_so() -> None:
    with pytest.raises(DocumentError) as error:
        from_text("a" * (LONGEST + 1))
    assert str(error.value) == "The text has 1,000,001 characters, over 1,000,000. Split it into one file an article."


LINES = st.sampled_from(
    [
        *(
            "By Ada Quill",
            "Issue 12",
            "Latest News",
            "The army left the town.",
            "“We won,” he said.",
            "PARIS —",
            "   ",
            "",
        ),
        *(
            "ROME, 3 May 2011 (ABC) -- It rained.",
            "Sign up for our newsletter.",
            "| | |",
            "...",
            "\u200b",
            "3 comments",
        ),
        *("Rebels take bridge", "THE ARMY LEFT", "He left. Sign up for our daily newsletter.", "(Photo: Ana Ruiz)"),
        *("🙂", "e\u0301t\u00e9", "الجيش انسحب.", "\x00", "- an item of a list that is long", "\tindented"),
    ]
)
ENDS = st.sampled_from(["\n", "\r\n", "\n\n", " ", "\u2028"])
PAGES = st.lists(st.tuples(LINES, ENDS)).map(lambda parts: "".join(line + end for line, end in parts))


@given(st.one_of(st.text(), PAGES))
def test_paragraphs_lie_inside_the_text_in_order_trimmed_and_apart(text: str) -> None:
    try:
        document = from_text(text)
    except DocumentError:
        return
    assert document.text == text
    before = 0
    for start, end in document.body:
        assert before <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        before = end


def test_the_place_of_a_dateline_is_read_before_the_story() -> None:
    text = "LIMA (Peru), 3 May 2011 (Agency) -- [Text] Gunmen fled."
    assert [text[slice(*span)] for span in from_text(text).body] == ["LIMA (Peru)", "Gunmen fled."]
