"""How sure an event and each of its fields are.

What was found of an event adds up to its evidence, by weights that are judged.
From evidence, words and rules a logistic model a field gives the probability
that the field is right; its weights are learned from gold data by
`benchmarks/calibration.py` and stand in `knowledge/calibration.toml`.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from byline import knowledge
from byline.coding.arguments import Arguments
from byline.coding.predicates import Predicate
from byline.language.parsed import Token
from byline.records import Attribution, Confidences, Event

_WEIGHTS = knowledge.load("confidence.toml")
_MODELS: dict[str, dict[str, float]] = knowledge.load("calibration.toml")
_MOST = 2


def evidence_of(
    predicate: Predicate, arguments: Arguments, *, placed: bool, dated: bool, governed: bool = False, lede: bool = False
) -> float:
    """Return a figure between 0 and 1, two decimals: a sum of weights from `confidence.toml`."""
    weights, entry = _WEIGHTS, predicate.entry
    parts: list[float] = [
        weights["start"][entry.part],
        weights["word"] * min(len(predicate.tokens) - 1, _MOST),
        weights["condition"] * min(len(entry.conditions), _MOST),
        weights["main_clause"] * predicate.head.is_root,
        weights["actor"] * bool(arguments.actors),
        weights["recipient"] * bool(arguments.recipients),
        weights["place"] * placed,
        weights["time"] * dated,
        weights["content"] * governed,
        weights["lede"] * lede,
        weights["rival"] * bool(predicate.beaten),
    ]
    return round(min(max(sum(parts), 0.0), 1.0), 2)


def features_of(event: Event, trigger: Token, voices: Sequence[Attribution]) -> dict[str, dict[str, float]]:
    """Return what the confidence of each field rests on: feature → value, for the fields that are filled.

    The event's ``confidence`` is still its evidence; ``voices`` are the attributions
    that it stands under, innermost first.
    """
    evidence = {"evidence": event.confidence}
    told = (f"form {trigger.tag}", f"clause {trigger.dep}") if event.happened else ()
    rules = {reason.field: reason.rule.split(":")[0] for reason in event.reasons}
    slots = {reason.field: reason.rule for reason in event.reasons if reason.rule.startswith("slot: ")}
    found = {
        "type": evidence,
        "happened": _flags(f"status {event.status}", rules["status"], *told),
        "attributions": _flags(f"voices {len(voices)}", *(f"cue {v.rule.split()[0]}" for v in voices[-1:])),
    }
    for field in ("actors", "recipients"):
        if field in slots:
            found[field] = _flags(slots[field], f"form {trigger.tag}") | evidence
    if event.time is not None:
        found["time"] = _flags(rules["time"], f"precision {event.time.precision}")
    if event.toponyms:
        found["toponyms"] = _flags(rules["toponyms"])
    if event.counts:
        found["counts"] = _flags(*sorted({f"counted {c.what}" for c in event.counts}))
    return found


def with_confidences(event: Event, trigger: Token, voices: Sequence[Attribution]) -> Event:
    """Return an event whose ``confidence`` is still its evidence with how likely each of its fields is to be right."""
    found = features_of(event, trigger, voices)
    sure = Confidences(**{field: probability(_MODELS[field], features) for field, features in found.items()})
    return msgspec.structs.replace(event, confidence=sure.type, confidences=sure)


def probability(model: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return the logistic function of the weighted features, three decimals; what has no weight counts nothing."""
    total = model["start"] + sum(model.get(name, 0.0) * value for name, value in features.items())
    return round((1 + math.tanh(total / 2)) / 2, 3)


def _flags(*names: str) -> dict[str, float]:
    return dict.fromkeys(names, 1.0)
