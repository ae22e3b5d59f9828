"""Trees built a step in all sentences at once: those that spaCy's parser builds sentence by sentence."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from byline.language.package import DEFAULT
from byline.language.trees import TreeBuilder

NLP = spacy.load(DEFAULT)
TREES = TreeBuilder(NLP.get_pipe("parser"))
WORDS = ["Dockers", "in", "Velmar", "struck", "on", "Monday", ",", "said", "the", "union", "that", "was", "by", "."]

Tree = list[tuple[int, str]]


def docs_of(sentences: list[list[str]]) -> list[Doc]:
    docs = [Doc(NLP.vocab, words=words) for words in sentences]
    return [NLP.get_pipe("tok2vec")(doc) for doc in docs]


def tree(doc: Doc) -> Tree:
    return [(token.head.i, token.dep_) for token in doc]


def at_once(sentences: list[list[str]], trees: TreeBuilder = TREES) -> list[Tree]:
    docs = docs_of(sentences)
    trees.annotate(docs)
    return [tree(doc) for doc in docs]


def one_by_one(sentences: list[list[str]]) -> list[Tree]:
    return [tree(NLP.get_pipe("parser")(doc)) for doc in docs_of(sentences)]


def test_words_hang_on_their_heads() -> None:
    assert at_once([["Dockers", "struck", "."]]) == [[(1, "nsubj"), (1, "ROOT"), (1, "punct")]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), min_size=1, max_size=6))
def test_trees_are_those_built_one_by_one(sentences: list[list[str]]) -> None:
    assert at_once(sentences) == one_by_one(sentences)


@pytest.mark.parametrize("sentences", [[], [[]], [[], ["He", "left"]]])
def test_no_words_have_no_tree(sentences: list[list[str]]) -> None:
    assert [len(found) for found in at_once(sentences)] == [len(words) for words in sentences]


def test_a_parser_that_weighs_several_readings_is_asked_itself() -> None:
    part = spacy.load(DEFAULT).get_pipe("parser")
    part.cfg["beam_width"] = 2
    assert at_once([["Dockers", "struck", "."]], TreeBuilder(part))[0][1] == (1, "ROOT")
