"""Reports of any number of documents, in memory, joined to incidents."""

from collections.abc import Iterable, Sequence

from byline.linking.affinity import compare
from byline.linking.blocking import keys_of, pairs
from byline.linking.clustering import grouped
from byline.linking.reports import Report


def link(reports: Iterable[Report], decisions: Sequence[object] = ()) -> list[tuple[Report, ...]]:
    """Return the incidents, each the reports of one happening by publication; the same in any order of arrival."""
    found = list(reports)
    known = {r.id: r for r in sorted(found, key=lambda r: (r.id, r.document, r.source))}
    scores = {(a, b): compare(known[a], known[b]).score for a, b in pairs({i: keys_of(r) for i, r in known.items()})}
    return grouped(found, scores, decisions)
