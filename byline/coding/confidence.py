"""How sure an event is, from what was found of it."""

from byline import knowledge
from byline.coding.arguments import Arguments
from byline.coding.predicates import Predicate

_WEIGHTS = knowledge.load("confidence.toml")
_MOST = 2


def confidence_of(
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
