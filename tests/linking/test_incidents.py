"""Linking as a whole: the demo archive, in any order."""

import random
from itertools import chain

import pytest

from byline.linking.incidents import link
from byline.linking.reports import Report, reports_of
from tests.helpers import demo


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [r for d in demo() for r in reports_of(d)]


def test_every_report_is_in_one_incident(reports: list[Report]) -> None:
    found = [(r.source, r.id) for r in chain(*link(reports))]
    assert sorted(found) == sorted((r.source, r.id) for r in reports)


def test_the_order_of_arrival_makes_no_difference(reports: list[Report]) -> None:
    expected = link(reports)
    for seed in range(3):
        assert link(random.Random(seed).sample(reports, len(reports))) == expected  # noqa: S311 - no secret
