import pytest

from byline.ingest import interval_of
from byline.ingest.clocks import Clock, clock_of, day_of, days_of, falls

DAY = interval_of("2006-03-11", basis="metadata")


@pytest.mark.parametrize(
    ("words", "minutes", "day", "rest"),
    [
        ("19:30", 1170, "", ""),
        ("10.45am", 645, "", ""),
        ("14:20 GMT", 860, "", ""),
        ("UPDATED 9:05 p.m.", 1265, "", ""),
        ("UPDATE @ 7 a.m.: The sheriff released four.", 420, "", "The sheriff released four."),
        ("10.45am: Police said so.", 645, "", "Police said so."),
        ("14:20 – Police said so.", 860, "", "Police said so."),
        ("14:20 Police said so.", 860, "", "Police said so."),
        ("3:02pm police said so.", 902, "", "police said so."),
        ("12:05 a.m.\nPolice said so.", 5, "", "Police said so."),
        ("17h45\nPolice said so.", 1065, "", "Police said so."),
        ("11 March 2006, 14:20", 860, "11 March 2006", ""),
        ("3:21 p.m. (Feb. 8)", 921, "Feb. 8", ""),
        ("1:50pm Friday: The school opens.", 830, "Friday", "The school opens."),
        ("UPDATE (9:20 p.m. 5/21/16)", 1280, "5/21/16", ""),
    ],
)
def test_a_time_stands_at_the_head(words: str, minutes: int, day: str, rest: str) -> None:
    found = clock_of(words)
    assert found
    assert (found.minutes, found.day, words[found.end :].strip()) == (minutes, day, rest)


@pytest.mark.parametrize(
    "words",
    [
        "10.45 million people fled.",
        "25:10",
        "13pm",
        "11 people were hurt at 10.45am.",
        "On Monday at 10.45am police came.",
        "2-1 at half time",
        "12 March 2006",
        "",
        "7.5 per cent",
        "10:5",
    ],
)
def test_other_figures_are_no_time(words: str) -> None:
    assert clock_of(words) is None


@pytest.mark.parametrize(
    ("times", "newest_first"), [([3, 2, 1], True), ([1, 2, 3], False), ([2, 9, 8, 7, 1], True), ([1], False)]
)
def test_the_order_of_a_page_is_that_of_most_of_its_times(times: list[int], *, newest_first: bool) -> None:
    assert falls(times) is newest_first


def days(*hours: int) -> list[str | None]:
    found = days_of([Clock(60 * hour, "", 0) for hour in hours], DAY)
    return [day and (day.start if day.start == day.end else f"{day.start}/{day.end}") for day in found]


def test_times_are_of_the_page_s_day_until_midnight() -> None:
    assert days(7, 12, 23) == ["2006-03-11"] * 3
    assert days(1, 23, 22, 7) == ["2006-03-12", "2006-03-11", "2006-03-11", "2006-03-11"]
    assert days(22, 23, 1, 9) == ["2006-03-11", "2006-03-11", "2006-03-12", "2006-03-12"]


def test_a_time_out_of_its_place_is_of_one_day_or_the_next() -> None:
    assert days(12, 19, 17, 8) == ["2006-03-11/2006-03-12", "2006-03-11", "2006-03-11", "2006-03-11"]


def test_without_a_day_of_the_page_there_is_none() -> None:
    assert days_of([Clock(60, "", 0)], None) == [None]


@pytest.mark.parametrize(
    ("day", "start"),
    [("Feb. 8", "2006-02-08"), ("30 December", "2005-12-30"), ("3 March 2005", "2005-03-03"), ("Friday", None)],
)
def test_a_day_beside_the_time_wins(day: str, start: str | None) -> None:
    found = day_of(Clock(60, day, 0), DAY)
    assert (found and found.start) == start
