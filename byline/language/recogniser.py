"""Names found as spaCy's entity recogniser finds them, all words of a text at once.

spaCy's recogniser steps through a text word by word and asks at each which of
74 steps are allowed; that takes twice as long as the neural network behind
it. Its model is simpler than its steps: outside of a name, what comes next
hangs on one word; inside, on the name's first word, the last, and the next.
So both are computed for all words together, and the text is then read once.
The weights are the pipeline's, and so are the names.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.pipeline import TrainablePipe
from spacy.tokens import Doc

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]

_WORDS = 3  # that a step looks at: the next one, the first one of the name, the last one of it
_OUTSIDE = "BUO"  # steps outside of a name: it begins, is one word, there is none


class Name(NamedTuple):
    """Words [first, stop) of a text, and the label of the name that they are."""

    first: int
    stop: int
    label: str


class Recogniser:
    """A pipeline's entity recogniser."""

    def __init__(self, part: TrainablePipe) -> None:
        self._part = part
        self._steps = _Steps(part) if _is_plain(part) else None

    def find(self, doc: Doc, starts: Sequence[int]) -> list[Name]:
        """Return the names of a text made of words, whose sentences begin at `starts`; the document is not changed."""
        if self._steps is not None:
            return list(self._steps.find(doc, starts))
        part: Any = self._part
        return [Name(e.start, e.end, e.label_) for e in part(doc).ents]


def is_greedy(part: Any) -> bool:  # noqa: ANN401 - spaCy gives its parts no type that has a model's parts
    """Whether a parser or recogniser takes the best step each time, by some words and a layer behind them."""
    model = part.model
    if part.cfg.get("beam_width", 1) != 1 or not model.attrs.get("has_upper") or model.attrs["unseen_classes"]:
        return False
    return bool(model.get_ref("lower").get_dim("nP") > 1)


def _is_plain(part: Any) -> bool:  # noqa: ANN401 - as above
    return is_greedy(part) and bool(part.model.get_ref("lower").get_dim("nF") == _WORDS)


class _Steps:
    """The weights of a recogniser, and which row is which step: "B-GPE" begins a place, "L-GPE" ends it."""

    def __init__(self, part: Any) -> None:  # noqa: ANN401 - as above
        self._model = part.model
        names = [part.moves.get_class_name(n) for n in range(part.moves.n_moves)]
        outside = [n for n, name in enumerate(names) if name[0] in _OUTSIDE and name != "U-"]
        self._outside = np.array(outside)
        self._labels = [names[n].partition("-")[2] for n in outside]
        self._is_name = np.array([names[n] != "O" for n in outside])
        self._begins = np.array([names[n][0] == "B" for n in outside])
        # Only of steps that begin a name do the rows of those that go on with it and end it matter.
        self._going_on = np.array([names.index(f"I-{label}") if label else 0 for label in self._labels])
        self._ending = np.array([names.index(f"L-{label}") if label else 0 for label in self._labels])

    def find(self, doc: Doc, starts: Sequence[int]) -> Iterator[Name]:
        if not len(doc):
            return
        lower, upper = self._model.get_ref("lower"), self._model.get_ref("upper")
        features = lower.predict(self._model.get_ref("tok2vec").predict([doc]))  # (1 + words, 3, hidden, pieces)
        bias, weights, weight_bias = lower.get_param("b"), upper.get_param("W"), upper.get_param("b")
        last = np.zeros(len(doc), dtype=bool)
        last[[*(s - 1 for s in starts if s), len(doc) - 1]] = True

        hidden = (features[1:, 0] + features[0, 1] + features[0, 2] + bias).max(axis=-1)
        scores = hidden @ weights[self._outside].T + weight_bias[self._outside]
        scores[np.ix_(last, self._begins)] = -np.inf  # a name ends with its sentence
        steps = scores.argmax(axis=1)
        stops = np.arange(1, len(doc) + 1)

        open_ = np.flatnonzero(self._begins[steps])
        at = open_ + 1
        while len(open_):
            hidden = (features[at + 1, 0] + features[open_ + 1, 1] + features[at, 2] + bias).max(axis=-1)
            on, end = self._going_on[steps[open_]], self._ending[steps[open_]]
            more = np.einsum("ij,ij->i", hidden, weights[on] - weights[end]) + weight_bias[on] - weight_bias[end]
            ends = last[at] | (more <= 0)
            stops[open_[ends]] = at[ends] + 1
            open_, at = open_[~ends], at[~ends] + 1
        stop = 0
        for first in np.flatnonzero(self._is_name[steps]).tolist():
            if first >= stop:  # else inside of the name before
                stop = int(stops[first])
                yield Name(first, stop, self._labels[steps[first]])
