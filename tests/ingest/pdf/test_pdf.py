import io
import zlib

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

from byline.errors import DocumentError
from byline.ingest import Facts, from_bytes, interval_of
from byline.ingest.pdf import from_pdf
from byline.records import Document
from tests.ingest.pdf.printing import LEFT, TOP, Press, newspaper, prose, story

NEWS, NEWS_STORY = newspaper()
NAMELESS = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[4 0 R]/Count 1>>endobj
3 0 obj<</Type/Font/Subtype/Type0/BaseFont/None/Encoding/Identity-H/DescendantFonts[6 0 R]>>endobj
4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F1 3 0 R>>>>/Contents 5 0 R>>endobj
5 0 obj<</Length 58>>stream
BT /F1 10 Tf 50 700 Td <0042004300440045004600470048> Tj ET
endstream endobj
6 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/None/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>endobj
trailer<</Root 1 0 R>>
"""


def paragraphs(data: bytes) -> list[str]:
    return from_pdf(data).text.split("\n\n")


def headings(document: Document) -> list[str]:
    return [document.text[slice(*span)] for span in document.headings]


def lines(text: str, **style: float) -> bytes:
    """Return a page with a line for each line of a text."""
    press = Press()
    press.lines(text, **style)
    return press.bytes()


def test_columns_are_read_one_after_the_other_and_over_pages() -> None:
    assert paragraphs(NEWS) == [
        "Bridge closed as talks in Orvale go on",
        "Tuesday 3 May 2011",
        "Nobody was hurt, the harbour guild said",
        *NEWS_STORY,
    ]


def test_the_date_in_a_running_head_is_the_day_of_publication() -> None:
    document = from_pdf(NEWS)
    assert document.published
    assert document.text[slice(*document.published.span or (0, 0))] == "3 May 2011"


def test_the_body_is_the_story_and_headings_are_marked() -> None:
    document = from_pdf(NEWS)
    assert [document.text[slice(*span)] for span in document.prose] == NEWS_STORY
    assert headings(document) == ["Nobody was hurt, the harbour guild said"]
    assert (document.title, document.partial) == ("Bridge closed as talks in Orvale go on", None)


def test_a_page_of_one_column_with_space_between_paragraphs() -> None:
    told = story(7)
    press = Press()
    press.columns(told, [(LEFT, TOP, 475, 700)], after=8)
    assert paragraphs(press.bytes()) == told


@pytest.mark.parametrize("even", [False, True])
def test_two_columns_of_ragged_or_even_lines(*, even: bool) -> None:
    told = story(12)
    press = Press()
    rest = press.columns(told, [(LEFT, TOP, 230, 620), (LEFT + 245, TOP, 230, 620)], even=even)
    assert not rest
    assert paragraphs(press.bytes()) == told


def test_paragraphs_without_space_or_indent_end_with_a_short_line() -> None:
    told = story(5)
    press = Press()
    press.columns(told, [(LEFT, TOP, 400, 700)], after=0)
    assert paragraphs(press.bytes()) == told


def test_columns_drawn_line_by_line_across_the_page() -> None:
    left, right = "one two three four five six", "seven eight nine ten eleven twelve"
    press = Press()
    for i in range(6):
        press.line(f"{left} {i}", LEFT, TOP - 12 * i)
        press.line(f"{right} {i}", LEFT + 160, TOP - 12 * i)
    rows = range(6)
    assert paragraphs(press.bytes()) == [" ".join([*(f"{left} {i}" for i in rows), *(f"{right} {i}" for i in rows)])]


def test_articles_below_each_other_keep_their_columns() -> None:
    press = Press()
    told = [story(4, first=1), story(4, first=21)]
    for top, head, paragraphs_ in zip(
        (760, 420), ("First story of the day", "Second story of the day"), told, strict=True
    ):
        press.line(head, LEFT, top, size=20, font="Times-Bold")
        boxes = [(LEFT + i * 240, top - 15, 225, 175) for i in range(2)]
        assert not press.columns(paragraphs_, boxes, indent=10, after=0)
    assert paragraphs(press.bytes()) == ["First story of the day", *told[0], "Second story of the day", *told[1]]


def test_articles_beside_each_other_are_not_mixed() -> None:
    press = Press()
    told = [story(4, first=1), story(3, first=21)]
    press.line("A story over two columns of three", LEFT, TOP, size=18, font="Times-Bold")
    assert not press.columns(told[0], [(LEFT, TOP - 15, 150, 260), (LEFT + 163, TOP - 15, 150, 260)], indent=9)
    press.line("One column alone", LEFT + 326, TOP, size=18, font="Times-Bold")
    assert not press.columns(told[1], [(LEFT + 326, TOP - 15, 150, 400)], indent=9)
    assert paragraphs(press.bytes()) == ["A story over two columns of three", *told[0], "One column alone", *told[1]]


def test_a_caption_that_interrupts_a_paragraph_comes_after_it() -> None:
    first, second = prose(1, 7), prose(9, 5)
    press = Press()
    rest = press.columns([first, second], [(LEFT, TOP, 200, 160)], indent=9)
    press.lines("The old bridge of Orvale, closed since\nMonday. Photo: Ida Holm", LEFT + 220, TOP, size=8, leading=9)
    assert not press.columns(rest, [(LEFT + 220, TOP - 40, 200, 300)], indent=9)
    assert paragraphs(press.bytes()) == [
        first,
        "The old bridge of Orvale, closed since Monday. Photo: Ida Holm",
        second,
    ]


def test_headers_footers_and_page_numbers_are_left_out_and_paragraphs_go_on_over_pages() -> None:
    told = story(30)
    press = Press()
    rest: list[object] = list(told)
    number = 0
    while rest:
        number += 1
        press.line(f"Report on the bridges of Orvale, {number} June 2010", LEFT, 805, size=8)
        press.line(f"Harbour Guild {'' if number % 2 else 'Annual '}Papers", LEFT, 40, size=8)
        press.line(f"– {number} –", 290, 25, size=8)
        rest = list(press.columns(rest, [(LEFT, TOP, 475, 240)], indent=12, after=0))  # type: ignore[arg-type]
        press.page()
    assert number > 2
    assert paragraphs(press.bytes()) == told


def test_footnotes_stand_last_and_their_numbers_in_the_story_go() -> None:
    press = Press()
    press.line("Police held 12", LEFT, TOP)
    press.line("1", LEFT + press.canvas.stringWidth("Police held 12", "Times-Roman", 10), TOP + 4, size=6)
    press.line("people near the bridge in Orvale and", LEFT + 75, TOP)
    press.line("1 The harbour guild speaks of ten.", LEFT, 100, size=8)
    press.page()
    press.line("went home on the same evening.", LEFT, TOP)
    assert paragraphs(press.bytes()) == [
        "Police held 12 people near the bridge in Orvale and went home on the same evening.",
        "1 The harbour guild speaks of ten.",
    ]


def test_hyphens_at_line_ends_go_or_stay() -> None:
    text = "The march was peace-\nful, said the ex-\nminister, and over in a 20-\nminute walk."
    assert paragraphs(lines(text)) == ["The march was peaceful, said the ex-minister, and over in a 20-minute walk."]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    press = Press()
    press.line("P", LEFT, TOP - 24, size=44, font="Times-Bold")
    press.lines("olice closed the old bridge on Monday\nbecause the water had been cut, and the\nguild met.", LEFT + 28)
    press.lines("Nobody was hurt, said the mayor of the town.", LEFT, TOP - 36)
    assert paragraphs(press.bytes()) == [
        "Police closed the old bridge on Monday because the water had been cut, and the guild met.",
        "Nobody was hurt, said the mayor of the town.",
    ]


def test_lines_of_a_table_stay_lines() -> None:
    press = Press()
    press.line("The guild counted who was held in each town of the coast.", LEFT, TOP)
    for i, row in enumerate((("Orvale", "12", "May"), ("Tarsk", "7", "June"), ("Hollen", "3", "July"))):
        for x, cell in zip((LEFT, LEFT + 100, LEFT + 160), row, strict=True):
            press.line(cell, x, TOP - 20 - 12 * i)
    assert paragraphs(press.bytes())[1:] == ["Orvale 12 May", "Tarsk 7 June", "Hollen 3 July"]


def test_bold_lines_are_headings() -> None:
    press = Press()
    press.line("What the guild wants", LEFT, TOP, font="Times-Bold")
    press.columns([prose(1), prose(2)], [(LEFT, TOP - 5, 300, 600)])
    press.line("What the town says", LEFT, TOP - 400, font="Times-Bold")
    press.columns([prose(3)], [(LEFT, TOP - 405, 300, 200)])
    document = from_pdf(press.bytes())
    assert (document.title, headings(document)) == ("What the guild wants", ["What the town says"])


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("bridge closed.", "bridge closed."),
        ("Microsoft Word - draft7.doc", "Talks in Orvale go on"),
        ("", "Talks in Orvale go on"),
    ],
)
def test_the_title_in_the_properties_counts_if_a_heading_has_it(told: str, title: str) -> None:
    press = Press()
    press.canvas.setTitle(told)
    press.line("Bridge closed", LEFT, TOP, size=30, font="Times-Bold")
    press.line("Talks in Orvale go on", LEFT, TOP - 30, size=20, font="Times-Bold")
    press.columns(story(3), [(LEFT, TOP - 50, 300, 600)])
    assert from_pdf(press.bytes()).title == title


def test_a_headline_is_the_title_and_the_name_of_the_paper_is_not() -> None:
    press = Press()
    press.line("The Meridian Post", LEFT, TOP, size=40, font="Times-Bold")
    press.line("Bridge closed as talks go on", LEFT, TOP - 40, size=24, font="Times-Bold")
    press.columns(story(3), [(LEFT, TOP - 60, 300, 600)])
    assert from_pdf(press.bytes()).title == "Bridge closed as talks go on"


def test_a_short_title_is_one() -> None:
    press = Press()
    press.line("Harbour report", LEFT, TOP, size=20, font="Times-Bold")
    press.line("The papers of the guild", LEFT, TOP - 20, size=12)
    press.columns(story(3), [(LEFT, TOP - 40, 300, 600)])
    assert from_pdf(press.bytes()).title == "Harbour report"


def test_the_day_on_which_the_file_was_made_is_no_day_of_publication() -> None:
    press = Press()
    press.columns(story(3), [(LEFT, TOP, 300, 600)])
    document = from_pdf(press.bytes())
    assert (document.published, document.dates) == (None, ())


def test_turned_words_are_left_out() -> None:
    press = Press()
    press.columns([prose(1)], [(LEFT, TOP, 400, 600)])
    press.canvas.saveState()
    press.canvas.translate(150, 600)
    press.canvas.rotate(45)
    press.line("DRAFT", 0, 0, size=70)
    press.canvas.restoreState()
    assert paragraphs(press.bytes()) == [prose(1)]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_whose_words_are_all_turned_is_read(angle: int) -> None:
    press = Press()
    press.canvas.translate(300, 400)
    press.canvas.rotate(angle)
    press.canvas.translate(-300, -400)
    press.columns(story(2), [(100, 600, 250, 400)])
    assert paragraphs(press.bytes()) == story(2)


def test_words_behind_a_scan_are_read() -> None:
    press = Press()
    text = press.canvas.beginText(LEFT, TOP)
    text.setTextRenderMode(3)
    text.setFont("Helvetica", 10)
    text.textLine("Police closed the old bridge on Monday.")
    press.canvas.drawText(text)
    assert paragraphs(press.bytes()) == ["Police closed the old bridge on Monday."]


def test_words_outside_of_the_page_are_left_out() -> None:
    press = Press()
    press.line("layout_v7.indd 4", LEFT, 900)
    press.line("Police closed the old bridge on Monday.")
    assert paragraphs(press.bytes()) == ["Police closed the old bridge on Monday."]


def test_ligatures_are_letters() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    press = Press()
    press.line("The \ufb01rst of \ufb01ve \ufb02ags.", font="Vera")
    assert paragraphs(press.bytes()) == ["The first of five flags."]


def test_other_scripts_are_read() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    press = Press()
    press.line("警察周一关闭了旧桥。", font="STSong-Light")
    press.line("没有人受伤。", y=TOP - 40, font="STSong-Light")
    assert paragraphs(press.bytes()) == ["警察周一关闭了旧桥。", "没有人受伤。"]


def picture(press: Press) -> None:
    image = ImageReader(Image.new("L", (20, 20), 128))
    press.canvas.drawImage(image, LEFT, 300, 200, 200)


def test_a_scan_without_text_says_what_to_do() -> None:
    press = Press()
    for _ in range(2):
        picture(press)
        press.page()
    with pytest.raises(DocumentError) as caught:
        from_pdf(press.bytes())
    assert (
        str(caught.value)
        == "Pages 1 and 2 cannot be read, there is a picture of text at most. Run OCR first, for example ocrmypdf."
    )


def test_a_scanned_page_among_others_is_named() -> None:
    press = Press()
    press.line("Police closed the old bridge on Monday.")
    press.page()
    picture(press)
    press.page()
    press.page()  # a blank one is nothing to tell
    assert from_pdf(press.bytes()).partial == (
        "Page 2 cannot be read, there is a picture of text at most. Run OCR first, for example ocrmypdf."
    )


def test_letters_that_a_font_does_not_name_are_no_text() -> None:
    with pytest.raises(DocumentError, match="Page 1 cannot be read"):
        from_pdf(NAMELESS)


def test_a_stream_that_grows_beyond_measure_is_refused() -> None:
    packed = zlib.compress(bytes(301_000_000))
    data = b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\r\n" + packed + b"\nendstream"
    with pytest.raises(DocumentError) as caught:
        from_pdf(data)
    assert str(caught.value) == (
        "The PDF file holds a stream of more than 300,000,000 bytes. Print it to a new file first."
    )


def locked(password: str) -> bytes:
    press = Press(encrypt=StandardEncryption(password, ownerPassword="owner"))
    press.line("Police closed the old bridge on Monday.")
    return press.bytes()


def test_an_encrypted_file_says_what_to_do() -> None:
    with pytest.raises(DocumentError) as caught:
        from_pdf(locked("secret"))
    assert str(caught.value) == (
        "The PDF file is encrypted. Remove the password first, for example with qpdf --decrypt."
    )


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    assert paragraphs(locked("")) == ["Police closed the old bridge on Monday."]


def test_a_file_that_is_cut_off_gives_the_pages_that_are_left() -> None:
    press = Press(compress=False)
    for i in range(20):
        press.columns([prose(i, 12)], [(LEFT, TOP, 400, 600)])
        press.page()
    data = press.bytes()
    try:
        text = from_pdf(data[: len(data) // 2]).text
    except DocumentError as error:
        assert str(error).endswith("Fetch the file again, or repair it, for example with qpdf.")  # noqa: PT017 -- either will do
    else:
        assert prose(1, 12) in text


@pytest.mark.parametrize("data", [b"%PDF-", b"%PDF-1.7\n", b"%PDF-1.4\n%%EOF", b"%PDF-1.4" + bytes(2000)])
def test_a_file_that_is_none_says_what_to_do(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        from_pdf(data)
    assert str(caught.value) == (
        "The PDF file is damaged and cannot be opened. Fetch the file again, or repair it, for example with qpdf."
    )


def test_an_empty_page_is_an_empty_file() -> None:
    press = Press()
    press.page()
    with pytest.raises(DocumentError) as caught:
        from_pdf(press.bytes())
    assert str(caught.value) == "The PDF file is empty. Check that it is the right one."


def test_bytes_that_begin_as_a_pdf_are_read_as_one() -> None:
    facts = Facts(published=interval_of("2011-05-03"), publication="The Meridian Post")
    (document,) = from_bytes(locked(""), source="a.pdf", facts=facts)
    assert (document.source, document.published, document.publication) == (
        "a.pdf",
        facts.published,
        "The Meridian Post",
    )
    assert document.origin
    assert document.origin.digest


def test_the_same_file_gives_the_same_document() -> None:
    assert from_pdf(NEWS) == from_pdf(io.BytesIO(NEWS).getvalue())
