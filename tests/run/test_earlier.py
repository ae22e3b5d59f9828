"""What a run finds to be copies of what is in the archive: the same as if all had come at once."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from byline.records import Document, Interval
from byline.run.archiving import Archiving
from byline.run.job import Settings
from byline.store import Archive, documents
from tests.linking.test_copies import OTHER, WIRE, document
from tests.run import poison
from tests.run.test_archiving import EDITION, archived, rows

FIRST = [document(WIRE, "wire", day="2004-05-11"), document(OTHER, "harbour", day="2004-05-11")]
LATER = [
    document(WIRE[:6], "paper", day="2004-05-18"),
    document([*WIRE[:5], *OTHER[:4]], "digest", day="2004-05-19"),
    document(OTHER[2:], "late", day="2004-05-20"),
]


def entered(path: Path, *runs: Iterable[Document]) -> list[tuple[str, str | None]]:
    """Return what is a copy of what after several runs into one archive."""
    for found in runs:
        archived(path, found, load=poison.antidote)
    with Archive.open(path) as archive:
        return [(d.id, d.copy.of if d.copy else None) for d in documents(archive)]


def test_runs_one_after_the_other_find_the_copies_that_one_run_finds(tmp_path: Path) -> None:
    at_once = entered(tmp_path / "once.byline", [*FIRST, *LATER])
    assert dict(at_once) == {"wire": None, "harbour": None, "paper": "wire", "digest": "wire", "late": "harbour"}
    for name, runs in {
        "parts": [FIRST, LATER],
        "whole": [FIRST, [*FIRST, *LATER]],
        "one": [[one] for one in [*FIRST, *LATER]],
        "nothing": [FIRST, FIRST, [], LATER],
    }.items():
        path = tmp_path / f"{name}.byline"
        assert entered(path, *runs) == at_once
        assert rows(path)["documents"] == rows(tmp_path / "once.byline")["documents"]


def test_a_document_that_is_read_again_is_no_copy_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "again.byline"
    moved = msgspec.structs.replace(FIRST[0], published=Interval(start="2004-05-12", end="2004-05-12", basis="given"))
    assert entered(path, FIRST, [moved], [*FIRST, LATER[0]])[-1] == ("paper", "wire")
    with Archive.open(path) as archive:
        assert archive.execute("SELECT count(*) FROM documents WHERE copy_of = document").fetchall() == [(0,)]


def test_another_edition_keeps_the_marks(tmp_path: Path) -> None:
    path, other = tmp_path / "a.byline", EDITION._replace(ontology="mine 1")
    before = entered(path, FIRST, LATER)
    with Archive.open(path, write=True) as archive:
        run = Archiving(archive, Settings(), workers=1, load=poison.antidote, edition=other)
        marked = [d for batch in run.code([*LATER, *FIRST]) for d in batch]
        assert {(d.id, d.copy.of if d.copy else None) for d in marked} == set(before)
        assert [(d.id, d.copy.of if d.copy else None) for d in documents(archive)] == before


@pytest.mark.parametrize("before", [[], [document(OTHER, "older", day="2004-05-02")]], ids=["empty", "not empty"])
def test_what_a_run_that_was_ended_has_entered_is_found_again(tmp_path: Path, before: list[Document]) -> None:
    """The earliest of what is read together is the original, be it committed before or after the run was ended."""
    read = [*LATER, *(document([f"{n} {s}" for s in OTHER[:2]], f"d{n}") for n in range(40)), *FIRST]
    calm, path = tmp_path / "calm.byline", tmp_path / "ended.byline"
    for archive_path in (calm, path):
        archived(archive_path, before, load=poison.antidote)
    archived(calm, read, load=poison.antidote)
    with Archive.open(path, write=True) as archive:
        run = Archiving(archive, Settings(), workers=2, load=poison.antidote, edition=EDITION).code(read)
        next(run)
        run.close()  # type: ignore[attr-defined]
    archived(path, read, load=poison.antidote)
    assert rows(path) == rows(calm)
    with Archive.open(path) as archive:
        marked = {d.id: d.copy.of for d in documents(archive) if d.copy and d.source in {"paper.txt", "late.txt"}}
        assert marked == {"paper": "wire", "late": "older" if before else "harbour"}
