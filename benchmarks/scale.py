"""What a lake costs: time and memory of coding, bytes, the pass for copies; and that bad shards cost themselves alone.

    python benchmarks/scale.py [DOCUMENTS ...]       # 1000 10000 if none are given
    python benchmarks/scale.py --bad                 # 100 shards, of which one kills its worker and one raises

The documents are those of `copies.py`: reports of invented happenings, four in ten of them copies. The first 1,000 are
coded, with one process; documents of every size are put into a lake and looked through for copies, as the driver does.
Times are of the processor, so that other work on the machine counts less. Each line of output is JSON.
"""

import json
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec
from copies import Writer

from byline.ingest import Options
from byline.records import CodedDocument, Document
from byline.run.cluster import Job, Plan, code_shard, connected, marked
from byline.run.job import Settings, coder_of
from byline.run.lake import Entry, Lake
from byline.run.shards import Shard, cut, edition_of

SIZES = (1_000, 10_000)
CODED, A_SHARD, SHARDS = 1_000, 1_000, 100
KILLS, RAISES = "shard-013.txt", "shard-057.txt"


def main() -> None:
    """Measure and print."""
    if sys.argv[1:] == ["--bad"]:
        show(bad())
        return
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    show(coding(min(CODED, *sizes)))
    for size in sizes:
        show(copies(size))


def coding(size: int) -> dict[str, float]:
    """Return what it costs to code documents into a lake, in one process."""
    coder = coder_of(Settings())
    found = list(coder.code_marked(archive(8)))  # warm
    begin = time.process_time()
    found = list(coder.code_marked(archive(size)))
    seconds = time.process_time() - begin
    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        fill(Lake(folder), (d for d in found if isinstance(d, CodedDocument)))
        writing = time.process_time() - begin
        stored = {f: sum(p.stat().st_size for p in Path(folder, f).iterdir()) for f in ("documents", "events")}
    return {
        "coded": size,
        "characters_a_document": round(sum(len(d.text) for d in archive(size)) / size),
        "documents_a_core_hour": round(size / seconds * 3600),
        "writing_share": round(writing / (seconds + writing), 3),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        **{f"{folder}_bytes_a_document": round(count / size) for folder, count in stored.items()},
    }


def copies(size: int) -> dict[str, float]:
    """Return what the driver's pass for copies costs."""
    with tempfile.TemporaryDirectory() as folder:
        lake = Lake(folder)
        plain = (CodedDocument(**{n: getattr(d, n) for n in d.__struct_fields__}) for d in archive(size))
        entries = fill(lake, plain)
        begin = time.process_time()
        found = sum(sum(copy is not None for copy in copies.values()) for _, copies, _ in marked(lake, entries))
        seconds = time.process_time() - begin
    return {
        "documents": size,
        "copies": found,
        "copies_documents_per_second": round(size / seconds),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def bad() -> dict[str, object]:
    """Return what becomes of 100 shards on local workers, of which one kills its worker and one raises."""
    with tempfile.TemporaryDirectory() as folder, connected("local") as client:
        pages = Path(folder, "pages")
        pages.mkdir()
        for number in range(SHARDS):
            (pages / f"shard-{number:03}.txt").write_text("Police arrested two men in Leeds on Monday.", "utf-8")
        plan = Plan(f"{folder}/lake", Settings(), Options(), edition_of(Settings(), Options()))
        begin = time.perf_counter()
        contents = Job(client, plan, code=code_or_fail).run(list(cut([str(pages)], plan.edition, size=1)))
        return {
            "shards": SHARDS,
            "complete": contents.documents,
            "set_aside": {Path(s.sources[0]).name: s.reason for s in contents.set_aside},
            "seconds": round(time.perf_counter() - begin, 1),
        }


def code_or_fail(shard: Shard, plan: Plan) -> str:
    """Code a shard, unless it is a bad one."""
    coder_of(plan.settings)
    name = Path(shard.sources[0]).name
    if name == KILLS:
        os.kill(os.getpid(), signal.SIGKILL)
    if name == RAISES:
        raise RuntimeError(name)
    return code_shard(shard, plan)


def archive(size: int) -> Iterator[Document]:
    """Yield documents; the same for the same size."""
    return (printed.document for printed in Writer(size).archive(size))


def fill(lake: Lake, documents: Iterable[CodedDocument]) -> list[Entry]:
    """Write documents into a lake, and return its files."""
    lake.open_for_writing()
    stream, entries = iter(documents), list[Entry]()
    while shard := list(islice(stream, A_SHARD)):
        entries.append(Entry(file=f"{len(entries):032x}", sources=()))
        with lake.writing(entries[-1].file) as files:
            for place, document in enumerate(shard):
                files.add(place, msgspec.structs.replace(document, copy=None))
    return entries


def show(figures: dict[str, object] | dict[str, float]) -> None:
    """Print one line."""
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
