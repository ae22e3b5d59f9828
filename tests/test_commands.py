"""Every command in the documentation runs as it stands, one after another, a folder a page."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from byline.demo import MANIFEST, PAGES
from byline.store import Archive
from tests.helpers import accept_one
from tests.ingest.containers.archives import PACKINGS, page
from tests.ingest.containers.test_wacz import package

ROOT = Path(__file__).parents[1]
NOT_RUN: dict[str, str] = tomllib.loads((ROOT / "tests/cases/commands.toml").read_text("utf-8"))["not_run"]
FENCED = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SET_IN = re.compile(r"(?:^    (?!\s).*\n)+", re.MULTILINE)
PROGRAM = re.compile(r"(byline|sqlite3|dask|make|python benchmarks/|\.venv/bin/)\b")
MINE = ROOT / "tests" / "coding" / "mini.toml"
GENERATED = {"cli.md"}  # the epilogs of --help


def commands(page: Path) -> list[str]:
    """Return the commands that a page shows, in blocks of shell or set in by four."""
    words = page.read_text("utf-8")
    blocks = [block for language, block in FENCED.findall(words) if language == "sh"]
    blocks += SET_IN.findall(FENCED.sub("", words))
    lines = (line.strip() for block in blocks for line in block.replace("\\\n", " ").splitlines())
    return [command for command in whole(lines) if PROGRAM.match(command)]


def whole(lines: Iterable[str]) -> Iterator[str]:
    """Yield commands: lines, joined while a quotation mark is open."""
    command = ""
    for line in lines:
        command = f"{command}\n{line}" if command else line
        if command.count('"') % 2 == 0:
            yield command
            command = ""


def pages() -> Iterator[Path]:
    """Yield the pages that show commands."""
    found = (p for p in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")) if p.name not in GENERATED)
    return (p for p in sorted(found) if any(map(is_run, commands(p))))


def is_run(command: str) -> bool:
    return not command.startswith(tuple(NOT_RUN))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the archive of the demo's pages, with a review."""
    path = tmp_path_factory.mktemp("archive") / "events.byline"
    done = run(f"byline code '{PAGES}' --manifest '{MANIFEST}' --to '{path}' --quiet", path.parent)
    assert done.returncode == 0, done.stderr
    with Archive.open(path, write=True) as opened:
        accept_one(opened)
    return path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    shell = ["bash", "-o", "pipefail", "-c", command]
    return subprocess.run(  # noqa: S603
        shell, cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
    )


def furnish(folder: Path, archive: Path) -> None:
    """Put in a folder what the commands are about."""
    for name in ("pages", "crawl", "crawls", "byline/demo/pages"):
        shutil.copytree(PAGES, folder / name)
    for name in (".", "byline/demo"):
        shutil.copy(MANIFEST, folder / name)
    shutil.copy(MINE, folder / "mine.toml")
    shutil.copy(ROOT / "docs" / "tutorial" / "week.wacz", folder)
    (folder / "manifest.csv").write_text("file,published\npages/courier-0306-strike.html,2006-03-06\n", "utf-8")
    shutil.copy(PAGES / "meridian-0311-bridge.txt", folder / "article.txt")
    warc = PACKINGS["a gzip member a record"]([page(n) for n in range(3)])
    for name in ("crawl.warc.gz", "crawls/one.warc.gz"):
        (folder / name).write_bytes(warc)
    (folder / "crawl.wacz").write_bytes(package({"archive/data.warc.gz": warc, "pages/pages.jsonl": b""}))
    for name in ("events.byline", "demo.byline", "other.byline"):
        shutil.copy(archive, folder / name)


@pytest.mark.parametrize("page", list(pages()), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_commands_of_a_page_run(page: Path, archive: Path, tmp_path: Path) -> None:
    wanted = list(filter(is_run, commands(page)))
    if any(command.startswith("sqlite3") for command in wanted) and not shutil.which("sqlite3"):
        assert not os.environ.get("CI"), "sqlite3 is missing"
        pytest.skip("the page shows the program sqlite3, which is not installed")
    furnish(tmp_path, archive)
    for command in wanted:
        done = run(command, tmp_path)
        assert done.returncode in {0, 1}, f"{command}\n{done.stderr}"  # 1: some pages could not be read


def test_what_is_not_run_is_shown_somewhere() -> None:
    shown = [c for p in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")) for c in commands(p)]
    assert not [beginning for beginning in NOT_RUN if not any(c.startswith(beginning) for c in shown)]
