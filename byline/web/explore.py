"""The selection: how many events, when, where, of which kinds, and a page of them."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from byline.records import HAPPENED
from byline.store import Archive, Facet, Found, find
from byline.store.filters import QueryError
from byline.store.finding import Told
from byline.timeline import Timeline, timeline
from byline.web.selection import EVENTS, Selection

PAGE = 50  # events
_SHOWN = 10  # values of a facet before the rest is folded away
_FACETS: dict[str, tuple[Facet, str]] = {
    "type": ("type", "What"),
    "mode": ("mode", "In which way"),
    "status": ("status", "Did it happen"),
    "country": ("country", "Country"),
    "sector": ("sector", "Who, by sector"),
    "outlet": ("outlet", "Outlet"),
}


class Value(NamedTuple):
    """A value of a facet: its name, how many events have it, whether it is chosen."""

    name: str
    events: int
    chosen: bool


class Choice(NamedTuple):
    """A facet with its values, most frequent first and of those the chosen; `parameter` is its name in the address.

    The `folded` have a page of their own: an archive may have hundreds of outlets.
    """

    parameter: str
    title: str
    values: list[Value]
    folded: list[Value]


class View(NamedTuple):
    """What the page of a selection shows; `events` are those of one page."""

    selection: Selection
    total: int
    happened: int
    timeline: Timeline
    choices: list[Choice]
    events: list[Told]
    pages: int

    def data(self) -> dict[str, Any]:
        """Return the same as plain data."""
        facets = {c.parameter: {v.name: v.events for v in (*c.values, *c.folded)} for c in self.choices}
        days = {bar.first: bar.events for bar in self.timeline.bars}
        return {
            "total": self.total,
            "told_as_happened": self.happened,
            "page": self.selection.page,
            "pages": self.pages,
            "facets": facets,
            "timeline": {"unit": self.timeline.unit, "undated": self.timeline.undated, "events": days},
            "events": self.events,
        }


def explore(archive: Archive, chosen: Selection) -> View:
    """Return what there is to see of a selection, all of it as of one moment."""
    with archive.snapshot():
        found = find(archive, chosen.wanted)
        happened = found.has("status", HAPPENED)
        start = (chosen.page - 1) * PAGE
        return View(
            selection=chosen,
            total=len(found),
            happened=int(happened.sum()),
            timeline=timeline(found.days, happened),
            choices=[_choice(archive, name, found, chosen) for name in _FACETS],
            events=found.page(start, PAGE),
            pages=-(-len(found) // PAGE),
        )


def choice(archive: Archive, chosen: Selection, name: str) -> Choice:
    """Return a facet of a selection with its values, by its name in the address; QueryError if there is none."""
    if name not in _FACETS:
        raise QueryError(f"There is no facet {name!r}. There are: {', '.join(_FACETS)}.")
    with archive.snapshot():
        return _choice(archive, name, find(archive, chosen.wanted), chosen)


def all_events(archive: Archive, chosen: Selection) -> Iterator[Told]:
    """Yield all events of a selection as rows, earliest first, as of one moment."""
    with archive.snapshot():
        found = find(archive, chosen.wanted)
        for start in range(0, len(found), 1000):
            yield from found.page(start, 1000)


def _choice(archive: Archive, name: str, found: Found, chosen: Selection) -> Choice:
    """Return a facet, with what each value has of the events that all other filters leave: more may be chosen."""
    facet, title = _FACETS[name]
    nothing: dict[str, Any] = {EVENTS[name].field: ()}
    without = chosen.wanted._replace(**nothing)
    among = found if without == chosen.wanted else find(archive, without)
    counts, taken = among.counts(facet), set(chosen.values(name))
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    values = [Value(value, events, value in taken) for value, events in ranked]
    values += [Value(value, 0, chosen=True) for value in sorted(taken - counts.keys())]
    first = [v for n, v in enumerate(values) if n < _SHOWN or v.chosen]
    return Choice(name, title, first, [v for v in values if v not in first])
