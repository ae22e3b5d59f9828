"""How likely two reports are of one happening, part by part, each with its words.

A part is something that the two have in common or in which they differ. Each has a weight, measured by
benchmarks/linking.py and kept in knowledge/affinity.toml; the sum of the weights is the log odds of the two being one.
"""

import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from byline import knowledge
from byline.distance import distance
from byline.linking.reports import Report
from byline.linking.traits import Days, Toll, Traits, traits_of

_LIMITS = knowledge.load("linking.toml")["affinity"]
_WEIGHTS: dict[str, float] = knowledge.load("affinity.toml")
LINKED: float = _LIMITS["linked"]
COUNTED: float = _LIMITS["counted"]
_NEAR, _FAR, _LARGE = _LIMITS["near"], _LIMITS["far"], _LIMITS["large"]
_GAPS = (("a day apart", 1), ("days apart", 3), ("a week apart", 7), ("weeks apart", 30), ("months apart", math.inf))
_MANY = 2  # names or ages in common: more add nothing


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
    features: tuple[Feature, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """What the score rests on, in words."""
        found = (Part(f.name, f.value * _WEIGHTS[f.name], ", ".join(sorted(map(str, f.what)))) for f in self.features)
        return tuple(part for part in found if part.weight)


def compare(one: Report, other: Report) -> Affinity:
    """Return how likely two reports are of one happening; the same whichever is named first."""
    features = tuple(features_of(traits_of(one), traits_of(other)))
    odds = _WEIGHTS["any two"] + sum(f.value * _WEIGHTS[f.name] for f in features)
    return Affinity(1 / (1 + math.exp(-odds)), features)


def features_of(a: Traits, b: Traits) -> Iterator[Feature]:
    """Yield what two reports have in common and in which they differ; of other deeds elsewhere no more than that."""
    if _is_hopeless(a, b):
        yield Feature("other deed elsewhere", 1)
        return
    if a.document == b.document:
        yield Feature("one document", 1)
    yield from _kind(a, b)
    yield from _time(a, b)
    yield from _place(a, b)
    yield from _people(a, b)
    yield from _tolls(a, b)
    yield from _words(a, b)


def _is_hopeless(a: Traits, b: Traits) -> bool:
    """Whether two are of other types and other towns: most that share a key by chance are, and this is soon seen."""
    other_type = a.types.isdisjoint(b.types) and a.families.isdisjoint(b.families)
    return bool(other_type and a.towns and b.towns and a.towns.isdisjoint(b.towns))


def _kind(a: Traits, b: Traits) -> Iterator[Feature]:
    if a.types & b.types:
        yield Feature("same type", 1, a.types & b.types)
    elif a.families & b.families:
        yield Feature("kindred type", 1, a.types | b.types)
    if a.modes and b.modes:
        yield (
            Feature("same mode", 1, a.modes & b.modes)
            if a.modes & b.modes
            else Feature("other mode", 1, a.modes | b.modes)
        )
    if a.triggers & b.triggers:
        yield Feature("same trigger", 1, a.triggers & b.triggers)
    if a.many != b.many:
        yield Feature("whole and part", 1)
    if a.happened != b.happened:
        yield Feature("happened and not", 1)


def _time(a: Traits, b: Traits) -> Iterator[Feature]:
    if a.days is None or b.days is None:
        if a.published and b.published:
            gap = a.published.gap(b.published)
            yield Feature("published apart", math.log1p(gap), (gap,))
        return
    gap = a.days.gap(b.days)
    longest = max(a.days.length, b.days.length)
    yield Feature(_gap_of(gap, longest), 2 / (1 + longest) if gap == 0 else 1, (gap,))
    if gap and a.said and b.said:
        yield Feature("other days said", 1, (gap,))
    if _precedes(a.published, b.days) or _precedes(b.published, a.days):
        yield Feature("told before it happened", 1)


def _gap_of(gap: int, longest: int) -> str:
    if gap == 0:
        return "same day" if longest == 1 else "days meet"
    return next(name for name, most in _GAPS if gap <= most)


def _precedes(published: Days | None, days: Days) -> bool:
    return published is not None and published.last + 1 < days.first


def _place(a: Traits, b: Traits) -> Iterator[Feature]:
    if a.towns & b.towns:
        yield Feature("same town named", 1, a.towns & b.towns)
    pairs = [(distance(x, y), sorted({x.name, y.name})) for x in a.spots for y in b.spots]
    away, names = min(pairs, default=(math.inf, []))
    if away <= _NEAR:
        yield Feature("same place" if away == 0 else "near", 1, names)
    elif same := {x.name for x in a.spots} & {y.name for y in b.spots}:
        yield Feature("same name", 1, same)
    elif _FAR < away < math.inf:
        yield Feature("far", 1, names)


def _people(a: Traits, b: Traits) -> Iterator[Feature]:
    for name, mine, theirs in (("surname", a.surnames, b.surnames), ("forename", a.forenames, b.forenames)):
        if mine & theirs:
            yield Feature(name, min(len(mine & theirs), _MANY), mine & theirs)
    if a.ages and b.ages:
        shared = a.ages & b.ages
        yield Feature("age", min(len(shared), _MANY), shared) if shared else Feature("other ages", 1, a.ages | b.ages)
    for name, mine, theirs in (("doer", a.doers, b.doers), ("sufferer", a.sufferers, b.sufferers)):
        if mine and theirs:
            same = mine & theirs
            yield Feature(name, 1, same) if same else Feature(f"other {name}", 1, mine | theirs)
    if a.targets and b.targets and a.targets.isdisjoint(b.targets):
        yield Feature("other target", 1, a.targets | b.targets)


def _tolls(a: Traits, b: Traits) -> Iterator[Feature]:
    for what in a.tolls.keys() & b.tolls.keys():
        low, least = a.tolls[what][0], b.tolls[what][0]
        if not _is_other(a.tolls[what], b.tolls[what]):
            size = min(low, least)
            yield Feature("same toll" if size < _LARGE else "same large toll", 1, (f"{size} {what}",))
        else:
            yield from _other_toll(a, b, what)


def _other_toll(a: Traits, b: Traits, what: str) -> Iterator[Feature]:
    """Yield how far two tolls are from each other; of two days, they are hardly one toll that runs."""
    few, many = sorted(low for low, _ in (a.tolls[what], b.tolls[what]))
    words = f"{few} {what}", f"{many} {what}"
    if many < _LARGE:
        yield Feature("other toll", 1, words)
        return
    if few >= _LARGE:
        yield Feature("other large toll", math.log(many / few), words)
        if a.sufferers and b.sufferers and a.sufferers.isdisjoint(b.sufferers):
            yield Feature("other large toll and sufferer", 1, words)
    if a.day and b.day and a.day != b.day:
        yield Feature("other day and toll", 1, words)


def _is_other(toll: Toll, other: Toll) -> bool:
    (low, high), (least, most) = toll, other
    return low > (math.inf if most is None else most) or least > (math.inf if high is None else high)


def _words(a: Traits, b: Traits) -> Iterator[Feature]:
    rare, numbers, common = a.rare & b.rare, a.numbers & b.numbers, a.common & b.common
    if not (rare or numbers or common):
        return
    mass = 9 * len(rare) + 4 * len(numbers) + len(common)
    yield Feature("words", mass / (a.length * b.length), rare | numbers | common)
    yield Feature("rare words", math.log1p(len(rare)), rare)
