"""ZIP: members read where they stand, never extracted, whatever their names say.

The list of members stands at the end; where it is lost, members are found by their own headers.
"""

import stat
import struct
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from byline import knowledge
from byline.errors import DocumentError
from byline.ingest.containers.litter import is_litter
from byline.ingest.containers.unlisted import unlisted
from byline.ingest.limits import DAMAGE, Meter, Unpacked, meter_of, seekable
from byline.ingest.source import Options, Source, shown
from byline.records import INSIDE, Failure, Origin

_OFFICE = frozenset(knowledge.load("files.toml")["office"])
_BROKEN = (*DAMAGE, struct.error, ValueError, OverflowError, IndexError)
_ENCRYPTED = 1  # a bit of the flags
_LOCKED = "The member is encrypted. Unpack the archive with its password first."
_DAMAGED = "The member is damaged after {:,} bytes ({}). Get the archive again."
_NO_LIST = (
    "The archive is damaged or cut off: its list of members is lost. Those found by their own headers were read; "
    "get it again for the rest."
)


def read(source: Source, options: Options) -> Iterator[Source | Failure]:
    """Yield each file in the archive; those of a web archive in WACZ as its own list has them.

    DocumentError if it is an office document, or more is unpacked than its size allows.
    """
    from byline.ingest.containers import wacz  # noqa: PLC0415 -- web archives are loaded when there is one

    meter = meter_of(source.stream)
    with seekable(source.stream) as stream:
        archive = _opened(stream)
        if archive is None:
            yield from _unlisted(source, stream, meter)
            return
        names = archive.namelist()
        if wacz.is_wacz(names):
            stream.seek(0)
            yield from wacz.read(source._replace(stream=stream), options)
            return
        if not _OFFICE.isdisjoint(names):
            raise DocumentError("This is an office document. Save it as text, HTML or PDF.")
        for info in archive.infolist():
            if _is_file(info) and not is_litter(info.filename):
                yield from _member(source, archive, info, meter)
                meter.check()


def _opened(stream: BinaryIO) -> zipfile.ZipFile | None:
    try:
        return zipfile.ZipFile(stream)
    except _BROKEN:
        return None


def _is_file(info: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(info.external_attr >> 16)
    return not info.is_dir() and kind in {0, stat.S_IFREG}


def _member(
    source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, meter: Meter
) -> Iterator[Source | Failure]:
    name = f"{source.name}{INSIDE}{shown(info.filename)}"
    if info.flag_bits & _ENCRYPTED:
        yield Failure(source=name, reason=_LOCKED)
        return
    try:
        stream = Unpacked(archive.open(info), meter)  # type: ignore[arg-type] # it can be read
    except _BROKEN as error:
        yield Failure(source=name, reason=_DAMAGED.format(0, error), kind="damaged")
        return
    yield source.member(info.filename, stream, origin=_origin(source, info))
    if stream.damage:
        yield Failure(source=name, reason=_DAMAGED.format(stream.count, stream.damage), kind="damaged")


def _origin(source: Source, info: zipfile.ZipInfo) -> Origin | None:
    """Return where the member's header and packed bytes stand; None inside of another container."""
    if source.depth:
        return None
    return Origin(
        container=source.origin.container,
        member=shown(info.filename),
        offset=info.header_offset,
        length=info.compress_size,
    )


def _unlisted(source: Source, stream: BinaryIO, meter: Meter) -> Iterator[Source | Failure]:
    for name, packed in unlisted(stream):
        if not is_litter(name):
            unpacked = Unpacked(packed, meter)
            yield (member := source.member(name, unpacked))
            if unpacked.damage:
                reason = _DAMAGED.format(unpacked.count, unpacked.damage)
                yield Failure(source=member.name, reason=reason, kind="damaged")
            meter.check()
    yield Failure(source=source.name, reason=_NO_LIST, kind="damaged")
