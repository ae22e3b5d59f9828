"""When and where an incident took place, in the forms of MUC-4's slots."""

from datetime import date

from byline import knowledge
from byline.evaluation.muc4 import words
from byline.evaluation.muc4.merging import Group
from byline.evaluation.muc4.reading import Reading
from byline.records import Toponym

_COUNTRIES = knowledge.load("countries.toml")["countries"]
_SCOPE = frozenset(words.DATA["countries"])
_DIVISIONS: dict[str, str] = words.DATA["divisions"]


def date_of(group: Group, reading: Reading) -> str:
    """Return the day that a time expression gives, else "on or before" the article's day; "" if neither is known."""
    times = [a.event.time for a in group.acts if a.event.time is not None]
    for basis in ("timex", "inherited"):
        exact = next((t for t in times if t.basis == basis and t.start == t.end), None)
        if exact is not None:
            return _day(exact.start)
    published = reading.coded.published
    return f"- {_day(published.start)}" if published else ""


def _day(iso: str) -> str:
    return date.fromisoformat(iso).strftime("%d %b %y").upper()


def nation(code: str) -> str:
    """Return a country's name in the set list."""
    names = _COUNTRIES.get(code, {}).get("names", [code])
    return str(words.DATA["nations"].get(code, names[0])).upper()


def location_of(group: Group, reading: Reading) -> str:
    """Return country, division and place, least special first."""
    toponyms = reading.coded.toponyms
    places = [toponyms[i] for a in group.acts for i in a.event.toponyms]
    country = country_of(places, reading)
    near = [p for p in places if p.precision not in {"country", "region"} and p.country in {country, None}]
    best = next((p for p in near if p.precision != "province"), next(iter(near), None))
    parts = [nation(country)] if country else []
    if best is not None and parts:
        division = _division(best, places)
        parts += [_named(p) for p in (division, best) if p is not None]
    return ": ".join(parts)


def country_of(places: list[Toponym], reading: Reading) -> str | None:
    """Return the country of an incident: that of its places if it is in scope, else the one in scope named most."""
    own = next((p.country for p in places if p.country in _SCOPE), None)
    if own is not None:
        return own
    named = [t.country for t in reading.coded.toponyms if t.country in _SCOPE]
    others = next((p.country for p in places if p.country), None)
    return max(named, key=lambda c: (named.count(c), -named.index(c)), default=others)


def _division(best: Toponym, places: list[Toponym]) -> Toponym | None:
    """Return the named division in which a place lies."""
    return next(
        (p for p in places if p.precision == "province" and p is not best and best.precision != "province"), None
    )


def _named(place: Toponym) -> str:
    return f"{' '.join(place.text.split()).upper()} ({_kind(place)})"


def _kind(place: Toponym) -> str:
    if place.precision == "province":
        return str(_DIVISIONS.get(place.country or "", words.DATA["countryside"]))
    return "NEIGHBORHOOD" if place.precision == "district" else "CITY"
