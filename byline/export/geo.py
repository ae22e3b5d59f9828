"""Maps: rows with a longitude and a latitude as GeoJSON, GeoParquet, GeoPackage. Where it is not known, no geometry."""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from byline.errors import ConfigurationError
from byline.export.columns import Columns
from byline.export.layout import Chosen, Write
from byline.export.tables import Rows

if TYPE_CHECKING:
    import pyarrow as pa

_POINT = ("longitude", "latitude")
_GEO: Mapping[str, object] = {  # https://geoparquet.org/releases/v1.1.0: without a crs it is OGC:CRS84
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}
_NO_TIME = "2000-01-01T00:00:00.000Z"  # of writing: the same rows are to give the same bytes


def maps(rows: Rows, columns: Columns, id: str, layer: str) -> dict[str, Write]:
    """Return the forms of a table with coordinates that maps read; `id` is the column that names a row."""

    def tables(chosen: Chosen) -> "Iterator[pa.Table]":
        from byline.export.arrow import arrow_tables  # noqa: PLC0415 - an extra

        return arrow_tables(map(itemgetter(*columns), rows(chosen)), columns)

    return maps_of(rows, tables, columns, id, layer)


def maps_of(
    rows: Rows, tables: "Callable[[Chosen], Iterator[pa.Table]]", columns: Columns, id: str, layer: str
) -> dict[str, Write]:
    """Return the same where the rows can be had as tables of Arrow, too."""

    def arrow(write: "Callable[[Iterator[pa.Table], pa.Schema, BinaryIO], None]") -> Write:
        def written(chosen: Chosen, out: BinaryIO) -> None:
            from byline.export.arrow import schema_of  # noqa: PLC0415 - an extra

            write(tables(chosen), schema_of(columns), out)

        return written

    return {
        "geojson": lambda chosen, out: out.writelines(geojson(rows(chosen), columns, id)),
        "geoparquet": arrow(write_geoparquet),
        "gpkg": arrow(partial(write_geopackage, layer=layer)),
    }


def geojson(rows: Iterable[Mapping[str, object]], names: Collection[str], id: str) -> Iterator[bytes]:
    """Yield a FeatureCollection (RFC 7946) piece by piece; `names` are the columns that are kept as properties."""
    kept = [name for name in names if name not in _POINT]
    yield b'{"type": "FeatureCollection", "features": ['
    between = b"\n"
    for row in rows:
        yield between + msgspec.json.encode(_feature(row, kept, id))
        between = b",\n"
    yield b"\n]}\n"


def _feature(row: Mapping[str, object], kept: Iterable[str], id: str) -> dict[str, object]:
    point = [row[name] for name in _POINT]
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    return {"type": "Feature", "id": row[id], "geometry": geometry, "properties": {name: row[name] for name in kept}}


def write_geoparquet(tables: "Iterable[pa.Table]", schema: "pa.Schema", out: BinaryIO) -> None:
    """Write GeoParquet 1.1."""
    from byline.export.arrow import write_parquet  # noqa: PLC0415 - an extra

    whole = _with_geometry(schema).with_metadata({"geo": msgspec.json.encode(_GEO)})
    write_parquet((_with_points(table, whole) for table in tables), whole, out)


def write_geopackage(tables: "Iterable[pa.Table]", schema: "pa.Schema", out: BinaryIO, *, layer: str) -> None:
    """Write a GeoPackage with one layer, in WGS 84; ConfigurationError if pyogrio is not installed."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    try:
        import pyogrio  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigurationError(f"{error}. Install what GeoPackage needs with: pip install 'byline[geo]'") from error
    whole = _with_geometry(schema)
    batches = (batch for table in tables for batch in _with_points(table, whole).to_batches())
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NO_TIME})
    with TemporaryDirectory(prefix="byline-") as folder:
        path = Path(folder) / "layer.gpkg"
        pyogrio.write_arrow(
            pa.RecordBatchReader.from_batches(whole, batches), path, driver="GPKG", layer=layer,
            geometry_name="geometry", geometry_type="Point", crs="EPSG:4326",
        )  # fmt: skip
        with path.open("rb") as made:
            shutil.copyfileobj(made, out)


def _with_geometry(schema: "pa.Schema") -> "pa.Schema":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return schema.append(pa.field("geometry", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"}))


def _with_points(table: "pa.Table", schema: "pa.Schema") -> "pa.Table":
    """Return a table with its points as well-known binary: little-endian, type 1, x and y."""
    import numpy as np  # noqa: PLC0415 - as the next
    import pyarrow as pa  # noqa: PLC0415 - an extra
    import pyarrow.compute as pc  # noqa: PLC0415

    points = np.zeros(len(table), [("order", "u1"), ("type", "<u4"), ("x", "<f8"), ("y", "<f8")])
    points["order"] = points["type"] = 1
    for axis, name in zip("xy", _POINT, strict=True):
        points[axis] = pc.fill_null(table[name], 0.0).to_numpy()
    words = pa.Array.from_buffers(pa.binary(points.itemsize), len(table), [None, pa.py_buffer(points.tobytes())])
    known = pc.and_(*(pc.is_valid(table[name]) for name in _POINT))
    geometry = pc.if_else(known, words.cast(pa.binary()), pa.scalar(None, pa.binary()))
    return pa.Table.from_arrays([*table.columns, geometry], schema=schema)
