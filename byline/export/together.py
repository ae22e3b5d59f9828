"""Incidents as rows of other data sets: all that is told of one, and what of it stands where there is one cell.

A cell is filled from the first event that has what belongs there: those of the incident's type come first, of these
what outlets tell in their own voice, and then by day of publication. Days, place and type are those of the incident's
summary, on which most documents agree.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from byline.export.where import Where, where, where_is
from byline.lookup import Index
from byline.records import Actor, CodedDocument, Event, Mention
from byline.store import IncidentSummary

if TYPE_CHECKING:
    from byline.export.layout import Chosen, Told

Value = TypeVar("Value")
Role = Literal["actors", "recipients"]


class Party(NamedTuple):
    """Those who act, or are acted upon, as one report names them; an actor of None is known by words alone."""

    names: tuple[str, ...] = ()
    actors: tuple[Actor | None, ...] = ()

    def belongs_to(self, sectors: Collection[str]) -> bool:
        """Tell whether all of them are of some sectors, and there are any."""
        return bool(self.actors) and all(a is not None and a.sector in sectors for a in self.actors)


class Together:
    """An incident, all that is told of it in the order of publication, and its lowest independent tolls.

    `lowest` has by what is counted the lowest of the figures that independent sources gave last.
    """

    def __init__(self, summary: IncidentSummary, told: "tuple[Told, ...]", lowest: Mapping[str, int]) -> None:
        self.summary, self.told, self.lowest = summary, told, lowest

    @cached_property
    def happened(self) -> "tuple[Told, ...]":
        """What is told as having happened: events of the incident's type first, of these the outlets' own word."""
        told = (t for t in self.told if t.event.happened)
        return tuple(sorted(told, key=lambda t: (t.event.type != self.summary.type, bool(t.event.attributions))))

    @property
    def documents(self) -> list[CodedDocument]:
        """The documents that tell it as having happened, each once, in the order of publication."""
        told = (t.index.document for t in self.told if t.event.happened)
        return list({document.id: document for document in told}.values())

    @property
    def days(self) -> int | None:
        """How many days it may have been on; None if no day is known."""
        start, end = self.summary.start, self.summary.end
        return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1 if start and end else None

    @property
    def year(self) -> int | None:
        """The year that all of its days are of."""
        start, end = self.summary.start, self.summary.end
        return int(start[:4]) if start and end and start[:4] == end[:4] else None

    @property
    def where(self) -> Where | None:
        """The place that the summary names, as a report tells it."""
        point = self.summary.latitude, self.summary.longitude
        if point[0] is None:
            return next((w for t in self.happened if (w := where(t.index, t.event)) and w.latitude is None), None)
        places = (t.index.document.toponyms[i] for t in self.told for i in t.event.toponyms)
        return next((where_is(p) for p in places if (p.latitude, p.longitude) == point), None)

    @property
    def evidence(self) -> str:
        """The sentence of the first report."""
        first = self.happened[0]
        return " ".join(first.index.document.text[slice(*first.event.evidence)].split())

    def first(self, field: Callable[[Event], Value | None]) -> Value | None:
        """Return a field of the first event of the incident's type that has it; None if none has."""
        alike = (t.event for t in self.happened if t.event.type == self.summary.type)
        return next((value for event in alike if (value := field(event))), None)

    def party(self, role: Role) -> Party:
        """Return those who act or are acted upon, as the first report has them that names somebody."""
        told = next((t for t in self.happened if getattr(t.event, role)), None)
        return party(told.index, getattr(told.event, role)) if told else Party()


def party(index: Index, mentions: tuple[Mention, ...]) -> Party:
    """Return whom the mentions stand for."""
    names = tuple(" ".join(index.name(m).split()) for m in mentions)
    return Party(names, tuple(index.actor(m) for m in mentions))


def happened_incidents(chosen: "Chosen") -> Iterator[Together]:
    """Yield the incidents that somebody tells as having happened; the others are counted as left out."""
    for one in chosen.together():
        if one.happened:
            yield one
        else:
            chosen.left_out["incidents that nobody tells as having happened"] += 1


def happened_events(chosen: "Chosen") -> "Iterator[Told]":
    """Yield the events that are told as having happened; the others are counted as left out."""
    for told in chosen.events():
        if told.event.happened:
            yield told
        else:
            chosen.left_out["events that are not told as having happened"] += 1
