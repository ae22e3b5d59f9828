import base64
import gzip
import hashlib
from collections import Counter
from collections.abc import Iterable
from io import BufferedReader, BytesIO

import pytest
from fastwarc.warc import ArchiveIterator

from byline.ingest.containers import framing, warc
from byline.ingest.facts import Facts
from byline.ingest.opening import documents
from byline.ingest.source import Options, Source
from byline.records import Document, Failure, Interval, Origin
from tests.ingest.containers.archives import (
    HTML,
    PACKINGS,
    USUAL,
    Pipe,
    failures,
    http,
    page,
    pages,
    record,
    source,
)

PAGES = [page(n) for n in range(5)]
REST = "What stands behind it is read. Fetch the file anew, or compare it with its checksum, if you need the rest."


def urls(data: bytes, options: Options = USUAL) -> list[str]:
    return [(m.facts.url or "").removeprefix("https://gazette.example/") for m in pages(warc.read, data, options)]


def told(data: bytes, options: Options = USUAL) -> list[str]:
    return [f.reason.removesuffix(" " + REST) for f in failures(warc.read, data, options)]


def packed(records: list[bytes]) -> list[bytes]:
    return [gzip.compress(r, mtime=0) for r in records]


def seen(found: Iterable[Source | Failure]) -> list[tuple[str, Origin] | Failure]:
    return [m if isinstance(m, Failure) else (m.name, m.origin) for m in found]


def body_of(data: bytes) -> bytes:
    return data.split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n")


def test_a_page_comes_with_what_the_archive_knows_of_it() -> None:
    data = record(http(head=["Content-Type: text/html; charset=windows-1252"]), url="<https://gazette.example/ferry>")
    (found,) = pages(warc.read, data)
    assert found.stream.read() == HTML
    assert found.name == "crawl!/0"
    assert found.charset == "windows-1252"
    assert found.origin == Origin(
        container="crawl",
        member="0",
        offset=0,
        length=len(data) - 4,
        captured="2011-05-06T07:08:09Z",
        media="text/html",
    )
    day = Interval(start="2011-05-06", end="2011-05-06", basis="capture")
    assert found.facts == Facts(url="https://gazette.example/ferry", retrieved=day)


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_packing_gives_the_same_pages(packing: str) -> None:
    data = PACKINGS[packing](PAGES)
    assert [m.stream.read() for m in pages(warc.read, data)] == [body_of(r) for r in PAGES]
    assert not failures(warc.read, data)


@pytest.mark.parametrize("packing", PACKINGS)
def test_what_comes_through_a_pipe_is_read_as_a_file_is(packing: str) -> None:
    data = PACKINGS[packing](PAGES)
    data = data[:700] + data[701:]
    piped = source(data)._replace(stream=BufferedReader(Pipe(data)))
    assert seen(warc.read(piped, USUAL)) == seen(warc.read(source(data), USUAL))


@pytest.mark.parametrize("packing", ["a gzip member a record", "a Zstandard frame a record"])
def test_the_bytes_of_a_packed_record_are_those_that_its_origin_names(packing: str) -> None:
    data = PACKINGS[packing](PAGES)
    for found, whole in zip(pages(warc.read, data), PAGES, strict=True):
        start, length = found.origin.offset, found.origin.length
        assert start is not None
        assert length is not None
        assert PACKINGS[packing]([whole]) == data[start : start + length]


def test_the_bytes_of_a_plain_record_are_those_that_its_origin_names() -> None:
    data = b"".join(PAGES)
    for found, whole in zip(pages(warc.read, data), PAGES, strict=True):
        start, length = found.origin.offset, found.origin.length
        assert start is not None
        assert length is not None
        assert data[start : start + length] + b"\r\n\r\n" == whole


@pytest.mark.parametrize("packing", ["one gzip member", "one Zstandard frame"])
def test_a_record_that_shares_a_piece_is_named_by_its_place_in_it(packing: str) -> None:
    found = pages(warc.read, PACKINGS[packing](PAGES[:2]))
    assert [(m.name, m.origin.offset, m.origin.length) for m in found] == [
        ("crawl!/0+0", 0, None),
        (f"crawl!/0+{len(PAGES[0])}", 0, None),
    ]


def test_files_that_are_joined_are_read_on() -> None:
    data = PACKINGS["one gzip member"](PAGES[:2]) + PACKINGS["a gzip member a record"](PAGES[2:4]) + bytes(600)
    assert urls(data) == ["0", "1", "2", "3"]
    assert not told(data)


def test_pieces_that_are_cut_without_regard_to_records_are_joined() -> None:
    data = b"".join(PAGES)
    parts = [data[at : at + 333] for at in range(0, len(data), 333)]
    assert urls(b"".join(packed(parts))) == ["0", "1", "2", "3", "4"]


def test_a_container_inside_of_another_has_places_but_no_bytes_on_disk() -> None:
    inner = source(PAGES[0])._replace(name="box.zip!/crawl", origin=Origin(container="box.zip", member="crawl"))
    (found,) = warc.read(inner, Options())
    assert isinstance(found, Source)
    assert found.name == "box.zip!/crawl!/0"
    assert (found.origin.member, found.origin.offset, found.origin.length) == ("crawl!/0", None, None)


OTHERS = {
    "warcinfo": record(b"software: test\r\n", kind="warcinfo"),
    "request": record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    "metadata": record(b"outlink: x", kind="metadata"),
    "revisit": record(http(b""), kind="revisit", head=["WARC-Profile: http://netpreserve.org/warc/1.0/revisit"]),
    "conversion": record(b"words", kind="conversion", head=["Content-Type: text/plain"]),
    "continuation": record(HTML, kind="continuation"),
    "response": record(
        b"20110506070809\ngazette.example 1.2.3.4", head=["Content-Type: text/dns"], url="dns:gazette.example"
    ),
    "resource": record(
        HTML, kind="resource", url="urn:thumbnail:https://gazette.example/", head=["Content-Type: text/html"]
    ),
    "media image/png": record(http(b"\x89PNG", head=["Content-Type: image/png"])),
    "media text/css": record(http(b"p {}", head=["Content-Type: text/css"])),
    "media None": record(http(b"var x = 1;", head=())),
    "status 404": record(http(status="404 Not Found")),
    "status 301": record(http(status="301 Moved")),
    "empty": record(http(b"")),
}


@pytest.mark.parametrize("why", OTHERS)
def test_what_is_no_page_is_passed_over_and_counted(why: str) -> None:
    passed = Counter[str]()
    found = list(warc.read(source(PAGES[0] + OTHERS[why] + PAGES[1]), Options(), passed=passed))
    assert [m.name for m in found if isinstance(m, Source)] == [
        "crawl!/0",
        f"crawl!/{len(PAGES[0]) + len(OTHERS[why])}",
    ]
    assert len(found) == 2
    assert passed == {why: 1}


@pytest.mark.parametrize(
    "data",
    [
        record(HTML, kind="resource", head=["Content-Type: text/html"]),
        record(http(head=["Content-Type: Text/HTML; charset=utf-8"])),
        record(http(head=["Content-Type: application/xhtml+xml"])),
        record(http(b"%PDF-1.4 words", head=["Content-Type: application/pdf"])),
        record(http(b"Words.", head=["content-type:text/plain"])),
        record(http(HTML, head=())),
        record(http(b"%PDF-1.4 words", head=())),
        record(http(b"Words.", head=()), head=["WARC-Identified-Payload-Type: text/plain"]),
    ],
)
def test_html_text_and_pdf_are_pages(data: bytes) -> None:
    assert len(pages(warc.read, data)) == 1


def test_what_was_no_success_is_read_if_asked_for() -> None:
    data = PAGES[0] + OTHERS["status 404"]
    assert len(pages(warc.read, data, Options(any_status=True))) == 2


@pytest.mark.parametrize(
    ("stated", "captured"),
    [
        ("2011-05-06T07:08:09Z", "2011-05-06T07:08:09Z"),
        ("2011-05-06T07:08:09.123456Z", "2011-05-06T07:08:09Z"),
        ("2011-05-06", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_moment_of_a_capture_is_taken_from_its_record(stated: str, captured: str | None) -> None:
    data = record(http()).replace(b"2011-05-06T07:08:09Z", stated.encode())
    (found,) = pages(warc.read, data)
    assert found.origin.captured == captured


def test_a_moment_that_never_was_gives_no_day() -> None:
    (found,) = pages(warc.read, record(http()).replace(b"2011-05-06", b"2011-02-31"))
    assert found.facts.retrieved is None


def test_a_record_that_is_larger_than_a_page_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "LARGEST", 100_000)
    film = record(http(b"\0" * 300_000, head=["Content-Type: video/mp4"]))
    for pack in PACKINGS.values():
        data = pack([PAGES[0], film, PAGES[1]])
        assert urls(data) == ["0", "1"]
        assert not told(data)


def test_a_page_that_is_too_large_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(framing, "LARGEST", 100_000)
    data = PAGES[0] + record(http(b"<p>" * 100_000)) + PAGES[1]
    assert urls(data) == ["0", "1"]
    assert told(data) == ["The page has more than 40,000,000 bytes. Cut it into its articles."]


def test_a_damaged_body_is_read_as_far_as_it_goes_and_told() -> None:
    body = http(b"28\r\n" + HTML[:40], head=["Content-Type: text/html", "Transfer-Encoding: chunked"])
    data = record(body)
    assert [m.stream.read() for m in pages(warc.read, data)] == [HTML[:40]]
    assert told(data) == ["The page is damaged: its body ends before its last chunk. What comes before that is read."]


SHA1 = "sha1:EHM43NN66BTC3WYJ3MQAWFWDYURE4LPM"


@pytest.mark.parametrize(
    ("head", "whole"),
    [
        ("WARC-Payload-Digest: sha1:{sha1}", True),
        ("WARC-Payload-Digest: SHA-256:{sha256}", True),
        ("WARC-Payload-Digest: md5:{md5}", True),
        ("WARC-Block-Digest: sha1:{block}", True),
        ("WARC-Payload-Digest: blake9:0000", True),
        ("WARC-Payload-Digest: nonsense", True),
        ("WARC-Payload-Digest: sha1:{block}", False),
        ("WARC-Block-Digest: sha1:{sha1}", False),
    ],
)
def test_digests_are_checked_on_request(head: str, *, whole: bool) -> None:
    sha1, block = hashlib.sha1(HTML), hashlib.sha1(http())  # noqa: S324 -- as archives have it
    stated = head.format(
        sha1=base64.b32encode(sha1.digest()).decode(),
        sha256=hashlib.sha256(HTML).hexdigest(),
        md5=hashlib.md5(HTML).hexdigest(),  # noqa: S324 -- as above
        block=block.hexdigest(),
    )
    data = record(http(), head=[stated])
    assert len(pages(warc.read, data)) == 1
    assert len(pages(warc.read, data, Options(check_digests=True))) == whole
    assert len(told(data, Options(check_digests=True))) == (not whole)


def test_a_digest_that_does_not_hold_is_told() -> None:
    data = record(http(), head=[f"WARC-Payload-Digest: {SHA1}"])
    (failure,) = failures(warc.read, data, Options(check_digests=True))
    assert failure == Failure(
        source="crawl!/0",
        reason=f"The payload is not what the archive took the digest {SHA1} of, and is not read. "
        "Compare the file with its checksum, or read it without checking digests.",
        kind="damaged",
    )


def test_a_digest_may_be_taken_with_or_without_chunks() -> None:
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML)
    for words in (HTML, body):
        stated = f"WARC-Payload-Digest: sha1:{hashlib.sha1(words).hexdigest()}"  # noqa: S324 -- as archives have it
        data = record(http(body, head=["Content-Type: text/html", "Transfer-Encoding: chunked"]), head=[stated])
        assert len(pages(warc.read, data, Options(check_digests=True))) == 1


def test_a_charset_of_the_way_holds_where_the_page_names_none() -> None:
    words = "Le café de Port-Ansel a fermé lundi, écrit la gazette. ".encode("cp1252") * 3
    data = record(
        http(b"<html><body><p>" + words + b"</p></body></html>", head=["Content-Type: text/html; charset=cp1252"])
    )
    (found,) = documents(source(data), Options(languages=()))
    assert isinstance(found, Document)
    assert "Le café de Port-Ansel" in found.text


def test_a_charset_that_lies_does_not_win_over_utf_8() -> None:
    words = "The café in Port Ansel closed on Monday, the gazette writes. ".encode() * 3
    data = record(
        http(b"<html><body><p>" + words + b"</p></body></html>", head=["Content-Type: text/html; charset=koi8-r"])
    )
    (found,) = documents(source(data), Options())
    assert isinstance(found, Document)
    assert "The café in Port Ansel" in found.text


def test_another_library_reads_the_same_records() -> None:
    data = PACKINGS["a gzip member a record"](PAGES)
    theirs = [(r.stream_pos, r.reader.read()) for r in ArchiveIterator(BytesIO(data), auto_decode="transfer")]
    assert theirs == [(m.origin.offset, m.stream.read()) for m in pages(warc.read, data)]
