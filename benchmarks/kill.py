"""Kill runs into an archive at random moments, and hold what they leave against a run that nobody disturbed.

    python benchmarks/kill.py FOLDER [--documents 2000] [--kills 50] [--seed 1]

SIGKILL goes to the run or to one of its workers; whatever has ended is begun again by the same command. Then SIGTERM
and SIGINT; then, where a file system may be mounted, a disk that runs full. Every table has to be the same, row for
row, but for the numbers of runs; SQLite's own checks have to be clean. The documents are made up: short reports of
invented events.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from asking import arguments
from saying import say

TABLES = (
    "editions", "documents", "appearances", "codings", "events", "participants", "counts", "attributions", "voices",
    "reports", "incidents", "incident_values", "incident_keys", "incident_outlines", "report_records", "report_keys",
    "crowded_keys", "affinities", "decisions", "linking", "event_points", "event_cells", "facets", "outlets",
    "tombstones", "failures",
)  # fmt: skip
WHO = ("Police", "The Regional Guard", "Dockers", "Rebels of the Alentejo Free Column", "Students", "The army")
DID = (
    "arrested {n} protesters",
    "marched through the old town",
    "shelled the harbour",
    "killed {n} people",
    "met mayors",
)
WHERE = ("Serpa", "Moura", "Sines", "Leeds", "Basra", "Lille", "Tampere")
SAID = ("the governor said", "a witness told Radio Tolva", "residents denied", "the union claims", "nobody said")
SOON = 2.0  # seconds in which a run has to end
FULL = 3  # the exit code that says so
LONGEST = 10.0  # seconds before the next kill


def main() -> int:
    """Make the documents, code them undisturbed, then disturbed; 1 if anything differs."""
    given = arguments(__doc__, documents=2_000, kills=50, seed=1, workers=2)
    given.folder = given.folder.resolve()
    given.folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(given.seed)  # noqa: S311 -- no secret
    sources = given.folder / "documents.jsonl"
    sources.write_text("".join(f"{json.dumps(d)}\n" for d in documents(given.documents, rng)), "utf-8")
    calm = given.folder / "calm.byline"
    began = time.monotonic()
    assert run(sources, fresh(calm), given.workers).wait() in {0, 1}
    say(f"undisturbed: {given.documents} documents in {time.monotonic() - began:.0f} s")
    wrong = [
        *killed(sources, calm, given, rng),
        *terminated(sources, calm, given, rng),
        *filled(sources, calm, given),
    ]
    say("the same, row for row" if not wrong else f"DIFFERENT: {wrong}")
    return bool(wrong)


def killed(sources: Path, calm: Path, given: argparse.Namespace, rng: random.Random) -> list[str]:
    """Kill the run or a worker until enough were killed; a run that ends before is begun anew."""
    archive, wrong, ended = given.folder / "killed.byline", [], 0
    running = run(sources, fresh(archive), given.workers)
    whom = {"run": 0, "worker": 0}
    for number in range(given.kills):
        while ended_by(running, archive, rng):
            wrong += differences(calm, archive)
            ended += 1
            running = run(sources, fresh(archive), given.workers)
        workers = children(running.pid)
        victim = running.pid if rng.choice((True, False)) or not workers else rng.choice(workers)
        whom["run" if victim == running.pid else "worker"] += 1
        os.kill(victim, signal.SIGKILL)
        say(f"kill {number + 1}: {'run' if victim == running.pid else 'worker'}, {coded(archive)} coded")
        if victim == running.pid:
            running.wait()
            running = run(sources, archive, given.workers)
    assert running.wait() in {0, 1}
    say(f"kills: {whom}, whole runs: {ended + 1}")
    return wrong + differences(calm, archive)


def terminated(sources: Path, calm: Path, given: argparse.Namespace, rng: random.Random) -> list[str]:
    """End runs by SIGTERM and SIGINT and see how long they take to end."""
    archive, took = fresh(given.folder / "ended.byline"), []
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        running = run(sources, archive, given.workers)
        ended_by(running, archive, rng, after_some=True)
        began = time.monotonic()
        running.send_signal(number)
        code = running.wait()
        took.append(time.monotonic() - began)
        say(f"{number.name}: exit code {code} after {took[-1]:.2f} s, {coded(archive)} coded")
    assert run(sources, archive, given.workers).wait() in {0, 1}
    late = [f"{seconds:.1f} s to end" for seconds in took if seconds > SOON]
    return late + differences(calm, archive)


def filled(sources: Path, calm: Path, given: argparse.Namespace) -> list[str]:
    """Fill a small disk; the archive has to be sound, and to be finished where there is room."""
    disk = given.folder / "disk"
    disk.mkdir(exist_ok=True)
    size = max(400_000, calm.stat().st_size // 3)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603
        say("full disk: not tried, nothing may be mounted here")
        return []
    try:
        running = run(sources, disk / "full.byline", given.workers, stderr=subprocess.PIPE)
        said = running.communicate()[1].decode()
        say(f"full disk: exit code {running.returncode}: {said.strip()}")
        wrong = [] if running.returncode == FULL and len(said.splitlines()) == 1 else [f"full disk: {said}"]
        wrong += sound(disk / "full.byline")
        for part in disk.glob("full.byline*"):
            shutil.copy(part, given.folder)
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607
    archive = given.folder / "full.byline"
    say(f"full disk: {coded(archive)} coded, going on with room")
    assert run(sources, archive, given.workers).wait() in {0, 1}
    return wrong + differences(calm, archive)


def run(sources: Path, archive: Path, workers: int, **more: object) -> subprocess.Popen[bytes]:
    """Begin to code into an archive."""
    program = [sys.executable, "-c", "from byline.cli import main; main()", "code", str(sources)]
    options = ["--to", str(archive), "--workers", str(workers), "--quiet"]
    return subprocess.Popen([*program, *options], **more)  # type: ignore[call-overload, no-any-return] # noqa: S603


def ended_by(
    running: subprocess.Popen[bytes], archive: Path, rng: random.Random, *, after_some: bool | None = None
) -> bool:
    """Wait for a random moment, of every other run one after it coded something; return whether it has ended then."""
    before = coded(archive)
    if rng.choice((True, False)) if after_some is None else after_some:
        while running.poll() is None and coded(archive) == before:
            time.sleep(0.1)
    try:
        return running.wait(rng.uniform(0.2, LONGEST)) in {0, 1}
    except subprocess.TimeoutExpired:
        return False


def children(pid: int) -> list[int]:
    """Return the workers of a run: its children but for the one that only tracks resources."""
    found = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return [p for p in found if "spawn_main" in Path(f"/proc/{p}/cmdline").read_text()]


def differences(calm: Path, other: Path) -> list[str]:
    """Return the tables that differ, and what SQLite finds wrong."""
    return [f"table {t}" for t in TABLES if digest(calm, t) != digest(other, t)] + sound(other)


def digest(archive: Path, table: str) -> str:
    """Return a digest of the rows of a table, the numbers of runs apart."""
    total = hashlib.sha256()
    with closing(sqlite3.connect(archive)) as db:
        names = [f'"{row[1]}"' for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "run"]
        listed = ", ".join(names)
        for row in db.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}"):  # noqa: S608 -- our own names
            total.update(repr(row).encode())
    return total.hexdigest()


def sound(archive: Path) -> list[str]:
    """Return what SQLite finds wrong with an archive."""
    with closing(sqlite3.connect(archive)) as db:
        found = [str(row) for row in db.execute("PRAGMA integrity_check") if row != ("ok",)]
        found += [str(row) for row in db.execute("PRAGMA foreign_key_check")]
        with suppress(sqlite3.OperationalError):  # it writes, and the disk may be full
            db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    return found


def coded(archive: Path) -> int:
    """Return how many documents are in an archive."""
    with suppress(sqlite3.OperationalError), closing(sqlite3.connect(f"{archive.as_uri()}?mode=rw", uri=True)) as db:
        return int(db.execute("SELECT count(*) FROM documents").fetchone()[0])
    return 0


def fresh(archive: Path) -> Path:
    """Return an archive of which nothing is left."""
    for part in archive.parent.glob(f"{archive.name}*"):
        part.unlink()
    return archive


def documents(number: int, rng: random.Random) -> Iterator[dict[str, str]]:
    """Yield rows with a text, a day and an outlet; one in fifty again, one in a hundred empty."""
    kept: list[dict[str, str]] = []
    for count in range(number):
        if kept and not count % 50:
            yield rng.choice(kept)
        elif not (count + 27) % 100:
            yield {"text": " ", "date": "2006-03-01", "publication": "The Sines Courier"}
        else:
            row = {
                "text": " ".join(sentence(rng) for _ in range(rng.randint(2, 5))),
                "date": f"2006-03-{rng.randint(1, 28):02}",
                "publication": rng.choice(("The Sines Courier", "Meridian Wire", "The Furrow")),
            }
            kept.append(row)
            yield row


def sentence(rng: random.Random) -> str:
    """Return a sentence that tells of an event."""
    did = rng.choice(DID).format(n=rng.randint(2, 90))
    told = rng.choice(SAID)
    words = f"{rng.choice(WHO)} {did} in {rng.choice(WHERE)} on {rng.choice(('Monday', 'Friday', 'Sunday'))}"
    return f"{words}." if told == "nobody said" else f"{words}, {told}."


if __name__ == "__main__":
    sys.exit(main())
