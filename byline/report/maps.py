"""The map of a briefing: where its incidents were, and how precisely that is known, drawn for grey print.

A spot is a disc whose area grows with its incidents. What is known by a district or province is a halo around the
middle of it. What is known by its country alone has no place on the map and is counted below it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from byline.report.land import HEIGHT, View, drawn, is_free, view_of
from byline.report.outlines import Box
from byline.report.records import Drawing
from byline.report.svg import WIDTH, box, path, svg, text
from byline.report.wording import MOST, country, many, short
from byline.report.wording import listed as in_words
from byline.store.totals import Listed

_MOST = 0.8  # of the incidents, those nearest to the middle of all, have a closer map,
_CLOSER = 4  # if it is so many times as close
_GATHERED = 7.0  # spots that are nearer to each other than this are one disc
_HALOS = {"district": 7.0, "province": 13.0}  # by how much a halo is wider than its disc would be
_LETTER = 5.4  # width of a letter of a label
_HALO = 'stroke="#fff" stroke-width="2.4" paint-order="stroke" stroke-linejoin="round"'
_DEGREE = 111.32  # kilometres, of latitude


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


def maps_of(found: Sequence[Listed]) -> tuple[Drawing, ...]:
    """Return the map of incidents, and a closer one where most lie near to each other; none if none has a spot."""
    placed = [one for one in found if _is_placed(one)]
    if not placed:
        return ()
    points = np.array([(one.longitude, one.latitude) for one in placed])
    whole = view_of(points)
    points[:, 0] = whole.turned(points[:, 0])
    apart = np.linalg.norm((points - np.median(points, axis=0)) * (whole.shrink, 1.0), axis=1)
    close = view_of(points[np.argsort(apart, kind="stable")[: math.ceil(_MOST * len(points))]])
    if (close.north - close.south) * _CLOSER > whole.north - whole.south:
        return (Drawing(title="Where", svg=_svg(placed, whole), alt=_alt(placed), caption=_caption(found)),)
    inside = [one for one, point in zip(placed, points, strict=True) if close.has(point)]
    caption = f"{many(len(inside), 'incident')} of {len(placed):,} with a known place: the part that is framed above."
    return (
        Drawing(title="Where", svg=_svg(placed, whole, close), alt=_alt(placed), caption=_caption(found)),
        Drawing(title="Where, closer", svg=_svg(inside, close), alt=_alt(inside, "Most of them"), caption=caption),
    )


def _svg(placed: Sequence[Listed], view: View, frame: View | None = None) -> str:
    spots = sorted(_spots(placed, view), key=lambda spot: (-spot.incidents, spot.name, spot.x))
    land = list(drawn(view))
    framed = _corners(view, frame) if frame else None
    taken = [_around(spot) for spot in spots] + ([framed] if framed else [])
    labels = list(_labels(spots, taken))
    names = [name for country in land if (name := country.name_beside(taken))]
    parts = [
        *(country.path for country in land), *names, *map(_disc, reversed(spots)),
        *(_framed(framed) if framed else ()), *labels, *_scale(view),
    ]  # fmt: skip
    sea = box(0, 0, WIDTH, HEIGHT, 'fill="#e9edf0"')
    edge = box(0.4, 0.4, WIDTH - 0.8, HEIGHT - 0.8, 'fill="none" stroke="#777" stroke-width=".8"')
    return svg(HEIGHT, [sea, *parts, edge])


def _corners(view: View, frame: View) -> Box:
    """Return where one view lies in another, on the drawing."""
    corners = np.array([(frame.west, frame.north), (frame.east, frame.south)])
    (left, top), (right, bottom) = view.on_paper(corners).tolist()
    return left, top, right, bottom


def _framed(frame: Box) -> Iterator[str]:
    left, top, right, bottom = frame
    for style in ('stroke="#fff" stroke-width="3"', 'stroke="#1c1c1c" stroke-width="1.1"'):
        yield box(left, top, right - left, bottom - top, f'fill="none" {style}')


def _is_placed(one: Listed) -> bool:
    """Whether a spot or an area is known: a country with coordinates is none."""
    return one.precision in {"point", "place", *_HALOS}


def _precision(one: Listed) -> str:
    return one.precision if one.precision in _HALOS else "place"


def _spots(placed: Iterable[Listed], view: View) -> Iterator[Spot]:
    """Yield discs and halos; spots of one precision that would cover each other are gathered."""
    cells: dict[tuple[str, int, int], list[tuple[float, float, str]]] = {}
    for one in placed:
        ((x, y),) = view.on_paper(np.array([(view.turned(one.longitude), one.latitude)])).tolist()
        cell = _precision(one), int(x // _GATHERED), int(y // _GATHERED)
        cells.setdefault(cell, []).append((x, y, one.place or ""))
    for (precision, _, _), inside in cells.items():
        (name, _), *others = Counter(name for _, _, name in inside).most_common()
        x, y = (sum(axis) / len(inside) for axis in ([x for x, _, _ in inside], [y for _, y, _ in inside]))
        yield Spot(x, y, len(inside), name + (f" +{len(others)}" if others else ""), precision)


def _disc(spot: Spot) -> str:
    style = (
        'fill="#1c1c1c" fill-opacity=".82" stroke="#fff" stroke-width=".9"'
        if spot.precision == "place"
        else 'fill="#1c1c1c" fill-opacity=".13" stroke="#1c1c1c" stroke-width=".9" stroke-dasharray="2.5 2"'
    )
    return f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.radius:.1f}" {style}/>'


def _labels(spots: Sequence[Spot], taken: list[Box]) -> Iterator[str]:
    """Yield names of the busiest spots, each where it covers nothing that is `taken`, to which it is added."""
    named = 0
    for spot in spots:
        words = short(spot.name, 28)
        place = next((p for p in _places(spot, len(words) * _LETTER) if is_free(p, taken)), None)
        if words and place and named < MOST["labels"]:
            taken.append(place)
            named += 1
            yield text(place[0], place[3] - 2.5, words, f'fill="#111" {_HALO}')


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


def _scale(view: View) -> Iterator[str]:
    """Yield a bar with a round number of kilometres, true in the middle of the map."""
    kilometre = WIDTH / ((view.east - view.west) * _DEGREE * view.shrink)
    length = max(n * 10**power for power in range(5) for n in (1, 2, 5) if n * 10**power * kilometre < WIDTH / 4)
    x, y, end = 12.0, HEIGHT - 12, 12 + length * kilometre
    yield path(f"M{x} {y - 4}V{y}H{end:.1f}V{y - 4}", 'fill="none" stroke="#333"')
    yield text(end + 5, y + 1, f"{length:,} km", f'fill="#333" {_HALO}')


def _alt(placed: Sequence[Listed], what: str = "Places of incidents") -> str:
    places = Counter(short(one.place) for one in placed if one.place)
    busiest = (f"{name} ({many(count, 'incident')})" for name, count in places.most_common())
    return f"{what}, the busiest first: {in_words(busiest, MOST['labels'])}."


def _caption(found: Sequence[Listed]) -> str:
    """Return how to read the map, and what is not on it."""
    placed = [one for one in found if _is_placed(one)]
    counted = Counter(map(_precision, placed))
    at = f"{many(counted['place'], 'incident')} at a known place (discs; their area grows with the incidents)"
    known = [at] if counted["place"] else []
    known += [f"{counted[name]:,} known by {name} (dashed halos)" for name in _HALOS if counted[name]]
    wide = Counter(country(one.country) for one in found if not _is_placed(one) and one.country)
    missing = [f"{count:,} known by {name} alone" for name, count in wide.most_common(MOST["sayers"])]
    others = sum(wide.values()) - sum(count for _, count in wide.most_common(MOST["sayers"]))
    missing += [f"{others:,} by other countries alone"] if others else []
    nowhere = sum(not _is_placed(one) and not one.country for one in found)
    missing += [f"{nowhere:,} without a known place"] if nowhere else []
    not_drawn = f" Not drawn: {', '.join(missing)}." if missing else ""
    return f"{', '.join(known)}.{not_drawn} Outlines: Natural Earth; they express no opinion on borders."
