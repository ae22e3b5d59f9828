"""How far confidences can be trusted: reliability on held-out gold, and the weights learned from the rest.

    python benchmarks/calibration.py SHARED          measure, and write the tables of docs/method.md
    python benchmarks/calibration.py SHARED --fit    first learn byline/knowledge/calibration.toml anew

SHARED holds the scorers (`score`) and their gold (`gold`), which are not part of this repository. What is learned
from and what is measured on are documents apart. Each case is one field of one coded event that has an answer in gold:

type          a sentence with one event in gold (PLOVER records, PLV): the event that answers it has gold's type
actors        ... and all of its actors touch one that gold marks; so for recipients
happened      an event on a word that people judged (UW, MEANTIME; UDS-IH2, web): it happened, they say
time          violence that happened, in the main incident of a report (GVA): gold's day lies in the event's time
toponyms      ... one of its places bears the name of gold's city, or lies within 50 km
counts        ... all its numbers of killed and wounded are gold's
attributions  an event in an article (PolNeAR): in the words of a source, and that one, or in nobody's, as in gold
"""

import argparse
import json
import math
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
import numpy as np

from byline import ingest, knowledge
from byline.coding.confidence import features_of, probability
from byline.language.parsed import Parsed
from byline.records import INSIDE, CodedDocument, Event
from byline.run.job import Settings, coder_of

ROOT = Path(__file__).parents[1]
METHOD, WEIGHTS = ROOT / "docs" / "method.md", ROOT / "byline" / "knowledge" / "calibration.toml"
FIELDS = ("type", "happened", "actors", "recipients", "time", "toponyms", "counts", "attributions")
BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.01)
NEAR = 50  # km
RARE = 20  # cases: what is seen less often gets no weight
PENALTY = 1.0  # of squared weights: a weight needs cases behind it
STEPS = 50
Gold = dict[str, Any]
HEAD = """\
# How likely each field of an event is to be right: weights of a logistic model a field.
#
# Learned by benchmarks/calibration.py from gold data; docs/method.md says which, and how far to trust them.
# start: what is added always; evidence: times the event's evidence (confidence.toml); all others: where they hold.
"""


_TABLE = re.compile(r"(<!-- calibration -->\n).*?(<!-- end of calibration -->)", re.DOTALL)


class Case(NamedTuple):
    """One field of one event: what its confidence rests on, and whether gold agrees."""

    field: str
    features: dict[str, float]
    right: bool


class Source(NamedTuple):
    """Gold of one kind: its scorer, its files, how cases are read off, and what share is held out.

    ``held_out`` says of the number of a document whether it is measured on.
    """

    name: str
    scorer: str
    gold: str
    cases: Callable[[Any, Gold, CodedDocument, "Features"], Iterable[Case]]
    held_out: Callable[[int], bool]
    ontology: str = "plover"


Features = Callable[[Event], dict[str, dict[str, float]]]


def odd(number: int) -> bool:
    """Hold every other document out."""
    return number % 2 == 1


def all_of(_: int) -> bool:
    """Hold all documents out."""
    return True


def none_of(_: int) -> bool:
    """Learn from all documents."""
    return False


def of_types(scorer: Any, gold: Gold, coded: CodedDocument, features: Features) -> Iterator[Case]:  # noqa: ANN401
    """Yield cases of types, actors and recipients from a sentence with one event."""
    if len(gold["events"]) != 1:
        return
    plain = coded.to_dict()
    events = {e.id: e for e in coded.events}
    for wanted, found, touched in scorer.choose(gold, plain):
        if found is None or not touched:
            continue
        given = features(events[found["id"]])
        yield Case("type", given["type"], scorer.as_gold(found["type"], wanted) == wanted["type"])
        for role in ("actors", "recipients"):
            if role in given and wanted[role]:
                right, said, _, _ = scorer.participants(wanted, found, role)[0]
                yield Case(role, given[role], right == said)


def of_status(scorer: Any, gold: Gold, coded: CodedDocument, features: Features) -> Iterator[Case]:  # noqa: ANN401
    """Yield a case for each event on a judged word."""
    events = sorted((e.trigger.head or e.trigger.span, e.id, e) for e in coded.events)
    for mention in gold["mentions"]:
        kind = scorer.gold_class(mention, gold.get("scale"))
        event = next((e for span, _, e in events if overlap(span, mention["span"])), None)
        if kind is not None and event is not None:
            yield Case("happened", features(event)["happened"], kind == "happened")


def of_incidents(scorer: Any, gold: Gold, coded: CodedDocument, features: Features) -> Iterator[Case]:  # noqa: ANN401
    """Yield cases of time, place and counts from the events of the main incident."""
    main = scorer.main_incident(coded.to_dict())
    events = {e.id: e for e in coded.events}
    for event in (events[e["id"]] for e in main["events"]) if main else ():
        given = features(event)
        if event.time is not None and gold.get("date"):
            yield Case("time", given["time"], event.time.start <= gold["date"] <= event.time.end)
        if event.toponyms and gold.get("city"):
            yield Case("toponyms", given["toponyms"], is_there(scorer, gold, event, coded))
        hurt = [
            (c, gold.get("killed" if c.what == "killed" else "injured"))
            for c in event.counts
            if c.what in {"killed", "wounded"}
        ]
        if hurt:
            yield Case("counts", given["counts"], all(n is not None and c.low <= n <= (c.high or n) for c, n in hurt))


def is_there(scorer: Any, gold: Gold, event: Event, coded: CodedDocument) -> bool:  # noqa: ANN401
    """Tell whether one of an event's places is gold's city or near it."""
    here = (gold.get("latitude"), gold.get("longitude"))
    names = set(scorer.place_names(gold["city"]))
    for place in (coded.toponyms[i] for i in event.toponyms):
        if names & {scorer.plain_name(n) for n in (place.name, place.text, place.within) if n}:
            return True
        if None in here or place.latitude is None or place.precision not in {"place", "point", "district"}:
            continue
        if scorer.km((place.latitude, place.longitude), here) <= NEAR:
            return True
    return False


def of_attributions(_: Any, gold: Gold, coded: CodedDocument, features: Features) -> Iterator[Case]:  # noqa: ANN401
    """Yield a case for each event: its outermost voice, or that it has none, held against gold's."""
    said = {a.id: a for a in coded.attributions}
    for event in coded.events:
        head = event.trigger.head or event.trigger.span
        over = [a for a in gold["attributions"] if any(overlap(head, span) for span in a["content"])]
        sources = [tuple(span) for a in over for span in a["source"]]
        voice = said[event.attributions[-1]].source if event.attributions else None
        if voice is None or not sources:
            right = bool(event.attributions) == bool(over)
        else:
            right = any(overlap(voice.span, span) for span in sources)
        yield Case("attributions", features(event)["attributions"], right)


def overlap(a: Iterable[int], b: Iterable[int]) -> bool:
    """Tell whether two spans share a character."""
    (start, end), (from_, to) = a, b
    return start < to and from_ < end


SOURCES = (
    Source("PLOVER records", "plover", "plover_gsr/plover_gsr.jsonl", of_types, odd),
    Source("PLV", "plover", "plv_plover/train.jsonl", of_types, odd),
    Source("UW, train", "status", "factuality/uw_train.jsonl", of_status, none_of, "supersenses"),
    Source("UW, dev", "status", "factuality/uw_dev.jsonl", of_status, all_of, "supersenses"),
    Source("MEANTIME", "status", "meantime/meantime.jsonl", of_status, odd, "supersenses"),
    Source("UDS-IH2, dev", "status", "factuality/uds_dev.jsonl", of_status, all_of, "supersenses"),
    Source("GVA", "gva", "gva", of_incidents, odd),
    Source("PolNeAR, train", "polnear", "polnear/train.jsonl", of_attributions, none_of),
    Source("PolNeAR, dev", "polnear", "polnear/dev.jsonl", of_attributions, all_of),
)


def gold_of(source: Source, shared: Path, scorer: Any) -> list[Gold]:  # noqa: ANN401
    """Return the gold documents, each with what is known of its incident."""
    path = shared / "gold" / source.gold
    if path.is_file():
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    incidents = {i["incident_id"]: i for i in scorer.read_jsonl(path / "incidents.jsonl")}
    documents = scorer.read_jsonl(path / "docs.jsonl")
    return [incidents.get(d["incident_id"], {}) | d | {"id": d["doc_id"]} for d in documents]


def cases_of(source: Source, shared: Path) -> Iterator[tuple[bool, Case]]:
    """Code the gold's texts and yield each case with whether it is held out."""
    scorer = import_module(source.scorer)
    gold = gold_of(source, shared, scorer)
    with TemporaryDirectory() as folder:
        write_inputs(shared, source, Path(folder))
        manifest = ingest.read_manifest(Path(folder, "manifest.jsonl"))
        rows = map(json.loads, Path(folder, "manifest.jsonl").read_text("utf-8").splitlines())
        numbers = {row["file"]: row["id"] for row in rows}
        by_id = {d["id"]: (n, d) for n, d in enumerate(gold)}
        coder = coder_of(Settings(source.ontology))
        for result in coder.code_with_parse(ingest.read([folder], manifest=manifest)):
            if isinstance(result, ingest.Failure):
                sys.stderr.write(f"{result.source}: {result.reason}\n")
                continue
            if INSIDE in result[1].source:  # a part of a text is not what the gold is of
                continue
            number, wanted = by_id[numbers[Path(result[1].source).name]]
            if source.scorer != "gva" and result[1].text.rstrip() != wanted["text"].rstrip():
                sys.stderr.write(f"{result[1].source}: the text was changed in reading; left out\n")
                continue
            found = source.cases(scorer, wanted, result[1], features(*result))
            yield from ((source.held_out(number), case) for case in found)


def write_inputs(shared: Path, source: Source, folder: Path) -> None:
    """Let the scorer write the texts and their manifest."""
    script, gold = shared / "score" / f"{source.scorer}.py", shared / "gold" / source.gold
    subprocess.run([sys.executable, script, "inputs", gold, folder], check=True, capture_output=True)  # noqa: S603


def features(parsed: Parsed, coded: CodedDocument) -> Features:
    """Return what gives an event's features: its evidence is read back from its confidence."""
    tokens = {t.start: t for t in parsed.tokens}
    said = {a.id: a for a in coded.attributions}
    model = knowledge.load("calibration.toml")["type"]

    def of(event: Event) -> dict[str, dict[str, float]]:
        sure = min(max(event.confidence, 0.005), 0.995)
        evidence = (math.log(sure / (1 - sure)) - model["start"]) / model["evidence"]
        raw = msgspec.structs.replace(event, confidence=evidence)
        return features_of(
            raw, tokens[(event.trigger.head or event.trigger.span)[0]], [said[i] for i in event.attributions]
        )

    return of


def fit(cases: list[Case]) -> dict[str, float]:
    """Return the weights of a logistic model of the cases (ridge; Newton's method)."""
    seen = Counter(name for case in cases for name in case.features)
    names = ["start", *sorted(name for name, times in seen.items() if times >= RARE)]
    x = np.array([[1.0, *(case.features.get(name, 0.0) for name in names[1:])] for case in cases])
    y = np.array([case.right for case in cases], float)
    weights, ridge = np.zeros(len(names)), PENALTY * np.eye(len(names))
    ridge[0, 0] = 0.0
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        weights -= np.linalg.solve((x.T * (p * (1 - p))) @ x + ridge, x.T @ (p - y) + ridge @ weights)
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}


def reliability(cases: list[Case], model: Mapping[str, float]) -> tuple[float, list[tuple[float, float, int]]]:
    """Return the expected calibration error, and for each bin what was said, what was right, and how many cases."""
    said = [(probability(model, case.features), case.right) for case in cases]
    bins = [[(p, r) for p, r in said if low <= p < high] for low, high in pairwise(BINS)]
    rows = [(sum(p for p, _ in b) / len(b), sum(r for _, r in b) / len(b), len(b)) for b in bins if b]
    return sum(n * abs(p - r) for p, r, n in rows) / len(said), rows


def learned(cases: Mapping[tuple[str, str, bool], list[Case]]) -> dict[str, dict[str, float]]:
    """Return a model a field from the cases that are not held out, web texts aside."""
    return {
        field: fit([c for (_, f, held), found in cases.items() for c in found if f == field and not held])
        for field in FIELDS
    }


def toml(models: Mapping[str, Mapping[str, float]]) -> str:
    """Return the weights as a TOML file."""
    tables = (
        f"[{field}]\n" + "".join(f"{json.dumps(k)} = {w}\n" for k, w in model.items())
        for field, model in models.items()
    )
    return HEAD + "\n" + "\n".join(tables)


def tables(cases: Mapping[tuple[str, str, bool], list[Case]], models: Mapping[str, Mapping[str, float]]) -> str:
    """Return two tables in Markdown: the error of each field and set, and the bins of `happened` on news."""
    rows, news = [], []
    for (name, field, held), found in cases.items():
        if held:
            error, _ = reliability(found, models[field])
            share = sum(c.right for c in found) / len(found)
            rows.append(
                (FIELDS.index(field), f"| {field} | {name} | {len(found):,} | {100 * share:.1f} | {error:.3f} |")
            )
            news += found if field == "happened" and not name.startswith("UDS") else []
    error, bins = reliability(news, models["happened"])
    lines = ["| field | held-out set | cases | right, % | calibration error |", "|---|---|---|---|---|"]
    lines += [row for _, row in sorted(rows, key=lambda r: r[0])]
    lines += ["", f"`happened` on held-out news, calibration error {error:.3f}:", ""]
    lines += ["| confidence, mean | happened, % | cases |", "|---|---|---|"]
    lines += [f"| {said:.2f} | {100 * right:.1f} | {n:,} |" for said, right, n in bins]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure all fields on held-out gold; with --fit learn the weights first."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--fit", action="store_true", help="learn the weights anew and write them")
    options = parser.parse_args()
    sys.path.insert(0, str(options.shared / "score"))
    cases: dict[tuple[str, str, bool], list[Case]] = defaultdict(list)
    for source in SOURCES:
        for held, case in cases_of(source, options.shared):
            cases[source.name, case.field, held].append(case)
    models = learned(cases) if options.fit else knowledge.load("calibration.toml")
    if options.fit:
        WEIGHTS.write_text(toml(models), "utf-8")
    table = tables(cases, models)
    text = METHOD.read_text("utf-8")
    METHOD.write_text(_TABLE.sub(lambda found: found[1] + table + found[2], text), "utf-8")
    sys.stdout.write(table)


if __name__ == "__main__":
    main()
