"""Compile WordNet into byline/knowledge/ontology/supersenses/: every verb, and every noun of a happening, by its class.

    python tools/build_supersenses.py [FOLDER]

Needs the database files of WordNet (Debian's package `wordnet-base`) at build time only; FOLDER is where they lie. Same
files, same bytes. Form of the files: wndb(5WN).
"""

import re
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DATABASE = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/wordnet")
TARGET = Path(__file__).parent.parent / "byline" / "knowledge" / "ontology" / "supersenses" / "supersenses.toml"

# lexicographer files that are asked for, by number (lexnames(5WN)): what their words are about
VERBS = {
    29: ("BODY", "Grooming, dressing, bodily care and functions."),
    30: ("CHANGE", "Growing, shrinking, beginning, ending, turning into."),
    31: ("COGNITION", "Thinking, judging, planning, doubting."),
    32: ("COMMUNICATION", "Telling, asking, ordering, singing."),
    33: ("COMPETITION", "Fighting, contests, attack and defence."),
    34: ("CONSUMPTION", "Eating, drinking, using up."),
    35: ("CONTACT", "Touching, hitting, tying, digging."),
    36: ("CREATION", "Making, building, painting, performing."),
    37: ("EMOTION", "Feeling."),
    38: ("MOTION", "Walking, flying, sending, falling."),
    39: ("PERCEPTION", "Seeing, hearing, showing."),
    40: ("POSSESSION", "Buying, selling, owning, giving, losing."),
    41: ("SOCIAL", "Politics, law, work, family: what people do among people."),
    42: ("STATIVE", "Being, having, and how things stand to each other."),
    43: ("WEATHER", "Raining, thawing, burning."),
}
NOUNS = {
    4: ("ACT", "What somebody does, told by a noun that no verb of its root shares."),
    11: ("EVENT", "What comes about, told by such a noun."),
    22: ("PROCESS", "What goes on by nature, told by such a noun."),
    19: ("PHENOMENON", "What is seen to come about in nature, told by such a noun."),
}
FROM_VERBS = {10, 12, 26}  # communication, feeling, state: if their root is a verb's, too
WORD = re.compile(r"[a-z]{2,}")
HEAD = """\
# Every verb, and every noun that names a happening, by its class in WordNet: an ontology for news of any kind.
#
# Made by tools/build_supersenses.py from WordNet 3.0 (Copyright 2006 by Princeton University: LICENCE.txt).
#
# A word stands under the class of its most frequent sense; a noun whose root is a verb's under the verb's class.
"""


class Sense(NamedTuple):
    """A set of synonyms: its lexicographer file, and the verbs that share a root with it."""

    file: int
    verbs: tuple[str, ...]


def senses(part: str) -> dict[str, Sense]:
    """Return the sets of synonyms of a part of speech by their offset."""
    found = {}
    for line in lines(f"data.{part}"):
        offset, file, _, count, *rest = line.split(" | ")[0].split()
        pointers = rest[2 * int(count, 16) + 1 :]
        rows = zip(*(pointers[i::4] for i in range(3)), strict=False)
        found[offset] = Sense(int(file), tuple(target for kind, target, pos in rows if kind == "+" and pos == "v"))
    return found


def first_senses(part: str) -> Iterator[tuple[str, str]]:
    """Yield each word with the offset of its most frequent sense."""
    for line in lines(f"index.{part}"):
        word, _, number, pointers, *rest = line.split()
        if WORD.fullmatch(word):
            yield word, rest[int(pointers) + 2 : int(pointers) + 2 + int(number)][0]


def lines(name: str) -> Iterator[str]:
    """Yield the lines of a database file without its licence."""
    yield from (x for x in (DATABASE / name).read_text("latin-1").splitlines() if not x.startswith(" "))


def classes() -> dict[str, dict[str, list[str]]]:
    """Return the words by class and part of speech."""
    verbs, nouns = senses("verb"), senses("noun")
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for word, offset in first_senses("verb"):
        found[VERBS[verbs[offset].file][0]]["verbs"].append(word)
    for word, offset in first_senses("noun"):
        sense = nouns[offset]
        if sense.verbs and sense.file in NOUNS.keys() | FROM_VERBS:
            found[VERBS[verbs[sense.verbs[0]].file][0]]["nouns"].append(word)
        elif sense.file in NOUNS:
            found[NOUNS[sense.file][0]]["nouns"].append(word)
    return found


def main() -> None:
    """Write the ontology and its licence."""
    found = classes()
    parts = [HEAD, 'name = "Supersenses"', 'version = "3.0"', ""]
    for name, about in [*VERBS.values(), *NOUNS.values()]:
        parts += [f"[types.{name}]", f'about = "{about}"', "", f"[triggers.{name}]"]
        for part, words in sorted(found[name].items(), reverse=True):
            listed = textwrap.fill(", ".join(f'"{w}"' for w in sorted(words)), 118, break_on_hyphens=False)
            parts += [f"{part} = [", textwrap.indent(listed, "  "), "]"]
        parts.append("")
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("\n".join(parts), "utf-8")
    opening = (x for x in (DATABASE / "index.noun").read_text("latin-1").splitlines() if x.startswith(" "))
    licence = "\n".join(re.sub(r"^ *\d+ ", "", line).rstrip() for line in opening)
    TARGET.with_name("LICENCE.txt").write_text(licence.strip() + "\n", "utf-8")
    print(f"{TARGET}: {sum(len(w) for c in found.values() for w in c.values())} words")  # noqa: T201


if __name__ == "__main__":
    main()
