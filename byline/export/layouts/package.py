"""A data set to publish: tables in a ZIP file, a Frictionless Data Package and a Croissant card that describe them.

https://specs.frictionlessdata.io/data-package/ and https://docs.mlcommons.org/croissant/docs/croissant-spec.html
"""

import re
from hashlib import sha256
from io import RawIOBase
from typing import IO, Any, BinaryIO, NamedTuple, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from byline.export.chosen import OfArchive
from byline.export.columns import Kind
from byline.export.layout import Chosen, Layout
from byline.export.layouts import documents, events, incidents
from byline.knowledge import load

Card = dict[str, Any]
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day of ZIP files: the same data are to give the same bytes
_KEYS = {"incidents": "id"}  # the same text in two outlets has one document id, and its events one uid
_REFERENCES = {"events": {"document": ("documents", "document"), "happening": ("incidents", "id")}}  # by column
_FRICTIONLESS: dict[Kind, str] = {"text": "string", "whole": "integer", "real": "number", "day": "date"}
_CROISSANT: dict[Kind, str] = {"text": "sc:Text", "whole": "sc:Integer", "real": "sc:Float", "day": "sc:Date"}


class File(NamedTuple):
    """A table as it stands in the ZIP file: where, its layout, bytes and their digest."""

    path: str
    layout: Layout
    bytes: int
    digest: str


class _Counted(RawIOBase):
    """A stream that counts and digests what is written through it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.digest, self.bytes = out, sha256(), 0

    def writable(self) -> bool:
        return True

    def write(self, words: Any, /) -> int:  # noqa: ANN401 - whatever has bytes
        self.digest.update(words)
        self.bytes += len(words)
        return self._out.write(words)


def write_package(chosen: Chosen, out: BinaryIO) -> None:
    """Write the tables, then the cards with the digests of what was written."""
    layouts = [events.LAYOUT, documents.LAYOUT]
    if isinstance(chosen, OfArchive):
        layouts.insert(1, incidents.LAYOUT)
    with ZipFile(out, "w") as package:
        files = [_table(package, layout, chosen) for layout in layouts]
        cards = {"datapackage.json": frictionless(chosen, files), "croissant.json": croissant(chosen, files)}
        for name, card in cards.items():
            package.writestr(_entry(name), msgspec.json.format(msgspec.json.encode(card), indent=2))


def _table(package: ZipFile, layout: Layout, chosen: Chosen) -> File:
    path = f"data/{layout.name}.csv"
    with package.open(_entry(path), "w", force_zip64=True) as inside:
        counted = _Counted(inside)
        layout.forms["csv"](chosen, cast("BinaryIO", counted))
    return File(path, layout, counted.bytes, counted.digest.hexdigest())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    return entry


def frictionless(chosen: Chosen, files: list[File]) -> Card:
    """Return a tabular data package, version 1."""
    return {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^a-z0-9._-]+", "-", chosen.name.lower()).strip("-") or "events",
        "title": _title(chosen),
        "description": _about(),
        "resources": [_resource(file, {one.layout.name for one in files}) for file in files],
    }


def _resource(file: File, there: set[str]) -> Card:
    layout = file.layout
    fields = [{"name": n, "type": _FRICTIONLESS[c.kind], "description": c.meaning} for n, c in layout.columns.items()]
    schema: Card = {"fields": fields, "missingValues": [""]}
    if key := _KEYS.get(layout.name):
        schema["primaryKey"] = key
    keys = _REFERENCES.get(layout.name, {}).items()
    if found := [_reference(column, *to) for column, to in keys if to[0] in there]:
        schema["foreignKeys"] = found
    return {
        "profile": "tabular-data-resource",
        "name": layout.name,
        "title": layout.title,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.digest}",
        "schema": schema,
    }


def _reference(column: str, table: str, key: str) -> Card:
    return {"fields": column, "reference": {"resource": table, "fields": key}}


def croissant(chosen: Chosen, files: list[File]) -> Card:
    """Return a card of Croissant 1.0; who publishes it adds licence, address and how to cite it."""
    return {
        "@context": load("croissant.toml")["context"],
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": _title(chosen),
        "description": _about(),
        "distribution": [_file(file) for file in files],
        "recordSet": [_records(file) for file in files],
    }


def _file(file: File) -> Card:
    return {
        "@type": "cr:FileObject",
        "@id": f"{file.layout.name}.csv",
        "name": f"{file.layout.name}.csv",
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "text/csv",
        "sha256": file.digest,
    }


def _records(file: File) -> Card:
    name = file.layout.name
    fields = [
        {
            "@type": "cr:Field",
            "@id": f"{name}/{column}",
            "name": column,
            "description": told.meaning,
            "dataType": _CROISSANT[told.kind],
            "source": {"fileObject": {"@id": f"{name}.csv"}, "extract": {"column": column}},
        }
        for column, told in file.layout.columns.items()
    ]
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "description": file.layout.title, "field": fields}


def _title(chosen: Chosen) -> str:
    return f"Events of {chosen.name}"


def _about() -> str:
    return (
        "Events that news reports tell, coded by Byline: who did what to whom, when and where, whether it happened, "
        "and who says so. A report is no proof: see the columns status, said_by and happening_sources. "
        "What the tables cannot hold: " + " ".join(events.LAYOUT.losses)
    )


LAYOUT = Layout(
    name="package",
    title="A data set to publish: tables with a Frictionless Data Package and a Croissant card",
    level="event",
    columns={},
    forms={"zip": write_package},
    losses=(
        "What the layouts events, incidents and documents lose.",
        "Licence, publisher and how to cite it are for you to add to both cards.",
        "Of a lake there is no table of incidents.",
    ),
)
