"""Events in POLECAT's columns."""

import csv
import io
from collections.abc import Callable

from tests.export.invented import MARCH, SHOTS
from tests.export.layouts.conftest import Cells


def test_a_row_is_an_event_that_happened(cells: Cells) -> None:
    shots, _, march = cells("polecat")
    version = str(shots.pop("Version"))
    assert version.startswith("Byline ")
    assert shots == {
        "Event ID": SHOTS, "Event Date": "2016-05-09", "Event Type": "ASSAULT", "Event Mode": "firearms",
        "Quad Code": "MATERIAL CONFLICT", "Contexts": "military", "Actor Name": "Soldiers", "Actor Country": "PRT",
        "Actor COW": "235", "Primary Actor Sector": "MIL", "Actor Sectors": "MIL", "Actor Name Raw": "Soldiers",
        "Recipient Name": "four miners", "Recipient Country": "PRT", "Recipient COW": "235",
        "Primary Recipient Sector": "LAB", "Recipient Sectors": "LAB", "Recipient Name Raw": "four miners",
        "Placename": "Velmara", "City": "Velmara", "Country": "PRT", "Latitude": 38.5, "Longitude": -8.25,
        "GeoNames ID": 77, "Raw Placename": "Velmara", "Source": "The Lamp", "Publication Date": "2016-05-11",
        "Story Locations": "Velmara;Orsa", "Language": "en",
    }  # fmt: skip
    assert march == {
        "Event ID": MARCH, "Event Type": "PROTEST", "Event Mode": "demo", "Quad Code": "MATERIAL CONFLICT",
        "Actor Name": "=Villagers of <i>", "Actor Country": "DEU", "Actor COW": "255", "Primary Actor Sector": "CVL",
        "Actor Sectors": "CVL", "Actor Name Raw": "Villagers", "Placename": '"Oru" <b>', "Country": "PRT",
        "Raw Placename": '"Oru" <b>', "Source": "<script>x</script>", "Story Locations": '"Oru" <b>',
        "Version": version,
    }  # fmt: skip


def test_persons_and_organisations_of_the_document_are_the_storys(cells: Cells) -> None:
    killed = cells("polecat")[1]
    assert (killed["Story People"], killed["Story Organizations"]) == ("Renko", "the union")


def test_the_file_is_tab_separated_and_reads_back(written: Callable[[str, str], bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(written("polecat", "tsv").decode()), delimiter="\t"))
    assert [row["Actor Name"] for row in rows] == ["Soldiers", "Soldiers", "'=Villagers of <i>"]
