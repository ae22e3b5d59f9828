import pytest

from byline.errors import DocumentError
from byline.ingest import Facts, interval_of
from byline.ingest.html import LARGEST, from_html, is_html

STORY = "Police arrested four people in Leeds on Monday after a march against the new water law, officials said."
REST = "The marchers had blocked two bridges for several hours, and the mayor called for calm in the whole city."
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Four held after march | The Meridian Post</title>
<meta property="og:site_name" content="The Meridian Post"><meta name="author" content="Ida Holm, Staff Writer">
<meta property="article:published_time" content="2011-05-03T10:00:00Z"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Four held after march</h1>
<p>This article is over 3 years old</p><p>{STORY}</p><h2>A long day</h2>
<p>{REST} On 29 March 2008 it had been the same.</p>
<p>“We will be back,” said one. Sign up for our daily newsletter.</p></article>
<footer><p>© 2014 The Meridian Post</p></footer></body></html>"""


def words(markup: str) -> list[str]:
    document = from_html(markup)
    return [document.text[slice(*span)] for span in document.body]


def test_the_body_is_the_story() -> None:
    assert words(PAGE) == [STORY, f"{REST} On 29 March 2008 it had been the same.", "“We will be back,” said one."]


def test_the_text_is_title_and_paragraphs_with_blank_lines_between() -> None:
    assert from_html(PAGE).text.split("\n\n") == [
        "Four held after march",
        "This article is over 3 years old",
        STORY,
        "A long day",
        f"{REST} On 29 March 2008 it had been the same.",
        "“We will be back,” said one. Sign up for our daily newsletter.",
    ]


def test_the_page_tells_of_itself() -> None:
    document = from_html(PAGE)
    assert (document.title, document.authors, document.publication, document.language, document.published) == (
        "Four held after march",
        ("Ida Holm",),
        "The Meridian Post",
        "en",
        interval_of("2011-05-03", basis="metadata"),
    )


def test_given_facts_win_over_the_page() -> None:
    facts = Facts(published=interval_of("2010"), publication="The Lamp", url="https://example.org/2009/01/01/a")
    document = from_html(PAGE, facts=facts)
    assert (document.published, document.publication, document.url) == (facts.published, "The Lamp", facts.url)


def test_a_day_in_the_story_is_no_date_of_publication() -> None:
    page = f"<html><body><h1>A march</h1><p>{STORY}</p><p>It began on 29 March 2008.</p></body></html>"
    assert from_html(page).published is None


def test_an_age_notice_dates_a_page_that_has_no_other_date() -> None:
    notice = "<p>This article is over 3 years old</p>"
    page = f"<html><body><article><h1>A march</h1>{notice}<p>{STORY}</p><p>{REST}</p></article>"
    document = from_html(page, facts=Facts(retrieved=interval_of("2024-07-15")))
    assert document.published
    assert (document.published.start, document.published.basis) == ("2020-07-16", "age notice")


def test_notices_outside_the_article_are_kept_in_the_text() -> None:
    outside = "<div>Issue <b>731</b></div><div class=n><span>This article is over 3 years, 2 months old</span></div>"
    rest = "<ul><li>Talks fail <span>2 days ago</span></li></ul>"
    page = f"<html><body>{outside}<article><h1>A march</h1><p>{STORY}</p><p>{REST}</p></article>{rest}</body></html>"
    document = from_html(page, facts=Facts(retrieved=interval_of("2024-07-15")))
    assert document.published
    assert (document.issue, document.published.start, document.published.end) == ("731", "2021-04-16", "2021-05-15")
    assert [document.text[slice(*span)] for span in document.body] == [STORY, REST]
    assert "This article is over 3 years, 2 months old" in document.text


def test_a_list_of_issues_names_no_issue() -> None:
    outside = "<ul><li><a>Issue 730</a></li><li><a>Issue 731</a></li></ul>"
    assert from_html(f"<html><body>{outside}<article><p>{STORY}</p><p>{REST}</p></article>").issue is None


def test_inner_blocks_are_paragraphs_of_their_own() -> None:
    items = "<ul><li>Police arrested five people in the capital</li><li>Two <b>died</b> in hospital</li></ul>"
    quotation = "<blockquote><p>We will stay.</p></blockquote>"
    page = f"<html><body><article><p>{STORY}</p>{items}{quotation}<p>{REST}</p></article>"
    assert words(page) == [
        STORY,
        "Police arrested five people in the capital",
        "Two died in hospital",
        "We will stay.",
        REST,
    ]


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("", "The page is empty. Check that the file holds the page."),
        ("<!-- nothing -->", "The page is empty. Check that the file holds the page."),
        ("<html><body></body></html>", "The page holds no readable text. Give the text that a browser shows."),
        (
            "<div>" * 10_000 + STORY,
            "The page nests its elements too deep to be read. Give the text that a browser shows.",
        ),
        ("x" * (LARGEST + 1), "The page has 10,000,001 characters, over 10,000,000. Cut it into its articles."),
    ],
)
def test_a_page_that_cannot_be_read_says_why(markup: str, message: str) -> None:
    with pytest.raises(DocumentError) as error:
        from_html(markup)
    assert str(error.value) == message


def test_entities_that_multiply_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))
    doctype = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "ha">{entities}]>'
    page = f"{doctype}<html><body><p>{STORY}</p><p>&e11;</p></body></html>"
    assert len(from_html(page).text) < 1000


def test_zero_bytes_and_an_encoding_declaration_do_no_harm() -> None:
    page = f'<?xml version="1.0" encoding="latin-1"?><html><body><p>{STORY}\x00</p><p>{REST}</p></body></html>'
    assert words(page) == [STORY, REST]


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE html><p>a", " \n<html lang='en'>", "<?xml version='1.0'?><html>", "<!-- a --><html>", "<DIV >a</DIV>"],
)
def test_markup_is_recognised_by_its_beginning(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize("text", ["The army left.", "<Agency> The army left.", "a < b", "<3", ""])
def test_a_text_is_no_markup(text: str) -> None:
    assert not is_html(text)
