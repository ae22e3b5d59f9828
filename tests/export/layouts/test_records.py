"""Records go out, and come into an archive again."""

import io
from collections.abc import Callable

import pyarrow.parquet as pq
import pytest

from byline.export.chosen import OfArchive
from byline.export.layouts import layout
from byline.records import CodedDocument
from byline.store import Archive, Filter, documents

Written = Callable[[str, str], bytes]
Cells = Callable[[str], list[dict[str, object]]]


def test_records_are_those_of_the_archive(written: Written, archive: Archive) -> None:
    lines = written("records", "jsonl").splitlines()
    assert [CodedDocument.from_json(line) for line in lines] == list(documents(archive))


def test_a_document_with_a_chosen_event_is_there_with_all_of_its_events(archive: Archive) -> None:
    out = io.BytesIO()
    layout("records").forms["jsonl"](OfArchive(archive, Filter(statuses=["planned"])), out)
    found = [CodedDocument.from_json(line) for line in out.getvalue().splitlines()]
    assert found == [d for d in documents(archive) if any(e.status == "planned" for e in d.events)]
    assert any(len(document.events) > 1 for document in found)


@pytest.mark.parametrize("name", ["events", "incidents", "documents"])
def test_parquet_gives_the_cells_of_the_table(written: Written, cells: Cells, name: str) -> None:
    table = pq.read_table(io.BytesIO(written(name, "parquet")))
    assert table.column_names == list(layout(name).columns)
    assert [{n: c for n, c in row.items() if c is not None} for row in table.to_pylist()] == cells(name)


def test_a_document_without_events_is_a_row_where_everything_is_chosen(archive: Archive, cells: Cells) -> None:
    found = {row["document"]: row["events"] for row in cells("documents")}
    assert found == {document.id: len(document.events) for document in documents(archive)}
