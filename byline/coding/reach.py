"""How far an ontology reaches into a document: what its coding can ask of it, as a digest.

A coding looks entries up by the words of the document alone. So where an ontology says the same of them, the
coding is the same, whatever else has changed in it.
"""

from hashlib import blake2b

import msgspec

from byline.coding.ontology import Ontology
from byline.coding.predicates import PARTS
from byline.language.parsed import Parsed


class Reach:
    """Digests of what an ontology says of each word, and of every document: its weapons, what saying does."""

    def __init__(self, ontology: Ontology) -> None:
        self._always = _digest((ontology.weapons, ontology.speech_acts))
        self._of_words = {word: _digest(entries) for word, entries in ontology.by_head.items()}

    def lexicon_of(self, parsed: Parsed) -> str:
        """Return a digest of all that a document's coding can ask of the ontology."""
        found = blake2b(self._always, digest_size=8)
        for word in sorted({(PARTS[t.pos], t.lemma) for t in parsed.tokens if t.pos in PARTS}):
            found.update(self._of_words.get(word, b""))
        return found.hexdigest()


def _digest(said: object) -> bytes:
    return blake2b(msgspec.json.encode(said, order="deterministic"), digest_size=16).digest()
