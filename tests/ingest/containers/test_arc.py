import gzip
from collections import Counter
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from byline.ingest.containers import arc
from byline.ingest.facts import Facts
from byline.ingest.opening import documents
from byline.ingest.source import Options
from byline.records import Document, Failure, Interval, Origin
from tests.ingest.containers.archives import HTML, failures, http, pages, source

VERSION = b"1 0 Town Crawl\nURL IP-address Archive-date Content-type Archive-length\n\n"


def arc_record(
    block: bytes, url: str = "http://gazette.example/1", *, media: str = "text/html", date: str = "20010203040506"
) -> bytes:
    return f"{url} 192.0.2.7 {date} {media} {len(block)}\n".encode() + block + b"\n"


def arc_page(number: int) -> bytes:
    body = f"<html><body><p>The {number}th barge passed the lock at Ansel.</p></body></html>".encode()
    return arc_record(http(body), f"http://gazette.example/{number}")


HEAD = arc_record(VERSION, "filedesc://town.arc", media="text/plain")
RECORDS = [HEAD, *(arc_page(n) for n in range(4))]
MEMBERS = [gzip.compress(r, mtime=0) for r in RECORDS]
STARTS = [sum(map(len, MEMBERS[:n])) for n in range(len(MEMBERS) + 1)]


def urls(data: bytes) -> list[str]:
    return [(m.facts.url or "").removeprefix("http://gazette.example/") for m in pages(arc.read, data)]


def test_a_page_comes_with_what_the_archive_knows_of_it() -> None:
    data = HEAD + arc_record(http(head=["Content-Type: text/html; charset=koi8-r"]))
    (found,) = pages(arc.read, data)
    assert found.stream.read() == HTML
    assert found.name == f"crawl!/{len(HEAD)}"
    assert found.charset == "koi8-r"
    assert found.origin == Origin(
        container="crawl",
        member=str(len(HEAD)),
        offset=len(HEAD),
        length=len(data) - len(HEAD) - 1,
        captured="2001-02-03T04:05:06Z",
        media="text/html",
    )
    day = Interval(start="2001-02-03", end="2001-02-03", basis="capture")
    assert found.facts == Facts(url="http://gazette.example/1", retrieved=day)


@pytest.mark.parametrize(
    "pack", [b"".join, lambda records: gzip.compress(b"".join(records)), lambda _: b"".join(MEMBERS)]
)
def test_plain_and_packed_files_give_the_same_pages(pack: Callable[[list[bytes]], bytes]) -> None:
    assert urls(pack(RECORDS)) == ["0", "1", "2", "3"]
    assert not failures(arc.read, pack(RECORDS))


def test_an_arc_is_told_by_its_content() -> None:
    found = list(documents(source(b"".join(MEMBERS)), Options()))
    assert [getattr(d, "url", d) for d in found] == [f"http://gazette.example/{n}" for n in range(4)]


@pytest.mark.parametrize(
    "line",
    [
        "http://gazette.example/1 192.0.2.7 20010203040506 text/html 200 - - 0 town.arc {}\n",
        "http://gazette.example/1 2001:db8::7 20010203040506 text/html {}\n",
        "http://gazette.example/a page 192.0.2.7 20010203040506 text/html {}\n",
        "http://gazette.example/1 0.0.0.0 20010203040506 no-type {}\r\n",
    ],
)
def test_heads_are_read_as_crawlers_wrote_them(line: str) -> None:
    data = HEAD + line.format(len(http())).encode() + http() + b"\n" + arc_page(2)
    assert pages(arc.read, data)[0].stream.read() == HTML
    assert len(pages(arc.read, data)) == 2


def test_a_response_of_the_oldest_kind_has_no_head() -> None:
    (found,) = pages(arc.read, HEAD + arc_record(HTML))
    assert found.stream.read() == HTML
    assert found.origin.media == "text/html"


def test_a_day_without_a_time_is_no_moment() -> None:
    (found,) = pages(arc.read, HEAD + arc_record(http(), date="20010203"))
    assert found.origin.captured is None


def test_what_is_no_page_is_passed_over_and_counted() -> None:
    passed = Counter[str]()
    others = [
        arc_record(b"20010203 192.0.2.7", "dns:gazette.example", media="text/dns"),
        arc_record(http(b"GIF89a", head=["Content-Type: image/gif"]), media="image/gif"),
        arc_record(http(status="404 Not Found")),
    ]
    data = b"".join([HEAD, *others])
    assert not list(arc.read(source(data), Options(), passed=passed))
    assert passed == {"filedesc": 1, "dns": 1, "media image/gif": 1, "status 404": 1}


def test_another_library_reads_the_same_records() -> None:
    theirs = [r.content_stream().read() for r in ArchiveIterator(BytesIO(b"".join(MEMBERS)))][1:]
    assert theirs == [m.stream.read() for m in pages(arc.read, b"".join(MEMBERS))]


@pytest.mark.parametrize("wrong", [1, 150, 5_000, 10**11])
def test_a_record_whose_length_is_wrong_is_lost_and_no_other(wrong: int) -> None:
    line, _, block = RECORDS[2].partition(b"\n")
    lied = b"%b %d\n%b" % (line.rpartition(b" ")[0], wrong, block)
    data = b"".join([*RECORDS[:2], lied, *RECORDS[3:]])
    assert urls(data) == ["0", "2", "3"]
    (failure,) = failures(arc.read, data)
    place = len(RECORDS[0]) + len(RECORDS[1])
    assert failure.source == f"crawl!/{place}"
    assert failure.reason.startswith(
        f"At byte {place} {len(lied)} bytes are lost: the record is to have {wrong:,} bytes "
    )


@given(st.integers(0, STARTS[-1] - 1), st.integers(1, 255))
def test_a_byte_that_is_changed_costs_at_most_its_own_record(at: int, change: int) -> None:
    data = bytearray(b"".join(MEMBERS))
    data[at] ^= change
    others = [str(n - 1) for n in range(1, len(MEMBERS)) if STARTS[n + 1] <= at or STARTS[n] > at]
    assert [u for u in urls(bytes(data)) if u in others] == others


@given(st.integers(0, sum(map(len, RECORDS))), st.binary(max_size=80))
def test_no_file_is_too_odd(at: int, litter: bytes) -> None:
    data = b"".join(RECORDS)
    for found in arc.read(source(data[:at] + litter + data[at + len(litter) :]), Options()):
        assert isinstance(found, Failure) or found.stream.read()


def test_a_page_becomes_a_document_that_knows_its_place() -> None:
    words = b"<p>The lock at Ansel was closed on Friday after a barge struck the gate, the harbour office said.</p>" * 3
    data = HEAD + arc_record(http(b"<html><body>" + words + b"</body></html>"))
    (found,) = documents(source(data), Options())
    assert isinstance(found, Document)
    assert found.origin
    assert found.origin.offset == len(HEAD)
    assert found.origin.digest
