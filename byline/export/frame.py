"""A pandas data frame: one row an event. Needs the extra ``byline[pandas]``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from byline.export.rows import COLUMNS, rows
from byline.export.table import Table
from byline.records import CodedDocument

if TYPE_CHECKING:
    import pandas as pd


def to_pandas(documents: Iterable[CodedDocument]) -> "pd.DataFrame":
    """Return a data frame with the columns of `byline code --format csv`.

    ConfigurationError if pandas is not installed.
    """
    kinds = {name: column.kind for name, column in COLUMNS.items()}
    return Table(kinds, lambda: rows(documents), lambda: (row.values() for row in rows(documents))).to_pandas()
