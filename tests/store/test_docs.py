"""docs/archive.md says what the archive holds, and its questions have answers."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from byline.records import Failure
from byline.run.linking import link
from byline.store import Archive, Edition, Input
from tests.helpers import demo, with_events

PAGE = (Path(__file__).parents[2] / "docs" / "archive.md").read_text("utf-8")
QUESTIONS = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
SECTIONS: dict[str, str] = dict(re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", PAGE, re.MULTILINE | re.DOTALL))
FIRST = Edition("0.1.0", "abc", "PLOVER 1", "def", "en", "3.8")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo archive, coded a second time by an edition that finds fewer events."""
    path = tmp_path_factory.mktemp("archive") / "demo.byline"
    with Archive.open(path, write=True) as archive, archive.batch():
        for edition in (FIRST, FIRST._replace(ontology="mine 1")):
            number = archive.add_edition(edition)
            run = archive.begin_run(number, "{}", "2026-01-02T03:04:05+00:00")
            for document in demo():
                fewer = document.events[:-1] if edition is not FIRST else document.events
                archive.add(with_events(document, fewer), number, run)
            archive.add_input(run, Input("pages/a.html", 3, "sha256:00"))
            archive.end_run(run, "2026-01-02T03:04:06+00:00")
        archive.add_failure(Failure(source="pages/b.html", reason="Damaged."), 1, 1)
    with Archive.open(path, write=True) as archive:
        link(archive)
    return path


@pytest.fixture
def db(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as db:
        yield db


def test_there_are_twelve_questions() -> None:
    assert len(QUESTIONS) == 12


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.split("FROM ")[1].split()[0])
def test_every_question_has_an_answer(question: str, db: sqlite3.Connection) -> None:
    assert db.execute(question).fetchall()


def test_every_table_and_view_is_described(db: sqlite3.Connection) -> None:
    inner = re.compile(r"sqlite_|(words|event_points)_")
    names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    assert sorted(SECTIONS) == sorted(n for n in names if not inner.match(n))


@pytest.mark.parametrize("name", SECTIONS)
def test_every_column_is_described_and_no_other(name: str, db: sqlite3.Connection) -> None:
    cells = [row.split(" | ")[0] for row in SECTIONS[name].splitlines() if row.startswith("| `")]
    told = {column for cell in cells for column in re.findall(r"`(\w+)`", cell)}
    if name == "words":
        told = set(re.findall(r"`(\w+)`", SECTIONS[name].split("Columns:")[1]))
    if name == "events_happened":  # it has all columns of events, too
        told |= {row[1] for row in db.execute("PRAGMA table_info(events)")}
    assert told == {row[1] for row in db.execute(f"PRAGMA table_info({name})")}


def test_pandas_reads_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.chdir(path.parent)
    names: dict[str, object] = {}
    exec(compile(example, "archive.md", "exec"), names)  # noqa: S102 -- our own document
    assert len(names["per_week"])  # type: ignore[arg-type]
