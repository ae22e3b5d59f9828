"""What a map shows of the world: the part that is in view, and the countries in it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from byline.report.outlines import Box, Ring, clipped, outlines, thinned
from byline.report.svg import WIDTH, path, text

HEIGHT = 400.0
_LEAST = 3.0  # degrees of latitude that are shown at least
_AROUND = 0.18  # of the extent of the spots, that is shown around them
_FINE = 0.6  # points of an outline that are nearer to each other than this are one
_SHEET = (-9.0, -9.0, WIDTH + 9.0, HEIGHT + 9.0)  # what is drawn: lines along its edges are not seen
_LAND = 'fill="#fbfaf7" stroke="#8d8d8d" stroke-width=".6" stroke-linejoin="round" fill-rule="evenodd"'
_LETTER, _LINE = 7.4, 13.0  # of a country's name


class View(NamedTuple):
    """The part of the world on a map, in degrees: an equidistant cylinder, true to scale along its middle.

    It may reach over the date line; longitudes go on beyond 180 then.
    """

    west: float
    south: float
    east: float
    north: float

    @property
    def shrink(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle."""
        return _shrink((self.south + self.north) / 2)

    def on_paper(self, degrees: Ring) -> Ring:
        """Return points, (points, 2), on the drawing."""
        scale = WIDTH / (self.east - self.west), HEIGHT / (self.north - self.south)
        return np.column_stack(((degrees[:, 0] - self.west) * scale[0], (self.north - degrees[:, 1]) * scale[1]))

    def turned(self, longitude: Any) -> Any:  # noqa: ANN401 - a number or an array of them
        """Return longitudes as they are counted in this view."""
        return self.west + (longitude - self.west) % 360

    def has(self, point: Ring) -> bool:
        """Whether a point, turned, is in view."""
        return bool(self.west <= point[0] <= self.east and self.south <= point[1] <= self.north)


class Country(NamedTuple):
    """A country as it is drawn: its outline, its name, and the largest of its parts that are seen."""

    path: str
    name: str
    seen: Ring

    def name_beside(self, taken: list[Box]) -> str:
        """Return the name in the middle of what is seen; nothing if it would not fit, or covers what is `taken`."""
        wide = len(self.name) * _LETTER
        (left, top), (right, bottom) = self.seen.min(axis=0), self.seen.max(axis=0)
        if right - left < wide or bottom - top < 2 * _LINE or _area(self.seen) < wide * 2 * _LINE:
            return ""
        x, y = _middle(self.seen)
        place = x - wide / 2, y - _LINE / 2, x + wide / 2, y + _LINE / 2
        if not is_free(place, taken):
            return ""
        taken.append(place)
        style = 'text-anchor="middle" font-size="10" fill="#6d6d6d" letter-spacing="1"'
        return text(x, y + 3.5, self.name.upper(), style)


def view_of(points: Ring) -> View:
    """Return what has all points in it, in the proportions of the drawing; the widest gap between them is left out."""
    x = np.unique(points[:, 0])
    gaps = np.diff(x, append=x[0] + 360)
    west = float(np.roll(x, -1)[np.argmax(gaps)])
    east = float(np.where(x < west, x + 360, x).max())
    south, north = float(points[:, 1].min()), float(points[:, 1].max())
    x_middle, y_middle = (west + east) / 2, (south + north) / 2
    x_middle -= 360 if x_middle >= 180 else 0  # noqa: PLR2004 - half around
    degree = _shrink(y_middle) * HEIGHT / WIDTH  # of latitude, as high as one of longitude is wide for the drawing
    high = max((north - south) * (1 + 2 * _AROUND), (east - west) * (1 + 2 * _AROUND) * degree, _LEAST)
    high = min(high, 360 * degree, 180.0)
    wide, base = high / degree, min(max(y_middle - high / 2, -90.0), 90.0 - high)
    return View(x_middle - wide / 2, base, x_middle + wide / 2, base + high)


def _shrink(latitude: float) -> float:
    return max(math.cos(math.radians(latitude)), 0.25)


def drawn(view: View) -> Iterator[Country]:
    """Yield the countries in view, the largest first."""
    found = []
    for outline in outlines():
        parts = [seen for part in outline.parts for turn in (-360.0, 0.0, 360.0) if (seen := _part(part, turn, view))]
        if parts:
            rings = ("L".join(f"{x:.1f} {y:.1f}" for x, y in ring.tolist()) for part in parts for ring in part)
            area = path("".join(f"M{ring}Z" for ring in rings), _LAND)
            found.append(Country(area, outline.name, max((part[0] for part in parts), key=_area)))
    yield from sorted(found, key=lambda country: -_area(country.seen))


def _part(part: Sequence[Ring], turn: float, view: View) -> list[Ring]:
    """Return the rings of a part of a country as they are drawn, without points that nobody could tell apart."""
    (west, south), (east, north) = part[0].min(axis=0), part[0].max(axis=0)
    if east + turn < view.west or west + turn > view.east or north < view.south or south > view.north:
        return []
    fine = (thinned(view.on_paper(ring + np.array((turn, 0.0))), _FINE) for ring in part)
    return [ring for one in fine if len(one) and len(ring := clipped(one, _SHEET)) > 2]  # noqa: PLR2004 - a triangle


def is_free(place: Box, taken: Iterable[Box]) -> bool:
    """Whether a box is on the drawing and covers none of others."""
    left, top, right, bottom = place
    is_inside = left > 2 and top > 2 and right < WIDTH - 2 and bottom < HEIGHT - 2  # noqa: PLR2004 - the frame
    return is_inside and all(right < a or left > c or bottom < b or top > d for a, b, c, d in taken)


def _area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def _middle(ring: Ring) -> tuple[float, float]:
    """Return the centre of gravity of a ring."""
    x, y = ring[:, 0], ring[:, 1]
    cross = np.roll(x, 1) * y - x * np.roll(y, 1)
    total = float(cross.sum()) or 1.0
    return (
        float(((np.roll(x, 1) + x) * cross).sum() / (3 * total)),
        float(((np.roll(y, 1) + y) * cross).sum() / (3 * total)),
    )
