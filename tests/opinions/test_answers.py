"""Of an answer only that is taken which has the form, the types of the ontology and words of the text."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from byline.lookup import uid_of
from byline.opinions.answers import Verdicts, read, schema
from byline.opinions.subject import Task
from byline.reviews import facts_of
from tests.opinions.endpoint import judged
from tests.opinions.made import BEAT, BEATEN, DOCUMENT, PRAISE, SENTENCE, TEXT, TYPES, UIDS, prompt, said, span, subject

OTHER = judged(2)
WORDS = st.sampled_from(["beat", "police", "gate", "two", "Orla Quill", "Dunmere", "army", "polic", "", "█"])
LISTS = st.lists(WORDS, max_size=2)
NUMBERS = st.fixed_dictionaries({
    "what": st.sampled_from(["killed", "cows"]), "low": st.integers(-1, 3), "high": st.none() | st.integers(0, 3),
    "words": WORDS,
})  # fmt: skip
MADE = st.fixed_dictionaries({
    "type": st.sampled_from([*TYPES, "COUP"]), "mode": st.sampled_from([None, "beat", "demo"]),
    "status": st.sampled_from(["actual", "denied"]), "actors": LISTS, "recipients": LISTS, "places": LISTS,
    "counts": st.lists(NUMBERS, max_size=1),
})  # fmt: skip
JUDGED = st.builds(judged, st.integers(0, 3), st.sampled_from(["accept", "edit", "reject"]), WORDS, st.none() | MADE)
MISSED = st.builds(lambda event, trigger: event | {"trigger": trigger}, MADE, WORDS)


def answer(content: object, task: Task = "check") -> Verdicts:
    return read(content if isinstance(content, str) else json.dumps(content), subject(task), prompt(task).modes)


def check(*judgements: object) -> Verdicts:
    return answer({"judgements": judgements})


def edit(**changed: Any) -> Verdicts:  # noqa: ANN401
    return check(judged(1, "edit", event=BEATEN | changed), OTHER)


def add(*events: dict[str, Any]) -> Verdicts:
    return answer({"events": events}, "add")


def test_each_event_is_judged_as_the_machine_had_it() -> None:
    found = check(judged(1), judged(2, "reject", " Nobody\npraised. "))
    assert found.refused == ()
    assert [(t.kind, t.event, t.facts) for t in found.taken] == [
        ("accept", UIDS[0], facts_of(DOCUMENT, BEAT)),
        ("reject", UIDS[1], facts_of(DOCUMENT, PRAISE)),
    ]
    assert found.taken[1].reason == "Nobody praised."


def test_an_edit_has_the_words_of_the_text_with_their_places() -> None:
    one = edit(status="feared", actors=["police chief"], places=["gate"]).taken[0]
    assert (one.kind, one.event, one.facts.status) == ("edit", UIDS[0], "feared")
    assert [(m.span, m.text) for m in (*one.facts.actors, *one.facts.places)] == [
        (span("police chief"), "police chief"),
        (span("gate"), "gate"),
    ]
    assert one.facts.counts[0].span == span("two")
    assert one.facts.trigger == facts_of(DOCUMENT, BEAT).trigger


def test_an_edit_that_changes_nothing_is_an_acceptance() -> None:
    assert edit().taken[0][:3] == ("accept", UIDS[0], facts_of(DOCUMENT, BEAT))


def test_words_that_stand_there_twice_are_those_nearest_to_the_trigger() -> None:
    found = check(judged(1), judged(2, "edit", event=said("SUPPORT", recipients=["police"])))
    assert found.taken[1].facts.recipients[0].span == span("police", 1)


def test_words_of_the_sentence_go_before_those_around_it() -> None:
    assert edit(recipients=["march"]).taken[0].facts.recipients[0].span == span("march")  # not that of "marchers"
    assert edit(places=["Dunmere"]).taken[0].facts.places[0].span == span("Dunmere")


def test_words_that_the_event_had_keep_their_place() -> None:
    one = check(judged(1), judged(2, "edit", event=said("SUPPORT", status="denied", actors=["Orla Quill"]))).taken[1]
    assert one.facts.actors == facts_of(DOCUMENT, PRAISE).actors


def test_words_are_looked_for_as_they_were_sent_and_taken_from_the_text() -> None:
    sent = replace(DOCUMENT, text=TEXT.replace("Orla Quill", "████ █████"))
    content = json.dumps({"judgements": [judged(1, "edit", event=BEATEN | {"actors": ["████ █████"]}), OTHER]})
    (mention,) = read(content, subject(sent=sent), prompt().modes).taken[0].facts.actors
    assert (mention.span, mention.text) == (span("Orla Quill"), "Orla Quill")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"actors": ["the army"]}, "“the army” does not stand in the text"),
        ({"actors": ["polic"]}, "“polic” does not stand in the text"),
        ({"actors": [""]}, "“” does not stand in the text"),
        ({"recipients": ["x" * 110]}, f"“{'x' * 99}…” does not stand in the text"),
        ({"counts": [{"what": "killed", "low": 9, "high": 9, "words": "nine"}]}, "“nine” does not stand in the text"),
        ({"counts": [{"what": "killed", "low": -1, "high": 2, "words": "two"}]}, "killed: from -1 to 2 is no number"),
        ({"counts": [{"what": "killed", "low": 3, "high": 2, "words": "two"}]}, "killed: from 3 to 2 is no number"),
        ({"counts": [{"what": "killed", "low": 10**30, "high": None, "words": "two"}]}, "is no number of people"),
        ({"type": "COUP"}, "'COUP' is no type of the ontology"),
        ({"mode": "demo"}, "'demo' is no mode of ASSAULT"),
    ],
)
def test_an_edit_that_the_text_does_not_bear_out_is_refused(changed: dict[str, Any], why: str) -> None:
    found = edit(**changed)
    assert [one.event for one in found.taken] == [UIDS[1]]  # what is said of the other event stands
    assert why in found.refused[0]


@pytest.mark.parametrize(
    ("judgements", "why"),
    [
        ([judged(1)], "event 2 is judged 0 times"),
        ([judged(1), judged(2), judged(2, "reject")], "event 2 is judged 2 times"),
        ([judged(1), judged(2, "edit")], "event 2 is to be edited, and is not given"),
    ],
)
def test_a_judgement_that_is_none_is_refused(judgements: list[object], why: str) -> None:
    found = check(*judgements)
    assert ([one.event for one in found.taken], found.refused) == ([UIDS[0]], (why,))


def test_events_that_were_not_shown_are_not_judged() -> None:
    found = check(judged(1), judged(2), judged(3), judged(0))
    assert (len(found.taken), found.refused) == (2, ("2 events are judged that were not shown",))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Sure! Here is the JSON.",
        '```json\n{"judgements": []}\n```',
        '{"judgements": [',
        "[]",
        '{"judgements": [], "more": 1}',
        '{"judgements": [{"number": "1", "verdict": "accept", "reason": "", "event": null}]}',
        '{"judgements": [{"number": 1, "verdict": "perhaps", "reason": "", "event": null}]}',
        '{"judgements": [{"number": 1, "verdict": "accept"}]}',
        '{"events": []}',
        "\ud800",
        "[" * 100_000,
    ],
)
def test_what_has_not_the_form_is_refused_whole(content: str) -> None:
    found = answer(content)
    assert found.taken == ()
    assert found.refused[0].startswith("not of the form that was asked for: ")


def test_a_status_that_there_is_not_is_refused_in_few_words() -> None:
    found = edit(status="certain" * 999)
    assert found.taken == ()
    assert len(found.refused[0]) < 200


def test_a_long_reason_is_cut() -> None:
    assert len(check(judged(1, reason="so " * 999), OTHER).taken[0].reason) <= 300


def test_an_event_is_added_where_its_words_stand() -> None:
    (one,) = add(said("PROTEST", trigger="marchers", recipients=["police chief"])).taken
    assert (one.kind, one.facts.trigger.span, one.facts.start) == ("add", span("marchers"), None)
    assert one.event == uid_of(DOCUMENT, "PROTEST", span("marchers")[0])


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (said(trigger="beat"), "ASSAULT at “beat” is there already"),
        (said("PROTEST", trigger="march"), "“march” does not stand in the sentence"),
        (said("PROTEST", trigger=""), "“” does not stand in the sentence"),
        (said("RIOT", trigger="gate"), "'RIOT' is no type of the ontology"),
        (said("PROTEST", trigger="gate", places=["Atlantis"]), "“Atlantis” does not stand in the text"),
    ],
)
def test_an_event_that_is_none_is_not_added(event: dict[str, Any], why: str) -> None:
    assert add(event) == Verdicts((), (why,))


def test_the_same_event_is_added_once_for_each_time_its_words_stand_there() -> None:
    found = add(*[said("PROTEST", trigger="police")] * 3)
    assert [one.facts.trigger.span for one in found.taken] == [span("police", 0), span("police", 1)]
    assert found.refused == ("PROTEST at “police” is there already",)


def test_no_sentence_tells_of_more_events_than_it_may() -> None:
    found = add(*[said("PROTEST", trigger="gate")] * 50)
    assert (len(found.taken), found.refused[-1]) == (1, "of 50 events in one sentence 20 are read")


def bears_out(found: Verdicts) -> bool:
    """Whether all that is taken has types of the ontology and words of the text."""
    facts = [one.facts for one in found.taken]
    mentions = [m for f in facts for m in (f.trigger, *f.actors, *f.recipients, *f.places, *f.counts)]
    return all(f.type in TYPES for f in facts) and all(TEXT[slice(*m.span)] == m.text for m in mentions)


@given(st.lists(JUDGED, max_size=3), st.lists(MISSED, max_size=3))
def test_whatever_a_model_says_the_text_bears_out_what_is_taken(
    judgements: list[dict[str, Any]], events: list[dict[str, Any]]
) -> None:
    assert bears_out(check(*judgements))
    assert bears_out(add(*events))


@pytest.mark.parametrize("task", ["check", "add"])
def test_the_schema_is_one_that_servers_enforce(task: Task) -> None:
    found = schema(task, tuple(TYPES))
    jsonschema.Draft202012Validator.check_schema(found)
    for part in (found, *found["$defs"].values()):  # OpenAI enforces no other ones
        assert part["type"] == "object"
        assert part["additionalProperties"] is False
        assert sorted(part["required"]) == sorted(part["properties"])


@pytest.mark.parametrize(
    ("task", "content", "is_valid"),
    [
        ("check", {"judgements": [judged(1, "edit", event=BEATEN)]}, True),
        ("check", {"judgements": [judged(1, "edit", event=BEATEN | {"type": "COUP"})]}, False),
        ("check", {"judgements": [judged(1, "maybe")]}, False),
        ("add", {"events": [said(trigger="beat")]}, True),
        ("add", {"events": [said()]}, False),
    ],
)
def test_the_schema_says_what_is_read(task: Task, content: object, is_valid: bool) -> None:  # noqa: FBT001
    assert jsonschema.Draft202012Validator(schema(task, tuple(TYPES))).is_valid(content) is is_valid


def test_the_sentence_of_these_tests_is_one() -> None:
    assert TEXT[slice(*SENTENCE)].startswith("Police")
    assert TEXT[slice(*SENTENCE)].endswith("the police.")
