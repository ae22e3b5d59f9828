"""Whether words of war are those of a match: "Rovers launched a late assault on the visitors' goal".

No lexicon entry can tell, for the words are the same. The paragraph does, or
the whole report, by the words of `knowledge/sport.toml`. A sentence that speaks
of police, injuries or weapons is left alone: real harm is done at matches, too.
"""

import re

from byline import knowledge
from byline.language.parsed import Parsed, Token
from byline.records import Reason

_TABLE = knowledge.load("sport.toml")
_SURE, _LIKELY, _REAL, _TYPES = (frozenset(_TABLE[name]) for name in ("sure", "likely", "real", "types"))
_HYPHENED = re.compile(r"\w+(?:-\w+)+")  # of these the parser makes several tokens
_RULE = "sport: words of a match around it"


class Sport:
    """The paragraphs of a document that report a match."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        words: dict[int, set[str]] = {}
        for sentence in parsed.sentences:
            said = words.setdefault(sentence.paragraph, set())
            said.update(t.lemma for t in sentence.tokens)
            said.update(_HYPHENED.findall(parsed.read(sentence.span).lower()))
        self._paragraphs = {n for n, said in words.items() if _points(said) >= _TABLE["paragraph"]}
        sure = set().union(*words.values()) & _SURE
        share = sum(map(_points, words.values())) / max(len(parsed.tokens), 1)
        self._everywhere = len(sure) >= _TABLE["document_sure"] and share >= _TABLE["document_share"]

    def reason(self, head: Token, type_: str) -> Reason | None:
        """Return why a trigger tells of a match and of no happening of its type; None if it may well be one."""
        if type_ not in _TYPES:
            return None
        sentence = self._parsed.sentence_of(head)
        if not (self._everywhere or sentence.paragraph in self._paragraphs):
            return None
        if any({t.lemma, t.lower} & _REAL for t in sentence.tokens):
            return None
        return Reason(field="status", rule=_RULE, span=head.span, text=self._parsed.words(head.span))


def _points(words: set[str]) -> int:
    return 2 * len(words & _SURE) + len(words & _LIKELY)
