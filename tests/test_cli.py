"""The command line as a user meets it: real program, real files, bad input."""

import contextlib
import csv
import io
import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "Police arrested three union leaders in Leeds on Sunday.\n\nThe army denied attacking the crowd."


def byline(*arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    program = Path(sys.executable).with_name("byline")
    wide = os.environ | {"COLUMNS": "200"}
    return subprocess.run([program, *arguments], input=stdin, capture_output=True, check=False, env=wide)  # noqa: S603


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_json_lines_go_to_standard_output_and_nothing_else(page: Path) -> None:
    done = byline("code", str(page), "--format", "jsonl", "--published", "2011-05-03")
    record = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert record["text"] == TEXT
    assert record["published"]["basis"] == "given"
    assert [(e["type"], e["status"]) for e in record["events"]][:1] == [("COERCE", "actual")]


def test_a_dash_is_standard_input() -> None:
    done = byline("code", "-", "--format", "jsonl", stdin=TEXT.encode())
    assert json.loads(done.stdout)["source"] == "-"


def test_standard_input_that_is_closed_is_told() -> None:
    command = f"{shlex.quote(str(Path(sys.executable).with_name('byline')))} code - <&-"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr.startswith(b"byline: Standard input is closed.")) == (2, True)


def test_csv_has_one_row_an_event(page: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(byline("code", str(page), "--format", "csv").stdout.decode())))
    assert [(r["trigger"], r["happened"]) for r in rows if r["type"] in {"COERCE", "ASSAULT"}] == [
        ("arrested", "yes"),
        ("attacking", "no"),
    ]


def test_the_table_shows_status_voice_and_words(page: Path) -> None:
    shown = byline("code", str(page)).stdout.decode()
    for words in ("COERCE", "actual", "denied", "the outlet itself", "Police arrested three union leaders"):
        assert words in shown


def test_happened_alone_leaves_the_denied_out(page: Path) -> None:
    done = byline("code", str(page), "--format", "jsonl", "--status", "happened")
    assert {e["status"] for e in json.loads(done.stdout)["events"]} <= {"actual", "ongoing"}


def test_claims_are_listed_with_who_makes_them(page: Path) -> None:
    (line,) = byline("claims", str(page), "--format", "jsonl").stdout.splitlines()
    claim = json.loads(line)
    assert (claim["source"], claim["stance"], claim["words"]) == ("The army", "denied", "attacking the crowd")
    assert "✕ denied, indirect" in byline("claims", str(page)).stdout.decode()


@pytest.mark.usefixtures("page")
def test_claims_by_source_are_gathered_over_documents(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("The army said it had left Leeds. Nurses said they would stay.", "utf-8")
    done = byline("claims", str(tmp_path), "--by", "source", "--format", "csv")
    sources = [row["source"].lower() for row in csv.DictReader(io.StringIO(done.stdout.decode()))]
    assert sources == ["the army", "the army", "nurses"]


def test_disputed_claims_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The army said it had left Leeds. Nurses denied that they had been paid.", "utf-8")
    done = byline("claims", str(tmp_path), "--disputed", "--format", "jsonl")
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["Nurses"]


def test_an_archive_is_inspected_without_being_coded(page: Path) -> None:
    os.mkfifo(page.parent / "pipe")
    done = byline("inspect", str(page.parent), "--format", "json")
    found = json.loads(done.stdout)
    assert (found["documents"], [f["kind"] for f in found["failures"]]) == (1, ["unreadable"])
    assert "1 document" in byline("inspect", str(page.parent)).stdout.decode()


def test_a_member_of_a_container_is_explained_by_its_name(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(f'headline,story\nOne,"The army denied it."\nTwo,"{TEXT}"\n', "utf-8")
    shown = byline("explain", f"{rows}!/2#e1", "--text-column", "story").stdout.decode()
    assert f"{rows}!/2#e1" in shown
    assert "COERCE" in shown


def test_what_is_in_another_language_is_set_aside_and_told(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        "De politie heeft maandag in de stad drie mannen aangehouden, zei een woordvoerder. De betogers hadden de "
        "brug geblokkeerd en de burgemeester riep op tot rust.",
        "utf-8",
    )
    done = byline("code", str(path), "--format", "jsonl")
    record = json.loads(done.stdout)
    assert (done.returncode, record["language"], record["events"]) == (0, "nl", [])
    assert "set aside: The text is in Dutch (nl)" in done.stderr.decode()


def test_roles_cover_the_name_of_a_private_person_and_keep_the_spans(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Police arrested the baker Orla Venn in Leeds. Venn denied the charge.", "utf-8")
    done = byline("code", str(path), "--format", "jsonl", "--people", "roles")
    record = json.loads(done.stdout)
    assert "Venn" not in done.stdout.decode()
    assert len(record["text"]) == len(path.read_text("utf-8"))


def test_explain_says_how_each_field_came_about(page: Path) -> None:
    shown = byline("explain", f"{page}#e1").stdout.decode()
    for words in ("COERCE", "arrest", "status", "actors", "time", "rejected"):
        assert words in shown


def test_explain_lists_the_events_where_there_is_none_of_that_name(page: Path) -> None:
    done = byline("explain", f"{page}#e99")
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"byline: {page} has no event 'e99'. Its events are: e1")


def test_one_bad_file_costs_one_document(tmp_path: Path, page: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = byline("code", str(tmp_path), "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    errors = done.stderr.decode().splitlines()
    assert [e.split(": ")[1] for e in errors] == [str(tmp_path / "empty.txt"), str(tmp_path / "image.txt")]
    assert page.name == "page.txt"


def test_a_thousand_broken_files_are_each_named(tmp_path: Path) -> None:
    for number in range(1000):
        (tmp_path / f"{number:04}.txt").write_bytes(b"\0\1\2" * 20)
    done = byline("code", str(tmp_path))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1000)


def test_fifty_megabytes_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    path.write_bytes(b"The army fired. " * 3_300_000)
    done = byline("code", str(path))
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert b"Split it" in done.stderr


def test_a_sentence_of_two_hundred_thousand_characters_is_coded(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Police arrested " + "the very tall and rather old " * 6_900 + "man", "utf-8")
    done = byline("code", str(path), "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["events"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code", "no-such-file.txt"], "There is no file or folder no-such-file.txt."),
        (["code", "-", "--published", "someday"], "'someday' is no date."),
        (["code", "-", "--ontology", "no.toml"], "There is no ontology no.toml"),
        (
            ["code", "-", "--manifest", "no.jsonl"],
            "The manifest no.jsonl cannot be read (No such file or directory). Check the path.",
        ),
        (["code", "-", "--pipeline", "xx_none"], "The language pipeline 'xx_none' is not installed."),
        (["code", "-", "--pipeline", "spacy"], "The package 'spacy' holds no language pipeline"),
        (["explain", "page.txt"], "'page.txt' names no event."),
        (["evaluate", "nowhere"], "There is no nowhere/score/acceptance.py."),
    ],
)
def test_a_wrong_option_stops_at_once_in_one_line(arguments: list[str], message: str) -> None:
    done = byline(*arguments, stdin=b"Police fired.")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().startswith("byline: " + message)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["code", "-", "--nope"], ["code", "-", "--format", "xml"], ["code"]])
def test_an_unknown_option_is_refused_with_a_hint(arguments: list[str]) -> None:
    done = byline(*arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("verb", ["code", "explain", "demo", "evaluate"])
def test_help_has_an_example(verb: str) -> None:
    assert f"byline {verb} " in byline(verb, "--help").stdout.decode()


def on_terminal(*arguments: str, data: Path | None) -> tuple[int, str]:
    """Run the program before a terminal; return its exit code and what is seen. `data` takes standard output."""
    program = Path(sys.executable).with_name("byline")
    terminal, screen = pty.openpty()
    with data.open("wb") if data else os.fdopen(os.dup(screen), "wb") as out:
        running = subprocess.Popen([program, *arguments], stdout=out, stderr=screen)  # noqa: S603
    os.close(screen)
    seen = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal without writers with an error
        while part := os.read(terminal, 4096):
            seen += part
    os.close(terminal)
    return running.wait(), seen.decode()


def test_a_bar_shows_the_progress_where_somebody_looks_and_data_stay_apart(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.txt").write_text(TEXT, "utf-8")
    (pages / "empty.txt").write_bytes(b"")
    code, seen = on_terminal("code", str(pages), "--format", "jsonl", data=tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert (code, [json.loads(line)["text"] for line in lines]) == (1, [TEXT] * 3)
    assert "4/4" in seen
    assert "empty.txt" in seen
    assert "Traceback" not in seen


def test_a_table_on_the_screen_needs_no_bar(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_text(TEXT, "utf-8")
    code, seen = on_terminal("code", str(tmp_path), data=None)
    assert code == 0
    assert "COERCE" in seen
    assert "coding" not in seen
