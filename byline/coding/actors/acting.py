"""Whether a country's or capital's name stands for those who act, or for a place."""

from byline import knowledge
from byline.coding.actors.lexicon import Match
from byline.coding.actors.mentions import Phrase
from byline.language.parsed import Token

_LEXICON = knowledge.load("sectors.toml")
_IN_COUNTRY, _IN_CAPITAL, _ADDRESSED, _TOWN, _HOUSES = (
    frozenset(_LEXICON["places"][k]) for k in ("country", "capital", "addressed", "town", "houses")
)
_ACTS, _NO_ACTS = frozenset(_LEXICON["acts"]["nouns"]), frozenset(_LEXICON["acts"]["not"])
_ACT_ENDINGS: tuple[str, ...] = tuple(_LEXICON["acts"]["endings"])
_TOWN_AND_COMMA = 2  # tokens
_LOOSE = frozenset({"appos", "npadvmod", "ROOT", "dep"})  # "Lyon, France", a dateline


def is_act(noun: Token) -> bool:
    """Whether a noun is something done, so that a nationality before it says who does it: "the Israeli attack"."""
    lemma = noun.lemma
    return noun.pos in {"NOUN", "PROPN"} and (
        lemma in _ACTS or (lemma.endswith(_ACT_ENDINGS) and lemma not in _NO_ACTS)
    )


def is_house(noun: str, head: Token) -> bool:
    """Whether an institution is only the house where something is: "shots were fired in a school"."""
    return noun in _HOUSES and head.dep == "pobj" and head.head.lower in _IN_COUNTRY


def is_inside(name: Token) -> bool:
    """Whether a name stands where places do: "in Serpa", "between Moura and Serpa"."""
    while name.dep == "conj":
        name = name.head
    return name.dep == "pobj" and name.head.lower in _IN_COUNTRY


def is_address(phrase: Phrase, tokens: list[Token], matches: dict[int, Match]) -> bool:
    """Whether a country only says where the town before it is: "Lyon, France"."""
    first = phrase.first
    if first < _TOWN_AND_COMMA or tokens[first - 1].text != "," or phrase.head.dep in {"nsubj", "nsubjpass"}:
        return False
    town = tokens[first - 2]
    known = matches.get(town.i)
    return town.entity == "GPE" and (known is None or known.entry.role == "capital") and phrase.head.child("cc") is None


def state_acts(head: Token, matches: dict[int, Match], *, alone: bool) -> bool:
    """Whether the name of a country or capital is an actor where it stands; ``alone`` where nothing else is said."""
    if head.dep in _LOOSE and not alone:
        return False
    preposition = head.head.lower if head.dep == "pobj" else ""
    if matches[head.i].entry.role != "capital":
        return preposition not in _IN_COUNTRY
    if head.dep == "conj":
        return head.head.i in matches and state_acts(head.head, matches, alone=alone)
    return preposition not in _IN_CAPITAL and _acts_with(head, matches)


def _acts_with(capital: Token, matches: dict[int, Match]) -> bool:
    """Whether what stands above a capital is done by governments, or to them."""
    above = capital.head
    match capital.dep:
        case "nsubj":
            return above.lemma not in _TOWN
        case "dobj" | "nsubjpass" | "dative":
            return above.lemma in _ADDRESSED
        case "poss":
            return is_act(above) or above.i in matches
        case _:
            return True
