"""One figure or range for a toll, by a rule with a name: a view of what sources say, never stored as truth.

latest              what was said last; of several figures on that day the one that most sources give, then the larger
most_told           what most outlets tell on any day, of equals the lowest
lowest_independent  the lowest of what the independent sources last said
latest_official     what somebody who speaks for a state said last
median              the middle one of what each source last said, the lower of two
range               from the lowest to the highest of what each source last said

What a source last said is the figure of its latest day, the larger of two on one day.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, get_args

from byline import knowledge
from byline.accounts import Range, Rule, Saying, Value

OFFICIAL: frozenset[str] = frozenset(knowledge.load("sources.toml")["official"])
RULES: tuple[Rule, ...] = get_args(Rule)


class Last(NamedTuple):
    """A figure and the day on which one source said it."""

    value: Value
    saying: Saying

    @property
    def day(self) -> str:
        return self.saying.published.start if self.saying.published else ""

    @property
    def rank(self) -> tuple[str, int, int, float]:
        return self.day, *_order(self.value)


def rollup(rule: Rule, values: Sequence[Value]) -> Range | None:
    """Return what a rule makes of the values of one toll; None where it finds none to rest on.

    ``values`` are those of a `Contest` of what is counted.
    """
    said = [Last(v, s) for v in values for s in v.sayings]
    chosen = _CHOICES[rule](said) if said else []
    return _range(rule, chosen) if chosen else None


def _range(rule: Rule, chosen: Sequence[Value]) -> Range:
    lows, highs = [v.low or 0 for v in chosen], [v.high for v in chosen]
    sizes = sorted(_size(v) for v in chosen)
    return Range(
        rule=rule,
        low=min(lows),
        best=sizes[(len(sizes) - 1) // 2],
        high=None if None in highs else max(h for h in highs if h is not None),
        values=tuple(dict.fromkeys(v.id for v in chosen)),
    )


def _size(value: Value) -> int:
    return value.best if value.best is not None else value.low or 0


def _order(value: Value) -> tuple[int, int, float]:
    """Return what figures are ordered by: of one size the one with the lower bounds first."""
    return _size(value), value.low or 0, math.inf if value.high is None else value.high


def _last_words(said: Sequence[Last]) -> list[Last]:
    """Return what each source last said."""
    last: dict[str, Last] = {}
    for one in said:
        before = last.get(one.saying.source)
        if before is None or before.rank < one.rank:
            last[one.saying.source] = one
    return list(last.values())


def _independent(said: Sequence[Last]) -> list[Last]:
    """Return the last words of independent sources; of all where none of them gives a figure."""
    last = _last_words(said)
    return [one for one in last if one.saying.independent] or last


def _lowest(said: Sequence[Last]) -> list[Value]:
    return [min((one.value for one in _independent(said)), key=_order)]


def _latest(said: Sequence[Last]) -> list[Value]:
    """Return the figure of the last day that most sources give."""
    day = max(one.day for one in said)
    givers: dict[str, set[str]] = {}
    for one in said:
        if one.day == day:
            givers.setdefault(one.value.id, set()).add(one.saying.source)
    known = {one.value.id: one.value for one in said}
    return [known[max(givers, key=lambda i: (len(givers[i]), _order(known[i])))]]


def _most_told(said: Sequence[Last]) -> list[Value]:
    """Return the figure that most outlets give."""
    outlets: dict[str, set[str | None]] = {}
    for one in said:
        outlets.setdefault(one.value.id, set()).add(one.saying.outlet)
    known = {one.value.id: one.value for one in said}
    most = max(len(found) for found in outlets.values())
    return [min((known[i] for i, found in outlets.items() if len(found) == most), key=_order)]


def _latest_official(said: Sequence[Last]) -> list[Value]:
    official = [one for one in said if one.saying.sector in OFFICIAL]
    return _latest(official) if official else []


def _median(said: Sequence[Last]) -> list[Value]:
    last = sorted((one.value for one in _last_words(said)), key=_order)
    return [last[(len(last) - 1) // 2]]


def _all(said: Sequence[Last]) -> list[Value]:
    return [one.value for one in _last_words(said)]


_CHOICES: Mapping[Rule, Callable[[Sequence[Last]], list[Value]]] = {
    "latest": _latest,
    "most_told": _most_told,
    "lowest_independent": _lowest,
    "latest_official": _latest_official,
    "median": _median,
    "range": _all,
}
