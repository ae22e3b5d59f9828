"""Two readers and one writer at an archive at once: no error, no time-out, and what the readers see holds together.

    python benchmarks/readers.py FOLDER [--seconds 600] [--seed 1]

The writer adds made-up documents sixteen at a time, as a run does; each sixth batch is coded again by another edition,
with an event less a document. The readers ask what pages ask, each time in one snapshot, and hold what they see against
itself: every document whole, with its coding, its events and its words; counts of outlets and cells as the rows have
them. The writer tells how large the write-ahead log beside the archive has become.
"""

import random
import sqlite3
import sys
import time
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context
from multiprocessing.queues import Queue
from pathlib import Path

import msgspec
from asking import arguments
from made_up import OUTLETS, TYPES, documents
from saying import say

from byline.errors import BylineError
from byline.records import CodedDocument
from byline.store import Archive, Edition
from byline.store.finding import Filter, find

BATCH = 16
AGAIN = 6  # batches, of which one is coded again
ALL = 10_000_000
EDITION = Edition("0", "made up", "made up", "", "none", "")
_CONTEXT = get_context("spawn")


@dataclass
class Told:
    """What a process has to tell: how often it did what, the longest times in seconds, what was wrong."""

    who: str
    times: int = 0
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    log: int = 0


def main() -> int:
    """Run the three for so long; 1 if anything was wrong."""
    given = arguments(__doc__, seconds=600.0, seed=1)
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / "readers.byline"
    for part in given.folder.glob("readers.byline*"):
        part.unlink()
    with Archive.open(path, write=True) as archive:
        write(archive, list(documents(BATCH, given.seed)), EDITION)
    told: Queue[Told] = _CONTEXT.Queue()
    jobs = [(writing, "writer"), (reading, "reader 1"), (reading, "reader 2")]
    processes = [_CONTEXT.Process(target=job, args=(path, who, given.seconds, given.seed, told)) for job, who in jobs]
    for process in processes:
        process.start()
    found = [told.get() for _ in processes]
    for process in processes:
        process.join()
    for one in sorted(found, key=lambda one: one.who):
        took = [f"{seconds * 1e3:.0f} ms" for seconds in sorted(one.seconds)]
        log = f", log at most {one.log / 1e6:.0f} MB" if one.log else ""
        say(f"{one.who}: {one.times} times, median {took[len(took) // 2]}, longest {took[-1]}{log}")
    wrong = [words for one in found for words in one.wrong]
    say(f"archive: {path.stat().st_size / 1e6:.0f} MB; " + (f"WRONG: {wrong[:10]}" if wrong else "nothing was wrong"))
    return bool(wrong)


def writing(path: Path, who: str, seconds: float, seed: int, told: "Queue[Told]") -> None:
    """Write batch after batch, some of them twice."""
    one, end, made = Told(who), time.monotonic() + seconds, documents(ALL, seed + 1, first=BATCH)
    log = path.with_name(path.name + "-wal")
    try:
        with Archive.open(path, write=True) as archive:
            while time.monotonic() < end:
                batch = list(islice(made, BATCH))
                began = time.monotonic()
                write(archive, batch, EDITION)
                one.seconds.append(time.monotonic() - began)
                if one.times % AGAIN == 0:
                    fewer = [msgspec.structs.replace(d, events=d.events[2:], incidents=()) for d in batch]
                    write(archive, fewer, EDITION._replace(ontology="other"))
                one.times += 1
                one.log = max(one.log, log.stat().st_size)
    except (BylineError, sqlite3.Error) as error:
        one.wrong.append(f"{who}: {error}")
    told.put(one)


def write(archive: Archive, batch: list[CodedDocument], edition: Edition) -> None:
    """Write documents in one transaction, as a run of their own."""
    with archive.batch():
        number = archive.add_edition(edition)
        run = archive.begin_run(number, "{}", "2026-01-01T00:00:00+00:00")
        for document in batch:
            archive.add(document, number, run)
        archive.end_run(run, "2026-01-01T00:00:01+00:00")


def reading(path: Path, who: str, seconds: float, seed: int, told: "Queue[Told]") -> None:
    """Ask one page after another, each in a snapshot of its own."""
    one, end = Told(who), time.monotonic() + seconds
    rng = random.Random(f"{seed} {who}")  # noqa: S311 -- no secret
    try:
        with Archive.open(path) as archive:
            while time.monotonic() < end:
                began = time.monotonic()
                with archive.snapshot():
                    one.wrong += wrong(archive, rng)
                one.seconds.append(time.monotonic() - began)
                one.times += 1
    except (BylineError, sqlite3.Error) as error:
        one.wrong.append(f"{who}: {error}")
    told.put(one)


def wrong(archive: Archive, rng: random.Random) -> list[str]:
    """Ask what pages ask, and return what does not hold together."""
    everything = find(archive, Filter())
    some = find(archive, Filter(types=[rng.choice(TYPES)], outlets=rng.sample(OUTLETS, 20)))
    page = some.page(0, 50)
    pairs = {
        "documents of outlets": ("SELECT sum(documents) FROM outlets", "SELECT count(*) FROM documents"),
        "events of outlets": ("SELECT sum(events) FROM outlets", "SELECT count(*) FROM events"),
        "codings": ("SELECT count(*) FROM documents", "SELECT count(DISTINCT document) FROM codings"),
        "words": ("SELECT count(*) FROM documents", "SELECT count(*) FROM words_docsize"),
        "points": ("SELECT count(*) FROM event_points", "SELECT count(*) FROM events WHERE latitude IS NOT NULL"),
    }
    held = {name: number(archive, one) == number(archive, other) for name, (one, other) in pairs.items()}
    held |= {
        "whole batches": number(archive, "SELECT count(*) FROM documents") % BATCH == 0,
        "cells": len(everything) == number(archive, "SELECT count(*) FROM events"),
        "counts by type": sum(everything.counts("type").values()) == len(everything),
        "counts by month": sum(some.counts("month").values()) == len(some),
        "a page": len(page) == min(50, len(some)) and all(row["evidence"] for row in page),
        "the last documents": number(archive, _TORN) == 0,
        "incidents": number(archive, _LOST) == 0,
    }
    return [name for name, is_so in held.items() if not is_so]


# Of the last documents, those of which events, the latest coding and the count of events do not agree.
_TORN = """
SELECT count(*) FROM (SELECT id, events FROM documents ORDER BY id DESC LIMIT 100) d
WHERE d.events IS NOT (SELECT count(*) FROM events WHERE document = d.id)
   OR d.events IS NOT (SELECT events FROM codings WHERE document = d.id ORDER BY edition DESC LIMIT 1)
"""
_LOST = """
SELECT count(*) FROM (SELECT document, report FROM events ORDER BY id DESC LIMIT 1000) e
WHERE e.report IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM reports WHERE id = e.report AND document = e.document)
"""


def number(archive: Archive, query: str) -> int:
    """Return the one number that a query asks for."""
    return int(archive.execute(query).fetchone()[0] or 0)


if __name__ == "__main__":
    sys.exit(main())
