"""Names found for all words at once: those that spaCy's recogniser finds step by step."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from byline.language.package import DEFAULT
from byline.language.recogniser import Recogniser

NLP = spacy.load(DEFAULT)
RECOGNISER = Recogniser(NLP.get_pipe("ner"))
WORDS = ["Mr", "Anna", "Norden", "of", "the", "Harbour", "Union", "in", "Velmar", "on", "3", "May", "$", "9", "."]

Names = list[tuple[int, int, str]]


def step_by_step(words: list[str], starts: list[int]) -> Names:
    doc = Doc(NLP.vocab, words=words, sent_starts=[i in starts for i in range(len(words))])
    return [(e.start, e.end, e.label_) for e in NLP.get_pipe("ner")(doc).ents]


def at_once(words: list[str], starts: list[int]) -> Names:
    return [tuple(name) for name in RECOGNISER.find(Doc(NLP.vocab, words=words), starts)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Police in Paris arrested Anna Norden on 3 May 2011 .", ["GPE", "PERSON", "DATE"]),
        ("The United Nations sent 200 soldiers to Northern Ireland .", ["ORG", "CARDINAL", "GPE"]),
        ("They went home .", []),
    ],
)
def test_names_have_their_labels(text: str, names: list[str]) -> None:
    assert [name[2] for name in at_once(text.split(), [0])] == names


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40), st.sets(st.integers(0, 39)))
def test_names_are_those_found_step_by_step(words: list[str], starts: set[int]) -> None:
    begins = sorted({0, *(s for s in starts if s < len(words))})
    assert at_once(words, begins) == step_by_step(words, begins)


def test_a_name_ends_with_its_sentence() -> None:
    words = ["He", "left", "New", "York", "City"]
    assert all(stop <= 4 or first >= 4 for first, stop, _ in at_once(words, [0, 4]))


def test_no_words_have_no_names() -> None:
    assert at_once([], [0]) == []


def test_a_recogniser_that_weighs_several_readings_is_asked_itself() -> None:
    part = spacy.load(DEFAULT).get_pipe("ner")
    part.cfg["beam_width"] = 2
    words = ["Police", "in", "Paris", "fired", "."]
    assert (2, 3, "GPE") in [tuple(name) for name in Recogniser(part).find(Doc(NLP.vocab, words=words), [0])]
