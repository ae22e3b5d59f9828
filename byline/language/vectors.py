"""A pipeline's neural networks made faster, their answers kept.

Its layers multiply small matrices: numpy's library does that about three times
as fast as the one that thinc takes by default. And what a component's vector
of a word is before the neighbours are looked at depends on the word's letters
alone: it is computed once a word, not once a token. What the neighbours add is
computed by the same few operations without the layers around them, which also
keep what training would need.
"""

from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps

Floats = npt.NDArray[np.float32]
Layer = Model[Any, Any]

# Layers that look at each word by itself.
_OF_A_WORD = frozenset({
    "extract_features", "list2ragged", "ints-getitem", "hashembed", "maxout", "layernorm", "dropout", "ragged2list",
})  # fmt: skip
_SMALL = np.float32(1e-8)  # as thinc adds to a variance
_MOST_WORDS = 20_000  # kept a network: 8 MB


def hasten(model: Layer, vocab: Vocab) -> None:
    """Make a network faster for documents made of words alone, ``Doc(vocab, words=...)``, one document at a time.

    numpy's rounding of a product depends on where a row stands in a matrix. So a
    document has to be given by itself, that its result may not depend on its
    neighbours; words' vectors, which documents share, keep thinc's own products.
    """
    if not isinstance(model.ops, NumpyOps):
        return
    numpys = NumpyOps(use_blis=False)
    embeddings = [layer.get_ref("embed") for layer in model.walk() if layer.has_ref("embed")]
    kept = {id(layer) for embedding in embeddings for layer in embedding.walk()}
    for layer in model.walk():
        layer.ops = layer.ops if id(layer) in kept else numpys
    for layer in list(model.walk()):
        if layer.has_ref("embed") and _is_of_words(layer.layers[0]):
            layer.layers[0] = _remembering(layer.layers[0], vocab)
            layer.layers[1] = _encoding(layer.layers[1])


def _is_of_words(embedding: Layer) -> bool:
    leaves = {layer.name for layer in embedding.walk() if not layer.layers}
    return "extract_features" in leaves and leaves <= _OF_A_WORD


def _remembering(embedding: Layer, vocab: Vocab) -> Layer:
    """Return a layer that gives each document's words their vectors as `embedding` does, each computed once."""
    rows: dict[int, int] = {}
    table: Floats = np.zeros((_MOST_WORDS, embedding.get_dim("nO")), dtype=np.float32)

    def forward(_: Layer, docs: list[Doc], is_train: bool) -> tuple[list[Floats], object]:  # noqa: ARG001, FBT001
        orths = [doc.to_array("ORTH").tolist() for doc in docs]
        new = [w for w in dict.fromkeys(w for words in orths for w in words) if w not in rows]
        if len(rows) + len(new) > len(table):
            rows.clear()
            return embedding.predict(docs), None
        if new:
            first = len(rows)
            table[first : first + len(new)] = embedding.predict([Doc(vocab, words=[vocab.strings[w] for w in new])])[0]
            rows.update(zip(new, range(first, first + len(new)), strict=True))
        return [table[[rows[w] for w in words]] for words in orths], None

    return Model("remembered", forward, dims={"nO": embedding.get_dim("nO")})


class _Mixing(NamedTuple):
    """The weights of a layer that adds to each word what its neighbours say: maxout, then layer norm."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats


def _encoding(encoder: Layer) -> Layer:
    """Return a layer that encodes as ``spacy.MaxoutWindowEncoder`` does; any other encoder as it is."""
    layers: list[Any] = list(encoder.walk(order="dfs_pre"))
    windows, maxouts, norms = ([x for x in layers if x.name == n] for n in ("expand_window", "maxout", "layernorm"))
    name = ">>".join(["residual(expand_window>>maxout>>layernorm>>dropout)"] * len(windows))
    if not windows or encoder.name != f"with_array({name})" or windows[0].attrs["window_size"] != 1:
        return encoder
    pad, width, pieces = int(encoder.attrs["pad"]), maxouts[0].get_dim("nO"), maxouts[0].get_dim("nP")
    mixings = [
        _Mixing(
            maxout.get_param("W").reshape(width * pieces, -1).T,
            maxout.get_param("b").reshape(-1),
            norm.get_param("G"),
            norm.get_param("b"),
        )
        for maxout, norm in zip(maxouts, norms, strict=True)
    ]

    def encoded(words: Floats) -> Floats:
        found: Floats = np.pad(words, ((pad, pad), (0, 0)))
        for mixing in mixings:
            mixed = _windows(found) @ mixing.weights + mixing.bias
            best = reduce(np.maximum, (mixed[:, piece::pieces] for piece in range(pieces)))
            best -= np.add.reduce(best, axis=1, keepdims=True) / np.float32(width)
            best /= np.sqrt(np.einsum("ij,ij->i", best, best) / width + _SMALL)[:, None]
            best *= mixing.scale
            found += best
            found += mixing.shift
        return found[pad : len(found) - pad]

    def forward(_: Layer, documents: list[Floats], is_train: bool) -> tuple[list[Floats], object]:  # noqa: ARG001, FBT001
        return [encoded(words) for words in documents], None

    return Model("encoded", forward, dims={"nO": width}, ops=encoder.ops)


def _windows(words: Floats) -> Floats:
    """Return for each word the one before it, itself and the one after it, side by side; zeros at the ends."""
    count, width = words.shape
    windows = np.zeros((count, 3, width), dtype=np.float32)
    windows[1:, 0] = words[:-1]
    windows[:, 1] = words
    windows[:-1, 2] = words[1:]
    return windows.reshape(count, 3 * width)
