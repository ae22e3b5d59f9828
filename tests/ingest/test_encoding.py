import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.errors import DocumentError
from byline.ingest.encoding import decode

WORDS = "“Señor Núñez” said: the café in Zürich was attacked – twice."


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (WORDS.encode(), WORDS),
        (codecs.BOM_UTF8 + WORDS.encode(), WORDS),
        (WORDS.encode("utf-16"), WORDS),
        (codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), WORDS),
        (WORDS.encode("utf-16-le"), WORDS),
        (WORDS.encode("utf-16-be"), WORDS),
        (WORDS.encode("utf-32"), WORDS),
        (WORDS.encode("cp1252"), WORDS),
        ("Die Armee verließ die Stadt".encode("cp1252"), "Die Armee verließ die Stadt"),
        (b"caf\xe9", "café"),
        ("Армия ушла из города в понедельник.".encode("cp1251"), "Армия ушла из города в понедельник."),
        (b"", ""),
        (b"ok \x0c page", "ok \x0c page"),
    ],
)
def test_text_in_any_usual_encoding_is_read(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("declaration", "charset"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ("<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>", "cp1252"),
        ("<?xml version='1.0' encoding='iso-8859-2'?>", "iso-8859-2"),
        ('<meta charset="shift_jis">', "cp932"),
        ('<meta charset="iso-2022-jp">', "iso-2022-jp"),
    ],
)
def test_a_page_says_how_it_is_encoded(declaration: str, charset: str) -> None:
    words = {
        "cp1251": "Армия ушла",
        "cp1252": "“café”",
        "iso-8859-2": "źródło",
        "cp932": "軍隊",
        "iso-2022-jp": "軍隊",
    }[charset]
    page = f"{declaration}<p>{words}</p>"
    assert decode(page.encode(charset), markup=True) == page


@pytest.mark.parametrize("charset", ["utf-8", "klingon", "utf-16", "iso-8859-1"])
def test_a_wrong_declaration_does_no_harm(charset: str) -> None:
    page = f'<meta charset="{charset}"><p>{WORDS}</p>'
    assert decode(page.encode("utf-8"), markup=True) == page


def test_utf_8_with_a_damaged_byte_stays_utf_8() -> None:
    assert decode(WORDS.encode() + b"\xe9 cut") == WORDS + "\ufffd cut"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4 rest", "a PDF file"),
        (b"PK\x03\x04rest", "a ZIP archive (or an office document)"),
        (b"\x1f\x8brest", "a gzip file"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x00" * 100, "binary data"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, kind: str) -> None:
    with pytest.raises(DocumentError) as error:
        decode(data)
    assert str(error.value) == f"This is {kind}, not text. Convert it to text or HTML first."


def test_a_stray_zero_byte_is_kept() -> None:
    words = "The army left the town on Monday, and then it came back again." + "\x00"
    assert decode(words.encode()) == words


@given(st.binary(min_size=4))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(DocumentError):
        assert decode(data).encode()


@given(st.text())
def test_utf_8_reads_back(text: str) -> None:
    try:
        assert decode(text.encode()) == text.removeprefix("\ufeff")
    except DocumentError:
        assert any(ord(c) < 32 for c in text)
