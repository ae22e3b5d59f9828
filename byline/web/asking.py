"""Which incidents are asked for, as an address says."""

from byline.store import Asked
from byline.web.selection import Parameters, Readers, day_first, day_last, flag, number, read, text, words

_READ: Readers = {
    "first": ("since", day_first),
    "last": ("until", day_last),
    "type": ("type", text),
    "country": ("country", text),
    "place": ("place", text),
    "actor": ("actor", text),
    "contested": ("contested", flag),
    "sources": ("min_sources", number),
    "reports": ("min_reports", number),
    "part_of": ("part_of", text),
    "text": ("text", words),
    "page": ("page", number),
}


def asked_of(query: Parameters) -> tuple[Asked, int]:
    """Return what is asked for and which page of it, from 1 on; QueryError for what has no meaning."""
    given = [(name, value) for name, value in query if value.strip()]
    fields = read(given, _READ)
    page = fields.pop("page", 1)
    return Asked()._replace(**fields), page
