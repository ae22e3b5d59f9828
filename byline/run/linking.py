"""Linking what was coded into an archive: reports of one happening become an incident, as reports come and go.

What is to be linked is known from the archive: reports that are in no incident. A batch of them is compared with the
reports that share a key, and what hangs together with them is grouped anew; all else stays as it is. What comes
of it depends on the reports and decisions in the archive alone, not on the order in which they came or on batches.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, groupby
from typing import NamedTuple

import msgspec

from byline.linking.affinity import LINKED
from byline.linking.blocking import LIMIT
from byline.linking.clustering import grouped, rank
from byline.linking.reports import Report
from byline.records import Decision
from byline.run.incident_rows import with_row
from byline.run.orders import Function
from byline.run.placing import place
from byline.run.preparing import (
    Group,
    Pair,
    Prepared,
    compared,
    comparisons,
    incidents,
    joined,
    joinings,
    keys_of,
    packed,
    prepared,
    scores,
)
from byline.run.program import linking_digest
from byline.run.workers import Workers
from byline.store import Archive, document, in_force, linkage
from byline.store.linkage import Entry, NewIncident

BATCH = 500  # reports that are linked at once
LARGE = 100  # reports that hang together: more are not grouped again and again while reports come
_HELD = 20_000  # reports of which something is kept in memory


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
    """Links an archive's reports while they come; it keeps in memory what it needs of those that it met last.

    Workers, if there are any, hold reports against each other, and are looked after within what takes long.
    """

    def __init__(self, archive: Archive, workers: Workers | None = None) -> None:
        self._archive, self._workers = archive, workers
        self._ready: dict[tuple[int, str], Prepared] = {}
        self._traits: dict[int, bytes] = {}
        self._alone: dict[int, NewIncident] = {}
        self._changes = linkage.changes_of_others(archive)
        self._decisions: list[Decision] = []
        self._bonds: list[set[int]] = []
        if linkage.linked_with(archive) != linking_digest():
            with archive.batch():
                linkage.begin(archive, linking_digest())

    def forget(self) -> None:
        """Keep nothing in memory: a row may be another report's by now."""
        self._ready, self._traits, self._alone = {}, {}, {}

    def take(self, document: int, reports: Iterable[Prepared]) -> None:
        """Take the reports of a document that has just been entered, by `documents.id`: they need not be read again."""
        self._ready |= {(document, one.report): one for one in reports}

    def keep_up(self) -> None:
        """Link what waits while that is a whole batch of new reports.

        What hangs together with very many others is put off, and so is placing: `link` does both, once.
        """
        while len(new := linkage.unlinked(self._archive, BATCH, new=True)) == BATCH:
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
                self.forget()
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
        for held in (self._traits, self._alone):
            for row in list(held)[:-_HELD]:
                del held[row]
        return linked

    def _regrouped(self, touched: set[int], most: float) -> tuple[int, set[int]]:
        """Group anew what hangs together with some reports; return how many were linked, and who was put off."""
        together, put_off = self._together(touched, most)
        new = self._new_groups(together)
        linkage.replace_incidents(self._archive, {e.incident for of in new for e in of if e.incident}, self._made(new))
        return sum(map(len, new)), put_off

    def _entered(self, uids: Collection[str]) -> tuple[dict[int, tuple[int, ...]], set[int], set[int]]:
        """Have the first report of each uid stand for all of them.

        Return the keys of those that do so from now on, all that do, and others that were like one that did so before.
        """
        found = linkage.entries(self._archive, uids)
        new = self._enter_records(e for e in found if not e.recorded)
        firsts, former = [], set()
        for _, group in groupby(sorted(found, key=lambda e: e.uid), key=lambda e: e.uid):
            entries = sorted(group, key=rank)
            firsts.append(entries[0])
            former |= {e.id for e in entries[1:] if e.first}
        changed = linkage.take_back(self._archive, former) if former else set()
        keys = {e.id: new[e.id] if e.id in new else keys_of(*self._reports([e.id])) for e in firsts if not e.first}
        linkage.put_first(self._archive, keys)
        return keys, {e.id for e in firsts}, changed

    def _enter_records(self, entries: Iterable[Entry]) -> dict[int, tuple[int, ...]]:
        """Enter what the archive keeps of new reports, and hold the rest; return the numbers of their keys."""
        ready = {e.id: made for e, made in self._made_ready(entries)}
        linkage.add_records(self._archive, ((row, made.record) for row, made in ready.items()))
        self._traits |= {row: made.traits for row, made in ready.items()}
        self._alone |= {row: made.alone for row, made in ready.items()}
        return {row: made.keys for row, made in ready.items()}

    def _made_ready(self, entries: Iterable[Entry]) -> Iterator[tuple[Entry, Prepared]]:
        """Yield new reports made ready: where they were coded, else here."""
        for number, group in groupby(sorted(entries, key=lambda e: e.document), key=lambda e: e.document):
            self._look_after()
            of = list(group)
            if any((number, e.report) not in self._ready for e in of):
                found = document(self._archive, number)
                assert found is not None
                self.take(number, prepared(found))
            yield from ((e, self._ready.pop((number, e.report))) for e in of)

    def _compared(self, new: dict[int, tuple[int, ...]]) -> tuple[Collection[Pair], Collection[Pair]]:
        """Hold new reports against those that share a key; return the pairs that are alike, and those no longer so."""
        crowded = linkage.newly_crowded(self._archive, {key for keys in new.values() for key in keys}, LIMIT)
        freed = linkage.no_longer_crowded(self._archive, LIMIT)
        partners: dict[int, set[int]] = {}
        for key, members in linkage.blocks(self._archive, freed.union(*new.values())).items():
            for report in members if key in freed else new.keys() & members:
                partners.setdefault(report, set()).update(members)
        found = self._scored(partners)
        linkage.add_affinities(self._archive, found)
        return found.keys(), self._parted(crowded)

    def _scored(self, partners: Mapping[int, AbstractSet[int]]) -> dict[Pair, float]:
        """Return the scores that count of reports with their partners."""
        self._read_traits(set[int]().union(*partners.values()))
        return scores(self._done(compared, comparisons(partners, self._traits)))

    def _parted(self, crowded: Iterable[int]) -> list[Pair]:
        """Take the scores out of pairs that have no key in common any more but crowded ones; return the pairs."""
        parted = []
        for key in crowded:
            keys = linkage.with_key(self._archive, key)
            parted += [(a, b) for a, b, _ in linkage.scores_among(self._archive, keys) if keys[a].isdisjoint(keys[b])]
        linkage.drop_affinities(self._archive, parted)
        return parted

    def _together(self, reports: set[int], most: float) -> tuple[set[int], set[int]]:
        """Return all reports that hang together with some, by likeness or by a decision: no incident spans more.

        Those that hang together with more than `most` are not all looked for; return those of the given ones beside.
        """
        home = {report: {report} for report in reports}
        near = set(reports)
        while near:
            self._look_after()
            known = set(home)
            for one, other in self._ties(near):
                _join(home, one, other)
            near = {report for report in home.keys() - known if len(home[report]) <= most}
        together = {report for report, others in home.items() if len(others) <= most}
        return together, reports - together

    def _ties(self, reports: set[int]) -> Iterator[Pair]:
        """Yield pairs that hang together by themselves, one of them of these reports."""
        yield from linkage.alike(self._archive, reports, LINKED)
        yield from ((other, report) for bond in self._bonds for report in bond & reports for other in bond)

    def _new_groups(self, together: set[int]) -> list[list[Entry]]:
        """Group reports; return the groups that are no incident yet."""
        members = self._members(together)
        groups = grouped(members, self._scores(together, members), self._decisions)
        former = linkage.in_incidents(self._archive, {m.entry.incident for m in members if m.entry.incident})
        entries = ([member.entry for member in group] for group in groups)
        return [of for of in entries if former.get(of[0].incident or "") != {e.id for e in of}]

    def _made(self, groups: Iterable[Sequence[Entry]]) -> list[NewIncident]:
        """Return what is kept of incidents: of those of one report it may be in memory, others are joined."""
        made, rest = [], []
        for rows in ([e.id for e in of] for of in groups):
            if alone := self._alone.pop(rows[0], None) if len(rows) == 1 else None:
                made.append(with_row(alone, rows[0]))
            else:
                rest.append(rows)
        records = dict(linkage.records(self._archive, chain.from_iterable(rest)))
        works = joinings([Group(rows, [records[row] for row in rows]) for rows in rest])
        return [*made, *incidents(self._done(joined, works))]

    def _members(self, reports: set[int]) -> list[_Member]:
        entries = [e for e in linkage.entries_of(self._archive, reports) if e.recorded]
        events = linkage.uids_of_events(self._archive, [e.id for e in entries]) if self._decisions else {}
        return [_Member(e.uid, e.rank, events.get(e.id, []), e) for e in entries]

    def _scores(self, reports: set[int], members: Iterable[_Member]) -> dict[tuple[str, str], float]:
        uids = {m.entry.id: m.id for m in members}
        found = linkage.scores_among(self._archive, reports)
        return {(min(uids[a], uids[b]), max(uids[a], uids[b])): score for a, b, score in found}

    def _read_traits(self, rows: set[int]) -> None:
        """Have what is compared of these reports in memory."""
        missing = sorted(row for row in rows if row not in self._traits)
        for row, report in zip(missing, self._reports(missing), strict=True):
            self._traits[row] = packed(report)

    def _reports(self, rows: Sequence[int]) -> list[Report]:
        """Return reports, of which there are records, in the order of their rows here."""
        found = dict(linkage.records(self._archive, rows)) if rows else {}
        return [msgspec.json.decode(found[row], type=Report) for row in rows]

    def _done(self, function: Function, works: Iterable[bytes]) -> list[bytes]:
        return self._workers.do(function, works) if self._workers else list(map(function, works))

    def _look_after(self) -> None:
        if self._workers:
            self._workers.look_after()


def _join(home: dict[int, set[int]], one: int, other: int) -> None:
    """Have two reports be at home in one set: the larger of theirs."""
    less, more = sorted((home.setdefault(one, {one}), home.setdefault(other, {other})), key=len)
    if less is not more:
        more |= less
        home.update(dict.fromkeys(less, more))
