"""The words that tell who somebody is, found in a text: countries, institutions, leaders, agent nouns, titles.

One pass over the tokens, the longest entry first. What the words mean stands
in knowledge/sectors.toml, organisations.toml, leaders.toml and countries.toml.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from byline import knowledge
from byline.language.parsed import Token

_PIECES = re.compile(r"(?<=\w)([-/])(?=[^\W\d])|((?:'s|’s|'|’)$)")
_APOSTROPHES = str.maketrans("’‘", "''")
_TERM = re.compile(r"(?:([A-Z]{3}|-) )?(\d{4})-(\d{4})?(?: ([A-Z]{3}))?")


_COMMON = frozenset(knowledge.load("leaders.toml")["common"]["surnames"])
_ABOUT = 3  # years before and after a term in which a surname alone is still the leader's


class Term(NamedTuple):
    """Years in office, both inclusive, for whom, and the sector meanwhile."""

    country: str | None
    first: int
    last: int
    sector: str


class Entry(NamedTuple):
    """What a word or name says.

    ``role`` is "country", "demonym", "capital", "organisation", "leader", "noun",
    "title", "hardware" or "modifier"; ``form`` office, person, group or
    organisation for nouns. A leaning noun takes the sector of the words by it.
    """

    role: str
    name: str
    country: str | None = None
    sector: str | None = None
    form: str = ""
    leaning: bool = False
    terms: tuple[Term, ...] = ()


class Match(NamedTuple):
    """An entry found in the text: token indexes [first, stop)."""

    first: int
    stop: int
    entry: Entry


class _Pattern(NamedTuple):
    words: tuple[str, ...]
    entry: Entry
    cased: bool


def plain(word: str) -> str:
    """Return a word in lower case with straight apostrophes."""
    return word.lower().translate(_APOSTROPHES)


def split(phrase: str) -> tuple[str, ...]:
    """Return a dictionary form cut into words as the tokenizer cuts them."""
    return tuple(p for word in phrase.split() for p in _PIECES.split(word) if p)


class ActorLexicon:
    """All entries: those of one word by it, longer ones by their first two words."""

    def __init__(self) -> None:
        self._single: dict[str, list[_Pattern]] = {}
        self._longer: dict[tuple[str, str], list[_Pattern]] = {}
        for phrase, entry, cased in _entries():
            words = split(phrase.translate(_APOSTROPHES))
            pattern = _Pattern(words if cased else tuple(w.lower() for w in words), entry, cased)
            if len(words) == 1:
                self._single.setdefault(words[0].lower(), []).append(pattern)
            else:
                self._longer.setdefault((words[0].lower(), words[1].lower()), []).append(pattern)
        for patterns in self._longer.values():
            patterns.sort(key=lambda p: -len(p.words))
        self._firsts = {first for first, _ in self._longer}
        self._modifiers = {e.name: e for _, e, _ in _modifiers()}
        self._leaders = _by_surname()

    def modifier(self, word: str) -> Entry | None:
        """Return what an adjective says of the noun behind it, where the same word is also a noun."""
        return self._modifiers.get(word)

    def leader(self, surname: str, year: int | None, *, titled: bool) -> Entry | None:
        """Return the one leader whom a surname alone means: by a title, or in office about that year."""
        found = [e for e in self._leaders.get(surname, ()) if year is None or _about(e, year)]
        found = found or (self._leaders.get(surname, []) if titled else [])
        countries = {e.country for e in found}
        if not found or len(countries) > 1 or (not titled and surname in _COMMON):
            return None
        return found[-1]

    def matches(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Yield the entries in a sentence from left to right, the longest first, none overlapping."""
        at, stop = 0, len(tokens)
        while at < stop:
            found = self._at(tokens, at)
            if found is None:
                at += 1
            else:
                yield Match(tokens[at].i, tokens[at].i + len(found.words), found.entry)
                at += len(found.words)

    def _at(self, tokens: Sequence[Token], at: int) -> _Pattern | None:
        token = tokens[at]
        first = token.lower.translate(_APOSTROPHES)
        if first in self._firsts and at + 1 < len(tokens):
            follower = tokens[at + 1]
            second = follower.lower.translate(_APOSTROPHES)
            for key in ((first, second), (first, follower.lemma)):
                for pattern in self._longer.get(key, ()):
                    if _fits(pattern, tokens, at):
                        return pattern
        for form in (token.lower, token.lemma, token.lower.removesuffix("s")):
            for pattern in self._single.get(form, ()):
                if _fits(pattern, tokens, at):
                    return pattern
        return None


def _fits(pattern: _Pattern, tokens: Sequence[Token], at: int) -> bool:
    words = pattern.words
    if at + len(words) > len(tokens):
        return False
    if pattern.cased:
        return all(_same_name(w, tokens[at + k]) for k, w in enumerate(words)) and _is_name(tokens, at, len(words))
    last = len(words) - 1
    if any(tokens[at + k].lower.translate(_APOSTROPHES) != words[k] for k in range(last)):
        return False
    end = tokens[at + last]
    return words[last] in {end.lower, end.lemma} or (end.tag[:2] == "NN" and end.lower == words[last] + "s")


def _same_name(word: str, token: Token) -> bool:
    if word.islower():
        return token.lower == word
    text = token.text.translate(_APOSTROPHES)
    return text == word or (not word.isupper() and text == word.upper())


def _is_name(tokens: Sequence[Token], at: int, length: int) -> bool:
    """Whether capitals mean a name: a single word at the start of a sentence may be none ("Who", "Us")."""
    if length > 1 or (at > 0 and tokens[at].pos not in {"PRON", "ADV", "DET"}):
        return True
    token = tokens[at]
    return token.pos in {"NOUN", "PROPN", "ADJ"} or (token.text.isupper() and token.pos not in {"PRON", "ADV", "DET"})


def _entries() -> Iterator[tuple[str, Entry, bool]]:
    """Yield form, entry and whether capitals count; of two equal forms the first wins."""
    seen: set[tuple[str, bool]] = set()
    for phrase, entry, cased in (*_names(), *_countries(), *_peoples(), *_nouns()):
        key = (phrase if cased else phrase.lower(), cased)
        if key not in seen:
            seen.add(key)
            yield phrase, entry, cased


def _names() -> Iterator[tuple[str, Entry, bool]]:
    for key, text in knowledge.load("leaders.toml")["leaders"].items():
        names = key.split(" | ")
        terms = _terms(text)
        for name in names:
            yield name, Entry("leader", names[0], terms[-1].country, terms[-1].sector, "person", terms=terms), True
    for table in knowledge.load("organisations.toml").values():
        for key, text in table.items():
            country, sector = (None if code == "-" else code for code in text.split())
            for name in key.split(" | "):
                yield name, Entry("organisation", name, country, sector, "organisation"), True


def _terms(text: str) -> tuple[Term, ...]:
    found, country = [], text.split(maxsplit=1)[0]
    for match in _TERM.finditer(text):
        country = match[1] or country
        code = None if country == "-" else country
        found.append(Term(code, int(match[2]), int(match[3] or 9999), match[4] or "GOV"))
    return tuple(found)


def _peoples() -> Iterator[tuple[str, Entry, bool]]:
    for key, code in knowledge.load("sectors.toml")["peoples"].items():
        names = key.split(" | ")
        for name in names:
            yield name, Entry("demonym", names[0], _known(code), None, "group"), True


def _countries() -> Iterator[tuple[str, Entry, bool]]:
    for code, country in knowledge.load("countries.toml")["countries"].items():
        name = country["names"][0]
        for form in (*country["names"], *country.get("parts", ())):
            yield form, Entry("country", name, code, None, "state"), True
        for form in country["demonyms"]:
            yield form, Entry("demonym", name, code, None, "group"), True
        for form in (country.get("capital"), *country.get("seats", ())):
            if form:
                yield form, Entry("capital", name, code, "GOV", "state"), True


def _nouns() -> Iterator[tuple[str, Entry, bool]]:
    words = knowledge.load("sectors.toml")
    for sector, forms in words["nouns"].items():
        for form, nouns in forms.items():
            for noun in nouns:
                yield noun, Entry("noun", noun, None, sector, form), False
    for form, sectors in words["leaning"].items():
        for sector, nouns in sectors.items():
            for noun in nouns:
                yield noun, Entry("noun", noun, None, _known(sector), form, leaning=True), False
    yield from _hardware(words)
    for sector, titles in words["titles"].items():
        for title in titles:
            leaning = title in words["words"]["ranks_of_police"]
            yield title, Entry("title", title, None, _known(sector), "person", leaning=leaning), False
    yield from _modifiers()


def _hardware(words: dict[str, Any]) -> Iterator[tuple[str, Entry, bool]]:
    for noun in words["hardware"]["military"]:
        yield noun, Entry("noun", noun, None, "MIL", "group"), False
    for noun in words["hardware"]["dual"]:
        yield noun, Entry("hardware", noun, None, "MIL", "group"), False


def _modifiers() -> Iterator[tuple[str, Entry, bool]]:
    for sector, forms in knowledge.load("sectors.toml")["modifiers"].items():
        for form in forms:
            yield form, Entry("modifier", form, None, _known(sector)), False


def _by_surname() -> dict[str, list[Entry]]:
    """Return the leaders by the last word of their names."""
    found: dict[str, list[Entry]] = {}
    for phrase, entry, _ in _names():
        same = found.setdefault(split(phrase)[-1], [])
        if entry.role == "leader" and entry not in same:
            same.append(entry)
    return found


def _about(entry: Entry, year: int) -> bool:
    return any(t.first - _ABOUT <= year <= t.last + _ABOUT for t in entry.terms)


def _known(sector: str) -> str | None:
    return None if sector in {"NONE", "-"} else sector


@cache
def lexicon() -> ActorLexicon:
    """Return the one lexicon, built once."""
    return ActorLexicon()
