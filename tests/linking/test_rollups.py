"""Tolls rolled up by rules with names."""

import pytest

from byline.accounts import Rule
from byline.linking.contest import contest
from byline.linking.reports import Party, Report
from byline.linking.rollups import RULES, rollup
from tests.linking.made import POLICE, body, group, report, telling

RELIEF = body("the Harbour Relief Committee", "NGO")
FRONT = body("the Marlow Front", "REB", "FRA")
ARMY = group("the army", "MIL", "FRA")
D3, D4, D5 = (f"2021-05-0{n}" for n in (3, 4, 5))

Row = tuple[Party | None, int | tuple[int, int | None], str]
RISING: list[Row] = [(POLICE, 5, D3), (RELIEF, 9, D4), (POLICE, 12, D5)]
SIDES: list[Row] = [(ARMY, 12, D3), (FRONT, 30, D3), (RELIEF, 20, D3)]

# who says how many when, the rule, and its low, best and high
CASES: list[tuple[list[Row], Rule, tuple[int, int, int | None] | None]] = [
    ([(POLICE, 5, D3)], "latest", (5, 5, 5)),
    (RISING, "latest", (12, 12, 12)),
    (RISING, "most_told", (5, 5, 5)),
    ([*RISING, (RELIEF, 12, D5)], "most_told", (12, 12, 12)),
    (RISING, "lowest_independent", (9, 9, 9)),
    (RISING, "latest_official", (12, 12, 12)),
    (RISING, "median", (9, 9, 9)),
    (RISING, "range", (9, 9, 12)),
    (SIDES, "latest", (30, 30, 30)),
    (SIDES, "lowest_independent", (12, 12, 12)),
    (SIDES, "latest_official", (12, 12, 12)),
    (SIDES, "median", (20, 20, 20)),
    (SIDES, "range", (12, 20, 30)),
    ([*SIDES, (None, 12, D3)], "latest", (12, 12, 12)),
    ([(ARMY, 12, D3), (FRONT, 30, D3), (RELIEF, 30, D4), (FRONT, 12, D4), (POLICE, 30, D3)], "latest", (30, 30, 30)),
    ([(RELIEF, 20, D3)], "latest_official", None),
    ([(POLICE, (9, None), D3), (RELIEF, 11, D3)], "range", (9, 9, None)),
    ([(POLICE, (9, None), D3), (RELIEF, 11, D3)], "lowest_independent", (9, 9, None)),
    ([(POLICE, 12, D3), (POLICE, 5, D4)], "range", (5, 5, 5)),
]


def reports(rows: list[Row]) -> list[Report]:
    return [
        report(f"d{n}", f"Outlet {n}", *((telling(who),) if who else ()), killed=killed, published=day)
        for n, (who, killed, day) in enumerate(rows)
    ]


@pytest.mark.parametrize(("rows", "rule", "expected"), CASES)
def test_a_toll_by_a_rule(rows: list[Row], rule: Rule, expected: tuple[int, int, int | None] | None) -> None:
    found = rollup(rule, contest(reports(rows))[0].values)
    assert (found and (found.low, found.best, found.high)) == expected


@pytest.mark.parametrize("rule", RULES)
def test_nothing_told_is_no_range(rule: Rule) -> None:
    assert rollup(rule, ()) is None


def test_a_range_names_the_values_that_it_rests_on() -> None:
    values = contest(reports(RISING))[0].values
    found = rollup("latest_official", values)
    assert found is not None
    assert [v.text for v in values if v.id in found.values] == ["12"]


def test_an_outlet_that_may_have_it_from_the_police_is_not_independent() -> None:
    told = [
        report("a", "Courier", telling(), killed=3, published=D3),
        report("b", "Courier", telling(POLICE), killed=5, published=D3),
    ]
    found = rollup("lowest_independent", contest(told)[0].values)
    assert found is not None
    assert found.low == 5
