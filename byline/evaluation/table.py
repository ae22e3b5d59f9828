"""The figures as a table: for the terminal, for docs/method.md, and as JSON lines."""

import json
from collections.abc import Iterable, Iterator

from rich.table import Table

from byline.evaluation.scores import Score

COLUMNS = ("set", "figure", "Byline (95 %)", "floor", "best published", "n")


def rendered(scores: Iterable[Score]) -> Table:
    """Return the table for the terminal."""
    table = Table(*COLUMNS, box=None, header_style="bold", pad_edge=False)
    for cells in _rows(scores):
        table.add_row(*cells)
    return table


def markdown(scores: Iterable[Score]) -> str:
    """Return the table as Markdown, with how far each set was looked at."""
    found = list(scores)
    seen = {score.dataset.name: score.dataset.seen for score in found}
    rows = [(f"{cells[0]} ({seen[cells[0]]})" if cells[0] else "", *cells[1:]) for cells in _rows(found)]
    lines = [COLUMNS, ("---",) * len(COLUMNS), *rows]
    return "".join("| " + " | ".join(cells) + " |\n" for cells in lines)


def json_lines(scores: Iterable[Score]) -> Iterator[str]:
    """Yield a JSON line a figure."""
    for score in scores:
        figure = score.figure
        row = {"set": score.dataset.id, "figure": figure.name, "value": score.value, "low": score.low}
        row |= {"high": score.high, "floor": figure.floor, "best": figure.best or None, "n": score.cases}
        yield json.dumps({k: round(v, 2) if isinstance(v, float) else v for k, v in row.items()}, ensure_ascii=False)


def _rows(scores: Iterable[Score]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each figure; the set is named at its first one."""
    named = ""
    for score in scores:
        name = score.dataset.name
        floor = "" if score.figure.floor is None else f"{score.figure.floor:.1f}"
        cases = "" if score.cases is None else f"{score.cases:,}"
        yield ("" if name == named else name, score.figure.name, _value(score), floor, score.figure.best, cases)
        named = name


def _value(score: Score) -> str:
    if score.value is None:
        return "none"
    interval = "" if score.low is None else f" ({score.low:.1f}–{score.high:.1f})"
    return f"{score.value:.1f}{interval}"
