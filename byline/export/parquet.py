"""Parquet: columns of text, whole numbers and real ones, written in groups of rows as they come."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from byline.export.columns import Cell, Column, Columns

_GROUP = 20_000  # rows that are in memory at once
_LARGEST = (1 << 63) - 1
_TYPES = {"text": pa.string(), "day": pa.string(), "whole": pa.int64(), "real": pa.float64()}


def typed(column: Column) -> pa.DataType:
    """Return a column's type; days are text, as people's tools compare and cast that in the same way everywhere."""
    return _TYPES[column.kind]


def fitting(cell: Cell) -> Cell:
    """Return a cell that Parquet can hold: a number beyond all numbers of people is the largest there is."""
    return min(cell, _LARGEST) if isinstance(cell, int) else cell


def write_parquet(rows: Iterable[Sequence[Cell]], columns: Columns, out: BinaryIO) -> None:
    """Write rows, whose cells are in the order of the columns."""
    schema = pa.schema([pa.field(name, typed(column)) for name, column in columns.items()])
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(rows):
            cells = zip(*group, strict=True)
            arrays = [pa.array(map(fitting, cell), field.type) for cell, field in zip(cells, schema, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _groups(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Sequence[Cell]]]:
    found = iter(rows)
    while group := list(islice(found, _GROUP)):
        yield group
