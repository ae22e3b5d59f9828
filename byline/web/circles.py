"""Where the events of a selection are: gathered into circles, so that any number of them is drawn at once.

Only what is known to be one spot, or part of a country, has a circle: a whole country or region never does, and is
counted apart. Places and areas (districts, provinces) are gathered apart, so that a circle says how precise it is.
"""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from byline.store import Archive, Facet, Filter, find
from byline.store.filters import Parameter, Parameters, QueryError, Readers, box, read, text

Box = tuple[float, float, float, float]
WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
_APART = 44  # pixels between the middles of circles
_TILE = 512  # pixels of the whole world at zoom 0
_ZOOMS = -4.0, 22.0  # on a phone the whole world is smaller than at 0
_PRECISION: Facet = "precision"
_SETS = {"place": ("point", "place"), "district": ("district",), "province": ("province",)}


def looked_at(query: Parameters) -> tuple[float, Box]:
    """Return the zoom and bounds of a map from an address; QueryError if they are none."""
    fields = read([(name, value) for name, value in query if name in LOOK and value], LOOK)
    return fields.get("zoom", 0.0), fields.get("view", WORLD)


def _zoom(name: str, values: list[str]) -> float:
    value = text(name, values)
    try:
        found = float(value)
    except ValueError as error:
        raise QueryError(f"{name} is {value[:40]!r}. Give a number.") from error
    if not _ZOOMS[0] <= found <= _ZOOMS[1]:
        raise QueryError(f"{name} is {found:g}. Give a number from {_ZOOMS[0]:g} to {_ZOOMS[1]:g}.")
    return found


LOOK: Readers = {
    "zoom": Parameter("zoom", _zoom, "The zoom of the map: at 0 the whole world is 512 pixels wide."),
    "view": Parameter("view", box, "What is in view: west, south, east, north in degrees."),
}


def circles(archive: Archive, wanted: Filter, zoom: float, view: Box) -> dict[str, Any]:
    """Return GeoJSON: a point for each circle in view, with `events`, `precision` and, of a single place, its name.

    `bounds` hold all circles, in view or not; `wide` counts events known by country or region, or by an area whose
    middle is not known, `nowhere` those without a place.
    """
    with archive.snapshot():
        found = find(archive, wanted)
        points = found.points
        has_point = ~np.isnan(points[:, 0])
        features = []
        for precision, values in _SETS.items():
            here = points[has_point & found.has(_PRECISION, values)]
            features += [_feature(precision, *one) for one in _gathered(_in_view(here, view), zoom)]
        wide = int((~has_point & ~found.has(_PRECISION, ("",))).sum())
    return {
        "type": "FeatureCollection",
        "features": features,
        "bounds": _bounds(points[has_point]),
        "wide": wide,
        "nowhere": len(found) - int(has_point.sum()) - wide,
    }


def _in_view(points: NDArray[np.float32], view: Box) -> NDArray[np.float32]:
    west, south, east, north = view
    x, y = points[:, 0], points[:, 1]
    within = (x >= west) & (x <= east) if west <= east else (x >= west) | (x <= east)
    return points[within & (y >= south) & (y <= north)]


def _gathered(points: NDArray[np.float32], zoom: float) -> list[tuple[float, float, int]]:
    """Return the middle of the points in each square of a grid, in degrees, and how many there are."""
    if not len(points):
        return []
    size = _APART / (_TILE * 2**zoom)
    x = (points[:, 0] + 180) / 360
    y = np.arcsinh(np.tan(np.radians(np.clip(points[:, 1], -85, 85)))) / (2 * math.pi)  # Mercator's
    squares = np.floor(x / size).astype(np.int64) << 32 | np.floor((y + 1) / size).astype(np.int64)
    _, which, count = np.unique(squares, return_inverse=True, return_counts=True)
    middle = [np.bincount(which, weights=points[:, n].astype(np.float64)) / count for n in (0, 1)]
    return list(zip(*(m.round(5).tolist() for m in middle), count.tolist(), strict=True))


def _feature(precision: str, longitude: float, latitude: float, events: int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {"events": events, "precision": precision},
    }


def _bounds(points: NDArray[np.float32]) -> Box | None:
    if not len(points):
        return None
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return west, south, east, north
