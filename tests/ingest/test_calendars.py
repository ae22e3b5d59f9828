import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from byline.ingest.calendars import Calendar, Refusal, learn
from byline.records import Interval

Run = list[tuple[str, date]]
FIRST = date(2006, 3, 2)


def day(of: date, basis: str = "metadata") -> Interval:
    return Interval(start=of.isoformat(), end=of.isoformat(), basis=basis)


def taught(run: Run) -> Calendar:
    calendar = learn(("The Lantern", issue, day(of)) for issue, of in run)["The Lantern"]
    assert isinstance(calendar, Calendar)
    return calendar


def answer(calendar: Calendar, issue: str) -> tuple[str, str] | None:
    found = calendar.interval(issue)
    return (found.start, found.end) if found else None


def days(step: int, count: int) -> Iterator[date]:
    return (FIRST + timedelta(step * n) for n in range(count))


def numbered(found: Iterator[date], first: int = 1900) -> Run:
    return [(str(n), of) for n, of in enumerate(found, first)]


WEEKLY = numbered(days(7, 40))


def without(run: Run, *issues: str) -> Run:
    return [(issue, of) for issue, of in run if issue not in issues]


def test_an_issue_of_a_regular_run_is_dated_by_its_neighbours() -> None:
    found = taught(without(WEEKLY, "1910")).interval("1910")
    assert found == Interval(start="2006-05-11", end="2006-05-11", precision="range", basis="issue calendar")


def test_an_issue_that_other_pages_date_has_their_day() -> None:
    assert answer(taught(WEEKLY), "1910") == ("2006-05-11", "2006-05-11")


def test_a_part_of_a_double_issue_has_its_day() -> None:
    run = [*numbered(days(7, 20)), ("1920/21", FIRST + timedelta(140)), ("1922", FIRST + timedelta(154))]
    assert answer(taught(run), "1921") == answer(taught(run), "1920/21") == ("2006-07-20", "2006-07-20")


def test_a_week_without_an_issue_leaves_both_weeks() -> None:
    late = [(issue, of + timedelta(7 * (issue >= "1911"))) for issue, of in WEEKLY]
    assert answer(taught(without(late, "1910", "1911")), "1910") == ("2006-05-11", "2006-05-18")


def test_numbers_that_begin_anew_are_dated_in_their_volume() -> None:
    run = [
        (f"{volume}/{n}", date(2000 + volume, 1, 6) + timedelta(14 * n)) for volume in (1, 2, 3) for n in range(1, 25)
    ]
    calendar = taught(without(run, "2/7", "3/1"))
    assert answer(calendar, "2/7") == ("2002-04-14", "2002-04-14")
    assert (answer(calendar, "3/1") or ("", ""))[1] == "2003-01-20"


def test_the_pace_is_that_of_the_issues_around() -> None:
    slow = numbered((WEEKLY[-1][1] + timedelta(14 * n) for n in range(1, 40)), 1940)
    calendar = taught(without([*WEEKLY, *slow], "1920", "1960"))
    assert answer(calendar, "1920") == ("2006-07-20", "2006-07-20")
    assert answer(calendar, "1960") == ("2007-09-20", "2007-09-20")


def test_an_issue_after_the_last_is_as_late_as_others_were() -> None:
    assert answer(taught(WEEKLY), "1941") == ("2006-12-14", "2006-12-14")
    late = [(issue, of + timedelta(7 * (issue >= "1935"))) for issue, of in WEEKLY]
    assert answer(taught(late), "1941") == ("2006-12-21", "2006-12-28")


@pytest.mark.parametrize("issue", ["1200", "2900", "", "x", "12/3"])
def test_an_issue_far_from_the_others_or_of_another_build_is_not_dated(issue: str) -> None:
    assert taught(WEEKLY).interval(issue) is None


def test_wrong_dates_are_not_believed() -> None:
    wrong = {"1905": date(2015, 1, 1), "1915": FIRST - timedelta(300), "1939": date(2015, 1, 1)}
    calendar = taught([(issue, wrong.get(issue, of)) for issue, of in WEEKLY])
    assert calendar.wrong == 3
    assert answer(calendar, "1905") == ("2006-04-06", "2006-04-06")
    assert answer(calendar, "1939") == ("2006-11-30", "2006-11-30")


def test_pages_of_one_issue_that_appear_over_days_widen_the_answers() -> None:
    run = [(issue, of + timedelta(n)) for issue, of in WEEKLY for n in (0, 0, 1, 2)]
    assert answer(taught(without(run, "1910")), "1910") == ("2006-05-11", "2006-05-13")


def test_a_calendar_tells_how_well_it_fits() -> None:
    calendar = taught(WEEKLY)
    assert (calendar.issues, calendar.wrong, calendar.margin, calendar.coverage) == (40, 0, 0, 1)
    assert (calendar.period, calendar.residual) == (7, 0)


@pytest.mark.parametrize("basis", ["age notice", "issue calendar", "updated"])
def test_only_days_of_strong_basis_teach(basis: str) -> None:
    assert learn(("The Lantern", issue, day(of, basis)) for issue, of in WEEKLY) == {}


def test_a_month_teaches_no_day() -> None:
    month = Interval(start="2006-03-01", end="2006-03-31", precision="month", basis="metadata")
    assert learn(("The Lantern", issue, month) for issue, _ in WEEKLY) == {}


def test_too_few_issues_are_refused() -> None:
    found = learn(("The Lantern", issue, day(of)) for issue, of in WEEKLY[:5])
    assert found == {"The Lantern": Refusal(issues=5, reason="5 issues are dated, and a calendar needs 6.")}


def test_shuffled_dates_are_refused() -> None:
    shuffled = [of for _, of in WEEKLY]
    random.Random(1).shuffle(shuffled)  # noqa: S311
    found = learn(("The Lantern", issue, day(of)) for (issue, _), of in zip(WEEKLY, shuffled, strict=True))
    refusal = found["The Lantern"]
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "Of 40 dated issues, no more than 11 are in the order of their numbers."


def test_publications_do_not_teach_each_other() -> None:
    lamp = [("The Lamp", issue, day(of + timedelta(2))) for issue, of in WEEKLY]
    both = learn([*lamp, *(("The Lantern", issue, day(of)) for issue, of in WEEKLY)])
    starts = [c.interval("1910") for c in both.values() if isinstance(c, Calendar)]
    assert [found.start for found in starts if found] == ["2006-05-13", "2006-05-11"]


def weekly() -> Run:
    return numbered(days(7, 120))


def fortnightly() -> Run:
    return numbered(days(14, 120))


def daily() -> Run:
    return numbered(of for of in days(1, 500) if of.weekday() != 6)


def monthly() -> Run:
    return [(str(n), date(2001 + n // 12, n % 12 + 1, 1)) for n in range(60)]


def with_doubles() -> Run:
    weeks = list(days(7, 120))
    return [(f"{n}/{n + 1}" if n % 20 == 5 else str(n), of) for n, of in enumerate(weeks) if n % 20 != 6]


def with_pauses() -> Run:
    return numbered(of for n, of in enumerate(days(7, 150)) if n % 17 != 3)


@pytest.mark.parametrize("wrong", [0, 0.05])
@pytest.mark.parametrize(
    ("run", "mean_days"),
    [(weekly, 3), (fortnightly, 3), (daily, 3), (monthly, 14), (with_doubles, 4), (with_pauses, 8)],
)
def test_most_removed_dates_are_recovered_in_few_days(run: Callable[[], Run], mean_days: int, wrong: float) -> None:
    held, widths, asked = 0, [], 0
    for seed in range(5):
        rng, true = random.Random(seed), run()  # noqa: S311
        lost = {issue for issue, _ in rng.sample(true, len(true) * 2 // 5)}
        dated = [(i, of + timedelta(rng.choice((-365, -30, 3, 365))) if rng.random() < wrong else of) for i, of in true]
        calendar = taught(without(dated, *lost))
        found = [(calendar.interval(issue), of.isoformat()) for issue, of in true if issue in lost]
        asked += len(found)
        held += sum(interval.start <= of <= interval.end for interval, of in found if interval)
        widths += [(date.fromisoformat(i.end) - date.fromisoformat(i.start)).days + 1 for i, _ in found if i]
    assert held / asked >= 0.95
    assert sum(widths) / len(widths) <= mean_days
