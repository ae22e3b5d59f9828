"""Which words of a text name places: gazetteer look-ups weighed with the evidence around them.

The recogniser's labels are one witness of several: a small one misses many
places and takes surnames for towns. A name is kept if evidence for a place
(preposition, "city of", "X province", a country behind a comma, coordination
with a place, size) outweighs evidence against it (a title, a longer name, a
person of that name in the text).
"""

from collections.abc import Iterator
from typing import NamedTuple

from byline import knowledge
from byline.coding.gazetteer import Candidate, Gazetteer
from byline.language.parsed import Parsed, Sentence, Token

_EVIDENCE = knowledge.load("places/evidence.toml")
_STRONG, _WEAK, _BETWEEN = (frozenset(_EVIDENCE[k]) for k in ("strong", "weak", "between"))
_TITLES, _CIVIC, _PEOPLE = (frozenset(_EVIDENCE[k]) for k in ("titles", "civic", "people"))
TYPES: dict[str, str] = _EVIDENCE["types"]
ABBREVIATIONS: dict[str, str] = _EVIDENCE["abbreviations"]
DEMONYMS: dict[str, str] = {
    word: code for code, c in knowledge.load("countries.toml")["countries"].items() for word in c["demonyms"]
}
_PLACE_LABELS = {"GPE": 3, "LOC": 3, "FAC": 2, "": 0, "ORG": -1, "PERSON": -3}
_OTHER_LABEL = -2
_LINKS = frozenset({"of", "and", "the", "de", "la", "le", "du", "del", "el", "al", "upon", "on", "-", "–", "au", "da", "do", "sur", "am"})
_ARTICLES = frozenset({"al", "el", "as", "an", "ad", "ar", "ash", "at", "az"})
_MOST_TOKENS = 7
_ENOUGH = 2
_CITY, _METROPOLIS = 100_000, 1_000_000


class PlaceName(NamedTuple):
    """Tokens [first, stop) that name a place, what it may be, and what kind the words beside it say."""

    first: int
    stop: int
    words: str
    candidates: tuple[Candidate, ...]
    type: str | None
    score: int


def find_names(parsed: Parsed, gazetteer: Gazetteer) -> list[PlaceName]:
    """Return the place names of the document in text order; they do not overlap."""
    persons = _persons(parsed)
    weighed = [n for s in parsed.sentences for n in _in_sentence(s, parsed, gazetteer, persons)]
    sure = {n.words for n in weighed if n.score > _ENOUGH}
    return [n for n in weighed if n.score >= _ENOUGH or (n.words in sure and n.score >= 0)]


def _persons(parsed: Parsed) -> frozenset[str]:
    """Return the words of persons' full names, and names behind a title."""
    tokens = parsed.tokens
    found: set[str] = set()
    for first, stop, label in parsed.entities:
        if label == "PERSON" and stop - first > 1:
            found.update(t.text for t in tokens[first:stop])
    for before, token in zip(tokens, tokens[1:], strict=False):
        if before.lower in _TITLES and before.text[0].isupper() and token.tag == "NNP":
            found.add(token.text)
    return frozenset(found)


def _in_sentence(
    sentence: Sentence, parsed: Parsed, gazetteer: Gazetteer, persons: frozenset[str]
) -> Iterator[PlaceName]:
    tokens = sentence.tokens
    title_case = _is_title_case(tokens)
    at, before = 0, None
    while at < len(tokens):
        name = _longest(tokens, at, parsed, gazetteer) if _may_begin(tokens, at) else None
        if name is None:
            at += 1
            continue
        score = _score(name, tokens, before, persons, title_case=title_case)
        name = name._replace(score=score)
        yield name
        if score >= _ENOUGH:
            before = name
        at = name.stop - tokens[0].i


def _is_title_case(tokens: tuple[Token, ...]) -> bool:
    """Whether nearly all longer words begin with a capital, so that a capital shows nothing."""
    words = [t for t in tokens if t.text.isalpha() and len(t.text) > 3]
    return len(words) > 3 and sum(t.text[0].isupper() for t in words) > 0.8 * len(words)


def _may_begin(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if token.text[0].isupper():
        return token.tag in {"NNP", "NNPS"} or token.entity in {"GPE", "LOC", "FAC"} or at > 0
    hyphen = token.lower in _ARTICLES and at + 2 < len(tokens) and tokens[at + 1].text == "-"
    return hyphen and tokens[at + 2].text[0].isupper()


def _longest(tokens: tuple[Token, ...], at: int, parsed: Parsed, gazetteer: Gazetteer) -> PlaceName | None:
    """Return the longest name of the gazetteer that begins here, or a name that a type word shows."""
    ends = list(_ends(tokens, at))
    for end in reversed(ends):
        words = _written(tokens[at:end], parsed)
        if words in DEMONYMS:
            continue
        type_, stop = _type_of(tokens, at, end)
        candidates = gazetteer.find(ABBREVIATIONS.get(words, words) if at and tokens[at - 1].text == "," else words)
        if candidates:
            return PlaceName(tokens[at].i, tokens[0].i + stop, words, candidates, type_, 0)
    return _unknown(tokens, at, ends, parsed)


def _unknown(tokens: tuple[Token, ...], at: int, ends: list[int], parsed: Parsed) -> PlaceName | None:
    """Return a name that no gazetteer has, where its label or a type word shows a place."""
    label = tokens[at].entity
    for end in reversed(ends):
        inside = all(t.entity == label for t in tokens[at:end])
        type_, stop = _type_of(tokens, at, end)
        words = _written(tokens[at:end], parsed)
        if words not in DEMONYMS and inside and label in {"GPE", "LOC", "FAC", "", "ORG"} and (type_ or label in {"GPE", "LOC"}):
            return PlaceName(tokens[at].i, tokens[0].i + stop, words, (), type_, 0)
    return None


def _ends(tokens: tuple[Token, ...], at: int) -> Iterator[int]:
    """Yield where a name that begins here may end: behind each capitalised word of the run."""
    for end in range(at + 1, min(at + _MOST_TOKENS, len(tokens)) + 1):
        token = tokens[end - 1]
        if token.text[0].isupper():
            yield end
        elif token.lower not in _LINKS and token.text not in {"'", "’", "&"} and token.tag != "POS":
            return


def _written(tokens: tuple[Token, ...], parsed: Parsed) -> str:
    words = " ".join(parsed.words((tokens[0].start, tokens[-1].end)).split())
    return words.title() if words.isupper() and len(words) > 4 else words


def _type_of(tokens: tuple[Token, ...], at: int, end: int) -> tuple[str | None, int]:
    """Return the kind that a word behind or "city of" before the name says, and where the name then ends."""
    if end < len(tokens) and tokens[end].lower in TYPES:
        return TYPES[tokens[end].lower], end + tokens[end].text[0].isupper()
    before = [t.lower for t in tokens[max(0, at - 4) : at] if t.lower != "the"]
    if len(before) > 1 and before[-1] == "of" and before[-2] in TYPES:
        return TYPES[before[-2]], end
    if before and before[-1] in TYPES and not tokens[at - 1].text[0].isupper():
        return TYPES[before[-1]], end
    return None, end


def _score(
    name: PlaceName, tokens: tuple[Token, ...], before: PlaceName | None, persons: frozenset[str], *, title_case: bool
) -> int:
    offset = tokens[0].i
    first, stop = name.first - offset, name.stop - offset
    own = tokens[first:stop]
    score = _PLACE_LABELS.get(own[0].entity, _OTHER_LABEL)
    score += _from_gazetteer(name, own, title_case=title_case)
    score += 3 if name.type else 0
    score += _from_left(tokens, first, before)
    score += _from_right(tokens, stop)
    if name.words in persons and not name.type:
        score -= 3
    if own[0].tag not in {"NNP", "NNPS"}:
        score -= 2
    return score


def _from_gazetteer(name: PlaceName, own: tuple[Token, ...], *, title_case: bool) -> int:
    """Weigh how well known the place is, and how well the name fits it."""
    if not name.candidates:
        return -1
    best = name.candidates[0]
    if best.place.kind in {"country", "region"}:
        return 2
    people = max(c.place.population for c in name.candidates)
    weight = (people >= _METROPOLIS) + (people >= _CITY and not title_case)
    weight += len(own) > 1 and best.match == "name"
    return weight - {"name": 0, "alternate": 0, "variant": 1}[best.match] - title_case


def _from_left(tokens: tuple[Token, ...], first: int, before: PlaceName | None) -> int:
    at = first - 1
    joined = before is not None and 0 < tokens[first].i - before.stop <= 2
    if joined and all(t.lower in {",", "and", "or", "/", "-", "("} for t in tokens[before.stop - tokens[0].i : first]):  # type: ignore[union-attr]
        return 2
    if at < 0:
        return 0
    token = tokens[at]
    if token.lower in _TITLES and token.text[0].isupper():
        return -3
    if token.tag == "NNP" and token.text[0].isupper() and token.lower not in _BETWEEN and token.text not in DEMONYMS:
        return -3
    while at >= 0 and (tokens[at].lower in _BETWEEN or tokens[at].text == "-"):
        at -= 1
    governor = tokens[at].lower if at >= 0 else ""
    return 2 if governor in _STRONG else 1 if governor in _WEAK else 0


def _from_right(tokens: tuple[Token, ...], stop: int) -> int:
    if stop == len(tokens):
        return 0
    after = tokens[stop]
    if after.text[0].isupper() and after.tag in {"NNP", "NNPS"}:
        return 1 if after.lower in _CIVIC else -2
    if after.lemma in _PEOPLE:
        return 1
    behind = tokens[stop + 1].text if after.text == "," and stop + 1 < len(tokens) else ""
    return 2 if behind in _WIDER else 0


_WIDER = frozenset(ABBREVIATIONS) | frozenset(ABBREVIATIONS.values()) | frozenset(
    name for c in knowledge.load("countries.toml")["countries"].values() for name in (*c["names"], *c.get("parts", ()))
)
