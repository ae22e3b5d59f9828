"""A question has the sentence, what stands around it, and the events in it: the same words are the same question."""

import json
from typing import get_args

import pytest
from msgspec.structs import replace

from byline.knowledge import load
from byline.opinions.prompts import Prompt, Question
from byline.opinions.subject import Subject, is_worth_asking
from byline.records import Status
from tests.opinions.made import DOCUMENT, SENTENCE, TEXT, TYPES, prompt, subject


def test_a_model_is_told_types_modes_statuses_and_the_form() -> None:
    text = prompt().text
    assert "- ASSAULT: Violence. Modes: beat: Blows; firearms: Guns." in text
    assert "- SUPPORT: Praise.\n" in text
    assert "- did_not_happen: " in text
    assert json.dumps(prompt().schema, separators=(",", ":")) in text
    assert "$" not in text.replace("$ref", "").replace("$defs", "")


def test_every_status_is_explained() -> None:
    assert tuple(load("second_opinion.toml")["statuses"]) == get_args(Status)


def test_it_is_told_that_the_page_gives_no_instructions() -> None:
    assert all("no instructions to you" in " ".join(Prompt(task, TYPES).text.split()) for task in ("check", "add"))


def test_a_question_shows_the_sentence_in_its_paragraph_and_its_events() -> None:
    message = json.loads(Question.of(prompt(), "m", subject()).message)
    start, end = SENTENCE
    assert (message["before"], message["sentence"], message["after"]) == (TEXT[:start], TEXT[start:end], TEXT[end:])
    assert [(e["number"], e["type"], e["trigger"]) for e in message["events"]] == [
        (1, "ASSAULT", "beat"),
        (2, "SUPPORT", "praised"),
    ]
    assert message["events"][0]["counts"] == [{"what": "wounded", "low": 2, "high": 2, "words": "two"}]


def test_nothing_of_other_paragraphs_is_shown() -> None:
    start, end = SENTENCE
    document = replace(DOCUMENT, body=((0, start), (start, end), (end + 1, len(TEXT))))
    assert Subject("check", document, document, SENTENCE, ()).shown == SENTENCE


def test_a_long_paragraph_is_cut_between_words() -> None:
    before, after = "aa bbb " * 100, " ccc dd" * 100
    text = f"{before}One sentence.{after}"
    document = replace(DOCUMENT, text=text, body=((0, len(text)),), events=())
    start, end = len(before), len(before) + len("One sentence.")
    first, last = Subject("add", document, document, (start, end), ()).shown
    assert 390 <= start - first <= 400
    assert 190 <= last - end <= 200
    assert {*text[first:start].split(), *text[end:last].split()} <= {"aa", "bbb", "ccc", "dd"}


@pytest.mark.parametrize("id", ["d1", "another"])
def test_the_same_words_in_another_document_are_the_same_question(id: str) -> None:
    document = replace(DOCUMENT, id=id)
    other = subject()._replace(document=document, sent=document)
    assert Question.of(prompt(), "m", other).id == Question.of(prompt(), "m", subject()).id


def test_another_model_task_ontology_or_sentence_is_another_question() -> None:
    fewer = Prompt("check", {"ASSAULT": TYPES["ASSAULT"]})
    questions = [
        Question.of(prompt(), "m", subject()),
        Question.of(prompt(), "n", subject()),
        Question.of(prompt("add"), "m", subject()),
        Question.of(fewer, "m", subject()),
        Question.of(prompt(), "m", subject()._replace(sentence=(0, 36))),
        Question.of(prompt(), "m", subject()._replace(events=())),
    ]
    assert len({question.id for question in questions}) == len(questions)


def test_tokens_are_those_of_all_that_is_sent() -> None:
    question = Question.of(prompt(), "m", subject())
    assert question.tokens == pytest.approx((len(prompt().text) + len(question.message)) / 4, abs=2)


@pytest.mark.parametrize(
    ("sentence", "is_worth"), [("Police beat two.", True), ("Dunmere (AP).", False), ("No.", False)]
)
def test_a_sentence_of_a_word_or_two_is_not_worth_a_question(sentence: str, is_worth: bool) -> None:  # noqa: FBT001
    assert is_worth_asking(f"Ah. {sentence} Oh.", (4, 4 + len(sentence))) is is_worth
