"""The lake: a folder, here or on an object store, of Parquet files, a set for each shard, and a manifest.

    manifest.json        what the lake was coded with, which files count, what was set aside; written last
    events/SHARD.parquet      the rows of `byline code --format csv`
    documents/SHARD.parquet   a row a document; `record` is its line of `byline code --format jsonl`
    failures/SHARD.parquet    what could not be read or coded, and why
    waiting/SHARD.parquet     documents that are coded when all others have taught when their issues appeared

A file stands under its name when it is whole; a shard is done when its documents do.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import merge
from itertools import chain
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import uuid4

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs

from byline.errors import ConfigurationError
from byline.export.arrow import fitting, typed
from byline.export.columns import Row
from byline.export.rows import COLUMNS, rows
from byline.lookup import facts
from byline.records import CodedDocument, Document, Failure, Interval, Record
from byline.run.shards import Edition

MANIFEST = "manifest.json"
FOLDERS = ("waiting", "failures", "events", "documents")
_GROUP_ROWS, _GROUP_CHARACTERS = 1_000, 16_000_000  # of a row group: what a writer holds in memory
_OURS = re.compile(r"[0-9a-f]{32}(-[0-9a-f]{16})?\.parquet(\.part-[0-9a-f]{32})?")
Types = Mapping[str, pa.DataType]
Kind = TypeVar("Kind", Document, CodedDocument)


_WORDS = ("source", "publication", "issue", "title", "url", "published_start", "published_end", "published_basis")
_SCHEMAS: Mapping[str, Types] = MappingProxyType({
    "events": {name: typed(column) for name, column in COLUMNS.items()},
    "documents": {"position": pa.int64(), "document": pa.string()}
    | dict.fromkeys((*_WORDS, "copy_of", "copy_kind"), pa.string())
    | {"events": pa.int64(), "record": pa.large_string()},
    "failures": {"position": pa.int64()} | dict.fromkeys(("source", "kind", "reason"), pa.string()),
    "waiting": {"position": pa.int64(), "publication": pa.string(), "record": pa.large_string()},
})  # fmt: skip


class Entry(Record, frozen=True, kw_only=True):
    """A file that counts in each folder, the sources of its shard, and how much it holds.

    `dated`: it has those documents of the shard which the calendar of their publication dates.
    """

    file: str
    sources: tuple[str, ...]
    dated: bool = False
    documents: int = 0
    events: int = 0
    failures: int = 0


class SetAside(Record, frozen=True, kw_only=True):
    """A shard that could not be coded, and why."""

    shard: str
    sources: tuple[str, ...]
    reason: str


class Contents(Record, frozen=True, kw_only=True):
    """The manifest: `files` are in the order in which one machine codes them."""

    version: str
    edition: Edition
    documents: int
    events: int
    failures: int
    files: tuple[Entry, ...]
    set_aside: tuple[SetAside, ...] = ()

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(chain.from_iterable([f.sources for f in self.files] + [s.sources for s in self.set_aside]))


class Item(NamedTuple, Generic[Kind]):
    """A document or a failure of a shard's file, at which place of the shard it was read, and its events."""

    position: int
    found: Kind | Failure
    events: int = 0


class Lake:
    """A lake at a path or an address that fsspec knows."""

    def __init__(self, address: str) -> None:
        """Raise ConfigurationError if no store is known for the address."""
        self.address = address
        try:
            self._store, self.root = url_to_fs(address)
        except (ImportError, ValueError) as error:
            raise ConfigurationError(f"The lake {address} cannot be reached ({error}).") from error

    def contents(self) -> Contents | None:
        """Return the manifest; None if the lake is not there or not finished."""
        path = f"{self.root}/{MANIFEST}"
        with self._asked():
            if not self._store.exists(path):
                return None
            found = self._store.cat_file(path)
        try:
            return msgspec.json.decode(found, type=Contents)
        except msgspec.DecodeError as error:
            raise ConfigurationError(
                f"{self.address}/{MANIFEST} is no manifest of a lake ({error}). Name another folder."
            ) from error

    def finished(self) -> Contents:
        """Return the manifest; ConfigurationError if the lake is not there or not finished."""
        contents = self.contents()
        if contents is None:
            raise ConfigurationError(
                f"{self.address} is no finished lake. Finish it: byline code SOURCES --to {self.address} --dask ADDRESS"
            )
        return contents

    def documents(self, contents: Contents) -> Iterator[CodedDocument | Failure]:
        """Yield what counts, in order; last, a failure for each source that was set aside."""
        for entry in contents.files:
            for item in self.items(entry.file, CodedDocument):
                yield item.found
        yield from _set_aside(contents)

    def open_for_writing(self) -> None:
        """Make the folders, and take the manifest away: from here on the lake is not finished."""
        with self._asked():
            for folder in FOLDERS:
                self._store.makedirs(f"{self.root}/{folder}", exist_ok=True)
            if self._store.exists(f"{self.root}/{MANIFEST}"):
                self._store.rm_file(f"{self.root}/{MANIFEST}")

    def finish(self, contents: Contents) -> None:
        """Take away the files that do not count any more, and write the manifest."""
        kept = {entry.file for entry in contents.files}
        shards = {file[:32] for file in kept}
        for folder in FOLDERS:
            for name in self._names(folder):
                file = name.removesuffix(".parquet")
                if _OURS.fullmatch(name) and file not in (shards if folder == "waiting" else kept):
                    self._store.rm_file(f"{self.root}/{folder}/{name}")
        beside = f"{self.root}/{MANIFEST}.part"
        self._store.pipe_file(beside, msgspec.json.format(contents.to_json(), indent=1))
        self._store.mv(beside, f"{self.root}/{MANIFEST}")

    def files(self, folder: str) -> set[str]:
        """Return the names of the files in a folder that are whole, without their ending."""
        return {name.removesuffix(".parquet") for name in self._names(folder) if name.endswith(".parquet")}

    def has(self, file: str) -> bool:
        """Whether a file is done."""
        return bool(self._store.exists(self._path("documents", file)))

    def rows(self, folder: str, file: str, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Yield some columns of a file, row by row."""
        with self._store.open(self._path(folder, file), "rb") as stream:
            table = pq.ParquetFile(stream)
            for batch in table.iter_batches(batch_size=_GROUP_ROWS // 10, columns=list(names)):
                yield from batch.to_pylist()

    def items(self, file: str, kind: type[Kind]) -> Iterator[Item[Kind]]:
        """Yield the documents and failures of a file, in the order in which they were read."""
        documents: Iterator[Item[Kind]] = (
            Item(row["position"], msgspec.json.decode(row["record"], type=kind), row["events"])
            for row in self.rows("documents", file, ("position", "events", "record"))
        )
        failures: Iterator[Item[Kind]] = (
            Item(row.pop("position"), msgspec.convert(row, Failure))
            for row in self.rows("failures", file, tuple(_SCHEMAS["failures"]))
        )
        return merge(documents, failures, key=itemgetter(0))

    def waiting(self, file: str) -> Iterator[tuple[int, Document]]:
        """Yield the documents of a shard that wait for a calendar, and their positions."""
        for row in self.rows("waiting", file, ("position", "record")):
            yield row["position"], msgspec.json.decode(row["record"], type=Document)

    def days(self, file: str) -> Iterator[tuple[str, str, Interval]]:
        """Yield publication, issue and day of the documents of a file that have all three."""
        for row in self.rows("documents", file, _WORDS):
            if row["publication"] and row["issue"] and row["published_start"]:
                start, end, basis = (row[f"published_{part}"] for part in ("start", "end", "basis"))
                yield row["publication"], row["issue"], Interval(start=start, end=end, basis=basis)

    @contextmanager
    def writing(self, file: str) -> Iterator["Writer"]:
        """Give a writer for a shard's files, which stand under their names when all went well, documents last."""
        writer = Writer(lambda folder: _Table(self._store, self._path(folder, file), folder))
        try:
            yield writer
            writer.finish()
        finally:
            writer.drop()

    @contextmanager
    def _asked(self) -> Iterator[None]:
        """Tell what the store raises as a mistake of who names it; each store has errors of its own."""
        try:
            yield
        except Exception as error:
            raise ConfigurationError(
                f"The lake {self.address} cannot be read or written ({error}). Check the address and your rights."
            ) from error

    def _path(self, folder: str, file: str) -> str:
        return f"{self.root}/{folder}/{file}.parquet"

    def _names(self, folder: str) -> list[str]:
        path = f"{self.root}/{folder}"
        self._store.invalidate_cache(path)
        found = self._store.ls(path, detail=False) if self._store.exists(path) else []
        return sorted(name.rsplit("/", 1)[-1] for name in found)


class _Table:
    """A Parquet file that grows beside its place."""

    def __init__(self, store: AbstractFileSystem, place: str, folder: str) -> None:
        self._store, self._place = store, place
        self._beside = f"{self._place}.part-{uuid4().hex}"
        self._schema = pa.schema(list(_SCHEMAS[folder].items()))
        self._stream = self._store.open(self._beside, "wb")
        self._writer = pq.ParquetWriter(self._stream, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._characters = 0

    def add(self, row: Row) -> None:
        self._rows.append(row)
        self._characters += sum(len(cell) for cell in row.values() if isinstance(cell, str))
        if len(self._rows) >= _GROUP_ROWS or self._characters >= _GROUP_CHARACTERS:
            self._flush()

    def finish(self) -> None:
        if self._rows:
            self._flush()
        self._close()
        self._store.mv(self._beside, self._place)

    def drop(self) -> None:
        """Take the unfinished file away."""
        if not self._stream.closed:
            self._close()
            self._store.rm_file(self._beside)

    def _close(self) -> None:
        self._writer.close()
        self._stream.close()

    def _flush(self) -> None:
        self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows, self._characters = [], 0


class Writer:
    """Writes what is found in a shard; `table` opens the file of a folder."""

    def __init__(self, table: "Callable[[str], _Table]") -> None:
        self._open = table
        self._tables: dict[str, _Table] = {name: table(name) for name in ("failures", "events", "documents")}

    def add(self, position: int, found: CodedDocument | Failure) -> None:
        """Write a coded document with its events, or a failure."""
        if isinstance(found, Failure):
            self._tables["failures"].add({"position": position, **found.to_dict()})
            return
        for row in rows([found]):
            self._tables["events"].add({name: fitting(cell) for name, cell in row.items()})
        more = {"issue": found.issue, "events": len(found.events), "record": found.to_json().decode()}
        self._tables["documents"].add({"position": position, **facts(found), **more})

    def wait(self, position: int, document: Document) -> None:
        """Keep a document that is coded later."""
        if "waiting" not in self._tables:
            self._tables["waiting"] = self._open("waiting")
        record = document.to_json().decode()
        self._tables["waiting"].add({"position": position, "publication": document.publication, "record": record})

    def finish(self) -> None:
        for folder in FOLDERS:
            if folder in self._tables:
                self._tables[folder].finish()

    def drop(self) -> None:
        for table in self._tables.values():
            table.drop()


def documents(address: str) -> Iterator[CodedDocument | Failure]:
    """Yield what a lake holds, as one machine codes its sources; last, a failure for each source that was set aside.

    ConfigurationError if there is no lake, or it is not finished.
    """
    lake = Lake(address)
    return lake.documents(lake.finished())


def _set_aside(contents: Contents) -> Iterator[Failure]:
    for shard in contents.set_aside:
        for source in shard.sources:
            yield Failure(source=source, reason=shard.reason, kind="internal")
