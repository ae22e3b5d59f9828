"""The notebooks run on the demo archive, and what stands in them is what they print."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from tests.helpers import demo
from tests.web.server import archive_of

NOTEBOOKS = sorted((Path(__file__).parents[1] / "docs" / "notebooks").glob("*.ipynb"))
SMALL = 30_000  # bytes of a notebook with its outputs


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive_of(tmp_path_factory.mktemp("notebooks") / "demo.byline", demo()).parent


def shown(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what the cells print, as text."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs]


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["comparing_outlets", "contested_tolls", "protests_by_week"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_prints_what_stands_in_it(path: Path, folder: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    again = nbformat.read(path, as_version=4)
    NotebookClient(again, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    assert all(shown(stored))
    assert shown(again) == shown(stored), "Run: tools/run_notebooks.py"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_small_and_tells_nothing_of_the_machine(path: Path) -> None:
    words = path.read_text("utf-8")
    assert len(words.encode()) < SMALL
    assert not re.findall(r"/(?:home|root|work|tmp|Users)/|20[2-9]\d-", words)
