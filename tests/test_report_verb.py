"""`byline report` as a user meets it."""

from pathlib import Path

import pytest

from tests.test_cli import byline
from tests.web.hostile import DOCUMENTS
from tests.web.server import archive_of


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(archive_of(tmp_path_factory.mktemp("verb") / "some.byline", DOCUMENTS))


@pytest.mark.parametrize(
    ("name", "begin"), [("b.pdf", b"%PDF-"), ("b.html", b"<!DOCTYPE html>"), ("b.md", b"# Of May")]
)
def test_the_end_of_the_name_says_the_form(archive: str, tmp_path: Path, name: str, begin: bytes) -> None:
    done = byline("report", archive, "--to", str(tmp_path / name), "--title", "Of May", "--first", "2021-05")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).read_bytes().lstrip().startswith(begin)
    assert done.stdout == b""


def test_a_dash_is_standard_output(archive: str) -> None:
    done = byline("report", archive, "--to", "-", "--format", "md", "--last", "2020")
    assert b"Nothing in this archive is what this briefing covers." in done.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--to", "b.doc"), b"--format"),
        (("--to", "b.md", "--first", "yesterday"), b"--first is 'yesterday'"),
        (("--to", "nowhere/b.md"), b"cannot be written"),
    ],
)
def test_a_mistake_is_one_line(archive: str, options: tuple[str, ...], said: bytes) -> None:
    done = byline("report", archive, *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert b"Traceback" not in done.stderr
