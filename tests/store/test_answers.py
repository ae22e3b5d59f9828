"""What models say is chained with what people say, and never taken for it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from byline.export.gold import gold
from byline.lookup import uids_of
from byline.records import CodedDocument
from byline.reviews import Model, Review, facts_of
from byline.store import (
    Answer,
    Archive,
    Queue,
    add_answer,
    add_review,
    answer,
    answers,
    judgements,
    opinions,
    progress,
    queued,
    review_faults,
    reviews,
)
from tests.opinions.made import DOCUMENT
from tests.store.test_reviews import EDITION

MODEL = Model(name="large", prompt="p", question="q1", endpoint="api.example.org", tokens_in=9, tokens_out=1)
ANSWER = Answer(
    question="q1", task="add", document="d1", sentence=(3, 9), model="large", prompt="p", endpoint="api.example.org",
    time="2024-05-02T10:00:00+00:00", tokens_in=9, tokens_out=None, content="{}", refused=("“x” does not stand there",),
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "one.byline", write=True) as opened:
        with opened.batch():
            edition = opened.add_edition(EDITION)
            opened.add(DOCUMENT, edition, opened.begin_run(edition, "{}", "2024-05-01T00:00:00+00:00"))
        yield opened


def said(document: CodedDocument, minute: int, model: Model | None = MODEL, kind: str = "accept") -> Review:
    return Review(
        kind=kind,  # type: ignore[arg-type]
        event=uids_of(document)[0],
        document=document.id,
        facts=facts_of(document, document.events[0]),
        reviewer=model.reviewer if model else "Ada Quill",
        time=f"2024-05-02T10:{minute:02}:00+00:00",
        model=model,
    )


def enter(archive: Archive, *found: Review) -> None:
    with archive.batch():
        for review in found:
            add_review(archive, review)


def test_a_model_s_word_is_no_judgement(archive: Archive) -> None:
    enter(archive, said(DOCUMENT, 1))
    assert list(opinions(archive)) == [said(DOCUMENT, 1)]
    assert judgements(archive) == []
    assert list(reviews(archive)) == []
    assert list(gold(archive)) == []


def test_a_queue_knows_people_alone(archive: Archive) -> None:
    enter(archive, said(DOCUMENT, 1))
    assert queued(archive, Queue("Ada Quill", double=True), 0, 9) == []
    assert progress(archive, Queue("Ada Quill")) == (2, 0, 0)


def test_what_a_person_says_is_no_opinion(archive: Archive) -> None:
    enter(archive, said(DOCUMENT, 1, None))
    assert list(opinions(archive)) == []
    assert judgements(archive) == [said(DOCUMENT, 1, None)]


def test_what_a_model_said_last_holds(archive: Archive) -> None:
    other = said(DOCUMENT, 1, replace(MODEL, name="small"))
    enter(archive, said(DOCUMENT, 1), other, said(DOCUMENT, 2, kind="reject"))
    assert list(opinions(archive)) == [other, said(DOCUMENT, 2, kind="reject")]


def test_a_change_behind_the_triggers_shows(archive: Archive) -> None:
    enter(archive, said(DOCUMENT, 1), said(DOCUMENT, 2, None))
    assert review_faults(archive) == []
    with closing(sqlite3.connect(archive.path)) as db, db:
        db.execute("DROP TRIGGER reviews_are_final")
        db.execute("UPDATE reviews SET record = replace(record, 'large', 'small') WHERE number = 1")
    assert any("review 1 was changed" in fault for fault in review_faults(archive))


def test_a_review_of_a_person_says_nothing_of_models() -> None:
    assert b"model" not in said(DOCUMENT, 1, None).to_json()


def test_an_answer_is_found_by_its_question(archive: Archive) -> None:
    with archive.batch():
        add_answer(archive, ANSWER)
    assert answer(archive, "q1") == ANSWER
    assert answer(archive, "q2") is None


def test_a_second_answer_takes_the_place_of_the_first_and_costs_more(archive: Archive) -> None:
    later = replace(ANSWER, time="2024-05-03T10:00:00+00:00", content="[]", refused=(), tokens_in=1, tokens_out=5)
    with archive.batch():
        add_answer(archive, ANSWER)
        add_answer(archive, later)
    assert list(answers(archive)) == [replace(later, tokens_in=10, tokens_out=5)]
