from collections.abc import Iterator
from datetime import date, timedelta

from byline.ingest import Facts, Failure, dated, from_text, interval_of
from byline.records import Document, Interval

FIRST = date(2006, 3, 2)


def page(number: int | str, *, id: str, day: str = "", retrieved: str | None = None, **known: str) -> Document:
    facts = Facts(id=id, publication="The Lantern", retrieved=interval_of(retrieved) if retrieved else None, **known)  # type: ignore[arg-type]
    lines = (f"Issue {number}", day, "Police arrested four people in Leeds on Monday.")
    return from_text("\n\n".join(line for line in lines if line), facts=facts)


def day_of(number: int) -> str:
    day = FIRST + timedelta(7 * (number - 1900))
    return f"{day.day} {day:%B %Y}"


def weekly(*but: int) -> Iterator[Document]:
    return (page(n, id=f"d{n}", day=day_of(n)) for n in range(1900, 1930) if n not in but)


def found(documents: Iterator[Document | Failure], id: str) -> Document:
    return next(d for d in dated(documents) if isinstance(d, Document) and d.id == id)


def days(interval: Interval | None) -> tuple[str, str, str] | None:
    return (interval.start, interval.end, interval.basis) if interval else None


def test_an_undated_issue_is_dated_by_the_others_of_its_publication() -> None:
    document = found(iter([page(1910, id="x"), *weekly(1910)]), "x")
    assert days(document.published) == ("2006-05-11", "2006-05-11", "issue calendar")
    assert document.dates == (document.published,)


def test_undated_issues_come_last_and_all_others_in_their_order() -> None:
    failure = Failure(source="a", reason="b")
    stream = [page(1911, id="x"), *weekly(1910, 1911), failure, page(1910, id="y")]
    ids = [d.id if isinstance(d, Document) else "failure" for d in dated(iter(stream))]
    assert ids == [*(f"d{n}" for n in range(1900, 1930) if n not in {1910, 1911}), "failure", "x", "y"]


def test_documents_that_need_no_calendar_do_not_wait() -> None:
    stream = dated(weekly())
    assert next(stream) == next(weekly())


def test_an_age_and_an_issue_leave_the_days_that_both_allow() -> None:
    aged = page(1910, id="x", day="This article is over 3 years, 2 months old", retrieved="2009-07-15")
    spread = (page(n, id=f"e{n}", day=f"{FIRST + timedelta(7 * (n - 1900) + 3)}") for n in range(1900, 1930))
    document = found(iter([aged, *weekly(), *spread]), "x")
    assert days(document.published) == ("2006-05-11", "2006-05-14", "issue calendar")
    assert [d.basis for d in document.dates] == ["issue calendar", "age notice"]


def test_an_age_that_no_calendar_agrees_with_is_believed_and_the_calendar_kept() -> None:
    aged = page(1910, id="x", day="This article is over 3 years, 2 months old", retrieved="2012-07-15")
    document = found(iter([aged, *weekly()]), "x")
    assert [days(d) for d in document.dates] == [
        ("2009-04-16", "2009-05-15", "age notice"),
        ("2006-05-11", "2006-05-11", "issue calendar"),
    ]
    assert document.published == document.dates[0]


def test_the_calendar_decides_between_two_readings() -> None:
    document = found(iter([page(1901, id="x", day="09/03/2006"), *weekly(1901)]), "x")
    assert days(document.published) == ("2006-03-09", "2006-03-09", "text")
    assert document.published == document.dates[0]


def test_a_page_is_no_younger_than_its_retrieval() -> None:
    document = found(iter([page(1910, id="x", retrieved="2006-05-01"), *weekly(1910)]), "x")
    assert document.published is None
    assert [days(d) for d in document.dates] == [("2006-05-11", "2006-05-11", "issue calendar")]


def test_a_publication_whose_dates_do_not_fit_dates_nothing() -> None:
    turned = (page(n, id=f"d{n}", day=day_of(3829 - n)) for n in range(1900, 1930) if n != 1910)
    assert found(iter([page(1910, id="x"), *turned]), "x") == page(1910, id="x")


def test_a_publication_is_known_whatever_its_case() -> None:
    facts = Facts(publication="THE LANTERN", id="x")
    other = from_text("Issue 1910\n\nPolice arrested four people in Leeds.", facts=facts)
    assert days(found(iter([other, *weekly(1910)]), "x").published) == ("2006-05-11", "2006-05-11", "issue calendar")


def test_a_double_issue_is_read_from_the_page() -> None:
    assert page("1910/11", id="x").issue == "1910/11"
    document = found(iter([page("1910/11", id="x"), *weekly(1910, 1911)]), "x")
    assert days(document.published) == ("2006-05-11", "2006-05-18", "issue calendar")
