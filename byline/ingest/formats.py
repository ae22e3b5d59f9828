"""What a source is, told by its first bytes, never by its name."""

import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

import zstandard

from byline import knowledge
from byline.ingest.source import Columns

HEAD = 8192  # bytes that tell a format
_INNER = 512  # unpacked bytes that tell it; more of them might reach damage that their reader can do with
_TABLES = knowledge.load("files.toml")
_MAGIC = [(bytes.fromhex(row["starts"]), str(row["format"])) for row in _TABLES["magic"] if "format" in row]
_PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda head: zlib.decompressobj(wbits=31).decompress(head, _INNER),
    "zstd": lambda head: zstandard.ZstdDecompressor().stream_reader(BytesIO(head)).read(_INNER),
}
_TAR = slice(257, 262)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]*\r?\n")
_MAIL = frozenset(_TABLES["mail_headers"])
_TEXT_COLUMNS = frozenset(_TABLES["columns"]["text"])
_DELIMITERS = b",\t;|"
_LEAST_HEADERS = 3


def recognise(stream: BinaryIO, columns: Columns = Columns()) -> str:  # noqa: B008 -- Columns is frozen
    """Return the format of what a stream holds, "page" for text or HTML; the stream stays where it is."""
    return format_of(head_of(stream), columns)


def head_of(stream: BinaryIO) -> bytes:
    """Return the first bytes of a stream without taking them out of it."""
    if stream.seekable():
        start = stream.tell()
        head = stream.read(HEAD)
        stream.seek(start)
        return head
    return stream.peek(HEAD)[:HEAD]  # type: ignore[attr-defined,no-any-return] # what cannot be sought is buffered


def format_of(head: bytes, columns: Columns = Columns()) -> str:  # noqa: B008 -- Columns is frozen
    """Return the format that begins with these bytes."""
    found = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if found in _PACKED:
        inner = _unpacked(head, found)
        return inner if inner in {"warc", "arc", "tar"} else found
    if found:
        return found
    if head[_TAR] == b"ustar":
        return "tar"
    return _told_by_text(head.removeprefix(b"\xef\xbb\xbf").lstrip(), columns)


def _unpacked(head: bytes, packing: str) -> str:
    try:
        inner = _PACKED[packing](head)
    except (zlib.error, zstandard.ZstdError):
        return packing
    return (
        "tar" if inner[_TAR] == b"ustar" else next((name for magic, name in _MAGIC if inner.startswith(magic)), "page")
    )


def _told_by_text(head: bytes, columns: Columns) -> str:
    if head.startswith((b"{", b"[")):
        return "feed" if b"jsonfeed.org/version" in head else "json"
    if head.startswith(b"<"):
        return "feed" if _FEED.search(head[:2048]) else "page"
    if _is_mail(head):
        return "mail"
    return "csv" if _is_table(head, columns) else "page"


def _is_mail(head: bytes) -> bool:
    """Whether bytes begin with the header of a message, or with the line that parts messages in a mailbox."""
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    names, at = set(), 0
    while found := _HEADER.match(head, at):
        names.add(found[0].partition(b":")[0].decode("ascii").lower())
        at = found.end()
        while head[at : at + 1] in {b" ", b"\t"}:
            at = head.find(b"\n", at) + 1 or len(head)
    return len(names) >= _LEAST_HEADERS and len(names & _MAIL) >= _LEAST_HEADERS - 1


def _is_table(head: bytes, columns: Columns) -> bool:
    """Whether the first line names columns, one of them the text's."""
    line = head.partition(b"\n")[0].rstrip(b"\r").decode("utf-8", "replace").lower()
    wanted = {columns.text.lower()} if columns.text else _TEXT_COLUMNS
    for delimiter in _DELIMITERS.decode():
        names = [name.strip().strip('"').strip() for name in line.split(delimiter)]
        if len(names) > 1 and wanted & set(names) and all(len(name) < 60 for name in names):  # noqa: PLR2004 -- a name, no sentence
            return True
    return False
