"""Natural Earth's outlines of countries, as rings of points: read from the TopoJSON that the pages' map has too.

The format: https://github.com/topojson/topojson-specification.
"""

import math
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

Ring = NDArray[np.float64]  # (points, 2): longitude, latitude in degrees
Box = tuple[float, float, float, float]  # west, south, east, north


class Outline(NamedTuple):
    """A country: its name, and for each part the outer ring and those of what is not part of it."""

    name: str
    parts: tuple[tuple[Ring, ...], ...]


@cache
def outlines() -> tuple[Outline, ...]:
    """Return all countries, by name."""
    drawn = msgspec.json.decode(files("byline").joinpath("web/static/vendor/countries-50m.json").read_bytes())
    scale, translate = (np.array(drawn["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in drawn["arcs"]]
    countries = drawn["objects"]["countries"]["geometries"]
    return tuple(sorted(_outline(country, arcs) for country in countries if country["type"] != "null"))


def _outline(country: dict[str, Any], arcs: list[Ring]) -> Outline:
    parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return Outline(country["properties"]["name"], tuple(tuple(_ring(r, arcs) for r in part) for part in parts))


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    """Return arcs joined end to start; one with a number below nought, ~n, runs backwards.

    A ring that crosses the date line goes on beyond 180 degrees; one around a pole is closed along it.
    """
    ring = np.concatenate([(arcs[n] if n >= 0 else arcs[~n][::-1])[1:] for n in numbers])
    ring[:, 0] = np.unwrap(ring[:, 0], period=360)
    first, last = ring[0], ring[-1]
    if abs(last[0] - first[0]) > 180:  # noqa: PLR2004 - half around
        pole = math.copysign(90, first[1])
        ring = np.concatenate((ring, [(last[0], pole), (first[0], pole)]))
    return ring


def clipped(ring: Ring, box: Box) -> Ring:
    """Return the part of a ring inside of a box, by Sutherland and Hodgman; empty if it lies outside."""
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        ring = _kept(ring, axis, limit, sign)
    return ring


def _kept(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    """Return the points of a ring on one side of a line, and those where it crosses the line."""
    inside = sign * (ring[:, axis] - limit) >= 0
    crossing = np.flatnonzero(inside != np.roll(inside, 1))
    here, before = ring[crossing], np.roll(ring, 1, axis=0)[crossing]
    share = (limit - before[:, axis]) / (here[:, axis] - before[:, axis])
    cuts = before + share[:, None] * (here - before)
    order = np.concatenate((crossing - 0.5, np.flatnonzero(inside)))
    return np.concatenate((cuts, ring[inside]))[np.argsort(order)]


def thinned(ring: Ring, fine: float) -> Ring:
    """Return a ring without the points that follow another in the same square of a grid."""
    squares = np.floor(ring / fine)
    return ring[np.any(squares != np.roll(squares, 1, axis=0), axis=1)]
