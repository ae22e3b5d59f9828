"""Noun phrases as people quote them: the head with what stands before it, its name, and what identifies it.

Relative clauses, appositions between commas and long prepositional phrases
stay outside.
"""

from collections.abc import Iterator
from typing import NamedTuple

from byline import knowledge
from byline.language.parsed import PLACE_LABELS, TIME_LABELS, Parsed, Token
from byline.records import Mention, Span

_MODIFIERS = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nmod",
        "nummod",
        "quantmod",
        "poss",
        "predet",
        "npadvmod",
        "advmod",
        "neg",
        "case",
        "nn",
    }
)
_INSIDE = frozenset({"compound", "amod", "nmod", "det", "nummod", "quantmod", "advmod", "case", "npadvmod", "punct"})
_NOMINAL = frozenset({"NOUN", "PROPN"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_HYPHENS = frozenset({"-", "–", "‑"})
_NAMELESS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "poss", "agent", "dative"})
_NUMBERLESS = frozenset({"DT", "PRP$", "WP$", "PDT"})
_SETTLED = frozenset(knowledge.load("sectors.toml")["places"]["settled"])
_AT_A_PLACE = frozenset({"in", "near", "from"})
_PLACES = 2  # names of places, one within the other, that belong to a mention
_LONGEST = 8  # tokens of an "of" phrase that still belongs to a mention
_WIDEST = 24  # tokens before a head; more is a list or a broken parse


class Phrase(NamedTuple):
    """A noun phrase.

    ``first`` and ``stop`` are token indexes of the whole; ``core`` holds the
    head, the words before it and its name, without determiner and possessor.
    ``complements`` are the objects of its prepositions, with the preposition.
    """

    head: Token
    first: int
    stop: int
    core: tuple[Token, ...]
    possessor: Token | None
    complements: tuple[tuple[str, Token], ...]

    @property
    def determiner(self) -> str:
        """The word that opens the phrase if it is an article, demonstrative or pronoun; else ""."""
        return next((c.lower for c in self.head.children if c.tag in _NUMBERLESS and c.i < self.head.i), "")


def is_head(token: Token) -> bool:
    """Whether a noun phrase may hang on the word: a noun that modifies no other, or an adjective in its place."""
    if token.lower in POSSESSIVE:
        return False
    if token.pos in _NOMINAL:
        return token.dep not in _INSIDE or token.head.pos not in _NOMINAL
    if token.pos == "ADJ" or token.tag in {"VBN", "JJ"}:
        return token.dep in _NAMELESS and any(c.lower == "the" for c in token.children)
    return False


def phrase_of(head: Token, tokens: list[Token]) -> Phrase:
    """Return the noun phrase of a head word; ``tokens`` are the document's."""
    possessor = head.child("poss")
    first = _left_edge(head, tokens)
    owned = possessor.i if possessor is not None and possessor.i < head.i else first - 1
    core = [
        t for t in tokens[first : head.i + 1] if t.i > owned and t.tag not in _NUMBERLESS and t.lower not in POSSESSIVE
    ]
    name = _name_after(head, tokens)
    core += tokens[head.i + 1 : name]
    return Phrase(head, first, name, tuple(core), possessor, tuple(_complements(head, core)))


def part_of(phrase: Phrase, last: Token) -> Phrase:
    """Return the phrase that ends at a modifier: "Iraqi army" in "Iraqi army assault"."""
    core = tuple(t for t in phrase.core if t.i <= last.i)
    return Phrase(last, core[0].i, last.i + 1, core, None, ())


def _left_edge(head: Token, tokens: list[Token]) -> int:
    first = head.i
    for child in reversed(head.children):
        if child.i > first:
            continue
        if child.dep in _MODIFIERS or (child.dep == "punct" and child.lower in _HYPHENS):
            edge = _leftmost(child)
            if head.i - edge > _WIDEST:
                break
            first = edge
        elif child.dep not in {"punct", "cc"} or child.lower == ",":
            break
    return first if tokens[first].sentence == head.sentence else head.i


def _leftmost(token: Token) -> int:
    while token.children and token.children[0].i < token.i:
        token = token.children[0]
    return token.i


def _name_after(head: Token, tokens: list[Token]) -> int:
    """Return where the name ends that follows a noun without a comma ("the cleric Abu Said")."""
    stop = head.i + 1
    while stop < len(tokens) and tokens[stop].sentence == head.sentence and tokens[stop].pos == "PROPN":
        end = stop
        name = tokens[stop]
        while name.dep in {"compound", "nmod"} and name.head.i > name.i:
            name = name.head
        if name.entity in TIME_LABELS or name.dep != "appos" or name.head is not head or name.i < end:
            break
        stop = name.i + 1
    return stop


def _complements(head: Token, core: list[Token]) -> Iterator[tuple[str, Token]]:
    """Yield what hangs on a head, or on the last word of a name that the parse took for an apposition."""
    heads = [head, *(t for t in core[-1:] if t.i > head.i)]
    settled = (c for c in head.children if c.dep == "acl" and c.lemma in _SETTLED)
    for child in (*(c for t in heads for c in t.children), *(c for verb in settled for c in verb.children)):
        if child.dep == "prep" and child.i > head.i:
            for noun in child.children:
                if noun.dep == "pobj":
                    yield child.lower, noun


def extent(phrase: Phrase, tokens: list[Token]) -> Span:
    """Return the characters of a phrase, with its name, a short phrase with "of", an abbreviation, and where it is.

    Where somebody is belongs to a description ("police in Chad"), not to a name.
    """
    stop = phrase.stop
    for preposition, noun in phrase.complements:
        if preposition == "of" and noun.i - stop < _LONGEST and noun.head.i == stop:
            inner = phrase_of(noun, tokens)
            stop = inner.stop
            stop = _proper_tail(inner, tokens) if noun.pos == "PROPN" else stop
            outer = [n for p, n in inner.complements if p == "of" and n.head.i == stop and n.i - stop < _LONGEST]
            stop = phrase_of(outer[0], tokens).stop if outer else stop
    stop = _past_abbreviation(stop, tokens)
    if phrase.head.pos == "NOUN":
        stop = _past_place(phrase, stop, tokens)
    return (tokens[phrase.first].start, tokens[stop - 1].end)


def _past_place(phrase: Phrase, stop: int, tokens: list[Token]) -> int:
    """Return where the name of a place ends that follows at once: "in Chad", "near Lyon in France"."""
    for _ in range(_PLACES):
        places = (n for p, n in phrase.complements if p in _AT_A_PLACE and n.entity in PLACE_LABELS)
        place = next((n for n in places if n.head.i == stop), None)
        if place is None:
            break
        phrase = phrase_of(place, tokens)
        stop = phrase.stop
    return stop


def _proper_tail(inner: Phrase, tokens: list[Token]) -> int:
    """Return where a name of several words joined by "for" and "and" ends."""
    for preposition, noun in inner.complements:
        if (
            preposition in {"for", "in"}
            and noun.pos == "PROPN"
            and noun.head.i == inner.stop
            and tokens[noun.i].entity == "ORG"
        ):
            return phrase_of(noun, tokens).stop
    return inner.stop


def _past_abbreviation(stop: int, tokens: list[Token]) -> int:
    if (
        stop + 2 < len(tokens)
        and tokens[stop].text == "("
        and tokens[stop + 2].text == ")"
        and tokens[stop + 1].text.isupper()
    ):
        return stop + 3
    return stop


def mention_of(parsed: Parsed, token: Token, actor: str | None) -> Mention:
    """Return the mention that a head word stands for."""
    if token.pos not in _NOMINAL and not is_head(token):
        return Mention(span=token.span, text=parsed.words(token.span), head=token.span, actor=actor)
    span = extent(phrase_of(token, parsed.tokens), parsed.tokens)
    return Mention(span=span, text=parsed.words(span), head=token.span, actor=actor)
