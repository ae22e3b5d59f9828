"""ARC files, what the Internet Archive wrote before WARC, plain or packed: their responses are pages."""

import re
from collections import Counter
from collections.abc import Iterator

from byline.ingest.containers.captures import Archive, Capture, archive
from byline.ingest.containers.framing import Grammar, Head, Lost, Stored, records
from byline.ingest.containers.transfer import Response, response
from byline.ingest.source import Options, Source
from byline.records import Failure

_LONGEST = 1 << 14
_SCHEME = rb"(?:filedesc|https?|ftp|gopher|dns|nntp|news|file|wais|telnet|mailto)"
_LINE = (
    rb"(?P<url>" + _SCHEME + rb":[^\r\n]{1,8000}?) (?P<ip>[0-9A-Fa-f.:]{1,45}) (?P<date>\d{8,14}) "
    rb"(?P<media>[^ \r\n]{1,200}) (?:[^ \r\n]{1,300} ){0,5}(?P<length>\d{1,12})\r?\n"
)
_HEAD = re.compile(_LINE)
_OPENS = re.compile(_SCHEME + rb":\S")
_UNKNOWN = frozenset({"no-type", "unk", "unknown", "-"})


def read(
    source: Source, options: Options, *, passed: Counter[str] | None = None, base: int | None = None
) -> Iterator[Source | Failure]:
    """Yield the pages of an ARC; all is as it is for a WARC, but there are no digests to check."""
    found = archive(source, options, passed, base)
    for record in records(source.stream, _ARC):
        yield from [found.lost(record)] if isinstance(record, Lost) else _page(record, found)


def _page(record: Stored, found: Archive) -> Iterator[Source | Failure]:
    url, media = record.fields["url"], record.fields["media"]
    if not url.lower().startswith(("http:", "https:")):
        found.passed[url.partition(":")[0].lower()] += 1
        return
    came = response(record.block) or Response(200, {}, record.block)  # HTTP/0.9 has no head
    yield from found.page(
        Capture(url, _moment(record.fields["date"]), None if media in _UNKNOWN else media, came), record
    )


def _moment(date: str) -> str | None:
    """Return a moment such as 20080401120000 as ISO 8601; a day alone is none."""
    parts = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", date, re.ASCII)
    return "{}-{}-{}T{}:{}:{}Z".format(*parts.groups()) if parts else None


def _head(data: bytes | bytearray) -> Head | None:
    found = _HEAD.match(data, 0, _LONGEST)
    if not found:
        return None
    named = {name: value.decode("utf-8", "replace") for name, value in found.groupdict().items()}
    return Head(named, found.end(), int(found["length"]))


_ARC = Grammar(
    head=_head,
    opens=lambda data: _OPENS.match(data) is not None,
    following=re.compile(rb"(?<=\n)" + _LINE),
    end=b"\n",
)
