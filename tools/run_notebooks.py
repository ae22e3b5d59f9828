"""Run the notebooks of docs/ on the demo archive and keep their outputs: `tools/run_notebooks.py [NAME...]`."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "docs" / "notebooks"
DEMO = ("byline/demo/pages", "--manifest", "byline/demo/manifest.jsonl", "--quiet", "--to")


def main() -> None:
    """Run some notebooks, or all, and write them with what they print."""
    wanted = sys.argv[1:] or sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    with TemporaryDirectory() as folder:
        program = Path(sys.executable).with_name("byline")
        subprocess.run([program, "code", *DEMO, Path(folder, "demo.byline")], cwd=ROOT, check=True)  # noqa: S603
        for name in wanted:
            path = NOTEBOOKS / f"{name}.ipynb"
            nbformat.write(run(path, Path(folder)), path)


def run(path: Path, folder: Path) -> nbformat.NotebookNode:
    """Return a notebook with the outputs of its cells, run in a folder that holds `demo.byline`."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # when it was run
    return notebook


if __name__ == "__main__":
    main()
