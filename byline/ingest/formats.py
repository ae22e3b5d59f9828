"""What a source is, told by its first bytes, never by its name."""

import codecs
import re
import tarfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
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
_WEB_ARCHIVES = frozenset({"warc", "arc"})  # their readers unpack by themselves, a record at a time
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")  # more than the magic, which a text may begin with
_TAR = slice(257, 262)
_FEED = re.compile(
    rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*)?>)*+<(?:\w+:)?(?:rss|feed|RDF[^>]*?rss/1\.0/)[\s>\"']",
    re.DOTALL,
)
_JSON = re.compile(rb"""\{\s*["}]|\[\s*[{"\]]""")  # "[1] The army" and "{{quote}}" are text
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*+")
_SEPARATOR = b"From "
_MAIL = frozenset(_TABLES["mail_headers"])
_COLUMNS: dict[str, list[str]] = _TABLES["columns"]
_TEXT_COLUMNS = frozenset(_COLUMNS["text"])
_USUAL = frozenset(name for names in _COLUMNS.values() for name in names)
_DELIMITERS = ",\t;|"
_LEAST_HEADERS = 3
_LEAST_COLUMNS = 3  # with usual names, where none of them is the text's
_LONGEST_NAME = 60  # characters: a name, no sentence


def recognise(stream: BinaryIO, columns: Columns = Columns()) -> str:  # noqa: B008 -- Columns is frozen
    """Return the format of what a stream holds, "page" for text or HTML; the stream stays where it is."""
    return format_of(head_of(stream), columns)


def format_of_file(path: str) -> str:
    """Return the format of a file on the disk, "page" for text or HTML; "unknown" of what cannot be opened."""
    try:
        with Path(path).open("rb") as stream:
            return recognise(stream)
    except OSError:
        return "unknown"


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
    found = _magic(head)
    if found in _PACKED:
        inner = _unpacked(head, found)
        return inner if inner in _WEB_ARCHIVES else found
    if found:
        return found
    return "tar" if _is_tar(head) else _told_by_text(as_utf8(head), columns)


def packing_of(stream: BinaryIO) -> str:
    """Return what packs a stream, whatever it holds."""
    return _magic(head_of(stream)) or "page"


def as_utf8(head: bytes) -> bytes:
    """Return the beginning of a text in UTF-8, without a byte order mark; UTF-16 is told by its mark."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(codecs.BOM_UTF8)


def delimiter_of(line: str, columns: Columns) -> str | None:
    """Return what parts the names in a table's first line; None if it is not the first line of a table.

    One of the names is the text's, or several are names that tables of news have.
    """
    for delimiter in _DELIMITERS:
        names = names_in(line, delimiter)
        if len(names) > 1 and all(len(name) < _LONGEST_NAME for name in names) and _has_columns(names, columns):
            return delimiter
    return None


def names_in(line: str, delimiter: str) -> list[str]:
    """Return the names of columns as they are compared."""
    return [folded(name.strip().strip('"')) for name in line.split(delimiter)]


def folded(name: str) -> str:
    """Return a column's name as names are compared."""
    return name.strip().lower()


def _magic(head: bytes) -> str | None:
    found = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    return None if found == "bzip2" and not _BZIP2.match(head) else found


def _unpacked(head: bytes, packing: str) -> str | None:
    try:
        return _magic(_PACKED[packing](head))
    except (zlib.error, zstandard.ZstdError):
        return None


def _is_tar(head: bytes) -> bool:
    if head[_TAR] == b"ustar":
        return True
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "replace")  # tar of before 1988, by its checksum
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def _told_by_text(head: bytes, columns: Columns) -> str:
    head = head.lstrip()
    if _JSON.match(head):
        return "feed" if b"jsonfeed.org/version" in head else "json"
    if head.startswith(b"<"):
        return "feed" if _FEED.match(head) else "page"
    if _is_mail(head):
        return "mail"
    line = head.splitlines()[0].decode("utf-8", "replace") if head else ""
    return "csv" if delimiter_of(line, columns) or _is_named_column(line, columns) else "page"


def _is_mail(head: bytes) -> bool:
    """Whether bytes begin with the header of a message, or with the line that parts messages in a mailbox."""
    if head.startswith(_SEPARATOR):
        head = head.partition(b"\n")[2]
    names, at = set(), 0
    while found := _HEADER.match(head, at):
        names.add(found[0].partition(b":")[0].decode("ascii").lower())
        at = found.end()
    return len(names) >= _LEAST_HEADERS and len(names & _MAIL) >= _LEAST_HEADERS - 1


def _has_columns(names: Sequence[str], columns: Columns) -> bool:
    wanted = {folded(columns.text)} if columns.text else _TEXT_COLUMNS
    return bool(wanted.intersection(names)) or len(_USUAL.intersection(names)) >= _LEAST_COLUMNS


def _is_named_column(line: str, columns: Columns) -> bool:
    """Whether the first line is the name that the user gave, of a table with one column."""
    return columns.text is not None and folded(line.strip().strip('"')) == folded(columns.text)
