"""The toponyms of a document: names found, resolved, and told which city they are a part of."""

from byline.coding.places.gazetteer import Gazetteer, Place
from byline.coding.places.mentions import PlaceName
from byline.coding.places.names import find_names
from byline.coding.places.publication import home_of
from byline.coding.places.resolution import HOME, Resolved, resolve
from byline.distance import distance
from byline.language.parsed import Parsed
from byline.records import PlacePrecision, Toponym

_SAME_CITY_KM = 100.0
_CITY_KM = 25.0
_LARGE = 100_000
_TIMES_LARGER = 3
_PART_TYPES = frozenset({"part", "district"})
_RIGHT_BEHIND = 3
_LOOK_BACK = 30


def find_toponyms(parsed: Parsed, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the place names of the document in text order, each with the place that it means.

    A name has one meaning in a document. Countries and wide regions have a
    representative point (of a country about the middle of its land, by hand:
    `country_points.toml`) and say by their precision that it is no pin. A part
    of a city that the gazetteer does not have there takes the city's
    coordinates, precision "district", and says so in ``within``; one that it has
    keeps its own and says there what city the text makes it a part of; a town
    that it does not have lies in the province behind the comma, precision "province".
    Names of the headline mean what they mean in the body.
    """
    home = home_of(parsed.document, gazetteer)
    names = find_names(parsed, gazetteer, home)
    resolved = resolve(names, parsed, home)
    found = _toponyms(names, resolved, parsed, gazetteer)
    if parsed.headline is None:
        return found
    above = find_names(parsed.headline, gazetteer, home)
    meant = resolve(above, parsed.headline, home) | resolved
    return [*_toponyms(above, meant, parsed.headline, gazetteer), *found]


def _toponyms(
    names: list[PlaceName], resolved: dict[str, Resolved], parsed: Parsed, gazetteer: Gazetteer
) -> list[Toponym]:
    parts: dict[str, Resolved] = {}
    toponyms = []
    for number, name in enumerate(names):
        if name.words not in parts and name.type in _PART_TYPES:
            part = _as_part(name, resolved.get(name.words), _cities_of(names, number, resolved))
            if part is not None:
                parts[name.words] = part
        toponyms.append(_toponym(name, parts.get(name.words) or resolved.get(name.words), parsed, gazetteer))
    return toponyms


def _as_part(name: PlaceName, found: Resolved | None, cities: list[Place]) -> Resolved | None:
    """Return what a part of a city means: the place of its name there, else somewhere inside the city.

    A place there is the city's part if the text calls it one and the city is large, else a neighbour.
    """
    if not cities:
        return None
    if found is None or distance(found.place, cities[0]) > _SAME_CITY_KM:
        return Resolved(cities[0], (), inside=True)
    around = [c for c in cities if _may_hold(c, found.place)] if name.type == "part" else []
    return found._replace(city=around[0]) if around else None


def _may_hold(city: Place, place: Place) -> bool:
    larger = city.population >= _LARGE and city.population > _TIMES_LARGER * place.population
    return larger and city.province == place.province and distance(city, place) <= _CITY_KM


def _cities_of(names: list[PlaceName], number: int, resolved: dict[str, Resolved]) -> list[Place]:
    """Return the cities that a part may belong to: the one named right behind it ("X in Baghdad"), those before it.

    The last one before comes first; last comes the publication's home, but counties may lie far from it.
    """
    name = names[number]
    behind = [n for n in names[number + 1 : number + 2] if n.first - name.stop <= _RIGHT_BEHIND]
    around = [*behind, *reversed(names[max(0, number - _LOOK_BACK) : number])]
    found = [resolved.get(n.words) for n in around if n.type not in _PART_TYPES]
    home = [resolved.get(HOME)] if name.type == "part" else []
    return [r.place for r in (*found, *home) if r is not None and r.place.kind == "place"]


def _toponym(name: PlaceName, found: Resolved | None, parsed: Parsed, gazetteer: Gazetteer) -> Toponym:
    span = (parsed.tokens[name.first].start, parsed.tokens[name.stop - 1].end)
    words = parsed.words(span)
    if found is None:
        return Toponym(
            span=span, text=words, latitude=None, longitude=None, geonames_id=None, country=None, precision="unknown"
        )
    place, inside = found.place, found.inside
    precision: PlacePrecision = "district" if inside and place.kind == "place" else place.kind
    return Toponym(
        span=span,
        text=words,
        name=None if inside else place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames_id=None if inside else place.geonames_id,
        country=place.country,
        precision=precision,
        within=place.name if inside else found.city and found.city.name,
        rejected=tuple(_described(p, gazetteer) for p in found.beaten),
    )


def _described(place: Place, gazetteer: Gazetteer) -> str:
    """Return a candidate as short text: "Springfield, Illinois, USA (pop. 114394)"."""
    province = gazetteer.province_of(place) if place.kind in {"place", "district"} else None
    parts = [place.name, *([province] if province else []), *([place.country] if place.country else [])]
    return f"{', '.join(parts)} (pop. {place.population})" if place.population else ", ".join(parts)
