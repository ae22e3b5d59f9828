"""How many people a noun phrase counts: its own number, one for a single person, the sum of a list.

Only people count: no money, vehicles, ages, years. A definite single person is one, "no one" zero, a
plural without a number is no count.
"""

from collections.abc import Sequence
from typing import NamedTuple

from byline import knowledge
from byline.coding import syntax
from byline.coding.numbers import Number, digits, number_at
from byline.language.parsed import Parsed, Token
from byline.records import Span

_DATA = knowledge.load("counts.toml")
PEOPLE = frozenset(_DATA["people"]["words"])
_CROWDS, _GROUPS = (frozenset(_DATA["people"][k]) for k in ("crowds", "groups"))
_PRONOUNS = frozenset(_DATA["people"]["pronouns"])
_THINGS = frozenset(_DATA["things"]["words"])
_NOT_PEOPLE = frozenset(_DATA["things"]["entities"])
_ARTICLES = frozenset({"a", "an"})
_ONES = frozenset({"one", "other"})
_NUMBER_DEPS = frozenset({"nummod", "det", "quantmod", "amod", "nmod", "advmod", "predet", "neg"})
_AGES = frozenset({"year", "yr", "month", "week", "day"})
_DECADES = frozenset({"'s", "’s"})  # "in his 20's"
_OWN = frozenset({"det", "nummod", "amod", "poss"})
_OLD = ("y/o", "y.o.")
_NAMES = frozenset({"PERSON", ""})
_AGED = frozenset({"age", "aged", "ages"})
_BETWEEN_AGES = frozenset({",", "and", "or", "to"})
_NEAR = 8  # words of a list of ages
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MOST = 24  # members of a list


class People(NamedTuple):
    """The people that a noun phrase counts.

    ``noun`` is its head, None for a bare number; ``parts`` are the phrases of a coordination, each with its own people.
    ``numbered`` tells of a number in the words: "one person", and not "a man".
    """

    low: int
    best: int | None
    high: int | None
    of: str | None
    span: Span
    end: int
    noun: Token | None = None
    parts: tuple["People", ...] = ()
    numbered: bool = False


def people_of(noun: Token, parsed: Parsed, last: int | None = None) -> People | None:
    """Return the people of a noun phrase and of the phrases coordinated with it up to a word, added up."""
    members = [n for n in of_one_voice(_listed(noun)[: _MOST + 1], parsed) if last is None or n.i < last]
    return _of_list([p for p in (one_phrase(n, parsed) for n in members) if p])


def of_one_voice(nouns: Sequence[Token], parsed: Parsed) -> list[Token]:
    """Return nouns that are counted together: not "6,000 according to police and *15,000* according to organisers"."""
    return [n for n in nouns if not any(t.lower == "according" for t in parsed.tokens[nouns[0].i : n.i])]


def _listed(noun: Token) -> list[Token]:
    """Return the nouns of a list; the parser may take several behind one for another name of that one.

    "His sister, *three small boys and an uncle*".
    """
    found = syntax.coordinated(noun)
    several = (c for n in found if n.tag == "NN" for c in n.all("appos") if c.tag == "NNS" and c.child("conj"))
    return [*found, *(m for c in several for m in syntax.coordinated(c))]


def people_called(noun: Token, parsed: Parsed) -> People | None:
    """Return the people of whom the word before a noun is said: "the slain cook", "slain cooks and waiters"."""
    own = any(c.dep in _OWN for n in syntax.coordinated(noun)[1:] for c in n.children)
    return one_phrase(noun, parsed) if own else people_of(noun, parsed)


def _of_list(found: Sequence[People]) -> People | None:
    """Return the people of a list without names that only say who a number are: "two cooks, Ada Brill and Tom Hale"."""
    for at, people in enumerate(found):
        names = found[at + 1 : at + 1 + people.low]
        if people.low == len(names) > 1 and people.high == people.low and all(_is_name(p) for p in names):
            return added_up([*found[: at + 1], *found[at + 1 + len(names) :]])
    return added_up(found)


def _is_name(people: People) -> bool:
    return people.noun is not None and people.noun.tag == "NNP" and people.high == 1


def added_up(found: Sequence[People]) -> People | None:
    """Return the people of several phrases as one; None if there are none."""
    parts = [part for people in found for part in people.parts or (people,)]
    if len(parts) <= 1:
        return parts[0] if parts else None
    best = sum(p.best for p in parts if p.best is not None) if all(p.best is not None for p in parts) else None
    high = sum(p.high for p in parts if p.high is not None) if all(p.high is not None for p in parts) else None
    end = parts[-1].end
    span = (parts[0].span[0], end)
    numbered = any(p.numbered for p in parts)
    return People(sum(p.low for p in parts), best, high, None, span, end, parts[0].noun, tuple(parts), numbered)


def one_phrase(noun: Token, parsed: Parsed) -> People | None:
    """Return the people of a noun phrase without those coordinated with it."""
    noun = _aged(noun, parsed)
    number = number_of(noun, parsed)
    kind = _kind_of_people(noun, number, parsed)
    if kind.lemma in _THINGS or noun.entity in _NOT_PEOPLE - {"DATE"} or noun.tag == "POS":
        return None
    if noun.lemma in _CROWDS or noun.lower in _GROUPS:
        return strong(noun, parsed) or _crowd(noun, parsed)
    if number is None or parsed.words(number.span).lower() in _ARTICLES:
        return _single(noun, parsed)
    if number.low > 1 and kind.tag == "NNP" and kind.entity != "NORP" and not number.first <= kind.i < number.stop:
        return None
    if number.high == 1 and kind.tag == "NN" and kind.lemma not in PEOPLE and kind.lemma not in _ONES:
        return None
    of = _named(kind, number, parsed)
    return People(number.low, number.best, number.high, of, number.span, kind.end, kind, numbered=True)


def _aged(noun: Token, parsed: Parsed) -> Token:
    """Return who is meant where the parser took a day or an age for the noun: "killed a 12-year-old last Friday"."""
    number = number_at(parsed.tokens, noun.i) if noun.tag == "CD" else None
    if number is not None and _names_one(parsed.tokens, number):
        who = parsed.tokens[number.first - 2]  # "Boy, 17, killed"
        return who if who.lemma in PEOPLE else noun
    if noun.entity not in {"DATE", "TIME"}:
        return noun
    return next((c for c in noun.all("amod") if c.lower == "old" and c.child("npadvmod") is not None), noun)


def _crowd(noun: Token, parsed: Parsed) -> People | None:
    """Return the people of "a crowd of 3,000"."""
    inside = next((p.child("pobj") for p in noun.all("prep") if p.lower == "of"), None)
    number = number_of(inside, parsed) if inside else None
    if inside is None or number is None:
        return None
    kind = _kind_of_people(inside, number, parsed)
    of = _named(kind, number, parsed)
    return People(number.low, number.best, number.high, of, number.span, kind.end, kind, numbered=True)


def _kind_of_people(noun: Token, number: Number | None, parsed: Parsed) -> Token:
    """Return the noun that says who is counted: that after "of" where the head is itself a number."""
    if number is None or not number.first <= noun.i < number.stop:
        return noun
    for inside in parsed.tokens[number.first : number.stop]:
        for child in inside.children:
            if child.dep == "prep" and child.lower == "of" and child.i >= number.stop - 1:
                return child.child("pobj") or noun
    return noun


def _named(kind: Token, number: Number, parsed: Parsed) -> str | None:
    """Return the words for who is counted: "police officers"; None for a bare number."""
    if number.first <= kind.i < number.stop:
        return None
    first = min(
        (c for c in kind.children if c.dep in {"compound", "amod", "nmod"} and number.stop <= c.i < kind.i),
        key=lambda c: c.i,
        default=kind,
    )
    return parsed.words((first.start, kind.end))


def _single(noun: Token, parsed: Parsed) -> People | None:
    """Return one for a single person: a name, a pronoun, a singular noun for a person."""
    named = noun.tag == "NNP" and (noun.entity in _NAMES or noun.text in parsed.persons)
    person = noun.tag in {"NN", "JJ", "UH"} and noun.lemma in PEOPLE  # "Man, 33, dies" has an interjection
    if not (named or person or noun.lower in _PRONOUNS):
        return None
    left = [c for c in noun.children if c.i < noun.i and c.dep in {"det", "poss", "compound", "amod"}]
    span = (min([noun.start, *(c.subtree()[0].start for c in left)]), noun.end)
    return People(1, 1, 1, parsed.words(noun.span) if person else None, span, noun.end, noun)


def number_of(noun: Token, parsed: Parsed) -> Number | None:
    """Return the number of a noun phrase: the noun's own, or that of a word before it."""
    for token in (*(c for c in noun.children if c.dep in _NUMBER_DEPS and c.i < noun.i), noun):
        number = number_at(parsed.tokens, token.i)
        if number and _belongs(number, noun, parsed.tokens):
            return number
    return None


def _belongs(number: Number, noun: Token, tokens: Sequence[Token]) -> bool:
    """Whether a number is the noun's: inside its phrase, and no age or money."""
    words = tokens[number.first : number.stop]
    if any(w.entity in {"MONEY", "PERCENT"} for w in words):
        return False
    if _is_age(number, tokens) or _is_date(number, noun, tokens):
        return False
    following = tokens[number.stop] if number.stop < len(tokens) else None
    return number.stop <= noun.i + 1 or (following is not None and number.first <= noun.i)


def _is_age(number: Number, tokens: Sequence[Token]) -> bool:
    """Whether a number is how old somebody is: "another 15-year-old", "Ada Brill, 34"."""
    behind = [t.lemma for t in tokens[number.stop : number.stop + 4] if t.tag != "HYPH"]
    if "".join(behind[:3]).startswith(_OLD):
        return True
    if behind[:1] and (behind[0] in _DECADES or (behind[0] in _AGES and "old" in behind[:2])):
        return True
    at = number.first - 1
    while at > 0 and number.first - at < _NEAR and (tokens[at].lower in _BETWEEN_AGES or tokens[at].tag == "CD"):
        at -= 1
    return _names_one(tokens, number) or tokens[at].lower in _AGED or _is_of_ages(tokens[at : number.stop])


def _is_of_ages(words: Sequence[Token]) -> bool:
    """Whether several numbers stand behind a comma after a word for people: "her sons, 10 and 12"."""
    several = sum(w.tag == "CD" for w in words) > 1
    return several and words[0].tag == "NNS" and words[0].lemma in PEOPLE and words[1].text == ","


def _names_one(tokens: Sequence[Token], number: Number) -> bool:
    """Whether a number stands between commas behind a name or a word for one person."""
    before = tokens[max(0, number.first - 2) : number.first]
    if len(before) != 2 or before[1].text != ",":  # noqa: PLR2004 - a name and a comma
        return False
    if before[0].tag == "NNP":
        return True
    closed = number.stop < len(tokens) and tokens[number.stop].text == ","
    return closed and before[0].tag in {"NN", "JJ", "CD", "UH"} and before[0].lemma in PEOPLE | _ONES


def _is_date(number: Number, noun: Token, tokens: Sequence[Token]) -> bool:
    """Whether a number is a year or the day of a month: "the first death of 2015", "the 2015 murder", "June 29"."""
    token, before = tokens[number.first], tokens[max(0, number.first - 1)]
    if number.stop != number.first + 1 or not token.text.isdigit():
        return False
    year = _FIRST_YEAR <= int(token.text) < _LAST_YEAR and (token.dep == "pobj" or noun.tag == "NN")
    return year or (before is not token and before.tag == "NNP" and before.entity == "DATE" == token.entity)


def bare(number: Number) -> People:
    """Return the people of a number without a noun for them."""
    return People(number.low, number.best, number.high, None, number.span, number.span[1], numbered=True)


def strong(noun: Token, parsed: Parsed) -> People | None:
    """Return the number of "a 3,000-strong crowd"."""
    for token in parsed.tokens[max(0, noun.i - 5) : noun.i]:
        if token.lower == "strong" or token.lower.endswith("-strong"):
            own = token.lower.removesuffix("strong").rstrip("-")
            words = [t.lower for t in parsed.tokens[max(0, token.i - 4) : token.i] if t.text != "-"]
            found = _read_strong(own, words)
            if found is not None:
                first = token if own else parsed.tokens[token.i - 2]
                return People(found, found, found, None, (first.start, token.end), noun.end, numbered=True)
    return None


def _read_strong(own: str, before: list[str]) -> int | None:
    value = digits(own or (before[-1] if before else ""))
    return int(value) if value is not None else None
