"""A briefing as PDF, read by pdfium."""

import ctypes

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from byline.report import Briefing, write


def text(file: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))


@pytest.fixture(scope="module")
def small(briefing: Briefing) -> Briefing:
    return msgspec.structs.replace(briefing, entries=briefing.entries[:12])


@pytest.fixture(scope="module")
def file(small: Briefing) -> bytes:
    return write(small, "pdf").file


def test_it_tells_what_the_briefing_tells(small: Briefing, file: bytes) -> None:
    words = " ".join(text(file).split())
    for entry in small.entries:
        assert " ".join(entry.title.split()) in words
    assert "Page 1 of " in words
    assert "Note on method" in words


def test_the_same_briefing_gives_the_same_bytes(small: Briefing, file: bytes) -> None:
    assert write(small, "pdf").file == file


def test_it_says_what_it_is_and_of_which_day(small: Briefing, file: bytes) -> None:
    told = pypdfium2.PdfDocument(file).get_metadata_dict()
    assert told["Title"] == small.title
    assert told["CreationDate"].startswith("D:20240501")


def test_it_is_tagged_for_those_who_hear_it_and_has_an_outline(file: bytes) -> None:
    document = pypdfium2.PdfDocument(file)
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert b"pdfuaid" in file
    titles = [mark.get_title() for mark in document.get_toc()]
    assert {"Summary", "Where", "When", "Incidents", "Note on method"} <= set(titles)


def test_pictures_are_told_in_words(small: Briefing, file: bytes) -> None:
    document = pypdfium2.PdfDocument(file)
    alts = {alt for page in document for alt in _alts(page)}
    assert {drawing.alt for drawing in small.drawings} <= alts


def _alts(page: pypdfium2.PdfPage) -> list[str]:
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    roots = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in range(pdfium.FPDF_StructTree_CountChildren(tree))]
    found = [_alt_of(element) for element in _below(roots)]
    pdfium.FPDF_StructTree_Close(tree)
    return [alt for alt in found if alt]


def _below(elements: list[object]) -> list[object]:
    found = []
    for element in elements:
        count = pdfium.FPDF_StructElement_CountChildren(element)
        inside = [pdfium.FPDF_StructElement_GetChildAtIndex(element, n) for n in range(count)]
        found += [element, *_below([child for child in inside if child])]
    return found


def _alt_of(element: object) -> str:
    size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetAltText(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


@pytest.mark.parametrize("words", ['#read("/etc/hostname")', "$x^2$ *bold* _thin_", "= No heading", "@note-1 <note-1>"])
def test_words_are_never_markup(small: Briefing, words: str) -> None:
    assert words in text(write(msgspec.structs.replace(small, title=words, entries=()), "pdf").file)


def test_words_that_mean_harm_are_set(harm: Briefing) -> None:
    made = write(harm, "pdf")
    assert made.fault is None
    assert "<script>document.title" in text(made.file)


def test_a_letter_without_a_font_is_told_and_does_not_end_it(small: Briefing) -> None:
    made = write(msgspec.structs.replace(small, title="\N{CJK UNIFIED IDEOGRAPH-65B0}", entries=()), "pdf")
    assert made.fault
    assert "--fonts" in made.fault
    assert "Note on method" in text(made.file)
