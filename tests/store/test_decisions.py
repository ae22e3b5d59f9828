"""Decisions are added to, never changed, and it shows if they were."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.records import Decision
from byline.store import Archive, add_decision, decisions, faults, in_force

MERGE = Decision(
    kind="merge", events=("u1",), others=("u2",), reviewer="Ada", time="2026-01-02T03:04:05+00:00", reason="one raid"
)
LATER = Decision(
    kind="exclude", events=("u3",), reviewer="Ben", time="2026-01-03T03:04:05+00:00", reason="an anniversary"
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.byline", write=True) as archive:
        yield archive


def enter(archive: Archive, *found: Decision) -> list[bool]:
    with archive.batch():
        return [add_decision(archive, one) for one in found]


def undo(of: Decision) -> Decision:
    return Decision(
        kind="undo", undoes=of.id, reviewer="Cy", time="2026-01-04T03:04:05+00:00", reason=f"not so: {of.id}"
    )


def test_decisions_stand_in_the_order_in_which_they_were_entered(archive: Archive) -> None:
    assert enter(archive, LATER, MERGE) == [True, True]
    assert [(one.number, one.id, one.reviewer) for one in decisions(archive)] == [
        (1, LATER.id, "Ben"),
        (2, MERGE.id, "Ada"),
    ]
    assert faults(archive) == []


def test_decisions_hold_in_the_order_of_their_time(archive: Archive) -> None:
    enter(archive, LATER, MERGE)
    assert in_force(archive) == [MERGE, LATER]


def test_a_decision_is_entered_once(archive: Archive) -> None:
    assert enter(archive, MERGE, MERGE) == [True, False]
    assert len(decisions(archive)) == 1


def test_what_is_undone_does_not_hold_and_what_undid_it_can_be_undone(archive: Archive) -> None:
    first = undo(MERGE)
    enter(archive, MERGE, first)
    assert in_force(archive) == []
    assert [one.standing for one in decisions(archive)] == ["undone", "in force"]
    enter(archive, undo(first))
    assert in_force(archive) == [MERGE]


def test_what_is_not_there_cannot_be_undone(archive: Archive) -> None:
    with pytest.raises(ConfigurationError, match=rf"has no decision {MERGE.id}\. List them: byline decisions "):
        enter(archive, undo(MERGE))
    assert decisions(archive) == []


def test_events_that_no_document_has_are_told(archive: Archive) -> None:
    enter(archive, MERGE)
    assert decisions(archive)[0].missing == ("u1", "u2")


@pytest.mark.parametrize("change", ["DELETE FROM decisions", "UPDATE decisions SET reviewer = 'Eve'"])
def test_decisions_cannot_be_changed_or_taken_out(archive: Archive, change: str) -> None:
    enter(archive, MERGE)
    with pytest.raises(sqlite3.IntegrityError, match="decisions are undone, not"):
        archive.execute(change)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE decisions SET record = replace(record, 'raid', 'riot') WHERE number = 1", "decision 1 was changed"),
        ("UPDATE decisions SET id = 'd0' WHERE number = 2", "decision 2 was changed"),
        ("DELETE FROM decisions WHERE number = 1", "between 0 and 2 decisions are missing"),
        ("DELETE FROM decisions WHERE number = 2", "decisions at the end are missing"),
    ],
)
def test_a_decision_that_was_changed_behind_the_triggers_shows(archive: Archive, change: str, fault: str) -> None:
    enter(archive, MERGE, LATER)
    archive.execute("DROP TRIGGER decisions_stay")
    archive.execute("DROP TRIGGER decisions_are_final")
    archive.execute(change)
    assert faults(archive)[0].startswith(fault)
