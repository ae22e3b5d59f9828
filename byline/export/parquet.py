"""Parquet, and the tables of Arrow that lead to it: text, whole numbers and real ones, in parts as they come."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from byline.export.columns import Cell, Column, Columns

_PART = 10_000  # rows that are in memory at once
_LARGEST = (1 << 63) - 1
_TYPES = {"text": pa.string(), "day": pa.string(), "whole": pa.int64(), "real": pa.float64()}
_SPACES = r"[\t-\r\x1c-\x20\x85\p{Z}]+"  # what str.split() takes for white space


def typed(column: Column) -> pa.DataType:
    """Return a column's type; days are text, as people's tools compare and cast that in the same way everywhere."""
    return _TYPES[column.kind]


def schema_of(columns: Columns) -> pa.Schema:
    """Return the schema of some columns."""
    return pa.schema([pa.field(name, typed(column)) for name, column in columns.items()])


def fitting(cell: Cell) -> Cell:
    """Return a cell that Parquet can hold: a number beyond all numbers of people is the largest there is."""
    return min(cell, _LARGEST) if isinstance(cell, int) else cell


def arrow_tables(rows: Iterable[Sequence[Cell]], columns: Columns) -> Iterator[pa.Table]:
    """Yield rows, whose cells are in the order of the columns, as tables."""
    schema, found = schema_of(columns), iter(rows)
    while part := list(islice(found, _PART)):
        cells = zip(*part, strict=True)
        arrays = [pa.array(map(fitting, column), field.type) for column, field in zip(cells, schema, strict=True)]
        yield pa.Table.from_arrays(arrays, schema=schema)


def in_one_line(table: pa.Table, name: str) -> pa.Table:
    """Return a table with the words of a column as `" ".join(words.split())` has them."""
    words = pc.utf8_trim(pc.replace_substring_regex(table[name], _SPACES, " "), " ")
    return table.set_column(table.schema.get_field_index(name), name, words)


def write_parquet(tables: Iterable[pa.Table], schema: pa.Schema, out: BinaryIO) -> None:
    """Write tables of a schema, each as it comes."""
    with pq.ParquetWriter(out, schema, compression="snappy") as writer:
        for table in tables:
            writer.write_table(table)
