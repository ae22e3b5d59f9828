"""The data sets that Byline is measured on: knowledge/evaluation.toml as structs."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from byline import knowledge
from byline.errors import ConfigurationError


class Figure(NamedTuple):
    """One measure of a set: where its scorer prints it, and what there is to compare it with.

    `key` is its name in the scorer's JSON, `row` the label of the printed row with its
    interval and number of cases. `share`: it is a share of cases, so that an interval can
    be computed where the scorer gives none. `floor` is the naive rule's figure in percent,
    `best` the best published one in words, with the data that it was reached on.
    """

    name: str
    key: str
    row: str = ""
    share: bool = False
    scale: float = 1.0
    floor: float | None = None
    best: str = ""


class DataSet(NamedTuple):
    """A scorer, its gold below SHARED, and the figures to show.

    `seen` says how far it was looked at while building; `ontology` names another than the default;
    `linked`: the scorer is also told which documents are of one happening.
    """

    id: str
    name: str
    scorer: str
    gold: str
    seen: str
    figures: tuple[Figure, ...]
    ontology: str = ""
    linked: bool = False


def all_sets() -> list[DataSet]:
    """Return every set of evaluation.toml, in its order."""
    rows = knowledge.load("evaluation.toml")["sets"]
    return [DataSet(**row | {"figures": tuple(Figure(**f) for f in row["figures"])}) for row in rows]


def chosen_sets(shared: Path, names: Sequence[str] = ()) -> list[DataSet]:
    """Return the named sets, or all; ConfigurationError for a name that is none, or data that are not there."""
    known = {s.id: s for s in all_sets()}
    for name in names:
        if name not in known:
            raise ConfigurationError(f"There is no set {name!r}. The sets are: {', '.join(known)}.")
    chosen = [s for s in known.values() if not names or s.id in names]
    for dataset in chosen:
        for path in (scorer_of(dataset, shared), shared / dataset.gold):
            if not path.exists():
                raise ConfigurationError(f"There is no {path}. Give the folder that holds `score` and `gold`.")
    return chosen


def scorer_of(dataset: DataSet, shared: Path) -> Path:
    """Return the script that scores the set."""
    return shared / "score" / f"{dataset.scorer}.py"
