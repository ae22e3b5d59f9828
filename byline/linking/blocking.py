"""Which reports are held against each other: those that share a key, so that not every two are.

A key is a stretch of days with a place, a name or a rare word, or what names a happening on whatever day. It is made
of the report alone, whatever else there is. A key that more than `LIMIT` reports have is nobody's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations, product

from byline import knowledge
from byline.linking.reports import Report
from byline.linking.traits import Traits, traits_of

_LIMITS = knowledge.load("linking.toml")["blocking"]
_BUCKET, _GRACE, _WIDEST = _LIMITS["bucket"], _LIMITS["grace"], _LIMITS["widest"]
_RAREST, _NAMES, _PLACES = _LIMITS["rarest"], _LIMITS["names"], _LIMITS["places"]
LIMIT: int = _LIMITS["limit"]


def keys_of(report: Report) -> frozenset[str]:
    """Return the keys of a report."""
    traits = traits_of(report)
    towns = {str(s.geonames_id or s.name.lower()) for s in traits.spots}
    words = traits.surnames.union(report.passage.terms[:_RAREST])
    dated = {f"{when} {what}" for when in _stretches(traits) for what in words.union(towns, map(str, traits.towns))}
    return frozenset(dated | _lasting(report, towns))


def _lasting(report: Report, towns: Iterable[str]) -> set[str]:
    """Return keys for whatever day: a full name, and a surname with another one or with the place."""
    names = [person.split() for person in report.passage.people[:_NAMES]]
    surnames = sorted({name[-1] for name in names})
    full = {f"{name[0]} {name[-1]}" for name in names if len(name) > 1}
    return full.union(
        map(" & ".join, combinations(surnames, 2)), map(" @ ".join, product(surnames, sorted(towns)[:_PLACES]))
    )


def pairs(keys: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids to compare, the smaller id first, each once, in order; `keys` are those of each report."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for report in sorted(keys):
        for key in keys[report]:
            blocks[key].append(report)
    living = {key: members for key, members in blocks.items() if 1 < len(members) <= LIMIT}
    for report in sorted(keys):
        later = {other for key in keys[report] for other in living.get(key, ()) if other > report}
        yield from ((report, other) for other in sorted(later))


def _stretches(traits: Traits) -> Collection[int | str]:
    days = traits.days or traits.published
    if days is None:
        return ["undated"]
    if days.length > _WIDEST:
        return []
    return range((days.first - _GRACE) // _BUCKET, (days.last + _GRACE) // _BUCKET + 1)
