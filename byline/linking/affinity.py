"""How likely two reports are of one happening, part by part, each with its words."""

import math
from typing import NamedTuple

from byline import knowledge
from byline.distance import distance
from byline.linking.reports import Report
from byline.linking.traits import Traits, traits_of

_LIMITS = knowledge.load("linking.toml")["affinity"]
LINKED: float = _LIMITS["linked"]
COUNTED = 0.1
_NEAR, _FAR = _LIMITS["near"], _LIMITS["far"]


class Part(NamedTuple):
    """One thing that speaks for (above nought) or against two reports being of one happening."""

    name: str
    weight: float
    words: str


class Affinity(NamedTuple):
    """How likely two reports are of one happening, 0 to 1, and why."""

    score: float
    parts: tuple[Part, ...]


def compare(one: Report, other: Report) -> Affinity:
    """Return how likely two reports are of one happening; the same whichever is named first."""
    a, b = traits_of(one), traits_of(other)
    found = (_same_document(a, b), _kind(a, b), _time(a, b), _place(a, b), _people(a, b), _toll(a, b), _words(a, b))
    parts = tuple(part for part in found if part)
    return Affinity(1 / (1 + math.exp(-sum(p.weight for p in parts))), parts)


def _same_document(a: Traits, b: Traits) -> Part | None:
    return Part("document", -4.0, "one document tells them apart") if a.document == b.document else None


def _kind(a: Traits, b: Traits) -> Part:
    shared = a.types & b.types
    if not shared:
        return Part("type", -3.0, f"{_listed(a.types)} against {_listed(b.types)}")
    return Part("type", -1.0, f"both {_listed(shared)}")


def _time(a: Traits, b: Traits) -> Part | None:
    if a.days is None or b.days is None:
        return None
    gap = max(a.days.first - b.days.last, b.days.first - a.days.last, 0)
    words = "the same days" if gap == 0 else f"{gap} days apart"
    return Part("time", 0.5 if gap == 0 else -0.5 * min(gap, 10), words)


def _place(a: Traits, b: Traits) -> Part | None:
    if not a.spots or not b.spots:
        return None
    near = min((distance(x, y) if x.name != y.name else 0.0, x.name, y.name) for x in a.spots for y in b.spots)
    if near[0] <= _NEAR:
        return Part("place", 1.0, f"{near[1]} and {near[2]}" if near[1] != near[2] else near[1])
    return Part("place", -2.0 if near[0] > _FAR else -1.0, f"{near[1]} is {near[0]:.0f} km from {near[2]}")


def _people(a: Traits, b: Traits) -> Part | None:
    shared = a.names & b.names
    return Part("people", float(min(len(shared), 3)), _listed(shared)) if shared else None


def _toll(a: Traits, b: Traits) -> Part | None:
    differ = [w for w in sorted(a.tolls.keys() & b.tolls.keys()) if a.tolls[w][0] != b.tolls[w][0]]
    return Part("toll", -0.5, f"{_listed(differ)} differ") if differ else None


def _words(a: Traits, b: Traits) -> Part | None:
    shared = a.terms & b.terms
    if not shared:
        return None
    share = len(shared) / math.sqrt(len(a.terms) * len(b.terms))
    return Part("words", 6 * share, _listed(shared))


def _listed(words: object) -> str:
    return ", ".join(sorted(words))  # type: ignore[call-overload]
