"""A user's own query: asked of the archive, and able to do no more than read it."""

import sqlite3
from collections.abc import Mapping, Sequence

from byline.errors import ConfigurationError
from byline.store.archive import Archive

Stored = str | int | float | bytes | None


def query(
    archive: Archive, words: str, values: Mapping[str, object] | Sequence[object] = ()
) -> tuple[tuple[str, ...], list[tuple[Stored, ...]]]:
    """Return the names of the columns, and the rows, that a query in SQL asks for; docs/archive.md has the tables.

    `values` take the place of ? or :name in it. ConfigurationError if it is none that SQLite understands, if it would
    do more than read, or if two of its columns have one name.
    """
    try:
        with archive.only_read():
            cursor = archive.execute(words, values if isinstance(values, Mapping) else tuple(values))
            if cursor.description is None:
                raise ConfigurationError("The query asks for nothing. Write one that does: SELECT ...")
            columns = tuple(column[0] for column in cursor.description)
            rows: list[tuple[Stored, ...]] = cursor.fetchall()
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise ConfigurationError(
            f"The query cannot be asked ({error}). One query may read, not write; docs/archive.md has the tables."
        ) from error
    if twice := sorted({name for name in columns if columns.count(name) > 1}):
        raise ConfigurationError(
            f"Several columns of the query are called {twice[0]!r}. Name them apart: ... AS other."
        )
    return columns, rows
