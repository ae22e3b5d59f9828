"""TAR: members one after another, never extracted, whatever their names say.

Only files are read: links name what stands elsewhere, devices and pipes hold nothing. Blocks that are no header
are passed over to the next one that is, and reported.
"""

import tarfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from byline.errors import DocumentError
from byline.ingest.containers.litter import is_litter
from byline.ingest.limits import Meter, Readable, Stretch, Unpacked, meter_of
from byline.ingest.source import Options, Source, shown
from byline.records import Failure, Origin

_LONGEST_NAME = 1 << 20  # bytes of a header that goes before another
_LONG = frozenset({tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, b"X"})
_BROKEN = (tarfile.TarError, ValueError, IndexError, KeyError, OverflowError)  # what the library raises for headers
_NO_HEADER = (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError)  # type: ignore[attr-defined] # not in the stub
_LOST = "The archive is damaged before byte {:,}: a member or more are lost. What follows was read."
_CUT = "The member ends after {:,} of its {:,} bytes. Get the archive again if it was cut off."


class _Header(tarfile.TarInfo):
    """A header that is refused where it would run backwards or fill the memory, and reports what is none."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        found = super().frombuf(buf, encoding, errors)
        if found.size < 0 or (found.type in _LONG and found.size > _LONGEST_NAME):
            raise tarfile.InvalidHeaderError("a size that cannot be")  # type: ignore[attr-defined]
        return found

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> "_Header":
        assert isinstance(tarfile, _Archive)
        try:
            return super().fromtarfile(tarfile)
        except _NO_HEADER:
            tarfile.lost.append(tarfile.fileobj.tell())
            raise


class _Archive(tarfile.TarFile):
    """An archive that goes on behind what is no header; `lost` are the ends of the blocks that it passed over."""

    tarinfo = _Header
    ignore_zeros = True
    fileobj: Any
    members: list[tarfile.TarInfo]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- handed on
        self.lost: list[int] = []
        super().__init__(*args, **kwargs)  # reads the first header

    def next_member(self) -> tarfile.TarInfo | None:
        """Return the next member, whatever is damaged before it; None at the end."""
        while True:
            before = self.fileobj.tell()
            try:
                found = self.next()
            except _BROKEN:
                self.offset = self.fileobj.tell()
                self.lost.append(self.offset)
                if self.offset > before:
                    continue
                return None
            self.members.clear()  # they would all be kept
            return found


def read(source: Source, options: Options) -> Iterator[Source | Failure]:  # noqa: ARG001 -- all readers have them
    """Yield each file in the archive, and a Failure for each stretch of it that is damaged."""
    archive, meter, last = _opened(source.stream), meter_of(source.stream), -1
    while True:
        info = archive.next_member()
        if archive.lost:
            yield Failure(source=source.name, reason=_LOST.format(max(archive.lost)), kind="damaged")
            archive.lost.clear()
        if info is None or info.offset <= last:
            return
        last = info.offset
        if info.isreg() and not is_litter(info.name):
            yield from _member(source, archive, info, meter)
            meter.check()


def _opened(stream: BinaryIO) -> _Archive:
    try:
        return _Archive.open(fileobj=stream, mode="r:" if stream.seekable() else "r|", errors="surrogateescape")
    except _BROKEN as error:
        raise DocumentError(f"The TAR archive is damaged ({error}). Get it again.") from error


def _member(source: Source, archive: _Archive, info: tarfile.TarInfo, meter: Meter) -> Iterator[Source | Failure]:
    content = archive.extractfile(info) if info.issparse() else Stretch(archive.fileobj, info.offset_data, info.size)
    stream = Unpacked(cast("Readable", content), meter)
    origin = None
    if not source.depth:
        name = shown(info.name)
        origin = Origin(container=source.origin.container, member=name, offset=info.offset_data, length=info.size)
    yield (member := source.member(info.name, stream, origin=origin))
    if stream.damage:
        yield Failure(source=member.name, reason=_CUT.format(stream.count, info.size), kind="damaged")
