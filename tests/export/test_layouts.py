"""Layouts: found by name, complete, the same of an archive and of a lake."""

import io
from collections.abc import Iterator

import msgspec
import pytest

from byline.errors import ConfigurationError
from byline.export.chosen import OfArchive, OfDocuments
from byline.export.layout import Chosen, Read
from byline.export.layouts import layout, layouts
from byline.store import Archive, Edition, Filter
from tests.helpers import demo


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("layouts") / "demo.byline"
    with Archive.open(path, write=True) as made:
        with made.batch():
            edition = made.add_edition(Edition("0", "", "", "", "", ""))
            run = made.begin_run(edition, "{}", "2026-01-01T00:00:00+00:00")
            for document in demo():
                made.add(document, edition, run)
        yield made


def written(chosen: Chosen, name: str = "events", form: str = "jsonl") -> bytes:
    out = io.BytesIO()
    layout(name).forms[form](chosen, out)
    return out.getvalue()


def rows(chosen: Chosen) -> list[dict[str, object]]:
    return [msgspec.json.decode(line) for line in written(chosen).splitlines()]


def test_an_archive_and_its_documents_give_the_same_rows(archive: Archive) -> None:
    assert rows(OfArchive(archive, Filter())) == rows(OfDocuments("demo", demo))


def test_a_filter_leaves_the_events_that_it_finds(archive: Archive) -> None:
    found = rows(OfArchive(archive, Filter(types=["ASSAULT"])))
    assert found == [row for row in rows(OfArchive(archive, Filter())) if row["type"] == "ASSAULT"]
    assert found


def test_names_of_private_persons_are_withheld(archive: Archive) -> None:
    plain, covered = (written(OfArchive(archive, Filter(), roles=roles)).decode() for roles in (False, True))
    assert "█" not in plain
    assert "█" in covered


@pytest.mark.parametrize("name", layouts())
def test_a_layout_is_named_as_it_is_found_and_says_what_it_loses(name: str) -> None:
    found = layout(name)
    assert found.name == name
    assert found.forms
    assert all(loss.endswith(".") for loss in found.losses)


def test_an_unknown_layout_is_answered_with_those_there_are() -> None:
    with pytest.raises(ConfigurationError, match=r"There are: .*events"):
        layout("no such")


def test_incidents_of_a_lake_are_asked_of_an_archive() -> None:
    with pytest.raises(ConfigurationError, match=r"byline import lake/ --to lake\.byline"):
        OfDocuments("lake/", demo).incidents()


def test_a_spreadsheet_gets_a_mark_its_line_ends_and_no_formula(archive: Archive) -> None:
    found = written(OfArchive(archive, Filter()), form="excel")
    assert found.startswith(b"\xef\xbb\xbfuid,")
    assert found.count(b"\r\n") == len(rows(OfArchive(archive, Filter()))) + 1


def test_what_is_written_is_the_same_bytes_again(archive: Archive) -> None:
    for form in layout("events").forms:  # the GeoPackage, too
        assert written(OfArchive(archive, Filter()), form=form) == written(OfArchive(archive, Filter()), form=form)


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "geojson", "parquet", "geoparquet"])
def test_columns_from_tables_are_those_from_records(archive: Archive, form: str) -> None:
    some = Filter(statuses=["actual", "denied"])
    assert written(OfArchive(archive, some), form=form) == written(Records(archive, some), form=form)


class Records(OfArchive):
    """An archive of which records are read, as where names are withheld, and none is."""

    def __init__(self, archive: Archive, filter: Filter) -> None:
        super().__init__(archive, filter, roles=True)

    def documents(self) -> Iterator[Read]:
        return OfArchive(self.archive, self.filter).documents()
