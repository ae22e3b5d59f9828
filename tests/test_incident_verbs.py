"""Incidents as a user meets them: listed, shown, explained, corrected."""

import csv
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from byline.run.linking import link
from byline.store import Archive, Edition
from tests.helpers import demo
from tests.test_cli import byline

Made = Callable[[], Path]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return what makes an archive of the demo's documents, linked."""

    def make() -> Path:
        path = tmp_path_factory.mktemp("archive") / "demo.byline"
        with Archive.open(path, write=True) as archive:
            with archive.batch():
                edition = archive.add_edition(Edition("0.1.0", "abc", "PLOVER 1", "def", "en", "3.8"))
                run = archive.begin_run(edition, "{}", "2026-01-02T03:04:05+00:00")
                for document in demo():
                    archive.add(document, edition, run)
            link(archive)
        return path

    return make


@pytest.fixture(scope="module")
def archive(made: Made) -> Path:
    return made()


def lines(*arguments: str | Path) -> list[dict[str, object]]:
    done = byline(*map(str, arguments))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def listed(archive: Path, *options: str) -> list[dict[str, object]]:
    return lines("incidents", archive, "--format", "jsonl", *options)


@pytest.fixture(scope="module")
def largest(archive: Path) -> dict[str, object]:
    return max(listed(archive), key=lambda one: (one["reports"], one["id"]))


def test_incidents_are_listed_in_order_of_time_as_table_lines_and_csv(archive: Path) -> None:
    found = listed(archive)
    starts = [one["start"] for one in found if one["start"]]
    assert starts == sorted(starts)  # type: ignore[type-var]
    rows = list(csv.DictReader(StringIO(byline("incidents", str(archive), "--format", "csv").stdout.decode())))
    assert [row["id"] for row in rows] == [one["id"] for one in found]
    assert str(found[0]["id"]) in byline("incidents", str(archive)).stdout.decode()


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (("--since", "2006-03-10"), lambda i: i["end"] >= "2006-03-10"),
        (("--until", "2006-03-08"), lambda i: i["start"] <= "2006-03-08"),
        (("--type", "assault"), lambda i: i["type"] == "ASSAULT"),
        (("--country", "prt"), lambda i: i["country"] == "PRT"),
        (("--contested",), lambda i: i["contested"]),
        (("--min-sources", "2"), lambda i: i["sources"] >= 2),
        (("--min-reports", "3"), lambda i: i["reports"] >= 3),
        (("--type", "ASSAULT", "--min-reports", "2"), lambda i: i["type"] == "ASSAULT" and i["reports"] >= 2),
    ],
)
def test_a_filter_leaves_what_it_says(
    archive: Path, options: tuple[str, ...], holds: Callable[[dict[str, object]], bool]
) -> None:
    found, every = listed(archive, *options), listed(archive)
    assert found
    assert len(found) < len(every)
    assert all(map(holds, found))


@pytest.mark.parametrize("options", [("--place", "serp"), ("--actor", "free column"), ("--text", "bridge OR barracks")])
def test_what_documents_and_events_name_is_looked_for(archive: Path, options: tuple[str, ...]) -> None:
    assert 0 < len(listed(archive, *options)) < len(listed(archive))


def test_the_page_of_an_incident_has_who_tells_what_is_said_and_every_report(
    archive: Path, largest: dict[str, object]
) -> None:
    (page,) = lines("incidents", archive, str(largest["id"]), "--format", "jsonl")
    assert page["incident"] == largest
    assert len({p["file"] for p in page["passages"]}) == largest["reports"]  # type: ignore[attr-defined]
    assert page["corroboration"]["independent"] == largest["sources"]  # type: ignore[index]
    shown = byline("incidents", str(archive), str(largest["id"])).stdout.decode()
    for part in ("Who tells of it", "What is said of it", "Report after report"):
        assert part in shown


def test_any_event_leads_to_its_incident(archive: Path, largest: dict[str, object]) -> None:
    (page,) = lines("incidents", archive, str(largest["id"]), "--format", "jsonl")
    last = page["passages"][-1]["event"]  # type: ignore[index]
    assert lines("incidents", archive, last, "--format", "jsonl") == [page]


def test_names_of_private_persons_are_covered(archive: Path, largest: dict[str, object]) -> None:
    named = byline("incidents", str(archive), "--format", "csv").stdout.decode()
    covered = byline("incidents", str(archive), "--format", "csv", "--people", "roles").stdout.decode()
    assert "█" in covered
    assert "█" not in named
    assert len(covered.splitlines()) == len(named.splitlines())
    assert "█" in byline("incidents", str(archive), str(largest["id"]), "--people", "roles").stdout.decode()


def test_why_reports_are_together_is_explained(archive: Path, largest: dict[str, object]) -> None:
    shown = byline("explain", f"{archive}#{largest['id']}").stdout.decode()
    assert "Why these are together" in shown
    assert "+" in shown
    towns = re.findall(r"same town named:? *([^\n]*)", shown)
    assert towns
    assert not re.search(r"\d{6}", " ".join(towns))


def test_a_correction_is_applied_listed_undone_and_replayed(made: Made, tmp_path: Path) -> None:
    first, second = made(), made()
    before = listed(first)
    a, b = (str(one["id"]) for one in before[:2])
    done = byline("correct", str(first), "merge", a, b, "--reason", "one day", "--reviewer", "Ada Tarsk")
    assert (done.returncode, done.stdout) == (0, b"")
    assert len(listed(first)) == len(before) - 1
    (decision,) = lines("decisions", first, "--format", "jsonl")
    assert (decision["kind"], decision["reviewer"], decision["standing"]) == ("merge", "Ada Tarsk", "in force")
    assert "Ada Tarsk" in byline("decisions", str(first)).stdout.decode()
    file = tmp_path / "decisions.jsonl"
    file.write_bytes(byline("decisions", str(first), "--format", "jsonl").stdout)
    assert byline("correct", str(second), "--replay", str(file)).returncode == 0
    assert listed(second) == listed(first)
    assert byline("correct", str(first), "undo", str(decision["id"]), "--reason", "two days").returncode == 0
    assert listed(first) == before


def test_a_decision_that_was_changed_in_a_file_is_not_replayed(made: Made, tmp_path: Path) -> None:
    archive, file = made(), tmp_path / "decisions.jsonl"
    one = str(listed(archive)[0]["id"])
    byline("correct", str(archive), "exclude", one, "--reason", "an anniversary")
    file.write_bytes(byline("decisions", str(archive), "--format", "jsonl").stdout.replace(b"anniversary", b"error"))
    done = byline("correct", str(archive), "--replay", str(file))
    assert done.returncode == 2
    assert b"line 1: the decision" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["incidents", "{}", "u0"], "has no incident or event 'u0'. List its incidents: byline incidents "),
        (["incidents", "{}", "u0", "--contested"], "One incident has a page of its own"),
        (["incidents", "{}", "--text", '"'], "cannot be looked for"),
        (["incidents", "{}", "--since", "soon"], "--since is 'soon'. Give a day, month or year"),
        (["incidents", "{}", "--until", "2006-02-30"], "--until is '2006-02-30'. Give a day, month or year"),
        (["incidents", "none.byline"], "There is no archive none.byline."),
        (["explain", "{}#u0"], "has no incident or event 'u0'."),
        (["correct", "{}", "merge", "u0", "u1"], "A decision needs a reason"),
        (["correct", "{}", "merge", "u0", "u1", "--reason", "x"], "has no incident or event 'u0'."),
        (["correct", "{}", "undo", "d0", "--reason", "x"], "has no decision d0. List them: byline decisions "),
        (["correct", "{}"], "Say what to decide, or name a file with --replay."),
        (["correct", "none.byline", "undo", "d0", "--reason", "x"], "There is no archive none.byline."),
        (["correct", "{}", "--replay", "none.jsonl"], "none.jsonl cannot be read"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(archive: Path, arguments: list[str], message: str) -> None:
    done = byline(*(a.format(archive) for a in arguments))
    assert message in done.stderr.decode()
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, b"", 1)
