"""Tables of other tools have exactly their columns, in their order, and say of each what stands there."""

import csv
import io
import tomllib
from collections.abc import Callable

import pytest

from byline.export.layouts import layout, layouts
from tests.export.layouts.made import Some, incident, place, rows
from tests.matching import CASES

COLUMNS: dict[str, list[str]] = tomllib.loads((CASES / "layout_columns.toml").read_text("utf-8"))
NUMBERS = {"acled": 31, "event-reports": 108, "gdelt-events": 61, "gdelt-mentions": 16, "polecat": 40, "ucdp-ged": 49}
TABLES = [name for name in COLUMNS if not name.startswith("gdelt")]
INVENTED = (
    "acled", "annotations", "claims", "csl", "event-reports", "gdelt-events", "gdelt-mentions", "meltt", "plover",
    "polecat", "timelinejs", "timemap", "ucdp-ged", "zotero",
)  # fmt: skip


@pytest.mark.parametrize("name", COLUMNS)
def test_a_layout_has_the_columns_of_the_data_set(name: str) -> None:
    assert list(layout(name).columns) == COLUMNS[name]


@pytest.mark.parametrize(("name", "number"), NUMBERS.items())
def test_the_lists_are_whole(name: str, number: int) -> None:
    assert len(set(COLUMNS[name])) == number


@pytest.mark.parametrize("name", TABLES)
def test_a_file_has_them_for_a_header(written: Callable[[str, str], bytes], name: str) -> None:
    header = next(csv.reader(io.StringIO(written(name, "csv").decode())))
    assert header == COLUMNS[name]


@pytest.mark.parametrize("name", ["gdelt-events", "gdelt-mentions"])
def test_files_of_gdelt_have_no_header_and_as_many_cells_in_each_line(
    written: Callable[[str, str], bytes], name: str
) -> None:
    lines = written(name, "tsv").decode().splitlines()
    assert lines
    assert {len(line.split("\t")) for line in lines} == {len(COLUMNS[name])}
    assert all(line.split("\t")[0].isdecimal() for line in lines)


@pytest.mark.parametrize("name", INVENTED)
def test_a_layout_is_written_the_same_again_in_every_form(written: Callable[[str, str], bytes], name: str) -> None:
    for form in layout(name).forms:
        assert written(name, form) == written(name, form) != b""


@pytest.mark.parametrize("name", [*NUMBERS, "meltt", "timelinejs"])
@pytest.mark.parametrize("precision", ["place", "district", "province"])
def test_what_is_said_to_be_blank_is_blank(name: str, precision: str) -> None:
    days = {"start": "2016-05-09", "end": "2016-05-09", "killed_low": 3, "killed_high": 3, "lowest": 3}
    made = incident(
        mode="firearms",
        cameo="193",
        actors=("MIL",),
        recipients=("CVL",),
        place=place(precision),
        country="PRT",
        **days,
    )
    (found,) = rows(name, Some(made))
    blank = {name for name, column in layout(name).columns.items() if column.meaning.startswith("Left blank")}
    assert not found.keys() & blank
    assert found.keys() <= layout(name).columns.keys()


@pytest.mark.parametrize("name", INVENTED)
def test_losses_are_whole_sentences_and_columns_are_explained(name: str) -> None:
    found = layout(name)
    assert found.losses
    assert all(loss[0].isupper() and loss.endswith(".") for loss in found.losses)
    assert all(column.meaning.endswith(".") for column in found.columns.values())


def test_all_of_these_are_among_the_layouts() -> None:
    assert set(INVENTED) <= set(layouts())
