import json

import pytest

from byline.ingest import Facts, interval_of
from byline.records import Document
from tests.ingest.containers.reading import OTHER, STORY, documents, kinds, read_all, words

CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
LONG = f"{STORY} " * 20


def rss(items: str, head: str = "") -> bytes:
    channel = f"<channel><title>The Lamp</title><language>en-gb</language>{items}</channel>"
    return f'<?xml version="1.0"?>{head}<rss {CONTENT}>{channel}</rss>'.encode()


def only(data: bytes) -> Document:
    (document,) = documents(data)
    return document


def test_an_item_is_an_article_with_what_the_feed_tells_of_it() -> None:
    item = (
        "<item><title>A march &amp;amp; more</title><link> https://lamp.example/1 </link>"
        "<dc:creator>Ida Holm</dc:creator>"
        "<pubDate>Tue, 03 May 2011 23:30:00 -0500</pubDate><description>Short.</description>"
        f"<content:encoded><![CDATA[<p>{STORY}</p><p>{OTHER}</p>]]></content:encoded></item>"
    )
    document = only(rss(item))
    assert (document.source, document.title, document.authors) == ("-!/1", "A march & more", ("Ida Holm",))
    assert (document.publication, document.language, document.url) == ("The Lamp", "en", "https://lamp.example/1")
    assert document.published == interval_of("2011-05-03", basis="metadata")
    assert [document.text[slice(*span)] for span in document.body] == [STORY, OTHER]
    assert document.partial is None


def test_a_summary_is_marked_as_a_part_of_the_article() -> None:
    document = only(rss(f"<item><description>{STORY}</description></item>"))
    assert (document.text, document.partial) == (STORY, "The feed holds a summary of the article.")
    assert only(rss(f"<item><description>{LONG}</description></item>")).partial is None


def test_atom_is_read() -> None:
    feed = (
        '<?xml version="1.0"?><!-- a feed -->'
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:lang="en-US"><a:title>Lamp</a:title>'
        '<a:entry><a:title type="html">A &lt;b&gt;march&lt;/b&gt;</a:title><a:link rel="self" href="s"/>'
        '<a:link href="https://lamp.example/2"/><a:author><a:name>Ida Holm</a:name></a:author>'
        "<a:published>2011-05-03T10:00:00Z</a:published><a:updated>2012-01-01T00:00:00Z</a:updated>"
        f'<a:content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p><p>{OTHER}</p></div></a:content>'
        "<a:source><a:title>Estuary</a:title></a:source></a:entry></a:feed>"
    )
    document = only(feed.encode())
    assert (document.title, document.url, document.authors) == ("A march", "https://lamp.example/2", ("Ida Holm",))
    assert (document.publication, document.language) == ("Estuary", "en")
    assert document.published == interval_of("2011-05-03", basis="metadata")
    assert [document.text[slice(*span)] for span in document.body] == [STORY, OTHER]


def test_when_an_entry_was_updated_is_not_when_it_was_published() -> None:
    feed = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><updated>2012-01-01</updated><summary>{STORY}</summary></entry></feed>'
    assert only(feed.encode()).published is None


def test_rss_of_the_first_version_is_read() -> None:
    feed = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Lamp</title></channel>'
        f"<item><title>A</title><description>{STORY}</description><dc:date>2011-05-03</dc:date></item></rdf:RDF>"
    )
    document = only(feed.encode())
    assert (document.publication, document.published) == ("Lamp", interval_of("2011-05-03", basis="metadata"))


def test_a_json_feed_is_read() -> None:
    item = {
        "content_html": f"<p>{STORY}</p>",
        "title": "A march",
        "url": "https://lamp.example/3",
        "date_published": "2011-05-03T10:00:00Z",
        "authors": [{"name": "Ida Holm"}],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Lamp", "items": [item, {"content_text": OTHER}]}
    first, second = documents(json.dumps(feed).encode())
    assert (first.title, first.url) == ("A march", "https://lamp.example/3")
    assert [first.text[slice(*span)] for span in first.body] == [STORY]
    assert (first.authors, first.publication) == (("Ida Holm",), "Lamp")
    assert (second.source, second.text) == ("-!/2", OTHER)


def test_nothing_that_a_feed_declares_is_fetched_or_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY l0 "ha">{laughs}]>'
    document = only(rss(f"<item><description>{STORY} &file; &l11; {OTHER}</description></item>", head))
    assert document.text.split() == f"{STORY} {OTHER}".split()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The army&nbsp;left.", "The army\xa0left."),
        ("The army &amp;#8217;left&amp;#8217;.", "The army ’left’."),
        ("It was 3 &lt; 4 there.", "It was 3 < 4 there."),
    ],
)
def test_entities_of_html_are_resolved(written: str, read: str) -> None:
    assert only(rss(f"<item><description>{written}</description></item>")).text == read


def test_an_item_without_text_is_named() -> None:
    assert kinds(rss(f"<item><title>A</title></item><item><description>{STORY}</description></item>")) == [
        ("-!/1", "empty"),
        ("-!/2", STORY),
    ]


def test_a_feed_that_is_cut_off_gives_the_items_before() -> None:
    whole = rss(f"<item><description>{STORY}</description></item><item><description>{OTHER}</description></item>")
    cut = whole[: whole.index(OTHER.encode()) + 6]
    assert kinds(cut)[0] == ("-!/1", STORY)
    assert kinds(cut)[-1] == ("-", "damaged")


def test_a_feed_in_latin_1_is_read() -> None:
    data = rss("<item><description>The fête in Évora was over.</description></item>").decode()
    data = data.replace('version="1.0"', 'version="1.0" encoding="ISO-8859-1"', 1)
    assert only(data.encode("latin-1")).text == "The fête in Évora was over."


def test_what_is_given_holds_where_the_feed_is_silent() -> None:
    (document,) = read_all(
        b"<rss><channel><item><description>A b c.</description></item></channel></rss>",
        facts=Facts(publication="Daily"),
    )
    assert document.publication == "Daily"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "data", [b"<rss ", b'{"version": "https://jsonfeed.org/version/1", "items": 3', b"<rss <<<>>>"]
)
def test_a_feed_that_cannot_be_read_says_so(data: bytes) -> None:
    assert words(data)[0][1].startswith(("The feed is damaged", "The JSON feed is damaged"))
