"""Trees as spaCy's dependency parser builds them, a step in all sentences of a text at once.

spaCy's own loop asks at each step of each sentence for Python's global lock
some thirty times, which takes longer than all it computes. Here its steps are
taken by the same functions, and what they are chosen by is computed by numpy:
a step looks at a few words; what each word adds in each of these places is
multiplied out beforehand, so that a step is a sum, the better of two, and one
small product. The weights are the pipeline's, and so are the trees.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.ml.parser_model import ParserStepModel
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc

from byline.language.recogniser import is_greedy

Floats = npt.NDArray[np.float32]


class TreeBuilder:
    """A pipeline's dependency parser."""

    def __init__(self, part: TrainablePipe) -> None:
        self._part: Any = part
        self._steps = _Steps(part) if is_greedy(part) else None

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Set heads and labels of texts that hold one sentence each, and their words' vectors."""
        states = self._part.predict(docs) if self._steps is None else self._steps.taken(docs)
        self._part.set_annotations(docs, states)


class _Steps:
    """The weights of a parser: what a word adds in each place that a step looks at, and what this says of each step."""

    def __init__(self, part: Any) -> None:  # noqa: ANN401 - spaCy gives its parts no type that has a model's parts
        self._part = part
        lower, upper = part.model.get_ref("lower"), part.model.get_ref("upper")
        self._places, self._width, self._pieces = (lower.get_dim(d) for d in ("nF", "nO", "nP"))
        size = self._pieces * self._width
        # All first pieces before all second ones: the better of two is then one operation on two halves.
        self._adding = lower.get_param("W").transpose(0, 2, 1, 3).reshape(self._places * size, -1)
        self._missing = lower.get_param("pad").transpose(0, 1, 3, 2).reshape(self._places, size)
        self._bias = lower.get_param("b").transpose().reshape(size)
        self._weights, self._weight_bias = upper.get_param("W").T, upper.get_param("b")
        self._row = np.arange(self._places, 2 * self._places, dtype=np.int32)  # of word 0; before it none's
        self._looking = SimpleNamespace(state2vec=SimpleNamespace(nF=self._places))

    def taken(self, docs: Sequence[Doc]) -> list[Any]:
        """Return the parser's state for each text after its last step."""
        states: list[Any] = self._part.moves.init_batch(docs)
        open_ = [s for s in states if not s.is_final()]
        table = self._table(docs) if open_ else np.empty(0, np.float32)
        while open_:
            words = ParserStepModel.get_token_ids(self._looking, open_)  # (states, places), -1 for none
            rows = (words * self._places + self._row).ravel()
            added = np.add.reduce(table.take(rows, axis=0).reshape(len(open_), self._places, -1), axis=1)
            hidden = np.maximum.reduce((added + self._bias).reshape(len(open_), self._pieces, -1), axis=1)
            open_ = self._part.transition_states(open_, hidden @ self._weights + self._weight_bias)
        return states

    def _table(self, docs: Sequence[Doc]) -> Floats:
        """Return what no word adds and what each word adds: a row for each place."""
        vectors = self._part.model.get_ref("tok2vec").predict(docs)
        table: Floats = np.vstack([self._missing.reshape(1, -1), vectors @ self._adding.T])
        return table.reshape(-1, self._pieces * self._width)
