"""Mentions of one happening inside a document, merged into incidents.

An event joins the incident of an earlier one if nothing speaks against it
(another type or mode, another standing in the world, other people, places or
days) and something speaks for it: a shared participant or place, or a definite noun that
takes the earlier one up ("an attack ... the attack"). A different toll is no
reason against: disagreement is data.

Violence, as a protest, is told piece by piece: shots, one victim, the next, who died later. So
violent events are one happening with other victims too, from verb to verb, until
the words bring up another: "a second shooting", another place or day. Nobody
is killed twice.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from byline import knowledge
from byline.distance import distance
from byline.language.parsed import Token
from byline.modes import are_apart
from byline.records import Actor, Event, Incident, Interval, Mention, Toponym

_NEAREST, _LAST = 60, 10  # incidents, and events of each, that an event is held against
_ONE_TOWN_KM, _ONE_DISTRICT_KM = 25.0, 75.0  # the latter from the middle of a county to its towns
_WORDS = knowledge.load("incidents.toml")
_NEW, _PRONOUNS = frozenset(_WORDS["new"]), frozenset(_WORDS["pronouns"])
_DOERS = re.compile(rf"(?:the|these|those) (?:\w+ )?(?:{'|'.join(_WORDS['doers'])})")
_A_NIGHT = timedelta(days=1)  # one night is told under either of its days
_NAMED = frozenset({"person", "organisation", "state"})
VIOLENT = frozenset({"ASSAULT"})
_TOLD_ON = VIOLENT | {"PROTEST"}


class Happening(NamedTuple):
    """What is compared of an event: it and the words of its trigger that matter.

    ``definite`` tells of a noun that takes something up: "the raid"; ``new``
    of words that bring something up: "a raid", "another raid". ``cause``
    is the id of the event that is its subject or of which it is the result.
    """

    event: Event
    lemma: str
    definite: bool
    cause: str | None
    new: bool = False


class Traits(NamedTuple):
    """A happening with what is compared of it, computed once; `by_the_same`: by "the attackers" of the one before."""

    happening: Happening
    event: Event
    actors: frozenset[str]
    recipients: frozenset[str]
    named: frozenset[str]
    sectors: frozenset[str]
    dead: frozenset[str]
    by_the_same: bool
    places: tuple[Toponym, ...]


def is_new(head: Token) -> bool:
    """Return whether a trigger is a noun that brings up what was not told before."""
    return not head.is_verb and any(c.lower in _NEW for c in head.children if c.dep in {"det", "amod"})


def find_incidents(traits: Sequence[Traits]) -> list[Incident]:
    """Return the document's incidents in the order of their first events.

    ``cause`` names the event that the trigger's subject is ("the attack killed
    ten"): the two are one happening whatever their types. Only the nearest
    incidents and their last events are looked at, so that time stays linear.
    """
    groups: list[list[Traits]] = []
    home_of: dict[str, list[Traits]] = {}
    for one in traits:
        home = home_of.get(one.happening.cause or "") or _home(one, groups[: -_NEAREST - 1 : -1])
        if home is None:
            home = []
            groups.append(home)
        home.append(one)
        home_of[one.event.id] = home
    return [
        Incident(id=f"i{n}", type=_type(group), events=tuple(t.event.id for t in group))
        for n, group in enumerate(groups, 1)
    ]


def traits_of(happenings: list[Happening], toponyms: list[Toponym], actors: Sequence[Actor]) -> list[Traits]:
    """Return what is compared of each happening."""
    known = {a.id: a for a in actors}
    return [_traits(h, toponyms, known) for h in happenings]


def _traits(happening: Happening, toponyms: list[Toponym], known: dict[str, Actor]) -> Traits:
    event = happening.event
    near = tuple(p for p in (toponyms[i] for i in event.toponyms) if not p.is_wide)
    actors, recipients = _people(event.actors), _people(event.recipients)
    dead = recipients if any(c.what == "killed" and c.low == 1 for c in event.counts) else frozenset[str]()
    doers = [known[i] for i in sorted(actors) if i in known]
    named = frozenset(a.id for a in doers if a.kind in _NAMED and a.name[:1].isupper())
    sectors = frozenset(a.sector for a in doers if a.sector is not None)
    taken_up = any(_DOERS.fullmatch(m.text.lower()) for m in event.actors)
    return Traits(happening, event, actors, recipients, named, sectors, dead, taken_up, near)


def _people(mentions: tuple[Mention, ...]) -> frozenset[str]:
    """Return whom mentions stand for; a pronoun that stands for nobody known speaks for and against nothing."""
    return frozenset(m.actor or m.text.lower() for m in mentions if m.actor or m.text.lower() not in _PRONOUNS)


def _type(group: list[Traits]) -> str:
    kinds = [t.event.type for t in group]
    return max(kinds, key=lambda k: (kinds.count(k), -kinds.index(k)))


def _home(traits: Traits, groups: list[list[Traits]]) -> list[Traits] | None:
    for group in groups:
        members = group[-_LAST:]
        if 2 * sum(_compatible(traits, m) for m in members) > len(members) and any(_linked(traits, m) for m in members):
            return group
    return None


def is_same_deed(traits: Traits, other: Traits) -> bool:
    """Tell whether two events are one deed, whatever is said of its having happened.

    People are the same by their head word, too ("a judge", "the judge"); those who
    do it, by their sector: the army answers for its soldiers.
    """
    doers, sufferers = _by_word(traits.event.actors), _by_word(traits.event.recipients)
    others, their_sufferers = _by_word(other.event.actors), _by_word(other.event.recipients)
    if _apart(sufferers, their_sufferers) or (_apart(doers, others) and not traits.sectors & other.sectors):
        return False
    alike = doers & others or sufferers & their_sufferers or traits.happening.lemma == other.happening.lemma
    return bool(alike or traits.happening.definite) and _same_kind_there_and_then(traits, other)


def _by_word(mentions: tuple[Mention, ...]) -> frozenset[str]:
    heads = ((m.text[m.head[0] - m.span[0] : m.head[1] - m.span[0]] if m.head else m.text).lower() for m in mentions)
    return _people(mentions) | frozenset(h for h in heads if h not in _PRONOUNS)


def _compatible(traits: Traits, other: Traits) -> bool:
    event, before = traits.event, other.event
    standing = event.happened if before.happened else event.status == before.status
    others = _others_go_on if _goes_on(traits) else _others
    return standing and not others(traits, other) and _same_kind_there_and_then(traits, other)


def _same_kind_there_and_then(traits: Traits, other: Traits) -> bool:
    event, before = traits.event, other.event
    return (
        event.type == before.type
        and (traits.by_the_same or not are_apart(event.mode, before.mode))
        and not _elsewhere(traits.places, other.places)
        and (_days_meet(event, before) or bool(traits.dead & other.dead))
    )


def _goes_on(traits: Traits) -> bool:
    """Whether the words may tell more of violence or a protest told before, with others taking part."""
    return traits.event.type in _TOLD_ON and traits.event.happened and not traits.happening.new


def _linked(traits: Traits, other: Traits) -> bool:
    if traits.happening.definite or _goes_on(traits) or traits.recipients & other.recipients:
        return True
    same_word = traits.happening.lemma == other.happening.lemma
    same_place = {p.name or p.text for p in traits.places} & {p.name or p.text for p in other.places}
    return bool(traits.actors & other.actors) and (same_word or bool(same_place))


def _others(traits: Traits, other: Traits) -> bool:
    return _apart(traits.actors, other.actors) or _apart(traits.recipients, other.recipients)


def _others_go_on(traits: Traits, other: Traits) -> bool:
    """Whether violence is done by other named actors, none of whom it was done to before."""
    if (traits.actors | traits.recipients) & (other.actors | other.recipients):
        return False
    return _apart(traits.named, other.named)


def _apart(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first) and bool(second) and not first & second


def _elsewhere(first: tuple[Toponym, ...], second: tuple[Toponym, ...]) -> bool:
    """Whether all places of one are far from all of the other; of a province nothing is known but its country."""
    return bool(first) and bool(second) and not any(_meet(a, b) for a in first for b in second)


def _meet(first: Toponym, second: Toponym) -> bool:
    if (first.name or first.text) == (second.name or second.text):
        return True
    if "province" in {first.precision, second.precision}:
        return first.country == second.country and first.precision != second.precision
    counties = sum(p.precision == "district" and p.within is None for p in (first, second))
    return distance(first, second) <= (_ONE_DISTRICT_KM if counties == 1 else _ONE_TOWN_KM)


def _days_meet(event: Event, other: Event) -> bool:
    if event.time is None or other.time is None:
        return True
    grace = timedelta() if event.time.basis == other.time.basis == "timex" else _A_NIGHT
    return _ends_before(event.time, other.time) <= grace and _ends_before(other.time, event.time) <= grace


def _ends_before(first: Interval, second: Interval) -> timedelta:
    """Return how long before the second interval the first one ends; nothing or less where they meet."""
    return date.fromisoformat(second.start) - date.fromisoformat(first.end)
