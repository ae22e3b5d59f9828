"""Finds time expressions: the forms of ``knowledge/times.toml``, matched over the words of a document.

Forms are compiled into one tree of words and categories; from each word that may
begin a time expression the longest path wins. What the words say ("last" is
shift -1, "March" month 3) is gathered on the way.
"""

# ruff: noqa: PLR2004 -- the calendar's and the number system's own figures need no names

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from byline import knowledge
from byline.coding.numbers import read_amount, starts_number
from byline.language.parsed import Token

_DATA = knowledge.load("times.toml")
_NUMBERS = knowledge.load("numbers.toml")
_ORDINALS: dict[str, int] = _NUMBERS["ordinals"]
_CARDINALS: dict[str, int] = _NUMBERS["cardinals"]
_GUARDS: dict[str, dict[str, Any]] = _DATA["guards"]
_LONGEST = 16
_REACH = 8  # words from the beginning of an expression to one that names a time
_CENTURIES = {"seventeen": 1700, "eighteen": 1800, "nineteen": 1900, "twenty": 2000}
_DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
    "nineties": 90,
}  # fmt: skip
_SHAPE = re.compile(r"\d+(?:st|nd|rd|th|s)(?![^\W\d])|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[.'’][^\W\d_]+)*\.?|.", re.DOTALL)

Features = dict[str, Any]


class Piece(NamedTuple):
    """A word or a part of one ("24" of "24-year"), with the token that it belongs to."""

    lower: str
    start: int
    end: int
    token: Token


class Reading(NamedTuple):
    """A time expression before it is resolved: pieces [first, stop), its sense, what its words say."""

    first: int
    stop: int
    sense: str
    type: str
    guard: str
    features: Features


class _Sense(NamedTuple):
    order: int
    name: str
    type: str
    guard: str


class _Node:
    """A place in the tree of forms: what may follow, and the sense of a form that ends here."""

    __slots__ = ("macros", "next", "sense")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.macros: tuple[str, ...] = ()
        self.sense: _Sense | None = None


_MACRO = _Sense(0, "", "", "")


class _Entry(NamedTuple):
    words: tuple[str, ...]
    category: str
    features: Features


def _expand(form: str) -> list[tuple[str, ...]]:
    """Return every sequence that a form stands for, options and alternatives written out."""
    choices = [[*p.removesuffix("?").split("|"), *([""] if p.endswith("?") else [])] for p in form.split()]
    return [tuple(word for word in path if word) for path in product(*choices)]


@cache
def _trees() -> dict[str, _Node]:
    """Return the tree of all forms as "", and one tree for each macro."""
    trees = {"": _Node()}
    for order, sense in enumerate(_DATA["senses"]):
        made = _Sense(order, sense["name"], sense["type"], sense.get("guard", ""))
        _plant(trees[""], sense["forms"], made)
    for name, forms in _DATA["macros"].items():
        trees["@" + name] = _Node()
        _plant(trees["@" + name], forms, _MACRO)
    return trees


def _plant(root: _Node, forms: Sequence[str], sense: _Sense) -> None:
    for path in (path for form in forms for path in _expand(form)):
        node = root
        for word in path:
            node = node.next.setdefault(word, _Node())
        node.sense = node.sense or sense
    _list_macros(root)


def _list_macros(node: _Node) -> None:
    node.macros = tuple(word for word in node.next if word.startswith("@"))
    for following in node.next.values():
        _list_macros(following)


@cache
def _lexicon() -> dict[str, list[_Entry]]:
    entries: dict[str, list[_Entry]] = {}
    for category, words in _DATA["words"].items():
        for word, features in words.items():
            parts = tuple(word.split())
            entries.setdefault(parts[0], []).append(_Entry(parts, category, features))
    return entries


@cache
def _beginnings() -> frozenset[str]:
    """Words that may begin an expression, as far as one word can tell."""
    literal = {word for tree in _trees().values() for word in tree.next if not word.isupper()}
    return frozenset(literal.union(_lexicon(), _ORDINALS, _DECADES, _CENTURIES))


@cache
def _naming() -> frozenset[str]:
    """Words that name a time by themselves, with the last word of those that are several."""
    weak = set(_DATA["weak"]["categories"])
    found = {e.words[-1] for entries in _lexicon().values() for e in entries if e.category not in weak}
    return frozenset(found.union(_DECADES, _CENTURIES))


def pieces(tokens: Sequence[Token]) -> list[Piece]:
    """Return the words of a text, with words of digits and letters or with hyphens cut into their parts."""
    found = []
    for token in tokens:
        text = token.text
        if text.isalpha() or len(text) == 1 or text.isdigit() or len(text) != token.end - token.start:
            found.append(Piece(token.lower, token.start, token.end, token))
        elif "-" in text or "/" in text or any(c.isdigit() for c in text):
            parts = _SHAPE.finditer(text)
            found.extend(Piece(p.group().lower(), token.start + p.start(), token.start + p.end(), token) for p in parts)
        else:
            found.append(Piece(token.lower, token.start, token.end, token))
    return found


class Grammar:
    """The time expressions of one document, read left to right, the longest first, none inside another."""

    def __init__(self, words: Sequence[Piece], holds: Callable[[Reading, Sequence[Piece]], bool]) -> None:
        """Take the words, and a check whether a form with a guard is a time expression where it stands."""
        self.pieces, self._holds = words, holds
        self._lower = [p.lower for p in words]
        self._known: dict[int, list[tuple[str, Features, int]]] = {}
        self._read: dict[tuple[str, int], list[tuple[int, _Sense, Features]]] = {}

    def readings(self) -> Iterator[Reading]:
        """Yield the expressions in text order."""
        at, beginnings, named = 0, _beginnings(), self._named()
        while at < len(self._lower):
            word = self._lower[at]
            reading = None
            if named[at] - at > _REACH:
                at = named[at] - _REACH
                continue
            if word in beginnings or word[:1].isdigit() or starts_number(word):
                reading = self._longest(at)
            if reading:
                yield reading
            at = reading.stop if reading else at + 1

    def _named(self) -> list[int]:
        """Return for each word where the next one stands that names a time."""
        naming, following = _naming(), len(self._lower) + _REACH
        found = []
        for at in range(len(self._lower) - 1, -1, -1):
            word = self._lower[at]
            if word in naming or word[:1].isdigit():
                following = at
            found.append(following)
        return found[::-1]

    def _longest(self, first: int) -> Reading | None:
        paths = sorted(self._paths("", first), key=lambda path: (-path[0], path[1].order))
        readings = (Reading(first, stop, s.name, s.type, s.guard, features) for stop, s, features in paths)
        return next((r for r in readings if self._holds(r, self.pieces)), None)

    def _paths(self, tree: str, first: int) -> list[tuple[int, _Sense, Features]]:
        """Return every form of a tree that begins at a word: where it stops, its sense, what its words say."""
        key = (tree, first)
        if key not in self._read:
            self._read[key] = list(self._walk(tree, first))
        return self._read[key]

    def _walk(self, tree: str, first: int) -> Iterator[tuple[int, _Sense, Features]]:
        last = min(len(self._lower), first + _LONGEST)
        sentence = self.pieces[first].token.sentence
        open_: list[tuple[_Node, int, Features]] = [(_trees()[tree], first, {})]
        while open_:
            node, at, features = open_.pop()
            if node.sense:
                yield at, node.sense, features
            if at >= last or self.pieces[at].token.sentence != sentence:
                continue
            following = node.next.get(self._lower[at])
            if following:
                open_.append((following, at + 1, features))
            for category, more, stop in self._categories(at):
                following = node.next.get(category)
                if following:
                    open_.append((following, stop, {**features, **more}))
            for macro in node.macros:
                for stop, _, more in self._paths(macro, at):
                    open_.append((node.next[macro], stop, {**features, **more}))

    def _categories(self, at: int) -> list[tuple[str, Features, int]]:
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = [*self._words(at), *self._figures(at)]
        return known

    def _words(self, at: int) -> Iterator[tuple[str, Features, int]]:
        for entry in _lexicon().get(self._lower[at], ()):
            stop = at + len(entry.words)
            if tuple(self._lower[at:stop]) == entry.words and self._allowed(at):
                yield entry.category, entry.features, stop

    def _allowed(self, at: int) -> bool:
        """Whether a word with another meaning is dressed as a time."""
        guard = _GUARDS.get(self._lower[at])
        if not guard:
            return True
        token = self.pieces[at].token
        before = self._lower[at - 1] if at else ""
        following = self.pieces[at + 1] if at + 1 < len(self._lower) else None
        if guard.get("capital"):
            if not token.text[0].isupper():
                return False
            if following and following.lower[0].isdigit():
                return True
        names = following is not None and _is_common(following.token)  # "the March raid"
        beside = before in guard.get("not_before", ()) and not (guard.get("capital") and names)
        ahead = following is not None and following.lower in guard.get("not_next", ())
        return not beside and not ahead and token.tag not in guard.get("not_tags", ())

    def _figures(self, at: int) -> Iterator[tuple[str, Features, int]]:
        """Yield what digits and number words can be in a time expression."""
        word = self._lower[at]
        if word[:1].isdigit():
            yield from _digits(word, at)
        if word in _ORDINALS:
            yield "ORD", {"ordinal": _ORDINALS[word]}, at + 1
            yield "DAY", {"day": _ORDINALS[word]}, at + 1
        if word in _DECADES:
            yield "DECADE", {"decade": 1900 + _DECADES[word]}, at + 1
        if word in _CENTURIES:
            yield from self._spelled_year(at)
        if starts_number(word):
            number = read_amount(self._lower, at)
            if number and number.low:
                yield "NUM", {"number": number}, number.stop
                if number.best and 1000 <= number.best <= 2100:
                    yield "YEARNUM", {"year": number.best}, number.stop
                if number.best and number.best <= 12 and number.low == number.high:
                    yield "HOUR", {"hour": number.best}, number.stop

    def _spelled_year(self, at: int) -> Iterator[tuple[str, Features, int]]:
        """Yield the year of "nineteen ninety-six", the decade of "nineteen nineties"."""
        rest = read_amount(self._lower, at + 1) if at + 1 < len(self._lower) else None
        century = _CENTURIES[self._lower[at]]
        if rest and rest.best and 10 <= rest.best <= 99 and self._lower[at + 1] in _CARDINALS:
            yield "YEAR", {"year": century + rest.best}, rest.stop
        elif at + 1 < len(self._lower) and self._lower[at + 1] in _DECADES:
            yield "DECADE", {"decade": century + _DECADES[self._lower[at + 1]]}, at + 2


def _is_common(token: Token) -> bool:
    return token.tag in {"NN", "NNS"} and token.text[0].islower()


def _digits(word: str, at: int) -> Iterator[tuple[str, Features, int]]:
    stop = at + 1
    if word.isascii() and word.isdigit() and len(word) <= 4:
        number = int(word)
        if len(word) == 4:
            if 1000 <= number <= 2100:
                yield "YEAR", {"year": number}, stop
            if number < 2400 and number % 100 < 60:
                yield "HHMM", {"clock": f"{word[:2]}:{word[2:]}"}, stop
        elif len(word) <= 2:
            yield from _small(number, len(word), stop)
    elif word[-2:] in {"st", "nd", "rd", "th"} and word[:-2].isdigit() and len(word) <= 5:
        number = int(word[:-2])
        yield "ORD", {"ordinal": number}, stop
        if 1 <= number <= 31:
            yield "DAY", {"day": number}, stop
    elif word.endswith("0s") and word[:-1].isdigit():
        yield from _decade(word[:-1], stop)
    else:
        yield from _clock(word, stop)


def _small(number: int, width: int, stop: int) -> Iterator[tuple[str, Features, int]]:
    if 1 <= number <= 31:
        yield "DAY", {"day": number}, stop
        yield "FIRST", {"first": number}, stop
    if 1 <= number <= 12:
        yield "MM", {"month": number}, stop
        yield "HOUR", {"hour": number}, stop
    if width == 2:
        yield "YY", {"year": 1900 + number if number >= 30 else 2000 + number}, stop


def _decade(word: str, stop: int) -> Iterator[tuple[str, Features, int]]:
    if len(word) == 4 and 1000 <= int(word) <= 2100:
        yield "DECADE", {"decade": int(word)}, stop
    elif len(word) == 2:
        yield "DECADE", {"decade": 1900 + int(word) if int(word) >= 20 else 2000 + int(word)}, stop


def _clock(word: str, stop: int) -> Iterator[tuple[str, Features, int]]:
    day, _, rest = word.partition(".")
    month, _, year = rest.partition(".")
    if all(part.isascii() and part.isdigit() for part in (day, month, year)) and len(year) == 4:
        yield "DOTTED", {"day": int(day), "month": int(month), "year": int(year)}, stop
    hour, _, minute = word.replace(".", ":").partition(":")
    if len(minute) == 2 and minute.isdigit() and hour.isdigit() and int(hour) < 24 and int(minute) < 60:
        yield "CLOCK" if ":" in word else "POINT", {"clock": f"{int(hour):02d}:{minute}"}, stop
