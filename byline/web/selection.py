"""What a view shows, as its address says: the query string as a filter of events, and back.

All views take the same parameters, so that a link opens the same selection everywhere, as a page and as data.
"""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from byline.store import Filter, filters
from byline.store.filters import Parameter, Parameters, Readers, number, read

PAGE = Parameter("page", number, "Which page, from 1 on.")
EVENTS: Readers = {**filters.EVENTS, "page": PAGE}


class Selection(NamedTuple):
    """A filter, the parameters that say it, and which page of it is shown, from 1 on."""

    wanted: Filter
    parameters: tuple[tuple[str, str], ...]
    page: int = 1

    def address(self, *, without: Iterable[str] = (), **values: str) -> str:
        """Return the query string of this selection with some parameters changed; "" for none."""
        gone = {*without, *values, "page"}
        kept = [(name, value) for name, value in self.parameters if name not in gone]
        added = [(name.rstrip("_"), value) for name, value in values.items() if value]
        return f"?{urlencode(kept + added)}" if kept or added else ""

    def values(self, name: str) -> list[str]:
        """Return what the address gives for a parameter."""
        return [value for known, value in self.parameters if known == name]


def selection(query: Parameters) -> Selection:
    """Return what a query string asks for; QueryError for a parameter that is unknown or has no meaning."""
    given = [(name, value) for name, value in query if value.strip()]
    fields = read(given, EVENTS)
    page = fields.pop("page", 1)
    return Selection(Filter()._replace(**fields), tuple(given), page)
