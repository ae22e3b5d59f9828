"""CSV by way of Arrow is, byte for byte, the one that the standard library writes."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from byline.export.arrow import arrow_tables, write_csv
from byline.export.chosen import OfArchive
from byline.export.columns import Cell, Column, Columns
from byline.export.layouts import events, layout
from byline.export.tables import write_csv as write_csv_of_cells
from byline.store import Archive, Filter
from tests.export.invented import make

COLUMNS: Columns = {
    "name": Column(""),
    "day": Column("", "day"),
    "number": Column("", "whole"),
    "degrees": Column("", "real"),
}
TEXTS = st.none() | st.text(st.sampled_from("=+-@\t\r\n\",;' aé🙂"), max_size=6)
REALS = st.none() | st.floats(allow_nan=False, allow_infinity=False)
CELLS = st.tuples(TEXTS, st.none() | st.just("2011-05-03"), st.none() | st.integers(-(1 << 62), 1 << 62), REALS)


@given(st.lists(CELLS, max_size=5))
@example([("-1", None, -1, -1.0), ('"', None, None, 1e-05), ("a\rb", "2011-05-03", 0, 48.0)])
def test_cells_are_quoted_and_guarded_alike(rows: list[tuple[Cell, ...]]) -> None:
    by_arrow, by_cells = io.BytesIO(), io.BytesIO()
    write_csv(arrow_tables(rows, COLUMNS), COLUMNS, by_arrow)
    write_csv_of_cells(rows, COLUMNS, by_cells)
    assert by_arrow.getvalue() == by_cells.getvalue()


@given(st.lists(st.text(st.sampled_from('\r\n", a'), min_size=1, max_size=6), max_size=5))
def test_line_ends_in_a_cell_end_no_row(names: list[str]) -> None:
    out = io.BytesIO()
    write_csv_of_cells([(name, None, None, None) for name in names], COLUMNS, out)
    read = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    read_names = [(row["name"] or "").removeprefix("'") for row in read]  # it keeps a formula from being run
    assert read_names == [name.replace("\r\n", "\n").replace("\r", "\n") for name in names]


@pytest.mark.parametrize("filter", [Filter(), Filter(statuses=["planned"])])
def test_events_are_the_same_with_and_without_arrow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filter: Filter
) -> None:
    make(tmp_path / "a.byline")
    with Archive.open(tmp_path / "a.byline") as archive:
        chosen, written = OfArchive(archive, filter), []
        for found in (object(), None):
            monkeypatch.setattr(events, "find_spec", lambda _, found=found: found)
            out = io.BytesIO()
            layout("events").forms["csv"](chosen, out)
            written.append(out.getvalue())
    assert written[0] == written[1]
    assert written[0].count(b"\n") > 1
