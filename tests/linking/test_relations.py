"""How two values of a field go together."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.accounts import RelationKind
from byline.linking.relations import Days, Deed, Toll, dates, deeds, parties, places, purposes, statuses, tolls
from byline.linking.reports import Party, Spot
from byline.records import Status
from tests.linking.made import body, group, party, person, spot

EXACT = {n: Toll(n, n, n) for n in range(60)}
AT_LEAST_NINE, DOZENS = Toll(9, 9, None), Toll(24, None, 99)

TOLLS: list[tuple[Toll, Toll, RelationKind]] = [
    (EXACT[12], EXACT[12], "same"),
    (EXACT[11], AT_LEAST_NINE, "more precise"),
    (EXACT[9], AT_LEAST_NINE, "more precise"),
    (EXACT[30], DOZENS, "more precise"),
    (DOZENS, AT_LEAST_NINE, "more precise"),
    (Toll(20, None, 30), DOZENS, "compatible"),
    (EXACT[8], AT_LEAST_NINE, "contradictory"),
    (EXACT[12], EXACT[30], "contradictory"),
    (EXACT[0], EXACT[1], "contradictory"),
    (EXACT[12], DOZENS, "contradictory"),
]


def days(first: int, last: int | None = None) -> Days:
    return Days(date(2021, 5, first), date(2021, 5, last or first))


DATES: list[tuple[Days, Days, RelationKind]] = [
    (days(3), days(3), "same"),
    (days(3), days(1, 31), "more precise"),
    (days(3, 9), days(1, 31), "more precise"),
    (days(3, 9), days(7, 12), "compatible"),
    (days(3), days(4), "different"),
    (days(3), days(5), "contradictory"),
    (days(1, 7), days(20, 25), "contradictory"),
]

MARLOW, SUBURB = spot("Marlow", (48.0, 2.0)), spot("Marlow-le-Bas", (48.1, 2.1))
QUARTER = Spot(name="Old Quay", country="FRA", precision="district", within="Marlow", span=(0, 1))
NEXT_TOWN, FAR_TOWN = spot("Harwick", (48.5, 2.0)), spot("Selm", (50.7, 2.0))
PROVINCE = spot("Lower Marl", (48.6, 2.0), precision="province")
FAR_PROVINCE = spot("Upper Selm", (52.0, 2.0), precision="province")
FRANCE, SPAIN = (spot(n, precision="country", country=c) for n, c in (("France", "FRA"), ("Spain", "ESP")))
SAHEL = spot("Sahel", precision="region", country="")

PLACES: list[tuple[Spot, Spot, RelationKind]] = [
    (MARLOW, spot("Marlow", (48.0, 2.0)), "same"),
    (MARLOW, spot("MARLOW"), "same"),
    (MARLOW, SUBURB, "compatible"),
    (QUARTER, MARLOW, "more precise"),
    (MARLOW, PROVINCE, "more precise"),
    (MARLOW, FRANCE, "more precise"),
    (PROVINCE, FRANCE, "more precise"),
    (MARLOW, Spot(name="Sahel", precision="region", span=(0, 1)), "compatible"),
    (FAR_TOWN, PROVINCE, "compatible"),
    (MARLOW, FAR_PROVINCE, "contradictory"),
    (MARLOW, NEXT_TOWN, "different"),
    (MARLOW, spot("Nowhere-on-Sea"), "different"),
    (MARLOW, FAR_TOWN, "contradictory"),
    (MARLOW, spot("Marlow", (40.0, -3.0), country="ESP"), "contradictory"),
    (MARLOW, SPAIN, "contradictory"),
    (FRANCE, SPAIN, "contradictory"),
    (PROVINCE, FAR_PROVINCE, "contradictory"),
]

FRONT = body("the Marlow Front", "REB", "FRA")
PARTIES: list[tuple[Party, Party, RelationKind]] = [
    (FRONT, body("Marlow Front", "REB", "FRA"), "same"),
    (person("Ada Brune", "COP"), person("Brune", "COP"), "same"),
    (group("gunmen", "UAF"), group("the gunmen", "UAF"), "same"),
    (group("12 soldiers", "MIL", "FRA"), group("Nine soldiers", "MIL"), "same"),
    (FRONT, group("rebels", "REB", "FRA"), "more precise"),
    (person("Ada Brune", "COP", "FRA", "Ada Brune of the Marlow police"), body("Marlow Police", "COP"), "more precise"),
    (group("masked gunmen", "UAF"), group("gunmen", "UAF"), "more precise"),
    (group("farmers and traders", "CVL"), group("villagers", "CVL"), "compatible"),
    (FRONT, party("attackers", None, "FRA"), "compatible"),
    (FRONT, body("the Harwick Front", "REB", "FRA"), "different"),
    (person("Eva Lind", "GOV"), person("Mia Falk", "GOV"), "different"),
    (FRONT, group("soldiers", "MIL", "FRA"), "different"),
    (group("gunmen", "UAF"), group("soldiers", "MIL"), "different"),
    (group("soldiers", "MIL", "FRA"), group("soldiers", "MIL", "ESP"), "different"),
    (
        person("Ada Brune", "COP", "FRA", "Lt. Ada Brune of the Marlow police"),
        person("Olof Dahl", "COP", "FRA", "Capt. Olof Dahl of the Marlow police"),
        "different",
    ),
]

DEEDS: list[tuple[Deed, Deed, RelationKind]] = [
    (Deed("ASSAULT", "aerial"), Deed("ASSAULT", "aerial"), "same"),
    (Deed("ASSAULT", "aerial"), Deed("ASSAULT", None), "more precise"),
    (Deed("ASSAULT", "aerial"), Deed("ASSAULT", "firearms"), "different"),
    (Deed("ASSAULT", None), Deed("COERCE", None), "different"),
]

STATUSES: list[tuple[Status, Status, RelationKind]] = [
    ("actual", "actual", "same"),
    ("denied", "did_not_happen", "same"),
    ("actual", "ongoing", "compatible"),
    ("actual", "planned", "compatible"),
    ("feared", "denied", "compatible"),
    ("actual", "attempted", "different"),
    ("actual", "denied", "contradictory"),
    ("ongoing", "did_not_happen", "contradictory"),
]

PURPOSES: list[tuple[str, str, RelationKind]] = [
    ("in protest at fuel prices", "in protest at fuel prices", "same"),
    ("in protest at fuel prices", "over the price of fuel", "compatible"),
    ("to demand the release of a teacher", "over fuel prices", "different"),
]
RELATE: dict[Any, list[Any]] = {
    tolls: TOLLS, dates: DATES, places: PLACES, parties: PARTIES, deeds: DEEDS, statuses: STATUSES, purposes: PURPOSES,
}  # fmt: skip
ROWS = [(relate, *row) for relate, rows in RELATE.items() for row in rows]


@pytest.mark.parametrize(("relate", "one", "other", "kind"), ROWS)
def test_two_values(relate: Any, one: object, other: object, kind: RelationKind) -> None:  # noqa: ANN401
    assert relate(one, other).kind == kind


@pytest.mark.parametrize(("relate", "one", "other", "kind"), ROWS)
def test_turned_round_it_is_the_same_relation(relate: Any, one: object, other: object, kind: RelationKind) -> None:  # noqa: ANN401
    there, back = relate(one, other), relate(other, one)
    assert back.kind == kind
    assert (there.turned, back.turned) == ((False, True) if kind == "more precise" else (there.turned, back.turned))


BOUNDS = st.tuples(st.integers(0, 50), st.integers(0, 50) | st.none())


@given(BOUNDS, BOUNDS)
def test_tolls_contradict_where_no_number_fits_both(one: tuple[int, int | None], other: tuple[int, int | None]) -> None:
    made = [Toll(low, low, None if more is None else low + more) for low, more in (one, other)]
    fits = any(t.low <= n <= made[1].top and made[0].low <= n <= made[0].top for n, t in product(range(101), [made[1]]))
    assert (tolls(*made).kind != "contradictory") == fits
