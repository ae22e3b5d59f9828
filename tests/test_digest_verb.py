"""The verb of a digest, as a user meets it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.digest.archives import come
from tests.digest.mail_server import HERE, Box, mail_server
from tests.test_cli import byline

# Reports come the day before the clock of this machine; only that they are of the last days is asked of it.
DAY = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()
SINCE = ("--since", "3 days")


@pytest.fixture
def archive(tmp_path: Path) -> str:
    come(tmp_path / "a.byline", DAY, "three", "arrest")
    return str(tmp_path / "a.byline")


@pytest.fixture
def box() -> Iterator[Box]:
    with mail_server() as found:
        yield found


def mail(tmp_path: Path, box: Box, more: str = "") -> str:
    path = tmp_path / "mail.toml"
    path.write_text(
        "from = 'byline@example.org'\nto = ['desk@example.org']\nsecurity = 'none'\n"
        f"server = '{HERE}'\nport = {box.port}\n{more}",
        "utf-8",
    )
    return str(path)


def test_it_is_printed_and_nothing_is_noted(archive: str) -> None:
    first = byline("digest", archive, *SINCE)
    assert first.returncode == 0, first.stderr
    assert "2 new incidents" in first.stdout.decode()
    assert "Killed: 3" in first.stdout.decode()
    assert b"2 new incidents" in byline("digest", archive, *SINCE, "--to", "-").stdout


def test_names_of_private_persons_are_covered_and_filters_hold(archive: str) -> None:
    done = byline("digest", archive, *SINCE, "--country", "prt", "--people", "roles")
    assert b"1 new incident\n" in done.stdout


def test_a_file_is_written_once(archive: str, tmp_path: Path) -> None:
    path = tmp_path / "d.html"
    assert b"2 new incidents" in byline("digest", archive, *SINCE, "--to", str(path)).stderr
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    again = byline("digest", archive, *SINCE, "--to", str(path))
    assert (again.returncode, again.stderr) == (0, f"{path}: nothing new\n".encode())
    forced = byline("digest", archive, *SINCE, "--to", str(tmp_path / "d.eml"), "--again")
    assert b"2 new incidents" in forced.stderr
    assert b"multipart/alternative" in (tmp_path / "d.eml").read_bytes()


def test_a_feed_is_written(archive: str, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    assert byline("digest", archive, *SINCE, "--atom", str(path)).stderr == f"{path}: 2 new\n".encode()
    assert path.read_bytes().count(b"<entry>") == 2


def test_a_mail_is_sent_once(archive: str, tmp_path: Path, box: Box) -> None:
    config = mail(tmp_path, box)
    for _ in range(2):
        done = byline("digest", archive, *SINCE, "--send", config)
        assert done.returncode == 0, done.stderr
    (message,) = box.taken
    assert message["Subject"] == "Byline: 2 new incidents"
    body = message.get_body(("html",))
    assert body is not None
    assert "Gunmen attacked a ferry" in body.get_content()


def test_a_mail_that_was_refused_exits_with_1_and_is_sent_the_next_time(archive: str, tmp_path: Path, box: Box) -> None:
    config = mail(tmp_path, box)
    box.answers = {"data": "554 no"}
    done = byline("digest", archive, *SINCE, "--send", config)
    assert (done.returncode, b"refuses the mail" in done.stderr) == (1, True)
    box.answers = {}
    assert byline("digest", archive, *SINCE, "--send", config).returncode == 0
    assert len(box.taken) == 1


def test_a_password_that_is_not_there_is_said_before_anything_is_sent(archive: str, tmp_path: Path, box: Box) -> None:
    config = mail(tmp_path, box, "user = 'desk'\npassword_env = 'BYLINE_TEST_UNSET'\n")
    done = byline("digest", archive, *SINCE, "--send", config)
    assert (done.returncode, b"BYLINE_TEST_UNSET" in done.stderr) == (2, True)
    file = mail(tmp_path, box, "user = 'desk'\npassword_file = 'none.txt'\n")
    assert byline("digest", archive, *SINCE, "--send", file).returncode == 2


@pytest.mark.parametrize(
    "options",
    [
        ("--since", "whenever"),
        ("--to", "a.html", "--atom", "b.xml"),
        ("--again",),
        ("--again", "--atom", "b.xml"),
        ("--atom", "."),
    ],
)
def test_what_does_not_go_together_is_refused(archive: str, tmp_path: Path, options: tuple[str, ...]) -> None:
    program = Path(sys.executable).with_name("byline")
    done = subprocess.run(  # noqa: S603
        [program, "digest", archive, *options], cwd=tmp_path, capture_output=True, check=False, env=os.environ
    )
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert not list(tmp_path.glob("*.xml"))
