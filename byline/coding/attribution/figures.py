"""Two who are named by "according to" in one sentence: who vouches for which part, and for which figure.

"The march drew 6,000 people according to police and 15,000 according to organisers": neither says what the other does.
"""

from byline.coding.attribution.asides import is_pause
from byline.coding.attribution.set_off import trimmed
from byline.coding.attribution.speakers import SUBJECTS
from byline.language.parsed import Token

_BEFORE_NUMBERS = frozenset({"ADV", "ADJ", "ADP", "DET", "SCONJ", "SYM"})
_IN_FIGURES = _BEFORE_NUMBERS | {"NUM", "NOUN", "CCONJ"}


def kept_apart(
    according: Token, sentence: list[Token], source: list[Token], content: list[Token]
) -> tuple[list[Token], list[Token]]:
    """Return the words of a source, and of what it vouches for, without those that another "according" has for itself.

    Its own figure is all that it vouches for, if it has one: "and *15,000* according to organisers".
    """
    own = _own_part(according, sentence)
    if own:
        first = sentence[0].i if _is_figure(own) else _latest(according, sentence)
        content = [t for t in content if not first <= t.i < own[0].i]
    later = (_own_part(t, sentence) for t in sentence if t.i > according.i and t.lower == "according")
    stop = next((part[0].i for part in later if part), None)
    return (source, content) if stop is None else (_before(stop, source), _before(stop, content))


def _before(stop: int, words: list[Token]) -> list[Token]:
    """Return the words before a place, without the pause or the "and" that leads on to it."""
    words = trimmed([t for t in words if t.i < stop])
    while words and words[-1].pos == "CCONJ":
        words = trimmed(words[:-1])
    return words


def _own_part(according: Token, sentence: list[Token]) -> list[Token]:
    """Return the clause or figure between an "according" and the one before it; from itself on if its part follows."""
    latest = _latest(according, sentence)
    if latest < 0:
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
    return any(token.dep in SUBJECTS and token.head in part for token in part)
