"""Calendars of issue numbers on invented publications: how many removed dates are recovered, in how many days.

    python benchmarks/calendars.py [SEED]

Each publication appears for some years in its own rhythm; 40 % of its issues lose their date, and a calendar learned
from the others is asked for them. "held": the true day lies in the answer, of all that were removed. "shuffled": of
100 publications whose dates are shuffled among their issues, how many are refused.
"""

import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from statistics import mean, median

from byline.ingest.calendars import Calendar, Refusal, learn
from byline.records import Interval

Run = list[tuple[str, date]]  # issues as they are written, and when they came out
YEARS, REMOVED, WRONG, ROUNDS = 5, 0.4, 0.05, 20


def _every(days: int) -> Callable[[random.Random], Run]:
    return lambda rng: _numbered(_days(rng, days))


def _days(rng: random.Random, days: int, years: int = YEARS) -> Iterator[date]:
    day = date(2004, 1, 1) + timedelta(rng.randrange(300))
    for _ in range(365 * years // days):
        yield day
        day += timedelta(days)


def _numbered(days: Iterator[date], first: int = 1873) -> Run:
    return [(str(number), day) for number, day in enumerate(days, first)]


def monthly(rng: random.Random) -> Run:
    """Return a run on the first of each month."""
    return [(str(n), date(2001 + n // 12, n % 12 + 1, 1)) for n in range(rng.randrange(1, 12), 12 * 6)]


def monthly_on_weekday(_: random.Random) -> Run:
    """Return a run on the second Tuesday of each month."""
    firsts = [date(2001 + n // 12, n % 12 + 1, 1) for n in range(72)]
    return [(str(n), day + timedelta((1 - day.weekday()) % 7 + 7)) for n, day in enumerate(firsts, 300)]


def daily(rng: random.Random) -> Run:
    """Return two years without Sundays and without ten holidays."""
    days = [day for day in _days(rng, 1, 2) if day.weekday() != 6]  # noqa: PLR2004 -- Sunday
    holidays = set(rng.sample(days, 10))
    return _numbered(iter([day for day in days if day not in holidays]), 20411)


def weekly_with_pauses(rng: random.Random) -> Run:
    """Return a weekly that misses a week in twenty, and its August."""
    return _numbered(day for day in _days(rng, 7) if day.month != 8 and rng.random() > 0.05)  # noqa: PLR2004


def weekly_with_doubles(rng: random.Random) -> Run:
    """Return a weekly with a double issue now and then, which stands for two weeks."""
    run, number, days = [], 1873, list(_days(rng, 7))
    at = 0
    while at < len(days):
        double = rng.random() < 0.05  # noqa: PLR2004
        run.append((f"{number}/{str(number + 1)[-2:]}" if double else str(number), days[at]))
        number, at = number + 1 + double, at + 1 + double
    return run


def weekly_with_moved_days(rng: random.Random) -> Run:
    """Return a weekly that is a day or two early in one week of ten."""
    return _numbered(day - timedelta(rng.choice((1, 2)) if rng.random() < 0.1 else 0) for day in _days(rng, 7))  # noqa: PLR2004


def volumes(rng: random.Random) -> Run:
    """Return a fortnightly whose numbers begin anew each year."""
    run: Run = []
    for day in _days(rng, 14, 8):
        volume = day.year - 1990
        number = int(run[-1][0].partition("/")[2]) + 1 if run and run[-1][0].startswith(f"{volume}/") else 1
        run.append((f"{volume}/{number}", day))
    return run


def changed(rng: random.Random) -> Run:
    """Return a weekly that becomes a fortnightly, and then a monthly."""
    weekly = list(_days(rng, 7, 2))
    fortnightly = [weekly[-1] + timedelta(14 * n) for n in range(1, 50)]
    return _numbered(iter([*weekly, *fortnightly, *(fortnightly[-1] + timedelta(30 * n) for n in range(1, 30))]))


def with_errors(runs: Callable[[random.Random], Run]) -> Callable[[random.Random], tuple[Run, Run]]:
    """Return a run as it is, and as it is dated: one date in twenty is wrong, by days, by a year, or one for many."""

    def both(rng: random.Random) -> tuple[Run, Run]:
        run = runs(rng)
        moved = date(2015, 1, 1)
        wrong = [
            (
                n,
                rng.choice(
                    (day + timedelta(rng.randrange(-40, 40)), day + timedelta(365), day - timedelta(365), moved)
                ),
            )
            if rng.random() < WRONG
            else (n, day)
            for n, day in run
        ]
        return run, wrong

    return both


KINDS: dict[str, Callable[[random.Random], Run]] = {
    "weekly": _every(7),
    "fortnightly": _every(14),
    "monthly, the first": monthly,
    "monthly, second Tuesday": monthly_on_weekday,
    "daily without Sundays": daily,
    "weekly with pauses": weekly_with_pauses,
    "weekly with doubles": weekly_with_doubles,
    "weekly, days moved": weekly_with_moved_days,
    "volumes": volumes,
    "weekly to monthly": changed,
}


def measured(kind: str, seed: int, *, wrong: bool, removed: float = REMOVED) -> dict[str, float]:
    """Return the shares and widths of one kind of publication over all rounds."""
    held, widths, asked, refused = 0, [], 0, 0
    for turn in range(ROUNDS):
        rng = random.Random(f"{kind} {seed} {turn} {wrong}")  # noqa: S311 -- reproducible, no secret
        true, dated = with_errors(KINDS[kind])(rng)
        lost = {n for n, _ in rng.sample(true, int(removed * len(true)))}
        taught = [("P", n, _day(day)) for n, day in (dated if wrong else true) if n not in lost]
        calendar = learn(taught)["P"]
        asked += len(lost)
        if isinstance(calendar, Refusal):
            refused += 1
            continue
        answers = [(calendar.interval(n), day.isoformat()) for n, day in true if n in lost]
        held += sum(bool(a) and a.start <= day <= a.end for a, day in answers if a)
        widths += [_width(a) for a, _ in answers if a]
    return {"held": held / asked, "answered": len(widths) / asked, "mean": mean(widths or [0]),
            "median": median(widths or [0]), "most": max(widths, default=0), "refused": refused}  # fmt: skip


def _day(day: date) -> Interval:
    return Interval(start=day.isoformat(), end=day.isoformat(), basis="metadata")


def _width(answer: Interval) -> int:
    return (date.fromisoformat(answer.end) - date.fromisoformat(answer.start)).days + 1


def shuffled(seed: int) -> tuple[int, int]:
    """Return how many of 100 shuffled publications are refused."""
    refused = 0
    for turn in range(100):
        rng = random.Random(f"shuffled {seed} {turn}")  # noqa: S311
        run = KINDS[sorted(KINDS)[turn % len(KINDS)]](rng)[: rng.choice((6, 10, 40, 200))]
        days = [day for _, day in run]
        rng.shuffle(days)
        refused += not isinstance(learn(("P", n, _day(d)) for (n, _), d in zip(run, days, strict=True))["P"], Calendar)
    return refused, 100


def main() -> None:
    """Print one row for each kind of publication, with right dates and with wrong ones among them."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    sys.stdout.write(f"{'':36}{'held':>7}{'answered':>10}{'mean days':>11}{'median':>8}{'most':>6}{'refused':>9}\n")
    for kind in KINDS:
        for wrong in (False, True):
            row = measured(kind, seed, wrong=wrong)
            name = kind + (", 5 % wrong" if wrong else "")
            sys.stdout.write(
                f"{name:36}{row['held']:7.3f}{row['answered']:10.3f}{row['mean']:11.1f}{row['median']:8.0f}"
                f"{row['most']:6.0f}{row['refused']:9.0f}\n"
            )
    sys.stdout.write("shuffled, refused: {} of {}\n".format(*shuffled(seed)))


if __name__ == "__main__":
    main()
