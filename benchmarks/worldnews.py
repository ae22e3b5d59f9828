"""Reports of events, without texts, with the density of news of the world: for what linking costs at scale.

A day has 500 mentions, however many there are in all: a larger archive covers more days. Towns, groups and words
are told of as unequally as in the news. Every tenth day a town is a hot spot: two
hundred mentions more of a dozen happenings in one place on one day.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, islice

from byline import knowledge
from byline.linking.passages import Passage
from byline.linking.reports import Party, Report, Spot, Telling, Voice
from byline.records import Count, Interval

A_DAY, HOT_EVERY, HOT_MENTIONS, HOT_HAPPENINGS = 500, 10, 200, 12
SKEW = 0.7  # the n-th most frequent town is told of n**-SKEW as often as the first: the first of 3,000 has 3 % of all
TOWNS, GROUPS, PERSONS, NAMES, OUTLETS = 3_000, 400, 5_000, 30_000, 150
COMMON = sorted(knowledge.load("words.toml")["common"].split())[::2]  # every second word, some of every letter
FIRST = date(2015, 1, 1)
TYPES = ("ASSAULT", "ASSAULT", "ASSAULT", "PROTEST", "COERCE", "AGREE", "CONSULT", "ACCUSE", "REQUEST", "SANCTION")
MODES = {"ASSAULT": ("explosives", "firearms", None), "PROTEST": ("demo", "strike", "riot")}
FORENAMES = (
    "Anna",
    "David",
    "Elena",
    "George",
    "Laura",
    "Maria",
    "Martin",
    "Michael",
    "Paul",
    "Peter",
    "Rosa",
    "Thomas",
)
TRIGGERS = ("attack", "attacked", "hit", "strike", "killed", "fire")
TOLD_BY = (1, 1, 1, 1, 2, 2, 3, 4, 6, 10)  # reports of one happening


class World:
    """Makes happenings and what is told of them; the same seed gives the same reports."""

    def __init__(self, seed: int = 1) -> None:
        self._dice = random.Random(seed)  # noqa: S311 -- no secret
        sizes = TOWNS, GROUPS, PERSONS, NAMES, len(COMMON)
        self._weights = {n: list(accumulate(i**-SKEW for i in range(1, n + 1))) for n in sizes}
        self._spots = [self._spot(i) for i in range(TOWNS)]
        self._made = 0

    def mentions(self) -> Iterator[Report]:
        """Yield reports without end, day by day."""
        day = 0
        while True:
            made = 0
            while made < A_DAY:
                told = self._dice.choice(TOLD_BY)
                yield from self._told(day, self._often(TOWNS), told)
                made += told
            if day % HOT_EVERY == 0:
                town = self._often(TOWNS)
                for _ in range(HOT_HAPPENINGS):
                    yield from self._told(day, town, HOT_MENTIONS // HOT_HAPPENINGS)
            day += 1

    def _told(self, day: int, town: int, times: int) -> Iterator[Report]:
        """Yield the reports of one happening, by different outlets on the days after it."""
        dice, type_ = self._dice, self._dice.choice(TYPES)
        group, number = f"Group{self._often(GROUPS)}", self._often(PERSONS)
        person = f"{FORENAMES[number % len(FORENAMES)]} Person{number}"
        words, names, killed = self._common(20), self._names(6), dice.randint(1, 20)
        mode = dice.choice(MODES.get(type_, (None,)))
        for outlet in dice.sample(range(OUTLETS), times):
            self._made += 1
            telling = Telling(
                uid=f"u{self._made}", event="e1", type=type_, mode=mode, status="actual", trigger=dice.choice(TRIGGERS),
                time=_days(day), spots=(self._spots[town],), actors=(_party(f"{group} Front"),),
                recipients=(_party(person),) if dice.random() < 0.7 else (),  # noqa: PLR2004
                counts=_killed(killed + dice.choice((0, 0, 0, 1))) if type_ == "ASSAULT" else (),
                voices=(Voice(source=_party(f"Official{self._often(GROUPS)}")),) if dice.random() < 0.5 else (),  # noqa: PLR2004
                evidence=(0, 1), confidence=0.8,
            )  # fmt: skip
            terms = [*dice.sample(names, 4), *self._names(3), *dice.sample(words, 10), *self._common(10)]
            people = (person.lower(),) if telling.recipients else ()
            yield Report(
                id=telling.uid, document=f"d{self._made}", incident="i1", source=f"{self._made}.txt",
                publication=f"Outlet {outlet}", published=_days(day + dice.choice((0, 0, 0, 1, 1, 2))),
                original=f"d{self._made}", type=type_, counts=telling.counts, tellings=(telling,),
                passage=Passage(people=people, towns=(town,), terms=tuple(dict.fromkeys(terms))),
            )  # fmt: skip

    def _spot(self, number: int) -> Spot:
        latitude, longitude = self._dice.uniform(-35, 60), self._dice.uniform(-180, 180)
        return Spot(
            name=f"Town{number}", country=f"C{int(longitude) // 10}", latitude=latitude, longitude=longitude,
            geonames_id=number, precision="place", span=(0, 1),
        )  # fmt: skip

    def _names(self, count: int) -> list[str]:
        return [f"name{self._often(NAMES)}" for _ in range(count)]

    def _common(self, count: int) -> list[str]:
        return [COMMON[self._often(len(COMMON))] for _ in range(count)]

    def _often(self, of: int) -> int:
        return self._dice.choices(range(of), cum_weights=self._weights[of])[0]


def _party(name: str) -> Party:
    return Party(name=name, kind="organisation", text=name, span=(0, 1))


def _killed(count: int) -> tuple[Count, ...]:
    return (Count(what="killed", low=count, high=None, span=(0, 1), text=str(count)),)


def _days(day: int) -> Interval:
    when = (FIRST + timedelta(day)).isoformat()
    return Interval(start=when, end=when, basis="given")


def mentions(count: int) -> list[Report]:
    """Return so many reports, in the order in which they happened."""
    return list(islice(World().mentions(), count))
