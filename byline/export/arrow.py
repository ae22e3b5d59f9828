"""Tables of Arrow (text, whole numbers and real ones, in parts as they come), and Parquet and CSV made of them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from byline.export.columns import Cell, Column, Columns
from byline.export.csv import FORMULA, guarded

_PART = 10_000  # rows that are in memory at once
_LARGEST = (1 << 63) - 1
_QUOTED = '",\n'  # what CSV has in quotes only
_TYPES = {"text": pa.string(), "day": pa.string(), "whole": pa.int64(), "real": pa.float64()}


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


def write_parquet(tables: Iterable[pa.Table], schema: pa.Schema, out: BinaryIO) -> None:
    """Write tables of a schema, each as it comes."""
    with pq.ParquetWriter(out, schema, compression="snappy") as writer:
        for table in tables:
            writer.write_table(table)


def write_csv(tables: Iterable[pa.Table], columns: Columns, out: BinaryIO) -> None:
    """Write tables that have these columns with a header: the bytes that `byline.export.tables.write_csv` writes.

    Columns are joined as wholes, not cell by cell, which takes a third of the time.
    """
    out.write(",".join(columns).encode() + b"\n")
    for table in tables:
        cells = [_csv_cells(table[name], column) for name, column in columns.items()]
        lines = pc.binary_join_element_wise(*cells, ",", null_handling="replace", null_replacement="")
        out.writelines(line + b"\n" for line in lines.cast(pa.binary()).to_pylist())


def _csv_cells(column: pa.ChunkedArray, of: Column) -> pa.Array:
    """Return the cells of a column as they stand in CSV."""
    if of.kind == "whole":
        return column.cast(pa.string()).combine_chunks()
    if of.kind == "real":  # as Python has it: 48.0, not 48
        return pa.array((None if number is None else repr(number) for number in column.to_pylist()), pa.string())
    cells = column.combine_chunks()
    if of.kind == "text" and _has(cells, FORMULA) and _changes(cells):
        cells = pa.array(map(guarded, cells.to_pylist()), pa.string())
    return _quoted(cells) if _has(cells, _QUOTED) else cells


def _has(cells: pa.StringArray, signs: Iterable[str]) -> bool:
    """Whether a cell may hold a sign; most columns have none, and this look at all of their bytes takes no time."""
    _, _, words = cells.buffers()
    data = words.to_pybytes() if words else b""
    return any(sign.encode() in data for sign in signs)


def _changes(cells: pa.StringArray) -> bool:
    """Whether `guarded` changes a cell."""
    first = pc.utf8_slice_codeunits(cells, 0, 1)
    return bool(pc.any(pc.is_in(first, pa.array(FORMULA))).as_py() or pc.any(pc.match_substring(cells, "\r")).as_py())


def _quoted(cells: pa.StringArray) -> pa.StringArray:
    """Return cells as the standard library's writer quotes them."""
    wanted = pc.match_substring_regex(cells, f"[{_QUOTED}]")
    quoted = pc.binary_join_element_wise('"', pc.replace_substring(cells, '"', '""'), '"', "")
    return pc.if_else(wanted, quoted, cells)
