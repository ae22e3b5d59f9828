"""The map of a briefing: where its incidents were, and how precisely that is known, drawn for grey print.

A spot is a disc whose area grows with its incidents. What is known by a district or province is a halo around the
middle of it. What is known by its country alone has no place on the map and is counted below it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

import numpy as np

from byline.report.outlines import Box, Outline, Ring, clipped, outlines, thinned
from byline.report.records import Drawing
from byline.report.wording import MOST, WORDS, country, listed as in_words, many, short
from byline.store.totals import Listed

WIDTH, HEIGHT = 680.0, 400.0
_LEAST = 3.0  # degrees of latitude that are shown at least
_AROUND = 0.18  # of the extent of the spots, that is shown around them
_FINE = 0.6  # points of an outline that are nearer to each other than this are one
_GATHERED = 7.0  # spots that are nearer to each other than this are one disc
_HALOS = {"district": 7.0, "province": 13.0}  # by how much a halo is wider than its disc would be
_LETTER = 5.4  # width of a letter of a label
_SHEET = (-9.0, -9.0, WIDTH + 9.0, HEIGHT + 9.0)  # what is drawn: lines along its edges are not seen
_LAND = 'fill="#fbfaf7" stroke="#8d8d8d" stroke-width=".6" stroke-linejoin="round" fill-rule="evenodd"'


class Spot(NamedTuple):
    """A disc or halo: the middle on the drawing, incidents, the name of its busiest place, how precise it is."""

    x: float
    y: float
    incidents: int
    name: str
    precision: str

    @property
    def radius(self) -> float:
        return min(2.0 + 1.5 * math.sqrt(self.incidents), 22.0) + _HALOS.get(self.precision, 0.0)


class View(NamedTuple):
    """What a map shows, and how: an equidistant cylinder that is true to scale in the middle of it."""

    west: float
    south: float
    east: float
    north: float

    def on_paper(self, degrees: Ring) -> Ring:
        """Return points (points, 2) on the drawing; a longitude is taken where it is in view."""
        scale = WIDTH / (self.east - self.west), HEIGHT / (self.north - self.south)
        return np.column_stack(((degrees[:, 0] - self.west) * scale[0], (self.north - degrees[:, 1]) * scale[1]))

    def turned(self, longitude: float) -> float:
        """Return a longitude as it is counted in this view, which may reach over the date line."""
        return longitude + 360 if longitude < self.west else longitude


def map_of(found: Sequence[Listed]) -> Drawing | None:
    """Return the map of incidents; None if no spot of any is known."""
    placed = [one for one in found if _is_placed(one)]
    if not placed:
        return None
    view = _view([(one.longitude or 0.0, one.latitude or 0.0) for one in placed])
    spots = sorted(_spots(placed, view), key=lambda spot: (-spot.incidents, spot.name))
    labels, names = list(_labels(spots)), list(_land(view))
    drawn = [*(path for path, _ in names), *(name for _, name in names), *map(_disc, reversed(spots)), *labels, _scale(view)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}" font-family="Libertinus Serif, Georgia, serif">'
        f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#e9edf0"/>{"".join(drawn)}'
        f'<rect x=".4" y=".4" width="{WIDTH - 0.8:g}" height="{HEIGHT - 0.8:g}" fill="none" stroke="#777" stroke-width=".8"/></svg>'
    )
    return Drawing(title="Where", svg=svg, alt=_alt(spots), caption=_caption(found))


def _is_placed(one: Listed) -> bool:
    """Whether a spot or an area is known: a country with coordinates is none."""
    return one.precision in {"point", "place", *_HALOS}


def _view(points: Sequence[tuple[float, float]]) -> View:
    """Return what has all points in it, in the proportions of the drawing; it leaves out the widest gap between them."""
    x = sorted({longitude for longitude, _ in points})
    gaps = [(after - before, after) for before, after in zip(x, [*x[1:], x[0] + 360], strict=True)]
    west = max(gaps)[1] % 360
    west = west - 360 if west >= 180 else west
    east = max(longitude + 360 if longitude < west else longitude for longitude in x)
    south, north = min(y for _, y in points), max(y for _, y in points)
    middle = ((west + east) / 2, (south + north) / 2)
    shrink = max(math.cos(math.radians(middle[1])), 0.2)
    high = max((north - south) * (1 + 2 * _AROUND), (east - west) * (1 + 2 * _AROUND) * shrink * HEIGHT / WIDTH, _LEAST)
    high = min(high, 360 * shrink * HEIGHT / WIDTH, 180.0)
    wide = min(high * WIDTH / HEIGHT / shrink, 360.0)
    base = min(max(middle[1] - high / 2, -90.0), 90.0 - high)
    return View(middle[0] - wide / 2, base, middle[0] + wide / 2, base + high)


def _spots(placed: Iterable[Listed], view: View) -> Iterator[Spot]:
    """Yield discs and halos; spots of one precision that would cover each other are gathered."""
    cells: dict[tuple[str, int, int], list[tuple[float, float, str]]] = {}
    for one in placed:
        degrees = np.array([[view.turned(one.longitude or 0.0), one.latitude or 0.0]])
        ((x, y),) = view.on_paper(degrees).tolist()
        precision = one.precision if one.precision in _HALOS else "place"
        cell = precision, int(x // _GATHERED), int(y // _GATHERED)
        cells.setdefault(cell, []).append((x, y, one.place or ""))
    for (precision, _, _), inside in cells.items():
        (name, _), *others = Counter(name for _, _, name in inside).most_common()
        middle = (sum(one[axis] for one in inside) / len(inside) for axis in (0, 1))
        yield Spot(*middle, len(inside), name + (f" +{len(others)}" if others else ""), precision)


def _disc(spot: Spot) -> str:
    style = (
        'fill="#1c1c1c" fill-opacity=".82" stroke="#fff" stroke-width=".9"'
        if spot.precision == "place"
        else 'fill="#1c1c1c" fill-opacity=".13" stroke="#1c1c1c" stroke-width=".9" stroke-dasharray="2.5 2"'
    )
    return f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.radius:.1f}" {style}/>'


def _land(view: View) -> Iterator[tuple[str, str]]:
    """Yield the outline of each country in view, and its name where there is room for it."""
    for outline in outlines():
        parts = [drawn for part in outline.parts for turn in (-360.0, 0.0, 360.0) if (drawn := _part(part, turn, view))]
        if parts:
            rings = ("L".join(f"{x:.1f} {y:.1f}" for x, y in ring.tolist()) for part in parts for ring in part)
            path = "".join(f"M{ring}Z" for ring in rings)
            yield f'<path d="{path}" {_LAND}/>', _name(outline, max((part[0] for part in parts), key=_area))


def _part(part: Sequence[Ring], turn: float, view: View) -> list[Ring]:
    """Return the rings of a part of a country as they are drawn, without points that nobody could tell apart."""
    (west, south), (east, north) = part[0].min(axis=0), part[0].max(axis=0)
    if east + turn < view.west or west + turn > view.east or north < view.south or south > view.north:
        return []
    drawn = (thinned(view.on_paper(ring + (turn, 0.0)), _FINE) for ring in part)
    return [ring for one in drawn if len(one) and len(ring := clipped(one, _SHEET)) > 2]  # noqa: PLR2004 - a triangle


def _area(ring: Ring) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def _name(outline: Outline, ring: Ring) -> str:
    """Return the name of a country in the middle of what is seen of it; nothing where it would not fit."""
    seen = np.clip(ring, (0, 0), (WIDTH, HEIGHT))
    (left, top), (right, bottom) = seen.min(axis=0), seen.max(axis=0)
    wide = len(outline.name) * 7.2
    if right - left < wide or bottom - top < 22 or _area(seen) < wide * 26:  # noqa: PLR2004 - a line of type
        return ""
    x, y = _middle(seen)
    x = min(max(x, wide / 2 + 4), WIDTH - wide / 2 - 4)
    return (
        f'<text x="{x:.1f}" y="{min(max(y, 14), HEIGHT - 8):.1f}" text-anchor="middle" font-size="10.5" fill="#6d6d6d" '
        f'letter-spacing="1.2">{escape(outline.name.upper())}</text>'
    )


def _middle(ring: Ring) -> tuple[float, float]:
    """Return the centre of gravity of a ring."""
    x, y = ring[:, 0], ring[:, 1]
    cross = np.roll(x, 1) * y - x * np.roll(y, 1)
    total = float(cross.sum()) or 1.0
    return tuple(float(((np.roll(axis, 1) + axis) * cross).sum() / (3 * total)) for axis in (x, y))  # type: ignore[return-value]


def _labels(spots: Sequence[Spot]) -> Iterator[str]:
    """Yield names of the busiest spots, each where it covers neither another name nor a disc."""
    taken = [_around(spot) for spot in spots]
    named = 0
    for spot in spots:
        words = short(spot.name, 28)
        place = next((p for p in _places(spot, len(words) * _LETTER) if _is_free(p, taken)), None)
        if words and place and named < MOST["labels"]:
            taken.append(place)
            named += 1
            yield (
                f'<text x="{place[0]:.1f}" y="{place[3] - 2.5:.1f}" font-size="11" fill="#111" stroke="#fff" stroke-width="2.4" '
                f'paint-order="stroke" stroke-linejoin="round">{escape(words)}</text>'
            )


def _around(spot: Spot) -> Box:
    return spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius


def _places(spot: Spot, wide: float) -> Iterator[Box]:
    """Yield where a name may stand: right, left, above, below."""
    gap, high = spot.radius + 2.5, 12.0
    for x, y in (
        (spot.x + gap, spot.y - high / 2), (spot.x - gap - wide, spot.y - high / 2),
        (spot.x - wide / 2, spot.y - gap - high), (spot.x - wide / 2, spot.y + gap),
    ):  # fmt: skip
        yield x, y, x + wide, y + high


def _is_free(place: Box, taken: Iterable[Box]) -> bool:
    left, top, right, bottom = place
    is_inside = left > 2 and top > 2 and right < WIDTH - 2 and bottom < HEIGHT - 2  # noqa: PLR2004 - the frame
    return is_inside and all(right < a or left > c or bottom < b or top > d for a, b, c, d in taken)


def _scale(view: View) -> str:
    """Return a bar with a round number of kilometres, true in the middle of the map."""
    middle = math.radians((view.south + view.north) / 2)
    kilometres = WIDTH / ((view.east - view.west) * 111.32 * max(math.cos(middle), 0.2))  # pixels each
    length = max(n * 10**power for power in range(5) for n in (1, 2, 5) if n * 10**power * kilometres < WIDTH / 4)
    x, y, wide = 12.0, HEIGHT - 12, length * kilometres
    return (
        f'<path d="M{x} {y - 4}V{y}H{x + wide:.1f}V{y - 4}" fill="none" stroke="#333" stroke-width="1"/>'
        f'<text x="{x + wide + 5:.1f}" y="{y + 1}" font-size="10" fill="#333" stroke="#fff" stroke-width="2" paint-order="stroke">'
        f"{length:,} km</text>"
    )


def _alt(spots: Sequence[Spot]) -> str:
    busiest = (f"{spot.name} ({many(spot.incidents, 'incident')})" for spot in spots if spot.name)
    return f"Map of the places of incidents, the busiest first: {in_words(busiest, MOST['labels'])}."


def _caption(found: Sequence[Listed]) -> str:
    """Return how to read the map, and what is not on it."""
    counted = Counter(one.precision if one.precision in _HALOS else "place" for one in found if _is_placed(one))
    drawn = [f"{many(counted['place'], 'incident')} at a known place (discs; their area grows with the incidents)"]
    drawn += [f"{counted[name]:,} known by {name} (dashed halos)" for name in _HALOS if counted[name]]
    wide = Counter(country(one.country) for one in found if not _is_placed(one) and one.country)
    missing = [f"{count:,} known by {name} alone" for name, count in wide.most_common(MOST["sayers"])]
    others = sum(wide.values()) - sum(count for _, count in wide.most_common(MOST["sayers"]))
    missing += [f"{others:,} by other countries alone"] if others else []
    nowhere = sum(not _is_placed(one) and not one.country for one in found)
    missing += [f"{nowhere:,} without a known place"] if nowhere else []
    not_drawn = f" Not drawn: {', '.join(missing)}." if missing else ""
    return f"{', '.join(drawn)}.{not_drawn} Outlines: Natural Earth; they express no opinion on borders."
