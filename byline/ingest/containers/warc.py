"""WARC files, versions 0.17 to 1.1, plain or packed with gzip or Zstandard: their responses and resources are pages.

Revisits are passed over: the page that they found unchanged stands with its first capture, and is read there.
"""

import re
from collections import Counter
from collections.abc import Iterator

from byline import knowledge
from byline.ingest.containers import digests
from byline.ingest.containers.captures import Archive, Capture, archive
from byline.ingest.containers.framing import Grammar, Head, Lost, Stored, records
from byline.ingest.containers.transfer import Response, fields, response
from byline.ingest.source import Options, Source
from byline.records import Failure

_LONGEST = 1 << 16
_OPENS = re.compile(rb"WARC/[01]\.\d{1,2}[ \t]*\r?\n")
_LENGTH = re.compile(r"[0-9]{1,15}")
_END = re.compile(rb"\r?\n\r?\n")
_SCHEMES = tuple(f"{name}:" for name in knowledge.load("web_archives.toml")["schemes"])
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?Z", re.ASCII)


def read(
    source: Source, options: Options, *, passed: Counter[str] | None = None, base: int | None = None
) -> Iterator[Source | Failure]:
    """Yield the pages of a WARC, and a Failure for each page and each run of bytes that cannot be read.

    `passed` counts by reason the records that are no pages. `base` is where the WARC begins in the file on disk, if it
    is stored in another container as it is.
    """
    found = archive(source, options, passed, base)
    for record in records(source.stream, _WARC):
        yield from [found.lost(record)] if isinstance(record, Lost) else _page(record, found)


def _page(record: Stored, found: Archive) -> Iterator[Source | Failure]:
    kind = record.fields.get("warc-type", "").lower()
    capture = _response(record) if kind == "response" else _resource(record) if kind == "resource" else None
    if capture is None:
        found.passed[kind or "unknown"] += 1
    elif (
        found.options.check_digests and record.whole and (wrong := digests.wrong(record.fields, record.block, capture))
    ):
        yield found.failure(record, wrong, damaged=True)
    else:
        yield from found.page(capture, record)


def _response(record: Stored) -> Capture | None:
    found = response(record.block)
    return _capture(record, found, record.fields.get("warc-identified-payload-type")) if found else None


def _resource(record: Stored) -> Capture | None:
    capture = _capture(record, Response(200, {}, record.block), record.fields.get("content-type"))
    return capture if (capture.url or "").lower().startswith(_SCHEMES) else None


def _capture(record: Stored, found: Response, media: str | None) -> Capture:
    url = record.fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">") or None
    moment = _MOMENT.fullmatch(record.fields.get("warc-date", ""))
    return Capture(url, f"{moment[1]}Z" if moment else None, media, found)


def _head(data: bytes | bytearray) -> Head | None:
    end = _END.search(data, 0, _LONGEST) if _OPENS.match(data) else None
    if not end:
        return None
    found = fields(bytes(memoryview(data)[: end.start()]))
    length = _LENGTH.fullmatch(found.get("content-length", ""))
    return Head(found, end.end(), int(length[0])) if length else None


_WARC = Grammar(
    head=_head,
    opens=lambda data: _OPENS.match(data) is not None,
    following=re.compile(rb"WARC/[01]\.\d{1,2}[ \t]*\r?\n(?=[A-Za-z][A-Za-z-]{1,60}[ \t]*:)"),
    end=b"\r\n\r\n",
)
