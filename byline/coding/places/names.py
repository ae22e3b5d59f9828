"""Which words of a text name places: gazetteer look-ups weighed with the evidence around them.

The recogniser's labels are one witness of several: a small one misses many
places and takes surnames for towns. A name is kept if evidence for a place
(preposition, "city of", "X province", a country behind a comma, coordination
with a place, size) outweighs evidence against it (a title, a longer name, a
person of that name in the text).
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, takewhile

from byline import knowledge
from byline.coding.places.gazetteer import Candidate, Gazetteer
from byline.coding.places.mentions import ABBREVIATIONS, DEMONYMS, PlaceName, find_mentions
from byline.language.parsed import DASHES, PLACE_LABELS, Parsed, Sentence, Token

_EVIDENCE = knowledge.load("places/evidence.toml")
_STRONG, _WEAK, _BETWEEN = (frozenset(_EVIDENCE[k]) for k in ("strong", "weak", "between"))
_TITLES, _CIVIC, _FORCES, _PEOPLE, _STREETS, _GOVERNORS, _PERSONS_DO = (
    frozenset(_EVIDENCE[k]) for k in ("titles", "civic", "forces", "people", "streets", "governors", "persons_do")
)
_STRIKING, _STRUCK, _MARKED, _SHELLED, _SCENES = (
    frozenset(_EVIDENCE["scene"][k]) for k in ("by", "struck", "marked", "shelled", "as")
)
_FIRST_NAMES = frozenset(chain.from_iterable(knowledge.load("first_names.toml").values()))
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PARTIES = frozenset(knowledge.load("places/names.toml")["parties"])
_COUNTRIES = knowledge.load("countries.toml")["countries"]
_COUNTRY_WORDS = DEMONYMS | {name: code for code, c in _COUNTRIES.items() for name in c["names"]}
_WIDER = {*ABBREVIATIONS, *ABBREVIATIONS.values(), *_COUNTRY_WORDS} - set(DEMONYMS)
_JOINTS = frozenset({",", "and", "or", "/", "&"})
_WEIGHTS: dict[str, int] = _EVIDENCE["weights"]
_LABELS: dict[str, int] = _EVIDENCE["labels"]
_DATELINE_TOKENS = 12
_JOINT_TOKENS = 2  # ", and"
_LONG = 4  # letters: shorter words say nothing about capitals
_MOST_BEHIND = 6
_ENOUGH = 2
_SURE_SIGN = 2
_ACRONYM = 5  # letters
_HALF = -1  # enough for a name that is surely a place elsewhere in the text
_TOWN, _CITY, _METROPOLIS = 20_000, 100_000, 1_000_000


def find_names(parsed: Parsed, gazetteer: Gazetteer, home: tuple[Candidate, ...] = ()) -> list[PlaceName]:
    """Return the place names of the document in text order; they do not overlap.

    ``home`` are the places that the publication may be named after: it writes of them.
    """
    persons, countries = _persons(parsed), _countries(parsed)
    weighed = [n for s in parsed.sentences for n in _in_sentence(s, parsed, gazetteer, persons)]
    weighed = [n._replace(score=n.score + _in_context(n, countries, home)) for n in weighed]
    people = _more_often_people(weighed, parsed)
    weighed = [n._replace(score=n.score + _WEIGHTS["more_often_people"]) if n.words in people else n for n in weighed]
    weighed = _with_neighbours(_with_neighbours(weighed, parsed)[::-1], parsed)[::-1]
    sure = {n.words for n in weighed if n.score > _ENOUGH}
    return [n for n in weighed if n.score >= _ENOUGH or (n.words in sure and n.score >= _HALF)]


def _more_often_people(names: list[PlaceName], parsed: Parsed) -> frozenset[str]:
    """Return the names that are people's more often than places', over the whole document.

    So says the recogniser, or, twice as sure, what they do.
    """
    votes: Counter[str] = Counter()
    for name in names:
        label = parsed.tokens[name.first].entity
        votes[name.words] += (label == "PERSON") - (label in PLACE_LABELS)
        votes[name.words] += _SURE_SIGN * _acts_as_person(parsed.tokens[name.stop - 1])
    return frozenset(words for words, vote in votes.items() if vote > 1)


def _acts_as_person(token: Token) -> bool:
    return token.dep in _SUBJECTS and token.head.lemma in _PERSONS_DO


def _countries(parsed: Parsed) -> frozenset[str]:
    """Return the countries that the text names, or whose people it names."""
    return frozenset(_COUNTRY_WORDS[t.text] for t in parsed.tokens if t.text in _COUNTRY_WORDS)


def _in_context(name: PlaceName, countries: frozenset[str], home: tuple[Candidate, ...]) -> int:
    """Return one for a town in a country that the text speaks of, and more for the publication's home."""
    spoken_of = any(c.place.country in countries and c.place.population >= _TOWN for c in name.candidates)
    return spoken_of + (_WEIGHTS["home"] if any(c in home for c in name.candidates) else 0)


def _with_neighbours(names: list[PlaceName], parsed: Parsed) -> list[PlaceName]:
    """Return the names with the weight of the one before, where it is a place and "," or "and" joins the two."""
    found: list[PlaceName] = []
    for name in names:
        before = found[-1] if found else None
        joined = before is not None and before.score >= _ENOUGH and _are_joined(before, name, parsed)
        found.append(name._replace(score=name.score + _WEIGHTS["joined_to_place"]) if joined else name)
    return found


def _are_joined(name: PlaceName, other: PlaceName, parsed: Parsed) -> bool:
    between = parsed.tokens[min(name.stop, other.stop) : max(name.first, other.first)]
    return 0 < len(between) <= _JOINT_TOKENS and all(t.lower in _JOINTS for t in between)


def _persons(parsed: Parsed) -> frozenset[str]:
    """Return the words of persons' full names, and names behind a title."""
    tokens = parsed.tokens
    found: set[str] = set()
    for first, stop, label in parsed.entities:
        if label == "PERSON" and stop - first > 1:
            found.update(t.text for t in tokens[first:stop])
    titled = False
    for token in tokens:
        name = token.tag == "NNP" and token.text[0].isupper()
        if titled and name:
            found.add(token.text)
        titled = token.text[0].isupper() and (token.lower in _TITLES or (titled and name))
    return frozenset(found)


def _in_sentence(
    sentence: Sentence, parsed: Parsed, gazetteer: Gazetteer, persons: frozenset[str]
) -> Iterator[PlaceName]:
    tokens = sentence.tokens
    title_case = _is_title_case(tokens)
    dateline = len(tokens) if sentence.paragraph in parsed.datelines else _dateline(tokens)
    for name in find_mentions(sentence, parsed, gazetteer):
        at = name.first - tokens[0].i
        score = _WEIGHTS["dateline"] if at < dateline else _score(name, tokens, persons, title_case=title_case)
        yield name._replace(score=score)


def _dateline(tokens: tuple[Token, ...]) -> int:
    """Return how many tokens of a sentence name its place: "MOSUL, Iraq" in "MOSUL, Iraq (Agency) —"; 0 for none."""
    bracket = 0
    for at, token in enumerate(tokens[:_DATELINE_TOKENS]):
        if token.text in DASHES and token.start > tokens[at - 1].end:
            return bracket or at
        if token.text == "(":
            bracket = bracket or at
        if token.pos in {"VERB", "AUX", "PRON", "DET", "ADP"} and not token.text.isupper():
            break
    return 0


def _is_title_case(tokens: tuple[Token, ...]) -> bool:
    """Whether nearly all longer words begin with a capital, so that a capital shows nothing."""
    words = [t for t in tokens if t.text.isalpha() and len(t.text) >= _LONG]
    return len(words) >= _LONG and sum(t.text[0].isupper() for t in words) > 0.8 * len(words)


def _score(name: PlaceName, tokens: tuple[Token, ...], persons: frozenset[str], *, title_case: bool) -> int:
    """Weigh the evidence; a label against a place counts for less behind a preposition of place, or at a scene."""
    offset = tokens[0].i
    first, stop = name.first - offset, name.stop - offset
    own = tokens[first:stop]
    led = _from_left(tokens, first)
    label = _LABELS.get(own[0].entity, _LABELS["other"])
    scene = _is_scene(own[-1])
    score = led + (max(label, -1) if scene or led >= _WEIGHTS["preposition_of_movement"] else label)
    score += _from_gazetteer(name, own, title_case=title_case) + _from_right(tokens, stop)
    if name.type:
        score += _WEIGHTS["kind_beside_it"]
    elif name.words in persons:
        score += _WEIGHTS["known_person"]
    if name.words.lower() in _FIRST_NAMES and _may_be_first_name(led, tokens[stop : stop + 1]):
        score += _WEIGHTS["first_name"]
    if _is_acronym(name, own) and not title_case:
        score += _WEIGHTS["acronym"]
    score += _WEIGHTS["acts_as_person"] * _acts_as_person(own[-1])
    score += _WEIGHTS["scene"] * (scene or (first == 0 and [t.text for t in tokens[stop : stop + 1]] == [":"]))
    return score + (0 if own[0].tag in {"NNP", "NNPS"} else _WEIGHTS["no_proper_noun"])


def _is_scene(token: Token) -> bool:
    """Whether something happens to a name that happens to towns: a blast shook X; X was the scene, is marked by it."""
    verb = token.head
    if token.dep in {"dobj", "nsubjpass"} and verb.lemma in _SHELLED:
        return True
    if token.dep == "dobj" and verb.lemma in _STRUCK:
        return any(s.lemma in _STRIKING for s in verb.all("nsubj"))
    if token.dep == "nsubjpass" and verb.lemma in _MARKED:
        return any(o.lemma in _STRIKING for p in verb.all("agent") for o in p.all("pobj"))
    return token.dep == "nsubj" and any(a.lemma in _SCENES for a in verb.all("attr"))


def _may_be_first_name(led: int, behind: tuple[Token, ...]) -> bool:
    """Whether no preposition leads to a name, or a surname stands behind it; no first name has a police force."""
    if any(t.lower in _FORCES for t in behind):
        return False
    return led <= 0 or any(map(_is_large, behind))


def _is_acronym(name: PlaceName, own: tuple[Token, ...]) -> bool:
    """Whether the name is a short word in capitals and neither a country nor a province."""
    short = len(own) == 1 and len(own[0].text) <= _ACRONYM and own[0].text.isupper()
    return short and (not name.candidates or name.candidates[0].place.kind == "place")


def _from_gazetteer(name: PlaceName, own: tuple[Token, ...], *, title_case: bool) -> int:
    """Weigh how well known the place is, and how well the name fits it."""
    if not name.candidates:
        return _WEIGHTS["unknown_name"]
    best = name.candidates[0]
    if best.place.kind in {"country", "region"}:
        return _WEIGHTS["country_or_region"]
    people = max(c.place.population for c in name.candidates)
    weight = (people >= _METROPOLIS) + (people >= _CITY and not title_case)
    weight += len(own) > 1 and best.match == "name"
    return weight + _WEIGHTS["other_spelling"] * (best.match == "variant") - title_case


def _from_left(tokens: tuple[Token, ...], first: int) -> int:
    at = first - 1
    if at < 0:
        return 0
    token = tokens[at]
    if token.text[0].isupper() and (token.lower in _TITLES or _is_name(token)):
        return _WEIGHTS["behind_title_or_name"]
    if token.text == "-" and at and tokens[at - 1].text in _PARTIES:
        return _WEIGHTS["party"]
    while at >= 0 and (tokens[at].lower in _BETWEEN or tokens[at].text == "-"):
        at -= 1
    return _as_preposition(tokens[at]) if at >= 0 else 0


def _is_name(token: Token) -> bool:
    return token.tag == "NNP" and token.lower not in _BETWEEN and token.text not in DEMONYMS


def _as_preposition(token: Token) -> int:
    """Weigh the word that a name hangs on, or is the object of."""
    if token.lower in _STRONG:
        return _WEIGHTS["strong_preposition"]
    if token.lower not in _WEAK:
        return 0
    return _WEIGHTS["preposition_of_movement" if token.head.lemma in _GOVERNORS else "weak_preposition"]


def _from_right(tokens: tuple[Token, ...], stop: int) -> int:
    if stop == len(tokens):
        return 0
    after = tokens[stop]
    if after.lower in _FORCES:
        return _WEIGHTS["force"]
    if _is_large(after):
        return _WEIGHTS[_kind_of_longer_name(tokens[stop : stop + _MOST_BEHIND])]
    if after.lemma in _PEOPLE:
        return _WEIGHTS["its_people"]
    if after.text in {",", "("} or after.lower == "in":
        behind = stop + 1
        while behind < len(tokens) and tokens[behind].lower in _BETWEEN:
            behind += 1
        return _WEIGHTS["wider_place_behind"] if behind < len(tokens) and tokens[behind].text in _WIDER else 0
    return 0


def _kind_of_longer_name(behind: tuple[Token, ...]) -> str:
    """Return the weight of a name that goes on: a street's, that of an office or body of the place, or another."""
    rest = [t.lower for t in takewhile(_is_large, behind)]
    if rest[0] in _STREETS and not any(word in _CIVIC for word in rest[1:2]):
        return "street"
    return "civic" if any(word in _CIVIC or word in _TITLES for word in rest) else "longer_name"


def _is_large(token: Token) -> bool:
    return token.text[0].isupper() and token.tag in {"NNP", "NNPS"}
