"""Two who are named by "according to" in one sentence: who vouches for which part, and for which figure.

"The march drew 6,000 people according to police and 15,000 according to organisers": neither says what the other does.
"""

from byline.coding.attribution.asides import is_pause
from byline.coding.attribution.set_off import trimmed
from byline.language.parsed import Token

_BEFORE_NUMBERS = frozenset({"ADV", "ADJ", "ADP", "DET", "SCONJ", "SYM"})
_IN_FIGURES = _BEFORE_NUMBERS | {"NUM", "NOUN", "CCONJ"}
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def vouched_for(according: Token, sentence: list[Token], content: list[Token]) -> list[Token]:
    """Return what of its content an "according" vouches for: nothing that another one has for itself.

    Its own figure is all that it vouches for, if it has one: "and *15,000* according to organisers".
    """
    own = _own_part(according, sentence)
    if own:
        first = sentence[0].i if _is_figure(own) else _latest(according, sentence)
        content = [t for t in content if not first <= t.i < own[0].i]
    stop = _stop(according, sentence)
    return content if stop is None else _ended([t for t in content if t.i < stop])


def without_others(according: Token, sentence: list[Token], source: list[Token]) -> list[Token]:
    """Return the words of a source without what a later "according" has for itself."""
    stop = _stop(according, sentence)
    return source if stop is None else _ended([t for t in source if t.i < stop])


def _stop(according: Token, sentence: list[Token]) -> int | None:
    parts = (_own_part(t, sentence) for t in sentence if t.i > according.i)
    return next((part[0].i for part in parts if part), None)


def _ended(words: list[Token]) -> list[Token]:
    """Return words without the pause or the "and" that leads to others."""
    words = trimmed(words)
    while words and words[-1].pos == "CCONJ":
        words = trimmed(words[:-1])
    return words


def _own_part(according: Token, sentence: list[Token]) -> list[Token]:
    """Return the clause or figure between an "according" and the one before it; from itself on if its part follows."""
    latest = _latest(according, sentence)
    if according.lower != "according" or latest < 0:
        return []
    between = [t for t in sentence if latest < t.i < according.i]
    if between[-1:] and between[-1].pos == "CCONJ":
        return [according]
    ends = (n for n, token in enumerate(between) if token.pos == "CCONJ" or is_pause(between, n))
    return next((part for n in ends if _is_figure(part := between[n + 1 :]) or _is_clause(part)), [])


def _latest(according: Token, sentence: list[Token]) -> int:
    """Return where the "according" before this one is; -1 if there is none."""
    return max((t.i for t in sentence if t.lower == "according" and t.i < according.i), default=-1)


def _is_figure(part: list[Token]) -> bool:
    """Whether words are a number of something: "at least 15,000 people"."""
    number = next((n for n, token in enumerate(part) if token.tag == "CD"), None)
    if number is None or not all(token.pos in _IN_FIGURES for token in part):
        return False
    return all(token.pos in _BEFORE_NUMBERS for token in part[:number])


def _is_clause(part: list[Token]) -> bool:
    return any(token.dep in _SUBJECTS and token.head in part for token in part)
