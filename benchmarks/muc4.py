"""MUC-4 incident templates: Byline run over the texts, its incidents mapped to templates, and scored.

    python benchmarks/muc4.py SHARED [--set dev|tst1|tst2] [--out FOLDER]

SHARED is the folder of scorers and gold data. The predictions are kept in FOLDER
(a temporary one by default) as predictions.jsonl; the last line printed is JSON:
the F of ALL TEMPLATES with its interval, as the scorer gives it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from byline.coding.coder import Knowledge, code
from byline.coding.ontology import default_ontology
from byline.coding.places.gazetteer import Gazetteer
from byline.evaluation.muc4 import templates_of
from byline.ingest import Failure, read
from byline.ingest.manifest import read_manifest
from byline.language.pipeline import Pipeline


def main() -> None:
    """Write inputs and predictions of one set, and print its score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--set", default="tst2", choices=("dev", "tst1", "tst2"))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    scorer, gold = options.shared / "score" / "muc4.py", options.shared / "gold" / "muc4" / options.set
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.out or Path(scratch)
        _run(scorer, "inputs", gold, folder / "inputs")
        predictions = folder / "predictions.jsonl"
        predictions.write_text("".join(f"{json.dumps(row)}\n" for row in predicted(folder / "inputs")), "utf-8")
        sys.stdout.write(json.dumps({"set": options.set} | _headline(scorer, gold, predictions)) + "\n")


def predicted(inputs: Path) -> Iterator[dict[str, Any]]:
    """Yield one row a document: its id and its templates."""
    knowledge = Knowledge(default_ontology(), Gazetteer.load())
    manifest = read_manifest(inputs / "manifest.jsonl")
    documents = (d for d in read([str(inputs)], manifest=manifest) if not isinstance(d, Failure))
    for parsed in Pipeline().parse_all(documents):
        yield {"doc": parsed.document.id, "templates": templates_of(parsed, code(parsed, knowledge))}


def _headline(scorer: Path, gold: Path, predictions: Path) -> dict[str, Any]:
    figures = json.loads(_run(scorer, "score", gold, predictions, "--json"))
    return {name: figures[name] for name in figures if not isinstance(figures[name], dict)}


def _run(scorer: Path, *arguments: str | Path) -> str:
    command = [sys.executable, str(scorer), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - the user's scorer


if __name__ == "__main__":
    main()
