import pytest

from byline.ingest import Facts, from_text, interval_of
from byline.ingest.html import from_html
from byline.records import Document, Interval

STORY = "Police arrested four people in Leeds on Monday, officials said."


def read(*lines: str, retrieved: str | None = None, **known: object) -> Document:
    facts = Facts(retrieved=interval_of(retrieved) if retrieved else None, **known)  # type: ignore[arg-type]
    return from_text("\n\n".join([*lines[:-1], STORY, lines[-1]]), facts=facts)


def day(document: Document) -> tuple[str, str, str] | None:
    found = document.published
    return (found.start, found.end, found.basis) if found else None


MARKED = (interval_of("2011-05-01", basis="metadata"),)
ADDRESS = "https://example.org/2011/05/02/a"
DATELINE = "LEEDS, 3 May 2011 (Lamp) — The army left the town."
LINE = "4 May 2011"


@pytest.mark.parametrize(
    ("known", "lines", "expected"),
    [
        ({"published": interval_of("2011-04-30"), "dates": MARKED, "url": ADDRESS}, (DATELINE,), "2011-04-30 given"),
        ({"dates": MARKED, "url": ADDRESS}, (DATELINE, LINE), "2011-05-01 metadata"),
        ({"url": ADDRESS}, (DATELINE, LINE), "2011-05-02 url"),
        ({}, (LINE, DATELINE), "2011-05-03 dateline"),
        ({}, (LINE, ""), "2011-05-04 text"),
        ({"url": "https://example.org/2011/06/a"}, (LINE, ""), "2011-05-04 text"),
        ({"url": "https://example.org/2011/05/a"}, ("",), "2011-05-01 url"),
    ],
)
def test_the_strongest_basis_is_chosen(known: dict[str, object], lines: tuple[str, ...], expected: str) -> None:
    found = read(*lines, **known).published
    assert found
    assert f"{found.start} {found.basis}" == expected


def test_all_candidates_are_kept_the_chosen_first_each_where_it_stands() -> None:
    document = read(DATELINE, LINE, "Last updated: 5 May 2011", dates=MARKED, url=ADDRESS)
    assert document.published == document.dates[0]
    assert {(d.start, d.basis) for d in document.dates} == {
        ("2011-05-01", "metadata"),
        ("2011-05-02", "url"),
        ("2011-05-03", "dateline"),
        ("2011-05-04", "text"),
        ("2011-05-05", "updated"),
    }
    assert {document.text[slice(*d.span)] for d in document.dates if d.span} == {
        "3 May 2011",
        "4 May 2011",
        "5 May 2011",
    }


def test_a_day_of_change_is_no_day_of_publication() -> None:
    document = read("Last updated: 5 May 2011", "© 2014 The Lamp")
    assert document.published is None
    assert [(d.start, d.basis) for d in document.dates] == [("2011-05-05", "updated")]


@pytest.mark.parametrize(
    "line", ["© 2014 The Lamp", "Copyright 3 May 2011 The Lamp. All rights reserved.", "Room 3-11-20", ""]
)
def test_an_undated_text_has_no_day(line: str) -> None:
    document = read(line)
    assert (document.published, document.dates) == (None, ())


def test_two_readings_are_the_days_between_them_and_both_are_kept() -> None:
    document = read("08/09/2007", "")
    assert document.published == Interval(
        start="2007-08-09", end="2007-09-08", precision="range", basis="text", span=(0, 10)
    )
    assert [(d.start, d.end) for d in document.dates[1:]] == [("2007-09-08",) * 2, ("2007-08-09",) * 2]


@pytest.mark.parametrize(
    ("lines", "known", "expected"),
    [
        (("08/09/2007", "The next issue is out on 23/09/2007."), {}, "2007-09-08"),
        (("08/09/2007", "The next issue is out on 9/23/2007."), {}, "2007-08-09"),
        (("08/09/2007", ""), {"retrieved": "2007-08-20"}, "2007-08-09"),
        (("08/09/2007", ""), {"url": "https://example.org/2007/09/a"}, "2007-09-08"),
        (("08/09/2007", "Last updated: 1 September 2007"), {}, "2007-08-09"),
        (("08/09/2007", "This article is over 3 years, 2 months old"), {"retrieved": "2010-10-20"}, "2007-08-09"),
    ],
)
def test_what_decides_between_two_readings(lines: tuple[str, ...], known: dict[str, object], expected: str) -> None:
    found = read(*lines, **known).published  # type: ignore[arg-type]
    assert found
    assert (found.start, found.precision) == (expected, "day")


def test_a_day_after_the_retrieval_is_refused_but_kept() -> None:
    document = read("4 May 2011", "", retrieved="2011-05-02")
    assert document.published is None
    assert [d.start for d in document.dates] == ["2011-05-04"]


def test_a_page_may_bear_the_day_after_the_retrieval_where_it_is_later() -> None:
    assert day(read("4 May 2011", "", retrieved="2011-05-03")) == ("2011-05-04", "2011-05-04", "text")


def test_a_day_makes_a_stronger_month_exact() -> None:
    month = (interval_of("2011-05", basis="metadata"),)
    assert day(read("4 May 2011", "", dates=month)) == ("2011-05-04", "2011-05-04", "text")
    assert day(read("4 June 2011", "", dates=month)) == ("2011-05-01", "2011-05-31", "metadata")


def test_of_days_below_the_story_only_one_that_is_alone_counts() -> None:
    assert day(read("", "4 May 2011")) == ("2011-05-04", "2011-05-04", "text")
    assert day(read("", "4 May 2011\n\n5 May 2011")) is None


def test_several_notices_of_age_leave_the_days_that_all_allow() -> None:
    notices = ("This article is over 3 years old", "Published 38 months ago")
    assert day(read(*notices, "", retrieved="2010-10-20")) == ("2007-07-21", "2007-08-20", "age notice")


def test_a_page_that_was_changed_on_a_day_was_there_before() -> None:
    lines = ("This article is over 3 years old", "Last updated: 1 January 2007")
    assert day(read(*lines, retrieved="2010-10-20")) == ("2006-10-21", "2007-01-01", "age notice")


def test_an_age_is_not_asked_where_a_page_bears_its_day() -> None:
    document = read("This article is over 3 years old", "4 May 2007", "", retrieved="2010-10-20")
    assert day(document) == ("2007-05-04", "2007-05-04", "text")
    assert document.dates[1].basis == "age notice"


def test_a_page_in_markup_keeps_its_days_too() -> None:
    head = "<meta name='date' content='2011-05-03'><meta property='article:modified_time' content='2012-01-01'>"
    document = from_html(
        f"<html><head>{head}</head><body><article><h1>A march</h1><p>{STORY}</p><p>{STORY} It was hot.</p></article>",
        facts=Facts(url="https://example.org/2011/05/02/a"),
    )
    assert [(d.start, d.basis) for d in document.dates] == [
        ("2011-05-03", "metadata"),
        ("2011-05-02", "url"),
        ("2012-01-01", "updated"),
    ]


def test_the_last_day_of_all_is_a_day_of_retrieval() -> None:
    assert read("4 May 2011", "", retrieved="9999-12-31").published
