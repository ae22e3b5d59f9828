"""How fast, and in how much memory, an archive of many events is exported.

    python benchmarks/export.py FOLDER [--events 1000000] [--seed 1]

The archive is made up (see made_up.py) and written as a run writes it. Each export is a process of its own, `byline
export` as a user gives it, and is shown with rows a second by the clock and of the processor, starting included, and
the peak of its memory. Last stands what a loop of Python does in this machine's time: where others use the machine,
all figures fall with it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from archive import write
from asking import arguments
from saying import say

FORMS = {
    "events as CSV": ("--format", "csv"),
    "events as Parquet": ("--format", "parquet"),
    "events as GeoParquet": ("--format", "geoparquet"),
    "events as JSON lines": ("--format", "jsonl"),
    "events as CSV, a filter": ("--format", "csv", "--status", "actual", "--originals"),
}
LOOP = 10_000_000


class Took(NamedTuple):
    """What a process took: seconds by the clock, of the processor, and bytes of memory at most."""

    clock: float
    busy: float
    memory: int


def main() -> None:
    """Make the archive if it is not there, and show a line an export, of a tenth of it and of all."""
    given = arguments(__doc__, events=1_000_000, seed=1)
    given.folder.mkdir(parents=True, exist_ok=True)
    for events in (given.events // 10, given.events):
        path = given.folder / f"events_{events}.byline"
        if not path.exists():
            write(path, events, given.seed)
        for name, options in FORMS.items():
            out = given.folder / "out"
            took = exported(path, out, options)
            rows = events if "--status" not in options else counted(out)
            say(
                f"{events:9,} {name:<26} {rows / took.clock:9,.0f} rows/s by the clock {rows / took.busy:9,.0f} "
                f"of the processor {took.memory / 1e6:6,.0f} MB"
            )
            out.unlink()
    say(f"a loop: {LOOP / looped() / 1e6:.1f} million turns a second")


def exported(archive: Path, out: Path, options: tuple[str, ...]) -> Took:
    """Export an archive in a process of its own."""
    command = [sys.executable, "-c", "import sys; from byline.cli import main; sys.exit(main())", "export"]
    began = time.perf_counter()
    process = subprocess.Popen([*command, str(archive), "--to", str(out), *options])  # noqa: S603 -- our own
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(process.returncode)
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
    return Took(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def counted(path: Path) -> int:
    """Return how many rows a file has below its head."""
    with path.open("rb") as file:
        return sum(1 for _ in file) - 1


def looped() -> float:
    """Return how many seconds of the processor a loop takes."""
    began, total = time.process_time(), 0
    for number in range(LOOP):
        total += number
    return time.process_time() - began


if __name__ == "__main__":
    main()
