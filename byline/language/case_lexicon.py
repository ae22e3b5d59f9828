"""What is known of words in capitals: common, a name, both, an abbreviation; names of several words."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from typing import NamedTuple

from byline import knowledge

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*")
_LONG = 8  # letters of a word whose ending shows that it is common
_VOWELS = frozenset("aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœ")
_ACRONYM = 5  # letters: in longer words an odd beginning shows another language
_INITIALS = 3

Phrases = dict[tuple[str, str], list[tuple[str, ...]]]


class Lexicon(NamedTuple):
    """The word lists: `world` are countries and peoples, `names` other single words that are always names."""

    everyday: frozenset[str]
    common: frozenset[str]
    either: frozenset[str]
    abbreviations: frozenset[str]
    short: frozenset[str]
    first_names: frozenset[str]
    world: frozenset[str]
    names: frozenset[str]
    phrases: Phrases
    edges: frozenset[str]
    endings: tuple[str, ...]
    prefixes: tuple[str, ...]
    sets: dict[str, frozenset[str]]

    def is_common(self, word: str) -> bool:
        """Whether a dictionary has the word small, or it is formed as common words are."""
        if word in self.everyday or word in self.common:
            return True
        if len(word) >= _LONG and word.endswith(self.endings):
            return True
        formed = word.startswith(self.prefixes)
        return formed and any(word.startswith(p) and word[len(p) :] in self.common for p in self.prefixes)

    def is_abbreviation(self, word: str) -> bool:
        """Whether an unknown word cannot be spoken as a word, or is too short for a name."""
        if word in self.abbreviations or not _VOWELS.intersection(word):
            return True
        if not word.isascii() or word in self.short or len(word) > _ACRONYM:
            return False
        return len(word) <= _INITIALS or f"^{word[:2]}" not in self.edges or f"{word[-2:]}$" not in self.edges


@cache
def lexicon() -> Lexicon:
    """Return the lists that come with Byline, read once."""
    lists = {name: frozenset(words.split()) for name, words in knowledge.load("words.toml").items()}
    sets = {name: frozenset(words) for name, words in knowledge.load("capitals.toml").items()}
    bodies = [n for table in knowledge.load("organisations.toml").values() for key in table for n in key.split(" | ")]
    single = {n for n in bodies if n.isalpha()}
    shouted = {n.lower() for n in single if n.isupper()}
    countries = _countries()
    regions = [n for r in knowledge.load("places/regions.toml")["regions"] for n in r["names"]]
    first = frozenset(chain(*knowledge.load("first_names.toml").values()))
    places = [p.replace("_", " ").title() for p in lists["places"]]
    return Lexicon(
        everyday=lists["everyday"],
        common=lists["common"],
        either=lists["either"],
        abbreviations=(lists["abbreviations"] | shouted) - sets["short_names"] - sets["short_titles"],
        short=lists["short"],
        first_names=first,
        world=frozenset(n.lower() for n in countries if n.isalpha() and n.istitle()),
        names=sets["names"]
        | (first - lists["everyday"] - sets["not_names"])
        | {n.lower() for n in [*regions, *single] if n.istitle()} - shouted
        | sets["short_titles"]
        | sets["short_names"],
        phrases=_phrases([*sorted(places), *countries, *regions, *bodies], sets["particles"] | sets["links"]),
        edges=lists["edges"],
        endings=tuple(sorted(sets["endings"])),
        prefixes=tuple(sorted(sets["prefixes"])),
        sets=sets,
    )


def _countries() -> list[str]:
    """Return what countries, their peoples, parts and seats are called."""
    found: list[str] = []
    for country in knowledge.load("countries.toml")["countries"].values():
        found += [*country["names"], *country["demonyms"], *country.get("parts", ()), *country.get("seats", ())]
        found += [country["capital"]] if "capital" in country else []
    return found


def _phrases(names: Iterable[str], small: frozenset[str]) -> Phrases:
    """Return names of several words by the first two of them, the longest first."""
    found: Phrases = {}
    for name in names:
        form = tuple(m[0] for m in WORD.finditer(name))
        if len(form) > 1:
            cased = (form[0], *(w.lower() if w.lower() in small else w for w in form[1:]))
            found.setdefault((form[0].lower(), form[1].lower()), []).append(cased)
    return {first: sorted(forms, key=len, reverse=True) for first, forms in found.items()}
