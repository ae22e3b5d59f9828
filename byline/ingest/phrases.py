"""Phrases of page furniture as readable patterns, matched against a whole piece of text.

knowledge/furniture.toml tells how a phrase is written. Values in braces are
handed back with their spans. Punctuation between words and at the end does not
matter; a quotation mark at the beginning does, for a quoted phrase is
somebody's words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from byline import knowledge
from byline.ingest.dating import find_date, is_date
from byline.records import Span

LONGEST = 300  # characters of a piece that may be furniture: longer ones are prose
_NAMES = knowledge.load("furniture.toml")["names"]
_NOT_NAMES = frozenset(_NAMES["not_names"])
_IN_PERSONS = "|".join(_NAMES["person_words"])
_IN_NAMES = "|".join([*_NAMES["outlet_words"], *_NAMES["person_words"]])
_WORD = r"[^\W_][\w’'&.-]*"
_CAPITAL = r"(?-i:(?![a-z\d_])[^\W_])[\w’'&.-]*"
_NAME = rf"(?:{_CAPITAL}|\d+)(?:\s+(?:(?:{_IN_NAMES})\s+){{0,2}}(?:{_CAPITAL}|\d+|&)){{0,7}}"
_PERSON = rf"{_CAPITAL}(?:\s+(?:(?:{_IN_PERSONS})\b|{_CAPITAL})){{1,4}}"  # one word may be anything
_GAP = r"[\W_]{1,8}"  # bounded, as all of these are: a line of signs must not cost time
_AGE = r"(?:\d{1,3}|[a-z]{1,6})\s(?:year|month|week|day|hour)s?(?:[,\s]{1,2}(?:and\s)?\d{1,2}\s(?:month|week|day)s?)?"
_STAR = 4  # words that * stands for
_SLOTS = {
    "number": r"[\W_]{0,4}\d[\d,.]{0,7}(?:[/–-]\d{1,7})?",  # a double issue has two
    "age": _AGE,
    "date": r"[\w(][\w\s,./:+|@()-]{4,60}",
    "people": rf"{_PERSON}(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|with|&)\s+){_PERSON}){{0,5}}",
    "name": _NAME,
    "title": r"[^\s:].{2,250}",
    "outlet": _NAME,
}


def _names_somebody(value: str) -> bool:
    return not any(word.strip(".,").lower() in _NOT_NAMES for word in value.split())


_CHECKS: dict[str, Callable[[str], bool]] = {
    "date": is_date,
    "people": lambda value: _names_somebody(value) and not find_date(value, "text"),
    "outlet": _names_somebody,
}


class Slot(NamedTuple):
    """A value that a phrase holds: its kind, its words, where they stand."""

    kind: str
    value: str
    span: Span


class Match(NamedTuple):
    """A phrase found: the kind of furniture, and the values in it."""

    kind: str
    slots: tuple[Slot, ...] = ()

    def values(self, kind: str) -> list[str]:
        """Return the words of the slots of one kind."""
        return [slot.value for slot in self.slots if slot.kind == kind]


class Phrases:
    """A table of phrases, looked up by their first word."""

    def __init__(self, kinds: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Read phrases by kind; where several match, the one written first wins."""
        self._by_word: dict[str, list[tuple[int, str, str]]] = {}
        self._ready: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for order, (kind, phrase) in enumerate((k, p) for k, phrases in kinds for p in phrases):
            for word in set(_first_words(phrase)):
                self._by_word.setdefault(word, []).append((order, kind, phrase))

    def match(self, text: str, span: Span) -> Match | None:
        """Return what kind of furniture the whole span is; None if it is none."""
        first = _FIRST.match(text, *span)
        if not first or span[1] - span[0] > LONGEST:
            return None
        for kind, pattern in self._beginning(first[1].lower()):
            found = pattern.fullmatch(text, *span)
            if found and _holds(found):
                return Match(kind, _slots(found))
        return None

    def _beginning(self, word: str) -> list[tuple[str, re.Pattern[str]]]:
        """Return the phrases that may begin with a word, in their order; those of a word of none are not kept."""
        known = word if word in self._by_word else ""
        if known not in self._ready:
            phrases = sorted({*self._by_word.get(known, ()), *self._by_word.get("", ())})
            self._ready[known] = [(kind, _compiled(phrase)) for _, kind, phrase in phrases]
        return self._ready[known]


def _slots(match: re.Match[str]) -> tuple[Slot, ...]:
    return tuple(Slot(k.split("_")[0], v, match.span(k)) for k, v in match.groupdict().items() if v)


def _holds(match: re.Match[str]) -> bool:
    """Whether the slots hold what they should. "Jane Roe reports:" quotes her, and signs nothing."""
    slots = _slots(match)
    quotes = match[0].endswith(":") and any(slot.kind == "people" for slot in slots)
    return not quotes and all(_CHECKS[slot.kind](slot.value) for slot in slots if slot.kind in _CHECKS)


_LEAD = r"[\s>»•·*|/\[(©–—-]{0,8}"
_FIRST = re.compile(rf"{_LEAD}([^\W\d_]*)")
_INITIAL = re.compile(r"[^\W\d_]*")


def _first_words(phrase: str) -> Iterator[str]:
    """Yield the words that a phrase may begin with; "" if it begins with a slot or a sign."""
    for word in phrase.split():
        for alternative in word.rstrip("?:").split("|"):
            found = _INITIAL.match(alternative)
            yield found[0] if found else ""
        if not word.endswith("?"):
            return


@cache
def _compiled(phrase: str) -> re.Pattern[str]:
    """Return a phrase as an expression; made when first needed, for most never are."""
    words = phrase.split()
    firm = next(i for i, word in enumerate(words) if not word.endswith("?"))
    parts = [_part(word, number, "" if number <= firm else _GAP) for number, word in enumerate(words)]
    return re.compile(f'{_LEAD}{"".join(parts)}[^\\w"“”]*', re.IGNORECASE)


def _part(word: str, number: int, gap: str) -> str:
    """Return one word of a phrase, with the gap before it; optional first words bring theirs behind them."""
    if word == "**":
        return r"(?!\w).*"
    if word == "*":
        return rf"(?:{gap}{_WORD}){{0,{_STAR}}}?"
    if word.startswith("{"):
        slot = word[1:-1]
        return rf"{'' if slot == 'number' else gap}(?P<{slot}_{number}>{_SLOTS[slot]})"
    colon = r"\s*:" if word.endswith(":") else ""
    words = "|".join(re.escape(a).replace("'", "['’]") for a in word.rstrip("?:").split("|"))
    if not word.endswith("?"):
        return rf"{gap}(?:{words})(?!\w){colon}"
    return rf"(?:{gap}(?:{words})(?!\w))?" if gap else rf"(?:(?:{words})(?!\w){_GAP})?"
