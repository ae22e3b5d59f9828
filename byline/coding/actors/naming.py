"""The words of a document that the actor lexicon knows, and its noun phrases with each known name as one word."""

from collections.abc import Sequence

from byline import knowledge
from byline.coding.actors.lexicon import Match, lexicon
from byline.coding.actors.mentions import POSSESSIVE, Phrase, is_head, phrase_of
from byline.language.parsed import Parsed, Token

_WORDS = knowledge.load("sectors.toml")["words"]
_LINKED, _PREFIXES = frozenset(_WORDS["linked"]), frozenset(_WORDS["prefixes"])
_TITLED = frozenset({"office", "person"})
_NAMES = frozenset({"organisation", "leader", "country", "capital"})


def find_matches(parsed: Parsed) -> dict[int, Match]:
    """Return the lexicon's entries by the index of each of their tokens."""
    found: dict[int, Match] = {}
    for sentence in parsed.sentences:
        for match in lexicon().matches(sentence.tokens):
            fitted = _fitted(match, parsed.tokens)
            if fitted is None or is_bound(fitted.first, fitted.stop, parsed.tokens):
                continue
            titled = _is_titled(fitted, found.get(fitted.first - 1), parsed.tokens)
            if not titled and not _is_in_name(fitted, parsed.tokens):
                found.update((i, fitted) for i in range(fitted.first, fitted.stop))
    return found


def is_bound(first: int, stop: int, tokens: Sequence[Token]) -> bool:
    """Whether a hyphen takes words away from the noun: "US-backed rebels", "anti-government protesters"."""
    if [t.lower for t in tokens[stop : stop + 1]] == ["-"]:
        return any(t.lower in _LINKED for t in tokens[stop + 1 : stop + 2])
    before = tokens[max(0, first - 2) : first]
    return len(before) > 1 and before[1].lower == "-" and before[0].lower in _PREFIXES


def without_namesakes(matches: dict[int, Match], places: dict[int, str]) -> dict[int, Match]:
    """Drop names of capitals where the text means a town of another country: police of a Kingston in Canada.

    ``places`` are the countries of the document's places by token index.
    """
    return {
        i: m
        for i, m in matches.items()
        if m.entry.role != "capital" or places.get(i, m.entry.country) == m.entry.country
    }


def _is_titled(match: Match, before: Match | None, tokens: Sequence[Token]) -> bool:
    """Whether the name of a country or capital is a surname behind a title: "General Tunis", "Queen Victoria"."""
    if match.entry.role not in {"country", "capital"} or before is None or before.entry.form not in _TITLED:
        return False
    title, last = tokens[before.stop - 1], tokens[match.stop - 1]
    return title.tag == "NNP" and title.dep == "compound" and title.head is last and last.dep != "compound"


def _is_in_name(match: Match, tokens: Sequence[Token]) -> bool:
    """Whether the name of a place or body is part of a person's: "Jack London", "Ana de Lima", "Amal Haddad"."""
    if match.entry.role not in {"country", "capital", "organisation"} or tokens[match.first].entity != "PERSON":
        return False
    around = [*tokens[max(0, match.first - 1) : match.first], *tokens[match.stop : match.stop + 1]]
    return any(t.entity == "PERSON" and t.pos == "PROPN" for t in around)


def _fitted(match: Match, tokens: Sequence[Token]) -> Match | None:
    """Return the match if its words are used as the entry means them; a noun used as an adjective, as that."""
    last = tokens[match.stop - 1]
    noun = last.pos in {"NOUN", "PROPN"} or (last.pos == "ADJ" and last.dep not in {"amod", "acomp"})
    if match.entry.role not in {"noun", "hardware"} or noun or match.stop - match.first > 1:
        return match
    adjective = lexicon().modifier(match.entry.name)
    return match._replace(entry=adjective) if adjective is not None else None


def find_phrases(tokens: list[Token], matches: dict[int, Match]) -> dict[int, Phrase]:
    """Return the noun phrases by the index of their heads, in text order."""
    found = {}
    for token in tokens:
        match = matches.get(token.i)
        if token.dep == "npadvmod" and token.entity != "PERSON":  # "Saudi" in "Saudi-led"; a speaker taken for a time
            continue
        if is_head(token) or (match is not None and _is_bare_name(token, match)):
            phrase = phrase_of(token, tokens) if match is None else _phrase_with(token, match, tokens)
            if phrase is not None:
                found[token.i] = phrase
    return found


def _is_bare_name(token: Token, match: Match) -> bool:
    """Whether a known name stands alone, whatever the tagger took it for."""
    return token.is_root and match.stop == token.i + 1 and match.entry.role in _NAMES


def _phrase_with(head: Token, match: Match, tokens: list[Token]) -> Phrase | None:
    """Return the phrase of a head inside a match; None for heads that the parser put inside one name or noun."""
    if match.entry.role == "noun":
        return _noun_phrase(head, match, tokens) if head.i == match.stop - 1 else None
    if match.entry.role not in _NAMES:
        return phrase_of(head, tokens)
    if any(is_head(t) and _hangs_outside(t, match) for t in tokens[match.first : head.i]):
        return None
    phrase = phrase_of(head, tokens)
    core = {t.i: t for t in (*phrase.core, *tokens[match.first : match.stop])}
    owner = phrase.possessor
    return Phrase(
        head,
        min(phrase.first, match.first),
        max(phrase.stop, match.stop),
        tuple(core[i] for i in sorted(core)),
        owner if owner is not None and owner.i < match.first else None,
        tuple((p, n) for p, n in phrase.complements if n.i >= match.stop),
    )


def _noun_phrase(head: Token, match: Match, tokens: list[Token]) -> Phrase:
    """Return the phrase of a noun; a possessor may be part of it ("the Danish dockers' union")."""
    phrase = phrase_of(head, tokens)
    owner = phrase.possessor
    if owner is None or owner.i < match.first:
        return phrase
    whole = [t for t in tokens[phrase.first : head.i + 1] if t.tag != "DT" and t.lower not in POSSESSIVE]
    return phrase._replace(core=(*whole, *(t for t in phrase.core if t.i > head.i)), possessor=None)


def _hangs_outside(token: Token, match: Match) -> bool:
    return token.is_root or not match.first <= token.head.i < match.stop
