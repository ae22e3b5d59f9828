"""Bytes to documents, as a user meets them on standard input."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

from byline.ingest import Facts, Failure, Options, read
from byline.records import Document

OPTIONS, FACTS = Options(), Facts()
STORY = "The army left the town of Serpa on Monday."
OTHER = "Police arrested three union leaders in Moura."


class Pipe(io.RawIOBase):
    """Bytes that come a few at a time and cannot be gone back to."""

    def __init__(self, data: bytes, step: int = 7) -> None:
        self._inner, self._step = io.BytesIO(data), step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._inner.read(min(len(buffer), self._step))
        buffer[: len(data)] = data
        return len(data)


def read_all(
    data: bytes,
    *,
    options: Options = OPTIONS,
    facts: Facts = FACTS,
    piped: bool = False,
) -> list[Document | Failure]:
    stdin = io.BufferedReader(Pipe(data)) if piped else io.BytesIO(data)
    return list(read(["-"], options=options, facts=facts, stdin=stdin))  # type: ignore[arg-type]


def words(data: bytes, *, options: Options = OPTIONS, piped: bool = False) -> list[tuple[str, str]]:
    """Return the name of each document with its text, or with why it cannot be read."""
    found = read_all(data, options=options, piped=piped)
    return [(d.source, d.reason if isinstance(d, Failure) else d.text) for d in found]


def documents(data: bytes, *, options: Options = OPTIONS, facts: Facts = FACTS) -> list[Document]:
    found = read_all(data, options=options, facts=facts)
    assert not [d for d in found if isinstance(d, Failure)]
    return [d for d in found if isinstance(d, Document)]


def kinds(data: bytes, *, options: Options = OPTIONS) -> list[tuple[str, str]]:
    """Return the name of each document with its text, or with the kind of its failure."""
    found = read_all(data, options=options)
    return [(d.source, d.kind if isinstance(d, Failure) else d.text) for d in found]


def zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)
