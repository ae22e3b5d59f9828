"""How fast an archive of many events answers, and opens.

    python benchmarks/archive.py FOLDER [--events 1000000] [--seed 1]

The archive is made up: documents of twenty events each, with actors, places, counts and voices, written as a run writes
them. Each question that pages and exports ask is put a hundred times, with other values each time: 95 of a hundred
answers come within the time that is shown.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from byline.records import (
    Actor,
    Attribution,
    CodedDocument,
    Count,
    Event,
    Incident,
    Interval,
    Mention,
    Toponym,
)
from byline.store import Archive, Edition

EACH = 20  # events a document
BATCH = 500  # documents a transaction
ASKED = 100
TYPES = ("ASSAULT", "COERCE", "PROTEST", "ACCUSE", "CONSULT", "AID", "THREATEN", "REQUEST")
WORDS = [
    f"{a}{b}"
    for a in ("har", "mol", "ser", "tav", "lin", "bor", "quin", "ves")
    for b in ("bour", "ado", "pa", "ira", "den")
]
COUNTRIES = ("PRT", "ESP", "IRQ", "COL", "GBR", "FRA", "FIN", "KEN")
FIRST = date(2000, 1, 1)
DAYS = 9_000
Ask = tuple[str, tuple[Any, ...]]


def main() -> None:
    """Make the archive if it is not there, and show a line a question."""
    given = arguments()
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / f"events_{given.events}.byline"
    rng = random.Random(given.seed)  # noqa: S311 -- no secret
    if not path.exists():
        began = time.perf_counter()
        write(path, given.events, rng)
        took = time.perf_counter() - began
        say(f"written: {given.events:,} events in {took:.0f} s, {path.stat().st_size / 1e6:,.0f} MB")
    began = time.perf_counter()
    archive = Archive.open(path)
    archive.execute("SELECT count(*) FROM editions").fetchone()
    say(f"opened in {(time.perf_counter() - began) * 1000:.0f} ms")
    for name, ask in QUESTIONS.items():
        took = sorted(answered(archive, *ask(rng)) for _ in range(ASKED))
        say(f"{name:<44} median {took[ASKED // 2] * 1000:7.1f} ms   p95 {took[ASKED * 95 // 100] * 1000:7.1f} ms")


def answered(archive: Archive, query: str, values: tuple[Any, ...]) -> float:
    """Return how many seconds it takes to have all rows of an answer."""
    began = time.perf_counter()
    archive.execute(query, values).fetchall()
    return time.perf_counter() - began


def window(rng: random.Random, days: int = 60) -> tuple[str, str]:
    """Return the first and the last of some days."""
    start = FIRST + timedelta(rng.randrange(DAYS))
    return start.isoformat(), (start + timedelta(days)).isoformat()


def box(rng: random.Random) -> Ask:
    """Ask for what happened in an area of five degrees, in two years."""
    west, south = rng.uniform(-10, 35), rng.uniform(35, 60)
    query = (
        "SELECT e.* FROM event_points p JOIN events_happened e ON e.id = p.id WHERE p.west BETWEEN ? AND ? "
        "AND p.south BETWEEN ? AND ? AND p.last >= julianday(?) AND p.first <= julianday(?) LIMIT 100"
    )
    return query, (west, west + 5, south, south + 5, *window(rng, 730))


_PAGE = "SELECT * FROM events_happened WHERE {} LIMIT 100"
_DAYS = "start BETWEEN ? AND ?"
_BY_ACTOR = "id IN (SELECT event FROM participants WHERE name = ? AND role = 'actor')"
_BY_WORDS = "document IN (SELECT rowid FROM words WHERE words MATCH ?)"
QUESTIONS: dict[str, Callable[[random.Random], Ask]] = {
    "a window of time": lambda r: (_PAGE.format(_DAYS), window(r)),
    "a box in a window of time": box,
    "a type in a window of time": lambda r: (_PAGE.format(f"type = ? AND {_DAYS}"), (r.choice(TYPES), *window(r))),
    "a country in a window of time": lambda r: (
        _PAGE.format(f"country = ? AND {_DAYS}"), (r.choice(COUNTRIES), *window(r)),
    ),
    "an actor": lambda r: (_PAGE.format(_BY_ACTOR), (who(r),)),
    "two words of the text": lambda r: (_PAGE.format(_BY_WORDS), (" ".join(r.sample(WORDS, 2)),)),
    "how many, by type, in a window of time": lambda r: (
        "SELECT type, count(*) FROM events WHERE start BETWEEN ? AND ? GROUP BY type", window(r, 365),
    ),
    "how many, by type": lambda _: ("SELECT type, status, sum(events) FROM event_counts GROUP BY type, status", ()),
    "how many, by country": lambda _: ("SELECT country, sum(events) FROM event_counts GROUP BY country", ()),
    "how many, by month": lambda _: ("SELECT month, sum(events) FROM event_counts GROUP BY month", ()),
    "reports by outlet": lambda _: ("SELECT * FROM reports_by_outlet", ()),
    "one document": lambda r: (
        "SELECT d.*, c.record FROM documents d JOIN codings c ON c.document = d.id WHERE d.document = ?",
        (f"d{r.randrange(1_000)}",),
    ),
    "one incident": lambda r: (
        "SELECT * FROM events WHERE document = ? AND incident = ?", (r.randrange(1, 1_000), "i3"),
    ),
    "claims of a source": lambda r: ("SELECT * FROM claims WHERE source = ? LIMIT 100", (who(r),)),
}  # fmt: skip


def write(path: Path, events: int, rng: random.Random) -> None:
    """Write an archive of so many events."""
    made = documents(events // EACH, rng)
    with Archive.open(path, write=True) as archive:
        with archive.batch():
            edition = archive.add_edition(Edition("0", "made up", "made up", "", "none", ""))
            run = archive.begin_run(edition, "{}", "2026-01-01T00:00:00+00:00")
        while batch := list(islice(made, BATCH)):
            with archive.batch():
                for document in batch:
                    archive.add(document, edition, run)


def documents(number: int, rng: random.Random) -> Iterator[CodedDocument]:
    """Yield documents with twenty events each, two of them one happening."""
    for count in range(number):
        day = (FIRST + timedelta(rng.randrange(DAYS))).isoformat()
        when = Interval(start=day, end=day, basis="given")
        text = " ".join(rng.choices(WORDS, k=350))
        actors = tuple(
            Actor(id=f"a{n}", name=who(rng), mentions=(), country=rng.choice(COUNTRIES), sector="MIL") for n in range(6)
        )
        yield CodedDocument(
            id=f"d{count}",
            source=f"made/{count}.txt",
            text=text,
            publication=f"Outlet {rng.randrange(200)}",
            published=when,
            body=((0, len(text)),),
            actors=actors,
            toponyms=tuple(toponym(rng) for _ in range(4)),
            attributions=tuple(attribution(n, rng) for n in range(5)),
            events=tuple(event(n, when, rng) for n in range(EACH)),
            incidents=tuple(
                Incident(id=f"i{n}", type="ASSAULT", events=(f"e{2 * n}", f"e{2 * n + 1}")) for n in range(EACH // 2)
            ),
        )


def event(number: int, when: Interval, rng: random.Random) -> Event:
    """Return an event with an actor, a recipient, a place, and a count and a voice now and then."""
    span = (number * 80, number * 80 + 6)
    count = Count(what="killed", low=rng.randrange(40), high=None, span=span, text="scores")
    return Event(
        id=f"e{number}",
        type=rng.choice(TYPES),
        trigger=Mention(span=span, text="seized"),
        status=rng.choice(("actual", "actual", "denied", "planned")),
        actors=(Mention(span=span, text="they", actor=f"a{rng.randrange(3)}"),),
        recipients=(Mention(span=span, text="them", actor=f"a{rng.randrange(3, 6)}"),),
        toponyms=(rng.randrange(4),),
        time=when,
        counts=(count,) if rng.randrange(3) == 0 else (),
        attributions=(f"s{rng.randrange(5)}",) if rng.randrange(2) else (),
        evidence=(span[0], span[0] + 70),
        confidence=round(rng.random(), 3),
    )


def attribution(number: int, rng: random.Random) -> Attribution:
    """Return what somebody says."""
    span = (number * 90, number * 90 + 60)
    source = Mention(span=span, text="they", actor=f"a{rng.randrange(6)}")
    return Attribution(id=f"s{number}", source=source, cue=None, content=(span,), quoted="indirect", rule="made up")


def toponym(rng: random.Random) -> Toponym:
    """Return a place that is a spot."""
    return Toponym(
        span=(0, 6),
        text="Somewhere",
        latitude=rng.uniform(35, 65),
        longitude=rng.uniform(-10, 40),
        geonames_id=None,
        country=rng.choice(COUNTRIES),
        precision="place",
        within=None,
    )


def who(rng: random.Random) -> str:
    """Return the name of one of two thousand groups."""
    return f"Group {rng.randrange(2_000)}"


def say(words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
