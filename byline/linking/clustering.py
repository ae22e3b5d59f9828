"""Reports grouped into incidents: average link, so that no chain of halves makes one of two.

The closest groups are joined first, and as long as the mean score over all pairs of their members is high enough; a
pair that was not compared counts as nought. Ties go by id, so that the order of arrival makes no difference.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

from byline.linking.affinity import LINKED
from byline.linking.reports import Report

Pair = tuple[str, str]


def grouped(
    reports: Sequence[Report], scores: Mapping[Pair, float], decisions: Sequence[object] = ()
) -> list[tuple[Report, ...]]:
    """Return the groups, and in each its reports, in the order of publication.

    `scores` are those of the pairs of ids that were compared, the smaller first. Reports of one id are one.
    """
    del decisions
    of_id: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        of_id[report.id].append(report)
    sums: dict[str, dict[str, float]] = {i: {} for i in sorted(of_id)}
    for (a, b), score in scores.items():
        if a in sums and b in sums:
            sums[a][b] = sums[b][a] = score
    members = _joined(sums)
    groups = [tuple(sorted((r for i in group for r in of_id[i]), key=rank)) for group in members]
    return sorted(groups, key=lambda group: rank(group[0]))


def rank(report: Report) -> tuple[str, str, str, str]:
    """Return what reports are ordered by: publication, those without a day last, then document and id."""
    return report.published.start if report.published else "~", report.document, report.id, report.source


def _joined(sums: dict[str, dict[str, float]]) -> list[list[str]]:
    """Join groups, each named by its smallest id; `sums` are of scores between the members of two groups."""
    members = {i: [i] for i in sums}
    heap = [(-score, a, b, 1, 1) for a, row in sums.items() for b, score in row.items() if a < b and score >= LINKED]
    heapq.heapify(heap)
    while heap:
        _, a, b, of_a, of_b = heapq.heappop(heap)
        if a not in members or b not in members or (of_a, of_b) != (len(members[a]), len(members[b])):
            continue
        members[a] += members.pop(b)
        for c, total in sums.pop(b).items():
            del sums[c][b]
            if c != a:
                sums[a][c] = sums[c][a] = sums[a].get(c, 0.0) + total
        for c, total in sums[a].items():
            first, second = min(a, c), max(a, c)
            mean = total / (len(members[first]) * len(members[second]))
            if mean >= LINKED:
                heapq.heappush(heap, (-mean, first, second, len(members[first]), len(members[second])))
    return list(members.values())
