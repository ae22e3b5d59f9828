"""Country of an actor by its own words: a nationality, a country's name, an institution, a place, a possessor."""

from byline.coding.actors.evidence import Evidence, Identity, Inner, span_of
from byline.coding.actors.lexicon import Match
from byline.coding.actors.mentions import Phrase
from byline.language.parsed import Token
from byline.records import Basis

_OF_A_PLACE = frozenset({"'s", "of", "in", "from", "across"})
_OF_A_BODY = frozenset({"'s", "of", "for", "at"})
_NATIONAL = frozenset({"country", "capital", "demonym"})
_AND = 2  # tokens from a noun to the next where "and" alone stands between


def set_country(found: Identity, evidence: Evidence, inner: Inner) -> None:
    """Give an identity the country that its phrase states, nearest words first."""
    phrase = found.phrase
    stop = found.name[0].i if found.name and found.kind == "person" else phrase.head.i + 1
    own = evidence.matches.get(phrase.head.i)
    nation = evidence.nation(phrase, own.first if own is not None and own.entry.role == "demonym" else stop)
    if nation is not None:
        take_country(found, phrase, nation)
        return
    place = next((t for t in phrase.core if t.i in evidence.places and t not in found.name), None)
    if place is not None:
        found.country, found.country_basis = evidence.places[place.i], Basis(rule="place", span=place.span)
        return
    owners = [("'s", phrase.possessor)] if phrase.possessor is not None else []
    for preposition, token in [*owners, *phrase.complements]:
        country, rule = _country_at(preposition, token, evidence, inner)
        if country is not None:
            found.country, found.country_basis = country, Basis(rule=rule, span=token.span)
            return
    _share_country(found, evidence)


def take_country(found: Identity, phrase: Phrase, match: Match) -> None:
    """Give an identity the country of a word."""
    found.country = match.entry.country
    found.country_basis = Basis(rule=match.entry.role, span=span_of(phrase, match), text=match.entry.name)


def _country_at(preposition: str, token: Token, evidence: Evidence, inner: Inner) -> tuple[str | None, str]:
    match = evidence.matches.get(token.i)
    if preposition in _OF_A_PLACE:
        if match is not None and match.entry.role in _NATIONAL:
            return match.entry.country, match.entry.role
        if token.i in evidence.places:
            return evidence.places[token.i], "place"
    other = inner(token) if preposition in _OF_A_BODY else None
    return (other.country, "its organisation") if other is not None else (None, "")


def _share_country(found: Identity, evidence: Evidence) -> None:
    """Give "police" the country of "Iraqi soldiers and police"."""
    phrase, other = found.phrase, evidence.phrases.get(found.head.head.i)
    bare = len(phrase.core) == 1 and not phrase.determiner and not found.name and found.plural
    if bare and found.head.dep == "conj" and other is not None and found.head.i - other.head.i <= _AND:
        nation = evidence.nation(other, other.head.i)
        if nation is not None:
            take_country(found, other, nation)


def owner_of(found: Identity, evidence: Evidence) -> Token | None:
    """Return the word for another actor to whom this one belongs: "his commanders", "the Lopez government"."""
    phrase = found.phrase
    if found.kind == "state":
        return None
    if phrase.possessor is not None:
        return phrase.possessor
    if found.name:
        return None
    names = [t for t in phrase.core if t.tag[:3] == "NNP" and t.i < phrase.head.i and t.i not in evidence.matches]
    return names[-1] if names else None
