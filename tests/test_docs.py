"""What the documents say is what the program does."""

import inspect
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

import byline
from byline import cli, knowledge, records
from byline.export.rows import COLUMNS
from byline.ingest import read_manifest, source, text
from byline.ingest.web import html

ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).with_name("byline")
PAGES = sorted(p for p in ROOT.rglob("*.md") if not any(part.startswith(".") for part in p.relative_to(ROOT).parts))
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SHOWN = re.compile(r"<!-- example: .*? -->\n```\n\$ byline (.*?)\n(?! )(.*?)\n```\n<!-- end of example -->", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def run(*arguments: str) -> str:
    env = os.environ | {"COLUMNS": "120"}
    done = subprocess.run([PROGRAM, *arguments], cwd=ROOT, check=True, capture_output=True, env=env)  # noqa: S603
    return done.stdout.decode()


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of the tables under a heading of the guide."""
    section = re.split(r"^#+ ", GUIDE.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    for line in section.splitlines():
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def examples(heading: str, kind: object) -> list[list[str]]:
    """Return the rows under a heading that begin with one of a field's values."""
    return [cells for cells in rows(heading) if cells[0].strip("`") in get_args(kind)]


def test_the_readme_shows_what_the_program_prints() -> None:
    command, shown = SHOWN.search(README).groups()  # type: ignore[union-attr]
    printed = iter(line.rstrip() for line in run(*command.replace("\\\n", " ").split()).splitlines())
    lost = [line for line in shown.splitlines() if line not in printed]  # `in` moves on: the order counts, too
    assert not lost, "Run: make docs"


def test_the_readme_shows_an_event_that_did_not_simply_happen() -> None:
    assert any(mark in SHOWN.search(README)[2] for mark in "○✕")  # type: ignore[index]


@pytest.mark.parametrize("verb", ["code", "explain", "demo"])
def test_every_option_is_documented(verb: str) -> None:
    section = (ROOT / "docs" / "cli.md").read_text("utf-8").split(f"## byline {verb}\n")[1].split("\n## ")[0]
    options = set(re.findall(r"--[a-z][a-z-]*", run(verb, "--help"))) - {"--help"}
    assert not {o for o in options if f"`{o}`" not in section}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    words = page.read_text("utf-8")
    targets = [t for t in LINK.findall(words) if "://" not in t]
    headings = {re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in re.findall(r"(?m)^#+ (.*)$", words)}
    assert not [t for t in targets if not (page.parent / t.split("#")[0]).exists()]
    assert not {t[1:] for t in targets if t.startswith("#")} - headings


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_page_names_a_path_of_some_machine(page: Path) -> None:
    assert not re.findall(r"(?<![\w.:/>-])/(?:home|root|work|tmp|usr|Users|opt|mnt|var)/", page.read_text("utf-8"))


def test_every_parameter_of_code_is_in_the_guide() -> None:
    text, *options = inspect.signature(byline.code).parameters
    assert f"`byline.code({text}, *, {', '.join(options)})`" in GUIDE


def test_every_column_is_in_the_guide() -> None:
    named = [name for cells in rows("CSV") for name in re.findall(r"`(\w+)`", cells[0])]
    assert sorted(named) == sorted(COLUMNS)


@pytest.mark.parametrize("cells", examples("Whether it happened", records.Status), ids=lambda c: c[0])
def test_the_example_of_a_status_has_it(cells: list[str]) -> None:
    status, sentence, trigger = cells
    found = {e.trigger.text.split()[0]: e.status for e in byline.code(sentence, published="2011-05-09").events}
    assert f"`{found.get(trigger)}`" == status


def test_every_status_has_an_example() -> None:
    assert len(examples("Whether it happened", records.Status)) == len(get_args(records.Status))


@pytest.mark.parametrize("cells", examples("Who says so", records.Stance), ids=lambda c: c[0])
def test_the_example_of_a_stance_has_it(cells: list[str]) -> None:
    stance, sentence = cells
    assert [f"`{a.stance}`" for a in byline.code(sentence).attributions] == [stance]


@pytest.mark.parametrize("cells", [c for c in rows("How many") if c[1].isdigit()], ids=lambda c: c[0])
def test_the_example_of_a_count_has_it(cells: list[str]) -> None:
    sentence, *expected = cells
    count = byline.code(sentence).events[0].counts[0]
    shown = ["null" if n is None else str(n) for n in (count.low, count.best, count.high)]
    assert shown == [cell.split()[0] for cell in expected]


@pytest.mark.parametrize("kind", ["PlacePrecision", "Stance", "Status", "CountOf", "Quoted", "Precision", "ActorKind"])
def test_every_value_is_in_the_guide(kind: str) -> None:
    assert not [v for v in get_args(getattr(records, kind)) if not re.search(rf"\b{v}\b", GUIDE)]


def test_every_sector_is_in_the_guide() -> None:
    named = {code for cells in rows("Who") for cell in cells for code in re.findall(r"^`([A-Z]{3})`$", cell)}
    assert named == set(knowledge.load("sectors.toml")["nouns"])


def test_the_limits_of_the_guide_are_those_of_the_code() -> None:
    limits = [cells[0].split()[0] for cells in rows("Bad input and exit codes")]
    longest = knowledge.load("sentences.toml")["longest"]
    assert not [n for n in (source.LARGEST, html.LARGEST, text.LONGEST, longest) if f"{n:,}" not in limits]


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    build = (ROOT / "requirements" / "build.in").read_text("utf-8").splitlines()
    extras = [package for extra in project["optional-dependencies"].values() for package in extra]
    names = {re.split(r"[<>=~\[;]", line)[0] for line in (*project["dependencies"], *extras, *build)}
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert not {name for name in names if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", page)}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the recipes read."""
    folder = tmp_path_factory.mktemp("recipes")
    for name, layout in (("coded.jsonl", "jsonl"), ("events.csv", "csv")):
        (folder / name).write_text(run("demo", "--format", layout), "utf-8")
    return folder


@pytest.mark.parametrize("example", blocks(README, "python") + blocks(GUIDE, "python"))
def test_python_in_the_documents_runs(example: str, results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(results)
    exec(compile(example, "example", "exec"), {})  # noqa: S102 - our own documents


def test_what_the_readme_says_python_prints_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks(README, "python")
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own document
    assert capsys.readouterr().out.strip() == example.strip().rpartition("# ")[2]


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
@pytest.mark.parametrize("recipe", blocks(GUIDE, "sh"))
def test_jq_in_the_guide_runs_and_finds_something(recipe: str, results: Path) -> None:
    done = subprocess.run(["bash", "-o", "pipefail", "-c", recipe], cwd=results, check=True, capture_output=True)  # noqa: S603, S607
    assert done.stdout


def test_the_manifest_of_the_guide_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "manifest.csv"
    path.write_text(blocks(GUIDE, "csv")[0], "utf-8")
    facts = read_manifest(path).facts(tmp_path / "pages" / "old.txt")
    assert (facts.publication, facts.retrieved and facts.retrieved.start) == ("The Tolva Courier", "2024-07-20")


@pytest.mark.parametrize("verb", [v.name or v.callback.__name__ for v in cli.app.registered_commands if v.callback])
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"`byline {verb}" in README


@pytest.mark.parametrize(
    ("number", "sentence", "expected"),
    [
        (0, "Fishermen blocked the harbour of Leeds on Monday.", [("BLOCKADE", "harbour", "144")]),
        (1, "Two prisoners in Leeds are on hunger strike.", []),
    ],
)
def test_the_ontologies_of_the_documents_do_what_they_say(
    number: int, sentence: str, expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    page = (ROOT / "docs" / "ontology.md").read_text("utf-8")
    path, article = tmp_path / "mine.toml", tmp_path / "article.txt"
    path.write_text(blocks(page, "toml")[number], "utf-8")
    article.write_text(sentence, "utf-8")
    line = run("code", str(article), "--ontology", str(path), "--format", "jsonl")
    assert [(e.type, e.mode, e.cameo) for e in records.CodedDocument.from_json(line).events] == expected
