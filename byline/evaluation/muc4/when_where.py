"""When and where an incident took place, in the forms of MUC-4's slots."""

from datetime import date

from byline import knowledge
from byline.evaluation.muc4 import words
from byline.evaluation.muc4.merging import Group
from byline.evaluation.muc4.reading import Reading
from byline.records import Toponym

_COUNTRIES = knowledge.load("countries.toml")["countries"]
_WORDS: dict[str, str] = {w: kind for kind, listed in words.DATA["places"]["words"].items() for w in listed}
_PARTS, _WIDE = frozenset(words.DATA["places"]["parts"]), frozenset(words.DATA["places"]["wide"])
_LEVELS = ("part", "place", "division")
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
    """Return country, division, place and part of it, least special first."""
    country = country_of_group(group, reading)
    near = [p for a in group.acts for p in reading.places(a.event) if _is_inside(p, country)]
    best = min(near, key=lambda p: _LEVELS.index(_level(p, reading)), default=None)
    parts = [nation(country)] if country else []
    if best is not None and parts:
        parts += [_named(p, reading) for p in (*_around(best, reading, country), best)]
    return ": ".join(parts)


def country_of_group(group: Group, reading: Reading) -> str | None:
    """Return the country of an incident."""
    return country_of([p for a in group.acts for p in reading.places(a.event)], reading)


def country_of(places: list[Toponym], reading: Reading) -> str | None:
    """Return the country of an incident: that of its places if it is in scope, else the one in scope named most."""
    own = next((p.country for p in places if p.country in _SCOPE), None)
    if own is not None:
        return own
    named = [t.country for t in reading.coded.toponyms if t.country in _SCOPE]
    named = named or [a.country for a in reading.coded.actors if a.country in _SCOPE]
    others = next((p.country for p in places if p.country), None)
    return max(named, key=lambda c: (named.count(c), -named.index(c)), default=others)


def _is_inside(place: Toponym, country: str | None) -> bool:
    return not place.is_wide and place.country in {country, None}


def _around(best: Toponym, reading: Reading, country: str | None) -> list[Toponym]:
    """Return the wider places that the sentence of a place names beside it, the widest first."""
    token = reading.token_at(best.span)
    if token is None:
        return []
    first, last = reading.parsed.sentence_of(token).span
    beside = [t for t in reading.coded.toponyms if first <= t.span[0] < last and _is_inside(t, country) and t != best]
    wider = {_level(t, reading): t for t in reversed(beside) if t.text != best.text}
    above = _LEVELS[_LEVELS.index(_level(best, reading)) + 1 :]
    return [wider[level] for level in reversed(above) if level in wider]


def _level(place: Toponym, reading: Reading) -> str:
    """Return how wide a place is: part of a place, place, division."""
    kind = _kind(place, reading)
    if kind in _PARTS:
        return "part"
    return "division" if kind in _WIDE else "place"


def _named(place: Toponym, reading: Reading) -> str:
    return f"{' '.join(place.text.split()).upper()} ({_kind(place, reading)})"


def _kind(place: Toponym, reading: Reading) -> str:
    """Return the type of a place in the set list: the word beside its name, else by the gazetteer."""
    inside = reading.parsed.covering(place.span)
    beside = reading.tokens[inside[-1].i + 1 : inside[-1].i + 2] if inside else []
    said = next((_WORDS[t.lower] for t in (*reversed(inside), *beside) if t.lower in _WORDS), None)
    if said is not None:
        return said
    if place.precision == "province":
        return str(_DIVISIONS.get(place.country or "", words.DATA["countryside"]))
    return "NEIGHBORHOOD" if place.precision == "district" else "CITY"
