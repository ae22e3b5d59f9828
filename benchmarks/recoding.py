"""Coding again with another ontology: from what `--keep-parses` keeps against from scratch.

    python benchmarks/recoding.py [SOURCE ...]

A source is what `byline code` reads; without any the demo archive is read. An archive is filled with PLOVER, the
parses kept, then coded with another ontology: once on top of that, once into a new archive. All that a run does is
measured, sources read again included, in one process, in seconds of the processor, loading apart. Three ontologies
are tried: PLOVER with one common verb more, which says something new of some documents; PLOVER with other weapons,
and another altogether, with which all documents are coded anew. The records of both ways are compared byte for byte.
The last line is JSON.
"""

import json
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from byline import ingest
from byline.demo import PAGES
from byline.records import Document
from byline.run.archiving import now
from byline.run.job import Coder, Settings, with_copies
from byline.run.orders import CHUNK
from byline.run.program import edition_of, keeping_of
from byline.run.task import Done, Kept, Task
from byline.store import Archive, documents
from byline.store.projection import key_of, rows_of

_CHANGED = 'extends = "plover"\nname = "plover, changed"\nversion = "1"\n'
CHANGES = {
    "one_verb_more": _CHANGED + '[triggers.CONSULT]\nverbs = ["expect"]\n',
    "other_weapons": _CHANGED + '[classes.weapon]\nwords = ["club", "gun"]\n',
}
WARM = 10  # documents that are coded before the clock is read: what comes first is met with empty caches
Figures = dict[str, float]


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder:
        figures = measured(sys.argv[1:] or [str(PAGES)], Path(folder))
    for name, figure in figures.items():
        sys.stdout.write(f"{name:40}{figure:>12}\n")
    sys.stdout.write(json.dumps(figures) + "\n")


def measured(sources: list[str], folder: Path) -> Figures:
    """Return seconds of the processor, ratios, and what is kept takes."""
    kept = folder / "kept.byline"
    ontologies = {name: folder / f"{name}.toml" for name in CHANGES}
    for name, path in ontologies.items():
        path.write_text(CHANGES[name], "utf-8")
    figures: Figures = {"first_seconds": filled(kept, sources, Settings(keep_parses=True)), **sizes(kept)}
    for name, ontology in (*ontologies.items(), ("supersenses", "supersenses")):
        scratch = folder / f"{name}.byline"
        long, short = (filled(path, sources, Settings(str(ontology))) for path in (scratch, kept))
        if records(scratch) != records(kept):
            sys.exit(f"{name}: the records differ.")
        figures |= {f"{name}_from_scratch_seconds": long, f"{name}_from_kept_seconds": short}
        figures[f"{name}_ratio"] = round(long / short, 2)
    return figures | {"coded_anew_with_one_verb_more": coded_anew(kept)}


def filled(path: Path, sources: list[str], settings: Settings) -> float:
    """Code the sources into an archive as a run does; return how many seconds of the processor that takes."""
    coder, edition = Coder(settings), edition_of(settings)
    keeping = keeping_of(settings.pipeline, edition)
    list(coder.code_tasks(map(Task, islice(read(sources), WARM))))
    begin = time.process_time()
    with Archive.open(path, write=True) as archive:
        with archive.batch():
            number = archive.add_edition(edition)
            run = archive.begin_run(number, "{}", now())
        found = read(sources)
        while chunk := list(islice(found, CHUNK)):
            kept = [Kept(**archive.kept(key_of(d), keeping)) for d in chunk]
            tasks = [Task(d, k, archive.lexicons(key_of(d), number)) for d, k in zip(chunk, kept, strict=True)]
            with archive.batch():
                for document, done in zip(chunk, coder.code_tasks(tasks), strict=True):
                    assert isinstance(done, Done), done
                    rows = done.rows or rows_of(archive.coded_before(document, done.lexicon, number))
                    archive.add_rows(rows, number, run, done.lexicon)
                    archive.keep(key_of(document), keeping, done.kept._asdict())
    return round(time.process_time() - begin, 2)


def read(sources: list[str]) -> Iterator[Document]:
    """Yield the documents of the sources, copies marked."""
    return (d for d in with_copies(ingest.dated(ingest.read(sources))) if isinstance(d, Document))


def sizes(path: Path) -> Figures:
    """Return how many documents there are, and how many bytes of text, parse and findings each has."""
    query = (
        "SELECT what, count(*), sum(length(CAST(text AS BLOB))), sum(length(content)) "
        "FROM kept k JOIN documents d ON d.id = k.document GROUP BY what"
    )
    with Archive.open(path) as archive:
        kept = {what: sums for what, *sums in archive.execute(query)}
    number, text, _ = kept["parse"]
    parts = {f"bytes_of_{what}": round(size / number) for what, (_, _, size) in kept.items()}
    return {"documents": number, "bytes_of_text": round(text / number), **parts}


def coded_anew(path: Path) -> int:
    """Return of how many documents the second edition's ontology says something else than the first's."""
    query = (
        "SELECT count(*) FROM codings a JOIN codings b USING (document) "
        "WHERE a.edition = 1 AND b.edition = 2 AND a.lexicon != b.lexicon"
    )
    with Archive.open(path) as archive:
        number: int = archive.execute(query).fetchone()[0]
    return number


def records(path: Path) -> list[bytes]:
    """Return the records of an archive."""
    with Archive.open(path) as archive:
        return [d.to_json() for d in documents(archive)]


if __name__ == "__main__":
    main()
