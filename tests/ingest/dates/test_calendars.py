from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from byline.ingest.dates.calendars import Calendar, Lessons, fits, learn
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


def test_a_calendar_tells_how_well_it_fits_and_a_refusal_why() -> None:
    lessons = Lessons()
    for number in range(7):
        lessons.add("the lamp", str(2090 + number), day(FIRST + timedelta(7 * number)))
    lessons.add("the post", "7", day(FIRST))
    assert fits(lessons) == {
        "the lamp": "7 dated issues 7 days apart, off an even run by 0; 100% would be held if they were undated",
        "the post": "no calendar: 1 issues are dated, and a calendar needs 6.",
    }
