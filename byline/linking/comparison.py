"""Two sketches held against each other: what they share, and what kind of copy that makes."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from byline import knowledge
from byline.linking.sketch import RUN, Sketch
from byline.records import Copy, CopyKind

_LIMITS = knowledge.load("copies.toml")
_MATCH, _WHOLE, _TAKEN = (float(_LIMITS[name]) for name in ("match", "whole", "taken"))
_LEAST, _LEAST_EXACT, _QUOTED = _LIMITS["least"], _LIMITS["least_exact"], np.float32(_LIMITS["quoted"])
_COMMON = np.float32(_LIMITS["common"])

Weights = NDArray[np.float32]
Flags = NDArray[np.bool_]


class Side(NamedTuple):
    """One of two documents: its sketch and what each of its words weighs."""

    sketch: Sketch
    weights: Weights


class Comparison(NamedTuple):
    """What a document and an earlier one share.

    `here` and `there` are the weighed shares of the document's words that stand in the earlier one, and of the
    earlier one's that stand here; `mass` is the weight of the shared words. `runs_here` tells of each run of the
    document whether it is shared, `words_here` and `words_there` of each word of the two.
    """

    kind: CopyKind
    here: float
    there: float
    mass: float
    runs_here: Flags
    words_here: Flags
    words_there: Flags

    @property
    def is_copy(self) -> bool:
        """Whether one text comes from the other: see knowledge/copies.toml."""
        return self.kind == "exact" or (self.mass >= _LEAST and max(self.here, self.there) >= _MATCH)


def weighed(sketch: Sketch, common: list[bool]) -> Side:
    """Return a document with the weights of its words; `common` tells of each sentence whether it is boilerplate."""
    weights = np.where(sketch.quoted, _QUOTED, np.float32(1))
    if any(common):
        weights *= np.repeat(np.where(common, _COMMON, np.float32(1)), sketch.lengths)
    return Side(sketch, weights)


def is_hopeless(runs: Flags) -> bool:
    """Whether so few runs of a document are shared that it cannot be a copy, whatever its words weigh."""
    return RUN * int(np.count_nonzero(runs)) < _LEAST and not runs.all()


def compare(document: Side, earlier: Side, runs_here: Flags) -> Comparison:
    """Return what a document has in common with an earlier one; `runs_here` is what `shared_runs` says of it."""
    mine, theirs = document.sketch, earlier.sketch
    words_here, words_there = _covered(runs_here), _covered(shared_runs(theirs, mine))
    mass = float(document.weights @ words_here)
    here = mass / float(document.weights.sum())
    there = float(earlier.weights @ words_there) / float(earlier.weights.sum())
    return Comparison(_kind(mine, theirs, here, there), here, there, mass, runs_here, words_here, words_there)


def taken(sketch: Sketch, words: Flags) -> Flags:
    """Return of each sentence whether it stands in the other document, with changes or without."""
    found: Flags = np.add.reduceat(words, sketch.starts, dtype=np.int32) >= _TAKEN * sketch.lengths
    return found


def copy_of(original: Sketch, document: Sketch, found: Comparison) -> Copy:
    """Return a comparison as it is recorded."""
    kept = np.logical_and.reduceat(found.words_here, document.starts) & ~_has_new_run(document, found.runs_here)
    return Copy(
        of=original.id,
        source=original.source,
        kind=found.kind,
        shared=round(float(found.words_here.mean()), 3),
        own=tuple(span for span, is_kept in zip(document.spans, kept, strict=True) if not is_kept),
        missing=int((~taken(original, found.words_there)).sum()),
    )


def _kind(mine: Sketch, theirs: Sketch, here: float, there: float) -> CopyKind:
    if mine.words >= _LEAST_EXACT and np.array_equal(mine.runs, theirs.runs):
        return "exact"
    if (here >= _WHOLE) == (there >= _WHOLE):
        return "near"
    return "truncated" if here >= _WHOLE else "embedded"


def shared_runs(mine: Sketch, theirs: Sketch) -> Flags:
    """Return of each run whether it stands anywhere in the other document."""
    runs = np.sort(theirs.runs)
    near = runs.searchsorted(mine.runs)
    near[near == len(runs)] = 0
    return np.equal(runs[near], mine.runs)


def _covered(runs: Flags) -> Flags:
    """Return of each word whether it stands in a shared run."""
    words = np.zeros(len(runs) + RUN - 1, np.bool_)
    for i in range(RUN):
        words[i : i + len(runs)] |= runs
    return words


def _has_new_run(sketch: Sketch, shared: Flags) -> Flags:
    """Return of each sentence whether a run within it is not shared: a word was taken out, or the order changed."""
    new = np.zeros(sketch.words, np.bool_)
    new[: len(shared)] = ~shared
    for back in range(1, RUN):
        new[sketch.starts[1:] - back] = False
    return np.logical_or.reduceat(new, sketch.starts)
