"""The figures are the scorer's own, with its interval where it gives one; runs are kept until something changes."""

import json
import shutil
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from byline.errors import ConfigurationError
from byline.evaluation import DataSet, chosen_sets, evaluate
from byline.evaluation.scores import Score
from byline.evaluation.sets import Figure, all_sets
from byline.evaluation.table import json_lines, markdown, rendered

SCORER = """
import json, pathlib, sys
verb, gold, path = sys.argv[1:4]
if verb == "inputs":
    out = pathlib.Path(path)
    out.mkdir()
    rows = [json.loads(line) for line in open(gold)]
    for row in rows:
        (out / (row["id"] + ".txt")).write_text(row["text"])
    (out / "manifest.jsonl").write_text("".join(json.dumps({"file": r["id"] + ".txt"}) + "\\n" for r in rows))
else:
    lines = [json.loads(line) for line in open(path)]
    print()
    print("what was found")
    print("                 %        95%  gold")
    print("  events      50.0  40.0-60.0    %d" % sum(len(d["events"]) for d in lines))
    print("  quiet       25.0          -    100")
    print()
    print("beside")
    print("                  95%")
    print("  places  70.0  60.0-80.0")
    print()
    print("gold by predicted")
    print("                 happened  not")
    print("  gold happened        36    2")
    print("  gold not              4    8")
    print()
    print(json.dumps({"events": 50.0, "quiet": 25.0, "places": 70.0, "silent": None, "documents": len(lines)}))
"""
FIGURES = (
    Figure("events", "events", "events", floor=10.0, best="99 elsewhere"),
    Figure("quiet", "quiet", "quiet", share=True),
    Figure("silent", "silent"),
    Figure("places", "places", "places"),
    Figure("told, but not so", "told_not"),
)
SET = DataSet("invented", "An invented set", "invented", "gold/invented.jsonl", "figures only", FIGURES)


class Kept(NamedTuple):
    """A run that is kept: its scores, and what was told of it."""

    cache: Path
    scores: list[Score]
    told: str


def put(folder: Path) -> Path:
    """Put the invented set into a folder."""
    (folder / "score").mkdir()
    (folder / "gold").mkdir()
    (folder / "score" / "invented.py").write_text(SCORER)
    texts = ["Rebels attacked the town.", "Nothing was said.", ""]
    rows = [json.dumps({"id": f"d{n}", "text": text}) for n, text in enumerate(texts)]
    (folder / "gold" / "invented.jsonl").write_text("\n".join(rows))
    return folder


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return put(tmp_path)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Return a run over the invented set."""
    folder, told = put(tmp_path_factory.mktemp("shared")), StringIO()
    with redirect_stderr(told):
        scores = list(evaluate([SET], folder, folder / "cache"))
    return Kept(folder / "cache", scores, told.getvalue())


@pytest.fixture
def scores(first: Kept) -> list[Score]:
    return first.scores


@pytest.fixture
def cache(first: Kept, tmp_path: Path) -> Path:
    """Return a copy of what is kept of the run, which the test may change."""
    return Path(shutil.copytree(first.cache, tmp_path / "cache"))


def test_a_figure_has_the_scorers_interval_and_number_of_cases(scores: list[Score]) -> None:
    events = scores[0]
    assert (events.value, events.low, events.high, events.cases) == (50.0, 40.0, 60.0, 1)


def test_a_share_without_interval_gets_one_from_its_cases(scores: list[Score]) -> None:
    quiet = scores[1]
    assert quiet.low == pytest.approx(17.5, abs=0.1)
    assert quiet.high == pytest.approx(34.3, abs=0.1)


def test_the_share_of_what_did_not_happen_is_read_off_the_table_of_counts(scores: list[Score]) -> None:
    assert scores[4].value == 10.0


def test_a_figure_that_the_scorer_cannot_give_is_told_as_none(scores: list[Score]) -> None:
    assert scores[2].value is None
    assert scores[2].cases == 2, "the empty text is no document"


def test_a_column_without_a_head_moves_no_interval(scores: list[Score]) -> None:
    places = scores[3]
    assert (places.value, places.low, places.high, places.cases) == (70.0, 60.0, 80.0, None)


def test_a_document_that_cannot_be_coded_is_named(first: Kept) -> None:
    assert "d2.txt: The document is empty." in first.told


def test_a_second_run_reads_what_was_kept(scores: list[Score], shared: Path, cache: Path) -> None:
    (kept,) = cache.iterdir()
    kept.write_bytes(b"")
    again = list(evaluate([SET], shared, cache))
    assert scores[0].cases == 1
    assert again[0].cases == 0


def test_another_text_is_coded_anew(scores: list[Score], shared: Path, cache: Path) -> None:
    with (shared / "gold" / "invented.jsonl").open("a") as gold:
        gold.write("\n" + json.dumps({"id": "d9", "text": "Soldiers shot a farmer."}))
    again = list(evaluate([SET], shared, cache))
    assert scores[2].cases == 2
    assert again[2].cases == 3
    assert len(list(cache.iterdir())) == 1, "what is stale is not kept"


def test_a_scorer_that_fails_is_named_with_its_last_words(shared: Path, tmp_path: Path) -> None:
    (shared / "score" / "invented.py").write_text("import sys; sys.exit('the gold is torn')")
    with pytest.raises(ConfigurationError, match=r"invented\.py failed: the gold is torn"):
        list(evaluate([SET], shared, tmp_path / "cache"))


@pytest.mark.parametrize(
    ("script", "message"),
    [("print(1)", "wrote no texts"), (SCORER.replace("print(json.dumps(", "print(("), "printed no figures")],
)
def test_a_scorer_of_another_kind_is_told(shared: Path, tmp_path: Path, script: str, message: str) -> None:
    (shared / "score" / "invented.py").write_text(script)
    with pytest.raises(ConfigurationError, match=message):
        list(evaluate([SET], shared, tmp_path / "cache"))


def test_an_unknown_set_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"no set 'lgi'.*lgl"):
        chosen_sets(tmp_path, ["lgi"])


def test_a_folder_without_scorers_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="holds `score` and `gold`"):
        chosen_sets(tmp_path)


def test_sets_have_ids_of_their_own() -> None:
    ids = [s.id for s in all_sets()]
    assert len(ids) == len(set(ids))


def test_the_markdown_names_a_set_once_and_says_how_far_it_was_seen(scores: list[Score]) -> None:
    table = markdown(scores)
    assert table.count("An invented set (figures only)") == 1
    assert "| events | 50.0 (40.0–60.0) | 10.0 | 99 elsewhere | 1 |" in table
    assert "| silent | none |" in table


def test_json_lines_have_the_tables_figures(scores: list[Score]) -> None:
    first = json.loads(next(json_lines(scores)))
    assert first["set"] == "invented"
    assert (first["value"], first["floor"], first["best"]) == (50.0, 10.0, "99 elsewhere")


def test_the_terminal_table_has_a_row_a_figure(scores: list[Score]) -> None:
    assert rendered(scores).row_count == len(FIGURES)
