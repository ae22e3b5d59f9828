"""A campaign, a day of it, a raid: parts are found, and nothing else is one."""

import pytest

from byline.linking.parts import keys_of, outline_of, part_of
from byline.linking.reports import Report
from tests.linking.made import day, group, report, spot, telling

HALVORA, BRENNO, SOLLEN = spot("Halvora", (48.0, 2.0)), spot("Brenno", (48.2, 2.2)), spot("Sollen", (44.0, 5.0))
CONSCRIPTS, DRIVERS = group("dismissed conscripts"), group("crane drivers")


def told(
    document: str, start: str, end: str | None = None, *, many: bool = False, **more: object
) -> tuple[Report, ...]:
    fixed = {"spots": (HALVORA,), "actors": (CONSCRIPTS,), "time": day(start, end), "many": many}
    return (report(document, "Courier", telling(**{**fixed, **more})),)


WEEK = told("week", "2021-05-03", "2021-05-09", many=True)
DAY = told("day", "2021-05-04", many=True)
RAID = told("raid", "2021-05-04", spots=(BRENNO,))


def test_a_raid_is_part_of_a_day_and_that_of_a_week() -> None:
    assert part_of([WEEK, DAY, RAID]) == {"u-raid": "u-day", "u-day": "u-week"}


def test_without_the_day_it_is_part_of_the_week() -> None:
    assert part_of([WEEK, RAID]) == {"u-raid": "u-week"}


@pytest.mark.parametrize(
    "other",
    [
        told("x", "2021-05-12"),
        told("x", "2021-05-04", spots=(SOLLEN,)),
        told("x", "2021-05-04", actors=(DRIVERS,)),
        told("x", "2021-05-04", type="PROTEST"),
        told("x", "2021-05-02", "2021-05-12", many=True),
    ],
)
def test_another_time_place_doer_or_type_is_no_part(other: tuple[Report, ...]) -> None:
    assert "u-x" not in part_of([WEEK, other])


def test_what_is_told_as_one_happening_has_no_parts() -> None:
    assert part_of([told("siege", "2021-05-03", "2021-05-09"), RAID]) == {}


def test_a_part_and_its_whole_share_a_key() -> None:
    raid, one_day, week = (keys_of(outline_of(told)) for told in (RAID, DAY, WEEK))
    assert raid & week
    assert one_day & week
