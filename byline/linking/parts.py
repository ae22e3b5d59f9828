"""Incidents that are parts of others: a raid of a day of a campaign. Parts are kept apart from what is the same."""

from collections.abc import Sequence

from byline.linking.reports import Report
from byline.linking.traits import traits_of

_LONG = 3  # days


def part_of(groups: Sequence[tuple[Report, ...]]) -> dict[str, str]:
    """Return the id of the whole of each part; an incident goes by the id of its first report."""
    wholes = [g for g in groups if (d := traits_of(g[0]).days) and d.last - d.first >= _LONG]
    found = {}
    for group in groups:
        whole = next((w for w in wholes if w is not group and _within(group[0], w[0])), None)
        if whole:
            found[group[0].id] = whole[0].id
    return found


def _within(report: Report, whole: Report) -> bool:
    part, all_of_it = traits_of(report), traits_of(whole)
    if part.days is None or all_of_it.days is None or part.days.last - part.days.first >= _LONG:
        return False
    inside = all_of_it.days.first <= part.days.first and part.days.last <= all_of_it.days.last
    places = {s.name for s in part.spots} & {s.name for s in all_of_it.spots}
    return inside and bool(places) and bool(part.types & all_of_it.types)
