"""Scorers run as programs of their own, and what they print read into figures."""

import json
import math
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from byline.errors import ConfigurationError
from byline.evaluation.sets import DataSet, Figure, scorer_of

_INTERVAL = re.compile(r"(\d+\.\d+)-(\d+\.\d+)$")
_Z = 1.96  # standard deviations of a 95 % interval


class Score(NamedTuple):
    """A figure as measured, in percent where it is a share or an F; `low` to `high` is its 95 % interval."""

    dataset: DataSet
    figure: Figure
    value: float | None
    low: float | None = None
    high: float | None = None
    cases: int | None = None


def write_inputs(dataset: DataSet, shared: Path, folder: Path) -> None:
    """Let the scorer write the set's documents and their manifest into the folder."""
    _run(scorer_of(dataset, shared), "inputs", shared / dataset.gold, folder)
    if not (folder / "manifest.jsonl").exists():
        raise ConfigurationError(f"The scorer {scorer_of(dataset, shared)} wrote no texts. Check that it is whole.")


def score(dataset: DataSet, shared: Path, predictions: Path, incidents: Path | None = None) -> list[Score]:
    """Return the set's figures over the predictions; `incidents` is a map of which of them are one."""
    options: list[object] = ["--json"] if dataset.scorer in {"gva", "muc4"} else []
    if incidents:
        options += ["--map", incidents] if dataset.scorer == "gva" else [incidents]
    printed = _run(scorer_of(dataset, shared), "score", shared / dataset.gold, predictions, *options)
    reading = {"gva": _gva, "muc4": _muc4}.get(dataset.scorer, _printed)
    try:
        return reading(dataset, printed)
    except (ValueError, LookupError) as error:
        found = f"The scorer {scorer_of(dataset, shared)} printed no figures that can be read"
        raise ConfigurationError(f"{found} ({error}). Check that it is whole.") from None


def _run(script: Path, *arguments: object) -> str:
    command = [sys.executable, str(script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the user's own scorer
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise ConfigurationError(f"The scorer {script} failed: {last}. Check that the gold data are whole.")
    return done.stdout


def _printed(dataset: DataSet, printed: str) -> list[Score]:
    """Read tables with a last line of JSON; intervals and numbers of cases stand in the tables only."""
    rows = _rows(printed)
    head = json.loads(printed.strip().splitlines()[-1]) | _of_confusion(rows)
    return [_figure(dataset, figure, head, rows.get(figure.row, {})) for figure in dataset.figures]


def _of_confusion(rows: Mapping[str, Mapping[str, str]]) -> dict[str, float]:
    """Return the share of events told as having happened that gold says did not; the status scorer prints counts."""
    told = {label: int(row["happened"]) for label, row in rows.items() if row.get("happened", "").isdigit()}
    total = sum(told.values())
    return {"told_not": 100 * told["gold not"] / total} if total and "gold not" in told else {}


def _figure(dataset: DataSet, figure: Figure, head: Mapping[str, Any], row: Mapping[str, str]) -> Score:
    value = _at(head, figure.key)
    documents = None if figure.row else head.get("documents", head.get("n"))
    cases = next((int(row[c]) for c in ("gold", "of") if row.get(c, "").isdigit()), documents)
    if value is None:
        return Score(dataset, figure, None, cases=cases)
    interval = head.get(f"{figure.key}_95") or _interval(row)
    low, high = (x * figure.scale for x in interval) if interval else (None, None)
    value *= figure.scale
    if interval is None and figure.share and cases:
        low, high = _wilson(value / 100, cases)
    return Score(dataset, figure, value, low, high, cases)


def _at(head: Mapping[str, Any], key: str) -> float | None:
    """Return the figure under a key; a dot leads into a table."""
    found: Any = head
    for part in key.split("."):
        found = found.get(part, {})
    return found if isinstance(found, float | int) else None


def _gva(dataset: DataSet, printed: str) -> list[Score]:
    found = json.loads(printed)
    return [
        _merged(dataset, f, found) if f.key.startswith("merging") else _marked(dataset, f, found)
        for f in dataset.figures
    ]


def _marked(dataset: DataSet, figure: Figure, found: Mapping[str, Any]) -> Score:
    row = found["per document"][figure.key]
    return Score(dataset, figure, 100 * row["accuracy"], 100 * row["low"], 100 * row["high"], row["n"])


def _merged(dataset: DataSet, figure: Figure, found: Mapping[str, Any]) -> Score:
    """Return a figure of the merging of documents, for which the scorer gives no interval."""
    value = _at(found, figure.key)
    return Score(dataset, figure, None if value is None else 100 * value, cases=found["documents"])


def _muc4(dataset: DataSet, printed: str) -> list[Score]:
    head = json.loads(printed)
    return [_figure(dataset, figure, head, {}) for figure in dataset.figures]


def _rows(printed: str) -> dict[str, dict[str, str]]:
    """Return the printed rows by their label, each with its cells by the heads of their columns.

    Columns are counted from the right: a column of values may have no head.
    """
    rows: dict[str, dict[str, str]] = {}
    columns: list[str] = []
    for line in printed.splitlines():
        if not line.startswith("  "):
            columns = []
        elif not columns:
            columns = re.split(r"\s{2,}", line.strip())
        else:
            label, *cells = re.split(r"\s{2,}", line.strip())
            rows.setdefault(label, dict(zip(reversed(columns), reversed(cells), strict=False)))
    return rows


def _interval(row: Mapping[str, str]) -> tuple[float, float] | None:
    cell = next((row[c] for c in row if c.startswith("95%")), "")
    found = _INTERVAL.match(cell)
    return (float(found[1]), float(found[2])) if found else None


def _wilson(share: float, cases: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of independent cases, in percent (Wilson 1927)."""
    spread = _Z * math.sqrt(share * (1 - share) / cases + _Z**2 / (4 * cases**2))
    middle, scale = share + _Z**2 / (2 * cases), 1 + _Z**2 / cases
    return 100 * (middle - spread) / scale, 100 * (middle + spread) / scale
