"""Packages, held against the tools of those who made the formats."""

import csv
import io
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import mlcroissant
import pytest
from frictionless import Package

from byline.export.chosen import OfDocuments
from byline.export.layouts import layout
from tests.helpers import demo

Written = Callable[[str, str], bytes]


@pytest.fixture
def folder(written: Written, tmp_path: Path) -> Path:
    ZipFile(io.BytesIO(written("package", "zip"))).extractall(tmp_path)
    return tmp_path


def test_frictionless_finds_no_fault(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert [task.name for task in report.tasks] == ["events", "incidents", "documents"]


def test_frictionless_finds_a_row_that_was_changed(folder: Path) -> None:
    path = folder / "data" / "events.csv"
    path.write_text(path.read_text("utf-8").replace(",actual,", ",actual,more,", 1), "utf-8")
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_croissant_finds_no_error(folder: Path) -> None:
    found = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    assert not found.metadata.ctx.issues.errors
    assert not [warning for warning in found.metadata.ctx.issues.warnings if "is recommended" not in warning]


def test_croissant_reads_the_rows(folder: Path) -> None:
    (first, *rest) = mlcroissant.Dataset(jsonld=str(folder / "croissant.json")).records("incidents")
    with (folder / "data" / "incidents.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert [row["incidents/id"].decode() for row in (first, *rest)] == ids


def test_both_cards_have_the_digests_of_the_tables(folder: Path) -> None:
    found = {path.stem: sha256(path.read_bytes()).hexdigest() for path in (folder / "data").iterdir()}
    names = ("datapackage.json", "croissant.json")
    frictionless, croissant = (json.loads((folder / name).read_bytes()) for name in names)
    assert {r["name"]: r["hash"].removeprefix("sha256:") for r in frictionless["resources"]} == found
    assert {r["@id"].removesuffix(".csv"): r["sha256"] for r in croissant["distribution"]} == found


def test_a_lake_has_a_package_without_incidents(tmp_path: Path) -> None:
    out = io.BytesIO()
    layout("package").forms["zip"](OfDocuments("lake/", demo), out)
    ZipFile(out).extractall(tmp_path)
    card: dict[str, Any] = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert [one["name"] for one in card["resources"]] == ["events", "documents"]
    assert Package(str(tmp_path / "datapackage.json")).validate().valid
