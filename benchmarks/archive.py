"""How fast an archive of many events answers, and opens, and is written.

    python benchmarks/archive.py FOLDER [--events 1000000] [--seed 1]

The archive is made up (see made_up.py), written as a run writes it, and its reports are linked. Each question that
pages and exports ask is put a hundred times, with other values each time; shown are the median and the time within
which 95 of a hundred answers come, in milliseconds by the clock and of the processor. A page is fifty events, the
earliest first, with all that is known of them; its counts are those by month, type, status, country and outlet.
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path

from asking import arguments
from made_up import COUNTRIES, DAYS, EACH, FIRST, OUTLETS, STATUSES, TYPES, VOCABULARY, documents, who
from saying import say

from byline.run.linking import link
from byline.store import Archive, Asked, Edition, incident, incidents, passages
from byline.store.finding import Facet, Filter, find

BATCH = 16  # documents a transaction, as in a run
ASKED = 100
SIZE = 50
FACETS: tuple[Facet, ...] = ("month", "type", "status", "country", "outlet")
Ask = Callable[[Archive, random.Random], object]


def main() -> None:
    """Make the archive if it is not there, and show a line a question."""
    given = arguments(__doc__, events=1_000_000, seed=1)
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / f"events_{given.events}.byline"
    if not path.exists():
        write(path, given.events, given.seed)
        linked(path)
    began = time.perf_counter()
    archive = Archive.open(path)
    archive.execute("SELECT count(*) FROM editions").fetchone()
    say(f"opened in {(time.perf_counter() - began) * 1000:.0f} ms")
    rng = random.Random(given.seed)  # noqa: S311 -- no secret
    for name, ask in QUESTIONS.items():
        took = [answered(ask, archive, rng) for _ in range(ASKED)]
        by_clock, busy = (middle_and_late(times) for times in zip(*took, strict=True))
        say(f"{name:<58} ms {by_clock}   of a processor {busy}")


def middle_and_late(times: Sequence[float]) -> str:
    """Return the median and the 95th of a hundred, in milliseconds."""
    ranked = sorted(times)
    return f"{ranked[len(ranked) // 2] * 1e3:6.1f} {ranked[len(ranked) * 95 // 100] * 1e3:6.1f}"


def answered(ask: Ask, archive: Archive, rng: random.Random) -> tuple[float, float]:
    """Return how many seconds it takes to have all of an answer, by the clock and of the processor."""
    began, busy = time.perf_counter(), time.process_time()
    with archive.snapshot():
        ask(archive, rng)
    return time.perf_counter() - began, time.process_time() - busy


def window(rng: random.Random, days: int = 60) -> tuple[str, str]:
    """Return the first and the last of some days."""
    start = FIRST + timedelta(rng.randrange(DAYS))
    return start.isoformat(), (start + timedelta(days)).isoformat()


def box(rng: random.Random) -> tuple[float, float, float, float]:
    """Return an area of five degrees."""
    west, south = rng.uniform(-10, 35), rng.uniform(35, 60)
    return west, south, west + 5, south + 5


def page(wanted: Callable[[random.Random], Filter], at: float = 0) -> Ask:
    """Ask for a page of the events of a filter; `at`: which, 1 is the last."""

    def ask(archive: Archive, rng: random.Random) -> object:
        found = find(archive, wanted(rng))
        return found.page(int(len(found) * at) // SIZE * SIZE, SIZE)

    return ask


def counts(wanted: Callable[[random.Random], Filter], *facets: Facet) -> Ask:
    """Ask for counts of the events of a filter."""
    return lambda archive, rng: [find(archive, wanted(rng)).counts(facet) for facet in facets]


def whole(wanted: Callable[[random.Random], Filter]) -> Ask:
    """Ask for a page with all of its counts."""

    def ask(archive: Archive, rng: random.Random) -> object:
        found = find(archive, wanted(rng))
        return found.page(0, SIZE), [found.counts(facet) for facet in FACETS]

    return ask


def sql(query: str, values: Callable[[random.Random], tuple[object, ...]] = lambda _: ()) -> Ask:
    """Ask a question in SQL."""
    return lambda archive, rng: archive.execute(query, values(rng)).fetchall()


def one_incident(archive: Archive, rng: random.Random) -> object:
    """Ask for any incident: its row and all passages."""
    query = "SELECT max(id) FROM incidents WHERE id <= ?"
    (number,) = archive.execute(query, (f"u{rng.randrange(1 << 60, 1 << 64):016x}",)).fetchone()
    return incident(archive, number), passages(archive, number)


def two_words(rng: random.Random) -> str:
    """Return two words, each of which one document in eight has or fewer."""
    return " ".join(rng.sample(VOCABULARY[300:3_000], 2))


FILTERS: dict[str, Callable[[random.Random], Filter]] = {
    "no filter": lambda _: Filter(),
    "a window of time": lambda r: Filter(*window(r)),
    "a box": lambda r: Filter(box=box(r)),
    "a type": lambda r: Filter(types=[r.choice(TYPES)]),
    "a status that half of all have": lambda _: Filter(statuses=[STATUSES[0]]),
    "an outlet": lambda r: Filter(outlets=[r.choice(OUTLETS)]),
    "an actor": lambda r: Filter(actor=who(r)),
    "the most frequent actor": lambda _: Filter(actor="Group 0"),
    "two words": lambda r: Filter(words=two_words(r)),
    "a word that half of all documents have": lambda _: Filter(words=VOCABULARY[50]),
    "a word that all documents have": lambda _: Filter(words=VOCABULARY[0]),
    "a word of half of all, box, status, years": lambda r: Filter(
        *window(r, 1_500), box=box(r), statuses=[STATUSES[0]], words=VOCABULARY[50]
    ),
    "type, country, actor, years, originals": lambda r: Filter(
        *window(r, 1_500), types=TYPES[:2], countries=COUNTRIES[:2], actor="Group 0", originals_only=True
    ),
}
QUESTIONS: dict[str, Ask] = {
    **{f"page: {name}": page(wanted) for name, wanted in FILTERS.items()},
    "the last page: no filter": page(lambda _: Filter(), 1),
    **{f"page and all counts: {name}": whole(wanted) for name, wanted in FILTERS.items()},
    "counts by month": counts(lambda _: Filter(), "month"),
    "counts by outlet": counts(lambda _: Filter(), "outlet"),
    "SQL: events of a type that happened in a window of time": sql(
        "SELECT * FROM events_happened WHERE type = ? AND start BETWEEN ? AND ? LIMIT 100",
        lambda r: (r.choice(TYPES), *window(r)),
    ),
    "SQL: events in a box and a window of time": sql(
        "SELECT e.* FROM event_points p JOIN events_happened e ON e.id = p.id WHERE p.west BETWEEN ? AND ? "
        "AND p.south BETWEEN ? AND ? AND p.last >= julianday(?) AND p.first <= julianday(?) LIMIT 100",
        lambda r: (*(box(r)[n] for n in (0, 2, 1, 3)), *window(r, 730)),
    ),
    "reports by outlet": sql("SELECT * FROM reports_by_outlet"),
    "one document": sql(
        "SELECT d.*, c.record FROM documents d JOIN codings c ON c.document = d.id WHERE d.document = ?",
        lambda r: (f"d{r.randrange(10_000)}",),
    ),
    "one report": sql(
        "SELECT e.* FROM reports r JOIN events e ON e.report = r.id WHERE r.document = ? AND r.report = ?",
        lambda r: (r.randrange(1, 10_000), "i1"),
    ),
    "one incident, with all that tells of it": one_incident,
    "a page of the incidents in a window of time": lambda archive, rng: list(
        incidents(archive, Asked(*window(rng)), 0, SIZE)
    ),
    "claims of a source": sql("SELECT * FROM claims WHERE source = ? LIMIT 100", lambda r: (who(r),)),
}


def linked(path: Path) -> None:
    """Link the reports of an archive, and say how long that has taken."""
    began = time.process_time()
    with Archive.open(path, write=True) as archive:
        reports = link(archive)
    say(f"linked: {reports:,} reports in {time.process_time() - began:.0f} s of the processor")


def write(path: Path, events: int, seed: int) -> None:
    """Write an archive of so many events, and say what writing alone has cost."""
    began, spent, made = time.perf_counter(), 0.0, documents(events // EACH, seed)
    with Archive.open(path, write=True) as archive:
        with archive.batch():
            edition = archive.add_edition(Edition("0", "made up", "made up", "", "none", ""))
            run = archive.begin_run(edition, "{}", "2026-01-01T00:00:00+00:00")
        while batch := list(islice(made, BATCH)):
            before = time.process_time()
            with archive.batch():
                for document in batch:
                    archive.add(document, edition, run)
            spent += time.process_time() - before
    took, size = time.perf_counter() - began, path.stat().st_size / 1e6
    say(f"written: {events:,} events of {events // EACH:,} documents in {took:.0f} s, {size:,.0f} MB")
    say(f"of that: {spent / events * 1e6:.0f} microseconds of processor time an event to enter it")


if __name__ == "__main__":
    main()
