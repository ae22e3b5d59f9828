"""What is compared of a report, made ready once: days as numbers, places, people, tolls, words."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from byline.linking.reports import Party, Report, Spot, Telling
from byline.records import HAPPENED, Interval

_HELD = 100_000  # reports whose traits are kept


class Days(NamedTuple):
    """Days as ordinals, both inclusive."""

    first: int
    last: int


class Traits(NamedTuple):
    """The parts of a report that are held against another's.

    ``days`` is the narrowest time of its events, ``published`` the days of its publication; ``spots`` are its places
    that are narrower than a country, ``countries`` those of all of them. ``names`` are words of names of those who
    take part, ``verbs`` stems of its triggers, ``tolls`` the bounds of what is counted. ``happened`` tells
    whether anything of it is told as having happened.
    """

    document: str
    days: Days | None
    published: Days | None
    spots: tuple[Spot, ...]
    countries: frozenset[str]
    types: frozenset[str]
    modes: frozenset[str]
    names: frozenset[str]
    verbs: frozenset[str]
    tolls: dict[str, tuple[int, int | None]]
    terms: frozenset[str]
    happened: bool


@lru_cache(_HELD)
def traits_of(report: Report) -> Traits:
    """Return what is compared of a report."""
    tellings = [t for t in report.tellings if t.status in HAPPENED] or list(report.tellings)
    spots = [s for t in tellings for s in t.spots]
    return Traits(
        document=report.document,
        days=_narrowest(t.time for t in tellings),
        published=_days(report.published),
        spots=tuple(s for s in spots if s.precision not in {"country", "region"}),
        countries=frozenset(s.country for s in spots if s.country),
        types=frozenset(t.type for t in tellings) | {report.type},
        modes=frozenset(t.mode for t in tellings if t.mode),
        names=frozenset(w for t in tellings for p in (*t.actors, *t.recipients) for w in _names(p)),
        verbs=frozenset(_stem(t) for t in tellings),
        tolls=_tolls(report),
        terms=frozenset(report.terms),
        happened=any(t.status in HAPPENED for t in tellings),
    )


def _narrowest(times: Iterable[Interval | None]) -> Days | None:
    found = [days for time in times if (days := _days(time))]
    return min(found, key=lambda d: (d.last - d.first, d), default=None)


def _days(time: Interval | None) -> Days | None:
    return Days(date.fromisoformat(time.start).toordinal(), date.fromisoformat(time.end).toordinal()) if time else None


def _names(party: Party) -> list[str]:
    return [word.lower() for word in party.name.split() if word[:1].isupper()]


def _stem(telling: Telling) -> str:
    word = telling.trigger.lower().split()[-1]
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending)
    return word


def _tolls(report: Report) -> dict[str, tuple[int, int | None]]:
    found: dict[str, tuple[int, int | None]] = {}
    for count in report.counts:
        low, high = found.get(count.what, (count.low, count.high))
        found[count.what] = min(low, count.low), None if high is None or count.high is None else max(high, count.high)
    return found
