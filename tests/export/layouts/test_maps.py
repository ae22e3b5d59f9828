"""Maps, read with the libraries of others."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import geopandas
import pyogrio
import pytest

Written = Callable[[str, str], bytes]
Cells = Callable[[str], list[dict[str, object]]]


@pytest.mark.parametrize("name", ["events", "incidents"])
@pytest.mark.parametrize("form", ["geoparquet", "gpkg", "geojson"])
def test_a_map_has_the_rows_of_the_table_and_their_points(
    written: Written, cells: Cells, tmp_path: Path, name: str, form: str
) -> None:
    path = tmp_path / f"map.{form}"
    path.write_bytes(written(name, form))
    frame = geopandas.read_parquet(path) if form == "geoparquet" else geopandas.read_file(path)
    rows = cells(name)
    points = [None if point is None else (point.x, point.y) for point in frame.geometry]
    assert points == [(row["longitude"], row["latitude"]) if "latitude" in row else None for row in rows]
    assert any(points)
    assert None in points
    assert list(frame["type"]) == [row["type"] for row in rows]


def test_a_layer_has_the_name_of_its_layout_and_a_system_of_coordinates(written: Written, tmp_path: Path) -> None:
    path = tmp_path / "map.gpkg"
    path.write_bytes(written("incidents", "gpkg"))
    info = pyogrio.read_info(path)
    assert (info["layer_name"], info["crs"], info["geometry_type"]) == ("incidents", "EPSG:4326", "Point")


def test_coordinates_of_geoparquet_are_those_of_gps(written: Written) -> None:
    frame = geopandas.read_parquet(io.BytesIO(written("events", "geoparquet")))
    assert frame.crs == "OGC:CRS84"


def test_a_feature_has_its_columns_but_the_point_as_properties(written: Written) -> None:
    first, *_ = json.loads(written("events", "geojson"))["features"]
    assert first["id"] == first["properties"]["uid"]
    assert not {"latitude", "longitude"} & set(first["properties"])
