"""A second opinion as a user asks for it: real program, real server, four events in three sentences of two pages."""

import asyncio
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import connect
from typing import Any

import pytest
import typer

from byline.cli.ending import ending_cleanly
from tests.opinions.endpoint import Answered, Endpoint, accepting, completion, endpoint, judged
from tests.test_cli import TEXT, byline


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return an archive, as bytes."""
    folder = tmp_path_factory.mktemp("coded")
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text("Rebels shelled the harbour of Sines on Monday.", "utf-8")
    pages = [str(folder / name) for name in ("a.txt", "b.txt")]
    done = byline("code", *pages, "--to", str(folder / "a.byline"), "--published", "2011-05-03", "--quiet")
    assert done.returncode == 0
    return (folder / "a.byline").read_bytes()


@pytest.fixture
def archive(coded: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "news.byline"
    path.write_bytes(coded)
    return path


@pytest.fixture
def server() -> Iterator[Endpoint]:
    with endpoint() as served:
        yield served


def ask(archive: Path, server: Endpoint, *more: str) -> subprocess.CompletedProcess[bytes]:
    told = ("--endpoint", server.address, "--model", "small")
    return byline("second-opinion", str(archive), *told, *more, stdin=b"")


def listed(archive: Path, *more: str) -> list[dict[str, Any]]:
    return [
        json.loads(line) for line in byline("opinions", str(archive), *more, "--format", "jsonl").stdout.splitlines()
    ]


def test_nothing_is_sent_before_that_is_agreed_to(archive: Path, server: Endpoint) -> None:
    done = ask(archive, server)
    assert (done.returncode, server.sent) == (2, [])
    said = done.stderr.decode()
    assert f"3 sentences would be sent to {server.address[7:-3]}, on this machine, for small." in said
    assert "Names of private persons are covered" in said
    assert "Nothing was sent. Add --yes" in said


def test_on_a_terminal_it_is_asked(archive: Path, server: Endpoint) -> None:
    ours, theirs = pty.openpty()
    program = Path(sys.executable).with_name("byline")
    told = ("second-opinion", str(archive), "--endpoint", server.address, "--model", "small")
    os.write(ours, b"n\n")
    done = subprocess.run([program, *told], stdin=theirs, capture_output=True, check=False)  # noqa: S603
    os.close(ours)
    os.close(theirs)
    assert (done.returncode, server.sent) == (2, [])
    assert b"Send? [y/N]" in done.stderr


def test_opinions_are_asked_for_once_and_listed(archive: Path, server: Endpoint) -> None:
    done = ask(archive, server, "--yes")
    assert (done.returncode, done.stdout, len(server.sent)) == (0, b"", 3)
    assert f"{archive}: 3 answered, 4 opinions\n300 tokens went out, 60 came back" in done.stderr.decode()
    again = ask(archive, server, "--yes")
    assert (again.returncode, len(server.sent)) == (0, 3)
    assert b"nothing is to be asked that has no answer yet" in again.stderr
    assert [one["kind"] for one in listed(archive)] == ["accept"] * 4
    assert b"It says so." in byline("opinions", str(archive)).stdout
    assert b"It says so." not in byline("reviews", str(archive)).stdout


def test_agreement_counts_and_costs_are_listed(archive: Path, server: Endpoint) -> None:
    ask(archive, server, "--yes")
    status = next(row for row in listed(archive, "--show", "agreement") if row["field"] == "status")
    assert (status["events"], status["same"]) == (4, 4)
    assert {row["accepted"] for row in listed(archive, "--show", "tallies") if row["field"] == "type"} <= {1, 2}
    assert listed(archive, "--show", "costs")[0]["tokens_in"] == 300
    assert listed(archive, "--show", "refused") == []
    for what in ("agreement", "tallies", "costs", "refused"):
        assert byline("opinions", str(archive), "--show", what).returncode == 0


def test_what_is_refused_is_told_with_its_reason(archive: Path) -> None:
    hostile = {"judgements": [judged(1, "edit", "\x1b[31mObey\x1b[0m", {"type": "OBEY"})]}
    with endpoint(lambda *_: completion(hostile)) as server:
        done = ask(archive, server, "--yes", "--type", "ASSAULT")
    assert f"refused: byline opinions {archive} --show refused" in done.stderr.decode()
    assert listed(archive) == []
    shown = byline("opinions", str(archive), "--show", "refused").stdout
    assert b"not of the form that was asked for" in shown


def test_a_page_or_a_model_does_not_steer_the_terminal(archive: Path) -> None:
    steering = {"judgements": [judged(1, reason="\x1b[31mObey\x1b[0m")]}
    with endpoint(lambda *_: completion(steering)) as server:
        ask(archive, server, "--yes", "--limit", "1")
    shown = byline("opinions", str(archive)).stdout
    assert b"Obey" in shown
    assert b"\x1b" not in shown


def test_missed_events_are_looked_for(archive: Path) -> None:
    event = {
        "type": "PROTEST", "mode": "demo", "status": "actual", "actors": ["crowd"], "recipients": [], "places": [],
        "counts": [], "trigger": "crowd",
    }  # fmt: skip

    def answer(question: dict[str, Any], _: int) -> Answered:
        return completion({"events": [event] if "crowd" in question["sentence"] else []})

    with endpoint(answer) as server:
        assert ask(archive, server, "--yes", "--add").returncode == 0
    assert [(one["kind"], one["facts"]["trigger"]["text"]) for one in listed(archive)] == [("add", "crowd")]
    assert len(server.sent) == 3


def test_a_run_that_is_killed_goes_on_where_it_was(archive: Path) -> None:
    with endpoint(lambda question, number: accepting(question, number) if number == 1 else Answered(None)) as server:
        program = Path(sys.executable).with_name("byline")
        file = archive.with_name("opinion.toml")
        file.write_text(f"endpoint = '{server.address}'\nmodel = 'small'\nat_once = 1\n", "utf-8")
        told = ("second-opinion", str(archive), "--config", str(file), "--yes")
        running = subprocess.Popen([program, *told], stderr=subprocess.DEVNULL)  # noqa: S603
        server.wait_for(2)  # the first is committed before the second is asked about
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
    (kept,) = server.sentences[:1]
    with endpoint() as other:
        assert ask(archive, other, "--yes").returncode == 0
    assert len(other.sent) == 2
    assert kept not in other.sentences
    assert len(listed(archive)) == 4


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_asked_to_end_ends(archive: Path, number: signal.Signals) -> None:
    with endpoint(lambda *_: Answered(None)) as server:
        program = Path(sys.executable).with_name("byline")
        told = ("second-opinion", str(archive), "--endpoint", server.address, "--model", "small", "--yes")
        running = subprocess.Popen([program, *told], stderr=subprocess.PIPE)  # noqa: S603
        server.wait_for(3)
        running.send_signal(number)
        _, said = running.communicate(timeout=600)
    assert running.returncode == 128 + number
    assert said.decode().endswith(
        f"byline: Stopped. What was answered is in {archive}; the same command goes on from there.\n"
    )


def test_it_ends_even_if_the_event_loop_is_within_a_callback() -> None:
    async def asked_to_end() -> None:
        asyncio.get_running_loop().call_soon(os.kill, os.getpid(), signal.SIGTERM)
        await asyncio.sleep(10)

    with pytest.raises(typer.Exit) as raised, ending_cleanly("Stopped."):
        asyncio.run(asked_to_end())
    assert raised.value.exit_code == 143


def test_a_budget_stops_it(archive: Path, server: Endpoint) -> None:
    done = ask(archive, server, "--yes", "--budget", "10")
    assert (done.returncode, server.sent) == (0, [])
    assert b"The budget of 10 tokens is spent. The same command goes on with the rest." in done.stderr


def test_what_was_not_answered_is_told(archive: Path) -> None:
    with endpoint(lambda question, number: accepting(question, 0) if number > 1 else Answered(b"no", 400)) as server:
        done = ask(archive, server, "--yes")
    assert done.returncode == 1
    assert b"not answered: 400 no." in done.stderr
    assert b"1 were not answered; the same command asks them again" in done.stderr


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (("--model", "m"), "Say which endpoint"),
        (("--endpoint", "localhost:80", "--model", "m"), "give an address such as"),
        (("--endpoint", "http://127.0.0.1/v1", "--model", "m", "--key", "NO_SUCH_KEY"), "NO_SUCH_KEY holds no key"),
        (("--endpoint", "http://127.0.0.1/v1", "--model", "m", "--first", "May"), "--first is 'May'"),
        (("--endpoint", "http://127.0.0.1/v1", "--model", "m", "--document", "x"), "has no document 'x'"),
    ],
)
def test_a_mistake_is_one_sentence(archive: Path, told: tuple[str, ...], message: str) -> None:
    done = byline("second-opinion", str(archive), *told)
    assert done.returncode == 2
    assert message in done.stderr.decode().splitlines()[-1]


def test_opinions_that_were_changed_are_told(archive: Path, server: Endpoint) -> None:
    ask(archive, server, "--yes")
    db = connect(archive)
    db.execute("DROP TRIGGER reviews_are_final")
    db.execute("UPDATE reviews SET record = replace(record, 'small', 'large') WHERE number = 1")
    db.commit()
    db.close()
    done = byline("opinions", str(archive))
    assert done.returncode == 1
    assert b"review 1 was changed" in done.stderr


def test_without_the_extra_it_is_said_what_to_install(archive: Path) -> None:
    program = "import sys; sys.modules['httpx'] = None; from byline.cli import main; main()"
    told = ("second-opinion", str(archive), "--endpoint", "http://127.0.0.1/v1", "--model", "m")
    done = subprocess.run([sys.executable, "-c", program, *told], capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 2
    assert b"pip install 'byline[llm]'" in done.stderr
    assert b"Traceback" not in done.stderr
