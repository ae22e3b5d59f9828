"""What a lake costs: time and memory of coding, bytes, the pass for copies; and that bad shards cost themselves alone.

    python benchmarks/scale.py [--coded 200 ...] [--short 1000 10000 ...] [--copies 1000 10000 100000 ...]
    python benchmarks/scale.py --bad                 # 100 shards, of which one kills its worker and one raises

The documents are those of `copies.py`: reports of invented happenings, four in ten of them copies. Some are coded
whole, more of them short, cut to their first paragraph; documents of every size are put into a lake and looked
through for copies, as the driver does. Each figure comes from a process of its own. Times are of the processor, so
that other work on the machine counts less. Each line of output is JSON.
"""

import argparse
import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import msgspec
from copies import Writer
from saying import show

from byline.ingest import Options
from byline.records import CodedDocument, Document
from byline.run.cluster import Job, Plan, code_shard, connected, marked
from byline.run.job import Settings, coder_of
from byline.run.lake import Entry, Lake
from byline.run.shards import Shard, cut, edition_of

CODED, SHORT, COPIES = [200], [1_000, 10_000], [1_000, 10_000, 100_000]
A_SHARD, SHARDS = 1_000, 100
KILLS, RAISES = "shard-013.txt", "shard-057.txt"
Result = TypeVar("Result")


def main() -> None:
    """Measure and print."""
    given = arguments()
    if given.bad:
        show(bad())
        return
    for size in given.coded:
        show(alone(coding, size, short=False))
    for size in given.short:
        show(alone(coding, size, short=True))
    for size in given.copies:
        with tempfile.TemporaryDirectory() as folder:
            entries = alone(uncoded, folder, size)
            show(alone(copies, folder, entries))


def coding(size: int, *, short: bool) -> dict[str, object]:
    """Return what it costs to code documents into a lake, in one process."""
    coder = coder_of(Settings())
    list(coder.code_marked(documents(8, short=short)))  # warm
    spent = characters = 0.0

    def coded() -> Iterator[CodedDocument]:
        nonlocal spent, characters
        found = coder.code_marked(documents(size, short=short))
        begin = time.process_time()
        for document in found:
            assert isinstance(document, CodedDocument)
            spent += time.process_time() - begin
            characters += len(document.text)
            yield document
            begin = time.process_time()

    with tempfile.TemporaryDirectory() as folder:
        begin = time.process_time()
        fill(Lake(folder), coded())
        seconds = time.process_time() - begin
        stored = {f: sum(p.stat().st_size for p in Path(folder, f).iterdir()) for f in ("documents", "events")}
    return {
        "coded": size,
        "characters_a_document": round(characters / size),
        "documents_a_core_hour": round(size / spent * 3600),
        "characters_a_second": round(characters / spent),
        "writing_share": round(1 - spent / seconds, 3),
        "peak_memory_mb": memory(),
        **{f"{folder}_bytes_a_document": round(count / size) for folder, count in stored.items()},
    }


def uncoded(folder: str, size: int) -> list[Entry]:
    """Put documents into a lake as if they had been coded and nothing were found, and return its files."""
    printed = (p.document for p in Writer(size).archive(size))
    return fill(Lake(folder), (CodedDocument(**{n: getattr(d, n) for n in d.__struct_fields__}) for d in printed))


def copies(folder: str, entries: list[Entry]) -> dict[str, object]:
    """Return what the driver's pass for copies costs."""
    begin, size, found = time.process_time(), 0, 0
    for _, marks, entry in marked(Lake(folder), entries):
        size += entry.documents
        found += sum(copy is not None for copy in marks.values())
    seconds = time.process_time() - begin
    return {
        "documents": size,
        "copies": found,
        "seconds": round(seconds, 1),
        "copies_documents_per_second": round(size / seconds),
        "peak_memory_mb": memory(),
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


def documents(size: int, *, short: bool) -> Iterator[Document]:
    """Yield documents, the same for the same size, written a shard at a time."""
    written = chain.from_iterable(Writer(n).archive(min(size, A_SHARD)) for n in range(-(-size // A_SHARD)))
    found = (printed.document for printed in islice(written, size))
    return map(first_paragraph, found) if short else found


def first_paragraph(document: Document) -> Document:
    """Return a document that has its first paragraph only."""
    return msgspec.structs.replace(document, text=document.text[: document.body[0][1]], body=document.body[:1])


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


def alone(work: Callable[..., Result], *given: object, **named: object) -> Result:
    """Return what a function returns in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(work, *given, **named).result()


def memory() -> int:
    """Return the most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, sizes in (("coded", CODED), ("short", SHORT), ("copies", COPIES)):
        parser.add_argument(f"--{name}", type=int, nargs="*", default=sizes, metavar="DOCUMENTS")
    parser.add_argument("--bad", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
