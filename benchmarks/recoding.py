"""Coding again with another ontology: from kept parses against from scratch.

    python benchmarks/recoding.py [SOURCE ...]

A source is what `byline code` reads; without any the demo archive is read. An archive is filled with
`--keep-parses` and PLOVER, then coded with another ontology: once on top of that, once into a new archive, by
`byline code --to ... --workers 1`. Measured is the time of the processor of the command and its worker, sources
read again included, less that of the same command on an empty file: what starting up takes. Two ontologies are
tried: PLOVER with one common verb more, which changes what is said of some documents, and another altogether,
which is asked of each anew. The records of both ways are compared byte for byte. The last line is JSON.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from byline.demo import MANIFEST, PAGES
from byline.store import Archive, documents

MORE = 'extends = "plover"\nname = "plover and more"\nversion = "1"\n[triggers.CONSULT]\nverbs = ["expect"]\n'
Figures = dict[str, float]


def main() -> None:
    """Measure and print."""
    sources = sys.argv[1:] or [str(PAGES), "--manifest", str(MANIFEST)]
    with TemporaryDirectory() as folder:
        figures = measured(sources, Path(folder))
    for name, figure in figures.items():
        sys.stdout.write(f"{name:40}{figure:>12}\n")
    sys.stdout.write(json.dumps(figures) + "\n")


def measured(sources: list[str], folder: Path) -> Figures:
    """Return seconds of the processor, ratios, and what the parses take."""
    more, empty = folder / "more.toml", folder / "empty.txt"
    more.write_text(MORE, "utf-8")
    empty.write_text("No.", "utf-8")
    start = _seconds([str(empty)], folder / "empty.byline")
    kept = folder / "kept.byline"
    figures: Figures = {"start_seconds": start}
    figures["first_seconds"] = _seconds([*sources, "--keep-parses"], kept, start)
    figures |= _sizes(kept)
    for name, ontology in (("one_verb_more", str(more)), ("supersenses", "supersenses")):
        scratch = folder / f"{name}.byline"
        long = _seconds([*sources, "--ontology", ontology], scratch, start)
        short = _seconds([*sources, "--ontology", ontology], kept, start)
        if not _alike(scratch, kept):
            sys.exit(f"{name}: the records differ")
        figures |= {f"{name}_from_scratch_seconds": long, f"{name}_from_parses_seconds": short}
        figures[f"{name}_ratio"] = round(long / short, 2)
    figures["coded_anew_with_one_verb_more"] = _coded_anew(kept)
    return figures


def _seconds(arguments: list[str], archive: Path, less: float = 0.0) -> float:
    before = _spent()
    program = str(Path(sys.executable).with_name("byline"))
    command = [program, "code", *arguments, "--to", str(archive), "--workers", "1", "--quiet"]
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own program; 1: some cannot be read
    return round(_spent() - before - less, 2)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _sizes(path: Path) -> Figures:
    query = (
        "SELECT count(*), sum(length(CAST(text AS BLOB))), sum(length(parse)) "
        "FROM parses p JOIN documents d ON d.id = p.document"
    )
    with Archive.open(path) as archive:
        number, text, parses = archive.execute(query).fetchone()
    return {"documents": number, "bytes_of_text": round(text / number), "bytes_of_parse": round(parses / number)}


def _coded_anew(path: Path) -> int:
    query = (
        "SELECT count(*) FROM codings a JOIN codings b USING (document) "
        "WHERE a.edition = 1 AND b.edition = 2 AND a.lexicon != b.lexicon"
    )
    with Archive.open(path) as archive:
        found: int = archive.execute(query).fetchone()[0]
    return found


def _alike(one: Path, other: Path) -> bool:
    with Archive.open(one) as a, Archive.open(other) as b:
        return [d.to_json() for d in documents(a)] == [d.to_json() for d in documents(b)]


if __name__ == "__main__":
    main()
