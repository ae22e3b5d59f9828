"""What is compared of a report, made ready once: days as numbers, places, people, tolls, words."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import chain
from math import sqrt
from typing import NamedTuple

from byline import knowledge
from byline.linking.passages import rarity
from byline.linking.reports import Party, Report, Spot, Telling
from byline.records import HAPPENED, Interval

_KEPT = "traits"
_LIMITS = knowledge.load("linking.toml")["affinity"]
_ANYBODY, _FAMILIES = frozenset(_LIMITS["anybody"]), _LIMITS["families"]
_KINDS_OF, _ARTICLES = frozenset(_LIMITS["kinds_of"]), frozenset({"a", "an", "the", "this", "that", "their", "its"})
_TARGETS = {f" {words} ": kind for kind, found in _LIMITS["targets"].items() for words in found}
_FIRST_NAMES = frozenset(chain(*knowledge.load("first_names.toml").values()))
GUESS = "tense"  # basis of a time that only says: not long before the day of publication
_SAID = "timex"  # basis of a time that the event's own sentence gives
_BEHIND = re.compile(rf"(?<=\w) (?:{'|'.join(_LIMITS['behind'])})\b|,")
_ENDINGS = ("ing", "ed", "es", "s", "e")
_WEEK = 7  # days; a time of more is no day of one happening
_STEM = 5  # letters by which two words of one stem are known


class Days(NamedTuple):
    """Days as ordinals, both inclusive."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1

    def gap(self, other: "Days") -> int:
        """Return by how many days the two miss each other; nought where they meet."""
        return max(self.first - other.last, other.first - self.last, 0)


Toll = tuple[int, int | None]


class Traits(NamedTuple):
    """The parts of a report that are held against another's.

    ``days`` is the narrowest time that its words give, ``day`` that day if it is one alone, ``said`` whether an event's
    own sentence gives it, ``published`` the days of its publication; ``many``: it tells
    of many happenings as of one. ``spots`` are the places of its events that are narrower than a country, ``towns`` all
    that its paragraphs name. ``families`` are those of its types. ``surnames`` and ``forenames`` are words of people's
    names; ``doers`` and ``sufferers`` the head words of those who take part; ``targets`` the kinds of
    buildings and the like that are hit; ``triggers`` stems of its triggers;
    ``tolls`` the bounds of what is counted. ``rare``, ``common`` and ``numbers`` are its terms, ``length`` the length
    of the vector of their rarities.
    """

    document: str
    happened: bool
    many: bool
    days: Days | None
    day: int | None
    said: bool
    published: Days | None
    spots: tuple[Spot, ...]
    towns: frozenset[int]
    types: frozenset[str]
    families: frozenset[str]
    modes: frozenset[str]
    triggers: frozenset[str]
    surnames: frozenset[str]
    forenames: frozenset[str]
    ages: frozenset[int]
    doers: frozenset[str]
    sufferers: frozenset[str]
    targets: frozenset[str]
    tolls: dict[str, Toll]
    rare: frozenset[str]
    common: frozenset[str]
    numbers: frozenset[str]
    length: float


def traits_of(report: Report) -> Traits:
    """Return what is compared of a report; it is kept with it, as a report meets many others."""
    kept: dict[str, Traits] = report.__dict__
    if _KEPT not in kept:
        kept[_KEPT] = _traits(report)
    return kept[_KEPT]


def _traits(report: Report) -> Traits:
    """Return what is compared of what happened in a report, or else of all that it tells."""
    tellings = [t for t in report.tellings if t.status in HAPPENED] or list(report.tellings)
    names = frozenset(word for name in report.passage.people for word in name.split())
    terms: dict[int, list[str]] = {1: [], 2: [], 3: []}
    for term in report.passage.terms:
        terms[rarity(term)].append(term)
    days, said = _narrowest(tellings)
    return Traits(
        document=report.document,
        happened=any(t.status in HAPPENED for t in tellings),
        many=tellings[0].many,
        days=days,
        day=days.first if days and days.length == 1 else None,
        said=said,
        published=_days(report.published),
        spots=tuple({s.geonames_id or s.name: s for t in tellings for s in t.spots if _is_narrow(s)}.values()),
        towns=frozenset(report.passage.towns),
        types=frozenset(t.type for t in tellings),
        families=frozenset(f for f, kinds in _FAMILIES.items() if any(t.type in kinds for t in tellings)),
        modes=frozenset(t.mode for t in tellings if t.mode),
        triggers=frozenset(map(_stem, tellings)),
        surnames=names - _FIRST_NAMES,
        forenames=names & _FIRST_NAMES,
        ages=frozenset(report.passage.ages),
        doers=frozenset(w for t in tellings for p in t.actors for w in _named(p)) - _ANYBODY,
        sufferers=frozenset(_head(p) for t in tellings for p in t.recipients) - _ANYBODY,
        targets=frozenset(kind for t in tellings for p in t.recipients for kind in _targets(p)),
        tolls=_tolls(report),
        rare=frozenset(terms[3]),
        common=frozenset(terms[1]),
        numbers=frozenset(terms[2]),
        length=sqrt(sum(rank * rank * len(words) for rank, words in terms.items())),
    )


def days_of(report: Report) -> Days | None:
    """Return all days that the report's events may be of."""
    found = [days for telling in report.tellings if (days := _days(telling.time))]
    return _spanned(found) if found else None


def _spanned(days: Sequence[Days]) -> Days:
    return Days(min(d.first for d in days), max(d.last for d in days))


def _narrowest(tellings: Sequence[Telling]) -> tuple[Days | None, bool]:
    """Return the narrowest of times, those that an event's own sentence gives before others, and if it is one of those.

    "Nine died on Monday when rebels shelled it" says the day of the shelling, too; and a day of the report that lies
    within the time said is that of its event, too: "the third raid this year". Of many happenings told as of one it is
    all the time that their words give: one day of a week of raids is a day of one raid.
    """
    timed = [(t.time, t) for t in tellings if t.time is not None and t.time.basis != GUESS]
    found = [(not _is_said(time, t), days.length, days) for time, t in timed if (days := _days(time))]
    inherited, length, days = min(found, default=(True, 0, None))
    if found and tellings[0].many:
        return _spanned([d for *_, d in found]), not inherited
    within = [(n, d) for _, n, d in found if days and n < length and days.first <= d.first and d.last <= days.last]
    return min(within)[1] if within and length > _WEEK else days, not inherited


def _is_said(time: Interval, telling: Telling) -> bool:
    start, end = telling.evidence
    return time.basis == _SAID or (time.span is not None and start <= time.span[0] < end)


def _days(time: Interval | None) -> Days | None:
    return Days(date.fromisoformat(time.start).toordinal(), date.fromisoformat(time.end).toordinal()) if time else None


def _is_narrow(spot: Spot) -> bool:
    return spot.precision not in {"country", "region"}


def _head(party: Party) -> str:
    """Return the noun that a phrase is of: "an army barracks in Halvora" is of a barracks."""
    return _BEHIND.split(party.name.lower(), maxsplit=1)[0].split(" ")[-1]


def _targets(party: Party) -> set[str]:
    """Return what kinds of targets a phrase names; of two words the longer: a bus station is no bus."""
    words = _BEHIND.split(party.name.lower(), maxsplit=1)[0].split()
    phrase = f" {' '.join(words)} "
    found = [words for words in _TARGETS if words in phrase]
    if not found and len(words) > 1 and words[-1] in _KINDS_OF and words[-2] not in _ARTICLES:
        return {" ".join(words[-2:])}
    return {_TARGETS[w] for w in found if not any(w in other for other in found if other != w)}


def _named(party: Party) -> set[str]:
    """Return a doer's head and the words of the names in it: "gunmen of the Marl Brigade" are the brigade, too."""
    return {_head(party)}.union(w.lower() for w in party.name.split() if w[0].isupper())


def _stem(telling: Telling) -> str:
    """Return how the last word of a trigger begins: "negotiating" and "negotiations" are one word."""
    word = telling.trigger.lower().split()[-1]
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) > len(e) + 2), "")
    return word.removesuffix(ending)[:_STEM]


def _tolls(report: Report) -> dict[str, Toll]:
    found: dict[str, Toll] = {}
    for count in report.counts:
        low, high = found.get(count.what, (count.low, count.high))
        found[count.what] = min(low, count.low), None if high is None or count.high is None else max(high, count.high)
    return found
