"""Where an event was, as tables of other tools ask for it: a town, a district, a province or a country."""

from typing import Literal, NamedTuple

from byline.lookup import Index
from byline.records import Event, Toponym

Level = Literal["town", "part", "district", "province", "country"]


class Where(NamedTuple):
    """A place of an event: its words, its names by level, its point in degrees, and how near that is.

    `level`: "town" is a town or a spot, "part" one whose point is its town's, "district" and "province" are the middle
    of a division of the second and first level, and "country" has no point.
    """

    words: str
    name: str
    level: Level | None
    latitude: float | None
    longitude: float | None
    country: str | None
    geonames_id: int | None
    town: str | None
    district: str | None
    province: str | None


def where(index: Index, event: Event) -> Where | None:
    """Return the first place of an event that is a spot, else the first; None if it has none."""
    places = [index.document.toponyms[i] for i in event.toponyms]
    spot = next((p for p in places if p.latitude is not None and p.is_spot), None)
    return where_is(spot or places[0]) if places else None


def where_is(place: Toponym) -> Where:
    """Return a place as other tools ask for it: what is as wide as a country has no point."""
    level, pinned = _level(place), place.is_spot
    name = place.name or place.within or place.text
    return Where(
        words=place.text,
        name=name,
        level=level,
        latitude=place.latitude if pinned else None,
        longitude=place.longitude if pinned else None,
        country=place.country,
        geonames_id=place.geonames_id,
        town=name if level in {"town", "part"} else None,
        district=name if level == "district" else None,
        province=name if level == "province" else None,
    )


def _level(place: Toponym) -> Level | None:
    if place.precision == "district":
        return "district" if place.name else "part"
    levels: dict[str, Level] = {"point": "town", "place": "town", "province": "province", "country": "country"}
    return levels.get(place.precision)
