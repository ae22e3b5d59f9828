"""A surname is a name wherever it stands in a document, though tagger and recogniser take it for a word.

Named once in full ("police spokesman Emil Corbate"), who speaks again as "Corbate" is the same person.
"""

from collections.abc import Iterator

from byline.language.case_lexicon import lexicon
from byline.language.parsed import Entity, Token

_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "appos", "conj", "npadvmod", "ROOT", "dep"})


def with_surnames(tokens: list[Token], entities: list[Entity]) -> list[Entity]:
    """Return the names with surnames that stand alone, whose tokens are tagged as names."""
    surnames = set(_surnames(tokens, entities))
    alone = [
        t for t in tokens if t.text in surnames and t.dep in _NOMINAL and not t.entity and not _is_in_name(t, tokens)
    ]
    for token in alone:
        token.tag, token.pos, token.entity = "NNP", "PROPN", "PERSON"
    return sorted([*entities, *(Entity(t.i, t.i + 1, "PERSON") for t in alone)])


def _surnames(tokens: list[Token], entities: list[Entity]) -> Iterator[str]:
    """Yield the last words of the names of persons, as far as they are no common words."""
    known = lexicon()
    for first, stop, label in entities:
        last = tokens[stop - 1]
        person = label == "PERSON" or tokens[first].lower in known.first_names
        if person and stop - first > 1 and last.text[0].isupper() and not known.is_common(last.lower):
            yield last.text


def _is_in_name(token: Token, tokens: list[Token]) -> bool:
    """Whether a word beside it has a capital, too: then it is a part of another name."""
    beside = (*tokens[max(token.i - 1, 0) : token.i], *tokens[token.i + 1 : token.i + 2])
    return any(t.sentence == token.sentence and t.text[0].isupper() and t.text[-1] != "." for t in beside)
