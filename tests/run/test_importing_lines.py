"""Records in lines of JSON enter an archive as they are."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from byline.cli import app
from byline.errors import ConfigurationError
from byline.run.importing import import_lines
from byline.store import Archive, Asked, documents, failures, incidents
from tests.helpers import demo


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"".join(document.to_json() + b"\n" for document in demo()))
    return path


def entered(lines: Path, archive: Archive) -> int:
    return sum(map(len, import_lines(lines, archive)))


def test_an_archive_has_them_in_order_and_links_them(lines: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.byline", write=True) as archive:
        assert entered(lines, archive) == len(demo())
        assert list(documents(archive)) == list(demo())
        assert any(one.reports > 1 for one in incidents(archive, Asked()))


def test_what_is_there_is_not_entered_again(lines: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a.byline", write=True) as archive:
        entered(lines, archive)
        assert entered(lines, archive) == 0


@pytest.mark.parametrize("line", [b"{}", b"not JSON", b'{"id": 1, "source": "a", "text": "b"}', b"\xff\xfe"])
def test_a_line_that_is_no_record_is_named(line: bytes, lines: Path, tmp_path: Path) -> None:
    whole = lines.read_bytes()
    lines.write_bytes(whole + line + b"\n")
    with (
        Archive.open(tmp_path / "a.byline", write=True) as archive,
        pytest.raises(ConfigurationError, match=f"line {len(demo()) + 1} is no record of a document"),
    ):
        entered(lines, archive)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with (
        Archive.open(tmp_path / "a.byline", write=True) as archive,
        pytest.raises(ConfigurationError, match=r"none\.jsonl cannot be read"),
    ):
        entered(tmp_path / "none.jsonl", archive)


@pytest.mark.parametrize(
    "broken",
    [
        lambda event: [event, event],
        lambda event: [event | {"attributions": ["s999"]}],
        lambda event: [event | {"denied_by": ["s999"]}],
        lambda event: [event | {"toponyms": [999]}],
        lambda event: [event | {"toponyms": [-1]}],
        lambda event: [event | {"actors": [event["trigger"] | {"actor": "a999"}]}],
        lambda event: [event | {"evidence": [5, 100_000]}],
        lambda event: [event | {"evidence": [7, 5]}],
        lambda event: [event | {"time": {"start": "one day", "end": "2011-05-03", "basis": "timex"}}],
        lambda _: [],
    ],
)
def test_a_record_that_contradicts_itself_is_set_aside(
    broken: Callable[[dict[str, Any]], list[dict[str, Any]]], tmp_path: Path
) -> None:
    whole, other = [document for document in demo() if document.events][:2]
    record = msgspec.json.decode(whole.to_json())
    record["events"] = [*broken(record["events"][0]), *record["events"][1:]]
    lines = tmp_path / "records.jsonl"
    lines.write_bytes(msgspec.json.encode(record) + b"\n" + other.to_json() + b"\n")
    with Archive.open(tmp_path / "a.byline", write=True) as archive:
        assert entered(lines, archive) == 2
        assert [document.id for document in documents(archive)] == [other.id]
        assert [failure.source for failure in failures(archive)] == [whole.source]


def test_a_record_that_contradicts_itself_is_told_and_listed(tmp_path: Path) -> None:
    record = msgspec.json.decode(next(document for document in demo() if document.events).to_json())
    record["events"][0]["trigger"]["text"] = "Words that nobody wrote"
    lines, archive = tmp_path / "records.jsonl", tmp_path / "a.byline"
    lines.write_bytes(msgspec.json.encode(record))
    done = CliRunner().invoke(app, ["import", str(lines), "--to", str(archive)])
    assert done.exit_code == 1
    assert "'Words that nobody wrote' does not stand at" in done.stderr
    assert "0 entered, 1 failed" in done.stderr
    listed = CliRunner().invoke(app, ["failures", str(archive), "--format", "jsonl"]).stdout
    assert json.loads(listed)["source"] == record["source"]
