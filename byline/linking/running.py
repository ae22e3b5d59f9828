"""Tolls in time: figures that a later one took the place of, told from figures that contradict each other.

The words of a source count from the day when it first said them, whoever repeats them later. They are overtaken by
a larger figure of a later day, whoever gives it, and by a smaller one of a later day that comes as a correction.
Different sources overtake each other only if the earlier one has not said its figure again since; a copy says
nothing again. What is not overtaken stands: figures that stand and cannot both be true contradict each other.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from byline.accounts import Mark, Relation, Saying, Value


class Word(NamedTuple):
    """A figure in the mouth of one source: how large, the days when it was first and last said; none if unknown."""

    source: str
    value: str
    size: int
    first: str | None
    last: str | None
    corrects: bool


def settle(
    values: Sequence[Value], relations: Sequence[Relation], original: Mapping[str, str]
) -> tuple[tuple[Value, ...], tuple[Relation, ...]]:
    """Return the tolls with their marks, and how they go together in time.

    ``relations`` are those of the bare numbers; ``original`` tells for each document the one whose text it has.
    """
    words = [w for value in values for w in _words(value, original)]
    standing = {v.id: {w.source for w in words if w.value == v.id and not _overtaken(w, words)} for v in values}
    in_time = tuple(_in_time(r, standing) for r in relations)
    at_odds = {i for r in in_time if r.kind == "contradictory" for i in (r.one, r.other)}
    return tuple(msgspec.structs.replace(v, mark=_mark(v, standing, at_odds)) for v in values), in_time


def _mark(value: Value, standing: Mapping[str, set[str]], at_odds: set[str]) -> Mark:
    if value.id in at_odds:
        return "contradictory"
    return "latest" if standing[value.id] else "running"


def _words(value: Value, original: Mapping[str, str]) -> list[Word]:
    by_source: dict[str, list[Saying]] = {}
    for saying in value.sayings:
        by_source.setdefault(saying.source, []).append(saying)
    size = value.best if value.best is not None else value.low or 0
    return [
        Word(source, value.id, size, *_said(sayings, original), any(s.corrects for s in sayings))
        for source, sayings in by_source.items()
    ]


def _said(sayings: Sequence[Saying], original: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the day on which words were first said, and that on which they were last said in a text of its own."""
    if any(s.published is None for s in sayings):
        return None, None
    days: dict[str, tuple[str, str]] = {}
    for text, start, end in (
        (original[s.document], s.published.start, s.published.end) for s in sayings if s.published
    ):
        days[text] = min(days.get(text, (start, end)), (start, end))
    return min(start for start, _ in days.values()), max(end for _, end in days.values())


def _overtaken(word: Word, words: Sequence[Word]) -> bool:
    return any(_overtakes(later, word) for later in words if later.value != word.value)


def _overtakes(later: Word, word: Word) -> bool:
    if later.size <= word.size and not later.corrects:
        return False
    if later.source == word.source and later.size > word.size and later.first == word.first:
        return True
    since = word.first if later.source == word.source else word.last
    return later.first is not None and since is not None and later.first > since


def _in_time(relation: Relation, standing: Mapping[str, set[str]]) -> Relation:
    """Return how two figures that cannot both be true go together, now that it is known which of them stand."""
    if relation.kind != "contradictory":
        return relation
    mine, theirs = standing[relation.one], standing[relation.other]
    if mine and theirs:
        return msgspec.structs.replace(relation, independent=len(mine | theirs) > 1)
    if mine or theirs:
        return msgspec.structs.replace(relation, kind="compatible", why="one took the place of the other")
    return msgspec.structs.replace(relation, kind="different", why="later figures took the place of both")
