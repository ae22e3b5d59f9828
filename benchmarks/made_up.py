"""Coded documents that are made up, for archives of any size: ten events each, frequencies as skewed as in news."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from byline.records import Actor, Attribution, CodedDocument, Copy, Count, Event, Incident, Interval, Mention, Toponym

EACH = 10  # events a document
WORDS = 250  # a document
FIRST = date(2000, 1, 1)
DAYS = 9_000
TYPES = [f"TYPE{n}" for n in range(16)]
STATUSES = ["actual", "ongoing", "denied", "planned", "threatened", "attempted", "ordered", "hypothetical"]
COUNTRIES = [f"{a}{b}Z" for a in "ABCDEFGHIJKL" for b in "ABCDEFGHIJ"]
OUTLETS = [f"Outlet {n}" for n in range(500)]
GROUPS = [f"Group {n}" for n in range(20_000)]
_SYLLABLES = (
    "har",
    "mol",
    "ser",
    "tav",
    "lin",
    "bor",
    "quin",
    "ves",
    "pa",
    "ira",
    "den",
    "ado",
    "bour",
    "eth",
    "ul",
    "om",
    "ka",
)
VOCABULARY = [
    f"{a}{b}{c}{d}" for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES for d in ("", "s", "en", "ing")
]


def skewed(number: int) -> list[float]:
    """Return weights, ready to be searched, with which the n-th of some things is 1/n as frequent as the first."""
    return list(accumulate(1 / (n + 1) for n in range(number)))


_OF_WORDS, _OF_GROUPS, _OF_OUTLETS = skewed(len(VOCABULARY)), skewed(len(GROUPS)), skewed(len(OUTLETS))
_OF_TYPES, _OF_COUNTRIES = skewed(len(TYPES)), skewed(len(COUNTRIES))
_OF_STATUSES = list(accumulate((50, 10, 10, 10, 5, 5, 5, 5)))


def documents(number: int, seed: int, first: int = 0) -> Iterator[CodedDocument]:
    """Yield documents, numbered from `first`, with two events of each being one happening; one in ten is a copy."""
    rng = random.Random(seed)  # noqa: S311 -- no secret
    for count in range(first, first + number):
        day = FIRST + timedelta(rng.randrange(DAYS))
        when = Interval(start=day.isoformat(), end=day.isoformat(), basis="given")
        text = " ".join(rng.choices(VOCABULARY, cum_weights=_OF_WORDS, k=WORDS))
        yield CodedDocument(
            id=f"d{count}",
            source=f"made/{count}.txt",
            text=text,
            publication=rng.choices(OUTLETS, cum_weights=_OF_OUTLETS)[0],
            published=when,
            body=((0, len(text)),),
            copy=copied(count, rng) if count and not rng.randrange(10) else None,
            actors=tuple(actor(n, rng) for n in range(4)),
            toponyms=tuple(toponym(rng) for _ in range(3)),
            attributions=tuple(attribution(n, rng) for n in range(3)),
            events=tuple(event(n, day, rng) for n in range(EACH)),
            incidents=(Incident(id="i1", type=TYPES[0], events=("e0", "e1")),),
        )


def event(number: int, published: date, rng: random.Random) -> Event:
    """Return an event with an actor, a recipient, a place, and a count and a voice now and then; one in ten undated."""
    span = (number * 80, number * 80 + 6)
    day = published - timedelta(rng.randrange(4))
    count = Count(what="killed", low=rng.randrange(40), high=None, span=span, text="scores")
    return Event(
        id=f"e{number}",
        type=rng.choices(TYPES, cum_weights=_OF_TYPES)[0],
        trigger=Mention(span=span, text="seized"),
        status=rng.choices(STATUSES, cum_weights=_OF_STATUSES)[0],  # type: ignore[arg-type]
        actors=(Mention(span=span, text="they", actor=f"a{rng.randrange(2)}"),),
        recipients=(Mention(span=span, text="them", actor=f"a{rng.randrange(2, 4)}"),),
        toponyms=(rng.randrange(3),),
        time=Interval(start=day.isoformat(), end=day.isoformat(), basis="text") if rng.randrange(10) else None,
        counts=(count,) if rng.randrange(3) == 0 else (),
        attributions=(f"s{rng.randrange(3)}",) if rng.randrange(2) else (),
        evidence=(span[0], span[0] + 70),
        confidence=round(rng.random(), 3),
    )


def actor(number: int, rng: random.Random) -> Actor:
    """Return one of twenty thousand groups."""
    return Actor(id=f"a{number}", name=who(rng), mentions=(), country=COUNTRIES[number], sector="MIL")


def attribution(number: int, rng: random.Random) -> Attribution:
    """Return what somebody says."""
    span = (number * 90, number * 90 + 60)
    source = Mention(span=span, text="they", actor=f"a{rng.randrange(4)}")
    return Attribution(id=f"s{number}", source=source, cue=None, content=(span,), quoted="indirect", rule="made up")


def toponym(rng: random.Random) -> Toponym:
    """Return a place; two of three are spots."""
    is_spot = rng.randrange(3) > 0
    return Toponym(
        span=(0, 6),
        text="Somewhere",
        latitude=rng.gauss(48, 6) if is_spot else None,
        longitude=rng.gauss(12, 12) if is_spot else None,
        geonames_id=None,
        country=rng.choices(COUNTRIES, cum_weights=_OF_COUNTRIES)[0],
        precision="place" if is_spot else "country",
        within=None,
    )


def copied(count: int, rng: random.Random) -> Copy:
    """Return which earlier document one copies."""
    of = rng.randrange(count)
    return Copy(of=f"d{of}", source=f"made/{of}.txt", kind="near", shared=0.8)


def who(rng: random.Random) -> str:
    """Return the name of a group."""
    return rng.choices(GROUPS, cum_weights=_OF_GROUPS)[0]
