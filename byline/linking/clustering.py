"""Reports grouped into incidents: average link, so that no chain of halves makes one of two.

The closest groups are joined first, and as long as the mean score over all pairs of their members is high enough; a
pair that was not compared counts as nought. Ties go by id, so that the order of arrival makes no difference. So no
group spans what is not connected by pairs of `LINKED` or more, or by decisions: such a component can be grouped alone.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from operator import attrgetter
from typing import Protocol, TypeVar

from byline.linking.affinity import LINKED
from byline.records import Decision

Pair = tuple[str, str]


class Ranked(Protocol):
    """What is grouped: a report, or what is known of one; `uids` are those of its events."""

    @property
    def id(self) -> str: ...

    @property
    def rank(self) -> tuple[str, str, str, str]: ...

    @property
    def uids(self) -> Sequence[str]: ...


Member = TypeVar("Member", bound=Ranked)
rank = attrgetter("rank")


def grouped(
    reports: Sequence[Member],
    scores: Mapping[Pair, float],
    decisions: Sequence[Decision] = (),
    linked: float = LINKED,
) -> list[tuple[Member, ...]]:
    """Return the groups, and in each its reports, in the order of publication.

    `scores` are those of the pairs of ids that were compared, the smaller first. Reports of one id are one.
    `decisions` are those in force, in the order of their times: where two contradict each other, the later one holds.
    `linked` is the mean score from which groups are joined.
    """
    of_id: defaultdict[str, list[Member]] = defaultdict(list)
    for report in reports:
        of_id[report.id].append(report)
    groups = _Groups(of_id, scores)
    groups.decide(decisions, {uid: r.id for r in reports for uid in r.uids})
    groups.link(linked)
    found = [tuple(sorted((r for i in ids for r in of_id[i]), key=rank)) for ids in groups.members.values()]
    return sorted(found, key=lambda group: rank(group[0]))


class _Groups:
    """Groups of ids, each named by its smallest; between two of them the sum of their members' scores.

    A sum of minus infinity keeps two groups apart, whatever joins them.
    """

    def __init__(self, ids: Iterable[str], scores: Mapping[Pair, float]) -> None:
        self.members = {i: [i] for i in sorted(ids)}
        self._home = {i: i for i in self.members}
        self._sums: dict[str, dict[str, float]] = {i: {} for i in self.members}
        for (a, b), score in scores.items():
            if a in self.members and b in self.members:
                self._sums[a][b] = self._sums[b][a] = score

    def decide(self, decisions: Sequence[Decision], id_of: Mapping[str, str]) -> None:
        """Do as decided, the latest first: what it settles no earlier one changes."""
        alone: set[str] = set()
        for decision in reversed(decisions):
            events, others = (
                {id_of[uid] for uid in uids if uid in id_of} for uids in (decision.events, decision.others)
            )
            if decision.kind == "merge":
                for a, b in pairwise(sorted((events | others) - alone)):
                    self._join(a, b)
            elif decision.kind == "split":
                for a, b in product(events, others):
                    self._forbid(a, b)
            else:
                alone |= {i for i in events if len(self.members[self._home[i]]) == 1}
        for i in alone:
            for other in self._sums[i]:
                self._sums[i][other] = self._sums[other][i] = -math.inf

    def link(self, least: float) -> None:
        """Join the closest groups, until none are so close as `least`."""
        sizes = {i: len(ids) for i, ids in self.members.items()}
        heap = [entry for a in self.members for entry in self._near(a, sizes, least) if entry[1] == a]
        heapq.heapify(heap)
        while heap:
            _, a, b, size_a, size_b = heapq.heappop(heap)
            if (sizes.get(a), sizes.get(b)) == (size_a, size_b):
                self._join(a, b)
                sizes[a] += sizes.pop(b)
                for entry in self._near(a, sizes, least):
                    heapq.heappush(heap, entry)

    def _near(self, group: str, sizes: Mapping[str, int], least: float) -> Iterator[tuple[float, str, str, int, int]]:
        for other, total in self._sums[group].items():
            a, b = min(group, other), max(group, other)
            mean = total / (sizes[a] * sizes[b])
            if mean >= least:
                yield -mean, a, b, sizes[a], sizes[b]

    def _join(self, one: str, other: str) -> None:
        """Make one group of those of two ids, unless they are kept apart."""
        a, b = sorted((self._home[one], self._home[other]))
        if a == b or self._sums[a].get(b) == -math.inf:
            return
        for i in self.members[b]:
            self._home[i] = a
        self.members[a] += self.members.pop(b)
        for c, total in self._sums.pop(b).items():
            del self._sums[c][b]
            if c != a:
                self._sums[a][c] = self._sums[c][a] = self._sums[a].get(c, 0.0) + total

    def _forbid(self, one: str, other: str) -> None:
        a, b = self._home[one], self._home[other]
        if a != b:
            self._sums[a][b] = self._sums[b][a] = -math.inf
