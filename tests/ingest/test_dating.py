from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.errors import ConfigurationError
from byline.ingest.dating import (
    address_date,
    all_readings,
    are_readings,
    find_date,
    find_day,
    interval_of,
    is_date,
    order_of_figures,
    readings,
    window,
)


@pytest.mark.parametrize(
    ("option", "start", "end", "precision"),
    [
        ("2008-04-01", "2008-04-01", "2008-04-01", "day"),
        ("2008-04", "2008-04-01", "2008-04-30", "month"),
        ("2008", "2008-01-01", "2008-12-31", "year"),
        ("2008-03-16/2008-04-15", "2008-03-16", "2008-04-15", "range"),
        ("2007/2008", "2007-01-01", "2008-12-31", "range"),
        (" 2008-04-01 ", "2008-04-01", "2008-04-01", "day"),
        ("2008-04-01T12:30:00Z", "2008-04-01", "2008-04-01", "day"),
    ],
)
def test_a_date_option_is_a_day_month_year_or_range(option: str, start: str, end: str, precision: str) -> None:
    found = interval_of(option)
    assert (found.start, found.end, found.precision, found.basis) == (start, end, precision, "given")


@pytest.mark.parametrize(
    "option",
    ["", "yesterday", "2008-13", "2008-02-30", "08-04-01", "2008/", "/2008", "1/2/3", "2008-4-1", "0000", "٢٠٠٨"],
)
def test_what_is_no_date_is_refused_with_examples(option: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        interval_of(option)
    assert str(error.value) == f"{option!r} is no date. Write 2008-04-01, 2008-04, 2008 or 2008-03-16/2008-04-15."


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="ends before it begins"):
        interval_of("2008-04-15/2008-03-16")


@given(st.dates())
def test_every_day_reads_back(day: object) -> None:
    assert interval_of(str(day)).start == str(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 May 2011", "2011-05-03"),
        ("3rd of May, 2011", "2011-05-03"),
        ("May 3, 2011", "2011-05-03"),
        ("MAY 3 2011", "2011-05-03"),
        ("Tuesday, 3 May 2011", "2011-05-03"),
        ("Sept. 3, 2011", "2011-09-03"),
        ("12 JAN 90", "1990-01-12"),
        ("12 Jan 08", "2008-01-12"),
        ("3-May-2011", "2011-05-03"),
        ("2011-05-03T10:00", "2011-05-03"),
        ("2011/5/3", "2011-05-03"),
        ("23/05/2011", "2011-05-23"),
        ("05/23/2011", "2011-05-23"),
        ("23.5.2011", "2011-05-23"),
        ("05/05/2011", "2011-05-05"),
    ],
)
def test_a_date_in_words_or_figures_is_found(text: str, day: str) -> None:
    found = find_date(f"on {text}", "text")
    assert found
    assert (found.start, found.end) == (day, day)


@pytest.mark.parametrize(
    "text",
    [
        "03/05/2011",
        "May 2",
        "in 2011",
        "Room 3-11-20",
        "13/13/2011",
        "version 2011.5",
        "maybe 3, 2011",
        "tel. 020 11 2011",
    ],
)
def test_what_is_no_date_or_can_be_read_in_two_ways_is_no_one_date(text: str) -> None:
    assert find_date(text, "text") is None


@pytest.mark.parametrize("text", ["08/09/2007", "8.9.2007", "on 8-9-2007 at noon"])
def test_a_date_in_figures_has_two_readings_the_day_first_before_the_other(text: str) -> None:
    found = readings(text, "text")
    assert [d.start for d in found] == ["2007-09-08", "2007-08-09"]
    assert are_readings(*found)
    assert {text[slice(*d.span)] for d in found if d.span} == {text.split()[text.startswith("on")]}


@pytest.mark.parametrize("text", ["23/09/2007", "9/23/2007", "09/09/2007", "2007-09-08", "8 Sept 2007", "Sept 2007"])
def test_a_date_that_is_clear_has_one_reading(text: str) -> None:
    assert len(readings(text, "text")) == 1


def test_every_date_of_a_text_is_read_in_order() -> None:
    found = list(all_readings("3 May 2011, 08/09/2007 and 2004-02-30 or 2004-02-28", "text"))
    assert [[d.start for d in group] for group in found] == [
        ["2011-05-03"],
        ["2007-09-08", "2007-08-09"],
        ["2004-02-28"],
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("2007-09-08", "2007-09-08"), ("2007-09-08", "2006-08-09"), ("2007-09-09", "2007-09-09"), ("2007-09", "2007-08")],
)
def test_other_days_are_not_readings_of_one_date(one: str, other: str) -> None:
    assert not are_readings(interval_of(one), interval_of(other))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("08/09/2007, 23/04/2001", "day"),
        ("08/09/2007, 04/23/2001", "month"),
        ("23.04.01", "day"),
        ("23/04/2001 and 04/23/2001", None),
        ("08/09/2007", None),
        ("page 23/04", None),
        ("https://example.org/23/04/2001/a", None),
    ],
)
def test_a_day_over_twelve_tells_the_order_of_figures(text: str, order: str | None) -> None:
    assert order_of_figures(text) == order


@pytest.mark.parametrize(("text", "span"), [("LIMA, 08/09/2007 --", (6, 16)), ("Lima, May 3", (6, 11)), ("Lima", None)])
def test_where_a_day_stands_is_found_with_or_without_a_year(text: str, span: object) -> None:
    assert find_day(text) == span


def test_a_month_and_year_cover_the_month() -> None:
    found = find_date("May 2011", "text")
    assert found
    assert (found.start, found.end, found.precision) == ("2011-05-01", "2011-05-31", "month")


@pytest.mark.parametrize(
    "text", ["3 May 2011", "Tue, 3 May 2011 at 10:15 a.m. GMT", "3 May 2011 | 10.15", "2011-05-03T10:15:00Z"]
)
def test_a_date_with_its_clock_is_a_date_and_nothing_more(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["On 3 May 2011 the army left", "3 May 2011 and 4 May 2011", "10:15", "3 May 2011, page 12"]
)
def test_a_date_among_other_words_is_more_than_a_date(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    ("url", "start", "end"),
    [
        ("https://example.org/2011/05/03/story", "2011-05-03", "2011-05-03"),
        ("https://example.org/news/2011/may/03/story", "2011-05-03", "2011-05-03"),
        ("https://example.org/2011-05-03-story.html", "2011-05-03", "2011-05-03"),
        ("https://example.org/20110503/story", "2011-05-03", "2011-05-03"),
        ("https://example.org/2011/05/story", "2011-05-01", "2011-05-31"),
    ],
)
def test_an_address_bears_its_date(url: str, start: str, end: str) -> None:
    found = address_date(url)
    assert found
    assert (found.start, found.end, found.basis) == (start, end, "url")


@pytest.mark.parametrize(
    "url", ["https://example.org/story-2011", "https://example.org/a/20119999/", "https://example.org/2011/99/99/", "-"]
)
def test_a_number_in_an_address_is_no_date(url: str) -> None:
    assert address_date(url) is None


@pytest.mark.parametrize(
    ("notice", "start", "end"),
    [
        ("over 11 years, 7 months old", "2012-11-16", "2012-12-15"),
        ("more than 3 years old", "2020-07-16", "2021-07-15"),
        ("5 years ago", "2018-07-16", "2019-07-15"),
        ("two months ago", "2024-04-16", "2024-05-15"),
        ("a week ago", "2024-07-02", "2024-07-08"),
        ("3 days ago", "2024-07-12", "2024-07-12"),
        ("about 5 years old", "2018-07-16", "2020-07-15"),
        ("5 hours ago", "2024-07-14", "2024-07-15"),
        ("30 hours ago", "2024-07-13", "2024-07-14"),
    ],
)
def test_an_age_counts_back_from_the_day_of_retrieval(notice: str, start: str, end: str) -> None:
    found = window(notice, interval_of("2024-07-15"))
    assert found
    assert (found.start, found.end, found.basis) == (start, end, "age notice")


def test_an_age_counted_from_a_month_is_as_wide_as_the_month() -> None:
    found = window("5 years ago", interval_of("2024-07"))
    assert found
    assert (found.start, found.end) == ("2018-07-02", "2019-07-31")


def test_an_age_counted_from_the_last_day_of_a_month_stays_in_the_calendar() -> None:
    found = window("1 month ago", interval_of("2024-03-31"))
    assert found
    assert (found.start, found.end) == ("2024-02-01", "2024-02-29")


def test_on_the_last_day_of_a_short_month_the_last_days_of_a_long_one_are_a_month_old() -> None:
    found = window("1 month ago", interval_of("2024-02-29"))
    assert found
    assert (found.start, found.end) == ("2023-12-30", "2024-01-31")


@given(st.dates(date(1990, 1, 1), date(2024, 1, 1)), st.integers(31, 12000))
def test_the_day_of_a_page_lies_in_the_window_of_its_age(day: date, old: int) -> None:
    retrieved = day + timedelta(old)
    months = 12 * (retrieved.year - day.year) + retrieved.month - day.month - (retrieved.day < day.day)
    found = window(f"over {months // 12} years, {months % 12} months old", interval_of(retrieved.isoformat()))
    assert found
    assert found.start <= day.isoformat() <= found.end


def test_an_age_keeps_where_it_stands() -> None:
    found = window("5 years ago", interval_of("2024-07-15"), (3, 14))
    assert found
    assert found.span == (3, 14)


@pytest.mark.parametrize("notice", ["900 years old", "very old", ""])
def test_an_age_beyond_newspapers_is_none(notice: str) -> None:
    assert window(notice, interval_of("2024-07-15")) is None
