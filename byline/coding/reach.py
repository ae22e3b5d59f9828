"""How far an ontology reaches into a document: what its coding can ask of it, as a digest.

A coding looks entries up by the words of the document alone. So where an ontology says the same of them, the
coding is the same, whatever else has changed in it.
"""

from hashlib import blake2b

from byline.coding.ontology import Ontology
from byline.coding.predicates import PARTS
from byline.language.parsed import Parsed


def lexicon_of(parsed: Parsed, ontology: Ontology) -> str:
    """Return a digest of all that an ontology says of a document's words, and of what it says of every document."""
    found = blake2b(ontology.shared, digest_size=8)
    for word in sorted({(PARTS[t.pos], t.lemma) for t in parsed.tokens if t.pos in PARTS}):
        found.update(ontology.digests.get(word, b""))
    return found.hexdigest()
