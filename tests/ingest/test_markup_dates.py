import json

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest.markup_dates import markup_dates, read_value

STORY = "<p>Police arrested four people in Leeds on Monday, officials said.</p>"


def dates(head: str = "", body: str = "", url: str | None = None) -> list[tuple[str, str]]:
    page = f"<html><head><title>Four held</title>{head}</head><body><h1>Four held</h1>{body}{STORY}</body></html>"
    return [(found.start, found.basis) for found in markup_dates(lxml.html.document_fromstring(page), url)]


def linked(*things: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(thing)}</script>' for thing in things)


def published(head: str = "", body: str = "", url: str | None = None) -> str | None:
    return next((day for day, basis in dates(head, body, url) if basis == "metadata"), None)


ARTICLE = {"@type": "NewsArticle", "datePublished": "2011-05-03T10:00:00+02:00"}
OTHER = {"@type": "WebPage", "datePublished": "2009-01-01"}


@pytest.mark.parametrize(
    "head",
    [
        linked(ARTICLE),
        linked([OTHER, ARTICLE]),
        linked({"@graph": [OTHER, ARTICLE]}),
        linked({"@type": "WebPage", "mainEntity": ARTICLE}),
        linked(OTHER, ARTICLE),
        linked({"@type": ["Thing", "BlogPosting"], "datePublished": ["2011-05-03"]}),
        linked({"@type": "Article", "datePublished": {"@type": "Date", "@value": "2011-05-03"}}),
        linked({"@type": "Article", "datePublished": "May 3, 2011", "comment": [{"datePublished": "2012-01-01"}]}),
        linked({"@type": "VideoObject", "uploadDate": "2009-01-01"}, ARTICLE),
        linked(ARTICLE).replace("}<", ",}<"),
        linked(ARTICLE).replace("json>", "json>\n//<![CDATA[\n", 1).replace("</script", "//]]></script"),
        linked(ARTICLE).replace("News", "News\t"),
        '<meta property="article:published_time" content="2011-05-03T10:00:00Z">',
        '<meta name="DC.date.issued" content="2011-05-03">',
        '<meta name="citation_publication_date" content="2011/05/03">',
        '<meta name="sailthru.date" content="2011-05-03 10:00:00 +0000">',
        '<meta itemprop="datePublished dateCreated" content="2011-05-03">',
        '<meta name="date" content="2009-01-01"><meta name="parsely-pub-date" content="2011-05-03">',
        '<meta name="pubdate" content="Tue, 03 May 2011 10:00:00 GMT">',
        '<meta name="publish-date" content="20110503">',
        '<meta name="pubdate" content="1304416800">',
    ],
)
def test_the_head_tells_the_day(head: str) -> None:
    assert published(head) == "2011-05-03"


@pytest.mark.parametrize(
    "body",
    [
        '<time itemprop="datePublished" datetime="2011-05-03T10:00">long ago</time>',
        '<div itemprop="datePublished" content="2011-05-03"></div>',
        '<span property="schema:datePublished">3 May 2011</span>',
        '<time pubdate datetime="2011-05-03">x</time><time datetime="2009-01-01">x</time>',
        '<time class="dt-published" datetime="2011-05-03">x</time>',
        '<abbr class="published" title="2011-05-03T10:00">x</abbr>',
        '<div class="post-date">Published 3 May 2011, 10:00</div>',
        '<time datetime="2011-05-03">x</time>',
        '<time datetime="2011-05-03">x</time><div class="x"><time datetime="2009-01-01">x</time></div>',
        '<time datetime="2011-05-03">x</time><aside><time datetime="2009-01-01">x</time></aside>',
        '<div class="story-info">3 May 2011</div>',
    ],
)
def test_marked_elements_tell_the_day(body: str) -> None:
    assert published(body=body) == "2011-05-03"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<footer>© 2014 The Meridian Post, 3 May 2014</footer>"),
        ("", "<div class='copyright'>© 2009-2014</div>"),
        ("", "<p>It began on 3 May 2011.</p>"),
        ("", "<nav><time datetime='2011-05-03'>x</time></nav>"),
        ("", "<div class='comments'><time itemprop='datePublished' datetime='2011-05-03'>x</time></div>"),
        ("<meta property='article:modified_time' content='2011-05-03'>", ""),
        ("<meta http-equiv='last-modified' content='Tue, 03 May 2011 10:00:00 GMT'>", ""),
        (linked({"@type": "Article", "dateModified": "2011-05-03"}), ""),
        (linked([{"@type": "Article", "datePublished": f"2011-05-0{n}"} for n in range(1, 5)]), ""),
        (linked({"@type": "Article", "datePublished": "0001-01-01T00:00:00Z"}), ""),
        (linked({"@type": "Article", "datePublished": "1970-01-01T00:00:00Z"}), ""),
        ("", "<div class='date'><span itemprop='dateModified'>3 May 2011</span></div>"),
        ("", "<time class='updated' datetime='2011-05-03'>x</time>"),
        ("", "<h2 class='title'>What we know of 3 May</h2>"),
    ],
)
def test_nothing_is_invented(head: str, body: str) -> None:
    assert published(head, body) is None


def test_a_day_of_change_is_a_candidate_of_its_own() -> None:
    change = '<meta property="article:modified_time" content="2012-01-01">'
    assert dates(change + linked(ARTICLE)) == [("2011-05-03", "metadata"), ("2012-01-01", "updated")]


def test_the_article_at_the_pages_own_address_is_meant() -> None:
    own = {**ARTICLE, "url": "https://example.org/a?from=b"}
    others = [
        {"@type": "NewsArticle", "datePublished": f"2009-01-0{n}", "url": f"https://example.org/{n}"} for n in (1, 2, 3)
    ]
    assert published(linked([*others, own]), url="http://example.org/a/") == "2011-05-03"


def test_of_one_moment_in_two_zones_the_local_day_goes_first() -> None:
    utc = linked({"@type": "Article", "datePublished": "2011-05-04T01:30:00Z"})
    local = '<meta property="article:published_time" content="2011-05-03T21:30:59-04:00">'
    assert dates(utc + local) == [("2011-05-03", "metadata"), ("2011-05-04", "metadata")]


@pytest.mark.parametrize(
    ("moment", "url", "day"),
    [
        ("2011-05-04T01:30:00Z", "https://example.org/2011/05/03/a", "2011-05-03"),
        ("2011-05-02T23:30:00Z", "https://example.org/2011/05/03/a", "2011-05-03"),
        ("2011-05-04T12:30:00Z", "https://example.org/2011/05/03/a", "2011-05-04"),
        ("2011-05-04T01:30:00+02:00", "https://example.org/2011/05/03/a", "2011-05-04"),
        ("2011-05-04T01:30:00Z", "https://example.org/2011/05/a", "2011-05-04"),
    ],
)
def test_the_address_tells_on_which_day_a_moment_in_utc_fell(moment: str, url: str, day: str) -> None:
    assert published(f"<meta name='date' content='{moment}'>", url=url) == day


def test_a_date_in_figures_has_both_its_readings() -> None:
    assert dates('<meta name="date" content="08/09/2007">') == [("2007-09-08", "metadata"), ("2007-08-09", "metadata")]
    assert dates(body="<div class='story-date'>08/09/2007</div>") == [
        ("2007-09-08", "metadata"),
        ("2007-08-09", "metadata"),
    ]


def test_another_date_on_the_page_tells_how_figures_are_read() -> None:
    assert dates('<meta name="date" content="08/09/2007">', "<p>Until 23/09/2007.</p>") == [("2007-09-08", "metadata")]
    assert dates('<meta name="date" content="08/09/2007">', "<p>Until 09/23/2007.</p>") == [("2007-08-09", "metadata")]


def test_the_tree_stays_as_it_is() -> None:
    tree = lxml.html.document_fromstring(f"<body><nav>a</nav><h1>b</h1><time datetime='2011'>c</time>{STORY}</body>")
    before = lxml.html.tostring(tree)
    markup_dates(tree)
    assert lxml.html.tostring(tree) == before


@pytest.mark.parametrize(
    "value", [None, True, "", "soon", "2011-13-45", "9" * 500, [], {}, [[]], float("nan"), "12345"]
)
def test_what_is_no_date_is_none(value: object) -> None:
    assert read_value(value) == ()


@given(st.recursive(st.text() | st.none() | st.integers() | st.floats(), lambda v: st.lists(v) | st.dictionaries(
    st.sampled_from(["@graph", "@type", "datePublished", "dateModified", "mainEntity", "url", "@id"]), v)))  # fmt: skip
def test_linked_data_of_any_build_do_no_harm(thing: object) -> None:
    dates(linked(thing).replace("</script>", "", 0))


@pytest.mark.parametrize(
    "words", ["[" * 100_000, '{"mainEntity":' * 5_000, '"datePublished" ' * 9_000, "", "null", "}{"]
)
def test_broken_linked_data_do_no_harm(words: str) -> None:
    assert dates(f'<script type="application/ld+json">{words}</script>') == []
