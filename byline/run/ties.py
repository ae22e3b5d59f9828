"""Why reports are together, and why the nearest others are not: scores of pairs, and what they are made of."""

from collections import defaultdict
from collections.abc import Mapping

import msgspec

from byline.accounts import Reason, Tie, Ties
from byline.linking.affinity import LINKED, TOWNS, Affinity, compare
from byline.linking.reports import Report
from byline.store import Archive, in_force, linkage
from byline.store.linkage import Entry

_NEAREST = 5  # other incidents that are told

Scores = Mapping[tuple[int, int], float]


def ties(archive: Archive, incident: str) -> Ties:
    """Return what ties the reports of an incident together, by its id, and what parts the nearest from it.

    Of reports with one uid the first is told: they are one text.
    """
    own = [e for e in linkage.entries_in(archive, incident) if e.first]
    ids = {e.id for e in own}
    scores = {(a, b): score for b, a, score in linkage.scores_of(archive, ids)}
    near = defaultdict(list)
    for entry in linkage.entries_of(archive, {b for _, b in scores} - ids):
        if entry.first and entry.incident:
            near[entry.incident].append(entry)
    telling = _Telling(archive, scores)
    others = [telling.tie(own, entries) for entries in near.values()]
    others.sort(key=lambda tie: (-tie.mean, -tie.score, tie.incident or ""))
    ours = [telling.tie([e for e in own if e != one], [one], own=True) for one in own if len(own) > 1]
    named = linkage.events_in(archive, incident)
    return Ties(
        incident=incident,
        least=LINKED,
        own=tuple(sorted(ours, key=lambda tie: (tie.title, tie.report))),
        others=tuple(others[:_NEAREST]),
        decisions=tuple(d.id for d in in_force(archive) if not named.isdisjoint((*d.events, *d.others))),
    )


class _Telling:
    """Ties of groups of reports, by the scores of pairs that the archive has."""

    def __init__(self, archive: Archive, scores: Scores) -> None:
        self._archive, self._scores = archive, scores

    def tie(self, ours: list[Entry], theirs: list[Entry], *, own: bool = False) -> Tie:
        pairs = {(a.id, b.id): (a, b) for a in ours for b in theirs}
        scores = {pair: self._scores.get(pair, 0.0) for pair in pairs}
        a, b = pairs[max(scores, key=lambda pair: (scores[pair], pair))]
        reports = self._reports(a, b)
        found = self._named(compare(reports[a.id], reports[b.id]), a, b)
        return Tie(
            report=b.uid,
            nearest=a.uid,
            title=_title(reports[b.id]),
            incident=None if own else b.incident,
            mean=sum(scores.values()) / len(scores),
            score=found.score,
            reasons=tuple(Reason(name=p.name, weight=p.weight, words=p.words) for p in found.parts),
        )

    def _named(self, found: Affinity, *entries: Entry) -> Affinity:
        """Return an affinity with towns as the documents of the reports name them."""
        names = linkage.places_in(self._archive, {e.document for e in entries})
        told = (f._replace(what=[names.get(t, t) for t in f.what]) if f.name == TOWNS else f for f in found.features)
        return found._replace(features=list(told))

    def _reports(self, *entries: Entry) -> dict[int, Report]:
        found = linkage.records(self._archive, [e.id for e in entries])
        return {number: msgspec.json.decode(record, type=Report) for number, record in found}


def _title(report: Report) -> str:
    published = report.published.start if report.published else None
    return ", ".join(filter(None, (published, report.publication, f"{report.source}#{report.tellings[0].event}")))
