"""Files, folders and standard input to documents, one failure for each that cannot be read."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from byline.errors import ConfigurationError
from byline.ingest.facts import Facts
from byline.ingest.manifest import Manifest
from byline.ingest.opening import documents
from byline.ingest.pages import STDIN
from byline.ingest.source import Options, Source
from byline.records import Document, Failure, Origin

_PERMISSIONS = "Check its permissions."


def read(
    paths: Iterable[str],
    *,
    facts: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    manifest: Manifest | None = None,
    options: Options = Options(),  # noqa: B008 -- Options is frozen
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
    return _read(sources, facts, manifest, options, stdin or sys.stdin.buffer)


def count(paths: Iterable[str]) -> int:
    """Return how many sources the paths hold, for a progress bar."""
    return sum(1 for source in paths for _ in _files(source))


def _read(
    sources: Iterable[str], facts: Facts, manifest: Manifest | None, options: Options, stdin: BinaryIO
) -> Iterator[Document | Failure]:
    skipped = manifest.path.resolve() if manifest else None
    for source in sources:
        for name in _files(source):
            if isinstance(name, Failure):
                yield name
            elif name == STDIN:
                yield from documents(Source(name, stdin, facts, Origin(container=name)), options)
            elif (path := Path(name)).resolve() != skipped:
                yield from _file(name, manifest.facts(path).over(facts) if manifest else facts, options)


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


def _file(name: str, facts: Facts, options: Options) -> Iterator[Document | Failure]:
    try:
        with Path(name).open("rb") as stream:
            yield from documents(Source(name, stream, facts, Origin(container=name)), options)
    except OSError as error:
        yield Failure(source=name, reason=f"The file cannot be read ({error.strerror}). {_PERMISSIONS}")
