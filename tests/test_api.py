"""The public Python interface: what it is called, what it takes, what it gives of the demo archive."""

import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import byline
from byline.export.layouts import events
from byline.export.people import withhold_names
from byline.export.rows import COLUMNS as CODED
from byline.export.rows import rows
from byline.records import CodedDocument
from byline.store import Asked, Filter, IncidentSummary
from tests.helpers import demo
from tests.web.server import archive_of

PAGE = (Path(__file__).parents[1] / "docs" / "python.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
SIGNATURE = re.compile(r"^```text\n([\w.]+)\((.*?)\) -> (.*?)\n```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive_of(tmp_path_factory.mktemp("api") / "demo.byline", demo())


@pytest.fixture
def archive(path: Path) -> Iterator[byline.Archive]:
    with byline.open(path) as archive:
        yield archive


# What it is called


def public() -> dict[str, Callable[..., Any]]:
    """Return the public functions and the methods of public classes that are no records."""
    found = {f"byline.{name}": getattr(byline, name) for name in byline.__all__}
    functions = {name: thing for name, thing in found.items() if inspect.isfunction(thing)}
    methods = {
        f"{kind.__name__}.{name}": method
        for kind in (byline.Archive, byline.Table)
        for name, method in vars(kind).items()
        if inspect.isfunction(method) and not name.startswith("_")
    }
    return functions | methods


def test_the_page_lists_all_public_names_and_no_other() -> None:
    assert re.findall(r"^### (\w+)$", PAGE, re.MULTILINE) == sorted(byline.__all__, key=str.lower)


def test_the_page_has_every_signature_and_no_other() -> None:
    listed = {name: re.findall(r"(?:^|[(\s])\**(\w+)(?=: )", inside) for name, inside, _ in SIGNATURE.findall(PAGE)}
    own = {name: [p for p in inspect.signature(thing).parameters if p != "self"] for name, thing in public().items()}
    assert listed == own, "Run: make docs"


def test_every_public_name_can_be_had() -> None:
    assert not [name for name in byline.__all__ if getattr(byline, name, None) is None]


def test_a_name_that_is_none_is_told_as_of_any_module() -> None:
    with pytest.raises(AttributeError, match="no attribute 'opne'"):
        byline.opne  # type: ignore[attr-defined] # noqa: B018


def test_the_events_take_every_filter_of_the_pages() -> None:
    assert list(inspect.signature(byline.Archive.events).parameters)[1:] == list(Filter._fields)


def test_the_incidents_take_all_that_can_be_asked() -> None:
    assert list(inspect.signature(byline.Archive.incidents).parameters)[1:] == list(Asked._fields)


def test_importing_byline_loads_nothing_that_takes_long() -> None:
    asked = "import sys, byline; print(*{'spacy', 'numpy', 'sqlite3', 'msgspec', 'rich', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True)  # noqa: S603
    assert not done.stdout.strip()


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(byline.__file__).with_name("py.typed").exists()


# Events


def test_events_are_rows_with_the_cells_of_the_csv_file(archive: byline.Archive) -> None:
    coded = [{n: getattr(e, n) for n in CODED} for e in archive.events()]
    assert coded == [{**row, "happened": row["happened"] == "yes"} for row in rows(demo())]


def test_the_columns_are_those_of_the_layout_events(archive: byline.Archive) -> None:
    columns = archive.events().columns
    told = {name: column.kind for name, column in events.COLUMNS.items()}
    assert columns == told | {"happened": "truth", "happening_contested": "truth"}
    assert list(columns) == list(byline.EventRow.__struct_fields__)


def test_events_know_their_incident(archive: byline.Archive) -> None:
    told = {e.uid: e for e in archive.events()}
    page = archive.incident(next(iter(archive.incidents(contested=True))).id)
    assert {told[p.event].happening for p in page.passages} == {page.incident.id}
    assert {told[p.event].happening_contested for p in page.passages} == {True}


def test_a_table_can_be_gone_through_again(archive: byline.Archive) -> None:
    table = archive.events(hurt=True)
    assert list(table) == list(table) != []


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ({"types": "ASSAULT"}, lambda e: e.type == "ASSAULT"),
        ({"types": ("ASSAULT", "PROTEST")}, lambda e: e.type in {"ASSAULT", "PROTEST"}),
        ({"statuses": ["denied"]}, lambda e: e.status == "denied"),
        ({"first": "2006-03", "last": date(2006, 3, 8)}, lambda e: e.end >= "2006-03-01" and e.start <= "2006-03-08"),
        ({"countries": "PRT", "hurt": True}, lambda e: e.killed_low or e.wounded_low),
        ({"outlets": "Meridian Wire"}, lambda e: e.publication == "Meridian Wire"),
        ({"voice": "column"}, lambda e: e.document),
        ({"box": (-9.6, 36.9, -6.1, 39.5)}, lambda e: 36.9 <= e.latitude <= 39.5),
        ({"originals_only": True}, lambda e: e.copy_of is None),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_filter_keeps_what_meets_it(
    archive: byline.Archive, given: dict[str, Any], holds: Callable[[byline.EventRow], bool]
) -> None:
    found = list(archive.events(**given))
    assert found
    assert all(map(holds, found))
    assert len(archive.events(**given)) == len(found) < len(archive.events())


def test_filters_that_nothing_meets_give_a_table_with_columns(archive: byline.Archive) -> None:
    table = archive.events(types="ASSAULT", statuses="denied", actor="nobody of that name")
    assert list(table) == []
    assert list(table.to_pandas().columns) == list(table.to_polars().columns) == table.to_arrow().column_names
    assert table.to_arrow().schema == archive.events().to_arrow().schema


@pytest.mark.parametrize(
    "given", [{"first": "last week"}, {"box": (1, 2)}, {"words": '"'}, {"last": "2006-02-30"}], ids=str
)
def test_a_filter_that_is_none_is_an_error_of_ours(archive: byline.Archive, given: dict[str, Any]) -> None:
    with pytest.raises(byline.BylineError):
        list(archive.events(**given))


# Tables of other libraries


TABLES = {
    "events": lambda a: a.events(),
    "incidents": lambda a: a.incidents(),
    "claims": lambda a: a.claims(),
    "sql": lambda a: a.sql("SELECT type, count(*) AS n, avg(confidence) AS mean, NULL AS lost FROM events GROUP BY 1"),
}


@pytest.mark.parametrize("make", TABLES.values(), ids=TABLES)
def test_all_libraries_hold_the_same(
    archive: byline.Archive, make: Callable[[byline.Archive], byline.Table[Any]]
) -> None:
    table = make(archive)
    arrow = table.to_arrow()
    assert arrow.num_rows == len(table) == len(list(table)) > 1
    assert table.to_polars().to_arrow().cast(arrow.schema).equals(arrow)
    again = pa.Table.from_pandas(table.to_pandas(), schema=arrow.schema, preserve_index=False)
    assert again.replace_schema_metadata().equals(arrow)


def test_days_are_dates_and_truth_is_truth(archive: byline.Archive) -> None:
    frame = archive.events(types="ASSAULT").to_pandas()
    assert frame.start.dtype.kind == "M"
    assert frame[frame.happened & (frame.start >= "2006-03-07")].killed_low.sum() > 0
    assert archive.events().to_polars().schema["start"] == pl.Date


def test_a_number_that_is_not_known_is_missing(archive: byline.Archive) -> None:
    frame = archive.events().to_pandas()
    assert str(frame.killed_low.dtype) == "Int64"
    assert frame.killed_low.isna().any()


def test_several_values_of_a_cell_are_parted(archive: byline.Archive) -> None:
    several = next(i for i in archive.incidents() if len(i.recipients) > 1)
    frame = archive.incidents().to_pandas().set_index("id")
    assert frame.recipients[several.id] == "; ".join(several.recipients)


def test_more_rows_than_are_turned_at_once(archive: byline.Archive) -> None:
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000) SELECT i FROM n"
    table = archive.sql(many)
    assert table.to_pandas().i.tolist() == table.to_polars()["i"].to_list() == list(range(1, 40_001))


@pytest.mark.parametrize(
    ("turned", "library", "extra"),
    [("to_pandas", "pandas", "pandas"), ("to_polars", "polars", "polars"), ("to_arrow", "pyarrow", "parquet")],
)
def test_without_the_library_the_extra_is_named(
    archive: byline.Archive, monkeypatch: pytest.MonkeyPatch, turned: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(byline.ConfigurationError, match=rf"pip install 'byline\[{extra}\]'"):
        getattr(archive.events(), turned)()


def test_columns_of_mixed_values_are_told_where_a_library_has_none(archive: byline.Archive) -> None:
    table = archive.sql("SELECT 1 AS x UNION SELECT 'one'")
    assert set(table.to_pandas().x) == {1, "one"}
    for turn in (table.to_polars, table.to_arrow):
        with pytest.raises(byline.ConfigurationError, match="CAST"):
            turn()


# Documents, incidents, claims


def test_the_documents_are_those_that_were_coded(archive: byline.Archive) -> None:
    assert list(archive.documents()) == list(demo())


def test_a_document_by_its_id(archive: byline.Archive) -> None:
    document = demo()[0]
    assert archive.document(document.id) == document
    assert isinstance(document, CodedDocument)


def test_an_incident_by_its_id_and_by_that_of_an_event_in_it(archive: byline.Archive) -> None:
    incident = next(i for i in archive.incidents(contested=True, min_sources=2))
    page = archive.incident(incident.id)
    assert page.incident == incident
    assert {archive.incident(p.event).incident.id for p in page.passages} == {incident.id}


def test_incidents_of_a_month(archive: byline.Archive) -> None:
    found = list(archive.incidents(since="2006-03", until="2006-03", type="ASSAULT"))
    assert found
    assert all(isinstance(i, IncidentSummary) and i.start <= "2006-03-31" and i.end >= "2006-03-01" for i in found)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("given", "holds"),
    [
        ({"source": "the guard"}, lambda c: "the guard" in c.source.casefold()),
        ({"stances": "denied"}, lambda c: c.stance == "denied"),
        ({"outlets": ["Red Furrow"]}, lambda c: c.publication == "Red Furrow"),
        ({"disputed": True}, lambda c: c.disputed),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_claims_by_what_is_asked(
    archive: byline.Archive, given: dict[str, Any], holds: Callable[[byline.Claim], bool]
) -> None:
    found = list(archive.claims(**given))
    assert 0 < len(found) < len(archive.claims())
    assert all(map(holds, found))


@pytest.mark.parametrize(
    "ask",
    [
        lambda a: a.document("none"),
        lambda a: a.incident("none"),
        lambda a: list(a.documents(edition=7)),
        lambda a: list(a.incidents(text='"')),
    ],
)
def test_what_is_not_there_is_an_error_of_ours(
    archive: byline.Archive, ask: Callable[[byline.Archive], object]
) -> None:
    with pytest.raises(byline.ConfigurationError):
        ask(archive)


# Names withheld


def test_with_roles_the_names_of_private_persons_stand_nowhere(path: Path) -> None:
    kept = " ".join(withhold_names(document).to_json().decode() for document in demo())
    told = " ".join(event.actors or "" for event in byline.open(path).events())
    name = next(
        a.name for d in demo() for a in d.actors if a.kind == "person" and a.name in told and a.name not in kept
    )
    with byline.open(path, people="roles") as archive:
        tables = (archive.events(), archive.incidents(), archive.claims(), archive.documents())
        assert not [row for table in tables for row in table if name in str(row)]
        assert not [i for i in archive.incidents() if name in str(archive.incident(i.id))]
        assert not [d for d in demo() if name in str(archive.document(d.id))]
        with pytest.raises(byline.ConfigurationError, match="withheld"):
            archive.sql("SELECT name FROM participants")


# Queries


def test_a_query_takes_values_by_place_and_by_name(archive: byline.Archive) -> None:
    by_place = list(archive.sql("SELECT count(*) AS n FROM events WHERE type = ?", ["ASSAULT"]))
    by_name = list(archive.sql("SELECT count(*) AS n FROM events WHERE type = :type", {"type": "ASSAULT"}))
    assert by_place == by_name == [{"n": len(archive.events(types="ASSAULT"))}]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT snippet(words, 1, '[', ']', '', 5) AS found FROM words WHERE words MATCH 'bridge'",
        "SELECT * FROM event_points LIMIT 2",
        "PRAGMA table_info(events)",
        "WITH some AS (SELECT type FROM events) SELECT count(*) AS n FROM some",
    ],
)
def test_whatever_reads_can_be_asked(archive: byline.Archive, query: str) -> None:
    assert list(archive.sql(query))


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM events",
        "PRAGMA query_only = OFF",
        "PRAGMA journal_mode = DELETE",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.byline'",
        "CREATE TEMP TABLE mine (a)",
        "INSERT INTO words (words) VALUES ('rebuild')",
        "COMMIT",
        "SAVEPOINT here",
        "SELEC type FROM events",
        "SELECT 1 AS a; DELETE FROM events",
        "SELECT 1 AS a, 2 AS a",
        "SELECT ?",
        "SELECT load_extension('evil')",
        "",
    ],
)
def test_whatever_would_write_or_is_no_query_is_an_error_of_ours(
    path: Path, archive: byline.Archive, query: str
) -> None:
    before = path.read_bytes()
    with pytest.raises(byline.ConfigurationError):
        archive.sql(query)
    assert path.read_bytes() == before
    assert sorted(p.name for p in Path.cwd().glob("*.db")) == []


# Opening and closing


def test_what_is_no_archive_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(byline.ConfigurationError, match="There is no archive"):
        byline.open(tmp_path / "none.byline")
    (tmp_path / "text").write_text("words")
    with pytest.raises(byline.ConfigurationError, match="cannot be opened"):
        byline.open(str(tmp_path / "text"))


def test_a_closed_archive_says_so_and_so_do_its_tables(path: Path) -> None:
    with byline.open(path) as archive:
        table = archive.events()
    for ask in (lambda: list(table), lambda: archive.document("x"), lambda: archive.sql("SELECT 1 AS one")):
        with pytest.raises(byline.ConfigurationError, match="was closed"):
            ask()


def test_two_tables_can_be_read_side_by_side_and_from_threads(archive: byline.Archive) -> None:
    pairs = list(zip(archive.events(), archive.events(), strict=True))
    assert all(one == other for one, other in pairs)
    with ThreadPoolExecutor(4) as threads:
        counts = set(threads.map(lambda _: sum(1 for _ in archive.events()), range(8)))
    assert counts == {len(pairs)}


# The page


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_page_run(
    example: str, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(path.parent)
    names: dict[str, Any] = {}
    exec(compile(example, "python.md", "exec"), names)  # noqa: S102 - our own document
    assert capsys.readouterr().out or len(names["weeks"])
