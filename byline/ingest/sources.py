"""Files, folders and standard input to documents, one failure for each that cannot be read."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from byline.errors import ConfigurationError, DocumentError
from byline.ingest.encoding import decode
from byline.ingest.facts import Facts, Failure
from byline.ingest.manifest import Manifest
from byline.ingest.text import from_text
from byline.records import Document

STDIN = "-"
LARGEST = 40_000_000  # bytes of a file: the largest page in the widest encoding
_PERMISSIONS = "Check its permissions."
_TEXT, _HTML = frozenset({".txt", ".text"}), frozenset({".html", ".htm", ".xhtml"})


def read(
    paths: Iterable[str],
    *,
    facts: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    manifest: Manifest | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Failure]:
    """Yield each source as a Document, or as a Failure with the reason, in the order given; folders are sorted.

    `facts` hold for all of them; what the manifest says of a file wins.
    ConfigurationError at once if a path does not exist.
    """
    sources = list(paths)
    for source in sources:
        if source != STDIN and not Path(source).exists():
            raise ConfigurationError(f"There is no file or folder {source}. Check the path; `-` is standard input.")
    return _read(sources, facts, manifest, stdin or sys.stdin.buffer)


def count(paths: Iterable[str]) -> int:
    """Return how many sources the paths hold, for a progress bar."""
    return sum(1 for source in paths for _ in _files(source))


def _read(
    sources: Iterable[str], facts: Facts, manifest: Manifest | None, stdin: BinaryIO
) -> Iterator[Document | Failure]:
    skipped = manifest.path.resolve() if manifest else None
    for source in sources:
        for name in _files(source):
            if isinstance(name, Failure):
                yield name
            elif name == STDIN:
                yield _document(name, facts, stdin)
            elif (path := Path(name)).resolve() != skipped:
                yield _file(name, manifest.facts(path).over(facts) if manifest else facts)


def _files(source: str) -> Iterator[str | Failure]:
    """Yield the source itself, or every file below a folder, sorted; hidden files and folders are passed over."""
    if source == STDIN or not Path(source).is_dir():
        yield source
        return
    errors: list[OSError] = []
    empty = True
    for folder, folders, files in os.walk(source, onerror=errors.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(f for f in files if not f.startswith(".")):
            empty = False
            yield str(Path(folder, file))
    for error in errors:
        yield Failure(source=error.filename, reason=f"The folder cannot be read ({error.strerror}). {_PERMISSIONS}")
    if empty and not errors:
        yield Failure(source=source, reason="The folder holds no files. Check the path.")


def _file(name: str, facts: Facts) -> Document | Failure:
    try:
        with Path(name).open("rb") as stream:
            return _document(name, facts, stream)
    except OSError as error:
        return Failure(source=name, reason=f"The file cannot be read ({error.strerror}). {_PERMISSIONS}")


def _document(name: str, facts: Facts, stream: BinaryIO) -> Document | Failure:
    data = stream.read(LARGEST + 1)
    try:
        return from_bytes(data, source=name, facts=facts)
    except DocumentError as error:
        return Failure(source=name, reason=str(error))


def from_bytes(data: bytes, *, source: str = STDIN, facts: Facts = Facts()) -> Document:  # noqa: B008 -- Facts is frozen
    """Return a file's bytes as a Document; the name's ending tells HTML from text, else the content does.

    DocumentError if it is empty, too large, binary, or data that is no news text.
    """
    from byline.ingest.html import from_html, is_html  # noqa: PLC0415 -- trafilatura takes 0.3 s to import; text needs none

    if len(data) > LARGEST:
        raise DocumentError(f"The file has more than {LARGEST:,} bytes. Split it into one file an article.")
    suffix = Path(source).suffix.lower()
    text = decode(data, markup=suffix not in _TEXT)
    if suffix in _HTML or (suffix not in _TEXT and is_html(text)):
        return from_html(text, source=source, facts=facts)
    if suffix not in _TEXT and text.lstrip()[:1] in {"{", "["} and text.rstrip()[-1:] in {"}", "]"}:
        raise DocumentError("This is JSON, not a news text. Give its articles as text or HTML.")
    return from_text(text, source=source, facts=facts)
