"""Linking what was coded into an archive: reports of one happening become an incident, as reports come and go.

What is to be linked is known from the archive: reports that are in no incident. A batch of them is compared with the
reports that share a key, and what hangs together with them is grouped anew; all else stays as it is. What comes
of it depends on the reports and decisions in the archive alone, not on the order in which they came or on batches.
"""

import math
from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import NamedTuple

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
LARGE = 100  # reports that hang together: more are not grouped again and again while reports come
_HELD = 10_000  # reports that are kept in memory
Pair = tuple[int, int]  # of rows of reports, the smaller first


def link(archive: Archive) -> int:
    """Link what is in no incident yet, and what depends on it; return how many reports were linked or moved.

    Each batch is committed by itself: if this is ended in between, the next call goes on.
    """
    return Linker(archive).link()


class _Member(NamedTuple):
    """What grouping asks of a report, and its row."""

    id: str
    rank: tuple[str, str, str, str]
    uids: list[str]
    entry: Entry


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
        """Link a batch if so many new reports wait.

        What hangs together with very many others is put off, and so is placing: `link` does both, once.
        """
        new = linkage.unlinked(self._archive, BATCH, new=True)
        if len(new) == BATCH:
            self._link_batch(new, LARGE)

    def link(self) -> int:
        """Link all that is in no incident yet, place the incidents; return how many reports were linked or moved."""
        linked = 0
        while new := linkage.unlinked(self._archive, BATCH, new=True):
            linked += self._link_batch(new, LARGE)
        while number := self._link_batch(linkage.unlinked(self._archive, BATCH)):
            linked += number
        place(self._archive)
        return linked

    def _link_batch(self, uids: Collection[str], most: float = math.inf) -> int:
        """Link some reports, and commit; return how many were linked.

        Put off those that hang together with more than `most`.
        """
        with self._archive.batch():
            if (changes := linkage.changes_of_others(self._archive)) != self._changes:
                self._reports.clear()  # another process may have given a row to another report
                self._changes = changes
            new, touched, changed = self._entered(set(uids))
            scored, parted = self._compared(new)
            touched.update(*scored)
            changed.update(*parted, *(pair for pair in scored if new.keys().isdisjoint(pair)))
            self._decisions = in_force(self._archive)
            merges = (d for d in self._decisions if d.kind == "merge")
            self._bonds = [linkage.standing_for(self._archive, (*d.events, *d.others)) for d in merges]
            linked, put_off = self._regrouped(touched | changed, most)
            linkage.release(self._archive, put_off & changed)
        for row in list(self._reports)[:-_HELD]:
            del self._reports[row]
        return linked

    def _regrouped(self, touched: set[int], most: float) -> tuple[int, set[int]]:
        """Group anew what hangs together with some reports; return how many were linked, and who was put off."""
        linked, put_off, large = 0, set(), set[int]()
        while touched:
            self._meanwhile()
            report = touched.pop()
            component = self._component(report, most, large)
            if component & large or len(component) > most:
                large |= component
                put_off.add(report)
            else:
                touched -= component
                linked += self._settle(component)
        return linked, put_off

    def _entered(self, uids: Collection[str]) -> tuple[dict[int, list[int]], set[int], set[int]]:
        """Have the first report of each uid stand for all of them.

        Return the keys of those that do so from now on, all that do, and others that were like one that did so before.
        """
        found = linkage.entries(self._archive, uids)
        self._load(found)
        firsts, former = [], set()
        for _, group in groupby(sorted(found, key=lambda e: e.uid), key=lambda e: e.uid):
            entries = sorted(group, key=rank)
            firsts.append(entries[0])
            former |= {e.id for e in entries[1:] if e.first}
        changed = linkage.take_back(self._archive, former) if former else set()
        keys = {e.id: sorted(map(linkage.number_of, keys_of(self._reports[e.id]))) for e in firsts if not e.first}
        linkage.put_first(self._archive, keys)
        return keys, {e.id for e in firsts}, changed

    def _compared(self, new: dict[int, list[int]]) -> tuple[Collection[Pair], Collection[Pair]]:
        """Hold new reports against those that share a key; return the pairs that are alike, and those no longer so."""
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
        return scores.keys(), self._parted(crowded)

    def _parted(self, crowded: Iterable[int]) -> list[Pair]:
        """Take the scores out of pairs that have no key in common any more but crowded ones; return the pairs."""
        parted = []
        for key in crowded:
            keys = linkage.with_key(self._archive, key)
            parted += [(a, b) for a, b, _ in linkage.scores_among(self._archive, keys) if keys[a].isdisjoint(keys[b])]
        linkage.drop_affinities(self._archive, parted)
        return parted

    def _component(self, report: int, most: float, large: AbstractSet[int]) -> set[int]:
        """Return all reports that hang together with one, by likeness or by a decision: no incident spans more.

        Not all of them are looked for if there are more than `most`, or one is known to be among so many.
        """
        found: set[int] = set()
        near = {report}
        while near and len(found) <= most and large.isdisjoint(near):
            found |= near
            near = {other for other, _ in linkage.alike(self._archive, near, LINKED)}
            near |= {other for bond in self._bonds if bond & found for other in bond}
            near -= found
        return found | near

    def _settle(self, component: set[int]) -> int:
        """Group reports that hang together, and write new incidents; return how many reports these have."""
        members = self._members(component)
        groups = grouped(members, self._scores(component, members), self._decisions)
        former = linkage.in_incidents(self._archive, {m.entry.incident for m in members if m.entry.incident})
        entries = ([member.entry for member in group] for group in groups)
        new = [of for of in entries if former.get(of[0].incident or "") != {e.id for e in of}]
        self._load_rows({e.id for of in new for e in of})
        incidents = [incident_of([self._reports[e.id] for e in of], [e.id for e in of]) for of in new]
        linkage.replace_incidents(self._archive, {e.incident for of in new for e in of if e.incident}, incidents)
        return sum(map(len, new))

    def _members(self, component: set[int]) -> list[_Member]:
        entries = [e for e in linkage.entries_of(self._archive, component) if e.recorded]
        events = linkage.uids_of_events(self._archive, [e.id for e in entries]) if self._decisions else {}
        return [_Member(e.uid, e.rank, events.get(e.id, []), e) for e in entries]

    def _scores(self, component: set[int], members: Iterable[_Member]) -> dict[tuple[str, str], float]:
        uids = {m.entry.id: m.id for m in members}
        found = linkage.scores_among(self._archive, component)
        return {(min(uids[a], uids[b]), max(uids[a], uids[b])): score for a, b, score in found}

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
