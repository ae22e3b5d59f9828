"""Which reports are held against each other: those that share a key, so that not every two are.

A key is a stretch of days with a place, a name or a rare word, or the full name of a person at any time. It is made
of the report alone, whatever else there is. A key that more than `LIMIT` reports have is nobody's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from byline import knowledge
from byline.linking.reports import Report
from byline.linking.traits import Traits, traits_of

_LIMITS = knowledge.load("linking.toml")["blocking"]
_BUCKET, _GRACE, _WIDEST, _RAREST, LIMIT = (_LIMITS[n] for n in ("bucket", "grace", "widest", "rarest", "limit"))


def keys_of(report: Report) -> frozenset[str]:
    """Return the keys of a report."""
    traits = traits_of(report)
    places = {f"at {s.geonames_id or s.name.lower()}" for s in traits.spots} | {f"at {t}" for t in traits.towns}
    words = traits.surnames.union(t for t in report.passage.terms[:_RAREST])
    full_names = {f"{name[0]} {name[-1]}" for person in report.passage.people if len(name := person.split()) > 1}
    return frozenset(f"{when} {what}" for when in _stretches(traits) for what in places | words) | full_names


def pairs(keys: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids to compare, the smaller id first, each once, in order; `keys` are those of each report."""
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for report in sorted(keys):
        for key in keys[report]:
            blocks[key].append(report)
    found = {pair for members in blocks.values() if len(members) <= LIMIT for pair in combinations(members, 2)}
    yield from sorted(found)


def _stretches(traits: Traits) -> Collection[int | str]:
    days = traits.days or traits.published
    if days is None:
        return ["undated"]
    if days.length > _WIDEST:
        return []
    return range((days.first - _GRACE) // _BUCKET, (days.last + _GRACE) // _BUCKET + 1)
