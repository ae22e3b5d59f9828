"""Linking as a whole: the demo archive, in any order."""

from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from byline.linking.incidents import link
from byline.linking.reports import reports_of
from tests.helpers import demo

REPORTS = [r for d in demo() for r in reports_of(d)]


def test_every_report_is_in_one_incident() -> None:
    found = list(chain(*link(REPORTS)))
    assert len(found) == len(REPORTS)
    assert {(r.source, r.id) for r in found} == {(r.source, r.id) for r in REPORTS}


@given(st.permutations(REPORTS))
@settings(deadline=None, max_examples=10)
def test_the_order_of_arrival_makes_no_difference(shuffled: list) -> None:  # type: ignore[type-arg]
    assert link(shuffled) == link(REPORTS)
