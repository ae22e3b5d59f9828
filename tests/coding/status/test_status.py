"""Whether an event happened: hard sentences, and what must not be over-corrected."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.coding.status.operators import LEXICON, grip
from byline.coding.status.settling import settle
from byline.records import HAPPENED, Reason
from tests.helpers import parsed

_CASES = json.loads((Path(__file__).parents[2] / "cases" / "status.json").read_text("utf-8"))
_STATUSES = {
    "actual", "ongoing", "attempted", "ordered", "requested", "offered", "promised", "planned", "threatened",
    "feared", "conditional", "hypothetical", "denied", "did_not_happen",
}  # fmt: skip


def _table(name: str) -> list[object]:
    return [
        pytest.param(case["text"], word, status, id=f"{case['label']}: {word} in {case['text'][:40]}")
        for case in _CASES[name]
        for word, status in case["status"].items()
    ]


def _settle(text: str, word: str) -> tuple[str, Reason]:
    passage = parsed(text)
    trigger = next(t for t in passage.tokens if passage.words(t.span) == word)
    return settle(trigger, passage)


@pytest.mark.parametrize(("text", "word", "status"), _table("settled"))
def test_status_is_what_the_governing_words_say(text: str, word: str, status: str) -> None:
    assert _settle(text, word)[0] == status


@pytest.mark.parametrize(("text", "word", "status"), _table("happened"))
def test_cues_that_do_not_govern_leave_the_status_alone(text: str, word: str, status: str) -> None:
    assert _settle(text, word)[0] == status


@pytest.mark.xfail(strict=True, reason="the parse is wrong")
@pytest.mark.parametrize(("text", "word", "status"), _table("accepted"))
def test_accepted_failures(text: str, word: str, status: str) -> None:
    assert _settle(text, word)[0] == status


def test_reason_names_the_rule_and_the_words() -> None:
    status, reason = _settle("The rebels refused to free the pilot.", "free")
    assert (status, reason.field, reason.rule, reason.text) == (
        "did_not_happen",
        "status",
        "refuse: refuse (to)",
        "refused",
    )


def test_reason_keeps_what_the_outer_word_beat() -> None:
    status, reason = _settle("Villagers fear that the army will attack.", "attack")
    assert status == "feared"
    assert reason.text == "fear"


def test_an_assertion_has_no_cue() -> None:
    assert _settle("Troops attacked the town.", "attacked") == ("actual", Reason(field="status", rule="asserted"))


def test_no_slot_of_a_word_is_in_two_classes() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for name, table in LEXICON["classes"].items():
        for part in ("verbs", "nouns", "adjectives"):
            for lemma, slots in table.get(part, {}).items():
                for slot in slots.split():
                    assert seen.setdefault((part, lemma, slot), name) == name


def test_classes_and_tables_name_known_statuses_and_classes() -> None:
    for table in LEXICON["classes"].values():
        values = {v for k, v in table.items() if isinstance(v, str)}
        assert values <= _STATUSES | {"outer", "world"}
    assert set(LEXICON["modifiers"].values()) <= _STATUSES
    for table in (
        LEXICON["prepositions"],
        LEXICON["marks"],
        *LEXICON["gerunds"].values(),
        *LEXICON["default"].values(),
    ):
        assert set(table.values()) <= set(LEXICON["classes"])
    assert set(HAPPENED) <= _STATUSES


def test_two_words_are_asked_before_one() -> None:
    passage = parsed("The party called off the march.")
    called = passage.tokens[2]
    hold = grip(called, ("object",))
    assert hold is not None
    assert hold.class_ == "cancel"


_WORDS = [
    "not",
    "if",
    "he",
    "said",
    "to",
    "attack",
    "the",
    "refused",
    "will",
    "no",
    "or",
    "and",
    "that",
    ",",
    "?",
    "May",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_any_words_get_a_status_whose_cue_is_quoted(words: list[str]) -> None:
    passage = parsed(" ".join(words) + ".")
    for token in passage.tokens:
        status, reason = settle(token, passage)
        assert status in _STATUSES
        assert reason.span is None or passage.words(reason.span) == reason.text


def test_a_long_chain_ends() -> None:
    passage = parsed("He said " + "that they tried to order her to say " * 60 + "that they attacked.")
    assert settle(passage.tokens[-2], passage)[0] in _STATUSES
