"""What an ontology says of a document's words is all of it that the document's coding asks for."""

from copy import copy

import msgspec
import pytest

from byline.coding.coder import Knowledge, code
from byline.coding.ontology import Ontology, default_ontology
from byline.coding.ontology_files import WordClass
from byline.coding.places.gazetteer import Gazetteer
from byline.coding.reach import Reach
from byline.language.parsed import Parsed
from tests.helpers import parsed

TEXTS = (
    "Soldiers shelled the port of Lima on Sunday, killing nine. The minister denied the attack.",
    "The union said the mill must reopen. Its owners vowed to sue, and will not pay.",
    "Gunmen with knives held up the ferry; a gun wounded two of them.",
)


def only(ontology: Ontology, document: Parsed) -> Ontology:
    """Return an ontology without the entries whose head is no word of the document."""
    lemmas = {token.lemma for token in document.tokens}
    few = copy(ontology)
    few.__dict__.pop("by_head", None)  # it is made of the entries when it is asked for
    few.entries = [entry for entry in ontology.entries if entry.words[entry.head] & lemmas]
    return few


def test_entries_of_other_words_change_nothing() -> None:
    ontology, gazetteer = default_ontology(), Gazetteer.load()
    for text in TEXTS:
        found = parsed(text, published="2010-03-01")
        few = only(ontology, found)
        assert len(few.entries) < len(ontology.entries) / 10
        assert Reach(few).lexicon_of(found) == Reach(ontology).lexicon_of(found)
        whole = code(found, Knowledge(ontology, gazetteer))
        assert whole.events
        assert code(found, Knowledge(few, gazetteer)).to_json() == whole.to_json()


def test_entries_of_its_own_words_make_another_lexicon() -> None:
    ontology, found = default_ontology(), parsed(TEXTS[0])
    other = only(ontology, found)
    other.entries = [entry for entry in other.entries if "shell" not in entry.words[entry.head]]
    assert Reach(other).lexicon_of(found) != Reach(ontology).lexicon_of(found)


def with_classes(ontology: Ontology, words: frozenset[str]) -> Ontology:
    """Return an ontology whose classes have only these words."""
    few = copy(ontology)
    few.__dict__.pop("by_head", None)
    few.classes = {name: narrowed(found, words) for name, found in ontology.classes.items()}
    few.entries = [
        entry._replace(conditions=tuple(c._replace(words=narrowed(c.words, words)) for c in entry.conditions))
        for entry in ontology.entries
    ]
    return few


def narrowed(found: WordClass, words: frozenset[str]) -> WordClass:
    return msgspec.structs.replace(found, words=found.words & words)


def test_other_words_of_classes_change_nothing() -> None:
    ontology, gazetteer = default_ontology(), Gazetteer.load()
    for text in TEXTS:
        found = parsed(text, published="2010-03-01")
        own = frozenset({t.lemma for t in found.tokens} | {t.lower for t in found.tokens})
        few = with_classes(ontology, own)
        assert few.weapons.words < ontology.weapons.words
        assert Reach(few).lexicon_of(found) == Reach(ontology).lexicon_of(found)
        whole = code(found, Knowledge(ontology, gazetteer))
        assert code(found, Knowledge(few, gazetteer)).to_json() == whole.to_json()


@pytest.mark.parametrize("word", ["gun", "knife"])
def test_its_own_words_in_a_class_make_another_lexicon(word: str) -> None:
    ontology, found = default_ontology(), parsed(TEXTS[2])
    other = with_classes(ontology, frozenset().union(*(c.words for c in ontology.classes.values())) - {word})
    assert Reach(other).lexicon_of(found) != Reach(ontology).lexicon_of(found)
