"""Reviews stay as they are, in a chain; what holds of an event is the last that each reviewer said of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from byline.errors import ConfigurationError
from byline.lookup import uids_of
from byline.records import CodedDocument
from byline.reviews import Review, facts_of
from byline.store import (
    Archive,
    Edition,
    Filter,
    Queue,
    add_review,
    beside,
    judgements,
    last_review,
    progress,
    queued,
    review_faults,
    reviews,
)
from tests.helpers import demo

EDITION = Edition("0", "program", "PLOVER 1", "ontology", "pipeline", "1")
ADA, BEN = "Ada Quill", "Ben Marsh"


@pytest.fixture
def document() -> CodedDocument:
    return demo()[0]


@pytest.fixture
def archive(tmp_path: Path, document: CodedDocument) -> Iterator[Archive]:
    with Archive.open(tmp_path / "one.byline", write=True) as opened:
        with opened.batch():
            edition = opened.add_edition(EDITION)
            opened.add(document, edition, opened.begin_run(edition, "{}", "2024-05-01T00:00:00+00:00"))
        yield opened


def said(document: CodedDocument, number: int, minute: int, kind: str = "accept", by: str = ADA) -> Review:
    return Review(
        kind=kind,  # type: ignore[arg-type]
        event=uids_of(document)[number],
        document=document.id,
        facts=None if kind == "skip" else facts_of(document, document.events[number]),
        reviewer=by,
        time=f"2024-05-02T10:{minute:02}:00+00:00",
    )


def enter(archive: Archive, *found: Review) -> None:
    with archive.batch():
        for review in found:
            add_review(archive, review)


def undo(review: Review, minute: int, by: str = ADA) -> Review:
    time = f"2024-05-02T10:{minute:02}:00+00:00"
    return Review(kind="undo", event=review.event, document=review.document, undoes=review.id, reviewer=by, time=time)


def test_the_last_that_a_reviewer_said_holds(archive: Archive, document: CodedDocument) -> None:
    first, last, other = said(document, 0, 1), said(document, 0, 2, "reject"), said(document, 0, 3, by=BEN)
    enter(archive, first, last, other)
    assert judgements(archive) == [last, other]
    assert [one.review for one in reviews(archive)] == [first, last, other]


def test_what_is_undone_gives_way_to_what_was_said_before(archive: Archive, document: CodedDocument) -> None:
    first, last = said(document, 0, 1), said(document, 0, 2, "reject")
    enter(archive, first, last, undo(last, 3))
    assert judgements(archive) == [first]
    assert last_review(archive, ADA) == first
    assert [one.standing for one in reviews(archive)] == ["in force", "undone", "in force"]


def test_an_adjudication_stands_beside_what_the_same_person_said(archive: Archive, document: CodedDocument) -> None:
    own = said(document, 0, 1)
    settled = replace(own, kind="adjudicate", verdict="reject", time="2024-05-02T11:00:00+00:00")
    enter(archive, own, settled)
    assert judgements(archive) == [own, settled]


def test_nobody_undoes_what_another_said(archive: Archive, document: CodedDocument) -> None:
    review = said(document, 0, 1)
    enter(archive, review)
    with pytest.raises(ConfigurationError, match="Ben Marsh has made no review"):
        enter(archive, undo(review, 2, by=BEN))


def test_an_undo_is_not_undone(archive: Archive, document: CodedDocument) -> None:
    review = said(document, 0, 1)
    gone = undo(review, 2)
    enter(archive, review, gone)
    with pytest.raises(ConfigurationError, match="could be undone"):
        enter(archive, undo(gone, 3))


def test_a_review_is_entered_once(archive: Archive, document: CodedDocument) -> None:
    enter(archive, said(document, 0, 1), said(document, 0, 1))
    assert len(list(reviews(archive))) == 1


@pytest.mark.parametrize("statement", ["DELETE FROM reviews", "UPDATE reviews SET verdict = 'reject'"])
def test_reviews_cannot_be_changed(archive: Archive, document: CodedDocument, statement: str) -> None:
    enter(archive, said(document, 0, 1))
    with pytest.raises(sqlite3.IntegrityError, match="undone, not"):
        archive.execute(statement)


@pytest.mark.parametrize(
    ("behind", "fault"),
    [
        ("UPDATE reviews SET record = replace(record, 'Ada', 'Eve') WHERE number = 2", "review 2 was changed"),
        ("DELETE FROM reviews WHERE number = 2", "between 1 and 3 reviews are missing"),
        ("DELETE FROM reviews WHERE number = 3", "reviews at the end are missing"),
    ],
)
def test_a_change_behind_the_triggers_shows(archive: Archive, document: CodedDocument, behind: str, fault: str) -> None:
    enter(archive, *(said(document, n, n) for n in range(3)))
    assert review_faults(archive) == []
    with closing(sqlite3.connect(archive.path)) as db, db:
        db.execute("DROP TRIGGER reviews_stay")
        db.execute("DROP TRIGGER reviews_are_final")
        db.execute(behind)
    assert any(fault in found for found in review_faults(archive))


def test_a_queue_begins_with_the_least_sure(archive: Archive, document: CodedDocument) -> None:
    found = queued(archive, Queue(ADA), 0, 100)
    assert len(found) == len(document.events)
    assert [one.confidence for one in found] == sorted(one.confidence for one in found)


def test_a_queue_leaves_out_what_its_reviewer_has_judged_or_skipped(archive: Archive, document: CodedDocument) -> None:
    enter(archive, said(document, 0, 1), said(document, 1, 2, "skip"), said(document, 2, 3, by=BEN))
    uids = uids_of(document)
    assert {one.uid for one in queued(archive, Queue(ADA), 0, 100)} == set(uids[2:])
    assert progress(archive, Queue(ADA)) == (len(uids), 1, 1)


def test_one_is_led_from_event_to_event_and_back(archive: Archive) -> None:
    queue = Queue(ADA)
    first, second, third = queued(archive, queue, 0, 3)
    assert beside(archive, queue, None) == first
    assert beside(archive, queue, first.uid) == second
    assert beside(archive, queue, third.uid, back=True) == second
    assert beside(archive, queue, first.uid, back=True) is None


def test_a_filter_holds_for_the_queue(archive: Archive, document: CodedDocument) -> None:
    kind = document.events[0].type
    found = queued(archive, Queue(ADA, Filter(types=[kind])), 0, 100)
    assert len(found) == sum(event.type == kind for event in document.events)
    assert {one.type for one in found} == {kind}


def test_a_second_reviewer_may_see_only_what_another_has_judged(archive: Archive, document: CodedDocument) -> None:
    enter(archive, said(document, 0, 1), said(document, 1, 2, "skip"), said(document, 2, 3))
    queue = Queue(BEN, double=True)
    assert {one.uid for one in queued(archive, queue, 0, 100)} == {uids_of(document)[0], uids_of(document)[2]}
    assert queued(archive, Queue(ADA, double=True), 0, 100) == []
    assert progress(archive, queue) == (2, 0, 0)
