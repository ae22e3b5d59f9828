"""Reports are compared if they share a key, and not every two of them do."""

from byline.linking import blocking
from byline.linking.blocking import keys_of, pairs
from byline.linking.passages import Passage
from byline.linking.reports import Report
from tests.linking.made import day, report, spot, telling


def told(document: str, on: str, place: str = "Halvora", people: tuple[str, ...] = ()) -> Report:
    made = report(document, "Courier", telling(time=day(on), spots=(spot(place),)), published=on)
    return Report(**{f: getattr(made, f) for f in made.__struct_fields__} | {"passage": Passage(people=people)})


def meet(one: Report, other: Report) -> bool:
    return bool(keys_of(one) & keys_of(other))


def test_the_same_place_on_days_that_may_be_one_is_a_key() -> None:
    assert all(meet(told("a", "2021-05-04"), told("b", f"2021-05-0{n}")) for n in range(3, 7))


def test_elsewhere_or_months_later_is_none() -> None:
    one = told("a", "2021-05-04")
    assert not meet(one, told("b", "2021-05-04", place="Sollen"))
    assert not meet(one, told("b", "2021-08-04"))


def test_two_names_or_a_name_and_a_place_are_keys_for_whatever_day() -> None:
    names = ("ivo tarsk", "mara belling")
    assert meet(told("a", "2021-05-04", people=names), told("b", "2022-01-10", "Sollen", names))
    assert meet(told("a", "2021-05-04", people=("tarsk",)), told("b", "2022-01-10", people=("ivo tarsk",)))
    assert not meet(told("a", "2021-05-04", people=("tarsk",)), told("b", "2022-01-10", "Sollen", ("tarsk",)))


def test_a_key_that_too_many_have_is_nobodys(monkeypatch: object) -> None:
    monkeypatch.setattr(blocking, "LIMIT", 2)  # type: ignore[attr-defined]
    keys = {"a": {"k", "x"}, "b": {"k"}, "c": {"k", "x"}}
    assert list(pairs(keys)) == [("a", "c")]
