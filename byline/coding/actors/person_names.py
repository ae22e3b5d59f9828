"""Proper names inside noun phrases: where they begin, whose surname stands alone, what is a name made of nouns."""

from byline.coding.actors.evidence import Evidence
from byline.coding.actors.lexicon import Entry, Match, lexicon
from byline.coding.actors.mentions import Phrase
from byline.language.parsed import Token

_PROPER = frozenset({"NNP", "NNPS"})
_CONNECTORS = frozenset(
    "- al el bin bint ibn abu de da del della dos das di du van von der den la le ul ben ter y".split()  # noqa: SIM905
)
_PEOPLE = frozenset({"person", "office"})


def name_of(phrase: Phrase, evidence: Evidence) -> tuple[Token, ...]:
    """Return the proper name that ends a phrase, without titles and nationalities before it."""
    name: list[Token] = []
    for token in reversed(phrase.core):
        proper = token.tag in _PROPER and token.text[0].isalnum() and not token.text[0].islower()
        joined = bool(name) and (token.lower in _CONNECTORS or token.pos == "PROPN" or _is_initial(token))
        if not (proper or joined) or _says_something(token, evidence, last=not name):
            break
        name.append(token)
    while name and name[-1].lower in {"-", "y"}:
        name.pop()
    return tuple(reversed(name))


def _says_something(token: Token, evidence: Evidence, *, last: bool) -> bool:
    """Whether the lexicon knows the word as something else than part of a name ("Larry King" has a name for a noun)."""
    match = evidence.matches.get(token.i)
    if match is None or (last and match.entry.role == "noun"):
        return False
    return last or match.entry.role != "modifier" or token.entity != "PERSON"


def leader_named(name: tuple[Token, ...], title: Match | None, label: str, year: int | None) -> Entry | None:
    """Return the leader whom a single surname means."""
    if len(name) > 1 or label not in {"PERSON", "ORG", "GPE", ""} or name[0].tag not in _PROPER:
        return None
    titled = title is not None and title.entry.sector in {"GOV", None} and title.entry.form == "office"
    return lexicon().leader(name[0].text, year, titled=titled)


def is_surname(phrase: Phrase, match: Match, evidence: Evidence) -> bool:
    """Whether a capital noun is the end of a name: "Larry King"."""
    if match.entry.form not in _PEOPLE or match.stop - match.first > 1 or len(phrase.core) == 1:
        return False
    head, before = phrase.head, phrase.core[-2]
    named = head.tag == before.tag == "NNP" and head.entity == before.entity == "PERSON"
    return named and before.i == head.i - 1 and before.i not in evidence.matches


def organisation_name(phrase: Phrase, match: Match, evidence: Evidence) -> tuple[Token, ...]:
    """Return the capitalised words of a named organisation: "Mountain Brigade", "Union of River Pilots"; or nothing."""
    words = [t for t in phrase.core if t.tag in _PROPER or t.i >= match.first]
    names = (n for p, n in phrase.complements if p == "of" and n.pos == "PROPN" and n.i in evidence.phrases)
    tail = [t for n in names for t in evidence.phrases[n.i].core]
    owner = phrase.possessor
    known = evidence.matches.get(owner.i) if owner is not None else None
    if owner is not None and owner.pos == "PROPN" and (known is None or known.entry.role == "noun"):
        return (owner, *words, *tail)
    return (*words, *tail) if tail or any(t.i < match.first for t in words) else ()


def is_title_case(phrase: Phrase) -> bool:
    """Whether the phrase is a name made of common nouns, as newspapers have: "Morning Worker"."""
    bare = len(phrase.core) > 1 and not phrase.determiner and phrase.possessor is None
    return bare and all(t.tag in _PROPER and t.text[0].isupper() for t in phrase.core)


def _is_initial(token: Token) -> bool:
    return token.text[1:] == "." and token.text[0].isupper()
