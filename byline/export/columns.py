"""What a column of a table holds, and what a cell of it may be."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Cell = str | int | float | None  # None: not known
Row = Mapping[str, Cell]
Kind = Literal["text", "whole", "real", "day"]


class Column(NamedTuple):
    """What stands in a column, in words, and as what: text, a whole number, a real one, an ISO 8601 day."""

    meaning: str
    kind: Kind = "text"


Columns = Mapping[str, Column]  # by name, in order
