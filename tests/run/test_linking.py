"""Incidents of an archive come of its reports and decisions alone, whatever came when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.linking import blocking
from byline.linking.affinity import Affinity
from byline.linking.clustering import grouped, rank
from byline.linking.parts import Outline
from byline.linking.reports import Report, reports_of
from byline.linking.traits import Days, Traits
from byline.records import CodedDocument, Decision, Document, Incident, Interval
from byline.run import incident_rows, linking, placing, preparing
from byline.run.linking import Linker
from byline.run.preparing import prepared
from byline.store import Archive, Edition
from tests.run.poison import coded

EDITION = Edition("0.1.0", "abc", "PLOVER 1", "def", "en", "3.8")
LIMIT, COUNTED = 3, 0.2


def told(value: int, place: str = "a", day: int = 1, *, silent: bool = False) -> CodedDocument:
    """Return a document that tells of something at a number: reports of near numbers are alike, as `alike` has it."""
    published = Interval(start=f"2006-03-{day:02}", end=f"2006-03-{day:02}", basis="given")
    text = f"Shots at {value}."
    document = coded(
        Document(id=str(value), source=f"{value}{place}", text=text, publication=place, published=published)
    )
    incidents = () if silent else (Incident(id="i1", type="ASSAULT", events=("e1",)),)
    return msgspec.structs.replace(document, incidents=incidents)


def keys_of(report: Report) -> frozenset[str]:
    value = int(report.document)
    return frozenset({f"low {value // 4}", f"high {(value + 2) // 4}"})


def likeness(one: Report | Traits, other: Report | Traits) -> Affinity:
    return Affinity(1 / (1 + abs(int(one.document) - int(other.document)) / 2), [])


def outline_of(group: Sequence[Report]) -> Outline:
    number, nobody = int(group[0].document), frozenset[str]()
    many, days = number % 5 == 0, Days(number // 8, number // 8)
    return Outline(group[0].id, many, days, (), countries=nobody, types=nobody, doers=nobody)


def stretches(one: Outline) -> frozenset[str]:
    return frozenset({str(one.days)})


def whole_of(part: Outline, candidates: Iterable[Outline]) -> str | None:
    wholes = [c.id for c in candidates if c.many and c.days == part.days and c.id != part.id]
    return min(wholes, default=None)


@pytest.fixture(autouse=True)
def numbers_for_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "LIMIT", LIMIT)
    monkeypatch.setattr(blocking, "keys_of", keys_of)
    monkeypatch.setattr(preparing, "likeness", likeness)
    monkeypatch.setattr(preparing, "COUNTED", COUNTED)
    monkeypatch.setattr(incident_rows, "outline_of", outline_of)
    monkeypatch.setattr(incident_rows, "keys_of", stretches)
    monkeypatch.setattr(placing, "whole_of", whole_of)


def expected(documents: Iterable[CodedDocument], decisions: Iterable[Decision] = ()) -> list[tuple[Report, ...]]:
    """Return the incidents, worked out from all reports at once."""
    reports = sorted((r for d in documents for r in reports_of(d)), key=rank)
    firsts = {r.id: r for r in reversed(reports)}
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for uid, report in firsts.items():
        for key in keys_of(report):
            blocks[key].append(uid)
    pairs = {pair for uids in blocks.values() if len(uids) <= LIMIT for pair in combinations(sorted(uids), 2)}
    scores = {(a, b): likeness(firsts[a], firsts[b]).score for a, b in pairs}
    kept = {pair: score for pair, score in scores.items() if score >= COUNTED}
    return grouped(reports, kept, tuple(decisions))


def found(archive: Archive) -> set[frozenset[str]]:
    incidents = defaultdict(set)
    query = "SELECT r.incident, d.source FROM reports r JOIN documents d ON d.id = r.document"
    for number, source in archive.execute(query):
        assert number is not None
        incidents[number].add(source)
    assert {i for (i,) in archive.execute("SELECT id FROM incidents")} == set(incidents)
    return {frozenset(sources) for sources in incidents.values()}


class Entering(NamedTuple):
    """An archive, and what it holds by source: a document that comes again takes the place of the former."""

    archive: Archive
    held: dict[str, CodedDocument]

    def enter(self, *documents: CodedDocument) -> list[int]:
        """Enter documents; return the ids of the rows of those whose reports are entered as they are here."""
        entered = []
        with self.archive.batch():
            edition = self.archive.add_edition(EDITION)
            run = self.archive.begin_run(edition, "{}", "2026-01-02T03:04:05+00:00")
            for document in documents:
                entered.append(self.archive.add(document, edition, run))
                self.held[document.source] = document
        return [row for row in entered if row is not None]

    def check(self, decisions: Iterable[Decision] = (), linker: Linker | None = None) -> None:
        (linker or Linker(self.archive)).link()
        groups = expected(self.held.values(), decisions)
        assert found(self.archive) == {frozenset(report.source for report in group) for group in groups}
        parts = dict(self.archive.execute("SELECT id, part_of FROM incidents").fetchall())
        outlines = list(map(outline_of, groups))
        assert parts == {one.id: whole_of(one, outlines) for one in outlines}
        assert self.archive.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.fixture
def entering(tmp_path: Path) -> Iterator[Entering]:
    with Archive.open(tmp_path / "a.byline", write=True) as archive:
        yield Entering(archive, {})


DOCUMENTS = st.builds(
    told, st.integers(0, 15), st.sampled_from("ab"), st.integers(1, 9), silent=st.sampled_from((False, False, True))
)


@given(st.lists(st.lists(DOCUMENTS, max_size=8), max_size=8), st.integers(1, 20))
@settings(deadline=None, max_examples=50)
def test_what_is_linked_bit_by_bit_is_what_is_linked_at_once(batches: list[list[CodedDocument]], size: int) -> None:
    with (
        TemporaryDirectory() as folder,
        Archive.open(Path(folder, "a.byline"), write=True) as archive,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(linking, "BATCH", size)
        entering = Entering(archive, {})
        for batch in batches:
            entering.enter(*batch)
            entering.check()


@given(
    st.lists(st.tuples(st.lists(DOCUMENTS, max_size=8), st.booleans(), st.booleans()), max_size=8),
    st.integers(1, 5),
    st.integers(1, 5),
)
@settings(deadline=None, max_examples=100)
def test_a_linker_goes_on_with_what_it_and_others_enter_and_with_what_it_has_put_off(
    batches: list[tuple[list[CodedDocument], bool, bool]], size: int, large: int
) -> None:
    with (
        TemporaryDirectory() as folder,
        Archive.open(Path(folder, "a.byline"), write=True) as archive,
        Archive.open(Path(folder, "a.byline"), write=True) as of_another,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(linking, "BATCH", size)
        patch.setattr(linking, "LARGE", large)
        entering, linker = Entering(archive, {}), Linker(archive)
        for batch, by_another, is_checked in batches:
            (entering._replace(archive=of_another) if by_another else entering).enter(*batch)
            if by_another:
                linking.link(of_another)
            linker.keep_up()
            linker.keep_up()
            if is_checked:
                entering.check(linker=linker)
        entering.check(linker=linker)


def rows(archive: Archive) -> list[list[tuple[object, ...]]]:
    """Return all that linking has written."""
    tables = (
        "incidents",
        "incident_values",
        "incident_keys",
        "incident_outlines",
        "report_records",
        "report_keys",
        "affinities",
    )
    return [sorted(archive.execute(f"SELECT * FROM {table}"), key=repr) for table in tables]  # noqa: S608


@given(st.lists(st.tuples(DOCUMENTS, st.booleans()), max_size=16), st.integers(1, 5))
@settings(deadline=None, max_examples=50)
def test_reports_made_ready_where_they_are_coded_are_linked_as_those_that_are_read_again(
    documents: list[tuple[CodedDocument, bool]], size: int
) -> None:
    with (
        TemporaryDirectory() as folder,
        Archive.open(Path(folder, "a.byline"), write=True) as archive,
        Archive.open(Path(folder, "b.byline"), write=True) as read_again,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(linking, "BATCH", size)
        linker = Linker(archive)
        for document, is_ready in documents:
            Entering(read_again, {}).enter(document)
            for row in Entering(archive, {}).enter(document):
                linker.take(row, prepared(document) if is_ready else ())
            linker.keep_up()
        linker.link()
        linking.link(read_again)
        assert rows(archive) == rows(read_again)
