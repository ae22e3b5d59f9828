import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest.containers import transfer
from byline.ingest.containers.transfer import Payload, charset_of, fields, media_of, payload, response
from tests.ingest.containers.archives import HTML, http


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def chunked(data: bytes, size: int = 40, end: bytes = b"0\r\n\r\n") -> bytes:
    parts = (data[at : at + size] for at in range(0, len(data), size))
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + end


def undone(body: bytes, *head: str) -> Payload:
    found = response(http(body, head=head))
    assert found
    return payload(found)


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "GZIP": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


@pytest.mark.parametrize("coding", PACKERS)
def test_what_was_done_to_a_body_for_its_way_is_undone(coding: str) -> None:
    body = PACKERS[coding](HTML)
    assert undone(body, f"Content-Encoding: {coding}") == Payload(HTML)
    assert undone(chunked(body), f"Content-Encoding: {coding}", "Transfer-Encoding: chunked") == Payload(HTML)
    assert undone(chunked(body), f"Transfer-Encoding: {coding}, chunked") == Payload(HTML)


@pytest.mark.parametrize("coding", PACKERS)
def test_a_body_that_the_archive_has_undone_is_taken_as_it_is(coding: str) -> None:
    assert undone(HTML, f"Content-Encoding: {coding}", "Transfer-Encoding: chunked") == Payload(HTML)


def test_deflate_is_undone_without_the_head_that_it_should_have() -> None:
    assert undone(raw_deflate(HTML), "Content-Encoding: deflate") == Payload(HTML)


def test_codings_on_top_of_each_other_are_undone_in_turn() -> None:
    body = brotli.compress(gzip.compress(gzip.compress(HTML)))
    assert undone(body, "Content-Encoding: gzip, gzip, br") == Payload(HTML)


def test_codings_without_end_are_a_reason() -> None:
    told = undone(HTML, "Content-Encoding: gzip, gzip, gzip, gzip")
    assert told == Payload(b"", "its body is coded 4 times over, and 3 are undone")


@pytest.mark.parametrize("coding", ["", "identity", "none", "utf-8", "sdch"])
def test_what_is_no_coding_changes_nothing(coding: str) -> None:
    assert undone(HTML, f"Content-Encoding: {coding}") == Payload(HTML)


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"5;name=value\r\nhello\r\n0\r\n\r\n", b"hello"),
        (b"5  \r\nhello\r\n0\r\nTrailer: x\r\n\r\n", b"hello"),
        (b"5\nhello\n0\n\n", b"hello"),
        (b"0005\r\nhello\r\n0\r\n\r\n", b"hello"),
        (b"0\r\n\r\n", b""),
    ],
)
def test_chunks_are_joined_as_servers_write_them(body: bytes, whole: bytes) -> None:
    assert undone(body, "Transfer-Encoding: chunked") == Payload(whole)


@pytest.mark.parametrize("body", [chunked(HTML, end=b""), chunked(HTML)[:-30], chunked(HTML, end=b"zz\r\n")])
def test_chunks_that_end_early_are_read_as_far_as_they_go(body: bytes) -> None:
    told = undone(body, "Transfer-Encoding: chunked")
    assert HTML.startswith(told.data)
    assert len(told.data) > len(HTML) - 40
    assert told.wrong == "its body ends before its last chunk"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_coded_body_that_is_cut_is_told(coding: str) -> None:
    body = PACKERS[coding](HTML * 50)
    told = undone(body[: len(body) - 9], f"Content-Encoding: {coding}")
    assert told.wrong == "its body ends before its time"
    assert (HTML * 50).startswith(told.data)


def test_of_a_damaged_body_stands_what_comes_before_the_damage() -> None:
    words = " ".join(str(n * n) for n in range(30_000)).encode()
    body = bytearray(gzip.compress(words))
    body[len(body) // 2 : len(body) // 2 + 9] = b"\xff" * 9
    told = undone(bytes(body), "Content-Encoding: gzip")
    assert told.wrong == "its body is damaged"
    assert len(told.data) > len(words) // 3
    assert words.startswith(told.data[:-2000])


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_that_grows_beyond_a_page_is_not_read(coding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer, "LARGEST", 100_000)
    told = undone(PACKERS[coding](bytes(5_000_000)), f"Content-Encoding: {coding}")
    assert told == Payload(b"", "its body grows to more than 100,000 bytes, and no page is so large")


def test_the_head_of_a_response_is_read_as_servers_write_it() -> None:
    head = b"HTTP/1.1 200\nContent-Type : text/html\nX-Folded: one\n  two\nno field\nCONTENT-TYPE: text/plain\n\nbody"
    found = response(head)
    assert found == (200, {"content-type": "text/html", "x-folded": "one two"}, b"body")


def test_a_response_without_a_body_is_one() -> None:
    assert response(b"HTTP/1.0 404 Not Found\r\nServer: x") == (404, {"server": "x"}, b"")


@pytest.mark.parametrize(
    "block", [b"", b"GET / HTTP/1.1\r\n\r\n", b"<html>", b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 2000\r\n\r\n"]
)
def test_what_is_no_response_is_none(block: bytes) -> None:
    assert response(block) is None


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        ("text/html; charset=UTF-8", ("text/html", "utf-8")),
        ('Text/HTML;charset="windows-1252"', ("text/html", "windows-1252")),
        ("text/html", ("text/html", None)),
        ("", (None, None)),
        (None, (None, None)),
        ("; charset=", (None, None)),
    ],
)
def test_media_and_charset_are_told_by_the_content_type(
    declared: str | None, told: tuple[str | None, str | None]
) -> None:
    assert (media_of(declared), charset_of(declared)) == told


@given(st.binary(), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "chunked"]))
def test_no_body_is_too_odd(body: bytes, coding: str) -> None:
    payload(transfer.Response(200, {"content-encoding": coding, "transfer-encoding": coding}, body))


@given(st.binary())
def test_no_head_is_too_odd(block: bytes) -> None:
    fields(block)
    response(b"HTTP/1.1 200 " + block)


@given(st.binary(max_size=2000), st.integers(1, 99))
def test_chunks_are_joined_to_what_they_were(body: bytes, size: int) -> None:
    assert undone(chunked(body, size), "Transfer-Encoding: chunked") == Payload(body)
