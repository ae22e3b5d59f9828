"""Rows as users' tools take them: typed records, a data frame of pandas or polars, a table of Arrow."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from itertools import islice
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from byline.errors import ConfigurationError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

AnyRow = TypeVar("AnyRow")
Kind = Literal["text", "whole", "real", "day", "truth", "bytes", "mixed"]
_BATCH = 16_384  # rows that are turned at once
_LARGEST = (1 << 63) - 1  # of a whole number in a data frame
_DAYS = frozenset({"published", "published_start", "published_end", "start", "end"})  # ISO dates in records
_KINDS: Mapping[type, Kind] = {str: "text", int: "whole", float: "real", bool: "truth", bytes: "bytes", tuple: "text"}
_PANDAS: Mapping[Kind, str] = {
    "text": "string", "whole": "Int64", "real": "float64", "day": "datetime64[s]", "truth": "boolean",
    "bytes": "object", "mixed": "object",
}  # fmt: skip
_POLARS: Mapping[Kind, str] = {
    "text": "String", "whole": "Int64", "real": "Float64", "day": "Date", "truth": "Boolean", "bytes": "Binary",
}  # fmt: skip
_ARROW: Mapping[Kind, str] = {
    "text": "string", "whole": "int64", "real": "float64", "day": "date32", "truth": "bool_", "bytes": "binary",
}  # fmt: skip
_TURNED: Mapping[Kind, Callable[[Any], object]] = {
    "day": date.fromisoformat,
    "whole": lambda cell: min(cell, _LARGEST),
}


class Table(Generic[AnyRow]):
    """Rows that are read anew whenever they are asked for: as records, or as a table of another library.

    Going through it holds one record at a time. `columns` are the names of a table's columns, in order, each with what
    its cells are: text, a whole number, a real one, a day, truth. What is not known is missing; of several values in a
    cell each is parted by "; ".
    """

    def __init__(
        self,
        columns: Mapping[str, Kind],
        rows: Callable[[], Iterable[AnyRow]],
        cells: Callable[[], Iterable[Iterable[object]]],
        size: Callable[[], int] | None = None,
    ) -> None:
        """Take the columns, what reads the rows, what reads them as cells, and what counts them faster, if anything."""
        self.columns = MappingProxyType(dict(columns))
        self._rows, self._cells, self._size = rows, cells, size

    def __iter__(self) -> Iterator[AnyRow]:
        return iter(self._rows())

    def __len__(self) -> int:
        return self._size() if self._size else sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"<Table: {', '.join(self.columns)}>"

    def to_pandas(self) -> "pd.DataFrame":
        """Return a pandas data frame; days are dates. ConfigurationError if pandas is not installed."""
        pandas = _library("pandas", "pandas")
        frames = [
            pandas.DataFrame({name: pandas.Series(cells, dtype=_PANDAS[kind]) for name, kind, cells in batch})
            for batch in self._batches()
        ]
        found: pd.DataFrame = pandas.concat(frames, ignore_index=True)
        return found

    def to_polars(self) -> "pl.DataFrame":
        """Return a polars data frame. ConfigurationError if polars is not installed, or a column has mixed values."""
        polars = _library("polars", "polars")
        types = {name: getattr(polars, _named(_POLARS, name, kind)) for name, kind in self.columns.items()}
        frames = [
            polars.DataFrame([polars.Series(name, cells, dtype=types[name]) for name, _, cells in batch])
            for batch in self._batches()
        ]
        found: pl.DataFrame = polars.concat(frames)
        return found

    def to_arrow(self) -> "pa.Table":
        """Return an Arrow table. ConfigurationError if pyarrow is not installed, or a column has mixed values."""
        arrow = _library("pyarrow", "parquet")
        types = {name: getattr(arrow, _named(_ARROW, name, kind))() for name, kind in self.columns.items()}
        schema = arrow.schema(list(types.items()))
        tables = [
            arrow.table([arrow.array(cells, types[name]) for name, _, cells in batch], schema=schema)
            for batch in self._batches()
        ]
        return arrow.concat_tables(tables)

    def _batches(self) -> Iterator[list[tuple[str, Kind, list[object]]]]:
        """Yield some rows at a time by column, with its name and what its cells are; of no rows one batch of none."""
        rows, first = iter(self._cells()), True
        while (batch := list(islice(rows, _BATCH))) or first:
            first = False
            cells = list(zip(*batch, strict=True)) or [()] * len(self.columns)
            yield [
                (name, kind, _turned(kind, column))
                for (name, kind), column in zip(self.columns.items(), cells, strict=True)
            ]


def kinds(record: type) -> dict[str, Kind]:
    """Return the fields of a record as columns, each with what its cells are; several values are text."""
    names: tuple[str, ...] = record.__struct_fields__  # type: ignore[attr-defined] # a Record has them
    hints = get_type_hints(record)
    return {name: "day" if name in _DAYS else _kind(hints[name]) for name in names}


def flat(record: object) -> Iterator[object]:
    """Yield the fields of a record as cells."""
    for name in record.__struct_fields__:  # type: ignore[attr-defined] # as above
        value = getattr(record, name)
        yield ("; ".join(map(str, value)) or None) if isinstance(value, tuple) else value


def kind_of(values: Iterable[object]) -> Kind:
    """Return what all values are that are not missing: whole numbers among real ones are real, nothing is text."""
    found = {type(value) for value in values if value is not None}
    if found == {int, float}:
        return "real"
    return _KINDS[found.pop()] if len(found) == 1 else "mixed" if found else "text"


def _kind(hint: Any) -> Kind:  # noqa: ANN401 - a type in any of Python's forms
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = (part for part in get_args(hint) if part is not type(None))
    return "text" if get_origin(hint) is Literal else _KINDS[get_origin(hint) or hint]


def _turned(kind: Kind, cells: Iterable[object]) -> list[object]:
    """Return cells as the values that libraries take."""
    turn = _TURNED.get(kind)
    return list(cells) if turn is None else [None if cell is None else turn(cell) for cell in cells]


def _named(names: Mapping[Kind, str], column: str, kind: Kind) -> str:
    """Return the name of a type; ConfigurationError for a column with values of several types."""
    if kind not in names:
        raise ConfigurationError(
            f"The column {column!r} has values of several kinds. Make them one: CAST(... AS text)."
        )
    return names[kind]


def _library(name: str, extra: str) -> Any:  # noqa: ANN401 - a module
    try:
        return import_module(name)
    except ImportError as error:
        raise ConfigurationError(f"{name} is not installed. Install it with: pip install 'byline[{extra}]'") from error
