"""Mentions of one happening inside a document, merged into incidents.

An event joins the incident of an earlier one if nothing speaks against it
(another type or mode, another standing in the world, other people, places or
days) and something speaks for it: a shared participant or place, or a definite noun that
takes the earlier one up ("an attack ... the attack"). A different toll is no
reason against: disagreement is data.
"""

from typing import NamedTuple

from byline.records import Event, Incident, Mention, Toponym


class Happening(NamedTuple):
    """What is compared of an event: it and the words of its trigger that matter.

    ``definite`` tells of a noun that takes something up: "the raid". ``cause``
    is the id of the event that is its subject or of which it is the result.
    """

    event: Event
    lemma: str
    definite: bool
    cause: str | None


def find_incidents(happenings: list[Happening], toponyms: list[Toponym]) -> list[Incident]:
    """Return the document's incidents in the order of their first events.

    ``cause`` names the event that the trigger's subject is ("the attack killed
    ten"): the two are one happening whatever their types.
    """
    groups: list[list[Happening]] = []
    for happening in happenings:
        home = next((g for g in reversed(groups) if _belongs(happening, g, toponyms)), None)
        if home is None:
            groups.append([happening])
        else:
            home.append(happening)
    return [
        Incident(id=f"i{n}", type=_type(group), events=tuple(h.event.id for h in group))
        for n, group in enumerate(groups, 1)
    ]


def _type(group: list[Happening]) -> str:
    kinds = [h.event.type for h in group]
    return max(kinds, key=lambda k: (kinds.count(k), -kinds.index(k)))


def _belongs(happening: Happening, group: list[Happening], toponyms: list[Toponym]) -> bool:
    if any(happening.cause == h.event.id or h.cause == happening.event.id for h in group):
        return True
    if any(not _compatible(happening.event, h.event, toponyms) for h in group):
        return False
    return any(_linked(happening, h, toponyms) for h in group)


def _compatible(event: Event, other: Event, toponyms: list[Toponym]) -> bool:
    return (
        event.type == other.type
        and (event.mode is None or other.mode is None or event.mode == other.mode)
        and event.happened == other.happened
        and (event.happened or event.status == other.status)
        and not _apart(_people(event.actors), _people(other.actors))
        and not _apart(_people(event.recipients), _people(other.recipients))
        and not _apart(_places(event, toponyms), _places(other, toponyms))
        and _days_meet(event, other)
    )


def _linked(happening: Happening, other: Happening, toponyms: list[Toponym]) -> bool:
    event, before = happening.event, other.event
    if happening.definite:
        return True
    if _people(event.recipients) & _people(before.recipients):
        return True
    shared_actor = bool(_people(event.actors) & _people(before.actors))
    shared_place = bool(_places(event, toponyms) & _places(before, toponyms))
    return shared_actor and (shared_place or happening.lemma == other.lemma)


def _apart(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first) and bool(second) and not first & second


def _people(mentions: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset(m.actor or m.text.lower() for m in mentions)


def _places(event: Event, toponyms: list[Toponym]) -> frozenset[str]:
    found = (toponyms[i] for i in event.toponyms)
    return frozenset(t.name or t.text for t in found if t.precision not in {"country", "region"})


def _days_meet(event: Event, other: Event) -> bool:
    if event.time is None or other.time is None:
        return True
    return event.time.start <= other.time.end and other.time.start <= event.time.end
