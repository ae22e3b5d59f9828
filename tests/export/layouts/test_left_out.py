"""What a layout has no place for is counted on standard error, and names that are withheld are withheld in it."""

from pathlib import Path

import pytest

from byline.errors import ConfigurationError
from byline.export.chosen import OfArchive, OfDocuments
from byline.store import Archive, Filter
from tests.export.invented import documents, make
from tests.export.layouts.made import rows
from tests.test_cli import byline


def test_the_verb_says_how_much_is_left_out_and_keeps_it_from_the_data(tmp_path: Path) -> None:
    path = tmp_path / "invented.byline"
    make(path)
    done = byline("export", str(path), "--layout", "ucdp-ged")
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        "left out: incidents that are no violence: 1",
        "left out: incidents that nobody tells as having happened: 2",
    ]
    assert len(done.stdout.decode().splitlines()) == 2


def test_names_of_private_persons_are_withheld_in_incidents_and_events(archive: Archive) -> None:
    plain, covered = (OfArchive(archive, Filter(), roles=roles) for roles in (False, True))
    assert "Renko" in str(rows("polecat", plain))
    assert "Renko" not in str(rows("polecat", covered))
    assert "Renko" in str(rows("annotations", plain))
    assert "Renko" not in str([line["body"] for line in rows("annotations", covered)])
    assert len(rows("acled", covered)) == len(rows("acled", plain))


@pytest.mark.parametrize("name", ["acled", "ucdp-ged", "gdelt-events", "meltt", "timelinejs"])
def test_incidents_are_asked_of_an_archive(name: str) -> None:
    with pytest.raises(ConfigurationError, match="byline import lake"):
        rows(name, OfDocuments("lake", documents))


def test_a_filter_chooses_whole_incidents(archive: Archive) -> None:
    (shots,) = rows("acled", OfArchive(archive, Filter(types=["ASSAULT"], outlets=["Harbour Post"])))
    assert shots["source"] == "The Lamp; Harbour Post"
