"""Reports of any number of documents, in memory, joined to incidents."""

from collections.abc import Iterable, Sequence

from byline.linking.affinity import COUNTED, compare
from byline.linking.blocking import keys_of, pairs
from byline.linking.clustering import grouped, rank
from byline.linking.reports import Report
from byline.records import Decision


def link(reports: Iterable[Report], decisions: Sequence[Decision] = ()) -> list[tuple[Report, ...]]:
    """Return the incidents, each the reports of one happening by publication; the same in any order of arrival."""
    found = list(reports)
    first = {r.id: r for r in sorted(found, key=rank, reverse=True)}
    candidates = pairs({i: keys_of(r) for i, r in first.items()})
    compared = ((pair, compare(first[pair[0]], first[pair[1]]).score) for pair in candidates)
    return grouped(found, {pair: score for pair, score in compared if score >= COUNTED}, decisions)
