"""The map of a briefing: what is drawn, what never is, and how."""

import re
from math import hypot

import msgspec
import pytest

from byline.records import PlacePrecision
from byline.report.maps import maps_of
from byline.report.outlines import outlines
from byline.store.totals import Listed


def one(number: int, x: float | None, y: float | None, precision: PlacePrecision | None = "place") -> Listed:
    return Listed(
        id=f"u{number}", type="ASSAULT", start="2021-05-05", end="2021-05-05", place=f"Town {number}", country="PRT",
        latitude=y, longitude=x, precision=precision, reports=1, outlets=1, sources=1, denying=0, contested=False,
        part_of=None,
    )  # fmt: skip


def discs(svg: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.-]+)" cy="([\d.-]+)"', svg)]


@pytest.mark.parametrize("precision", [None, "country", "region", "unknown"])
def test_what_is_known_by_its_country_alone_is_no_disc(precision: PlacePrecision | None) -> None:
    drawn = maps_of([one(1, -8.0, 39.5, precision), one(2, -7.9, 38.0)])
    assert len(discs(drawn[0].svg)) == 1
    assert "1 known by Portugal alone" in drawn[0].caption
    assert not maps_of([one(1, -8.0, 39.5, precision)])


@pytest.mark.parametrize("precision", ["district", "province"])
def test_an_area_is_a_dashed_halo(precision: PlacePrecision) -> None:
    (drawn,) = maps_of([one(1, -8.0, 39.5, precision)])
    assert "stroke-dasharray" in drawn.svg
    assert f"1 known by {precision}" in drawn.caption


def test_what_lies_on_both_sides_of_the_date_line_is_drawn_side_by_side() -> None:
    (drawn,) = maps_of([one(1, 179.5, -17.0), one(2, -179.5, -17.0)])
    (x1, y1), (x2, y2) = discs(drawn.svg)
    assert hypot(x1 - x2, y1 - y2) < 300


def test_where_most_lie_near_to_each_other_there_is_a_closer_map() -> None:
    near = [one(n, -8.0 + n / 10, 38.0) for n in range(10)]
    whole, closer = maps_of([*near, one(11, 100.0, 10.0)])
    assert len(discs(whole.svg)) < len(discs(closer.svg)) == 10
    assert len(maps_of(near)) == 1


def test_many_incidents_at_one_place_are_one_larger_disc() -> None:
    radius = re.compile(r' r="([\d.]+)"')
    (few,), (many,) = maps_of([one(1, -8.0, 38.0)]), maps_of([one(1, -8.0, 38.0)] * 50)
    assert len(discs(many.svg)) == 1
    assert float(radius.findall(many.svg)[0]) > 2 * float(radius.findall(few.svg)[0])


def test_names_of_places_are_escaped_and_the_picture_is_told_in_words() -> None:
    (drawn,) = maps_of([msgspec.structs.replace(one(1, -8.0, 38.0), place="<script>")])
    assert "<script>" not in drawn.svg
    assert "&lt;script&gt;" in drawn.svg
    assert "<script> (1 incident)" in drawn.alt


def test_rings_of_countries_do_not_jump_over_the_date_line() -> None:
    rings = {o.name: [ring for part in o.parts for ring in part] for o in outlines()}
    assert {"Portugal", "Russia", "Fiji", "Antarctica"} <= rings.keys()
    for ring in rings["Russia"] + rings["Fiji"]:
        assert abs(ring[1:, 0] - ring[:-1, 0]).max() < 180
