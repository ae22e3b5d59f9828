"""How sure an event is, from what was found of it."""

from collections.abc import Iterable

from byline import knowledge
from byline.coding.arguments import Arguments
from byline.coding.predicates import Predicate
from byline.language.parsed import Token

_WEIGHTS = knowledge.load("confidence.toml")
_MOST = 2
_CONTENT = frozenset({"xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "dative", "nsubjpass", "oprd"})


def find_contents(predicates: Iterable[Predicate]) -> frozenset[int]:
    """Return the heads of the events that another event is about: promised, ordered, refused or blamed."""
    listed = list(predicates)
    acting = {t.i: p.head.i for p in listed for t in p.tokens}
    return frozenset(p.head.i for p in listed if _governor(p.head, acting) is not None)


def _governor(head: Token, acting: dict[int, int]) -> int | None:
    """Return the trigger that governs a word as its content, through nouns ("a plan to arrest"), or None."""
    token = head
    while token.dep in _CONTENT or (token.dep == "acl" and token.tag == "VB"):
        token = token.head
        if token.i in acting:
            return acting[token.i] if acting[token.i] != head.i else None
    return None


def confidence_of(
    predicate: Predicate, arguments: Arguments, *, placed: bool, dated: bool, governed: bool = False
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
        weights["rival"] * bool(predicate.beaten),
    ]
    return round(min(max(sum(parts), 0.0), 1.0), 2)
