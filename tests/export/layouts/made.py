"""Incidents made by hand, without an archive, and the rows that a layout makes of them."""

# ruff: noqa: ANN401 - fields of any type are handed on

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from byline.export.layout import Chosen, Read, Told
from byline.export.layouts import layout
from byline.export.together import Together
from byline.lookup import Index
from byline.records import Actor, CodedDocument, Event, Incident, Mention, Toponym
from byline.store import IncidentSummary

Who = str | tuple[str, str]  # a sector, or a sector and a country


def incident(
    type: str = "ASSAULT", mode: str | None = None, *, actors: tuple[Who, ...] = (), recipients: tuple[Who, ...] = (),
    place: Toponym | None = None, cameo: str | None = None, status: Any = "actual", lowest: int | None = None,
    **summary: Any,
) -> Together:  # fmt: skip
    """Return an incident that one page tells."""
    people = [_actor(number, who) for number, who in enumerate((*actors, *recipients))]
    mentions = [Mention(span=(0, 1), text=actor.name, actor=actor.id) for actor in people]
    event = Event(
        id="e1", type=type, mode=mode, cameo=cameo, status=status, trigger=Mention(span=(0, 1), text="x"),
        actors=tuple(mentions[: len(actors)]), recipients=tuple(mentions[len(actors) :]),
        toponyms=(0,) if place else (), time=None, counts=(), attributions=(), evidence=(0, 1), confidence=0.5,
    )  # fmt: skip
    document = CodedDocument(
        id="d", source="d.txt", text="x", actors=tuple(people), events=(event,), toponyms=(place,) if place else (),
        incidents=(Incident(id="i1", type=type, events=("e1",)),),
    )  # fmt: skip
    fixed: dict[str, Any] = dict.fromkeys(("start", "end", "place", "country", "latitude", "longitude", "part_of"))
    fixed |= dict.fromkeys(("reports", "outlets", "sources", "asserting"), 1) | {"attributing": 0, "denying": 0}
    fixed |= {"latitude": place.latitude, "longitude": place.longitude} if place else {}
    told = IncidentSummary(**{"id": "u00000000000000ff", "type": type, "contested": False, **fixed, **summary})
    known = {} if lowest is None else {"killed": lowest}
    return Together(told, (Told(Index(document), event, "u00000000000000ff", None),), known)


def _actor(number: int, who: Who) -> Actor:
    sector, country = who if isinstance(who, tuple) else (who, "PRT")
    return Actor(id=f"a{number}", name=f"the {sector}", mentions=(), country=country or None, sector=sector)


def place(precision: Any = "place", name: str | None = "Velmara", **more: Any) -> Toponym:
    fixed: dict[str, Any] = {"latitude": 38.5, "longitude": -8.25, "geonames_id": 77, "country": "PRT", "within": None}
    return Toponym(span=(0, 1), text="Velmara", name=name, precision=precision, **{**fixed, **more})


class Some:
    """A choice of incidents."""

    def __init__(self, *incidents: Together) -> None:
        self._incidents, self.left_out = incidents, Counter[str]()
        self.name = "some"

    def together(self) -> Iterator[Together]:
        yield from self._incidents

    def incidents(self) -> Iterator[IncidentSummary]:
        yield from (one.summary for one in self._incidents)

    def events(self) -> Iterator[Told]:
        yield from (told for one in self._incidents for told in one.told)

    def documents(self) -> Iterator[Read]:
        yield from (Read(told.index, (told,)) for told in self.events())


def rows(name: str, chosen: Chosen) -> list[dict[str, Any]]:
    """Return the rows of a layout, each with the cells that are not blank."""
    out = io.BytesIO()
    layout(name).forms["jsonl"](chosen, out)
    found = map(msgspec.json.decode, out.getvalue().splitlines())
    return [{column: cell for column, cell in row.items() if cell is not None} for row in found]


def row(name: str, *made: Any, **more: Any) -> dict[str, Any]:
    """Return the one row of a layout for an `incident`."""
    (one,) = rows(name, Some(incident(*made, **more)))
    return one
