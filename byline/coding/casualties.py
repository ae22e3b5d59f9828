"""The words that tell of people killed, wounded or struck, and how many there are."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from byline import knowledge
from byline.coding.actors.cast import Cast
from byline.coding.counts import KILLING, ONESELF, counted, is_fatal
from byline.coding.people import People, number_of
from byline.coding.status.settling import settle
from byline.language.parsed import TIME_LABELS, Parsed, Token
from byline.records import HAPPENED

_WORDS = knowledge.load("tolls.toml")
_OPEN, _OPEN_NOUNS, _OTHER, _DEATHS, _CERTAIN, _TRIED, _WITH_KILLER, _STATISTICS = (
    frozenset(_WORDS[k])
    for k in ("open", "open_nouns", "other", "deaths", "certain", "tried", "with_killer", "statistics")
)
_TIMES: dict[str, int] = _WORDS["times"]
_RANKS = {word: rank for word, rank in knowledge.load("numbers.toml")["ordinals"].items() if rank > 1}
_ENDS_WITH_KILLER = frozenset(phrase.split()[-1] for phrase in _WITH_KILLER)
_PERIODS = frozenset(tuple(p.split()) for p in _WORDS["periods"])
_CAUSES, _SEPARATE, _SHOOTINGS = (frozenset(_WORDS[k]) for k in ("other_causes", "separate", "shootings"))
_SINCE: tuple[str, ...] = tuple(_WORDS["since"])
_CAUSED = frozenset({"from", "in", "of"})
_YEAR = re.compile(r"(?:19|20)\d\d")
ANYBODY = frozenset(_WORDS["anybody"])
_ANYONE, _PARTS = (frozenset(_WORDS[k]) for k in ("anyone", "parts"))
_KILLERS, _OWN_HAND, _POLICE = (frozenset(_WORDS[k]) for k in ("killers", "own_hand", "police"))
HURT = frozenset({"killed", "wounded"})
_ORDINALS = frozenset(_WORDS["ordinals"])
_INDEFINITE = frozenset({"a", "an", "any", "another"})
_NUMBERED = 4  # words before a period among which the happening is numbered
STRUCK, DEATH = "struck", "death"


class Casualty(NamedTuple):
    """Words that count people killed, wounded or struck (shot, with the outcome open), or that tell of a death."""

    fate: str
    word: Token
    people: People
    cast: Cast | None = None

    @property
    def singles(self) -> tuple[People, ...]:
        """The single people of the phrase, a list's members each."""
        parts = self.people.parts or (self.people,)
        return tuple(p for p in parts if p.low == p.high == 1 and self.fate != DEATH)

    @property
    def is_others(self) -> bool:
        """Whether those counted are others than those before: "two others", "three more people"."""
        noun = self.people.noun
        return noun is not None and any(t.lower in _OTHER for t in (noun, *noun.children))

    @property
    def is_killers(self) -> bool:
        """Whether it is the killer who died: "then shot himself", "the gunman died", "he was killed by police"."""
        noun, agent = self.people.noun, self.word.child("agent")
        by = agent.child("pobj") if agent is not None else None
        if noun is not None and noun.dep == "dobj" and noun.head is self.word:
            by = self.word.child("nsubj")
        near = {t.lower for c in self.word.children for t in (c, *c.children) if t is not noun}
        named = noun is not None and not (_KILLERS | ONESELF).isdisjoint(t.lemma for t in (noun, *noun.children))
        return named or not _OWN_HAND.isdisjoint(near) or (by is not None and by.lemma in _POLICE)

    @property
    def is_of_object(self) -> bool:
        """Whether it is told who killed those counted: "he killed nine people"."""
        noun = self.people.noun
        held = noun is not None and noun.dep == "dobj" and noun.head is self.word
        return held and self.word.lemma in KILLING | _OPEN

    @property
    def is_without_killer(self) -> bool:
        """Whether those counted are a killer's victims: "he killed nine people", "nine guards died"."""
        noun = self.people.noun
        if noun is None or any(p.noun is not None and p.noun.lower in _OWN_HAND for p in self.people.parts):
            return False
        if self.is_of_object or self.word.child("agent") is not None:
            return True
        return not self.people.parts and noun.tag != "CD" and noun.lemma not in ANYBODY | _ANYONE


def find_casualties(parsed: Parsed, cast: Cast | None) -> Iterator[Casualty]:
    """Yield all words that count people killed or wounded, in text order; statistics left out.

    ``cast`` is that of the words, which a headline has not.
    """
    for word in parsed.tokens:
        found = list(counted(word, parsed))
        deaths = _last_of_dead(found) if word.is_verb else _deaths_told(word, parsed)
        if deaths and not (word.tag == "NNS" and _is_statistic(word, parsed)):
            yield Casualty(DEATH, word, People(deaths, None, None, None, word.span, word.end), cast)
        for what, people in found:
            if _is_either(word) or (what == "killed" and _is_of_other_cause(word)):
                continue
            if what in HURT and not (people.low > 1 and _is_statistic(word, parsed)):
                yield Casualty(STRUCK if what == "wounded" and _is_open(word) else what, word, people, cast)


def _deaths_told(word: Token, parsed: Parsed) -> int:
    """Return how many deaths at least a noun tells of that counts no victims, 0 if it tells of none.

    "a fatal shooting", "a double murder", "two counts of murder", "a murder-suicide".
    """
    deadly = word.lemma in _OPEN and word.tag[:2] == "NN" and is_fatal(word)
    told = word.lower in _ENDS_WITH_KILLER or word.lemma in _DEATHS or deadly
    tried = any(c.lower in _TRIED for c in word.children)
    if not told or tried or _is_of_life_and_death(word) or _is_only_possible(word, parsed):
        return 0
    times = max((_TIMES.get(c.lower, 0) for c in word.children if not (deadly and _is_of_struck(c, word))), default=0)
    phrase = [t.lower for t in parsed.tokens[max(0, word.i - 2) : word.i + 1] if t.tag != "HYPH"]
    if word.lower in _WITH_KILLER or " ".join(phrase[-2:]) in _WITH_KILLER:
        return max(1, times) + 1
    if word.dep == "compound" or (word.tag == "NNS" and _is_of_any(word)):
        return times
    return max(times, _charged(word, parsed), 1)


def _is_of_struck(times: Token, noun: Token) -> bool:
    """Whether a word tells how many were struck, and not how many died: "a fatal double shooting"."""
    return times.i == noun.i - 1


def _is_of_life_and_death(noun: Token) -> bool:
    """Whether a death is named beside life, and so nobody's: "it is a matter of life and death"."""
    return noun.lower == "death" and noun.dep == "conj" and noun.head.lower == "life"


def _is_only_possible(noun: Token, parsed: Parsed) -> bool:
    """Whether a death is only one of two ends, or what might be: "causing injury or death", "could be a fatality"."""
    either = next((t for t in (noun.head, noun) if any(c.dep == "cc" and c.lower == "or" for c in t.children)), None)
    if either is not None and (either is noun or noun.dep == "conj"):
        return True
    if noun.dep not in {"attr", "dobj"} or not all(c.lower in _INDEFINITE for c in noun.all("det", "poss")):
        return False
    return settle(noun.head, parsed)[0] not in HAPPENED


def _last_of_dead(found: Iterable[tuple[str, People]]) -> int:
    """Return how many deaths at least are told by who a verb counts: "the third victim died"; 0 if none are."""
    return max((_rank(people) for what, people in found if what == "killed"), default=0)


def _rank(people: People) -> int:
    """Return the number of a victim: "a third victim" died after two others."""
    noun = people.noun
    ordinals = (_RANKS.get(c.lower, 0) for c in noun.children) if noun is not None and noun.lemma in ANYBODY else ()
    return max(ordinals, default=0)


def _is_of_any(noun: Token) -> bool:
    """Whether a plural is of no deaths in particular: "too many killings", "deaths in road accidents"."""
    own = (c for c in noun.children if c.dep in {"nummod", "poss"} and c.entity not in TIME_LABELS)
    return next(own, None) is None and _CERTAIN.isdisjoint(c.lower for c in noun.children)


def _charged(noun: Token, parsed: Parsed) -> int:
    """Return how many counts of a deed somebody is charged with: "two counts of murder"."""
    number = number_of(noun.head.head, parsed) if is_charge(noun) else None
    return number.low if number else 0


def is_charge(noun: Token) -> bool:
    """Whether a deed is named as what somebody is charged with: "counts of murder"."""
    return noun.dep == "pobj" and noun.head.head.lemma == "count"


def _is_open(word: Token) -> bool:
    return word.lemma in _OPEN or (word.tag[:2] == "NN" and word.lemma in _OPEN_NOUNS)


def _is_statistic(word: Token, parsed: Parsed) -> bool:
    """Whether a number is of a year and no single happening: "the 41 people killed so far this year"."""
    tokens = parsed.sentence_of(word).tokens
    pairs = [(a, b) for a, b in pairwise(tokens) if (a.lower, b.lower) in _PERIODS]
    several = any(t.tag == "NNS" and _is_of_several(t) for t in tokens)
    since = any(_is_since_a_year(t, parsed) for t in tokens)
    words = several or since or any(t.lower in _STATISTICS for t in tokens)
    return words or any(not _is_one_of_many(a, parsed) for a, _ in pairs)


def _is_of_other_cause(word: Token) -> bool:
    """Whether somebody died of what is no violence: "was killed in a car crash", "died of natural causes"."""
    causes = (o for p in word.all("prep") if p.lower in _CAUSED for o in p.all("pobj"))
    return any(
        " ".join(pair) in _CAUSES for o in causes for pair in (*((c.lower, o.lemma) for c in o.children), (o.lemma,))
    )


def _is_one_of_many(period: Token, parsed: Parsed) -> bool:
    """Whether a period says of which happening the words are: "the third raid *this year*"."""
    before = parsed.tokens[max(0, period.i - _NUMBERED) : period.i]
    return any(t.lower in _ORDINALS for t in before)


def _is_either(verb: Token) -> bool:
    """Whether a verb tells of one fate or another: "four people were wounded or killed"."""
    first = verb.head if verb.dep == "conj" else verb
    return verb.is_verb and any(c.dep == "cc" and c.lower == "or" for c in first.children)


def _is_of_several(happenings: Token) -> bool:
    """Whether a plural is of happenings apart: "in separate incidents", "in shootings across the city"."""
    own = happenings.all("amod", "det", "nummod", "poss")
    if any(c.lower in _SEPARATE for c in own):
        return True
    bare = happenings.dep == "pobj" and happenings.head.lower in _CAUSED
    return bare and happenings.lemma in _SHOOTINGS and not any(c.dep in {"det", "poss"} for c in own)


def _is_since_a_year(token: Token, parsed: Parsed) -> bool:
    """Whether a token is a year up to which or from which all is counted: "since 2003", "so far in 2014"."""
    before = " ".join(t.lower for t in parsed.tokens[max(0, token.i - 2) : token.i])
    return _YEAR.fullmatch(token.text) is not None and before.endswith(_SINCE)


def is_part(people: People, parsed: Parsed) -> bool:
    """Whether the words around a number say that it is of a part: "three of them"."""
    words = parsed.covering(people.span)  # none of a number in the headline, which stands for the whole
    around = parsed.tokens[max(0, words[0].i - 1) : words[-1].i + 2] if words else []
    return not _PARTS.isdisjoint(t.lower for t in around)
