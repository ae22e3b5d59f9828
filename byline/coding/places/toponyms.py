"""Places: the toponyms of a document, and where an event took place."""

from byline.coding.places.distance import distance
from byline.coding.places.event_place import places_of
from byline.coding.places.gazetteer import Gazetteer, Place
from byline.coding.places.mentions import PlaceName
from byline.coding.places.names import find_names
from byline.coding.places.publication import home_of
from byline.coding.places.resolution import Resolved, resolve
from byline.language.parsed import Parsed
from byline.records import PlacePrecision, Toponym

__all__ = ["find_toponyms", "places_of"]

_SAME_CITY_KM = 100.0
_RIGHT_BEHIND = 3
_LOOK_BACK = 30


def find_toponyms(parsed: Parsed, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the place names of the document in text order, each with the place that it means.

    A name has one meaning in a document. Countries and wide regions have a
    representative point (of a country about the middle of its land, by hand:
    `country_points.toml`) and say by their precision that it is no pin. A part
    of a city that the gazetteer does not have there takes the city's
    coordinates, precision "district", and says so in ``within``; so does a town
    that it does not have in the province behind the comma, precision "province".
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
    parts: dict[str, Place] = {}
    toponyms = []
    for number, name in enumerate(names):
        found = resolved.get(name.words)
        if name.words not in parts and name.type in {"part", "district"}:
            city = _city_of(names, number, resolved)
            if city is not None and (found is None or distance(found.place, city) > _SAME_CITY_KM):
                parts[name.words] = city
        part_of = parts.get(name.words)
        inside = Resolved(part_of, (), inside=True) if part_of else found
        toponyms.append(_toponym(name, inside, parsed, gazetteer))
    return toponyms


def _city_of(names: list[PlaceName], number: int, resolved: dict[str, Resolved]) -> Place | None:
    """Return the city that a part belongs to: named right behind it ("X in Baghdad"), else the last one before it."""
    name = names[number]
    behind = [n for n in names[number + 1 : number + 2] if n.first - name.stop <= _RIGHT_BEHIND]
    for other in [*behind, *reversed(names[max(0, number - _LOOK_BACK) : number])]:
        found = resolved.get(other.words)
        if found is not None and found.place.kind == "place" and other.type not in {"part", "district"}:
            return found.place
    return None


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
        within=place.name if inside else None,
        rejected=tuple(_described(p, gazetteer) for p in found.beaten),
    )


def _described(place: Place, gazetteer: Gazetteer) -> str:
    """Return a candidate as short text: "Springfield, Illinois, USA (pop. 114394)"."""
    province = gazetteer.province_of(place) if place.kind in {"place", "district"} else None
    parts = [place.name, *([province] if province else []), *([place.country] if place.country else [])]
    return f"{', '.join(parts)} (pop. {place.population})" if place.population else ", ".join(parts)
