"""Deadly incidents in UCDP GED's columns."""

from typing import Any

import pytest

from tests.export.invented import SHOTS
from tests.export.layouts.conftest import Cells
from tests.export.layouts.made import Some, Who, incident, place, row, rows

DEADLY = {"killed_low": 2, "killed_high": 5}


def test_a_row_is_an_incident_that_killed_somebody(cells: Cells) -> None:
    assert cells("ucdp-ged") == [
        {
            "id": SHOTS, "year": 2016, "type_of_violence": 3, "side_a": "Soldiers", "side_b": "Civilians",
            "number_of_sources": 2, "source_article": "The Lamp, 2016-05-11, Velmara bleeds; Harbour Post, Miners fell",
            "source_office": "The Lamp; Harbour Post", "source_date": "2016-05-11",
            "source_headline": "Velmara bleeds; Miners fell", "source_original": "the union", "where_prec": 1,
            "where_coordinates": "Velmara", "where_description": "Velmara", "latitude": 38.5, "longitude": -8.25,
            "geom_wkt": "POINT (-8.25 38.5)", "priogrid_gid": 185384, "country": "Portugal", "country_id": 235,
            "region": "Europe", "event_clarity": 1, "date_prec": 1, "date_start": "2016-05-09",
            "date_end": "2016-05-09", "best": 4, "low": 4, "gwnoa": 235,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (incident("PROTEST", killed_low=3, killed_high=3), "incidents that are no violence"),
        (incident(), "incidents that killed nobody as far as is told"),
        (incident(killed_low=0, killed_high=0), "incidents that killed nobody as far as is told"),
        (incident(status="denied", **DEADLY), "incidents that nobody tells as having happened"),
    ],
)
def test_all_else_is_left_out_and_counted(made: Any, why: str) -> None:  # noqa: ANN401
    chosen = Some(made, incident(**DEADLY))
    assert len(rows("ucdp-ged", chosen)) == 1
    assert chosen.left_out == {why: 1}


def test_best_is_the_lowest_independent_figure_and_the_range_is_of_all() -> None:
    found = row("ucdp-ged", lowest=3, **DEADLY)
    assert (found["low"], found["best"], found["high"]) == (2, 3, 5)


def test_an_open_top_is_blank() -> None:
    assert "high" not in row("ucdp-ged", lowest=6, killed_low=6, killed_high=None)


@pytest.mark.parametrize(
    ("actors", "recipients", "kind", "sides"),
    [
        (("MIL",), ("REB",), 1, ("the MIL", "the REB")),
        (("REB",), ("COP",), 1, ("the COP", "the REB")),
        (("REB",), ("REB",), 2, ("the REB", "the REB")),
        (("REB",), ("CVL", "JRN"), 3, ("the REB", "Civilians")),
        (("UAF",), ("CVL",), None, ("the UAF", "the CVL")),
        (("MIL",), ("REB", "CVL"), None, ("the MIL", "the REB; the CVL")),
        ((), ("CVL",), None, (None, "the CVL")),
    ],
)
def test_violence_has_a_kind_where_all_of_both_sides_are_known(
    actors: tuple[Who, ...], recipients: tuple[Who, ...], kind: int | None, sides: tuple[str | None, str]
) -> None:
    found = row("ucdp-ged", actors=actors, recipients=recipients, **DEADLY)
    assert found.get("type_of_violence") == kind
    assert (found.get("side_a"), found.get("side_b")) == sides


@pytest.mark.parametrize(
    ("end", "precision"),
    [
        ("2016-05-01", 1),
        ("2016-05-06", 2),
        ("2016-05-07", 3),
        ("2016-05-31", 4),
        ("2016-12-31", 5),
        ("2017-12-31", None),
    ],
)
def test_days_are_precise_by_their_number(end: str, precision: int | None) -> None:
    assert row("ucdp-ged", start="2016-05-01", end=end, **DEADLY).get("date_prec") == precision


@pytest.mark.parametrize(
    ("end", "where", "clarity"),
    [
        ("2016-05-01", place(), 1),
        ("2016-05-01", place("province"), None),
        ("2016-05-01", None, None),
        ("2016-05-20", place(), None),
        ("2016-07-01", place(), 2),
    ],
)
def test_an_incident_is_clear_on_one_day_in_one_place(end: str, where: Any, clarity: int | None) -> None:  # noqa: ANN401
    found = row("ucdp-ged", start="2016-05-01", end=end, place=where, **DEADLY)
    assert found.get("event_clarity") == clarity


@pytest.mark.parametrize(
    ("where", "precision"),
    [
        (place(), 1),
        (place("district", None, within="Orsa"), 2),
        (place("district"), 3),
        (place("province"), 4),
        (place("country", latitude=None, longitude=None), 6),
        (place("region", latitude=None, longitude=None), None),
    ],
)
def test_a_place_is_precise_by_its_level(where: Any, precision: int | None) -> None:  # noqa: ANN401
    assert row("ucdp-ged", place=where, **DEADLY).get("where_prec") == precision


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [
        (-55.75, -69.25, 49182),  # the first cell of PRIO-GRID on land
        (-90.0, -180.0, 1),
        (90.0, 180.0, 259200),
        (0.0, 0.0, 129961),
    ],
)
def test_a_point_has_its_cell_of_prio_grid(latitude: float, longitude: float, cell: int) -> None:
    found = row("ucdp-ged", place=place(latitude=latitude, longitude=longitude), **DEADLY)
    assert found["priogrid_gid"] == cell


def test_a_country_is_numbered_as_of_its_time() -> None:
    made = {"country": "YEM", "start": "1985-03-01", "end": "1985-03-01"}
    found = row("ucdp-ged", **made, **DEADLY)
    assert (found["country_id"], found["region"]) == (678, "Middle East")
    assert "country_id" not in row("ucdp-ged", country="SSD", start="2009-01-01", end="2009-01-01", **DEADLY)
