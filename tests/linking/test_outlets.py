"""Names of outlets that are one outlet's, copies of copies, and the order of reports."""

import pytest

from byline.linking.outlets import homes, in_order, is_agency, originals, outlet_key
from tests.linking.made import report

SAME = [
    ("The Marlow Times", "Marlow Times"),
    ("Marlow Times", "MARLOW TIMES"),
    ("Marlow Times", "marlowtimes.example"),
    ("Marlow Times", "www.marlowtimes.co.example"),
    ("Marlow Times", "https://www.marlowtimes.example/2021/05"),
    ("Écho de Marlow", "Echo de Marlow"),
    (None, ""),
]
DIFFERENT = [
    ("The Marlow Times", "The Marlow Post"),
    ("The Marlow Times", "The Harwick Times"),
    ("The Marlow Times", None),
    ("news.marlow.example", "harwick.example"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_outlet(one: str | None, other: str | None) -> None:
    assert outlet_key(one) == outlet_key(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_outlets(one: str | None, other: str | None) -> None:
    assert outlet_key(one) != outlet_key(other)


def test_copies_of_copies_have_one_original() -> None:
    reports = [
        report("a", "A"),
        report("b", "B", copies="a"),
        report("c", "C", copies="b"),
        report("d", "D", copies="x"),
    ]
    assert originals(reports) == {"a": "a", "b": "a", "c": "a", "d": "x"}


def test_the_earliest_published_comes_first_and_the_undated_last() -> None:
    reports = [report("a", "A", published=None), report("b", "B", published="2021-05-06"), report("c", "C")]
    assert [r.document for r in in_order(reports)] == ["c", "b", "a"]


def test_a_text_that_several_outlets_have_is_the_agencys() -> None:
    reports = [report("a", "Courier"), report("b", "Meridian News Agency", copies="a"), report("c", "Post")]
    assert homes(in_order(reports), originals(reports)) == {"a": "meridiannewsagency", "c": "post"}


def test_texts_with_an_outlet_in_common_may_be_of_one_agency() -> None:
    reports = [
        report("a", "Courier"),
        report("b", "Post", copies="a"),
        report("c", "Echo"),
        report("d", "Post", copies="c"),
    ]
    assert homes(in_order(reports), originals(reports)) == {"a": "post", "c": "post"}


AGENCIES = ["Meridian News Agency", "Agence Marlow", "Harwick Press Service", "The Selm Wire", "Reuters"]
PAPERS = ["The Marlow Press", "Harwick Daily News", "Courier", "Agents of Change"]


@pytest.mark.parametrize("name", AGENCIES)
def test_agencies_by_their_names(name: str) -> None:
    assert is_agency(name)


@pytest.mark.parametrize("name", PAPERS)
def test_papers_are_no_agencies(name: str) -> None:
    assert not is_agency(name)
