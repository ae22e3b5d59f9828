"""Networks made faster: the same vectors, whatever was computed before."""

import numpy as np
import spacy
from spacy.tokens import Doc

from byline.language.package import DEFAULT
from byline.language.vectors import hasten

TEXT = ["Rebels", "attacked", "the", "port", "of", "Velmar", "on", "Sunday", ",", "and", "the", "port", "burned", "."]
OTHER = ["The", "union", "of", "Velmar", "struck", "."]


def test_vectors_are_those_of_the_pipeline_up_to_rounding() -> None:
    nlp = spacy.load(DEFAULT)
    model = nlp.get_pipe("tok2vec").model
    before = model.predict([Doc(nlp.vocab, words=TEXT)])[0]
    hasten(model, nlp.vocab)
    assert np.allclose(model.predict([Doc(nlp.vocab, words=TEXT)])[0], before, atol=1e-4)


def test_vectors_do_not_depend_on_texts_before() -> None:
    found = []
    for texts in ([TEXT], [OTHER, TEXT], [TEXT * 9, OTHER, TEXT]):
        nlp = spacy.load(DEFAULT)
        model = nlp.get_pipe("tok2vec").model
        hasten(model, nlp.vocab)
        found.append([model.predict([Doc(nlp.vocab, words=words)])[0] for words in texts][-1])
    assert all((vectors == found[0]).all() for vectors in found)
