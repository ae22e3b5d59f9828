"""Which reports are held against each other: those that share a key, so that not every two are.

A key is a stretch of days with a place, a name or a rare word. It is made of the report alone, whatever else there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from byline import knowledge
from byline.linking.reports import Report
from byline.linking.traits import Traits, traits_of

_LIMITS = knowledge.load("linking.toml")["blocking"]
_BUCKET, _WIDEST, _RAREST, LIMIT = (_LIMITS[name] for name in ("bucket", "widest", "rarest", "limit"))


def keys_of(report: Report) -> frozenset[str]:
    """Return the keys of a report."""
    traits = traits_of(report)
    where = {f"place:{s.geonames_id or s.name.lower()}" for s in traits.spots}
    who = {f"name:{n}" for n in traits.names} | {f"word:{w}" for w in report.terms[:_RAREST]}
    return frozenset(f"{when} {what}" for when in _buckets(traits) for what in where | who)


def pairs(keys: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids to compare, the smaller id first, each once, in order; `keys` are those of each report.

    Of more than `limit` reports with one key only those are compared that share a second one.
    """
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for report in sorted(keys):
        for key in keys[report]:
            blocks[key].append(report)
    found = {pair for members in blocks.values() if len(members) <= LIMIT for pair in combinations(members, 2)}
    yield from sorted(found)


def _buckets(traits: Traits) -> list[int | str]:
    days = traits.days or traits.published
    if days is None or days.last - days.first > _WIDEST:
        return ["any"]
    return list(range((days.first - 1) // _BUCKET, (days.last + 1) // _BUCKET + 1))
