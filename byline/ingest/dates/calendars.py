"""Calendars of issue numbers, learned from the dated issues of a publication.

An issue that nothing dates came out between its dated neighbours, as many steps from either as the numbers say, none
much shorter than those around. Gaps, skipped weeks and double issues leave more days, a regular run leaves few. Each
calendar dates the issues that it was taught as if it did not know them, and widens its answers until they hold.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import median

from byline.ingest.dates.issues import Issue, Numbering, numbering_of
from byline.records import Interval, Record

BASIS = "issue calendar"
_TEACHES = frozenset({"given", "metadata", "url", "dateline", "text"})  # bases of days that teach
_EARLIEST, _LATEST = "1600", "2999"  # years of newspapers
_LEAST, _LEAST_WITH_ERRORS = 6, 8  # dated issues: fewer may be in order by chance; among fewer, none may be wrong
_IN_ORDER = 0.8  # share of dated issues
_HELD = 0.95  # share of the taught issues that the answers to them hold, had they been undated
_SPREAD = 0.02  # share of the pages that are dated so much before or after others of their issue
_AROUND = 8  # dated issues on either side that tell how fast they follow each other
_SHORT = 0.6  # of the usual step: one of the two dates is wrong
_LONG, _PAUSE = 3, 60  # usual steps, and days: an issue at the end that lies further off is dated wrong
_FURTHEST = 26  # numbers before the first and after the last dated issue
_WIDEST = 92  # days: more are no answer
_RHYTHM, _RHYTHM_LEAST, _SELDOM = 30, 10, 0.04  # dated issues on either side, in all; share of days out of rhythm
_MONTH_DAYS = 3  # on which a monthly comes out
_MONTH, _SHORT_MONTH = 28, 0.9  # days; months differ by a tenth
Days = tuple[date, date]  # the first and the last


class Refusal(Record, frozen=True, kw_only=True):
    """Why a publication's issue numbers date nothing."""

    issues: int
    reason: str


class Calendar:
    """When the issues of a publication came out, and how well that is known.

    `issues`: the dated issues that it rests on; `wrong`: those whose date it does not believe; `period`: the usual days
    from one number to the next; `residual`: the median distance in days of a taught issue from the straight line
    between its neighbours; `margin`: the days that its answers are widened by on either side; `coverage`: the share of
    the taught issues that its answers would have held, had they been undated.
    """

    def __init__(
        self, numbering: Numbering, days: Mapping[Issue, date], *, wrong: int, spread: tuple[int, int]
    ) -> None:
        self._numbering, self._spread = numbering, spread
        self._issues, self._days = list(days), list(days.values())
        self.issues, self.wrong = len(days), wrong
        self.period = median(self._steps(range(self.issues)))
        self.residual = median(self._residuals())
        misses = sorted(miss for at in range(self.issues) if (miss := self._miss(at)) is not None)
        self.margin = misses[min(len(misses), ceil(_HELD * (len(misses) + 1))) - 1] if misses else 0
        self.coverage = sum(miss <= self.margin for miss in misses) / max(1, len(misses))

    @property
    def fit(self) -> str:
        """How well the numbers and the days of the dated issues go together, in words."""
        apart = f"{self.issues} dated issues {self.period:g} days apart, off an even run by {self.residual:g}"
        wrong = f"; {self.wrong} dates not believed" if self.wrong else ""
        return f"{apart}{wrong}; {self.coverage:.0%} would be held if they were undated"

    def interval(self, issue: str) -> Interval | None:
        """Return the days on which an issue may have come out; None if its number tells too little."""
        number = self._numbering.parse(issue)
        found = (self._known(number) or self._undated(number, self.margin)) if number else None
        if not found or (found[1] - found[0]).days >= _WIDEST:
            return None
        first, last = (day + timedelta(by) for day, by in zip(found, self._spread, strict=True))
        return Interval(start=first.isoformat(), end=last.isoformat(), precision="range", basis=BASIS)

    def _known(self, number: Issue) -> Days | None:
        """Return the day of an issue that is dated, by itself or as a part of a double one."""
        at = bisect_left(self._issues, Issue(number.volume, number.first + 1, 0)) - 1
        issue = self._issues[max(at, 0)]
        held = at >= 0 and issue.volume == number.volume and issue.first <= number.first <= issue.last
        return (self._days[at], self._days[at]) if held else None

    def _undated(self, number: Issue, margin: int, *, without: int | None = None) -> Days | None:
        """Return the days that its neighbours leave to an issue; `without`: as if a taught one were not known."""
        at = bisect_left(self._issues, number) if without is None else without
        below, above = at - 1, at if without is None else at + 1
        if below >= 0 and above < self.issues:
            found: Days | None = self._between(number, below, above)
        else:
            found = self._beyond(number, below, above)
        if not found:
            return None
        first, last = _in_rhythm(found, [self._days[i] for i in self._near(below, above, _RHYTHM)])
        first = max(first - timedelta(margin), self._days[below] if below >= 0 else date.min)
        return first, min(last + timedelta(margin), self._days[above] if above < self.issues else date.max)

    def _between(self, number: Issue, below: int, above: int) -> Days:
        step = timedelta(self._shortest(self._near(below, above, _AROUND)))
        left, right = self._days[below], self._days[above]
        first = left + step * self._issues[below].steps_to(number)
        last = right - step * number.steps_to(self._issues[above])
        if first > last:  # some number between has no issue of its own
            first, last = left + timedelta(1), right - timedelta(1)
        return first, max(first, last)

    def _beyond(self, number: Issue, below: int, above: int) -> Days | None:
        """Return the days of an issue after the last dated one or before the first: late as others around were late."""
        end = below if below >= 0 else above
        issue, day = self._issues[end], self._days[end]
        near = self._near(below, above, _AROUND)
        steps = issue.steps_to(number) if below >= 0 else number.steps_to(issue)
        if issue.volume != number.volume or steps > _FURTHEST:
            return None
        usual = median(self._steps(near))
        late = max(self._late(a, b, usual) for a in near for b in near if a < b)
        least, most = self._shortest(near) * steps, ceil(usual * steps + max(0, late))
        if below >= 0:
            return day + timedelta(least), day + timedelta(most)
        return day - timedelta(most), day - timedelta(least)

    def _late(self, one: int, other: int, usual: float) -> float:
        """Return by how many days an issue is later than usual steps from an earlier one would have it."""
        if self._issues[one].volume != self._issues[other].volume:
            return 0
        return (self._days[other] - self._days[one]).days - usual * self._issues[one].steps_to(self._issues[other])

    def _near(self, below: int, above: int, reach: int) -> list[int]:
        """Return the dated issues up to one and from another."""
        return [*range(max(0, below - reach), below + 1), *range(above, min(self.issues, above + reach + 1))]

    def _steps(self, chosen: Sequence[int]) -> list[float]:
        """Return the days a number from each issue to the next; from volume to volume only if there are no others."""
        pairs = list(pairwise(chosen))
        within = [(a, b) for a, b in pairs if self._issues[a].volume == self._issues[b].volume]
        return [
            (self._days[b] - self._days[a]).days / self._issues[a].steps_to(self._issues[b]) for a, b in within or pairs
        ]

    def _shortest(self, chosen: Sequence[int]) -> int:
        """Return the shortest step in whole days; of many the second, for a wrong date makes one short."""
        steps = sorted(self._steps(chosen))
        shortest = steps[1 if len(steps) >= _AROUND else 0]
        return max(1, int(shortest if shortest < _MONTH else shortest * _SHORT_MONTH))

    def _residuals(self) -> Iterator[float]:
        for at in range(1, self.issues - 1):
            before, issue, after = self._issues[at - 1 : at + 2]
            share = before.steps_to(issue) / (before.steps_to(issue) + issue.steps_to(after))
            straight = share * (self._days[at + 1] - self._days[at - 1]).days
            yield abs((self._days[at] - self._days[at - 1]).days - straight)

    def _miss(self, at: int) -> int | None:
        """Return by how many days a taught issue lies outside of the answer that the others give."""
        found = self._undated(self._issues[at], 0, without=at)
        return max(0, (found[0] - self._days[at]).days, (self._days[at] - found[1]).days) if found else None


class Lessons:
    """The dated issues of all publications."""

    def __init__(self) -> None:
        self._taught: dict[str, dict[str, Counter[date]]] = {}

    def add(self, publication: str, issue: str, day: Interval) -> None:
        """Take in when one page of an issue appeared, if that is one day and its basis is strong."""
        if day.basis in _TEACHES and day.start == day.end and _EARLIEST < day.start < _LATEST:
            issues = self._taught.setdefault(publication, {})
            issues.setdefault(issue, Counter())[date.fromisoformat(day.start)] += 1

    def calendars(self) -> dict[str, Calendar | Refusal]:
        """Return what each publication's issues teach."""
        return {publication: _learned(issues) for publication, issues in sorted(self._taught.items())}


def fits(lessons: Lessons) -> dict[str, str]:
    """Return for each publication how well its calendar fits, or why there is none, in words."""
    learned = lessons.calendars().items()
    return {
        name: found.fit if isinstance(found, Calendar) else f"no calendar: {found.reason}" for name, found in learned
    }


def learn(dated: Iterable[tuple[str, str, Interval]]) -> dict[str, Calendar | Refusal]:
    """Return a calendar for each publication, or why there is none, from (publication, issue, day of publication)."""
    lessons = Lessons()
    for publication, issue, day in dated:
        lessons.add(publication, issue, day)
    return lessons.calendars()


def _learned(written: Mapping[str, Counter[date]]) -> Calendar | Refusal:
    numbering = numbering_of(written)
    pages = _by_number(written, numbering)
    dated = {issue: max(sorted(days), key=days.__getitem__) for issue, days in sorted(pages.items())}
    count = len(dated)
    if count < _LEAST:
        return Refusal(issues=count, reason=f"{count} issues are dated, and a calendar needs {_LEAST}.")
    ordered = _in_order(dated)
    if count - len(ordered) > (count * (1 - _IN_ORDER) if count >= _LEAST_WITH_ERRORS else 0):
        reason = f"Of {count} dated issues, no more than {len(ordered)} are in the order of their numbers."
        return Refusal(issues=count, reason=reason)
    believed = _without_strays(ordered)
    if len(believed) < _LEAST:
        return Refusal(issues=count, reason=f"Of {count} dated issues, no more than {len(believed)} are evenly apart.")
    return Calendar(numbering, believed, wrong=count - len(believed), spread=_spread(believed, pages))


def _by_number(written: Mapping[str, Counter[date]], numbering: Numbering) -> dict[Issue, Counter[date]]:
    """Return the days of each issue; "2095" and "2095/96" are one issue."""
    found: dict[tuple[int, int], tuple[Issue, Counter[date]]] = {}
    for words, days in sorted(written.items()):
        issue = numbering.parse(words)
        if issue:
            known, before = found.get(issue[:2], (issue, Counter[date]()))
            found[issue[:2]] = (max(issue, known), before + days)
    return dict(found.values())


def _in_order(dated: Mapping[Issue, date]) -> dict[Issue, date]:
    """Return as many issues as possible whose days rise with their numbers (a longest increasing subsequence)."""
    days = list(dated.values())
    lows: list[date] = []  # the earliest day that a chain of each length ends in, and where
    ends: list[int] = []
    before: list[int] = []
    for at, day in enumerate(days):
        length = bisect_left(lows, day)
        before.append(ends[length - 1] if length else -1)
        lows[length : length + 1], ends[length : length + 1] = [day], [at]
    chain, at = set(), ends[-1] if ends else -1
    while at >= 0:
        chain.add(at)
        at = before[at]
    return {issue: day for at, (issue, day) in enumerate(dated.items()) if at in chain}


def _without_strays(dated: Mapping[Issue, date]) -> dict[Issue, date]:
    """Leave out two issues that are too near each other, for one is dated wrong, and ends that are too far away."""
    found = list(dated.items())
    pairs = [((b[1] - a[1]).days, a[0].steps_to(b[0])) for a, b in pairwise(found)]
    usual = [median(days / n for days, n in pairs[max(0, at - _AROUND) : at + _AROUND + 1]) for at in range(len(pairs))]
    near = {at for at, (days, n) in enumerate(pairs) if days < _SHORT * usual[at] * n}
    kept = [item for at, item in enumerate(found) if at not in near and at - 1 not in near]
    far = _LONG * median(usual)
    while len(kept) > 1 and (kept[-1][1] - kept[-2][1]).days > _PAUSE + far * kept[-2][0].steps_to(kept[-1][0]):
        kept.pop()
    while len(kept) > 1 and (kept[1][1] - kept[0][1]).days > _PAUSE + far * kept[0][0].steps_to(kept[1][0]):
        kept.pop(0)
    return dict(kept)


def _spread(believed: Mapping[Issue, date], pages: Mapping[Issue, Counter[date]]) -> tuple[int, int]:
    """Return how many days before and after its issue's day a page may be dated."""
    steps = [(b - a).days for a, b in pairwise(believed.values())]
    apart = sorted(
        offset
        for issue, day in believed.items()
        for other, count in pages[issue].items()
        for offset in [(other - day).days] * count
        if abs(offset) < median(steps)
    )
    seldom = int(_SPREAD * len(apart))
    return min(0, apart[seldom]), max(0, apart[-1 - seldom])


def _in_rhythm(days: Days, known: Collection[date]) -> Days:
    """Return the days without those at either end on which the publication never comes out."""
    first, last = days
    if len(known) < _RHYTHM_LEAST:
        return days
    weekdays = _usual(day.weekday() for day in known)
    in_month = _usual(day.day for day in known)
    possible = [
        day
        for day in (first + timedelta(n) for n in range(min(_WIDEST, (last - first).days) + 1))
        if day.weekday() in weekdays and (len(in_month) > _MONTH_DAYS or day.day in in_month)
    ]
    if not possible or (last - first).days > _WIDEST:
        return days
    return possible[0], possible[-1]


def _usual(values: Iterable[int]) -> set[int]:
    counts = Counter(values)
    return {value for value, count in counts.items() if count > _SELDOM * counts.total()}
