"""Place names and where they are: the compiled gazetteer, looked up by name, offline.

The file is one line of JSON (what it holds, where its blocks begin) and blocks of
compressed lines sorted by folded name. A look-up reads one block, so that loading
is instant and memory small. `tools/build_gazetteer.py` writes it from GeoNames.
"""

import json
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import takewhile
from types import MappingProxyType
from typing import Literal, NamedTuple

from byline import knowledge
from byline.coding.places.spelling import fold, plain
from byline.errors import ConfigurationError

Kind = Literal["place", "district", "province", "region", "country"]
Match = Literal["name", "alternate", "variant"]
FILE = "places/gazetteer.bin"
_BLOCK = 6000
_CACHED = 1 << 15  # names
_SHORTEST_VARIANT = 5


class Place(NamedTuple):
    """An entry: ``country`` is alpha-3, ``province`` GeoNames' code ("IQ.02"), coordinates are degrees.

    Of countries and wide regions the coordinates are a representative point, never a pin (`country_points.toml`),
    and ``population`` is 0; a wide region may have no country.
    """

    name: str
    kind: Kind
    country: str | None
    province: str
    population: int
    latitude: float | None
    longitude: float | None
    geonames_id: int | None


class Candidate(NamedTuple):
    """A place that a name may stand for, and how well the name fits it.

    "name": its main name, with or without "City", or a spelling of it on record; "alternate": another name of it;
    "variant": a spelling that is not on record, but sounds like one that is.
    """

    place: Place
    match: Match


class Gazetteer:
    """Places by name. Immutable after loading; look-ups are cached, the cache is bounded."""

    def __init__(self, data: bytes, added: Mapping[str, list[str]] = MappingProxyType({})) -> None:
        """Take what `write` returned, and further lines by folded name; ConfigurationError if it is something else."""
        head, _, _ = data.partition(b"\n")
        self._data, self._start = data, len(head) + 1
        try:
            header = json.loads(head)
        except ValueError as error:
            message = "The gazetteer file is damaged: its first line is no JSON. Build it anew."
            raise ConfigurationError(message) from error
        self._first: list[str] = header["first"]
        self._offsets: list[int] = header["offsets"]
        self._provinces: dict[str, str] = header["provinces"]
        self._wide = _wide_places()
        self._added = added
        self.find = lru_cache(maxsize=_CACHED)(self._find)

    @classmethod
    def load(cls) -> "Gazetteer":
        """Return the gazetteer that comes with Byline, read once."""
        return _shipped()

    def with_places(self, places: Iterable[tuple[Place, Iterable[str]]]) -> "Gazetteer":
        """Return this gazetteer with further places, each with its names; ConfigurationError if one is no place."""
        added = {key: list(lines) for key, lines in self._added.items()}
        for place, names in places:
            if place.kind not in _KINDS.values() or place.latitude is None or place.longitude is None:
                raise ConfigurationError(
                    f"{place} is no place of a gazetteer. Give a place, district or province, with its degrees."
                )
            for line in _lines_of(place, names):
                added.setdefault(line.partition("\t")[0], []).append(line)
        return Gazetteer(self._data, added)

    def province_of(self, place: Place) -> str | None:
        """Return the name of the first-level division that the place lies in."""
        return self._provinces.get(place.province)

    def _find(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that the name may stand for, best fit first, then by population.

        Countries and wide regions are matched with their capital letters. Other
        spellings of a name count only where no place has the name itself.
        """
        wide = self._wide.get(name, ())
        exact, key = plain(name), fold(name)
        city = "" if any(c.place.kind == "country" for c in wide) else fold(f"{exact} city")  # "Kuwait" is the country
        found = [*wide, *(_candidate(line, exact, (key, city)) for line in self._lines(key))] if exact else [*wide]
        known = [c for c in found if c.match != "variant"]
        if not known and len(exact) < _SHORTEST_VARIANT:
            return ()
        return tuple(sorted(known or found, key=_by_fit))

    def _lines(self, key: str) -> Iterable[str]:
        """Yield the lines of one folded name; they may run over several blocks."""
        yield from self._added.get(key, ())
        start = key + "\t"
        at = max(0, bisect_left(self._first, start) - 1)
        while at < len(self._first) and self._first[at] <= start:
            block = b"\n" + zlib.decompress(self._block(at))
            first = block.find(b"\n" + start.encode()) + 1  # most names that are looked up are no places
            if first:
                yield from takewhile(lambda line: line.startswith(start), block[first:].decode().split("\n"))
            at += 1

    def _block(self, number: int) -> bytes:
        """Return a block of lines, packed."""
        return self._data[self._start + self._offsets[number] : self._start + self._offsets[number + 1]]


def _by_fit(candidate: Candidate) -> tuple[bool, bool, int, int]:
    place = candidate.place
    named = place.kind in {"country", "region"}
    return (candidate.match != "name", not named, -place.population, place.geonames_id or 0)


def _candidate(line: str, exact: str, main: tuple[str, str]) -> Candidate:
    """Return the place of a line, fitting as "name" where its own name folds to one of the main names."""
    fields = line.split("\t")
    _, name, kind, country, province, population, latitude, longitude, number, spellings = fields
    place = Place(
        name, _KINDS[kind], country, province, int(population), float(latitude), float(longitude), int(number) or None
    )
    if plain(name) != exact and exact not in spellings.split("|"):
        return Candidate(place, "variant")
    return Candidate(place, "name" if fold(name) in main else "alternate")


_KINDS: dict[str, Kind] = {"P": "place", "D": "district", "A": "province"}


def write(entries: Iterable[tuple[Place, Iterable[str]]], provinces: dict[str, str]) -> bytes:
    """Return the gazetteer file of places with all their names; same input, same bytes."""
    lines = sorted({line for place, names in entries for line in _lines_of(place, names)})
    first, offsets, blocks, size, block = [], [0], bytearray(), 0, list[str]()
    for number, line in enumerate(lines, 1):
        block.append(line)
        size += len(line)
        if size >= _BLOCK or number == len(lines):
            first.append(block[0].split("\t", 1)[0] + "\t")
            blocks += zlib.compress("\n".join(block).encode(), 9)
            offsets.append(len(blocks))
            block, size = [], 0
    header = {"first": first, "offsets": offsets, "provinces": provinces}
    return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + bytes(blocks)


def _lines_of(place: Place, names: Iterable[str]) -> Iterable[str]:
    """Yield a line for each folded name of a place, with the spellings that share it."""
    letter = next(letter for letter, kind in _KINDS.items() if kind == place.kind)
    by_key: dict[str, set[str]] = {}
    for name in names:
        by_key.setdefault(fold(name), set()).add(plain(name))
    for key, spellings in by_key.items():
        others = "|".join(sorted(spellings - {plain(place.name)}))
        yield "\t".join((
            key, place.name, letter, place.country or "", place.province, str(place.population),
            f"{place.latitude:.3f}", f"{place.longitude:.3f}", str(place.geonames_id or 0), others,
        ))  # fmt: skip


@cache
def _shipped() -> Gazetteer:
    return Gazetteer(files("byline.knowledge").joinpath(FILE).read_bytes())


def _wide_places() -> dict[str, tuple[Candidate, ...]]:
    """Return countries and wide regions by name."""
    found: dict[str, tuple[Candidate, ...]] = {}
    points = knowledge.load("places/country_points.toml")["countries"]
    for code, country in knowledge.load("countries.toml")["countries"].items():
        latitude, longitude = points[code]["at"]
        place = Place(country["names"][0], "country", code, "", 0, latitude, longitude, points[code].get("geonames"))
        for name in country["names"]:
            found[name] = (*found.get(name, ()), Candidate(place, "name"))
    for region in knowledge.load("places/regions.toml")["regions"]:
        latitude, longitude = region["at"]
        place = Place(
            region["names"][0], "region", region.get("country"), "", 0, latitude, longitude, region.get("geonames")
        )
        for name in region["names"]:
            found[name] = (*found.get(name, ()), Candidate(place, "name"))
    return found
