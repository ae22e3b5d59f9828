"""Records of people in the archive: one after the other, none changed, each tied to the one before it."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Protocol

import msgspec

from byline.records import Record
from byline.store.archive import Archive


class _Named(Protocol):
    @property
    def id(self) -> str: ...


def add(archive: Archive, table: str, record: Record, row: dict[str, str | None]) -> str:
    """Enter a record with its own columns; return the digest that ties it to the one before it."""
    found = archive.execute(f"SELECT chained FROM {table} ORDER BY number DESC LIMIT 1").fetchone()
    plain = record.to_json().decode()
    chained = _tied(found[0] if found else "", plain)
    values = {**row, "record": plain, "chained": chained}
    archive.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES (:{', :'.join(values)})", values)
    archive.execute("INSERT OR REPLACE INTO chains VALUES (?, ?)", (table, chained))
    return chained


def faults(archive: Archive, table: str, kind: type[_Named]) -> Iterator[str]:
    """Yield what shows that records were changed or taken out behind Byline's back; nothing if all is well."""
    former, expected = "", 1
    for number, id_, record, chained in archive.execute(
        f"SELECT number, id, record, chained FROM {table} ORDER BY number"
    ):
        if number != expected:
            yield f"between {expected - 1} and {number} {table} are missing"
        if chained != _tied(former, record) or id_ != msgspec.json.decode(record, type=kind).id:
            yield f"{table[:-1]} {number} was changed, or one before it"
        former, expected = chained, number + 1
    last = archive.execute("SELECT last FROM chains WHERE records = ?", (table,)).fetchone()
    if (last[0] if last else "") != former:
        yield f"{table} at the end are missing"


def _tied(former: str, record: str) -> str:
    return blake2b(f"{former}\n{record}".encode(), digest_size=16).hexdigest()
