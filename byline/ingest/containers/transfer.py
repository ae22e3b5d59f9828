"""An HTTP response to its payload: what was done to it for the way is undone.

Archives keep a response as it came, or with its body decoded and the head as it was; both are told by the bytes.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import brotli
import zstandard
from zlib_ng import zlib_ng

from byline import knowledge
from byline.ingest.source import LARGEST

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?!\d)", re.IGNORECASE)
_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"^([^\s:]{1,100})[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*)*)", re.MULTILINE)
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_LONGEST = 1 << 16  # bytes of a head
_MOST = 3  # codings on top of each other
_DAMAGED, _CUT = "its body is damaged", "its body ends before its time"
_WIDEST = 1 << 27  # bytes that a Zstandard frame may ask to be kept
_PRINTED = bytes(range(32, 127)) + b"\t\n\r\f"
_ZLIB_ERROR: type[Exception] = zlib_ng.error  # type: ignore[assignment] # its stub takes the class for an error
_FINE = 64  # packed bytes at a time where damage is near
_SAMPLE = 64  # bytes that tell text from what is packed
_CODINGS = {name: kind for kind, names in knowledge.load("web_archives.toml")["codings"].items() for name in names}


class Response(NamedTuple):
    """A response: `raw` is its body as it came, `head` its fields, in small letters."""

    status: int
    head: Mapping[str, str]
    raw: bytes


class Payload(NamedTuple):
    """The bytes of a page, and what is wrong with them: they end before their time, or nothing can be undone."""

    data: bytes
    wrong: str | None = None


def fields(block: bytes | bytearray) -> dict[str, str]:
    """Return the fields of a head, their names in small letters; the first of a name counts, lines may be folded."""
    found: dict[str, str] = {}
    for name, value in _FIELD.findall(block):
        found.setdefault(name.decode("latin-1").lower(), _text(value))
    return found


def _text(value: bytes) -> str:
    words = value.decode("utf-8", "replace").strip()
    return " ".join(words.split()) if "\n" in words else words


def response(block: bytes) -> Response | None:
    """Return a response, None if the bytes are none."""
    status = _STATUS.match(block)
    if not status:
        return None
    end = _END.search(block)
    cut = end.start() if end else len(block)
    return Response(int(status[1]), fields(block[: min(cut, _LONGEST)]), block[end.end() :] if end else b"")


def media_of(declared: str | None) -> str | None:
    """Return the media type of a Content-Type, in small letters and without its parameters."""
    return (declared or "").partition(";")[0].strip().lower() or None


def charset_of(declared: str | None) -> str | None:
    """Return the charset that a Content-Type names."""
    found = _CHARSET.search(declared or "")
    return found[1].lower() if found else None


def payload(found: Response) -> Payload:
    """Return the body with the codings for transfer and content undone, within the size of a page."""
    data, wrong = transferred(found)
    names = f"{found.head.get('content-encoding', '')},{found.head.get('transfer-encoding', '')}"
    codings = [_CODINGS[name] for part in names.lower().split(",") if (name := part.strip()) in _CODINGS]
    if len(codings) > _MOST:
        return Payload(b"", f"its body is coded {len(codings)} times over, and {_MOST} are undone")
    for coding in reversed(codings):
        undone = _undone(data, coding)
        data, wrong = undone.data, undone.wrong or wrong
    if len(data) > LARGEST:
        return Payload(b"", f"its body grows to more than {LARGEST:,} bytes, and no page is so large")
    return Payload(data, wrong)


def transferred(found: Response) -> Payload:
    """Return the body with its chunks joined; one that does not begin with a chunk is joined already."""
    if "chunked" not in found.head.get("transfer-encoding", "").lower():
        return Payload(found.raw)
    parts, at = list[bytes](), 0
    while size := _CHUNK.match(found.raw, at):
        begin, length = size.end(), int(size[1], 16)
        if not length:
            return Payload(b"".join(parts))
        parts.append(found.raw[begin : begin + length])
        at = begin + length
        at += 2 if found.raw.startswith(b"\r\n", at) else found.raw.startswith(b"\n", at)
    return Payload(b"".join(parts), "its body ends before its last chunk") if parts else Payload(found.raw)


def _undone(data: bytes, coding: str) -> Payload:
    """Return what a coding stands for; what was never in it, or is no longer, stays as it is."""
    if not _is_coded(data, coding):
        return Payload(data)
    if coding == "br":
        found = _brotli(data)
    elif coding == "zstd":
        whole = zstandard.ZstdDecompressor(max_window_size=_WIDEST)
        found = _stepwise(data, whole.decompressobj, zstandard.ZstdError, 1 << 10)
    else:
        bits = 31 if coding == "gzip" else 15 if _has_zlib_head(data) else -15
        found = _stepwise(data, lambda: zlib_ng.decompressobj(wbits=bits), _ZLIB_ERROR, 1 << 15)
    return found if found.data or coding in {"gzip", "zstd"} else Payload(data)


def _is_coded(data: bytes, coding: str) -> bool:
    if coding == "gzip":
        return data.startswith(b"\x1f\x8b")
    if coding == "zstd":
        return data.startswith(b"\x28\xb5\x2f\xfd")
    return bool(data[:_SAMPLE].translate(None, _PRINTED))  # these have no mark, but hardly look like text


def _has_zlib_head(data: bytes) -> bool:
    """Whether a head as RFC 1950 has it is there; `deflate` is sent without one as well."""
    return len(data) > 1 and data[0] & 15 == zlib_ng.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0


def _stepwise(data: bytes, unpacker: Callable[[], Any], error: type[Exception], step: int) -> Payload:
    """Unpack what fits into a page, and of a damaged body what stands before the damage."""
    undo, parts, size = unpacker(), list[bytes](), 0
    for at in range(0, len(data), step):
        try:
            parts.append(undo.decompress(data[at : at + step]))
        except error:
            return _stepwise(data, unpacker, error, _FINE) if step > _FINE else Payload(b"".join(parts), _DAMAGED)
        size += len(parts[-1])
        if undo.eof or size > LARGEST:
            return Payload(b"".join(parts))
    return Payload(b"".join(parts), _CUT)


def _brotli(data: bytes, step: int = LARGEST) -> Payload:
    undo, parts, size = brotli.Decompressor(), list[bytes](), 0
    for at in range(0, len(data), step):
        try:
            parts.append(undo.process(data[at : at + step], output_buffer_limit=LARGEST + 1))
        except brotli.error:
            return _brotli(data, _FINE) if step > _FINE else Payload(b"".join(parts), _DAMAGED)
        size += len(parts[-1])
        if undo.is_finished() or size > LARGEST:
            return Payload(b"".join(parts))
    return Payload(b"".join(parts), _CUT)
