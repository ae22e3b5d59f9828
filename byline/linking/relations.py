"""How two values of one field go together: the same, one more precise, compatible, different, or contradictory.

"different" is what may be true of one happening side by side, such as two actors; "contradictory" is what may not.
Each judgement says why, in words for a reader.
"""

import math
import re
from datetime import date
from typing import NamedTuple

from byline import knowledge
from byline.accounts import RelationKind
from byline.distance import distance
from byline.linking.identity import Who, agree, may_be_same, plain, singular, who_is
from byline.linking.reports import Party, Spot
from byline.records import HAPPENED, Status

_LIMITS = knowledge.load("contest.toml")
_NEAR, _APART, _INSIDE, _OUTSIDE = (_LIMITS["places"][k] for k in ("near", "apart", "inside", "outside"))
_ONE_NIGHT = _LIMITS["dates"]["one_night"]
_NUMBERS = knowledge.load("numbers.toml")
_SMALL = frozenset((*knowledge.load("people.toml")["not_names"], *_NUMBERS["cardinals"], *_NUMBERS["scales"]))
_NEGATED = frozenset({"denied", "did_not_happen"})
_WIDE = frozenset({"country", "region"})
_UNSTATED = "UNK"
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters of a word of a purpose that means something


class Toll(NamedTuple):
    """How many; `high` None is an open top."""

    low: int
    best: int | None
    high: int | None

    @property
    def top(self) -> float:
        return math.inf if self.high is None else self.high


class Days(NamedTuple):
    """Days, both inclusive."""

    first: date
    last: date


class Deed(NamedTuple):
    """What kind of event it is."""

    type: str
    mode: str | None


class Judgement(NamedTuple):
    """How two values go together; `turned`: it is the second that is more precise."""

    kind: RelationKind
    why: str
    turned: bool = False


def tolls(one: Toll, other: Toll) -> Judgement:
    """Compare two tolls as ranges."""
    if (one.low, one.high) == (other.low, other.high):
        return Judgement("same", "the same number")
    for a, b, turned in ((one, other, False), (other, one, True)):
        if b.low <= a.low and a.top <= b.top:
            return Judgement("more precise", "lies within the other", turned)
    if max(one.low, other.low) <= min(one.top, other.top):
        return Judgement("compatible", "there are numbers that fit both")
    return Judgement("contradictory", "no number fits both")


def dates(one: Days, other: Days) -> Judgement:
    """Compare two intervals of days."""
    if one == other:
        return Judgement("same", "the same days")
    for a, b, turned in ((one, other, False), (other, one, True)):
        if b.first <= a.first and a.last <= b.last:
            return Judgement("more precise", "lies within the other", turned)
    apart = max(one.first, other.first).toordinal() - min(one.last, other.last).toordinal()
    if apart <= 0:
        return Judgement("compatible", "they share days")
    if apart <= _ONE_NIGHT:
        return Judgement("different", "one day apart: one night may be told under either")
    return Judgement("contradictory", f"{apart} days apart")


def places(one: Spot, other: Spot) -> Judgement:
    """Compare two places, by name and by kilometres between them."""
    km = distance(one, other)
    if _same_place(one, other, km):
        return Judgement("same", "the same place")
    for a, b, turned in ((one, other, False), (other, one, True)):
        if a.within is not None and plain(a.within) == plain(b.name):
            return Judgement("more precise", f"is a part of {b.name}", turned)
        if b.precision in _WIDE and a.precision not in _WIDE and (b.country is None or a.country == b.country):
            kind: RelationKind = "more precise" if b.precision == "country" else "compatible"
            return Judgement(kind, f"lies in {b.name}" if b.country else f"may lie in {b.name}", turned)
        if b.precision == "province" and a.precision not in {"province", *_WIDE} and a.country == b.country:
            return _in_province(km, turned=turned)
    return _apart(one, other, km)


def _same_place(one: Spot, other: Spot, km: float) -> bool:
    if one.geonames_id is not None and one.geonames_id == other.geonames_id:
        return True
    named = plain(one.name) == plain(other.name) and one.precision == other.precision
    return (
        named and (one.country or other.country) == (other.country or one.country) and (km <= _NEAR or km == math.inf)
    )


def _in_province(km: float, *, turned: bool) -> Judgement:
    if km <= _INSIDE:
        return Judgement("more precise", f"lies {km:.0f} km from the middle of the province", turned)
    if km < _OUTSIDE or km == math.inf:
        return Judgement("compatible", "may lie in the province", turned)
    return Judgement("contradictory", f"lies {km:.0f} km from the middle of the province", turned)


def _apart(one: Spot, other: Spot, km: float) -> Judgement:
    if km <= _NEAR:
        return Judgement("compatible", f"{km:.0f} km apart: one town and its surroundings")
    if one.country and other.country and one.country != other.country:
        return Judgement("contradictory", "in two countries")
    if km == math.inf:
        return Judgement("different", "nobody knows how far they are from each other")
    limit = _OUTSIDE if "province" in {one.precision, other.precision} else _APART
    return Judgement("contradictory" if km >= limit else "different", f"{km:.0f} km apart")


def parties(one: Party, other: Party) -> Judgement:
    """Compare two who act or suffer: by names, and by country and sector where they have none."""
    mine, theirs = _who(one), _who(other)
    if mine.name and theirs.name:
        return _named(mine, theirs)
    if mine.name or theirs.name:
        alike = may_be_same(mine, theirs)
        if alike and mine.sector is not None and mine.sector == theirs.sector:
            return Judgement("more precise", "has a name, and is of the same kind", not mine.name)
        return Judgement("compatible", "may be them") if alike else Judgement("different", "of another kind or country")
    return _nameless(one, other)


def _who(party: Party) -> Who:
    """Return what is known of somebody; whose part nobody states ("attackers") may have any."""
    who = who_is(party)
    return who._replace(sector=None) if who.sector == _UNSTATED else who


def _named(one: Who, other: Who) -> Judgement:
    if not may_be_same(one, other):
        return Judgement("different", "two names")
    if (one.kind == "person") != (other.kind == "person"):
        return Judgement("more precise", "is a person of the other", other.kind == "person")
    return Judgement("same", "one name") if agree(one.name, other.name) else Judgement("different", "two of one body")


def _nameless(one: Party, other: Party) -> Judgement:
    mine, theirs = _words(one), _words(other)
    countries = {c for c in (one.country, other.country) if c}
    if mine == theirs and len(countries) <= 1:
        return Judgement("same", "the same words")
    for a, b, turned in ((mine, theirs, False), (theirs, mine, True)):
        if b and b < a and len(countries) <= 1:
            return Judgement("more precise", "says more in the same words", turned)
    if one.sector is not None and one.sector == other.sector and len(countries) <= 1:
        return Judgement("compatible", "of one kind")
    return Judgement("different", "other words")


def _words(party: Party) -> frozenset[str]:
    words = (singular(w) for w in _WORD.findall(plain(party.name)))
    return frozenset(w for w in words if w not in _SMALL)


def deeds(one: Deed, other: Deed) -> Judgement:
    """Compare two types with their modes."""
    if one == other:
        return Judgement("same", "the same type")
    if one.type != other.type:
        return Judgement("different", "two types")
    if one.mode is None or other.mode is None:
        return Judgement("more precise", "says how", one.mode is None)
    return Judgement("different", "two modes")


def statuses(one: Status, other: Status) -> Judgement:
    """Compare what is said of whether it happened."""
    if one == other or {one, other} <= _NEGATED:
        return Judgement("same", "the same standing")
    if {one, other} & _NEGATED and {one, other} & HAPPENED:
        return Judgement("contradictory", "it happened, and it did not")
    if "attempted" in {one, other} and {one, other} & HAPPENED:
        return Judgement("different", "done, and only tried")
    return Judgement("compatible", "one may have come after the other")


def purposes(one: str, other: str) -> Judgement:
    """Compare the words for what it was done for."""
    mine, theirs = (frozenset(w for w in _WORD.findall(plain(p)) if len(w) >= _SHORTEST) for p in (one, other))
    if mine == theirs:
        return Judgement("same", "the same words")
    if mine & theirs:
        return Judgement("compatible", f"both speak of {', '.join(sorted(mine & theirs))}")
    return Judgement("different", "other words")
