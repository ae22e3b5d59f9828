"""A pandas data frame: one row an event. Needs the extra ``byline[pandas]``."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from byline.errors import ConfigurationError
from byline.export.rows import COLUMNS, rows
from byline.records import CodedDocument

if TYPE_CHECKING:
    import pandas as pd


def to_pandas(documents: Iterable[CodedDocument]) -> "pd.DataFrame":
    """Return a data frame with the columns of `byline code --format csv`.

    ConfigurationError if pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415 - an extra, needed here alone
    except ImportError as error:
        raise ConfigurationError("pandas is not installed. Install it with: pip install 'byline[pandas]'") from error
    return pd.DataFrame(list(rows(documents)), columns=list(COLUMNS))
