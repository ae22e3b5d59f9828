"""A run into an archive: each document once, in the order of the input, whatever happened on the way."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from byline import ingest
from byline.ingest import Page
from byline.records import Document, Failure, Origin
from byline.run.archiving import Archiving, Known, Tally, settings_to_retry
from byline.run.job import Settings
from byline.run.worker import Limits
from byline.store import Archive, Edition, documents, failures
from tests.run import poison

EDITION = Edition("0.1.0", "abc", "PLOVER 1", "def", "en", "3.8")
TABLES = (
    "documents", "appearances", "codings", "events", "failures", "editions", "reports", "incidents", "incident_values",
    "report_records", "report_keys", "affinities", "incident_keys", "incident_outlines", "linking",
)  # fmt: skip


def document(text: str, source: str | None = None) -> Document:
    name = source or f"{text}.txt"
    return Document(id=text, source=name, text=text, origin=Origin(container=name))


def archived(
    path: Path,
    found: Iterable[Page | Document | Failure],
    load: Callable[[], Any] = poison.poisoned,
    edition: Edition = EDITION,
    workers: int = 2,
    *,
    seconds: float = 0.5,
) -> Tally:
    with Archive.open(path, write=True) as archive:
        run = Archiving(archive, Settings(), workers=workers, limits=Limits(seconds), load=load, edition=edition)
        return tallied(run.code(found))


def tallied(batches: Iterable[list[Any]]) -> Tally:
    tally = Tally()
    for batch in batches:
        tally = tally.with_all(batch)
    return tally


def held(path: Path) -> list[str]:
    with Archive.open(path) as archive:
        return [d.text for d in documents(archive)]


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all rows but for the numbers of runs."""
    with Archive.open(path) as archive:
        found = {}
        for table in TABLES:
            names = [f'"{n}"' for _, n, *_ in archive.execute(f"PRAGMA table_info({table})") if n != "run"]
            columns = ", ".join(names)
            found[table] = archive.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}").fetchall()  # noqa: S608
        return found


def many(number: int) -> list[Document | Failure]:
    """Return documents with repetitions, poison and a file that cannot be read among them."""
    found: list[Document | Failure] = [document(f"text {n}") for n in range(number)]
    found[5] = document("text 3", "again.txt")
    found[9] = document("mistake")
    found[20] = document("mistake", "mistaken.txt")
    found[12] = Failure(source="broken.txt", reason="It is broken.")
    return found


def test_documents_are_in_the_archive_in_the_order_of_the_input(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    texts = [f"text {n}" for n in range(40)]
    assert archived(path, map(document, texts)) == Tally(coded=40)
    assert held(path) == texts


def test_the_same_run_again_codes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    found = [document("one"), document("two"), Failure(source="x", reason="y")]
    assert archived(path, found) == Tally(coded=2, failed=1)
    before = rows(path)
    assert archived(path, found, load=poison.stillborn) == Tally(known=2, failed=1)
    assert rows(path) == before


def test_new_documents_alone_are_coded(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    archived(path, [document("one")])
    assert archived(path, [document("one"), document("two")]) == Tally(coded=1, known=1)
    assert held(path) == ["one", "two"]


def test_another_edition_codes_all_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    archived(path, [document("one")])
    assert archived(path, [document("one")], edition=EDITION._replace(ontology_digest="other")) == Tally(coded=1)


def test_pages_that_workers_read_make_the_archive_that_their_documents_make(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"Nobody was hurt when mill {number} burned down, the mayor said.")
    (folder / "07.txt").write_bytes(b"")
    (folder / "09.html").write_text("<html><body><article><p>The mill burned down.</p></article></body></html>")
    found = [str(folder)]
    read = archived(tmp_path / "read.byline", ingest.read(found))
    assert read == archived(tmp_path / "pages.byline", ingest.pages(found), seconds=600)
    assert read.coded >= 39
    assert read.failed >= 1
    assert rows(tmp_path / "read.byline") == rows(tmp_path / "pages.byline")


@pytest.mark.parametrize("workers", [1, 3])
def test_the_number_of_workers_changes_nothing(tmp_path: Path, workers: int) -> None:
    archived(tmp_path / "two.byline", many(50))
    archived(tmp_path / "other.byline", many(50), workers=workers)
    assert rows(tmp_path / "two.byline") == rows(tmp_path / "other.byline")


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_a_run_that_was_ended_and_begun_again_leaves_what_an_undisturbed_one_does(tmp_path: Path, batches: int) -> None:
    calm, path = tmp_path / "calm.byline", tmp_path / "ended.byline"
    archived(calm, many(50))
    with Archive.open(path, write=True) as archive:
        run = Archiving(archive, Settings(), workers=2, load=poison.poisoned, edition=EDITION).code(many(50))
        for _ in range(batches):
            next(run)
        run.close()  # type: ignore[attr-defined]
    archived(path, many(50))
    assert rows(path) == rows(calm)


def test_a_text_that_comes_twice_is_coded_once_and_its_other_place_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    with Archive.open(path, write=True) as archive:
        run = Archiving(archive, Settings(), workers=1, load=poison.antidote, edition=EDITION)
        (outcomes,) = run.code([document("one"), document("one", "other.txt")])
        assert [type(o) for o in outcomes] == [Document, Known]
        assert archive.execute("SELECT source FROM appearances").fetchall() == [("other.txt",)]


def test_a_record_that_the_archive_refuses_costs_its_document_alone(tmp_path: Path) -> None:
    given = [document("one"), document("double"), document("two")]
    assert archived(tmp_path / "a.byline", given) == Tally(coded=2, failed=1)
    assert held(tmp_path / "a.byline") == ["one", "two"]
    with Archive.open(tmp_path / "a.byline") as archive:
        (failure,) = failures(archive)
    assert (failure.source, failure.kind) == ("double.txt", "internal")
    assert "UNIQUE constraint failed" in failure.reason


def test_a_document_that_was_set_aside_is_not_tried_again_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    archived(path, [document("hang"), document("one")])
    assert archived(path, [document("hang"), document("one")], load=poison.antidote) == Tally(known=1, failed=1)
    with Archive.open(path) as archive:
        assert [(f.source, f.kind) for f in failures(archive)] == [("hang.txt", "time")]


def test_what_was_set_aside_is_coded_when_it_is_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    archived(path, [document("hang"), document("crash", "c.txt")])
    with Archive.open(path, write=True) as archive:
        assert settings_to_retry(archive) == [Settings()]
        run = Archiving(archive, Settings(), workers=1, load=poison.antidote, edition=EDITION)
        assert tallied(run.retry()) == Tally(coded=2)
        assert failures(archive) == []
    assert sorted(held(path)) == ["crash", "hang"]


def test_what_was_set_aside_can_be_tried_again_from_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Archive.open("a.byline", write=True) as archive:
        settings = Settings(ontology="mine.toml")
        run = Archiving(archive, settings, workers=1, load=poison.antidote, edition=EDITION)
        tallied(run.code([document("one")]))
        (kept,) = archive.execute("SELECT json_extract(settings, '$.ontology') FROM runs").fetchone()
    assert kept == str(tmp_path / "mine.toml")


def test_each_file_that_was_read_is_entered_with_its_size_and_digest(tmp_path: Path) -> None:
    file = tmp_path / "one.txt"
    file.write_bytes(b"one")
    archived(tmp_path / "a.byline", [document("one", str(file)), document("two", f"{file}!/2"), document("three", "-")])
    with Archive.open(tmp_path / "a.byline") as archive:
        assert archive.execute("SELECT path, size, digest FROM inputs").fetchall() == [
            (str(file), 3, "sha256:7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed")
        ]


def test_a_run_says_how_much_it_did_and_when_it_was_through(tmp_path: Path) -> None:
    path = tmp_path / "a.byline"
    archived(path, many(30))

    def stopping() -> Iterator[Document]:
        yield document("new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archived(path, stopping())
    with Archive.open(path) as archive:
        done = archive.execute("SELECT coded, known, failed, finished IS NOT NULL FROM runs ORDER BY id").fetchall()
    assert done == [(26, 1, 3, 1), (0, 0, 0, 0)]
