"""Measure how fast files are opened, without reading their pages, and the memory that it takes.

    python benchmarks/containers.py export.csv archive.zip ...

Each line: the file, what stands in it, members a CPU-second, the largest memory so far in MB.
"""

import resource
import sys
import time
from importlib import import_module
from pathlib import Path

from byline.ingest import Facts, Options
from byline.ingest.formats import recognise
from byline.ingest.opening import CONTAINERS
from byline.ingest.source import Source
from byline.records import Failure, Origin


def main() -> None:
    """Print a line for each file."""
    for name in sys.argv[1:]:
        begun = time.process_time()
        members, failures = opened(name)
        rate = members / (time.process_time() - begun)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(f"{name}: {members:,} members, {failures:,} failures, {rate:,.0f}/s, {memory} MB\n")


def opened(name: str) -> tuple[int, int]:
    """Return how many members a file has, its own containers opened, and how many cannot be read."""
    with Path(name).open("rb") as stream:
        return _counted(Source(name, stream, Facts(), Origin(container=name)))


def _counted(source: Source) -> tuple[int, int]:
    found = "page" if source.is_page else recognise(source.stream)
    if found not in CONTAINERS:
        source.read()
        return 1, 0
    members = failures = 0
    for member in import_module(f"byline.ingest.containers.{CONTAINERS[found]}").read(source, Options()):
        more, failed = (0, 1) if isinstance(member, Failure) else _counted(member)
        members, failures = members + more, failures + failed
    return members, failures


if __name__ == "__main__":
    main()
