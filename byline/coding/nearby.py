"""Who stands nearest below some words of the parse: for a role that no slot of an entry fills.

Every step from a word to a dependent has a cost: what completes a verb is
near, what only adds to it is far. The costs stand in `syntax.toml`; what they
do not name is not searched.
"""

from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush

from byline import knowledge
from byline.language.parsed import Token

_COSTS = knowledge.load("syntax.toml")["costs"]
_STEP: dict[str, float] = _COSTS["dependents"]
_CLAUSE: dict[str, float] = _COSTS["clauses"]
_PREPOSITION: dict[str, float] = {word: row["cost"] for row in _COSTS["prepositions"] for word in row["words"]}
_MOST = 40  # words looked at

Test = Callable[[Token], bool]


def nearest(starts: Iterable[tuple[float, Token]], is_wanted: Test, is_barred: Test, *, within: float) -> Token | None:
    """Return the nearest word below the starts that is wanted, at a cost of at most ``within``; None if there is none.

    A start comes with a cost of its own and is not wanted itself. What hangs on
    a barred word is left out with it. Of two equally near, the first in the
    text is returned. Dijkstra's algorithm over the tree.
    """
    roots = [(cost, token.i, token) for cost, token in starts]
    begun = {index for _, index, _ in roots}
    open_ = list(roots)
    heapify(open_)
    for _ in range(_MOST):
        if not open_:
            return None
        cost, index, token = heappop(open_)
        if index not in begun and is_wanted(token):
            return token
        for child in token.children:
            step = _step(child)
            if step is not None and cost + step <= within and not is_barred(child):
                heappush(open_, (cost + step, child.i, child))
    return None


def _step(child: Token) -> float | None:
    """Return the cost of going down to a dependent, or None if nobody is sought there."""
    match child.dep:
        case "prep" | "agent" | "dative" if child.pos in {"ADP", "SCONJ", "PART"}:
            return _PREPOSITION.get(child.lower)
        case "advcl":
            mark = child.child("mark", "advmod")
            said = mark.lower if mark is not None and mark.i < child.i else child.tag
            return _CLAUSE.get(said)
        case "conj" if child.is_verb:
            return None
        case _:
            return _STEP.get(child.dep)
