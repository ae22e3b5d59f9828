"""Incidents that are parts of others: a raid of a day of a campaign. Being a part is kept apart from being the same.

A whole is told as many happenings: "a week of raids", "the campaign". A part lies inside its days and near its places,
is of its type, and is done by nobody else as far as both say who did it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple

from byline import knowledge
from byline.distance import distance
from byline.linking.reports import Report, Spot
from byline.linking.traits import Days, days_of, traits_of

Group = Sequence[Report]
_LIMITS = knowledge.load("linking.toml")["parts"]
_BUCKET, _AROUND, _LONGEST = _LIMITS["bucket"], _LIMITS["around"], _LIMITS["longest"]


class Outline(NamedTuple):
    """What of an incident tells whether it is a part or a whole; ``days`` are all that its reports give.

    ``many``: it is told as many happenings, and so may have parts.
    """

    id: str
    many: bool
    days: Days | None
    spots: tuple[Spot, ...]
    countries: frozenset[str]
    types: frozenset[str]
    doers: frozenset[str]


def outline_of(group: Group) -> Outline:
    """Return the outline of an incident, whose id is that of its first report."""
    traits = [traits_of(report) for report in group]
    many = 2 * sum(t.many for t in traits) > len(traits)
    days = [d for r, t in zip(group, traits, strict=True) if (d := days_of(r) if many else t.days)]
    return Outline(
        id=group[0].id,
        many=many,
        days=_span(days, whole=many),
        spots=tuple(spot for t in traits for spot in t.spots),
        countries=frozenset(s.country for t in traits for s in t.spots if s.country),
        types=frozenset(kind for t in traits for kind in t.types),
        doers=frozenset(doer for t in traits for doer in t.doers),
    )


def keys_of(one: Outline) -> frozenset[str]:
    """Return the keys of an incident; it shares one with each incident that may be its whole or its part."""
    if one.days is None:
        return frozenset()
    stretches = range(one.days.first // _BUCKET, one.days.last // _BUCKET + 1)
    return frozenset(f"{when} {where}" for when in stretches for where in one.countries)


def whole_of(part: Outline, candidates: Iterable[Outline]) -> str | None:
    """Return the id of the incident that this one is a part of: of several candidates the shortest; None of none."""
    wholes = [whole for whole in candidates if _is_part(part, whole)]
    return min(wholes, key=lambda w: (w.days.length if w.days else 0, w.id)).id if wholes else None


def part_of(groups: Iterable[Group]) -> dict[str, str]:
    """Return the id of the whole of each incident that is a part; an incident goes by the id of its first report."""
    outlines = [outline_of(group) for group in groups]
    wholes: defaultdict[str, list[Outline]] = defaultdict(list)
    for one in outlines:
        if one.many:
            for key in keys_of(one):
                wholes[key].append(one)
    found = {}
    for one in outlines:
        near = {whole.id: whole for key in keys_of(one) for whole in wholes[key]}
        if whole := whole_of(one, near.values()):
            found[one.id] = whole
    return found


def _span(days: Sequence[Days], *, whole: bool) -> Days | None:
    """Return all the days of a whole; of other incidents those that most reports give."""
    if not days:
        return None
    if not whole:
        return max(days, key=lambda d: (days.count(d), -d.length, -d.first))
    last = max(d.last for d in days)
    return Days(max(min(d.first for d in days), last - _LONGEST), last)


def _is_part(part: Outline, whole: Outline) -> bool:
    if part.days is None or whole.days is None or not whole.many or part.id == whole.id:
        return False
    shorter = part.days.length < whole.days.length or not part.many
    inside = whole.days.first <= part.days.first and part.days.last <= whole.days.last
    alike = part.types & whole.types and (not part.doers or not whole.doers or part.doers & whole.doers)
    return bool(shorter and inside and alike) and any(_lies_in(a, b) for a, b in product(part.spots, whole.spots))


def _lies_in(part: Spot, whole: Spot) -> bool:
    return whole.name in {part.name, part.within} or distance(part, whole) <= _AROUND
