"""Which incidents and names are asked for, as an address says."""

from byline.store import Asked
from byline.store.actors import Period
from byline.store.filters import (
    Parameter,
    Parameters,
    Readers,
    day_first,
    day_last,
    flag,
    number,
    read,
    text,
    whole,
    words,
)
from byline.web.selection import PAGE

OUTLET: Readers = {
    "name": Parameter("name", whole, "The whole name of an outlet; the empty one: not known.", is_needed=True)
}
INCIDENTS: Readers = {
    "first": Parameter("since", day_first, "Not wholly before this day, or the first of this month or year."),
    "last": Parameter("until", day_last, "Not begun after this day, or the last of this month or year."),
    "type": Parameter("type", text, "A type of events."),
    "country": Parameter("country", text, "A country where it was, as a code."),
    "place": Parameter("place", text, "Part of the name of a place."),
    "actor": Parameter("actor", text, "Part of the name of somebody on either side."),
    "contested": Parameter("contested", flag, "Only those of which reports contradict one another."),
    "sources": Parameter("min_sources", number, "Independent sources, at least."),
    "reports": Parameter("min_reports", number, "Reports, at least."),
    "part_of": Parameter("part_of", text, "The id of an incident that they are part of."),
    "text": Parameter("text", words, 'Words and "phrases" that a report has, all of them.'),
    "page": PAGE,
}
NAMES: Readers = {"part": Parameter("part", text, "Part of the name."), "page": PAGE}
ACTOR: Readers = {
    "name": Parameter("name", whole, "The whole name of somebody.", is_needed=True),
    "first": Parameter("first", day_first, "Not wholly before this day, or the first of this month or year."),
    "last": Parameter("last", day_last, "Not wholly after this day, or the last of this month or year."),
    "page": PAGE,
}


def asked_of(query: Parameters) -> tuple[Asked, int]:
    """Return what is asked for and which page of it, from 1 on; QueryError for what has no meaning."""
    fields = read(given(query), INCIDENTS)
    page = fields.pop("page", 1)
    return Asked()._replace(**fields), page


def part_of(query: Parameters) -> tuple[str | None, int]:
    """Return which part of a name is asked for and which page; QueryError for what has no meaning."""
    fields = read(given(query), NAMES)
    return fields.get("part"), fields.get("page", 1)


def actor_of(query: Parameters) -> tuple[str, Period, int]:
    """Return which name and days are asked for, and which page of events; QueryError for what has no meaning."""
    fields = read(given(query), ACTOR)
    name, page = fields.pop("name"), fields.pop("page", 1)
    return name, Period(**fields), page


def outlet_of(query: Parameters) -> str | None:
    """Return which outlet is asked for, None for what is of none that is known; QueryError for what has no meaning."""
    return read(query, OUTLET)["name"] or None


def given(query: Parameters) -> list[tuple[str, str]]:
    """Return the parameters that have a value."""
    return [(name, value) for name, value in query if value.strip()]
