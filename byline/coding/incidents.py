"""Mentions of one happening inside a document, merged into incidents.

An event joins the incident of an earlier one if nothing speaks against it
(another type or mode, another standing in the world, other people, places or
days) and something speaks for it: a shared participant or place, or a definite noun that
takes the earlier one up ("an attack ... the attack"). A different toll is no
reason against: disagreement is data.
"""

from typing import NamedTuple

from byline.records import Event, Incident, Mention, Toponym

_NEAREST, _LAST = 60, 10  # incidents, and events of each, that an event is held against


class Happening(NamedTuple):
    """What is compared of an event: it and the words of its trigger that matter.

    ``definite`` tells of a noun that takes something up: "the raid". ``cause``
    is the id of the event that is its subject or of which it is the result.
    """

    event: Event
    lemma: str
    definite: bool
    cause: str | None


class _Traits(NamedTuple):
    """A happening with what is compared of it, computed once."""

    happening: Happening
    event: Event
    actors: frozenset[str]
    recipients: frozenset[str]
    places: frozenset[str]


def find_incidents(happenings: list[Happening], toponyms: list[Toponym]) -> list[Incident]:
    """Return the document's incidents in the order of their first events.

    ``cause`` names the event that the trigger's subject is ("the attack killed
    ten"): the two are one happening whatever their types. Only the nearest
    incidents and their last events are looked at, so that time stays linear.
    """
    groups: list[list[_Traits]] = []
    home_of: dict[str, list[_Traits]] = {}
    for traits in (_traits(h, toponyms) for h in happenings):
        home = home_of.get(traits.happening.cause or "") or _home(traits, groups[: -_NEAREST - 1 : -1])
        if home is None:
            home = []
            groups.append(home)
        home.append(traits)
        home_of[traits.event.id] = home
    return [
        Incident(id=f"i{n}", type=_type(group), events=tuple(t.event.id for t in group))
        for n, group in enumerate(groups, 1)
    ]


def _traits(happening: Happening, toponyms: list[Toponym]) -> _Traits:
    event = happening.event
    places = (toponyms[i] for i in event.toponyms)
    near = frozenset(p.name or p.text for p in places if p.precision not in {"country", "region"})
    return _Traits(happening, event, _people(event.actors), _people(event.recipients), near)


def _people(mentions: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset(m.actor or m.text.lower() for m in mentions)


def _type(group: list[_Traits]) -> str:
    kinds = [t.event.type for t in group]
    return max(kinds, key=lambda k: (kinds.count(k), -kinds.index(k)))


def _home(traits: _Traits, groups: list[list[_Traits]]) -> list[_Traits] | None:
    for group in groups:
        members = group[-_LAST:]
        if all(_compatible(traits, m) for m in members) and any(_linked(traits, m) for m in members):
            return group
    return None


def _compatible(traits: _Traits, other: _Traits) -> bool:
    event, before = traits.event, other.event
    return (
        event.type == before.type
        and (event.mode is None or before.mode is None or event.mode == before.mode)
        and (event.happened if before.happened else event.status == before.status)
        and not _apart(traits.actors, other.actors)
        and not _apart(traits.recipients, other.recipients)
        and not _apart(traits.places, other.places)
        and _days_meet(event, before)
    )


def _linked(traits: _Traits, other: _Traits) -> bool:
    if traits.happening.definite or traits.recipients & other.recipients:
        return True
    same_word = traits.happening.lemma == other.happening.lemma
    return bool(traits.actors & other.actors) and (same_word or bool(traits.places & other.places))


def _apart(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first) and bool(second) and not first & second


def _days_meet(event: Event, other: Event) -> bool:
    if event.time is None or other.time is None:
        return True
    return event.time.start <= other.time.end and other.time.start <= event.time.end
