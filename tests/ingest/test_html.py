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


def test_the_body_is_the_story_with_its_headings() -> None:
    assert words(PAGE) == [
        STORY,
        "A long day",
        f"{REST} On 29 March 2008 it had been the same.",
        "“We will be back,” said one.",
    ]


def test_headings_are_marked_and_no_prose() -> None:
    document = from_html(PAGE)
    assert [document.text[slice(*span)] for span in document.headings] == ["A long day"]
    assert set(document.body) - set(document.prose) == set(document.headings)


def test_a_caption_is_in_the_text_and_not_in_the_body() -> None:
    figure = "<figure><img src=a><figcaption>The bridge on 2 May 2003.</figcaption></figure>"
    document = from_html(f"<html><body><article><p>{STORY}</p>{figure}<p>{REST}</p></article>")
    assert [document.text[slice(*span)] for span in document.captions] == ["The bridge on 2 May 2003."]
    assert [document.text[slice(*span)] for span in document.body] == [STORY, REST]


def test_a_standfirst_is_a_heading() -> None:
    said = "Officials say that a march against the water law ended with arrests and two blocked bridges."
    page = f"<html><body><h1>A march</h1><p>{said}</p><div class=text><div><p>{STORY}</p><p>{REST}</p></div></div>"
    document = from_html(page)
    assert [document.text[slice(*span)] for span in document.body] == [STORY, REST]
    assert [document.text[slice(*span)] for span in document.headings] == [said]


def test_a_paragraph_at_the_top_that_nearly_repeats_another_is_told_once() -> None:
    near = "Police have arrested four people in Leeds on Monday after a march against the water law."
    assert words(f"<html><body><article><p>{near}</p><p>{STORY}</p><p>{REST}</p></article>") == [STORY, REST]


def test_a_headline_that_differs_from_the_title_in_a_word_is_not_repeated() -> None:
    head = '<head><meta property="og:title" content="Police arrest four marchers after protest in Leeds"></head>'
    page = f"<html>{head}<body><article><h1>Police arrest four after protest in Leeds</h1><p>{STORY}</p><p>{REST}</p>"
    assert from_html(page).text.split("\n\n")[1:] == [STORY, REST]


def test_rows_of_figures_are_paragraphs() -> None:
    table = "<table><tr><td>Leeds</td><td>4</td></tr><tr><td>York</td><td>11</td></tr></table>"
    assert words(f"<html><body><article><p>{STORY}</p>{table}<p>{REST}</p></article>") == [
        STORY,
        "Leeds | 4",
        "York | 11",
        REST,
    ]


def test_two_breaks_part_paragraphs_and_one_folds_a_line() -> None:
    cut = STORY.replace(" on Monday", "<br>on Monday")
    page = f"<html><body><table><tr><td><a href=a>Home</a><br><br>{cut}<br><br>{REST}</td></tr></table>"
    assert words(page) == [STORY, REST]


@pytest.mark.parametrize(
    "around",
    [
        "<div class='content-with-sidebar'>{}</div>",
        "<div class='related-wrapper'><h1>A march</h1>{}</div>",
        "<form id=aspnetForm>{}</form>",
        "<article class='post-9 type-post tag-comments category-footer'>{}</article>",
    ],
)
def test_a_frame_around_the_story_is_no_furniture_whatever_it_is_called(around: str) -> None:
    assert words(f"<html><body>{around.format(f'<p>{STORY}</p><p>{REST}</p>')}</body></html>") == [STORY, REST]


@pytest.mark.parametrize(
    "part",
    [
        "<div class='postComments'><p>{}</p></div>",
        "<aside><p>{}</p></aside>",
        "<div id='cookie_notice'><p>{}</p></div>",
        "<div style='DISPLAY: none'><p>{}</p></div>",
        "<ul><li><a href=a>A long headline of another story, and all of its first sentence too: {}</a></li></ul>",
    ],
)
def test_what_markup_sets_apart_is_no_story(part: str) -> None:
    other = "A reader has written a sentence here that is as long as any in the story and ends with a full stop."
    page = f"<html><body><div><p>{STORY}</p>{part.format(other)}<p>{REST}</p></div></body></html>"
    assert words(page) == [STORY, REST]


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
