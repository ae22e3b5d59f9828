"""What a page shows, as the query string of its address says it.

All views take the same parameters, so that a link opens the same selection everywhere, as a page and as data.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from byline.store import Filter, filters
from byline.store.filters import Parameter, Parameters, Readers, codes, number, read

PAGE = Parameter("page", number, "Which page, from 1 on.")
EVENTS: Readers = {**filters.EVENTS, "page": PAGE}


class Selection(NamedTuple):
    """A filter, the parameters that say it, and which page of it is shown, from 1 on."""

    wanted: Filter
    parameters: tuple[tuple[str, str], ...]
    page: int = 1

    def address(self, *, without: tuple[str, str] | None = None, **values: str) -> str:
        """Return the query string of this selection without one of its values, or with other ones; "" for none."""
        gone = {*values, "page"}
        kept = [one for one in self.parameters if one[0] not in gone and one != without]
        added = [(name.rstrip("_"), value) for name, value in values.items() if value]
        return f"?{urlencode(kept + added)}" if kept or added else ""

    def values(self, name: str) -> list[str]:
        """Return what the address gives for a parameter."""
        return [value for known, value in self.parameters if known == name]


def selection(query: Parameters) -> Selection:
    """Return what a query string asks for; QueryError for a parameter that is unknown or has no meaning."""
    given = [(name, value) for name, value in query if value.strip() or _may_be_unknown(name)]
    fields = read(given, EVENTS)
    page = fields.pop("page", 1)
    return Selection(Filter()._replace(**fields), tuple(given), page)


def _may_be_unknown(name: str) -> bool:
    """Tell whether a parameter without a value asks for something: an empty field of a form does not."""
    return name in EVENTS and EVENTS[name].read is codes
