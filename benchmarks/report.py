"""How fast a briefing of many incidents is read from an archive and set in each of its forms.

    python benchmarks/report.py FOLDER [--plots 400] [--most 500]

The archive holds invented happenings, told by several outlets each (see retellings.py) and coded by the program. A
briefing of so many of its incidents is made twice: shown are seconds by the clock and of the processor, how large the
files are, and whether both times gave the same bytes.
"""

import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from asking import arguments
from incidents import SEED, coded
from pypdfium2 import PdfDocument
from retellings import Writer
from saying import say

from byline.report import Briefing, Form, Scope, brief, write
from byline.run.accounts import account
from byline.run.job import Settings
from byline.run.linking import link
from byline.run.program import edition_of
from byline.store import Archive

FORMS: tuple[Form, ...] = ("pdf", "html", "md")
Made = TypeVar("Made")


def main() -> None:
    """Make the archive if it is not there, and show a line for each step."""
    given = arguments(__doc__, plots=400, most=500)
    given.folder.mkdir(parents=True, exist_ok=True)
    path = given.folder / f"told_{given.plots}.byline"
    if not path.exists():
        make(path, given.plots)
    with Archive.open(path) as archive:
        one, other = (briefing(archive, given.most) for _ in range(2))
    notes = sum(len(entry.notes) for entry in one.entries)
    say(f"{len(one.entries):,} incidents told of {one.figures[0].words}, {notes:,} footnotes")
    for form in FORMS:
        made = timed(f"set as {form}", lambda form=form: write(one, form).file)  # type: ignore[misc]
        pages = f", {len(PdfDocument(made)):,} pages" if form == "pdf" else ""
        again = "yes" if write(other, form).file == made else "NO"
        say(f"  {len(made) / 1e6:.1f} MB{pages}, the same bytes again: {again}")
    say(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB")


def briefing(archive: Archive, most: int) -> Briefing:
    """Return a briefing of the incidents that most sources tell."""
    return timed("read", lambda: brief(archive, Scope(most=most), account))


def timed(what: str, make: Callable[[], Made]) -> Made:
    """Return what is made, and say how long it took."""
    began, busy = time.perf_counter(), time.process_time()
    made = make()
    by_clock, of_processor = time.perf_counter() - began, time.process_time() - busy
    say(f"{what}: {by_clock:.1f} s by the clock, {of_processor:.1f} s of the processor")
    return made


def make(path: Path, plots: int) -> None:
    """Write an archive of so many plots."""
    documents = coded(Writer(SEED, held_out=False).archive(plots))
    with Archive.open(path, write=True) as archive:
        with archive.batch():
            edition = archive.add_edition(edition_of(Settings()))
            run = archive.begin_run(edition, "{}", "2019-07-01T00:00:00+00:00")
            for document in documents:
                archive.add(document, edition, run)
        link(archive)
    say(f"made: an archive of {len(documents):,} documents")


if __name__ == "__main__":
    main()
