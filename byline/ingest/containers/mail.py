"""Mail: a message (EML) or a mailbox of them (mbox), as newsletters come.

A message is one article: its HTML, or its plain text where that says more. What is attached is a member of its
own. Headers are read leniently: the strict parser of the standard library raises on many that are in use.
"""

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32
from email.utils import parseaddr
from io import BytesIO
from typing import Any, NamedTuple, TypeVar

from lxml import etree, html

from byline import knowledge
from byline.ingest.containers.lines import Lines
from byline.ingest.containers.stamps import day_of
from byline.ingest.facts import Facts
from byline.ingest.formats import HEAD, format_of, head_of
from byline.ingest.limits import Meter, Unpacked, meter_of
from byline.ingest.source import DEEPEST, LARGEST, Options, Source
from byline.records import INSIDE, Failure, Origin

T = TypeVar("T")
_LABELS: dict[str, str] = knowledge.load("files.toml")["labels"]
_BODIES = ("text/html", "text/plain")
_SEPARATOR = b"From "
_BEGINS = re.compile(rb"From .*(?:19|20)\d\d")
_QUOTED = re.compile(rb">+From ")
_COMMENT = re.compile(r"\([^()]{0,200}\)")
_LISTED = re.compile(r'"?([^"<>]*?)"?\s*<[^<>]*>')
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")
_TOO_LARGE = f"The message has more than {LARGEST:,} bytes. It is passed over."


class _Raw(NamedTuple):
    """A message's bytes and where they stand; None if they are too many."""

    data: bytes | None
    offset: int
    length: int


class _Lenient(Compat32):
    """Headers as they stand, with bytes beyond ASCII as surrogates."""

    def header_fetch_parse(self, name: str, value: str) -> Any:  # noqa: ANN401, ARG002 -- as the library has it
        return value


def read(source: Source, options: Options) -> Iterator[Source | Failure]:  # noqa: ARG001 -- all readers have them
    """Yield the article of each message, and what is attached to it."""
    meter = meter_of(source.stream)
    if not head_of(source.stream).lstrip().startswith(_SEPARATOR):
        yield from _parsed(source, source.read(), meter)
        return
    for number, raw in enumerate(_messages(Lines(source.stream)), 1):
        if raw.data is None:
            yield Failure(source=f"{source.name}{INSIDE}{number}", reason=_TOO_LARGE)
            continue
        member = source.member(str(number), BytesIO(), origin=_origin(source, number, raw))
        yield from _parsed(member, raw.data, meter)


def _parsed(source: Source, data: bytes, meter: Meter) -> Iterator[Source | Failure]:
    try:
        message = message_from_bytes(data, policy=_Lenient())
    except RecursionError:
        yield Failure(source=source.name, reason="The message nests its parts too deep to be read. It is left out.")
        return
    yield from _message(source, message, meter)


def _origin(source: Source, number: int, raw: _Raw) -> Origin | None:
    if source.depth:
        return None
    return Origin(container=source.origin.container, member=str(number), offset=raw.offset, length=raw.length)


def _messages(lines: Lines) -> Iterator[_Raw]:
    """Yield each message of a mailbox, its separating line left out, quoted lines that look like one restored."""
    found: list[bytes] = []
    size = offset = start = 0
    is_blank = True
    for line in lines:
        if is_blank and _BEGINS.match(line):
            if start > offset:
                yield _Raw(b"".join(found) if size <= LARGEST else None, offset, start - offset)
            found, size, offset = [], 0, start
        else:
            size += len(line)
            if size <= LARGEST:
                found.append(line[1:] if _QUOTED.match(line) else line)
        is_blank = not line.strip()
        start = lines.at
    if found:
        yield _Raw(b"".join(found) if size <= LARGEST else None, offset, start - offset)


def _message(source: Source, message: Message, meter: Meter) -> Iterator[Source | Failure]:
    if source.depth > DEEPEST:
        yield Failure(source=source.name, reason=f"Messages stand inside of each other more than {DEEPEST} deep.")
        return
    facts, bodies, attached = _facts(message), dict[str, list[bytes]](), list[Message]()
    for part in _parts(message):
        if (kind := _kind(part)) in _BODIES and not _is_attached(part):
            bodies.setdefault(kind, []).append(_text(part))
        else:
            attached.append(part)
    body = _body(*(b"\n".join(bodies.get(kind, ())) for kind in _BODIES))
    if body.strip():
        yield source._replace(stream=BytesIO(body), facts=facts.over(source.facts), is_page=True)
    elif not attached:
        yield Failure(source=source.name, reason="The message has no text. It is left out.", kind="empty")
    for number, part in enumerate(attached, 1):
        yield from _attachment(source, part, number, facts, meter)


def _parts(message: Message) -> Iterator[Message]:
    """Yield the parts of a message in order; messages that stand inside stay whole."""
    waiting: list[Any] = [message]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += reversed(inner)
        else:
            yield part


def _body(markup: bytes, plain: bytes) -> bytes:
    """Return the HTML, which has headings and no hard line ends, unless the plain text says twice as much."""
    if not markup.strip():
        return plain
    return plain if len(plain.split()) > 2 * _words_in(markup) else markup


def _words_in(markup: bytes) -> int:
    try:
        tree = html.document_fromstring(markup)
    except (etree.ParserError, ValueError):
        return 0
    etree.strip_elements(tree, "script", "style", "head", with_tail=False)
    return len("".join(tree.itertext()).split())


def _attachment(source: Source, part: Message, number: int, facts: Facts, meter: Meter) -> Iterator[Source | Failure]:
    """Yield an attached page, archive or message; pictures, signatures and the like are passed over."""
    inner = part.get_payload()
    if (
        part.get_content_type() == "message/rfc822"
        and isinstance(inner, list)
        and inner
        and isinstance(inner[0], Message)
    ):
        yield from _message(source.member(str(number), BytesIO()), inner[0], meter)
        return
    data = _text(part) if part.get_content_type() in _BODIES else _data(part)
    if part.get_content_type() not in _BODIES and format_of(data[:HEAD]) == "page":
        return
    told = Facts(publication=facts.publication, published=facts.published)
    name = _decoded(_or_none(part.get_filename)) or str(number)
    yield source.member(name, Unpacked(BytesIO(data), meter), facts=told)


def _kind(part: Message) -> str:
    """Return the type of a part; one that should have parts of its own and has none is text."""
    return "text/plain" if part.get_content_maintype() == "multipart" else part.get_content_type()


def _is_attached(part: Message) -> bool:
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _text(part: Message) -> bytes:
    """Return the bytes of a text, in UTF-8 where its charset is declared and it is in no UTF-8."""
    data = _data(part)
    charset = _or_none(part.get_content_charset)
    try:
        data.decode()
    except UnicodeDecodeError:
        return _or_none(lambda: data.decode(_LABELS.get(charset or "", charset or ""), "replace").encode()) or data
    return data


def _data(part: Message) -> bytes:
    data = _or_none(lambda: part.get_payload(decode=True))
    return data if isinstance(data, bytes) else b""


def _facts(message: Message) -> Facts:
    told = {name: _decoded(message.get(name)) for name in ("Subject", "Date", "Archived-At", "Content-Language")}
    archived = _ADDRESS.search(told["Archived-At"] or "")
    language = re.match(r"[A-Za-z]{2}(?![A-Za-z])", told["Content-Language"] or "")
    return Facts(
        title=told["Subject"],
        publication=_publication(message),
        url=archived[1] if archived else None,
        language=language[0].lower() if language else None,
        published=day_of(_COMMENT.sub("", told["Date"] or "")),
    )


def _publication(message: Message) -> str | None:
    """Return the name of the list, if it is one that people read; else that of the sender."""
    listed = _LISTED.match(_decoded(message.get("List-Id")) or "")
    if listed and listed[1] and not any(c.isdigit() for c in listed[1]):
        return listed[1]
    sender = str(message.get("From") or "")
    name, _ = _or_none(lambda: parseaddr(sender)) or ("", "")
    return _decoded(name)


def _decoded(value: object) -> str | None:
    """Return a header as one line, its encoded words and bytes beyond ASCII decoded; None if it says nothing."""
    raw = str(value or "").encode("utf-8", "surrogateescape")
    words = raw.decode("utf-8" if _is_utf8(raw) else "cp1252", "replace")
    words = " ".join(words.split())
    parts = _or_none(lambda: decode_header(words)) or [(words, None)]
    found = "".join(p if isinstance(p, str) else _piece(p, charset) for p, charset in parts)
    return " ".join(found.encode("utf-8", "replace").decode().split()) or None


def _piece(data: bytes, charset: str | None) -> str:
    if charset is None:  # words between encoded ones, which the library gives as escapes of Python's
        return data.decode("raw-unicode-escape", "replace")
    return _or_none(lambda: data.decode(_LABELS.get(charset, charset), "replace")) or data.decode("cp1252", "replace")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _or_none(call: Callable[[], T]) -> T | None:
    """Return what a call of the library gives; None where a malformed header makes it raise."""
    try:
        return call()
    except (ValueError, LookupError, TypeError, AttributeError, HeaderParseError):
        return None
