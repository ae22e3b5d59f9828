"""Who denies what: links from events to the attributions that deny them."""

import json
from typing import Any

import pytest

import byline
from byline.records import CodedDocument, Event
from tests.documents import event_at
from tests.matching import CASES

TABLE = json.loads((CASES / "denials.json").read_text("utf-8"))


def event(words: str, coded: CodedDocument) -> Event:
    found = event_at(words, coded)
    assert found is not None, f"no event at {words!r}"
    return found


@pytest.mark.parametrize("case", TABLE["denied"], ids=lambda c: c["text"][:50])
def test_a_denial_is_tied_to_what_it_denies(case: dict[str, Any]) -> None:
    coded = byline.code(case["text"], published="2011-05-20")
    sources = {a.id: a.source.text if a.source else None for a in coded.attributions}
    for words, deniers in case["by"].items():
        assert [sources[i] for i in event(words, coded).denied_by] == deniers, words


@pytest.mark.parametrize("case", TABLE["denied"], ids=lambda c: c["text"][:50])
def test_an_incident_that_one_tells_and_another_denies_is_disputed(case: dict[str, Any]) -> None:
    coded = byline.code(case["text"], published="2011-05-20")
    asserted = {event(words, coded).id for words in case["disputed"]}
    assert {e for i in coded.incidents if i.disputed for e in i.events} & {
        e.id for e in coded.events if e.denied_by
    } == asserted


@pytest.mark.parametrize("case", TABLE["not_denied"], ids=lambda c: c["label"])
def test_a_denial_of_something_else_is_no_denial(case: dict[str, Any]) -> None:
    coded = byline.code(case["text"], published="2011-05-20")
    assert event(case["trigger"], coded).denied_by == ()
    assert not any(i.disputed for i in coded.incidents)


def test_an_attribution_names_the_events_that_it_is_about() -> None:
    coded = byline.code("Police said that rebels had attacked a bus and that they wanted to arrest them.")
    (said,) = (a for a in coded.attributions if a.source and a.source.text == "Police")
    assert [e.trigger.text for e in coded.events if e.id in said.about] == ["attacked", "arrest"]
