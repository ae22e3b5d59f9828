"""What a selection comes to."""

import msgspec
import pytest

from byline.report.tables import RULES, kinds, toll_table
from byline.store.totals import Listed, Toll
from tests.report.test_maps import one

WHOLE, PART, OTHER = one(1, None, None), one(2, None, None), one(3, None, None)
FOUND = [WHOLE, msgspec.structs.replace(PART, part_of=WHOLE.id), OTHER]


def killed(incident: Listed, low: int, high: int | None) -> Toll:
    return Toll(incident.id, "killed", low, low, high)


def summed(*tolls: Toll) -> tuple[str, ...]:
    (row,) = toll_table(FOUND, dict.fromkeys(RULES, tolls)).rows
    return row


@pytest.mark.parametrize(
    ("tolls", "incidents", "range"),
    [
        ((killed(WHOLE, 5, 5), killed(PART, 2, 2), killed(OTHER, 1, 3)), "2", "6–8"),  # a part is in its whole
        ((killed(PART, 2, 2), killed(OTHER, 1, 3)), "2", "3–5"),  # of which nothing is said
        ((killed(WHOLE, 5, None), killed(OTHER, 1, 3)), "2", "≥ 6"),  # an open top stays open
    ],
)
def test_tolls_are_summed_and_nobody_is_counted_twice(tolls: tuple[Toll, ...], incidents: str, range: str) -> None:
    assert summed(*tolls)[:3] == ("Killed", incidents, range)


def test_there_is_a_column_for_each_rule_and_a_dash_where_it_has_nothing() -> None:
    found = toll_table(FOUND, dict.fromkeys(RULES, ()) | {"range": [killed(WHOLE, 5, 5)]})
    assert found.columns[2:] == tuple(rule["name"] for rule in RULES.values())
    assert found.rows == (("Killed", "1", "5", "–", "–", "–", "–", "–"),)


def test_of_many_kinds_the_rest_is_one_row() -> None:
    many = [msgspec.structs.replace(WHOLE, id=f"u{n}", type=f"KIND_{n}") for n in range(40)]
    found = kinds(many, dict.fromkeys(RULES, ()))
    assert len(found.rows) == 15
    assert found.rows[-1][:2] == ("26 others", "26")
    assert sum(int(row[1]) for row in found.rows) == 40
