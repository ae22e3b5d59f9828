"""Parquet: one row an article. Read a few rows at a time, a row group after the other, so damage costs one group."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from byline.errors import DocumentError
from byline.ingest.containers import rows
from byline.ingest.containers.rows import Layout
from byline.ingest.limits import seekable
from byline.ingest.source import Options, Source
from byline.records import Failure

if TYPE_CHECKING:
    from pyarrow import Array
    from pyarrow.parquet import ParquetFile

_BATCH = 64  # rows in memory
_LARGEST_NAMES = 100_000_000  # bytes of what a file says of itself


def read(source: Source, options: Options) -> Iterator[Source | Failure]:
    """Yield the page of each row.

    DocumentError if no column holds text or pyarrow is not installed; ConfigurationError if a named column is missing.
    """
    with seekable(source.stream) as stream:
        table = _opened(stream)
        layout = rows.table_layout(table.schema_arrow.names, options.columns)
        number = 0
        for group in range(table.num_row_groups):
            first = number
            try:
                for row in _rows(table, group, layout):
                    number += 1
                    yield rows.member(source, layout, number, row)
            except _damage() as error:
                number = first + table.metadata.row_group(group).num_rows
                yield rows.damaged(source, first + 1, f"Rows {first + 1} to {number} are lost ({error}).")


def _opened(stream: BinaryIO) -> "ParquetFile":
    try:
        from pyarrow import parquet  # noqa: PLC0415 -- an extra
    except ImportError as error:
        raise DocumentError(
            'This is a Parquet file. Reading it needs an extra: pip install "byline[parquet]"'
        ) from error
    try:
        return parquet.ParquetFile(stream, thrift_string_size_limit=_LARGEST_NAMES)
    except _damage() as error:
        raise DocumentError(f"The Parquet file is damaged or cut off ({error}). Get it again.") from error


def _damage() -> tuple[type[Exception], ...]:
    from pyarrow import ArrowException  # noqa: PLC0415 -- an extra

    return (ArrowException, OSError, ValueError)


def _rows(table: "ParquetFile", group: int, layout: Layout) -> Iterator[dict[str, object]]:
    chosen = sorted(set(layout.names.values()))
    for batch in table.iter_batches(batch_size=_BATCH, row_groups=[group], columns=chosen, use_threads=False):
        columns = {name: _cells(batch.column(name)) for name in chosen}
        for cells in zip(*columns.values(), strict=True):
            yield dict(zip(columns, cells, strict=True))


def _cells(column: "Array") -> list[object]:
    """Return the values of a column; times as they are written, since nanoseconds fit no type of Python's."""
    from pyarrow import string, types  # noqa: PLC0415 -- an extra

    found: list[object] = (column.cast(string()) if types.is_temporal(column.type) else column).to_pylist()
    return found
