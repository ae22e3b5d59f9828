"""Which runs of words may name places: look-ups in the gazetteer, and what the words beside them say of their kind."""

from collections.abc import Iterator
from typing import NamedTuple

from byline import knowledge
from byline.coding.places.gazetteer import Candidate, Gazetteer
from byline.coding.places.publication import is_told
from byline.language.parsed import PLACE_LABELS, Parsed, Sentence, Token

_WORDS = knowledge.load("places/names.toml")
_BETWEEN, _CIVIC, _STREETS = (
    frozenset(knowledge.load("places/evidence.toml")[k]) for k in ("between", "civic", "streets")
)
_INSTITUTIONS, _GENERIC, _LINKS, _PARTICLES, _PARTIES, _PARTS = (
    frozenset(_WORDS[k]) for k in ("institutions", "generic", "links", "particles", "parties", "parts")
)
TYPES: dict[str, str] = _WORDS["types"]
ABBREVIATIONS: dict[str, str] = _WORDS["abbreviations"]
_COUNTRIES = knowledge.load("countries.toml")["countries"]
DEMONYMS: dict[str, str] = {word: code for code, c in _COUNTRIES.items() for word in c["demonyms"]}
_BODIES = frozenset(_WORDS["bodies"])
_NO_NAMES = _BETWEEN | _CIVIC | _STREETS | _GENERIC | set(TYPES)
_LONG = 4  # letters: shorter words say nothing about capitals
_ARTICLES = frozenset({"al", "el", "as", "an", "ad", "ar", "ash", "at", "az"})
_MOST_TOKENS = 7
_MOST_SHORT = 3  # tokens of a short form: "W. Va ."
_TOWN = 20_000
_TELLING = 3  # letters of a short form that is no other word


class PlaceName(NamedTuple):
    """Tokens [first, stop) that name a place, what it may be, and what kind the words beside it say."""

    first: int
    stop: int
    words: str
    candidates: tuple[Candidate, ...]
    type: str | None
    score: int


def find_mentions(sentence: Sentence, parsed: Parsed, gazetteer: Gazetteer) -> Iterator[PlaceName]:
    """Yield what may be place names, not yet weighed, in text order; they do not overlap."""
    tokens = sentence.tokens
    at = 0
    while at < len(tokens):
        may_begin = _may_begin(tokens, at) and not _is_outlet(tokens, at, parsed)
        name = _longest(tokens, at, parsed, gazetteer) if may_begin else None
        at = at + 1 if name is None else name.stop - tokens[0].i
        if name is not None:
            yield name


def _may_begin(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if token.text[0].isupper():
        return at > 0 or token.tag in {"NNP", "NNPS"} or token.entity in PLACE_LABELS or _is_shouted(token)
    hyphen = token.lower in _ARTICLES and at + 2 < len(tokens) and tokens[at + 1].text == "-"
    return hyphen and tokens[at + 2].text[0].isupper()


def _is_outlet(tokens: tuple[Token, ...], at: int, parsed: Parsed) -> bool:
    return at > 0 and is_told(parsed.document, tokens[at - 1].text, tokens[at].text)


def _is_shouted(token: Token) -> bool:
    return len(token.text) >= _LONG and token.text.isupper()


def _longest(tokens: tuple[Token, ...], at: int, parsed: Parsed, gazetteer: Gazetteer) -> PlaceName | None:
    """Return the longest name of the gazetteer that begins here, or a name that a type word or a label shows."""
    short = _short_form(tokens, at, parsed, gazetteer)
    if short is not None:
        return short
    ends = list(_ends(tokens, at))
    for end in reversed(ends):
        words = _written(tokens[at:end], parsed)
        if _is_no_name(words):
            continue
        type_, stop = _type_of(tokens, at, end)
        if _is_side(words):
            return PlaceName(tokens[at].i, tokens[0].i + end, words, (), "part", 0)
        candidates = gazetteer.find(words) or _part_of(words, gazetteer)
        if (words.isupper() and len(words) < _LONG) or _is_kind_of(tokens[at:end]):
            candidates = tuple(c for c in candidates if c.place.kind in {"country", "province"})
        if candidates and not _goes_on(tokens, end) and not _is_labelled_on(tokens, end):
            return PlaceName(tokens[at].i, tokens[0].i + stop, words, candidates, type_, 0)
    return _unknown(tokens, at, ends, parsed)


def _is_kind_of(words: tuple[Token, ...]) -> bool:
    """Whether words begin with a kind of place ("City of Leeds"): the name stands behind it, but for states."""
    return len(words) > 1 and words[0].lower in TYPES and words[1].lower == "of"


def _part_of(words: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the places of which the words name a part: "South Leeds", "Greater Lagos", "North-Western Kenya"."""
    part, _, whole = words.partition(" ")
    if part.lower() not in _PARTS or _is_no_name(whole):
        return ()
    return tuple(c for c in gazetteer.find(whole) if c.match == "name" and c.place.population >= _TOWN)


def _is_side(words: str) -> bool:
    """Whether words name a part that any city has: "South Side"."""
    part, _, rest = words.lower().partition(" ")
    return rest == "side" and part in _PARTS


def _is_no_name(words: str) -> bool:
    return words in DEMONYMS or words in _INSTITUTIONS or words.lower() in _NO_NAMES


def _short_form(tokens: tuple[Token, ...], at: int, parsed: Parsed, gazetteer: Gazetteer) -> PlaceName | None:
    """Return a province written short: "Ky.", "W. Va.", "D-S.C.", "NSW". Its words are the full name."""
    for stop in range(min(at + _MOST_SHORT, len(tokens)), at, -1):
        words = _written(tokens[at:stop], parsed)
        if words in ABBREVIATIONS and _shows_short_form(words, tokens, at):
            name = ABBREVIATIONS[words]
            candidates = tuple(c for c in gazetteer.find(name) if c.place.kind == "province")
            return PlaceName(tokens[at].i, tokens[0].i + stop, name, candidates, "province", 0)
    return None


def _shows_short_form(words: str, tokens: tuple[Token, ...], at: int) -> bool:
    """Whether short words stand where a province's name may; what is no other word needs nothing beside it."""
    before = tokens[at - 1].text if at else ""
    if before == "," or tokens[at].entity == "GPE" or (len(words) >= _TELLING and "." not in words[-1:]):
        return True
    if before == "-" and at > 1:
        return tokens[at - 2].text in _PARTIES
    return "." in words and (words.count(".") > 1 or before == "(")


def _is_labelled_on(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the recogniser takes the next word for part of the same place: "Abu" in "Abu Sharma"."""
    if end >= len(tokens) or tokens[end].lower in _NO_NAMES:
        return False
    after, label = tokens[end], tokens[end - 1].entity
    return label in {"GPE", "LOC"} and after.entity == label and after.tag == "NNP" and after.text[0].isupper()


def _goes_on(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a name runs on behind a particle: "Quinta" in "Quinta do Rosmaninho"."""
    return end + 1 < len(tokens) and tokens[end].lower in _PARTICLES and tokens[end + 1].text[0].isupper()


def _unknown(tokens: tuple[Token, ...], at: int, ends: list[int], parsed: Parsed) -> PlaceName | None:
    """Return a name that no gazetteer has, where its label or a type word shows a place."""
    label = tokens[at].entity
    if tokens[at].tag == "DT":  # "The United States": the name stands behind the article
        return None
    for end in reversed(ends):
        inside = all(t.entity == label for t in tokens[at:end])
        type_, stop = _type_of(tokens, at, end)
        words = _written(tokens[at:end], parsed)
        shown = label in {"GPE", "LOC"} or (type_ is not None and label in {"FAC", "ORG", ""})
        named = not _is_no_name(words) and not _is_kind_of(tokens[at:end])
        if named and inside and shown and not _goes_on(tokens, end):
            return PlaceName(tokens[at].i, tokens[0].i + stop, words, (), type_, 0)
    return None


def _ends(tokens: tuple[Token, ...], at: int) -> Iterator[int]:
    """Yield where a name that begins here may end: behind each capitalised word of the run."""
    for end in range(at + 1, min(at + _MOST_TOKENS, len(tokens)) + 1):
        token = tokens[end - 1]
        if token.text[0].isupper() or token.text[1:2] in {"'", "’"}:
            yield end
        elif token.lower not in _LINKS:
            return


def _written(tokens: tuple[Token, ...], parsed: Parsed) -> str:
    words = " ".join(parsed.read((tokens[0].start, tokens[-1].end)).split())
    return words.title() if words.isupper() and len(words) > _LONG else words


def _type_of(tokens: tuple[Token, ...], at: int, end: int) -> tuple[str | None, int]:
    """Return the kind that a word behind or "city of" before the name says, and where the name then ends."""
    if end < len(tokens) and tokens[end].lower in TYPES and tokens[end].text not in _BODIES:
        written_large = tokens[end].text[0].isupper()
        if written_large and end + 1 < len(tokens) and tokens[end + 1].lower == "of":  # "Texas Department of X"
            return None, end
        if not (written_large and end + 1 < len(tokens) and tokens[end + 1].tag == "NNP"):
            return TYPES[tokens[end].lower], end + written_large
    before = [t.lower for t in tokens[max(0, at - 4) : at] if t.lower != "the" and t.text not in _BODIES]
    if (
        len(before) > 1
        and before[-1] == "of"
        and before[-2] in TYPES
        and not _is_one_of_many(tokens[max(0, at - 5) : at])
    ):
        return TYPES[before[-2]], end
    if before and before[-1] in TYPES and not tokens[at - 1].text[0].isupper():
        return TYPES[before[-1]], end
    return None, end


def _is_one_of_many(words: tuple[Token, ...]) -> bool:
    """Whether "district of" names a part without its name ("a district of Leeds"): the name is the city's."""
    return any(t.lower in {"a", "an", "another"} or (t.tag == "NNS" and t.lower[:-1] in TYPES) for t in words)
