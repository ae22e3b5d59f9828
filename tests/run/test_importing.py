"""A lake's records enter an archive as they are."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("distributed", reason="a lake needs byline[dask]")

from byline import ingest
from byline.cli import app
from byline.records import CodedDocument, Failure
from byline.run.archiving import Outcome
from byline.run.cluster import code_to_lake
from byline.run.importing import import_lake
from byline.run.job import Settings, coder_of
from byline.run.lake import Lake
from byline.store import Archive, documents, editions


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for number, town in enumerate(("Velmara", "Orvale", "Tarsk")):
        (folder / f"{number}.txt").write_text(f"Guards shot {number + 2} men in {town} on Monday, a doctor said.")
    (folder / "bad.txt").write_bytes(b"\x00\x01" * 99)
    return folder


@pytest.fixture(scope="module")
def lake(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    address = str(tmp_path_factory.mktemp("lake") / "lake")
    code_to_lake([str(pages)], Settings(), address, "local")
    return Lake(address)


def imported(lake: Lake, archive: Archive) -> list[Outcome]:
    return [item for batch in import_lake(lake, lake.finished(), archive) for item in batch]


def test_the_archive_holds_what_one_machine_codes_and_the_failures(lake: Lake, pages: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.byline", write=True) as archive:
        entered = imported(lake, archive)
        kept = list(documents(archive))
    found = list(coder_of(Settings()).code_all(ingest.read([str(pages)])))
    assert kept == [d for d in found if isinstance(d, CodedDocument)]
    assert [f.source for f in entered if isinstance(f, Failure)] == [str(pages / "bad.txt")]


def test_what_is_there_is_not_entered_again(lake: Lake, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.byline", write=True) as archive:
        imported(lake, archive)
        again = imported(lake, archive)
        assert not [item for item in again if isinstance(item, CodedDocument)]
        assert len(list(editions(archive))) == 1


def test_of_a_folder_that_is_no_lake_no_archive_is_made(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["import", str(tmp_path), "--to", str(tmp_path / "a.byline")])
    assert "is no finished lake" in str(done.exception)
    assert not (tmp_path / "a.byline").exists()
