"""What reviewers settled is gold, in the form of records, and the program is measured against it."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from byline.errors import ConfigurationError
from byline.evaluation.gold import figures, read_gold
from byline.export.gold import gold
from byline.gold import GoldDocument
from byline.lookup import uid_of, uids_of
from byline.records import CodedDocument, Mention
from byline.reviews import Facts, Review, facts_of
from byline.store import Archive, Edition, add_review
from tests.helpers import demo, with_events

EDITION = Edition("0", "program", "PLOVER 1", "ontology", "pipeline", "1")
DOCUMENT = demo()[0]
UIDS = uids_of(DOCUMENT)


def said(number: int, kind: str = "accept", by: str = "Ada Quill", **changed: object) -> Review:
    had = facts_of(DOCUMENT, DOCUMENT.events[number])
    return Review(
        kind=kind,  # type: ignore[arg-type]
        event=UIDS[number],
        document=DOCUMENT.id,
        facts=replace(had, **changed),
        reviewer=by,
        time="2024-05-02T10:00:00+00:00",
        verdict="reject" if kind == "adjudicate" else None,
    )


def added() -> Review:
    start, end = DOCUMENT.body[0]
    word = DOCUMENT.text[start:end].split()[0]
    trigger = Mention(span=(start, start + len(word)), text=word)
    facts = Facts(type="SUPPORT", trigger=trigger, places=(trigger,), start="2006-03-01", end="2006-03-05")
    return Review(
        kind="add",
        event=uid_of(DOCUMENT, "SUPPORT", start),
        document=DOCUMENT.id,
        facts=facts,
        reviewer="Ada Quill",
        time="2024-05-02T10:00:00+00:00",
    )


def gold_of(path: Path, reviews: Sequence[Review]) -> list[GoldDocument]:
    with Archive.open(path / "one.byline", write=True) as archive:
        with archive.batch():
            edition = archive.add_edition(EDITION)
            archive.add(DOCUMENT, edition, archive.begin_run(edition, "{}", "2024-05-01T00:00:00+00:00"))
            for review in reviews:
                add_review(archive, review)
        return list(gold(archive))


def value(found: Sequence[GoldDocument], coded: CodedDocument, name: str) -> tuple[float | None, int | None]:
    scores = {score.figure.name: score for score in figures("gold", found, [coded])}
    return scores[name].value, scores[name].cases


def test_only_documents_with_a_judged_event_are_gold(tmp_path: Path) -> None:
    assert gold_of(tmp_path, []) == []


def test_accepted_and_edited_events_are_gold_and_rejected_are_listed(tmp_path: Path) -> None:
    (found,) = gold_of(tmp_path, [said(0), said(1, "edit", status="planned"), said(2, "reject")])
    assert [(e.id, e.type) for e in found.events] == [(e.id, e.type) for e in DOCUMENT.events[:2]]
    assert found.events[1].status == "planned"
    assert [e.id for e in found.rejected] == [DOCUMENT.events[2].id]
    assert {one.by for one in found.judged} == {("Ada Quill",)}
    assert not found.complete


def test_accepted_events_have_the_words_and_places_that_they_had(tmp_path: Path) -> None:
    (found,) = gold_of(tmp_path, [said(n) for n in range(len(DOCUMENT.events))])
    had = {event.id: facts_of(DOCUMENT, event) for event in DOCUMENT.events}
    assert {event.id: facts_of(found, event) for event in found.events} == had


def test_an_added_event_is_gold_in_the_words_of_its_document(tmp_path: Path) -> None:
    (found,) = gold_of(tmp_path, [added()])
    (event,) = found.events
    place = found.toponyms[event.toponyms[0]]
    assert (event.id, event.type, place.precision) == ("r1", "SUPPORT", "unknown")
    assert event.evidence == DOCUMENT.body[0]
    assert found.judged[0].added


def test_what_reviewers_differ_on_is_open_until_it_is_settled(tmp_path: Path) -> None:
    differ = [said(0), said(0, "reject", by="Ben Marsh")]
    (tmp_path / "open").mkdir()
    (found,) = gold_of(tmp_path / "open", differ)
    assert (found.events, found.rejected, found.open) == ((), (), (UIDS[0],))
    (found,) = gold_of(tmp_path, [*differ, said(0, "adjudicate", by="Cleo Hart")])
    assert found.open == ()
    assert [(e.id, j.by, j.adjudicated) for e, j in zip(found.rejected, found.judged, strict=True)] == [
        (DOCUMENT.events[0].id, ("Cleo Hart",), True)
    ]


def test_a_document_is_complete_when_all_that_was_found_is_judged(tmp_path: Path) -> None:
    (found,) = gold_of(tmp_path, [said(n) for n in range(len(DOCUMENT.events))])
    assert found.complete


def test_gold_is_read_back(tmp_path: Path) -> None:
    found = gold_of(tmp_path, [said(0), said(1, "reject")])
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"".join(one.to_json() + b"\n" for one in found))
    assert read_gold(path) == found
    assert CodedDocument.from_json(path.read_bytes()).events == found[0].events


@pytest.mark.parametrize(("content", "message"), [(b"", "no document"), (b'{"id": 1}\n', "line 1 is no gold")])
def test_what_is_no_gold_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=message):
        read_gold(path)


def test_what_was_accepted_and_is_found_again_is_right(tmp_path: Path) -> None:
    found = gold_of(tmp_path, [said(n) for n in range(len(DOCUMENT.events))])
    number = len(DOCUMENT.events)
    for name in (
        "events: precision",
        "events: recall",
        "type",
        "status",
        "who",
        "to whom",
        "where",
        "when",
        "how many",
    ):
        assert value(found, DOCUMENT, name) == (100.0, number)


def test_what_is_not_found_again_is_missed(tmp_path: Path) -> None:
    found = gold_of(tmp_path, [said(0), said(1)])
    fewer = with_events(DOCUMENT, DOCUMENT.events[1:])
    assert value(found, fewer, "events: recall") == (50.0, 2)


def test_what_was_rejected_and_is_found_again_is_wrong_and_what_nobody_judged_is_not(tmp_path: Path) -> None:
    found = gold_of(tmp_path, [said(0), said(1, "reject")])
    assert value(found, DOCUMENT, "events: precision") == (50.0, 2)


def test_in_a_complete_document_all_else_is_wrong(tmp_path: Path) -> None:
    found = [replace(one, complete=True) for one in gold_of(tmp_path, [said(0)])]
    assert value(found, DOCUMENT, "events: precision")[1] == len(DOCUMENT.events)


def test_an_edited_field_is_wrong_where_it_is_found_as_before(tmp_path: Path) -> None:
    found = gold_of(tmp_path, [said(0, "edit", status="planned", start=None, end=None), said(1)])
    assert value(found, DOCUMENT, "status") == (50.0, 2)
    assert value(found, DOCUMENT, "when")[0] == 50.0


def test_an_event_of_another_type_is_found_and_has_the_wrong_type(tmp_path: Path) -> None:
    found = gold_of(tmp_path, [said(0, "edit", type="MOURN")])
    assert value(found, DOCUMENT, "events: recall") == (0.0, 1)
    assert value(found, DOCUMENT, "events of any type: recall") == (100.0, 1)
    assert value(found, DOCUMENT, "type") == (0.0, 1)
    assert value(found, DOCUMENT, "events: precision") == (0.0, 1)
