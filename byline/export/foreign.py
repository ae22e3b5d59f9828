"""What the layouts of other tools have in common: columns from knowledge, words in one line, arrays of JSON."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import version
from typing import Any, BinaryIO, get_args

import msgspec

from byline import knowledge
from byline.export.columns import Cell, Column, Columns, Kind
from byline.export.layout import Chosen, Write
from byline.export.tables import Rows, tables
from byline.records import Document, Interval

_BLANK = "Left blank: Byline does not know it."


def table_of(name: str) -> dict[str, Any]:
    """Return what knowledge/layouts/NAME.toml says of a layout; callers must not change it."""
    return knowledge.load(f"layouts/{name}.toml")


@cache
def program() -> str:
    """Return the program's name and version."""
    return f"Byline {version('byline')}"


def columns_of(meanings: dict[str, str], kinds: dict[str, list[str]]) -> Columns:
    """Return columns by their meanings, which are empty for those that are left blank, and by what stands there."""
    kind_of: dict[str, Kind] = {name: kind for kind in get_args(Kind) for name in kinds.get(kind, ())}
    return {name: Column(meaning or _BLANK, kind_of.get(name, "text")) for name, meaning in meanings.items()}


def filled(rows: Rows, columns: Columns, first: str = "csv") -> dict[str, Write]:
    """Return the forms of a table whose rows hold those of its columns that are known; `first` is the usual one."""
    blank: dict[str, Cell] = dict.fromkeys(columns)
    forms = tables(lambda chosen: ({**blank, **row} for row in rows(chosen)), columns)
    return {first: forms[first], **forms}


def one_line(words: str) -> str:
    """Return words without line breaks and double spaces."""
    return " ".join(words.split())


def one_day(interval: Interval | None) -> str | None:
    """Return the day of an interval that is one, ISO 8601; None for several."""
    return interval.start if interval and interval.start == interval.end else None


def joined(words: Iterable[str | None], by: str = "; ") -> str | None:
    """Return words each once, in order and in one line; None if there are none."""
    known = dict.fromkeys(one_line(w) for w in words if w)
    return by.join(known) or None


def a_document_each(item: Callable[[Document], object]) -> dict[str, Write]:
    """Return the one form of an array of JSON with an item a document."""

    def write(chosen: Chosen, out: BinaryIO) -> None:
        write_array((item(read.index.document) for read in chosen.documents()), out)

    return {"json": write}


def write_array(items: Iterable[object], out: BinaryIO) -> None:
    """Write an array of JSON as its items come, one a line."""
    _write_items(items, out)
    out.write(b"\n")


def write_within(head: Mapping[str, str], name: str, items: Iterable[object], out: BinaryIO) -> None:
    """Write an object of JSON: its head, and an array by a name whose items come one a line."""
    out.write(msgspec.json.encode(head).removesuffix(b"}") + b"," + msgspec.json.encode(name) + b":")
    _write_items(items, out)
    out.write(b"}\n")


def _write_items(items: Iterable[object], out: BinaryIO) -> None:
    encoder = msgspec.json.Encoder()
    out.write(b"[")
    for number, item in enumerate(items):
        out.write(b",\n" if number else b"\n")
        out.write(encoder.encode(item))
    out.write(b"\n]")


def known(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value: what is not known is left out."""
    return {name: value for name, value in fields.items() if value is not None and value not in ("", [], {})}
