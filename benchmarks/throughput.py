"""Documents a second of `byline code` against the bare language pipeline, and start and memory.

    python benchmarks/throughput.py [SOURCE ...]

A source is what `byline code` reads: a folder, a file of JSON lines, an archive;
without any the demo archive is read, repeated to 300 documents. Both sides run
warm, in one process, on one core, on the same documents, in turns. The figures
are those of the best rounds in seconds of the processor, so neither the
machine's speed nor others at work on it count. The pipeline's side is
`spacy.load(NAME).pipe(texts)` as it comes. Reading pages is part of neither
side. The last line is JSON.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path

from byline.demo import MANIFEST, PAGES
from byline.records import Document

DOCUMENTS, ROUNDS = 300, 3
Figures = dict[str, float]


def main() -> None:
    """Measure and print. Commands come first: a child's peak memory counts what its parent held."""
    figures = commands() | throughput(sys.argv[1:])
    for name, figure in figures.items():
        sys.stdout.write(f"{name:32}{figure:>12}\n")
    sys.stdout.write(json.dumps(figures) + "\n")


def commands() -> Figures:
    """Return start times and the peak memory of the program on its own."""
    return {
        "help_seconds": round(_seconds(lambda: _byline("--help")), 2),
        "one_page_cold_seconds": round(_seconds(lambda: _byline("code", _first_page())), 2),
        "demo_seconds": round(_seconds(lambda: _byline("code", str(PAGES), "--manifest", str(MANIFEST))), 2),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }


def throughput(sources: list[str]) -> Figures:
    """Return documents a second of both sides and their ratio."""
    import spacy  # noqa: PLC0415 - after the commands: see main

    from byline.language.package import DEFAULT  # noqa: PLC0415
    from byline.run.job import Coder, Settings  # noqa: PLC0415

    documents = _documents(sources)
    coder, bare = Coder(Settings()), spacy.load(DEFAULT)
    texts = ["\n\n".join(d.text[slice(*span)] for span in d.body) for d in documents]
    ours = theirs = float("inf")
    for _ in range(ROUNDS):
        theirs = min(theirs, _seconds(lambda: sum(1 for _ in bare.pipe(texts)), time.process_time))
        ours = min(ours, _seconds(lambda: sum(1 for _ in coder.code_all(documents)), time.process_time))
    return {
        "documents": len(documents),
        "characters": sum(map(len, texts)),
        "byline_documents_per_second": round(len(documents) / ours, 1),
        "pipeline_documents_per_second": round(len(documents) / theirs, 1),
        "ratio": round(theirs / ours, 2),
    }


def _documents(sources: list[str]) -> list[Document]:
    from byline.ingest import Failure, read  # noqa: PLC0415 - after the commands: see main

    found = [d for d in read(sources or [str(PAGES)]) if not isinstance(d, Failure)]
    return found if sources else list(islice(cycle(found), DOCUMENTS))


def _seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begin = clock()
    work()
    return clock() - begin


def _byline(*arguments: str) -> None:
    program = Path(sys.executable).with_name("byline")
    subprocess.run([program, *arguments], check=True, capture_output=True)  # noqa: S603 - our own program


def _first_page() -> str:
    return str(next(p for p in sorted(PAGES.iterdir()) if p.suffix == ".txt"))


if __name__ == "__main__":
    main()
