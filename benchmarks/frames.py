"""Turn the events of an archive into records, pandas, polars and Arrow; rows a second, and memory at the most.

    python benchmarks/frames.py ARCHIVE [FIRST LAST]

FIRST and LAST are days: the events between them. Each way is a process of its own, so that none finds what another
has left in memory.
"""

import resource
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context

import byline

WAYS: dict[str, Callable[[byline.Table[byline.EventRow]], int]] = {
    "records": lambda table: sum(1 for _ in table),
    "pandas": lambda table: len(table.to_pandas()),
    "polars": lambda table: table.to_polars().height,
    "arrow": lambda table: table.to_arrow().num_rows,
}


def main() -> None:
    """Print a line a way."""
    path, *days = sys.argv[1:]
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for way in WAYS:
            rows, seconds, memory = pool.apply(measured, (way, path, days))
            print(f"{way:8} {rows:>9,} rows {rows / seconds:>9,.0f} a second {memory:>6,} MB")  # noqa: T201 - its output


def measured(way: str, path: str, days: list[str]) -> tuple[int, float, int]:
    """Return how many rows there are, seconds, and the process's largest memory in megabytes."""
    first, last = days or (None, None)
    with byline.open(path) as archive:
        begun = time.perf_counter()
        rows = WAYS[way](archive.events(first=first, last=last))
        return rows, time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
