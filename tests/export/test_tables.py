"""Rows, CSV and the table for people."""

import csv
import io
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from byline.export.csv import write_csv
from byline.export.rows import COLUMNS, rows
from byline.export.terminal import show
from byline.records import (
    Actor,
    Attribution,
    CodedDocument,
    Copy,
    Count,
    Event,
    Incident,
    Interval,
    Mention,
    PlacePrecision,
    Status,
    Toponym,
)

TEXT = "Guards shot nine men in Serpa, a doctor said."


def mention(words: str, actor: str | None = None) -> Mention:
    start = TEXT.index(words)
    return Mention(span=(start, start + len(words)), text=words, actor=actor)


def document(*, status: Status = "actual", claimed: bool = True, title: str | None = "Shots") -> CodedDocument:
    event = Event(
        id="e1", type="ASSAULT", trigger=mention("shot"), status=status, actors=(mention("Guards", "a1"),),
        recipients=(mention("nine men"),), toponyms=(0,),
        time=Interval(start="2006-03-07", end="2006-03-08", basis="tense"),
        counts=(Count(what="killed", low=9, best=9, high=None, span=(12, 16), text="nine"),),
        attributions=("s1",) if claimed else (), evidence=(0, len(TEXT)), confidence=0.7,
    )  # fmt: skip
    said = Attribution(
        id="s1", source=mention("a doctor"), cue=mention("said"), content=((0, 29),), quoted="indirect",
        stance="claimed", rule="verb say",
    )  # fmt: skip
    place = Toponym(
        span=(24, 29), text="Serpa", name="Serpa", latitude=37.9, longitude=-7.6, geonames_id=1, country="PRT",
        precision="place",
    )  # fmt: skip
    guards = Actor(id="a1", name="Regional Guard", mentions=((0, 6),), country="PRT", sector="COP")
    return CodedDocument(
        id="d1", source="=page.txt", text=TEXT, title=title, body=((0, len(TEXT)),), published=None, timexes=(),
        toponyms=(place,), actors=(guards,), attributions=(said,), events=(event,),
        incidents=(Incident(id="i1", type="ASSAULT", events=("e1",), counts=tolls()),),
    )  # fmt: skip


def tolls() -> tuple[Count, ...]:
    """Two groups of dead apart, and wounded without an upper bound."""
    dead = [
        Count(what="killed", low=n, best=n, high=n, of=of, span=(12, 16), text="nine")
        for n, of in ((9, "men"), (2, "boys"))
    ]
    return (*dead, Count(what="wounded", low=3, high=None, span=(12, 16), text="nine"))


def shown(given: CodedDocument, *, width: int = 160) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    show([given], console)
    text: str = console.file.getvalue()  # type: ignore[attr-defined]
    return text


def test_a_row_has_every_column_in_order() -> None:
    (row,) = rows([document()])
    assert list(row) == list(COLUMNS)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("actors", "Regional Guard"),
        ("actor_codes", "PRT COP"),
        ("recipients", "nine men"),
        ("recipient_codes", None),
        ("places", "Serpa"),
        ("latitude", 37.9),
        ("start", "2006-03-07"),
        ("killed_low", 9),
        ("killed_high", None),
        ("wounded_low", None),
        ("incident_killed_low", 11),
        ("incident_killed_high", 11),
        ("incident_wounded_low", 3),
        ("incident_wounded_high", None),
        ("said_by", "a doctor"),
        ("stance", "claimed"),
        ("incident", "i1"),
        ("happened", "yes"),
        ("published_start", None),
        ("evidence", TEXT),
    ],
)
def test_a_cell_holds_what_the_record_says(column: str, cell: object) -> None:
    (row,) = rows([document()])
    assert row[column] == cell


def test_a_row_says_of_what_its_document_is_a_copy() -> None:
    copy = Copy(of="d7", source="wire.txt", kind="near", shared=0.9)
    (row,) = rows([msgspec.structs.replace(document(), copy=copy)])
    assert (row["copy_of"], row["copy_kind"]) == ("d7", "near")


@pytest.mark.parametrize(
    ("copy", "line"),
    [
        (Copy(of="d7", source="wire.txt", kind="near", shared=0.929), "copy of wire.txt (near, 92 % shared)"),
        (Copy(of="d7", source="wire.txt", kind="truncated", shared=0.999), "copy of wire.txt (truncated, 99 % shared)"),
        (Copy(of="d7", source="wire\x1b.txt", kind="exact", shared=1.0), "copy of wire\ufffd.txt (word for word)"),
    ],
)
def test_the_table_says_of_what_a_document_is_a_copy(copy: Copy, line: str) -> None:
    assert line in shown(msgspec.structs.replace(document(), copy=copy))


@pytest.mark.parametrize("precision", ["country", "region", "unknown"])
def test_a_whole_country_or_region_is_no_pin(precision: PlacePrecision) -> None:
    given = document()
    wide = msgspec.structs.replace(given.toponyms[0], precision=precision)
    (row,) = rows([msgspec.structs.replace(given, toponyms=(wide,))])
    assert (row["places"], row["country"], row["latitude"], row["longitude"]) == ("Serpa", "PRT", None, None)


def test_totals_that_differ_are_a_range() -> None:
    given = document()
    stated = [Count(what="killed", low=n, best=n, high=n, span=(12, 16), text="nine") for n in (12, 9)]
    incident = msgspec.structs.replace(given.incidents[0], counts=tuple(stated))
    (row,) = rows([msgspec.structs.replace(given, incidents=(incident,))])
    assert (row["incident_killed_low"], row["incident_killed_high"]) == (9, 12)


def test_what_no_one_is_quoted_for_is_the_outlets_own() -> None:
    (row,) = rows([document(claimed=False)])
    assert (row["said_by"], row["stance"]) == ("the outlet itself", None)


def test_csv_reads_back_and_no_cell_is_a_formula() -> None:
    out = io.StringIO()
    write_csv([document()], out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["source"] == "'=page.txt"
    assert row["killed_high"] == ""


def test_the_table_names_who_where_how_many_and_says_who() -> None:
    text = shown(document())
    for words in (
        "7–8 Mar 2006",
        "Regional Guard (PRT COP) → nine men",
        "Serpa",
        "9+ killed",
        "● actual",
        "a doctor (claimed)",
    ):
        assert words in text


@pytest.mark.parametrize(("status", "mark"), [("denied", "✕ denied"), ("feared", "○ feared"), ("ongoing", "● ongoing")])
def test_a_sign_tells_what_happened_without_colour(status: Status, mark: str) -> None:
    assert mark in shown(document(status=status))


def test_markup_and_control_characters_of_a_page_are_shown_as_words() -> None:
    text = shown(document(title="[bold]\x1b[31mred[/bold]"))
    assert "[bold]" in text
    assert "\x1b" not in text


def test_a_narrow_terminal_loses_no_event() -> None:
    assert "ASSAULT" in shown(document(), width=60)


def test_a_data_frame_has_the_columns_of_the_csv_file() -> None:
    pandas = pytest.importorskip("pandas")
    from byline import to_pandas  # noqa: PLC0415 - after the check

    frame = to_pandas([document()])
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == list(COLUMNS)


def test_files_of_this_folder_know_no_stage_before_them() -> None:
    sources = Path(__file__).parents[2].joinpath("byline", "export").glob("*.py")
    assert not [p.name for p in sources if "byline.coding" in p.read_text("utf-8")]
