"""Numbers in words and digits, with what vague words leave open.

"at least nine" has an open top, "scores" is a range, "no one" is zero. The ranges
stand in ``knowledge/numbers.toml``.
"""

# ruff: noqa: PLR2004 -- the calendar's and the number system's own figures need no names

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from byline import knowledge
from byline.language.parsed import Token
from byline.records import Span

_DATA = knowledge.load("numbers.toml")
_CARDINALS: dict[str, int] = _DATA["cardinals"]
_SCALES: dict[str, int] = _DATA["scales"]
_SMALL: dict[str, list[int]] = _DATA["small"]
_PLURAL: dict[str, list[int]] = _DATA["plural"]
_PLURAL_OF: dict[str, list[int]] = _DATA["plural_of"]
_UNITS: dict[str, int] = _DATA["units"]
_BOUNDS: dict[tuple[str, ...], str] = {tuple(k.split()): v for k, v in _DATA["bounds"].items()}
_AFTER: dict[tuple[str, ...], str] = {tuple(k.split()): v for k, v in _DATA["after"].items()}
_NOTHING = frozenset(_DATA["nothing"]["words"])
_NOTHING_PAIRS = frozenset(tuple(p.split()) for p in _DATA["nothing"]["pairs"])
_ARTICLES = frozenset({"a", "an"})
_RANGE_WORDS = frozenset({"to", "-", "–", "or"})
_LONGEST_DIGITS = 15
_LONGEST_SPELLED = 14
_MOST_SCALES = 3
_WORDS_BACK = 6


class Range(NamedTuple):
    """What a number phrase leaves possible, and the index after its last word; ``high`` None is an open top."""

    low: int
    best: int | None
    high: int | None
    stop: int


class Number(NamedTuple):
    """A number phrase in the text: its range and the words it stands in."""

    low: int
    best: int | None
    high: int | None
    span: Span
    first: int
    stop: int


class _Amount(NamedTuple):
    low: float
    high: float
    stop: int


def starts_number(word: str) -> bool:
    """Return whether a lower-case word can begin a number."""
    return word[:1].isdigit() or word in _first_words()


@cache
def _first_words() -> frozenset[str]:
    tables = (_CARDINALS, _SCALES, _SMALL, _PLURAL)
    bounds = {k[0] for k in _BOUNDS} | {k[0] for k in _NOTHING_PAIRS}
    return frozenset(bounds.union(*tables, _NOTHING, {"a", "an", "half", "between", "from"}))


def digits(word: str) -> float | None:
    """Return the number that digits with thousands commas or a decimal point stand for."""
    if not word[:1].isdigit() or len(word) > _LONGEST_DIGITS:
        return None
    head, *groups = word.split(",")
    if groups and (len(head) > 3 or any(len(g.split(".")[0]) != 3 for g in groups)):
        return None
    plain = word.replace(",", "")
    whole, _, part = plain.partition(".")
    if not (whole.isascii() and whole.isdigit() and (part.isdigit() or "." not in plain)):
        return None
    return float(plain)


def read_number(words: Sequence[str], i: int) -> Range | None:
    """Return the longest number phrase that begins at a word, or None.

    >>> read_number(["at", "least", "nine", "people"], 0)
    Range(low=9, best=9, high=None, stop=3)
    """
    if words[i] in {"between", "from"}:
        return _between(words, i)
    nothing = _nothing(words, i)
    bound, start = _opening(words, i)
    amount = _amount(words, start) if start < len(words) else None
    if amount is None:
        return nothing
    if _range_end(words, amount):
        return read_amount(words, start)
    after = next((k for k in _AFTER if tuple(words[amount.stop : amount.stop + len(k)]) == k), None)
    if after:
        return _bounded(amount._replace(stop=amount.stop + len(after)), _AFTER[after])
    return _bounded(amount, bound)


def read_amount(words: Sequence[str], i: int) -> Range | None:
    """Return a number or a range of numbers without the words that bound it, or None."""
    amount = _amount(words, i)
    if amount is None:
        return None
    other = _range_end(words, amount)
    if other:
        return Range(int(amount.low), None, int(other.high), other.stop)
    return _bounded(amount, "exact")


def _nothing(words: Sequence[str], i: int) -> Range | None:
    if tuple(words[i : i + 2]) in _NOTHING_PAIRS:
        return Range(0, 0, 0, i + 2)
    return Range(0, 0, 0, i + 1) if words[i] in _NOTHING else None


def _opening(words: Sequence[str], i: int) -> tuple[str, int]:
    """Return what the words before a number do to it, and where the number begins."""
    bound = "exact"
    for _ in range(3):
        found = next((n for n in (3, 2, 1) if tuple(words[i : i + n]) in _BOUNDS), 0)
        if not found:
            break
        effect = _BOUNDS[tuple(words[i : i + found])]
        bound = effect if effect != "exact" else bound
        i += found
    return bound, i


def _bounded(amount: _Amount, bound: str) -> Range:
    low, high, stop = int(amount.low), int(amount.high), amount.stop
    best = low if low == high else None
    if bound == "floor":
        return Range(low, best, None, stop)
    if bound == "ceiling":
        return Range(min(1, low), None, high, stop)
    if bound == "below":
        return Range(low - _tenth(low), best, high, stop)
    if bound == "near":
        return Range(low - _tenth(low), best, high + _tenth(high), stop)
    return Range(low, best, high, stop)


def _tenth(number: int) -> int:
    return -(-number // 10)


def _between(words: Sequence[str], i: int) -> Range | None:
    first = _amount(words, i + 1) if i + 1 < len(words) else None
    if first is None or first.stop + 1 >= len(words) or words[first.stop] not in {"and", "to"}:
        return None
    last = _amount(words, first.stop + 1)
    if last is None or last.high <= first.low:
        return None
    return Range(int(first.low), None, int(last.high), last.stop)


def _range_end(words: Sequence[str], first: _Amount) -> _Amount | None:
    """Return the upper number of "20 to 30", "20-30", "five or six"."""
    if first.stop + 1 >= len(words) or words[first.stop] not in _RANGE_WORDS:
        return None
    last = _amount(words, first.stop + 1)
    return last if last and last.high > first.high else None


def _amount(words: Sequence[str], i: int) -> _Amount | None:
    """Return a number without the words that bound it."""
    word = words[i]
    special = _SPECIAL.get(word) or (_plural if word in _PLURAL else None)
    if special:
        return special(words, i)
    if word in _SMALL:
        return _scaled(words, i + 1, *_SMALL[word])
    if word in _SCALES:
        return _scaled(words, i, 1, 1)
    value = digits(word)
    if value is not None:
        return _scaled(words, i + 1, value, value)
    return _spelled(words, i)


def _plural(words: Sequence[str], i: int) -> _Amount:
    following = words[i + 2] if i + 2 < len(words) and words[i + 1] == "of" else ""
    if following in _UNITS and words[i] in _PLURAL_OF:
        low, high = _PLURAL_OF[words[i]]
        unit = _UNITS[following]
        return _Amount(low * unit, (high + 1) * unit - 1, i + 3)
    low, high = _PLURAL[words[i]]
    return _Amount(low, high, i + 1)


def _half(words: Sequence[str], i: int) -> _Amount | None:
    at = i + 2 if i + 1 < len(words) and words[i + 1] in _ARTICLES else i + 1
    if at < len(words) and words[at] in _SCALES:
        half = _SCALES[words[at]] // 2
        return _Amount(half, half, at + 1)
    return None


def _after_article(words: Sequence[str], i: int) -> _Amount:
    """Return "a dozen", "a few hundred", "a couple of", or the one that an article is."""
    following = words[i + 1] if i + 1 < len(words) else ""
    if following in _SMALL:
        return _scaled(words, i + 2, *_SMALL[following])
    if following in _SCALES:
        return _scaled(words, i + 1, 1, 1)
    if following == "half":
        return _half(words, i + 1) or _Amount(1, 1, i + 1)
    return _Amount(1, 1, i + 1)


def _scaled(words: Sequence[str], i: int, low: float, high: float) -> _Amount:
    """Return a number times the scale words that follow it: "1.5 million", "a couple of hundred"."""
    if i + 1 < len(words) and words[i] == "of" and words[i + 1] in _SCALES:
        i += 1
    for _ in range(_MOST_SCALES):
        if i >= len(words) or words[i] not in _SCALES:
            break
        low, high, i = low * _SCALES[words[i]], high * _SCALES[words[i]], i + 1
    return _Amount(low, high, i)


def _spelled(words: Sequence[str], i: int) -> _Amount | None:
    """Return a number in words: "three hundred and forty-two thousand"."""
    total = current = 0
    start = i
    while i < min(len(words), start + _LONGEST_SPELLED):
        word = words[i]
        if word in _CARDINALS and (i == start or _fits(current, _CARDINALS[word])):
            current += _CARDINALS[word]
        elif word in _SCALES and i > start:
            scaled = max(current, 1) * _SCALES[word]
            total, current = (total, scaled) if _SCALES[word] <= 100 else (total + scaled, 0)
        elif not (word in {"and", "-"} and i > start and _joins(words, i)):
            break
        i += 1
    return _Amount(total + current, total + current, i) if i > start else None


def _fits(current: int, value: int) -> bool:
    """Whether a cardinal adds to what was read: "twenty four", not "four five"."""
    if current == 0:
        return True
    return value < 10 <= current % 100 and current % 10 == 0 if current % 100 else value < 100


def _joins(words: Sequence[str], i: int) -> bool:
    """Whether "and" or a hyphen stands inside one number: "hundred and five", "twenty-four"."""
    following = words[i + 1] if i + 1 < len(words) else ""
    before = words[i - 1]
    if words[i] == "-":
        return _CARDINALS.get(before, 0) >= 20 and 0 < _CARDINALS.get(following, 0) < 10
    return before in _SCALES and following in _CARDINALS


_SPECIAL: dict[str, Callable[[Sequence[str], int], _Amount | None]] = {
    "half": _half,
    "a": _after_article,
    "an": _after_article,
}


def number_at(tokens: Sequence[Token], i: int) -> Number | None:
    """Return the number phrase that covers a token, with its words, or None.

    The phrase never leaves the token's sentence. It takes in what bounds the number: "at least", "up to".
    """
    sentence = tokens[i].sentence
    first = i
    while first > 0 and i - first < _WORDS_BACK and tokens[first - 1].sentence == sentence:
        first -= 1
    stop = min(i + _WORDS_BACK + 2, len(tokens))
    words = [t.lower for t in tokens[first:stop] if t.sentence == sentence]
    for at in range(i - first + 1):
        found = read_number(words, at) if starts_number(words[at]) else None
        if found and found.stop > i - first:
            return _placed(tokens, first + at, found, first)
    return None


def _placed(tokens: Sequence[Token], begin: int, found: Range, offset: int) -> Number:
    last = tokens[offset + found.stop - 1]
    return Number(found.low, found.best, found.high, (tokens[begin].start, last.end), begin, last.i + 1)
