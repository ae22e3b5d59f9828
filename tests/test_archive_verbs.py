"""Archives as a user meets them: real program, real files, signals."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from byline.store import Archive
from tests.helpers import accept_one
from tests.test_cli import TEXT, byline


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text("Rebels shelled the harbour of Sines on Monday.", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def archive(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an archive of the pages, coded in two editions."""
    folder = tmp_path_factory.mktemp("archive")
    path, ontology = folder / "news.byline", folder / "mine.toml"
    ontology.write_text(
        'name = "mine"\nversion = "1"\n[types.SIEGE]\nabout = "Of harbours."\n'
        '[triggers.SIEGE]\nverbs = [{ lemma = "shell" }]\n',
        "utf-8",
    )
    told = ("--published", "2011-05-03", "--log", str(folder / "log"), "--keep-parses")
    first = byline("code", str(pages), "--to", str(path), *told)
    assert (first.returncode, first.stdout) == (1, b"")
    assert [line.partition(": ")[2] for line in first.stderr.decode().splitlines()] == [
        f"{pages / 'empty.txt'}: The document is empty. Check that the file holds the article's text.",
        f"2 coded, 1 failed: byline failures {path}",
    ]
    again = byline("code", str(pages), "--to", str(path), "--published", "2011-05-03", "--ontology", str(ontology))
    assert again.stderr.endswith(b"2 coded, 1 failed: byline failures %b\n" % bytes(path))
    return path


def lines(*arguments: str | Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in byline(*map(str, arguments)).stdout.splitlines()]


def test_an_archive_shows_what_code_prints(archive: Path, pages: Path) -> None:
    shown = byline("show", str(archive), "--edition", "1", "--format", "jsonl").stdout
    assert shown == byline("code", str(pages), "--published", "2011-05-03", "--format", "jsonl").stdout
    assert b"COERCE" in byline("show", str(archive), "--edition", "1").stdout


def test_parses_are_kept_and_the_next_edition_takes_them_over(archive: Path) -> None:
    with closing(connect(archive)) as db:
        found = db.execute("SELECT what, count(*), count(DISTINCT digest) FROM kept GROUP BY what").fetchall()
    assert found == [("findings", 2, 1), ("parse", 2, 1)]


@pytest.mark.parametrize("more", [(), ("--to", "lake", "--dask", "local")])
def test_parses_are_kept_in_an_archive_alone(pages: Path, more: tuple[str, ...]) -> None:
    refused = byline("code", str(pages), "--keep-parses", *more)
    assert refused.returncode == 2
    assert b"--keep-parses is for archives" in refused.stderr


def test_editions_are_listed_with_how_much_was_coded(archive: Path) -> None:
    found = lines("editions", archive, "--format", "jsonl")
    assert [(e["id"], e["ontology"], e["documents"]) for e in found] == [(1, "PLOVER 2026.1", 2), (2, "mine 1", 2)]
    assert "mine 1" in byline("editions", str(archive)).stdout.decode()


def test_the_difference_of_two_editions_is_shown(archive: Path) -> None:
    found = lines("diff", archive, "1", "2", "--format", "jsonl")
    assert ("appeared", "SIEGE", "shelled") in [(d["what"], d["type"], d["trigger"]) for d in found]
    assert "1 appeared" in byline("diff", str(archive), "1", "2").stdout.decode()


def test_failures_are_listed_with_their_reasons(archive: Path, pages: Path) -> None:
    (failure,) = lines("failures", archive, "--format", "jsonl")
    assert (failure["source"], failure["kind"]) == (str(pages / "empty.txt"), "unreadable")


def test_trying_again_what_nothing_was_set_aside_of_does_nothing(archive: Path) -> None:
    done = byline("failures", str(archive), "--retry")
    assert (done.returncode, done.stderr.decode()) == (0, f"{archive}: 0 coded\n")


def test_the_log_has_a_line_for_all_that_happens(archive: Path) -> None:
    events = [json.loads(line)["event"] for line in archive.with_name("log").read_text("utf-8").splitlines()]
    assert events == ["begin", "batch", "failure", "end"]


def test_quiet_says_nothing(archive: Path, pages: Path) -> None:
    done = byline("code", str(pages), "--to", str(archive), "--published", "2011-05-03", "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code", "-", "--workers", "2"], "--workers is for archives; name one: --to events.byline."),
        (["failures", "none.byline", "--quiet"], "--quiet is for trying again. Add --retry."),
        (["show", "none.byline"], "There is no archive none.byline. Make one: byline code SOURCES --to none.byline"),
        (["failures", "none.byline", "--retry"], "There is no archive none.byline."),
        (["code", "nowhere", "--to", "x.byline"], "There is no file or folder nowhere."),
        (
            ["code", "-", "--to", "x.byline", "--pipeline", "xx_none"],
            "The language pipeline 'xx_none' is not installed.",
        ),
        (["code", "-", "--to", "x.byline", "--ontology", "no.toml"], "There is no ontology no.toml"),
        (["code", "-", "--to", ".", "--quiet"], ". is a folder, and an archive is a file"),
    ],
)
def test_a_wrong_option_stops_at_once_in_one_line_and_no_file_is_made(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = byline(*arguments, stdin=b"")
    assert done.stderr.decode().startswith("byline: " + message)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, b"", 1)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Yield a run that has begun, the first of a group of processes, and waits for more of standard input."""
    program = Path(sys.executable).with_name("byline")
    command = [program, "code", "-", "--to", tmp_path / "a.byline", "--workers", "1", "--log", tmp_path / "log"]
    os.mkfifo(tmp_path / "log")
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)  # noqa: S603
    with (tmp_path / "log").open("rb") as log:
        assert b'"begin"' in log.readline()
        yield running
    running.kill()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_asked_to_end_says_what_is_kept(
    running: subprocess.Popen[bytes], number: signal.Signals, code: int, tmp_path: Path
) -> None:
    os.killpg(running.pid, number)  # a terminal and systemd ask all of its processes to end
    assert running.stderr
    assert running.stderr.read().decode() == (
        f"byline: Stopped. What was committed is in {tmp_path / 'a.byline'}; the same command goes on from there.\n"
    )
    assert running.wait() == code
    with closing(connect(tmp_path / "a.byline")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_what_was_judged_is_written_as_gold_and_measured_against(archive: Path, tmp_path: Path) -> None:
    with Archive.open(archive, write=True) as opened:
        accept_one(opened)
    assert [line["standing"] for line in lines("reviews", archive, "--format", "jsonl")] == ["in force"]
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(byline("gold", str(archive)).stdout)
    ontology = str(archive.parent / "mine.toml")
    found = {f["figure"]: f["value"] for f in lines("evaluate", gold, "--ontology", ontology, "--format", "jsonl")}
    assert (found["events: precision"], found["events: recall"]) == (100.0, 100.0)
    assert b"has no sets" in byline("evaluate", str(gold), "--set", "lgl").stderr
