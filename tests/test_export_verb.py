"""`byline export` as a user meets it: forms by name and ending, filters, files that are whole, mistakes in one line."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from byline.cli import app
from byline.errors import BylineError
from byline.store import Archive, Filter, find
from tests.export.invented import make


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "news.byline"
    make(path)
    return path


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


def mistake(*arguments: str | Path) -> str:
    done = export(*arguments)
    assert isinstance(done.exception, BylineError), done.output
    return str(done.exception)


def uids(done: Result) -> set[str]:
    assert done.exit_code == 0, done.output
    return {json.loads(line)["uid"] for line in done.stdout.splitlines()}


def test_events_are_printed_as_csv_unless_told(archive: Path) -> None:
    done = export(archive)
    assert done.stdout.startswith("uid,document,")
    assert len(list(csv.reader(done.stdout.splitlines(keepends=True)))) > 1


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet", "geojson", "geoparquet", "gpkg", "JSONL"])
def test_the_ending_of_a_file_says_its_form(archive: Path, tmp_path: Path, ending: str) -> None:
    named = tmp_path / f"events.{ending}"
    assert export(archive, "--to", named).exit_code == 0
    told = tmp_path / "told"
    export(archive, "--to", told, "--format", ending.lower())
    assert named.read_bytes() == told.read_bytes() != b""


def test_a_spreadsheet_gets_a_file_that_it_opens(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    export(archive, "--to", path, "--excel")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfuid,")


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ((), Filter()),
        (("--type", "ASSAULT", "--status", "actual"), Filter(types=("ASSAULT",), statuses=("actual",))),
        (("--status", "planned", "--status", "denied"), Filter(statuses=("planned", "denied"))),
        (("--first", "2016-05-09", "--last", "2016-05"), Filter("2016-05-09", "2016-05-31")),
        (("--box=-9,38,-8,39",), Filter(box=(-9, 38, -8, 39))),
        (("--hurt",), Filter(hurt=True)),
        (("--no-hurt",), Filter(hurt=False)),
        (("--contested",), Filter(contested=True)),
        (("--sources", "2"), Filter(sources=2)),
        (("--actor", "soldi"), Filter(actor="soldi")),
        (("--voice", "union"), Filter(voice="union")),
        (("--country", "PRT", "--text", "miners"), Filter(countries=("PRT",), words='"miners"')),
        (("--originals",), Filter(originals_only=True)),
    ],
)
def test_filters_find_what_they_find_on_the_pages(archive: Path, options: tuple[str, ...], wanted: Filter) -> None:
    found = uids(export(archive, "--format", "jsonl", *options))
    with Archive.open(archive) as opened:
        expected = {row["uid"] for row in find(opened, wanted).page(0, 1_000)}
    assert found == expected
    assert found


def test_layouts_are_listed() -> None:
    listed = export("--layouts").stdout
    assert all(name in listed for name in ("events", "incidents", "ftm", "package"))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--layout", "nothing"), "There is no layout 'nothing'. There are: "),
        (("--format", "xlsx"), "events has no form 'xlsx'. Choose one with --format: csv, "),
        (("--to", "events.xlsx"), "events has no form 'xlsx'."),
        (("--first", "soon"), "--first is 'soon'. Give a day"),
        (("--sources", "0"), "--sources is '0'. Give a whole number"),
        (("--box", "1,2"), "--box is '1,2'. Give west,south,east,north"),
        (("--layout", "ftm", "--excel"), "ftm has no form 'excel'."),
    ],
)
def test_a_mistake_is_told(archive: Path, options: tuple[str, ...], told: str) -> None:
    assert mistake(archive, *options).startswith(told)


def test_of_a_source_that_is_not_there_nothing_is_made(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert mistake(tmp_path / "none.byline", "--to", out).startswith("There is no archive or lake ")
    assert not list(tmp_path.iterdir())


def test_a_filter_of_a_lake_asks_for_an_archive(tmp_path: Path) -> None:
    assert "--type needs an archive" in mistake(tmp_path, "--type", "ASSAULT")


def test_a_file_that_cannot_be_written_is_named(archive: Path, tmp_path: Path) -> None:
    assert "cannot be written" in mistake(archive, "--to", tmp_path / "none" / "out.csv")
    assert "cannot be written" in mistake(archive, "--to", ".", "--format", "csv")


def test_an_export_that_fails_leaves_the_former_file(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from byline.export.layouts import layout  # noqa: PLC0415 - what is replaced

    out = tmp_path / "out.csv"
    out.write_text("former")

    def fail(chosen: object, stream: object) -> None:
        del chosen, stream
        raise BylineError("half way")

    monkeypatch.setitem(layout("events").forms, "csv", fail)  # type: ignore[arg-type]
    assert mistake(archive, "--to", out) == "half way"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert out.read_text() == "former"


def test_names_of_private_persons_are_withheld(archive: Path) -> None:
    names, roles = (export(archive, "--format", "jsonl", "--people", people).stdout for people in ("names", "roles"))
    assert len(names.splitlines()) == len(roles.splitlines())
    assert "█" not in names
