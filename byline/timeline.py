"""When the events of a selection were: a bar a day, week, month or year, as a drawing without script."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_MOST = 140  # bars that fit beside each other on a small screen
_STEPS = (1, 7)  # days, weeks
HEIGHT = 100.0  # of the tallest bar; bars are one wide


class Bar(NamedTuple):
    """How many events begin from the first day to the last one; of them `filled` stand below, told apart."""

    first: str
    last: str
    events: int
    filled: int
    x: int
    height: float
    filled_height: float


class Timeline(NamedTuple):
    """Bars in order of time without gaps, the unit of one, the events of the tallest, and those of unknown day."""

    bars: list[Bar]
    unit: str
    most: int
    undated: int

    def data(self) -> dict[str, object]:
        """Return the same as plain data: by the first day of a bar its events, and how many are filled."""
        bars = {bar.first: [bar.events, bar.filled] for bar in self.bars if bar.events}
        return {"unit": self.unit, "undated": self.undated, "bars": bars}


def timeline(days: NDArray[np.int32], filled: NDArray[np.bool_]) -> Timeline:
    """Return the bars of events by their first days, from the year 1 on; 0 is a day that is not known.

    `filled` are those that are told apart in each bar: they happened, or an outlet says so itself.
    """
    known = days != 0
    undated = int(len(days) - known.sum())
    if not known.any():
        return Timeline([], "day", 0, undated)
    starts, unit = _starts(int(days[known].min()), int(days[known].max()))
    edges = np.array([day.toordinal() for day in starts])
    total, so = _counted(days[known], edges), _counted(days[known & filled], edges)
    most = int(total.max())
    return Timeline([_bar(starts, n, int(total[n]), int(so[n]), most) for n in range(len(total))], unit, most, undated)


def _counted(days: NDArray[np.int32], edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how many days lie from each edge on and before the next."""
    by_day = np.bincount(days - edges[0], minlength=edges[-1] - edges[0])
    return np.add.reduceat(by_day, edges[:-1] - edges[0])


def _bar(starts: list[date], number: int, events: int, filled: int, most: int) -> Bar:
    first, last = starts[number], starts[number + 1] - timedelta(days=1)
    heights = HEIGHT * events / most, HEIGHT * filled / most
    return Bar(first.isoformat(), last.isoformat(), events, filled, number, *heights)


def _starts(first: int, last: int) -> tuple[list[date], str]:
    """Return the first days of bars, and of the one after the last, in the smallest unit that gives few enough."""
    for step, unit in zip(_STEPS, ("day", "week"), strict=True):
        if (last - first) // step < _MOST:
            monday = first - (first - 1) % step  # the year 1 begins with a Monday
            return [date.fromordinal(day) for day in range(monday, last + step + 1, step)], unit
    begin, end = date.fromordinal(first), date.fromordinal(last)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    if months < _MOST:
        return [_month(begin.year * 12 + begin.month - 1 + n) for n in range(months + 2)], "month"
    years = -(-(end.year - begin.year + 1) // _MOST)
    return [date(year, 1, 1) for year in range(begin.year, end.year + years + 1, years)], "year"


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
