"""Every query of docs/r.md has an answer in the demo archive; Parquet files have the columns that the page names."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import byline
from byline.export.chosen import OfArchive
from byline.export.layouts import layout
from byline.store import Archive, Filter
from tests.helpers import demo
from tests.web.server import archive_of

PAGE = (Path(__file__).parents[1] / "docs" / "r.md").read_text("utf-8")
BLOCKS = re.findall(r"^```r\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
ASKED = re.compile(r'(\w+) <- ask\("\n(.*?)"((?:, "[^"]*")*)\)', re.DOTALL)
QUERIES = {name: (query, re.findall(r'"([^"]*)"', values)) for name, query, values in ASKED.findall(PAGE)}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive_of(tmp_path_factory.mktemp("r") / "demo.byline", demo())


def test_all_queries_are_found() -> None:
    assert len(QUERIES) == PAGE.count("ask(") == 7


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_has_an_answer(name: str, path: Path) -> None:
    query, values = QUERIES[name]
    with byline.open(path) as archive:
        table = archive.sql(query, values)
    assert len(table)
    assert not [column for column in re.findall(rf"{name}\$(\w+)", PAGE) if column not in table.columns]


def test_weeks_begin_on_a_monday(path: Path) -> None:
    with byline.open(path) as archive:
        weeks = {row["week"] for row in archive.sql(QUERIES["weekly"][0])}
    assert weeks
    assert not [week for week in weeks if date.fromisoformat(str(week)).weekday()]


def test_the_parquet_file_has_the_columns_of_the_recipes(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "events.parquet"
    with Archive.open(path) as archive, target.open("wb") as out:
        layout("events").forms["parquet"](OfArchive(archive, Filter()), out)
    recipes = "".join(block for block in BLOCKS if "parquet" in block)
    used = {"country", "happened", "killed_low", "places", "type"}
    assert used == {word for word in re.findall(r"\w+", recipes) if word in used}
    assert used <= set(pq.read_schema(target).names)


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_r_runs_what_it_has_packages_for(path: Path, tmp_path: Path) -> None:
    has = 'cat(requireNamespace("DBI", quietly = TRUE) && requireNamespace("RSQLite", quietly = TRUE))'
    found = subprocess.run(["Rscript", "-e", has], check=True, capture_output=True).stdout  # noqa: S603, S607
    if found != b"TRUE":
        pytest.skip("DBI and RSQLite are not installed")
    script = tmp_path / "page.R"
    script.write_text("\n".join(block for block in BLOCKS if "library(DBI)" in block or "ask(" in block))
    subprocess.run(["Rscript", script], cwd=path.parent, check=True, capture_output=True)  # noqa: S603, S607
