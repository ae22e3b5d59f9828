"""What `byline code SOURCE --to ARCHIVE` gains by a second worker.

    python benchmarks/workers.py SOURCE [ROUNDS]

Each round makes a new archive with one worker and another with two; the best round of each counts. Everything is
measured from the first batch that is committed on, so that loading counts on neither side: documents a second by the
clock, on which others at work on the machine count too (`load`), and the milliseconds of the processor that a document
takes of a worker and of the process at the archive, on which they do not (from /proc, so on Linux only); of the latter,
those for linking are shown apart, as they depend on how much the documents have in common. From these follows
`ratio_of_two_cores`, what two workers and the process at the archive reach on two cores of their own, in times of one
worker: 2 w / (w + a), if both cores are as fast together as one alone: `of_two_workers_ms` tells how slow a worker is
beside another. The last line is JSON.
"""

import json
import os
import sys
import tempfile
import time
from multiprocessing import active_children
from pathlib import Path
from typing import NamedTuple

from byline.ingest import pages
from byline.run import archiving
from byline.run.archiving import Archiving
from byline.run.job import Settings
from byline.run.linking import Linker
from byline.store import Archive

ROUNDS = 3
TICKS = os.sysconf("SC_CLK_TCK")


class Run(NamedTuple):
    """Documents after the first batch; seconds of the clock; of the processor here, for linking, and in the workers."""

    documents: int
    seconds: float
    here: float
    linking: float
    workers: float


class Timed(Linker):
    """A linker that counts the seconds of the processor that it takes while documents come."""

    spent = 0.0

    def keep_up(self) -> None:
        began = time.process_time()
        super().keep_up()
        Timed.spent += time.process_time() - began


def main() -> None:
    """Measure and print."""
    archiving.Linker = Timed  # type: ignore[misc]
    source, *rounds = sys.argv[1:]
    runs: dict[int, list[Run]] = {1: [], 2: []}
    for _ in range(int(rounds[0]) if rounds else ROUNDS):
        for workers, done in runs.items():
            done.append(coded(source, workers))
            sys.stdout.write(f"{workers} workers {done[-1].documents / done[-1].seconds:8.1f} documents a second\n")
            sys.stdout.flush()
    one, two = (max(run.documents / run.seconds for run in done) for done in runs.values())
    archive = min(run.here / run.documents for done in runs.values() for run in done)
    linking = min(run.linking / run.documents for done in runs.values() for run in done)
    worker, of_two = (min(run.workers / run.documents for run in done) for done in runs.values())
    figures = {
        "documents": runs[1][0].documents,
        "one_documents_per_second": round(one, 1),
        "two_documents_per_second": round(two, 1),
        "ratio": round(two / one, 2),
        "load": round(os.getloadavg()[0], 1),
        "worker_ms_a_document": round(1000 * worker, 1),
        "of_two_workers_ms": round(1000 * of_two, 1),
        "archive_ms_a_document": round(1000 * archive, 1),
        "of_that_linking_ms": round(1000 * linking, 1),
        "ratio_of_two_cores": round(2 * worker / (worker + archive), 2),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


def coded(source: str, workers: int) -> Run:
    """Code a source into a new archive."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder, "archive.byline"), write=True) as archive:
        batches = Archiving(archive, Settings(), workers=workers).code(pages([source]))
        next(batches)
        documents, spent = 0, children()
        begin, here, linking = time.perf_counter(), time.process_time(), Timed.spent
        for batch in batches:
            documents, latest = documents + len(batch), children()
        took, busy = time.perf_counter() - begin, time.process_time() - here
        return Run(documents, took, busy, Timed.spent - linking, latest - spent)


def children() -> float:
    """Return the seconds of the processor that the processes started from here have taken so far."""
    stats = (
        Path(f"/proc/{child.pid}/stat").read_text("ascii").rpartition(")")[2].split() for child in active_children()
    )
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS


if __name__ == "__main__":
    main()
