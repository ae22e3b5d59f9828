import bz2
import io
import lzma

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest.formats import HEAD, format_of, head_of, recognise
from byline.ingest.source import Columns
from tests.ingest.containers.reading import Pipe, gzipped, tarred, zipped

ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom">'
MAIL = b"From: a\r\nTo: b\r\nSubject:\r\n c\r\n\r\nText."
RDF = b'<rdf:RDF\n xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
TAR = tarred({"a.txt": b"x"})


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"WARC/1.0\r\n", "warc"),
        (gzipped(b"WARC/1.0\r\n"), "warc"),
        (zstandard.compress(b"WARC/1.1\r\n"), "warc"),
        (b"filedesc://a.arc 0.0.0.0 2001 text/plain 9\n", "arc"),
        (b"%PDF-1.4", "pdf"),
        (zipped({"a": b"b"}), "zip"),
        (zipped({}), "zip"),
        (TAR, "tar"),
        (gzipped(TAR), "gzip"),
        (gzipped(b""), "gzip"),
        (bz2.compress(b""), "bzip2"),
        (bz2.compress(b"x"), "bzip2"),
        (lzma.compress(b"x"), "xz"),
        (zstandard.compress(b"x"), "zstd"),
        (b"PAR1", "parquet"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- <html> --><?style?><rss version="2.0">', "feed"),
        (b"<!DOCTYPE rss [<!ENTITY a '<b>'> ]><rss>", "feed"),
        (ATOM, "feed"),
        (RDF, "feed"),
        ("<rss>".encode("utf-16"), "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "feed"),
        (b' \n{"text": "a"}', "json"),
        (b"{}", "json"),
        (b'[\n {"text": "a"}]', "json"),
        (b"[]", "json"),
        ('{"text": "a"}'.encode("utf-16"), "json"),
        (MAIL, "mail"),
        (b"From a@b Tue May  3 10:00:00 2011\n" + MAIL, "mail"),
        (b"id,text\n", "csv"),
        (b'\xef\xbb\xbf"Id";"Full_Text"\r\n', "csv"),
        ("date\ttext\n".encode("utf-16"), "csv"),
        (b"title|link|date|x\n", "csv"),
    ],
)
def test_what_a_file_is_stands_in_its_first_bytes(data: bytes, name: str) -> None:
    assert format_of(data[:HEAD]) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "The army left the town.",
        "[1] The army left the town.",
        "[Photo] The army left.",
        "{{quote}} The army left.",
        "{The army} left.",
        "BZh is no packed file.",
        "<html><body><rss></body></html>",
        "<p>See the <feed> element.</p>",
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
        "Title: A march\nDate: 3 May\nSource: Lamp\n\nThe army left.",
        "From the town, the army left.\nTo: nobody.\n",
        "The army left, and so did the text, he said.",
        "Title, date\nThe army left.",
        "text\nThe army left.",
    ],
)
def test_text_that_looks_like_something_else_is_text(text: str) -> None:
    assert format_of(text.encode()) == "page"


def test_a_named_column_makes_a_table() -> None:
    assert format_of(b"a,words\n") == "page"
    assert format_of(b"a,words\n", Columns(text="Words")) == "csv"
    assert format_of(b"Words\n", Columns(text="words")) == "csv"


@given(st.binary(max_size=600))
def test_no_bytes_raise(data: bytes) -> None:
    assert isinstance(format_of(data), str)


@pytest.mark.parametrize(
    "magic", [b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"BZh9", b"\xff\xfe", b"<!DOCTYPE", b"From ", b"<?"]
)
@given(rest=st.binary(max_size=300))
def test_nothing_behind_a_magic_raises(magic: bytes, rest: bytes) -> None:
    assert isinstance(format_of(magic + rest), str)


def test_the_stream_stays_where_it_is() -> None:
    data = b"x" * 3 + b"id,text\n1,a\n"
    stream = io.BytesIO(data)
    stream.seek(3)
    assert recognise(stream) == "csv"
    assert stream.read() == data[3:]
    piped = io.BufferedReader(Pipe(data[3:], step=99))
    assert head_of(piped) == piped.read()
