"""How well reports of one happening are told from others: precision and recall by threshold, and the weights learned.

    python benchmarks/linking.py SHARED          measure, and print a table
    python benchmarks/linking.py SHARED --fit    first learn byline/knowledge/affinity.toml anew

SHARED holds the scorers (`score`) and their gold (`gold`), which are not part of this repository. Pairs of reports of
different documents that gold tells to be of one happening, or of two:

gva        news of shootings: main incidents are one if gold has their documents under one shooting; whatever else a
           document tells is held to be of no other document's shooting, which is seldom wrong; learned from half of the
           shootings (A), measured on both
ecbplus    events of ECB+, train: one if they have a chain in common
generated  the archive of retellings.py; learned from one half of its patterns, measured on both

In learning the real sets weigh the same, by their pairs that are one, the generated one less. Recall is of all pairs
that are one, those that share no key, and so are never compared, among them.
"""

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from incidents import HELD_OUT_SEED, SEED, coded, truths
from incidents import key as source_and_id
from retellings import Writer

from byline import knowledge
from byline.evaluation.maps import main_incident
from byline.evaluation.predictions import Predictor, default_cache
from byline.evaluation.scores import write_inputs
from byline.evaluation.sets import DataSet, chosen_sets
from byline.linking.affinity import COUNTED, compare, features_of
from byline.linking.blocking import keys_of, pairs
from byline.linking.clustering import grouped, rank
from byline.linking.reports import Report, reports_of
from byline.linking.traits import traits_of
from byline.records import CodedDocument
from byline.run.job import Settings

WEIGHTS = Path(__file__).parents[1] / "byline" / "knowledge" / "affinity.toml"
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
PLOTS = 60
GENERATED = 0.4  # weight of the generated archive, in learning
ALWAYS = "any two"
BY_HAND = {
    "one document": -4.0,
    "whole and part": -7.0,
    "said a day apart": -1.25,
    "other days said": -2.0,
    "other day and toll": -2.0,
    "other large toll": -0.5,
    "other large toll and sufferer": -4.0,
    "other deed elsewhere": -9.0,
    "other target": -3.0,
    "other country": -3.0,
    "nothing but the day before": -1.5,
    "toll that falls": -1.0,
    "other doer": 0.0,
    "other sufferer": -0.2,
    "other toll": -0.1,
}
PENALTY, STEPS, ENOUGH = 1.0, 60, 1e-6
HEAD = """\
# How much each thing that two reports have in common, or in which they differ, speaks for their being of one happening:
# weights of a logistic model, in log odds, each times the value that affinity.py gives it. "any two" is added always.
#
# Learned by benchmarks/linking.py from gold data; docs/method.md says which, and how far to trust them. Set by hand, as
# gold hardly has such pairs, or its dates are noisy: "one document" (a document tells its happenings apart); "whole and
# part"; "other days said" (both tell the day themselves) and "said a day apart" (less: one night is told under either);
# "other day and toll" (a toll that runs is of one day: 12 dead on Monday and 3 on Sunday are two raids); "other large
# toll" and its "and sufferer" (8 in a bakery, 3 in a school); "other target" (a market, a school);
# "nothing but the day before" (said a day apart, and no toll in common: a protest of every day); "toll that falls" (the
# later report has the smaller one); "other country"; "other deed elsewhere" (another type and no town in common: not
# looked at any further); "other doer", "other sufferer", "other toll" (that both are told at all speaks for the two,
# and learning would lay it on these).
"""
Pair = tuple[str, str]
Labels = Mapping[str, frozenset[str]]


class Cases(NamedTuple):
    """Reports, and what those tell that gold has: of labels that differ behind a colon alone it does not say.

    `weight` is how much they weigh in learning.
    """

    name: str
    reports: Sequence[Report]
    labels: Labels
    weight: float = 0.0

    @property
    def first(self) -> dict[str, Report]:
        return {r.id: r for r in sorted(self.reports, key=rank, reverse=True)}

    def same(self, pair: Pair) -> bool | None:
        """Whether gold has two reports as one; None where it does not say."""
        one, other = (self.labels.get(i) for i in pair)
        if not one or not other:
            return None
        bases = [{label.partition(":")[0] for label in labels} for labels in (one, other)]
        return bool(one & other) or (None if bases[0] & bases[1] else False)


def main() -> None:
    """Learn if asked to, then measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    found = [*gold(options.shared), *generated()]
    if options.fit:
        weights = learned(found)
        WEIGHTS.write_text(HEAD + "".join(f"{json.dumps(n)} = {w:.2f}\n" for n, w in weights.items()), "utf-8")
        knowledge.load("affinity.toml").update(weights)  # what `compare` goes by in this process
    sys.stdout.writelines(rows(found))


def gold(shared: Path) -> Iterator[Cases]:
    """Yield the cases of GVA, by halves, and of ECB+, train."""
    known = {s.id: s for s in chosen_sets(shared, ["gva", "ecbplus"])}
    gva = list(predicted(known["gva"], shared))
    rows = [json.loads(line) for line in (shared / "gold" / "gva" / "docs.jsonl").open(encoding="utf-8")]
    of_document = {row["doc_id"]: row["incident_id"] for row in rows}
    reports = [r for d in gva for r in reports_of(d)]
    mains = {(d.id, i.id) for d in gva if (i := main_incident(d))}
    labels = {
        r.id: shooting if (r.document, r.incident) in mains else f"{shooting}:{r.id}"
        for r in reports
        if (shooting := of_document.get(r.document))
    }
    for half in "AB":
        some = {i: frozenset([label]) for i, label in labels.items() if half_of(label) == half}
        yield Cases(f"GVA, {half}", reports, some, float(half == "A"))
    train = known["ecbplus"]._replace(id="ecbplus_train", gold="gold/ecbplus/train.jsonl")
    yield ecbplus(train, shared)


def ecbplus(train: DataSet, shared: Path) -> Cases:
    """Return the cases of ECB+: a report has the chains of the mentions that its events answer."""
    sys.path.insert(0, str(shared / "score"))
    scorer = import_module("ecb")
    rows = {d["id"]: d for d in map(json.loads, (shared / train.gold).open(encoding="utf-8"))}
    reports, labels = [], defaultdict(set)
    for document in predicted(train, shared):
        row = rows[document.id]
        chains = {e["id"]: row["mentions"][n]["chain"] or f"{row['id']} {n}" for n, e in matched(scorer, row, document)}
        for report in reports_of(document):
            reports.append(report)
            labels[report.id] |= {chains[t.event] for t in report.tellings if t.event in chains}
    return Cases("ECB+, train", reports, {i: frozenset(found) for i, found in labels.items()}, 1.0)


def matched(scorer: Any, row: dict[str, Any], document: CodedDocument) -> Iterable[tuple[int, dict[str, Any]]]:  # noqa: ANN401
    """Return the mentions that the scorer finds answered, by number, each with its event."""
    return scorer.matched(row, document.to_dict()).items()


def predicted(dataset: DataSet, shared: Path) -> Iterator[CodedDocument]:
    """Yield a set's documents as the program codes them; runs are kept as those of `byline evaluate`."""
    predictor = Predictor(default_cache())
    with TemporaryDirectory() as scratch:
        write_inputs(dataset, shared, Path(scratch, "inputs"))
        kept = predictor.predictions(dataset.id, Path(scratch, "inputs"), Settings())
    predictor.close()
    with kept.open("rb") as lines:
        yield from map(CodedDocument.from_json, lines)


def generated() -> Iterator[Cases]:
    """Yield the cases of the generated archive, of both halves of its patterns."""
    for name, seed, held_out in (("generated", SEED, False), ("generated, held out", HELD_OUT_SEED, True)):
        archive = Writer(seed, held_out=held_out).archive(PLOTS)
        documents = coded(archive)
        told = truths(archive, documents)
        reports = [r for d in documents for r in reports_of(d)]
        yield Cases(
            name,
            reports,
            {r.id: frozenset([told[source_and_id(r)].label]) for r in reports},
            0.0 if held_out else GENERATED,
        )


def half_of(label: str) -> str:
    """Return the half that a shooting is in."""
    shooting = label.partition(":")[0]
    return "AB"[hashlib.sha1(f"half{shooting}".encode()).digest()[0] & 1]  # noqa: S324 - no secret


def compared(cases: Cases) -> Iterator[tuple[Report, Report, bool]]:
    """Yield the pairs that share a key and of which gold says whether they are one."""
    first = cases.first
    for pair in pairs({i: keys_of(r) for i, r in first.items()}):
        one, other = first[pair[0]], first[pair[1]]
        same = cases.same(pair)
        if same is not None and one.document != other.document:
            yield one, other, same


def learned(found: Sequence[Cases]) -> dict[str, float]:
    """Return the weights by name."""
    names = [n for n in knowledge.load("affinity.toml") if n != ALWAYS]
    at = {name: n for n, name in enumerate(names)}
    rows, answers, weights = [], [], []
    for cases in (c for c in found if c.weight):
        sample = list(compared(cases))
        for one, other, same in sample:
            row = np.zeros(len(names) + 1)
            row[-1] = 1
            for feature in features_of(traits_of(one), traits_of(other)):
                row[at[feature.name]] += feature.value
            rows.append(row)
            answers.append(same)
        weights += [1000 * cases.weight / sum(same for *_, same in sample)] * len(sample)
    solved = logistic(np.array(rows), np.array(answers, dtype=float), np.array(weights))
    return dict(zip([*names, ALWAYS], map(float, solved), strict=True)) | BY_HAND


def logistic(rows: Any, answers: Any, weights: Any) -> Any:  # noqa: ANN401 - arrays
    """Return the weights of a logistic regression with a penalty, the last one without: Newton's method."""
    solved, ridge = np.zeros(rows.shape[1]), np.eye(rows.shape[1]) * PENALTY
    ridge[-1, -1] = 0
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ solved))
        slope = rows.T @ (weights * (chance - answers)) + ridge @ solved
        step = np.linalg.solve((rows.T * (weights * chance * (1 - chance))) @ rows + ridge, slope)
        solved -= step
        if abs(step).max() < ENOUGH:
            break
    return solved


def rows(found: Sequence[Cases]) -> Iterator[str]:
    """Yield the lines of the table: precision and recall of pairs for each set and threshold."""
    yield "| threshold | " + " | ".join(f"{c.name}: P | R" for c in found) + " |\n"
    yield "| --- |" + " --- | --- |" * len(found) + "\n"
    measured = [figures(cases) for cases in found]
    for n, threshold in enumerate(THRESHOLDS):
        yield (
            f"| {threshold} | "
            + " | ".join(f"{100 * p:.1f} | {100 * r:.1f}" for p, r in (m[n] for m in measured))
            + " |\n"
        )


def figures(cases: Cases) -> list[tuple[float, float]]:
    """Return precision and recall of the pairs in one incident, for each threshold."""
    first = cases.first
    scores = {(a, b): compare(first[a], first[b]).score for a, b in pairs({i: keys_of(r) for i, r in first.items()})}
    scores = {pair: score for pair, score in scores.items() if score >= COUNTED}
    return [of_groups(cases, grouped(cases.reports, scores, linked=threshold)) for threshold in THRESHOLDS]


def of_groups(cases: Cases, groups: Iterable[Sequence[Report]]) -> tuple[float, float]:
    """Return precision and recall of the pairs of reports of different documents."""
    wanted = count(cases, by_label(cases), lambda same: same is True)
    together = [[r for r in group if r.id in cases.labels] for group in groups]
    right = count(cases, together, lambda same: same is True)
    wrong = count(cases, together, lambda same: same is False)
    return right / max(right + wrong, 1), right / wanted


def by_label(cases: Cases) -> list[list[Report]]:
    """Return the reports of each label; a pair with two labels in common counts twice, which is rare."""
    found = defaultdict(list)
    for report in cases.first.values():
        for label in cases.labels.get(report.id, ()):
            found[label].append(report)
    return list(found.values())


def count(cases: Cases, groups: Iterable[Sequence[Report]], is_meant: Callable[[bool | None], bool]) -> int:
    """Return how many pairs of different documents in a group are as meant."""
    mixed = (pair for group in groups for pair in combinations({r.id: r for r in group}.values(), 2))
    return sum(a.document != b.document and is_meant(cases.same((a.id, b.id))) for a, b in mixed)


if __name__ == "__main__":
    main()
