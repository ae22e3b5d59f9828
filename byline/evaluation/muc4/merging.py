"""Acts that are one incident by MUC-4's definition, and which of them are in its scope."""

from datetime import date

from byline.evaluation.muc4 import words
from byline.evaluation.muc4.acts import Act
from byline.evaluation.muc4.reading import Reading
from byline.language.parsed import Token

_COUNTRIES = frozenset(words.DATA["countries"])
_RECENT: int = words.DATA["recent"]
_NEAREST = 40  # incidents that an act is held against, so that time stays linear
_BESIDE = 1  # sentences between a bombing and the killing that is its result
_FIGHTING, _NEUTRAL = frozenset(words.DATA["acts"]["fighting"]), frozenset(words.DATA["acts"]["neutral"])
_STATE_ARMS = frozenset({"MIL", "COP"})
_ARMED = frozenset({"REB", "CRM", "UAF", "PRM"})


class Group:
    """Acts that are one incident."""

    def __init__(self, act: Act) -> None:
        self.acts = [act]

    @property
    def type(self) -> str:
        """The most special type: what kills in a bombing is the bombing."""
        return next((a.type for a in self.acts if a.type != "ATTACK"), "ATTACK")


def find_groups(acts: list[Act], reading: Reading) -> list[Group]:
    """Return the incidents in scope, in text order."""
    groups: list[Group] = []
    for act in acts:
        if not _recent(act, reading):
            continue
        home = next((g for g in reversed(groups[-_NEAREST:]) if _same(g, act, reading)), None)
        if home is not None:
            home.acts.append(act)
        elif act.happened:
            groups.append(Group(act))
    return [g for g in groups if _relevant(g, reading)]


def keys_of(act: Act, reading: Reading) -> frozenset[str]:
    """Return what identifies those hit by an act: actors, nouns."""
    return frozenset(key_of(t, reading) for t in (*act.people, *act.things))


def key_of(token: Token, reading: Reading) -> str:
    """Return what identifies somebody or something: the actor, else the noun."""
    actor = reading.actor(token)
    return actor.id if actor is not None else token.lemma


def _same(group: Group, act: Act, reading: Reading) -> bool:
    special = {a.type for a in group.acts} - {"ATTACK"}
    if act.type != "ATTACK" and special and act.type not in special:
        return False
    if act.stage != group.acts[0].stage and "THREATENED" in {act.stage, group.acts[0].stage}:
        return False
    if act.type == group.type and any(_named(act, reading) & _named(o, reading) for o in group.acts):
        return True
    kinds = special | {act.type} if act.type != "ATTACK" else special
    if kinds and any(a.type not in kinds for a in (*group.acts, act)) and not _tied(group, act, reading):
        return False
    return _told_as_one(group, act, reading) and not any(_at_odds(act, other, reading) for other in group.acts)


def _told_as_one(group: Group, act: Act, reading: Reading) -> bool:
    """Whether a sentence tells an act with one of the group, or Byline holds them for one happening."""
    own = reading.incident(act.event)
    return any(act.head.sentence == o.head.sentence or own == reading.incident(o.event) for o in group.acts)


def _tied(group: Group, act: Act, reading: Reading) -> bool:
    """Whether acts of two types may be one incident: they stand side by side, or hit the same."""
    mine = keys_of(act, reading)
    return any(abs(act.head.sentence - o.head.sentence) <= _BESIDE or mine & keys_of(o, reading) for o in group.acts)


def _at_odds(act: Act, other: Act, reading: Reading) -> bool:
    mine, theirs = keys_of(act, reading), keys_of(other, reading)
    if mine & theirs:
        return False
    named, named_too = _named(act, reading), _named(other, reading)
    if named and named_too:
        return True
    days, days_too = _day(act), _day(other)
    if days and days_too and days != days_too:
        return True
    places, places_too = _places(act, reading), _places(other, reading)
    return bool(places and places_too and not places & places_too)


def _named(act: Act, reading: Reading) -> frozenset[str]:
    actors = (reading.actor(t) for t in act.people)
    return frozenset(a.id for a in actors if a is not None and a.kind == "person" and a.name[:1].isupper())


def _day(act: Act) -> str | None:
    time = act.event.time
    return time.start if time is not None and time.start == time.end and time.basis == "timex" else None


def _places(act: Act, reading: Reading) -> frozenset[str]:
    return frozenset(p.text for p in reading.places(act.event) if p.is_spot)


def _recent(act: Act, reading: Reading) -> bool:
    published, time = reading.coded.published, act.event.time
    if published is None or time is None or time.basis == "tense":
        return True
    return (date.fromisoformat(published.start) - date.fromisoformat(time.end)).days <= _RECENT


def _relevant(group: Group, reading: Reading) -> bool:
    """Whether an incident is in scope: somebody or something civil is hit, in a country of interest."""
    fought = any(a.head.lemma in _FIGHTING for a in group.acts)
    people = [t for a in group.acts for t in a.people if not is_armed(t, reading)]
    civil = [t for t in people if t.lemma not in _NEUTRAL or not fought]
    things = [t for a in group.acts for t in a.things if not words.is_of_forces(t, reading.tokens)]
    if not civil and not things:
        return False
    countries = {reading.coded.toponyms[i].country for a in group.acts for i in a.event.toponyms} - {None}
    at_home = {t.country for t in reading.coded.toponyms} & _COUNTRIES
    return not countries or bool(countries & _COUNTRIES) or bool(at_home)


def is_armed(token: Token, reading: Reading) -> bool:
    """Whether somebody belongs to an armed side, the state's or another."""
    actor = reading.actor(token)
    if actor is not None and actor.sector in _STATE_ARMS | _ARMED:
        return True
    return words.is_perpetrator(token)
