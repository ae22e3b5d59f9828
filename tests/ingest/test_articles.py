from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest import Facts, from_bytes, interval_of
from byline.ingest.dumps import from_words
from byline.ingest.entries import entries_of
from byline.ingest.html import tree_of
from byline.records import Document

CASES = Path(__file__).parents[1] / "cases" / "articles"
PARAGRAPHS = st.sampled_from(
    [
        "10.45am",
        "9:05 p.m.: Police came. Nobody was hurt in the night.",
        "* * *",
        "Live updates",
        "By Ada Quill",
        "\f",
        "🚌",
    ]
)


def read(name: str, facts: Facts = Facts()) -> list[Document]:  # noqa: B008 -- Facts is frozen
    return from_bytes(CASES.joinpath(name).read_bytes(), source=name, facts=facts)


def told(name: str) -> list[tuple[str | None, str | None, str]]:
    """Return of each part the title, the day and the first words of its body."""
    return [(d.title, d.published and d.published.start, d.text[slice(*d.body[0])][:24]) for d in read(name)]


def test_a_live_blog_in_json_ld_has_an_entry_for_each_update() -> None:
    assert told("live-json-ld.html") == [
        ("Calm again", "2006-03-12", "The governor said on Wed"),
        ("Live: the march", "2006-03-11", "Hundreds of dockers walk"),
        ("Live: the march", "2006-03-11", "Police arrested four peo"),
    ]


def test_articles_below_each_other_have_their_own_times() -> None:
    assert told("articles-with-times.html") == [
        ("Truce to hold", "2006-03-12", "The governor said on Wed"),
        ("Dockers walk out", "2006-03-11", "Hundreds of dockers walk"),
        ("Four held after march", "2006-03-10", "Police arrested four peo"),
    ]


def test_the_posts_of_a_weblog_are_parted() -> None:
    assert told("weblog-hentry.html") == [
        ("Truce to hold", "2006-03-12", "The governor said on Wed"),
        ("Dockers walk out", "2006-03-11", "Hundreds of dockers walk"),
    ]


def test_times_at_the_head_of_paragraphs_begin_entries() -> None:
    assert told("live-inline-clocks.html") == [
        ("The march: as it happened", "2006-03-11", "Police arrested four peo"),
        ("The march: as it happened", "2006-03-11", "Hundreds of dockers walk"),
        ("The march: as it happened", "2006-03-11", "The governor said on Wed"),
        ("The march: as it happened", "2006-03-11", "The bridge is open again"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "index-of-teasers.html",
        "article-with-teasers.html",
        "article-with-comments.html",
        "chronicle.html",
        "chronicle.txt",
        "story-with-rules.txt",
        "videos.txt",
    ],
)
def test_what_only_looks_like_entries_is_one_document(name: str) -> None:
    (document,) = read(name)
    assert document.origin
    assert document.origin.member is None


def test_parts_are_named_after_the_page() -> None:
    documents = read("articles-with-times.html", Facts(id="x7"))
    assert [(d.source, d.id, d.origin and d.origin.member) for d in documents[:2]] == [
        ("articles-with-times.html!/1", "x7-1", "1"),
        ("articles-with-times.html!/2", "x7-2", "2"),
    ]
    assert {d.publication for d in documents} == {"The Estuary Review"}


def test_entries_of_a_text_are_slices_of_it() -> None:
    text = CASES.joinpath("live-dump.txt").read_text("utf-8")
    documents = read("live-dump.txt", Facts(published=interval_of("2006-03-11")))
    assert all(d.text in text for d in documents)
    assert [(d.text[:17], d.text[slice(*d.body[0])][:17]) for d in documents] == [
        ("The march: live u", "Police arrested f"),
        ("UPDATED 9:05 p.m.", "The governor said"),
        ("8.20pm: Hundreds ", "Hundreds of docke"),
        ("14:20 GMT\nTwo bri", "Two bridges are c"),
    ]
    assert {(d.title, d.authors, d.published and d.published.start) for d in documents} == {
        ("The march: live updates", ("Ada Quill",), "2006-03-11")
    }


def test_the_articles_of_a_dump_have_their_own_facts() -> None:
    documents = read("dump-of-articles.txt")
    assert [(d.title, d.authors, d.published and d.published.start) for d in documents] == [
        ("Four held after march", ("Ada Quill",), "2006-03-11"),
        ("Dockers walk out", ("Rui Vaz",), "2006-03-12"),
    ]


@given(st.lists(PARAGRAPHS, min_size=1, max_size=12))
def test_no_part_of_a_text_holds_what_the_text_does_not(paragraphs: list[str]) -> None:
    text = "A title of the page\n\nPolice came in the night.\n\n" + "\n\n".join(paragraphs)
    for part in from_words(text, source="-", facts=Facts()):
        assert part.text in text
        assert all(part.text[slice(*span)].strip() for span in part.body)


def test_times_in_boxes_in_boxes_are_no_entries() -> None:
    page = "<html><body>" + "<div><time datetime=2006-03-11>x</time>" * 200 + "<p>Police came.</p>" * 20_000
    assert entries_of(tree_of(page)) == []


@pytest.mark.parametrize("data", ['{"@type": "LiveBlogPosting", "liveBlogUpdate": "x"}', "[" * 9999, "{", "null", "7"])
def test_odd_linked_data_is_passed_over(data: str) -> None:
    page = (
        f'<html><head><script type="application/ld+json">{data}</script></head><body><p>Police came in the night.</p>'
    )
    assert len(from_bytes(page.encode())) == 1
