"""Documents that are copies of earlier ones: an index that they pass through.

Copies are found by what their sentences share, not by the documents as wholes: newspapers cut wire
copy, put it into articles of their own, and change words. Each sentence leaves two samples of its runs of
words in the index (`Sketch.samples`); earlier documents with the same samples are compared in full.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from byline import knowledge
from byline.linking.comparison import Comparison, Side, compare, copy_of, is_hopeless, shared_runs, taken, weighed
from byline.linking.sketch import NO_SAMPLE, Sketch, sketch
from byline.records import Copy, Document

_LIMITS = knowledge.load("copies.toml")
_MANY, _TRIED, _HINT = _LIMITS["many"], _LIMITS["tried"], _LIMITS["hint"]
_LATEST = (1 << 31, 1 << 31)  # a document without a date comes after all that have one
_NOBODY: tuple[int, ...] = ()


class Held(NamedTuple):
    """An earlier document in the index; `original` is the number of the one that it copies, else its own."""

    sketch: Sketch
    samples: NDArray[np.uint32]
    original: int


class Found(NamedTuple):
    """An earlier document that has the same text, and how the two compare."""

    number: int
    comparison: Comparison


class Copies:
    """An index of documents; each that is added is compared with the earlier ones.

    `days`: documents whose dates lie further apart are not compared; a document without a date is compared with
    all. `held`: how many words the index holds, at some twelve bytes each; the document that was longest of no
    use is forgotten first. So time a document and memory do not grow with the archive.
    """

    def __init__(self, *, days: int = _LIMITS["days"], held: int = _LIMITS["held"]) -> None:
        self._days, self._room = days, held
        self._held: dict[int, Held] = {}
        self._where: dict[int, tuple[int, ...]] = {}  # the latest documents that have a sample
        self._next = 0

    def __len__(self) -> int:
        return len(self._held)

    def add(self, document: Document) -> Copy | None:
        """Return how a document copies an earlier one, None if it copies none, and keep it for those to come.

        Of several originals the one that it shares most words with is given: if that is a copy itself, its own
        original, as far as the document shares enough with it.
        """
        own = sketch(document)
        return self.add_sketch(own) if own else None

    def add_all(self, documents: Iterable[Document]) -> list[Copy | None]:
        """Add documents that came together, the earliest published first: see `canonical`.

        Return for each, in the order given, what `add` does.
        """
        sketches = [sketch(d) for d in documents]
        found = {id(s): self.add_sketch(s) for s in sorted(filter(None, sketches), key=canonical)}
        return [found.get(id(s)) for s in sketches]

    def drop(self, id_: str, source: str) -> None:
        """Forget a document, which is read again with other facts."""
        for number in [n for n, held in self._held.items() if (held.sketch.id, held.sketch.source) == (id_, source)]:
            self._forget(number)

    def add_sketch(self, document: Sketch) -> Copy | None:
        """Do as `add` for a document that was sketched before."""
        samples = document.samples()
        found = self._original(document, samples)
        number, self._next = self._next, self._next + 1
        if found is None:
            self._keep(number, Held(document, samples, number), samples)
            return None
        original = self._held[found.number]
        self._held[found.number] = self._held.pop(found.number)  # it was of use
        if found.comparison.kind != "exact":
            new = ~taken(document, found.comparison.words_here)
            self._keep(number, Held(document, samples, found.number), samples[np.tile(new, 2)])
        return copy_of(original.sketch, document, found.comparison)

    def _original(self, document: Sketch, samples: NDArray[np.uint32]) -> Found | None:
        """Return what the document copies: the best of those that it may copy, or that one's original."""
        known = self._known(samples)
        side = weighed(document, _common(known))
        tried = (self._copied(side, n) for n in self._likely(document, known))
        best = max(filter(None, tried), key=_likeness, default=None)
        if best is None:
            return None
        first = self._held[best.number].original
        if first == best.number or first not in self._held or not self._is_near(document, self._held[first].sketch):
            return best
        return self._copied(side, first) or best

    def _known(self, samples: NDArray[np.uint32]) -> list[tuple[int, ...]]:
        """Return for each sample the documents that have it."""
        return [self._where.get(sample, _NOBODY) for sample in samples.tolist()]

    def _likely(self, document: Sketch, known: list[tuple[int, ...]]) -> Iterator[int]:
        """Return the numbers of the few documents that share most samples, if they share enough.

        Common samples do not count: the index knows the latest documents alone that have them.
        """
        telling = [found for found in known if len(found) < _MANY]
        shared = Counter(chain.from_iterable(telling))
        ranked = sorted((-count, n) for n, count in shared.items() if count > 1)
        least = _HINT * len(telling) / len(known)
        enough = (n for count, n in ranked if -count >= least * min(len(known), len(self._held[n].samples)))
        return islice((n for n in enough if self._is_near(document, self._held[n].sketch)), _TRIED)

    def _is_near(self, document: Sketch, earlier: Sketch) -> bool:
        """Whether two documents may have appeared within the days of each other."""
        if document.days is None or earlier.days is None:
            return True
        gap = max(document.days[0] - earlier.days[1], earlier.days[0] - document.days[1])
        return gap <= self._days

    def _copied(self, document: Side, number: int) -> Found | None:
        """Return how a document copies one that is held, None if it is no copy of it."""
        earlier = self._held[number]
        runs = shared_runs(document.sketch, earlier.sketch)
        if is_hopeless(runs):
            return None
        comparison = compare(document, weighed(earlier.sketch, _common(self._known(earlier.samples))), runs)
        return Found(number, comparison) if comparison.is_copy else None

    def _keep(self, number: int, held: Held, samples: NDArray[np.uint32]) -> None:
        """Hold a document, with the samples of those of its sentences alone that its original does not have.

        So what a hundred papers print of one agency has one document here: it does not become boilerplate.
        """
        self._held[number] = held._replace(sketch=held.sketch._replace(spans=()))  # where it stands is told by now
        alone = (number,)
        for sample in dict.fromkeys(samples.tolist()):
            self._where[sample] = self._where.get(sample, _NOBODY)[1 - _MANY :] + alone
        self._where.pop(int(NO_SAMPLE), None)
        self._room -= held.sketch.words
        while self._room < 0 and len(self._held) > 1:
            self._forget(next(iter(self._held)))

    def _forget(self, number: int) -> None:
        held = self._held.pop(number)
        self._room += held.sketch.words
        for sample in set(held.samples.tolist()) & self._where.keys():
            rest = tuple(n for n in self._where[sample] if n != number)
            if rest:
                self._where[sample] = rest
            else:
                del self._where[sample]


class Group(NamedTuple):
    """Documents with one text: the original, and how each of the others copies it or one that does.

    Copies are pairs of a document's id and what `Copies.add` says of it, in the order of `canonical`.
    """

    original: str
    copies: tuple[tuple[str, Copy], ...]


def group(documents: Iterable[Document], *, days: int = _LIMITS["days"], held: int = _LIMITS["held"]) -> list[Group]:
    """Return the groups of documents that have one text, the same for any order of the documents.

    The original of a group is the one that comes first in the order of `canonical`. A document that is no
    copy and has none is in no group. A sketch of each document is held: some five bytes a word.
    """
    index = Copies(days=days, held=held)
    originals: dict[tuple[str, str], tuple[str, str]] = {}
    groups: dict[tuple[str, str], list[tuple[str, Copy]]] = {}
    for document in sorted(filter(None, map(sketch, documents)), key=canonical):
        copy = index.add_sketch(document)
        if copy:
            source = originals.get((copy.of, copy.source), (copy.of, copy.source))
            originals[document.id, document.source] = source
            groups.setdefault(source, []).append((document.id, copy))
    return [Group(original, tuple(copies)) for (original, _), copies in groups.items()]


def canonical(document: Sketch) -> tuple[tuple[int, int], int, str, str]:
    """Return what puts documents in order: the earliest day, none at last; the longest; id; source."""
    return document.days or _LATEST, -document.words, document.id, document.source


def _common(known: list[tuple[int, ...]]) -> list[bool]:
    """Return for each sentence whether so many documents have it that it is boilerplate."""
    half = len(known) // 2
    return [len(a) >= _MANY and len(b) >= _MANY for a, b in zip(known[:half], known[half:], strict=True)]


def _likeness(found: Found) -> tuple[float, int]:
    return found.comparison.mass, -found.number
