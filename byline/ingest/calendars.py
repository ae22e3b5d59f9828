"""Calendars of issue numbers, learned from the dated issues of a publication.

An issue that is not dated itself came out between its dated neighbours, and there were at least so many steps from
either as the numbers say, none shorter than the shortest around there. So gaps, skipped weeks and double issues make the
days wider and a regular run makes them few; an interval is never exacter than the dated issues allow. Each calendar
dates the issues that it was taught as if it did not know them, and widens its intervals until they hold.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from byline.records import Interval, Record

BASIS = "issue calendar"
TEACHES = frozenset({"given", "metadata", "url", "dateline", "text"})  # bases of days that teach
_LEAST, _LEAST_WITH_ERRORS = 6, 8  # dated issues: of fewer, the order may be chance; of fewer, all must fit
_FITTING = 0.8  # share of the dated issues that must be in order
_COVERAGE = 0.97  # share of the taught issues that their intervals must hold, so that 95 % of others are held
_AROUND = 8  # dated issues on either side that tell how fast they follow each other
_TOO_SHORT = 0.6  # of the usual step: one of the two dates is wrong
_TOO_LONG, _PAUSE = 3, 60  # usual steps and days from one of two dated issues to an outermost one, which is then wrong
_FURTHEST = 26  # numbers before the first and after the last dated issue
_WIDEST = 92  # days: an interval of more is no date
_RHYTHM = 10  # dated issues around that show the weekdays and days of the month on which it comes out
_MONTH_DAYS = 3  # of a monthly or a fortnightly
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d{1,7}|\b[ivxlc]{1,8}\b")
_DOUBLE = 2  # numbers that one issue bears


class Issue(NamedTuple):
    """The numbers of an issue: its volume, 0 where there is none, and its first and last number."""

    volume: int
    first: int
    last: int


class Refusal(Record, frozen=True, kw_only=True):
    """Why no calendar is learned."""

    publication: str
    issues: int
    reason: str


class Calendar:
    """When the issues of a publication came out.

    `issues`: how many dated ones it rests on, `wrong`: how many dates it passed over; `period`: the usual days from one
    number to the next; `residual`: the median distance in days of a taught issue from the straight line between its
    neighbours; `coverage`: the share of taught issues that would have been dated right had they been undated;
    `margin`: the days by which all intervals are widened for that.
    """

    def __init__(self, publication: str, dates: "_Dates", wrong: int) -> None:
        self.publication, self._dates = publication, dates
        self.issues, self.wrong, self.margin = len(dates.days), wrong, 0
        self.period = dates.period
        self.residual = dates.residual()
        misses = sorted(filter(None.__ne__, (self._miss(at) for at in range(self.issues))))
        self.margin = misses[min(len(misses) - 1, int(_COVERAGE * (len(misses) + 1)))] if misses else 0
        self.coverage = sum(miss <= self.margin for miss in misses) / max(1, len(misses))

    def interval(self, issue: str) -> Interval | None:
        """Return the days on which an issue came out; None if its number is none, or too far from the dated ones."""
        number = self._dates.parse(issue)
        found = self._dates.days_of(number, self.margin) if number else None
        if not found or (found[1] - found[0]).days > _WIDEST:
            return None
        return Interval(start=found[0].isoformat(), end=found[1].isoformat(), precision="range", basis=BASIS)

    def _miss(self, at: int) -> int | None:
        """Return by how many days a taught issue lies outside of what its neighbours tell."""
        found = self._dates.days_of(self._dates.issues[at], 0, without=at)
        day = self._dates.days[at]
        return max(0, (found[0] - day).days, (day - found[1]).days) if found else None
