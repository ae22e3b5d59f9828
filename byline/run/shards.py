"""Sources cut into shards, each read by one worker at a time: a large file, or some hundred small ones.

Where a shard ends is told by the name of its last file, so a file that is added to a folder changes one shard,
not all that come after it.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from zlib import crc32

import fsspec
from fsspec.core import has_magic, url_to_fs

import byline
from byline.errors import ConfigurationError
from byline.ingest import Facts, Manifest, Options
from byline.ingest.opening import documents
from byline.ingest.pages import STDIN
from byline.ingest.source import Source
from byline.ingest.sources import Found, find, read_found
from byline.plugged import told
from byline.records import Document, Failure, Origin, Record
from byline.run import program
from byline.run.job import Settings
from byline.run.program import folder_digest

REMOTE = "://"  # in the name of what lies on an object store
FILES = 128  # small files in a shard, about
_MOST_FILES, _MOST_BYTES = 4, 32_000_000  # times FILES; bytes of a shard of small files
_STAMPS = ("ETag", "md5Hash", "etag", "LastModified", "mtime", "created")  # what tells a changed file on some store


class Edition(Record, frozen=True, kw_only=True):
    """All that decides the records beside the sources: how they are coded and how they are read."""

    version: str
    program: str
    ontology: str
    ontology_digest: str
    pipeline: str
    pipeline_version: str
    plugins: str = ""
    reading: str


class Shard(NamedTuple):
    """What one task reads: `name` is a digest of its files, what is known of them, and the edition.

    Relative names start from `folder`. A Failure among the parts is what would not be opened.
    """

    name: str
    parts: tuple[Found | Failure, ...]
    folder: str

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(part.inside or part.name for part in self.parts if isinstance(part, Found))


class _Sized(NamedTuple):
    """A part of a shard, how large it is, and what changes when it changes."""

    part: Found | Failure
    size: int = 0
    stamp: str = ""


def edition_of(settings: Settings, options: Options) -> Edition:
    """Return the edition of a run; ConfigurationError if a setting is wrong."""
    read_by = folder_digest(Path(byline.__file__).parent).hex()[:16]
    plugins = told("byline.sources")
    return Edition(**program.edition_of(settings)._asdict(), reading=f"{options!r} {read_by} {plugins}".rstrip())


def cut(
    paths: Iterable[str],
    edition: Edition,
    *,
    facts: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    manifest: Manifest | None = None,
    size: int = FILES,
) -> Iterator[Shard]:
    """Yield the shards of the sources, in the order in which one machine would read them.

    Paths are those of `byline.ingest.read`, and addresses that fsspec knows: `s3://bucket/crawl/`, a file, a folder
    or a pattern. Of the latter the manifest knows nothing. ConfigurationError at once if a path does not exist,
    or is standard input.
    """
    found = chain.from_iterable([_sized(path, facts, manifest) for path in paths])
    return (_shard(group, edition) for group in _grouped(found, size))


def read_shard(shard: Shard, options: Options) -> Iterator[Document | Failure]:
    """Yield what the files of a shard hold, as one machine would."""
    for part in shard.parts:
        if isinstance(part, Failure):
            yield part
        elif REMOTE in part.name:
            yield from _read_remote(part, options)
        else:
            yield from read_found(part, options, path=Path(shard.folder, part.name))


def _sized(path: str, facts: Facts, manifest: Manifest | None) -> Iterator[_Sized]:
    if path == STDIN:
        raise ConfigurationError("Standard input cannot be cut into shards. Save it as a file, and give its path.")
    if REMOTE in path:
        return iter(_remote(path, facts))
    return map(_local, find([path], facts=facts, manifest=manifest))


def _local(found: Found | Failure) -> _Sized:
    if isinstance(found, Failure):
        return _Sized(found)
    try:
        about = Path(found.name).stat()
    except OSError:
        return _Sized(found)  # reading it says what is wrong
    if not stat.S_ISREG(about.st_mode):
        raise ConfigurationError(f"{found.name} is a pipe, which no worker can read. Save it as a file.")
    return _Sized(found, about.st_size, str(about.st_mtime_ns))


def _remote(address: str, facts: Facts) -> list[_Sized]:
    try:
        store, path = url_to_fs(address)
        found = store.glob(path, detail=True) if has_magic(path) else store.find(path, detail=True)
    except Exception as error:  # each store has errors of its own
        raise ConfigurationError(f"{address} cannot be listed ({error}). Check the address and your rights.") from error
    about = {name: info for name, info in sorted(found.items()) if info.get("type") == "file" and not _hidden(name)}
    if not about:
        raise ConfigurationError(f"There is no file at {address}. Check the address.")
    return [
        _Sized(Found(store.unstrip_protocol(name), facts), info["size"] or 0, _stamp(info))
        for name, info in about.items()
    ]


def _hidden(name: str) -> bool:
    return any(part.startswith(".") for part in name.split("/"))


def _stamp(about: dict[str, object]) -> str:
    return next((str(about[key]) for key in _STAMPS if about.get(key)), "")


def _grouped(found: Iterable[_Sized], size: int) -> Iterator[list[_Sized]]:
    group: list[_Sized] = []
    for item in found:
        if item.size >= _MOST_BYTES // 4:
            if group:
                yield group
            yield [item]
            group = []
            continue
        group.append(item)
        full = len(group) >= size * _MOST_FILES or sum(i.size for i in group) >= _MOST_BYTES
        if full or _ends_shard(item, size):
            yield group
            group = []
    if group:
        yield group


def _ends_shard(item: _Sized, size: int) -> bool:
    name = item.part.name if isinstance(item.part, Found) else item.part.source
    return crc32(os.fsencode(name)) % size == 0


def _shard(group: list[_Sized], edition: Edition) -> Shard:
    digest = blake2b(repr((edition, group)).encode(), digest_size=16).hexdigest()
    return Shard(digest, tuple(item.part for item in group), str(Path.cwd()))


def _read_remote(found: Found, options: Options) -> Iterator[Document | Failure]:
    try:
        with fsspec.open(found.name, "rb") as stream:
            source = Source(found.name, cast("BinaryIO", stream), found.facts, Origin(container=found.name))
            yield from documents(source, options)
    except OSError as error:
        yield Failure(
            source=found.name, reason=f"The file cannot be read ({error}). Check the address and your rights."
        )
