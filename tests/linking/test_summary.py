"""What an incident is listed as: what most documents say, copies counted once."""

from byline.linking.reports import Report, Spot, Telling
from byline.linking.summary import Summary, summary
from byline.records import Interval

SINES = Spot(name="Sines", country="PRT", latitude=37.9, longitude=-8.8, precision="place", span=(0, 5))
PORTUGAL = Spot(name="Portugal", country="PRT", latitude=39.0, longitude=-8.0, precision="country", span=(0, 8))


def days(start: int, end: int | None = None, basis: str = "timex") -> Interval:
    return Interval(start=f"2006-03-{start:02}", end=f"2006-03-{end or start:02}", basis=basis)


def report(
    document: str, type_: str, time: Interval | None = None, *spots: Spot, original: str | None = None
) -> Report:
    telling = Telling(
        uid=f"u{document}", event="e1", type=type_, status="actual", trigger="hit", time=time, spots=spots,
        evidence=(0, 1), confidence=0.5,
    )  # fmt: skip
    return Report(
        id=f"u{document}", document=document, incident="i1", source=document, original=original or document, type=type_,
        tellings=(telling,),
    )  # fmt: skip


def test_what_most_documents_give_is_chosen() -> None:
    found = summary([report("a", "ASSAULT", days(2)), *(report(d, "COERCE", days(1), SINES) for d in "bc")])
    assert found == Summary(type="COERCE", time=days(1), spot=SINES)


def test_copies_of_a_document_count_once() -> None:
    found = summary([report("a", "ASSAULT", days(2)), *(report(d, "COERCE", days(1), original="b") for d in "bcd")])
    assert (found.type, found.time) == ("ASSAULT", days(2))


def test_a_spot_is_chosen_before_a_country() -> None:
    assert summary([report("a", "ASSAULT", None, PORTUGAL, SINES)]).spot == SINES


def test_a_time_that_is_only_guessed_is_none() -> None:
    assert summary([report("a", "ASSAULT", days(1, 20, "tense"))]).time is None


def test_a_country_has_no_point() -> None:
    assert summary([report("a", "ASSAULT", None, PORTUGAL)]).point == (None, None)
    assert summary([report("a", "ASSAULT", None, SINES)]).point == (37.9, -8.8)
