"""Files, folders, patterns, members and standard input to pages and documents, a failure for each that cannot be read.

What a path names is read, link or not. Below a folder only files are: devices and pipes are never opened, links to
folders not followed. A link to a file is read if it stays in the folder, and once.
"""

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from itertools import takewhile
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from byline.errors import ConfigurationError
from byline.ingest.facts import Facts
from byline.ingest.limits import Meter, Readable, Unpacked
from byline.ingest.manifest import Manifest
from byline.ingest.opening import pages_of, read_pages
from byline.ingest.pages import STDIN, Page
from byline.ingest.source import Options, Source
from byline.records import INSIDE, Document, Failure, Origin

_PERMISSIONS = "Check its permissions."
_MAGIC = frozenset("*?[")
_ANY_DEPTH = "**"
_LISTED = 10  # names in a message
_LEAVES = "This is a link to {}, outside of the folder. Give that path itself if you want it read."
_SPECIAL = "This is no file but a device, pipe or socket. It is not opened."
_NOWHERE = "This is a link that leads nowhere. Remove it."


class Found(NamedTuple):
    """A file that is to be read: its name as users see it, and what is known of it; `inside`: that part of it alone."""

    name: str
    facts: Facts
    inside: str | None = None


class _Path(NamedTuple):
    """What a user asked for: a file or folder, a pattern of files below it, or what stands inside of a container."""

    start: str
    pattern: tuple[str, ...] = ()
    inside: str | None = None


def read(
    paths: Iterable[str],
    *,
    facts: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    manifest: Manifest | None = None,
    options: Options = Options(),  # noqa: B008 -- Options is frozen
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Failure]:
    """Yield each source as a Document, or as a Failure with the reason, in the order given; folders are sorted.

    A path is a file, a folder, a pattern (`crawl/**/*.html`), what stands in a container, as a document's `source`
    names it (`feeds.zip!/news.xml!/3`), or `-`. `facts` hold for all of them; what the manifest says of a file wins.
    ConfigurationError at once if a path does not exist.
    """
    return read_pages(pages(paths, facts=facts, manifest=manifest, options=options, stdin=stdin))


def pages(
    paths: Iterable[str],
    *,
    facts: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    manifest: Manifest | None = None,
    options: Options = Options(),  # noqa: B008 -- Options is frozen
    stdin: BinaryIO | None = None,
) -> Iterator[Page | Document | Failure]:
    """Yield what `read` would, but each page before it is read, if all that it holds is asked for."""
    return _opened(find(paths, facts=facts, manifest=manifest), options, stdin)


def find(
    paths: Iterable[str],
    *,
    facts: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    manifest: Manifest | None = None,
) -> Iterator[Found | Failure]:
    """Yield the files that `read` would read, in its order, and what it would not open. Errors as there."""
    return _find([_path(path) for path in paths], facts, manifest)


def read_found(found: Found, options: Options, *, path: Path | None = None) -> Iterator[Document | Failure]:
    """Yield what a file holds that was found; `path` is where it lies, if not where its name says."""
    return read_pages(_held_by(found, path or Path(found.name), options))


def _held_by(found: Found, path: Path, options: Options) -> Iterator[Page | Document | Failure]:
    held = _file(found.name, path, found.facts, options)
    return _inside(found.inside, read_pages(held)) if found.inside else held


def count(paths: Iterable[str]) -> int:
    """Return how many sources the paths hold, for a progress bar."""
    return sum(1 for path in paths for _ in _files(_path(path)))


def _path(given: str) -> _Path:
    """Return what a path asks for; ConfigurationError if there is no such thing."""
    if given == STDIN or Path(given).exists():
        return _Path(given)
    parts = given.split(INSIDE)
    for end in range(1, len(parts)):
        if Path(container := INSIDE.join(parts[:end])).is_file():
            return _Path(container, inside=given)
    if _MAGIC.intersection(given):
        path = Path(given)
        fixed = Path(*takewhile(lambda part: not _MAGIC.intersection(part), path.parts))
        pattern = _Path(str(fixed), pattern=path.parts[len(fixed.parts) :])
        if next(_files(pattern), None) is not None:
            return pattern
        raise ConfigurationError(f"No file matches {given}. Check the pattern; ** stands for folders of any depth.")
    raise ConfigurationError(f"There is no file or folder {given}. Check the path; `-` is standard input.")


def _find(paths: Iterable[_Path], facts: Facts, manifest: Manifest | None) -> Iterator[Found | Failure]:
    skipped = os.path.realpath(manifest.path) if manifest else None
    for path in paths:
        for name in _files(path):
            if isinstance(name, Failure):
                yield name
            elif name == STDIN:
                yield Found(name, facts)
            elif os.path.realpath(name) != skipped:
                yield Found(name, manifest.facts(Path(name)).over(facts) if manifest else facts, path.inside)


def _opened(
    found: Iterable[Found | Failure], options: Options, stdin: BinaryIO | None
) -> Iterator[Page | Document | Failure]:
    for item in found:
        if isinstance(item, Failure):
            yield item
        elif item.name == STDIN:
            yield from pages_of(_source(STDIN, stdin or _standard_input(), item.facts), options)
        else:
            yield from _held_by(item, Path(item.name), options)


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # whoever started the program has closed it
        raise ConfigurationError("Standard input is closed. Name a file, or pipe the text in.")
    return sys.stdin.buffer


def _source(name: str, stream: BinaryIO, facts: Facts) -> Source:
    found = stream if stream.seekable() else Unpacked(cast("Readable", stream), Meter(0), outermost=True)
    return Source(name, found, facts, Origin(container=name))


def _inside(wanted: str, found: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
    """Yield what has a name, stands inside of it, or keeps it from being read; ConfigurationError if nothing does."""
    known: list[str] = []
    is_there = False
    for document in found:
        is_on_the_way = isinstance(document, Failure) and wanted.startswith(document.source + INSIDE)
        if document.source == wanted or document.source.startswith(wanted + INSIDE) or is_on_the_way:
            is_there = True
            yield document
        elif len(known) < _LISTED:
            known.append(document.source)
    if not is_there:
        raise ConfigurationError(f"There is no {wanted}. The first that are there: {', '.join(known) or 'none'}.")


def _files(path: _Path) -> Iterator[str | Failure]:
    """Yield the path itself, or every file below a folder, sorted; hidden files and folders are passed over."""
    if path.start == STDIN or not Path(path.start).is_dir():
        yield path.start if _may_be_named(path.start) else Failure(source=path.start, reason=_SPECIAL)
        return
    errors: list[OSError] = []
    empty = True
    for folder, folders, files in os.walk(path.start, onerror=errors.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        yield from (left for f in folders if (left := _leaves(Path(folder, f), path.start)))
        for file in sorted(f for f in files if not f.startswith(".")):
            name = Path(folder, file)
            if path.pattern and not _fits_partly(name.relative_to(path.start).parts, path.pattern):
                continue
            empty = False
            if (found := _allowed(name, path.start)) is not None:
                yield found
    for error in errors:
        yield Failure(source=error.filename, reason=f"The folder cannot be read ({error.strerror}). {_PERMISSIONS}")
    if empty and not errors and not path.pattern:
        yield Failure(source=path.start, reason="The folder holds no files. Check the path.")


def _fits_partly(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether a file or a folder above it fits a pattern."""
    return any(_fits(parts[:end], pattern) for end in range(1, len(parts) + 1))


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == _ANY_DEPTH:
        return any(_fits(parts[start:], pattern[1:]) for start in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])


def _allowed(path: Path, folder: str) -> str | Failure | None:
    """Return a file below a folder that may be opened, why it may not, or None if it is read under another name."""
    name = str(path)
    try:
        mode = path.stat().st_mode
    except OSError:
        return Failure(source=name, reason=_NOWHERE) if path.is_symlink() else name
    if left := _leaves(path, folder):
        return left
    if path.is_symlink():
        inside = Path(os.path.realpath(path)).relative_to(os.path.realpath(folder))
        if not any(part.startswith(".") for part in inside.parts):
            return None
    return name if stat.S_ISREG(mode) else Failure(source=name, reason=_SPECIAL)


def _leaves(path: Path, folder: str) -> Failure | None:
    """Return why a link is not followed if it leads out of the folder; None for what is no such link."""
    if not path.is_symlink():
        return None
    target = os.path.realpath(path)
    is_inside = Path(target).is_relative_to(os.path.realpath(folder))
    return None if is_inside else Failure(source=str(path), reason=_LEAVES.format(target))


def _may_be_named(path: str) -> bool:
    """Whether a path that is no folder may be opened: a file, or a pipe, which shells give for `<(command)`."""
    if path == STDIN:
        return True
    try:
        mode = Path(path).stat().st_mode
    except OSError:
        return True  # opening it says what is wrong
    return stat.S_ISREG(mode) or stat.S_ISFIFO(mode)


def _file(name: str, path: Path, facts: Facts, options: Options) -> Iterator[Page | Failure]:
    try:
        with path.open("rb") as stream:
            yield from pages_of(_source(name, stream, facts), options)
    except OSError as error:
        yield Failure(source=name, reason=f"The file cannot be read ({error.strerror}). {_PERMISSIONS}")
