"""Linking what was coded into an archive: reports of one happening become an incident, as reports come and go.

What is to be linked is known from the archive: reports that are in no incident. A batch of them is compared with the
reports that share a key, and what hangs together with them is grouped anew; all else stays as it is. What comes
of it depends on the reports and decisions in the archive alone, not on the order in which they came or on batches.
"""

from collections.abc import Callable, Collection, Iterable
from itertools import groupby

import msgspec

from byline.linking.affinity import COUNTED, LINKED, compare
from byline.linking.blocking import LIMIT, keys_of
from byline.linking.clustering import grouped, rank
from byline.linking.reports import Report, reports_of
from byline.records import Decision
from byline.run.incident_rows import incident_of
from byline.run.placing import place
from byline.run.program import linking_digest
from byline.store import Archive, document, in_force, linkage
from byline.store.linkage import Entry

BATCH = 500  # reports that are linked at once
_HELD = 10_000  # reports that are kept in memory


def link(archive: Archive) -> int:
    """Link what is in no incident yet, and what depends on it; return how many reports were linked or moved.

    Each batch is committed by itself: if this is ended in between, the next call goes on.
    """
    return Linker(archive).link()


class Linker:
    """Links an archive's reports while they come; it holds those in memory that it met, as many as it may.

    `meanwhile` is called again and again: for what else has to be looked after.
    """

    def __init__(self, archive: Archive, meanwhile: Callable[[], None] = lambda: None) -> None:
        self._archive, self._meanwhile = archive, meanwhile
        self._reports: dict[int, Report] = {}
        self._changes = linkage.changes_of_others(archive)
        self._decisions: list[Decision] = []
        self._bonds: list[set[int]] = []
        if linkage.linked_with(archive) != linking_digest():
            with archive.batch():
                linkage.begin(archive, linking_digest())

    def keep_up(self) -> None:
        """Link a batch if so many reports wait; where incidents are parts of others is left to `link`."""
        if linkage.count_unlinked(self._archive, BATCH) == BATCH:
            self._link_batch()

    def link(self) -> int:
        """Link all that is in no incident yet, place the incidents; return how many reports were linked or moved."""
        linked = 0
        while number := self._link_batch():
            linked += number
        place(self._archive)
        return linked

    def _link_batch(self) -> int:
        """Link some reports, and commit; return how many were linked, 0 if none is left."""
        with self._archive.batch():
            if (changes := linkage.changes_of_others(self._archive)) != self._changes:
                self._reports.clear()  # another process may have given a row to another report
                self._changes = changes
            touched = self._compared(*self._entered(linkage.unlinked(self._archive, BATCH)))
            self._decisions = in_force(self._archive)
            merges = (d for d in self._decisions if d.kind == "merge")
            self._bonds = [linkage.standing_for(self._archive, (*d.events, *d.others)) for d in merges]
            linked = 0
            while touched:
                self._meanwhile()
                component = self._component(touched.pop())
                touched -= component
                linked += self._settle(component)
        for row in list(self._reports)[:-_HELD]:
            del self._reports[row]
        return linked

    def _entered(self, uids: Collection[str]) -> tuple[dict[int, list[int]], set[int]]:
        """Have the first report of each uid stand for all of them.

        Return the keys of those that do so from now on, and all whose place among others may be another now.
        """
        found = linkage.entries(self._archive, uids)
        self._load(found)
        firsts, former = [], set()
        for _, group in groupby(sorted(found, key=lambda e: e.uid), key=lambda e: e.uid):
            entries = sorted(group, key=lambda e: rank(self._reports[e.id]))
            firsts.append(entries[0])
            former |= {e.id for e in entries[1:] if e.first}
        touched = linkage.take_back(self._archive, former) if former else set()
        keys = {e.id: sorted(map(linkage.number_of, keys_of(self._reports[e.id]))) for e in firsts if not e.first}
        linkage.put_first(self._archive, keys)
        return keys, touched | {e.id for e in firsts}

    def _compared(self, new: dict[int, list[int]], touched: set[int]) -> set[int]:
        """Hold new reports against those that share a key; return all whose place among others may be another now."""
        crowded = linkage.newly_crowded(self._archive, {key for keys in new.values() for key in keys}, LIMIT)
        freed = linkage.no_longer_crowded(self._archive, LIMIT)
        pairs = set()
        for key, members in linkage.blocks(self._archive, freed.union(*new.values())).items():
            some = members if key in freed else [report for report in members if report in new]
            pairs |= {(a, b) if a < b else (b, a) for a in some for b in members if a != b}
        self._load_rows({report for pair in pairs for report in pair})
        scores = {}
        for a, b in sorted(pairs):
            self._meanwhile()
            score = compare(self._reports[a], self._reports[b]).score
            if score >= COUNTED:
                scores[a, b] = score
        linkage.add_affinities(self._archive, scores)
        return touched.union(*scores, *self._parted(crowded))

    def _parted(self, crowded: Iterable[int]) -> list[tuple[int, int]]:
        """Take the scores out of pairs that have no key in common any more but crowded ones; return the pairs."""
        parted = []
        for key in crowded:
            keys = linkage.with_key(self._archive, key)
            parted += [(a, b) for a, b, _ in linkage.scores_among(self._archive, keys) if keys[a].isdisjoint(keys[b])]
        linkage.drop_affinities(self._archive, parted)
        return parted

    def _component(self, report: int) -> set[int]:
        """Return all reports that hang together with one, by likeness or by a decision: no incident spans more."""
        found: set[int] = set()
        near = {report}
        while near:
            found |= near
            near = {other for other, _ in linkage.alike(self._archive, near, LINKED)}
            near |= {other for bond in self._bonds if bond & found for other in bond}
            near -= found
        return found

    def _settle(self, component: set[int]) -> int:
        """Group reports that hang together, and write new incidents; return how many reports these have."""
        entries = [e for e in linkage.entries_of(self._archive, component) if e.recorded]
        self._load(entries)
        uids = {e.id: e.uid for e in entries}
        scores = {
            (min(uids[a], uids[b]), max(uids[a], uids[b])): score
            for a, b, score in linkage.scores_among(self._archive, component)
        }
        rows = {id(self._reports[e.id]): e for e in entries}
        groups = grouped([self._reports[e.id] for e in entries], scores, self._decisions)
        former = linkage.in_incidents(self._archive, {e.incident for e in entries if e.incident})
        settled = [(group, [rows[id(report)] for report in group]) for group in groups]
        new = [(group, of) for group, of in settled if former.get(of[0].incident or "") != {e.id for e in of}]
        old = {e.incident for _, of in new for e in of if e.incident}
        incidents = [incident_of(group, [e.id for e in of]) for group, of in new]
        linkage.replace_incidents(self._archive, old, incidents)
        return sum(len(of) for _, of in new)

    def _load(self, entries: Iterable[Entry]) -> None:
        """Have the reports of entries in memory; those without a record are read from their documents."""
        entries = list(entries)
        self._load_rows({e.id for e in entries if e.recorded})
        new = [e for e in entries if not e.recorded]
        for number, group in groupby(sorted(new, key=lambda e: e.document), key=lambda e: e.document):
            self._meanwhile()
            found = document(self._archive, number)
            assert found is not None
            own = {report.incident: report for report in reports_of(found)}
            self._reports |= {entry.id: own[entry.report] for entry in group}
        linkage.add_records(self._archive, [(e.id, self._reports[e.id].to_json()) for e in new])

    def _load_rows(self, ids: set[int]) -> None:
        missing = sorted(number for number in ids if number not in self._reports)
        for number, record in linkage.records(self._archive, missing) if missing else ():
            self._reports[number] = msgspec.json.decode(record, type=Report)
