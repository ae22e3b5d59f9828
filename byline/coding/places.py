"""Places: the toponyms of a document, and where an event took place."""

from byline.coding.gazetteer import Gazetteer, Place
from byline.coding.place_names import PlaceName, find_names
from byline.coding.place_resolution import Resolved, distance, resolve
from byline.language.parsed import Parsed
from byline.records import Toponym

_SAME_CITY_KM = 60.0


def find_toponyms(parsed: Parsed, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the place names of the document in text order, each with the place that it means.

    A name has one meaning in a document. A country has no coordinates. A part
    of a city that the gazetteer does not have there takes the coordinates of
    the city named last, precision "district", and says so in ``within``.
    """
    names = find_names(parsed, gazetteer)
    resolved = resolve(names, parsed, gazetteer)
    toponyms: list[Toponym] = []
    city: Place | None = None
    for name in names:
        found = resolved.get(name.words)
        if name.type == "part" and city is not None and (found is None or distance(found.place, city) > _SAME_CITY_KM):
            toponyms.append(_part_of(city, name, parsed))
            continue
        toponyms.append(_toponym(name, found, parsed, gazetteer))
        if found is not None and found.place.kind == "place":
            city = found.place
    return toponyms


def _toponym(name: PlaceName, found: Resolved | None, parsed: Parsed, gazetteer: Gazetteer) -> Toponym:
    span = (parsed.tokens[name.first].start, parsed.tokens[name.stop - 1].end)
    words = parsed.words(span)
    if found is None:
        return Toponym(
            span=span, text=words, latitude=None, longitude=None, geonames_id=None, country=None, precision="unknown"
        )
    place = found.place
    return Toponym(
        span=span,
        text=words,
        name=place.name,
        latitude=place.latitude,
        longitude=place.longitude,
        geonames_id=place.geonames_id,
        country=place.country,
        precision=place.kind,
        rejected=tuple(_described(p, gazetteer) for p in found.beaten),
    )


def _part_of(city: Place, name: PlaceName, parsed: Parsed) -> Toponym:
    span = (parsed.tokens[name.first].start, parsed.tokens[name.stop - 1].end)
    return Toponym(
        span=span,
        text=parsed.words(span),
        latitude=city.latitude,
        longitude=city.longitude,
        geonames_id=None,
        country=city.country,
        precision="district",
        within=city.name,
    )


def _described(place: Place, gazetteer: Gazetteer) -> str:
    """Return a candidate as short text: "Springfield, Illinois, USA (pop. 114394)"."""
    province = gazetteer.province_of(place) if place.kind in {"place", "district"} else None
    parts = [place.name, *([province] if province else []), *([place.country] if place.country else [])]
    return f"{', '.join(parts)} (pop. {place.population})" if place.population else ", ".join(parts)
