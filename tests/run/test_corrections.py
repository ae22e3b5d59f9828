"""What reviewers decide holds, whatever is coded afterwards, until it is undone."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.records import DecisionKind
from byline.run import linking
from byline.run.corrections import decide, decision
from byline.store import Archive, in_force
from tests.run.test_linking import Entering, found, numbers_for_reports, told

__all__ = ["numbers_for_reports"]  # a fixture for all tests here


@pytest.fixture
def entering(tmp_path: Path) -> Iterator[Entering]:
    """Yield an archive of two incidents: of documents 1 and 2, and of 20 and 21."""
    with Archive.open(tmp_path / "a.byline", write=True) as archive:
        entering = Entering(archive, {})
        entering.enter(*map(told, (1, 2, 20, 21)))
        entering.check()
        yield entering


def uid(archive: Archive, document: int) -> str:
    query = "SELECT r.uid FROM reports r JOIN documents d ON d.id = r.document WHERE d.document = ?"
    return str(archive.execute(query, (str(document),)).fetchone()[0])


def correct(archive: Archive, kind: DecisionKind, *ids: str, day: int = 1) -> str:
    """Decide, and return the decision's id."""
    time = f"2026-01-{day:02}T00:00:00+00:00"
    one = decision(archive, kind, ids, reviewer="Ada", reason="it says so", time=time)
    assert decide(archive, [one]) == [one]
    return one.id


def documents(archive: Archive) -> list[list[int]]:
    """Return the numbers of the documents of each incident."""
    return sorted(sorted(int(source[:-1]) for source in sources) for sources in found(archive))


def test_incidents_that_are_merged_are_one_until_that_is_undone(entering: Entering) -> None:
    archive = entering.archive
    merge = correct(archive, "merge", uid(archive, 1), uid(archive, 21))
    assert documents(archive) == [[1, 2, 20, 21]]
    correct(archive, "undo", merge, day=2)
    assert documents(archive) == [[1, 2], [20, 21]]


def test_an_event_that_is_split_off_has_an_incident_of_its_own(entering: Entering) -> None:
    correct(entering.archive, "split", uid(entering.archive, 2))
    assert documents(entering.archive) == [[1], [2], [20, 21]]


def test_what_is_excluded_is_joined_by_nothing_that_comes_later(entering: Entering) -> None:
    correct(entering.archive, "exclude", uid(entering.archive, 2))
    entering.enter(told(2, "b"), told(1, "b"))
    linking.link(entering.archive)
    assert documents(entering.archive) == [[1, 1], [2, 2], [20, 21]]


def test_what_comes_later_joins_what_was_merged(entering: Entering) -> None:
    correct(entering.archive, "merge", uid(entering.archive, 1), uid(entering.archive, 20))
    entering.enter(told(22))
    entering.check(in_force(entering.archive))


def test_decisions_hold_for_documents_that_are_coded_again(entering: Entering) -> None:
    correct(entering.archive, "merge", uid(entering.archive, 1), uid(entering.archive, 20))
    entering.enter(*(told(n, silent=True) for n in (1, 20)))
    linking.link(entering.archive)
    assert documents(entering.archive) == [[2, 21]]
    entering.enter(told(1, day=7), told(20))
    linking.link(entering.archive)
    assert documents(entering.archive) == [[1, 2, 20, 21]]


def test_decisions_replayed_in_another_archive_give_the_same(entering: Entering, tmp_path: Path) -> None:
    archive = entering.archive
    correct(archive, "split", uid(archive, 2))
    correct(archive, "merge", uid(archive, 2), uid(archive, 20), day=2)
    with Archive.open(tmp_path / "b.byline", write=True) as other:
        again = Entering(other, {})
        assert decide(other, in_force(archive)) == in_force(archive)
        again.enter(*map(told, (21, 2, 20, 1)))
        linking.link(other)
        assert documents(other) == documents(archive) == [[1], [2, 20, 21]]
        assert decide(other, in_force(archive)) == []


@pytest.mark.parametrize(
    ("kind", "ids", "message"),
    [
        ("merge", [1], "To merge takes two ids or more"),
        ("merge", [1, 2], "are one incident already"),
        ("split", [1, 2], "These are all reports of"),
        ("split", [1, 20], "are of several incidents"),
        ("exclude", [], "To exclude takes the ids of events"),
        ("undo", [1, 2], "To undo takes one decision's id"),
    ],
)
def test_ids_that_do_not_go_with_a_decision_are_told(
    entering: Entering, kind: DecisionKind, ids: Sequence[int], message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        correct(entering.archive, kind, *(uid(entering.archive, n) for n in ids))


def test_an_event_that_is_not_there_is_told_with_what_to_do(entering: Entering) -> None:
    with pytest.raises(
        ConfigurationError, match=r"has no incident or event 'u0'\. List its incidents: byline incidents"
    ):
        correct(entering.archive, "exclude", "u0")
