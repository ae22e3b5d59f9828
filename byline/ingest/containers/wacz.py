"""WACZ files: a ZIP of WARCs, with a list of the pages that were meant to be kept.

The WARCs are read out of the ZIP as it is. A title in the list is the page's, a time in it holds where a record has
none; a response that is in no list is read as well.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any, BinaryIO, NamedTuple, cast

import msgspec

from byline.errors import DocumentError
from byline.ingest.containers import arc, warc
from byline.ingest.containers.captures import day_of
from byline.ingest.containers.digests import KINDS
from byline.ingest.facts import Facts
from byline.ingest.formats import recognise
from byline.ingest.source import LARGEST, Options, Source
from byline.ingest.spooling import seekable
from byline.records import INSIDE, Failure

_PACKAGE, _WARCS = "datapackage.json", "archive/"
_PACKAGE_DIGEST = "datapackage-digest.json"
_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_MOST_PAGES = 100_000  # entries of lists that are held; a title is a help and no need
_LONGEST_LINE = 1 << 20  # lists may hold the words of their pages
_EXPANSION = 200
_STEP = 1 << 16
_LOCAL_HEAD = 30
_ENCRYPTED = 1
_LONGEST_TITLE = 500
_LISTED = 5 * LARGEST  # bytes of a list that are read
_ERRORS = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error)
_AGAIN = "Fetch the file anew, or compare it with its checksum."


class Page(NamedTuple):
    """An entry of a list: its title, None if it has none, and when it was captured, None if that cannot be told."""

    title: str | None
    captured: datetime | None


def is_wacz(names: Collection[str]) -> bool:
    """Whether a ZIP with these names in it is a WACZ."""
    return _PACKAGE in names and any(name.startswith(_WARCS) for name in names)


def read(source: Source, options: Options) -> Iterator[Source | Failure]:
    """Yield the pages of all WARCs of a WACZ, in its order, and a Failure for all that is wrong with it.

    With `check_digests`, each file that does not have the digest of the package is a Failure; what can be read of it is
    read all the same, and the digests of its records are checked as well.
    DocumentError if it is no ZIP.
    """
    stream = seekable(source.stream)
    try:
        files = zipfile.ZipFile(stream)
    except _ERRORS as error:
        raise DocumentError(f"The ZIP archive cannot be opened ({error}). {_AGAIN}") from error
    with files:
        if options.check_digests:
            yield from _check(files, source)
        pages = _pages(files)
        for info in files.infolist():
            if info.filename.startswith(_WARCS) and not info.is_dir():
                for found in _archive(files, stream, info, source, options):
                    yield found if isinstance(found, Failure) else _listed(found, pages)


def _archive(
    files: zipfile.ZipFile, stream: BinaryIO, info: zipfile.ZipInfo, source: Source, options: Options
) -> Iterator[Source | Failure]:
    name = info.filename
    if _is_bomb(info):
        yield _failure(source, name, f"The file grows to more than {_EXPANSION} times its size. It is not read.")
        return
    try:
        stored = info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & _ENCRYPTED
        base = _start(stream, info) if stored else None
        inside = files.open(info) if base is None else _section(stream, base, info.file_size)
        member = source.member(name, cast("BinaryIO", inside))
        reader = {"warc": warc.read, "arc": arc.read}.get(recognise(member.stream))
        if reader:
            yield from reader(member, options, base=base if source.origin.member is None else None)
    except _ERRORS as error:
        yield _failure(source, name, f"The file cannot be read to its end ({error}). {_AGAIN}")


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > LARGEST and info.file_size > _EXPANSION * info.compress_size


def _start(stream: BinaryIO, info: zipfile.ZipInfo) -> int:
    """Return where the bytes of a stored file begin: behind a head that tells its own length."""
    stream.seek(info.header_offset)
    head = stream.read(_LOCAL_HEAD)
    if not head.startswith(b"PK\x03\x04") or len(head) < _LOCAL_HEAD:
        raise zipfile.BadZipFile("its head is damaged")
    return (
        info.header_offset + _LOCAL_HEAD + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:], "little")
    )


class _Section(io.RawIOBase):
    """Bytes of a file from one place to another. The checksum of a ZIP would end the reading at the first flaw."""

    def __init__(self, stream: BinaryIO, start: int, length: int) -> None:
        self._stream, self._start, self._length, self._at = stream, start, length, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + (0, self._at, self._length)[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 -- any buffer
        self._stream.seek(self._start + self._at)
        data = self._stream.read(max(0, min(len(buffer), self._length - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _section(stream: BinaryIO, start: int, length: int) -> io.BufferedReader:
    return io.BufferedReader(_Section(stream, start, length), 1 << 16)


def _pages(files: zipfile.ZipFile) -> Mapping[str, list[Page]]:
    """Return the entries of the lists by address; what is wrong with a list takes nothing from the WARCs."""
    found: defaultdict[str, list[Page]] = defaultdict(list)
    names = set(files.namelist())
    lines = (line for name in _LISTS if name in names for line in _lines(files, name))
    for line in islice(lines, _MOST_PAGES):
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and isinstance(entry.get("url"), str):
            found[entry["url"]].append(_entry(entry))
    return found


def _lines(files: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with files.open(name) as lines:
            while lines.tell() < _LISTED and (line := lines.readline(_LONGEST_LINE)):
                yield line
    except _ERRORS:
        return


def _entry(entry: Mapping[str, object]) -> Page:
    title = entry.get("title")
    words = " ".join(title[:_LONGEST_TITLE].split()) if isinstance(title, str) else ""
    return Page(words if words and words != entry["url"] else None, _moment(entry.get("ts")))


def _moment(words: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(words) if isinstance(words, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC) if found else None


def _listed(page: Source, pages: Mapping[str, list[Page]]) -> Source:
    """Return a page with what the list says of its capture: the entry of its address that is nearest in time."""
    entries = pages.get(page.facts.url or "")
    if not entries:
        return page
    captured = _moment(page.origin.captured)
    entry = min(entries, key=lambda e: abs((e.captured - captured).total_seconds()) if e.captured and captured else 0)
    facts = Facts(title=entry.title).over(page.facts)
    if captured or not entry.captured:
        return page._replace(facts=facts)
    stamp = entry.captured.strftime("%Y-%m-%dT%H:%M:%SZ")
    return page._replace(
        facts=Facts(retrieved=day_of(stamp[:10])).over(facts),
        origin=msgspec.structs.replace(page.origin, captured=stamp),
    )


def _check(files: zipfile.ZipFile, source: Source) -> Iterator[Failure]:
    """Yield a Failure for each file of the package that is missing or has another digest than is stated."""
    for name, stated in _stated(files):
        try:
            found = _digest(files, name, stated.partition(":")[0])
        except KeyError:
            yield _failure(source, name, f"The package lists the file, and it is not there. {_AGAIN}")
        except _ERRORS as error:
            yield _failure(source, name, f"The file cannot be read to its end ({error}). {_AGAIN}")
        else:
            if found and found != stated.lower():
                reason = f"The package states the digest {stated}, and the file has {found}. {_AGAIN}"
                yield _failure(source, name, reason)


def _stated(files: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    package, seal = (_json(files, name) for name in (_PACKAGE, _PACKAGE_DIGEST))
    if isinstance(seal.get("hash"), str):
        yield _PACKAGE, seal["hash"]
    resources = package.get("resources")
    for entry in resources if isinstance(resources, list) else []:
        if isinstance(entry, dict) and isinstance(entry.get("path"), str) and isinstance(entry.get("hash"), str):
            yield entry["path"], entry["hash"]


def _json(files: zipfile.ZipFile, name: str) -> dict[str, Any]:
    try:
        with files.open(name) as file:
            found = json.loads(file.read(LARGEST))
    except (KeyError, ValueError, RecursionError, *_ERRORS):
        return {}
    return found if isinstance(found, dict) else {}


def _digest(files: zipfile.ZipFile, name: str, kind: str) -> str | None:
    if kind.lower() not in KINDS or _is_bomb(files.getinfo(name)):
        return None
    digest = hashlib.new(kind.lower(), usedforsecurity=False)
    with files.open(name) as file:
        while data := file.read(_STEP):
            digest.update(data)
    return f"{kind.lower()}:{digest.hexdigest()}"


def _failure(source: Source, name: str, reason: str) -> Failure:
    return Failure(source=f"{source.name}{INSIDE}{name}", reason=reason, kind="damaged")
