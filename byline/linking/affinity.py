"""How likely two reports are of one happening, part by part, each with its words.

A part is something that the two have in common or in which they differ. Each has a weight, measured by
benchmarks/linking.py and kept in knowledge/affinity.toml; the sum of the weights is the log odds of the two being one.
"""

import math
from collections.abc import Iterable
from itertools import product, starmap
from typing import NamedTuple

from byline import knowledge
from byline.distance import distance
from byline.linking.reports import Report
from byline.linking.traits import Days, Toll, Traits, traits_of
from byline.modes import are_apart

_LIMITS = knowledge.load("linking.toml")["affinity"]
_WEIGHTS: dict[str, float] = knowledge.load("affinity.toml")
LINKED: float = _LIMITS["linked"]
COUNTED: float = _LIMITS["counted"]
_NEAR, _FAR, _OUTSIDE, _LARGE, _SEVERAL = (_LIMITS[k] for k in ("near", "far", "outside", "large", "several"))
_GAPS = (("a day apart", 1), ("days apart", 3), ("a week apart", 7), ("weeks apart", 30), ("months apart", math.inf))
_OTHER = {"age": "other ages", "doer": "other doer", "sufferer": "other sufferer"}
_DEAD, _HURT = "killed", "wounded"
_MANY = 2  # names or ages in common: more add nothing
TOWNS = "same town named"  # its words are ids of GeoNames
_NAMED = frozenset(
    {TOWNS, "same place", "near", "same name", "surname", "forename", "age", "doer", "sufferer", "rare words"}
)


class Feature(NamedTuple):
    """What two reports have in common or in which they differ: how much of it, and the words or figures."""

    name: str
    value: float
    what: Iterable[object] = ()


class Part(NamedTuple):
    """One thing that speaks for (above nought) or against two reports being of one happening, in log odds."""

    name: str
    weight: float
    words: str


class Affinity(NamedTuple):
    """How likely two reports are of one happening, 0 to 1, and why."""

    score: float
    features: list[Feature]

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the score rests on, in words."""
        found = (Part(f.name, f.value * _WEIGHTS[f.name], ", ".join(sorted(map(str, f.what)))) for f in self.features)
        return tuple(part for part in found if part.weight)


def compare(one: Report, other: Report) -> Affinity:
    """Return how likely two reports are of one happening; the same whichever is named first."""
    return likeness(traits_of(one), traits_of(other))


def likeness(a: Traits, b: Traits) -> Affinity:
    """Return what `compare` does of two reports whose traits these are."""
    features = features_of(a, b)
    odds = _WEIGHTS["any two"] + sum([value * _WEIGHTS[name] for name, value, _ in features])
    return Affinity(1 / (1 + math.exp(-odds)), features)


def features_of(a: Traits, b: Traits) -> list[Feature]:
    """Return what two reports have in common and in which they differ; of other deeds elsewhere no more than that."""
    if _is_hopeless(a, b):
        return [Feature("other deed elsewhere", 1)]
    found: list[Feature] = []
    if a.document == b.document:
        found.append(Feature("one document", 1))
    for part in (_kind, _time, _place, _people, _tolls, _words):
        part(a, b, found)
    if _NAMED.isdisjoint(f.name for f in found):
        found.append(Feature("nothing named in both", 1))
    return found


def _is_hopeless(a: Traits, b: Traits) -> bool:
    """Whether two are of other types and other towns: most that share a key by chance are, and this is soon seen."""
    return (
        a.types.isdisjoint(b.types)
        and bool(a.towns and b.towns)
        and a.towns.isdisjoint(b.towns)
        and a.families.isdisjoint(b.families)
    )


def _kind(a: Traits, b: Traits, found: list[Feature]) -> None:
    if same := a.types & b.types:
        found.append(Feature("same type", 1, same))
    elif a.families & b.families:
        found.append(Feature("kindred type", 1, a.types | b.types))
    if same := a.modes & b.modes:
        found.append(Feature("same mode", 1, same))
    elif a.modes and b.modes and all(starmap(are_apart, product(a.modes, b.modes))):
        found.append(Feature("other mode", 1, a.modes | b.modes))
    if same := a.triggers & b.triggers:
        found.append(Feature("same trigger", 1, same))
    if a.many != b.many or (a.many and _is_day_of_days(a, b)):
        found.append(Feature("whole and part", 1))
    if a.happened != b.happened:
        found.append(Feature("happened and not", 1))


def _is_day_of_days(a: Traits, b: Traits) -> bool:
    """Whether one says a single day and the other is of several: a day of raids in a week of them."""
    return any(one.said and one.day and other.days and other.days.length >= _SEVERAL for one, other in ((a, b), (b, a)))


def _time(a: Traits, b: Traits, found: list[Feature]) -> None:
    if _precedes(a.published, b.days) or _precedes(b.published, a.days):
        found.append(Feature("told before it happened", 1))
    if a.days is None or b.days is None:
        if a.published and b.published:
            gap = a.published.gap(b.published)
            found.append(Feature("published apart", math.log1p(gap), (gap,)))
        return
    gap = a.days.gap(b.days)
    longest = max(a.days.length, b.days.length)
    found.append(Feature(_gap_of(gap, longest), 2 / (1 + longest) if gap == 0 else 1, (gap,)))
    if gap and a.said and b.said:
        found.append(Feature("said a day apart" if gap == 1 else "other days said", 1, (gap,)))
        if gap == 1 and not _agree_beside(a, b):
            found.append(Feature("nothing but the day before", 1, (gap,)))


def _agree_beside(a: Traits, b: Traits) -> bool:
    """Whether two that say days of their own agree on what two happenings hardly share: how many it killed."""
    shared = ((a.tolls[what], b.tolls[what]) for what in a.tolls.keys() & b.tolls.keys())
    return any(not _is_other(mine, theirs) and min(mine[0], theirs[0]) >= _LARGE for mine, theirs in shared)


def _gap_of(gap: int, longest: int) -> str:
    if gap == 0:
        return "same day" if longest == 1 else "days meet"
    return next(name for name, most in _GAPS if gap <= most)


def _precedes(published: Days | None, days: Days | None) -> bool:
    return published is not None and days is not None and published.last + 1 < days.first


def _place(a: Traits, b: Traits, found: list[Feature]) -> None:
    if same := a.towns & b.towns:
        found.append(Feature(TOWNS, 1, same))
    elif a.towns and b.towns:
        found.append(Feature("other towns", 1))
    if not a.spots or not b.spots:
        return
    away, names, in_province = min(
        (distance(x, y), sorted({x.name, y.name}), "province" in (x.precision, y.precision))
        for x in a.spots
        for y in b.spots
    )
    if away <= _NEAR:
        found.append(Feature("same place" if away == 0 else "near", 1, names))
    elif named := {x.name.lower() for x in a.spots} & {y.name.lower() for y in b.spots}:
        found.append(Feature("same name", 1, named))
    elif (_OUTSIDE if in_province else _FAR) < away < math.inf:
        found.append(Feature("far", 1, names))
        if {s.country for s in a.spots}.isdisjoint({s.country for s in b.spots}):
            found.append(Feature("other country", 1, names))


def _people(a: Traits, b: Traits, found: list[Feature]) -> None:
    if same := a.surnames & b.surnames:
        found.append(Feature("surname", min(len(same), _MANY), same))
    if same := a.forenames & b.forenames:
        found.append(Feature("forename", min(len(same), _MANY), same))
    if a.ages and b.ages:
        shared = a.ages & b.ages
        found.append(Feature("age", min(len(shared), _MANY), shared) if shared else _others("age", a.ages, b.ages))
    if a.doers and b.doers:
        same = a.doers & b.doers
        found.append(Feature("doer", 1, same) if same else _others("doer", a.doers, b.doers))
    others = a.targets and b.targets and a.targets.isdisjoint(b.targets)
    if others:
        found.append(Feature("other target", 1, a.targets | b.targets))
    if a.sufferers and b.sufferers:
        same = frozenset() if others else a.sufferers & b.sufferers
        found.append(Feature("sufferer", 1, same) if same else _others("sufferer", a.sufferers, b.sufferers))


def _others(name: str, mine: Iterable[object], theirs: Iterable[object]) -> Feature:
    """Return that two have others of a kind: other ages, another doer."""
    return Feature(_OTHER[name], 1, {*mine, *theirs})


def _tolls(a: Traits, b: Traits, found: list[Feature]) -> None:
    if not (a.tolls and b.tolls):
        return
    for what in sorted(a.tolls.keys() & b.tolls.keys()):
        low, least = a.tolls[what][0], b.tolls[what][0]
        if not _is_other(a.tolls[what], b.tolls[what]):
            size = min(low, least)
            found.append(Feature("same toll" if size < _LARGE else "same large toll", 1, (f"{size} {what}",)))
        else:
            _other_toll(a, b, what, found)
    told = [traits.tolls.keys() & {_DEAD, _HURT} for traits in (a, b)]
    if {_HURT} in told and any(_DEAD in kinds for kinds in told):
        found.append(Feature("dead and none", 1))


def _other_toll(a: Traits, b: Traits, what: str, found: list[Feature]) -> None:
    """Add how far two tolls are from each other; of two days, they are hardly one toll that runs."""
    few, many = sorted(low for low, _ in (a.tolls[what], b.tolls[what]))
    words = f"{few} {what}", f"{many} {what}"
    if many < _LARGE:
        found.append(Feature("other toll", 1, words))
        return
    if few >= _LARGE:
        found.append(Feature("other large toll", math.log(many / few), words))
        if _falls(a, b, what):
            found.append(Feature("toll that falls", math.log(many / few), words))
        if a.sufferers and b.sufferers and a.sufferers.isdisjoint(b.sufferers):
            found.append(Feature("other large toll and sufferer", 1, words))
    if a.day and b.day and a.day != b.day:
        found.append(Feature("other day and toll", 1, words))


def _falls(a: Traits, b: Traits, what: str) -> bool:
    """Whether the report that is printed on a later day has the smaller toll: tolls of one happening grow."""
    if a.published is None or b.published is None or a.published == b.published:
        return False
    first, then = (a, b) if a.published < b.published else (b, a)
    return then.tolls[what][0] < first.tolls[what][0]


def _is_other(toll: Toll, other: Toll) -> bool:
    (low, high), (least, most) = toll, other
    return low > (math.inf if most is None else most) or least > (math.inf if high is None else high)


def _words(a: Traits, b: Traits, found: list[Feature]) -> None:
    rare, numbers, common = a.rare & b.rare, a.numbers & b.numbers, a.common & b.common
    if not (rare or numbers or common):
        return
    mass = 9 * len(rare) + 4 * len(numbers) + len(common)
    found.append(Feature("words", mass / (a.length * b.length), rare | numbers | common))
    if rare:
        found.append(Feature("rare words", math.log1p(len(rare)), rare))
