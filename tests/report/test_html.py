"""A briefing as one HTML file."""

from itertools import pairwise

import pytest
from lxml import html as reader

from byline.report import Briefing, write


@pytest.fixture(scope="module")
def page(briefing: Briefing) -> reader.HtmlElement:
    return reader.document_fromstring(write(briefing, "html").file)


def test_it_is_whole_in_itself_and_runs_nothing(briefing: Briefing, harm: Briefing) -> None:
    for one in (briefing, harm):
        file = write(one, "html").file
        found = reader.document_fromstring(file)
        assert not found.xpath("//script | //img | //iframe | //object | //link | //*[@onload or @onerror or @src]")
        assert all(href.startswith(("#", "http://", "https://")) for href in found.xpath("//a/@href"))
        assert b"@import" not in file
        assert b"url(http" not in file


def test_every_footnote_is_cited_and_every_citation_leads_to_one(page: reader.HtmlElement) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in page.xpath("//a/@href") if href.startswith("#")}
    assert targets <= set(ids)
    assert {i for i in ids if i.startswith("note-")} <= targets


def test_the_drawings_are_told_to_those_who_do_not_see_them(page: reader.HtmlElement, briefing: Briefing) -> None:
    labels = page.xpath("//*[local-name()='svg']/@aria-label")
    assert labels == [drawing.alt for drawing in briefing.drawings]


def test_headings_have_an_order_and_the_page_a_title(page: reader.HtmlElement, briefing: Briefing) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.get("lang") == "en"
    assert page.findtext(".//title") == briefing.title


def test_the_same_briefing_gives_the_same_bytes(briefing: Briefing) -> None:
    assert write(briefing, "html").file == write(briefing, "html").file


def test_words_that_mean_harm_are_words(harm: Briefing) -> None:
    text = write(harm, "html").file.decode()
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    attributes = [given for element in reader.fromstring(text).iter() for given in element.attrib.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    assert not [name for name, words in attributes if words.strip().lower().startswith("javascript:")]
