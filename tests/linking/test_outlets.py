"""Names of outlets that are one outlet's, copies of copies, and the order of reports."""

import pytest

from byline.linking.outlets import in_order, originals, outlet_key
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
