"""How far models agree with the coder, and what asking them took."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from byline.export.agreement import VERDICT
from byline.export.opinions import CODER, Spending, Tally, agreements, spending, tallies
from byline.lookup import uid_of
from byline.records import CodedDocument
from byline.reviews import Facts, Model, Review, facts_of
from byline.store import Archive, add_answer, add_review
from tests.opinions.made import DOCUMENT, UIDS, mention, span
from tests.store.test_answers import ANSWER
from tests.store.test_reviews import EDITION

SMALL, LARGE = (
    Model(name=name, prompt="p", question="q", endpoint="api.example.org", tokens_in=1, tokens_out=1)
    for name in ("small", "large")
)
BEAT, PRAISE = (facts_of(DOCUMENT, event) for event in DOCUMENT.events)
ADDED = Facts(type="PROTEST", trigger=mention("march"))


def said(model: Model, kind: str, event: str, facts: Facts) -> Review:
    return Review(
        kind=kind,  # type: ignore[arg-type]
        event=event,
        document="d1",
        facts=facts,
        reviewer=model.reviewer,
        time="2024-05-02T10:00:00+00:00",
        model=model,
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "one.byline", write=True) as opened:
        with opened.batch():
            enter(opened, DOCUMENT)
            add_review(opened, said(LARGE, "edit", UIDS[0], replace(BEAT, status="feared")))
            add_review(opened, said(LARGE, "accept", UIDS[1], PRAISE))
            add_review(opened, said(LARGE, "add", uid_of(DOCUMENT, "PROTEST", span("march")[0]), ADDED))
            add_review(opened, said(SMALL, "accept", UIDS[0], BEAT))
            add_review(opened, said(SMALL, "reject", UIDS[1], PRAISE))
        yield opened


def enter(archive: Archive, document: CodedDocument, program: str = "program") -> None:
    edition = archive.add_edition(EDITION._replace(program=program))
    archive.add(document, edition, archive.begin_run(edition, "{}", "2024-05-01T00:00:00+00:00"))


def test_models_agree_with_the_coder_and_with_one_another_field_by_field(archive: Archive) -> None:
    rows = {(row.reviewers, row.field): (row.events, row.same) for row in agreements(archive)}
    large, small = LARGE.reviewer, SMALL.reviewer
    assert rows[(CODER, large), "status"] == (2, 1)
    assert rows[(CODER, large), "type"] == (2, 2)
    assert rows[(CODER, small), VERDICT] == (2, 1)
    assert rows[(large, small), VERDICT] == (2, 1)


def test_the_coder_s_verdict_has_no_kappa_and_days_are_not_asked_for(archive: Archive) -> None:
    rows = agreements(archive)
    assert {row.kappa for row in rows if row.field == VERDICT and CODER in row.reviewers} == {None}
    assert not {"start", "end"} & {row.field for row in rows}


def test_what_models_say_is_counted_by_the_coder_s_types_and_statuses(archive: Archive) -> None:
    large, small = LARGE.reviewer, SMALL.reviewer
    assert tallies(archive) == [
        Tally(model=large, field="type", value="ASSAULT", edited=1),
        Tally(model=large, field="type", value="PROTEST", added=1),
        Tally(model=large, field="type", value="SUPPORT", accepted=1),
        Tally(model=large, field="status", value="actual", accepted=1, edited=1, added=1),
        Tally(model=small, field="type", value="ASSAULT", accepted=1),
        Tally(model=small, field="type", value="SUPPORT", rejected=1),
        Tally(model=small, field="status", value="actual", accepted=1, rejected=1),
    ]


def test_an_event_that_is_gone_is_left_out(archive: Archive) -> None:
    with archive.batch():
        enter(archive, replace(DOCUMENT, events=DOCUMENT.events[1:]), "other")
    assert {tally.value for tally in tallies(archive) if tally.field == "type"} == {"SUPPORT", "PROTEST"}


def test_costs_are_summed_by_model(archive: Archive) -> None:
    with archive.batch():
        add_answer(archive, ANSWER)
        add_answer(archive, replace(ANSWER, question="q2", tokens_in=None, refused=()))
        add_answer(archive, replace(ANSWER, question="q3", model="small", tokens_out=7, refused=()))
    assert list(spending(archive)) == [
        Spending(model="large at api.example.org", answers=2, refused=1, untold=1, tokens_in=9, tokens_out=0),
        Spending(model="small at api.example.org", answers=1, refused=0, untold=0, tokens_in=9, tokens_out=7),
    ]
