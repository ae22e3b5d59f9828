"""How far an ontology reaches into a document: what its coding can ask of it, as a digest.

A coding looks entries up by the words of the document alone, and asks of these alone whether a class has them. So where
an ontology says the same of them, the coding is the same, whatever else has changed in it.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from byline.coding.ontology import Entry, Ontology
from byline.coding.ontology_files import WordClass
from byline.coding.predicates import PARTS
from byline.language.parsed import Parsed

_Words = frozenset[str]


class _Said(NamedTuple):
    """What an ontology says: a digest of all but the words of classes, and these."""

    digest: bytes
    classes: tuple[_Words, ...]


class Reach:
    """What an ontology says of each word that heads a trigger, and of every document: its weapons, what saying does."""

    def __init__(self, ontology: Ontology) -> None:
        weapons = ontology.weapons
        self._always = _Said(_digest((_bare(weapons), ontology.speech_acts)), (weapons.words,))
        self._of_words = {word: _said(entries) for word, entries in ontology.by_head.items()}

    def lexicon_of(self, parsed: Parsed) -> str:
        """Return a digest of all that a document's coding can ask of the ontology."""
        words = {t.lemma for t in parsed.tokens} | {t.lower for t in parsed.tokens}
        heads = sorted({(PARTS[t.pos], t.lemma) for t in parsed.tokens if t.pos in PARTS})
        said = [self._always, *(self._of_words[head] for head in heads if head in self._of_words)]
        own = {some: "\t".join(sorted(some & words)).encode() for one in said for some in one.classes}
        found = blake2b(digest_size=8)
        for one in said:
            found.update(b"\n".join((one.digest, *(own[some] for some in one.classes), b"")))
        return found.hexdigest()


def _said(entries: Sequence[Entry]) -> _Said:
    bare = [e._replace(conditions=tuple(c._replace(words=_bare(c.words)) for c in e.conditions)) for e in entries]
    return _Said(_digest(bare), tuple(c.words.words for e in entries for c in e.conditions))


def _bare(words: WordClass) -> WordClass:
    return msgspec.structs.replace(words, words=frozenset())


def _digest(said: object) -> bytes:
    return blake2b(msgspec.json.encode(said, order="deterministic"), digest_size=16).digest()
