"""Who is counted once: mentions of single people killed or wounded, told apart by what the words say.

Two mentions are two people only if something says so: other names, ages or
sexes, "another", or that both stand in one list.
Otherwise they may be one person, and count once.
"""

from dataclasses import dataclass, field

from byline import knowledge
from byline.coding.actors.cast import Cast
from byline.coding.people import People
from byline.language.parsed import Token

_WORDS = knowledge.load("tolls.toml")
_OTHER = frozenset(_WORDS["other"])
_SEX = {word: sex for sex, words in _WORDS["sex"].items() for word in words}
_GROWN = {word: grown for grown, words in _WORDS["grown"].items() for word in words}
_DESCRIBED = frozenset(_WORDS["described"]) | _GROWN.keys()
_OLDEST = 120
_ARTICLES = frozenset({"a", "an"})
_OWNERS = frozenset({"his", "her", "their", "its"})
_FINAL = frozenset({"killed", "wounded"})
_NAME = frozenset({"compound", "flat", "nmod"})


@dataclass(frozen=True, slots=True)
class Traits:
    """What a mention says of the person: any of these may tell two people apart."""

    actor: str | None
    names: frozenset[str]
    ages: frozenset[int]
    sexes: frozenset[str]
    grown: frozenset[str]
    other: bool
    sentence: int = -1
    start: int = -1
    new: bool = False


_NOTHING_SAID = Traits(None, frozenset(), frozenset(), frozenset(), frozenset(), other=False)


@dataclass(slots=True)
class Victim:
    """A person, with all that the mentions say of them."""

    people: People
    mentions: list[Traits] = field(default_factory=list)
    fates: set[str] = field(default_factory=set)

    def may_be(self, traits: Traits) -> bool:
        """Whether nothing in the words tells the person apart from another mention."""
        return not any(_apart(own, traits) for own in self.mentions)

    def is_surely(self, traits: Traits) -> bool:
        """Whether the mention names the same actor, or a part of the same name, or gives the same age."""
        return any(
            bool(own.names & traits.names)
            or (own.actor is not None and own.actor == traits.actor)
            or (bool(own.ages & traits.ages) and self.may_be(traits))
            for own in self.mentions
        )

    def suits(self, fate: str) -> int:
        """Return how well a mention with a fate goes with what is told already: the same, nothing final, another."""
        if fate in self.fates or not self.fates & _FINAL:
            return 1 + (fate in self.fates)
        return int(fate not in _FINAL)


def traits_of(people: People, cast: Cast | None) -> Traits:
    """Return what the words say of the single person that they count."""
    noun = people.noun
    if noun is None:
        return _NOTHING_SAID
    own = [noun, *(c for c in noun.children if (c.i < noun.i and c.dep != "poss") or c.dep == "appos")]
    words = [w for t in own for w in (t.lemma, t.lower)]
    names = frozenset(t.lower for t in own if t.entity == "PERSON" and (t is noun or t.dep in _NAME))
    return Traits(
        cast.at(noun) if cast else None,
        names if noun.entity == "PERSON" and noun.lower not in _DESCRIBED else frozenset(),
        frozenset(_ages(noun)),
        _read(words, _SEX),
        frozenset() if any(t.lower == "young" for t in own) else _read(words, _GROWN),
        other=any(t.lower in _OTHER for t in own) and not _is_another_than_the_doer(noun),
        sentence=noun.sentence if cast else -1,
        start=noun.start,
        new=_is_brought_up(noun),
    )


def _is_brought_up(noun: Token) -> bool:
    """Whether the words bring up somebody whom their sentence has not told of before: "a driver", "his brother"."""
    if noun.dep == "conj" and noun.child("det", "poss") is None and noun.entity != "PERSON":
        return _is_brought_up(noun.head)
    articles = (c.lower in _ARTICLES for c in noun.all("det"))
    return any(articles) or any(c.lower in _OWNERS for c in noun.all("poss"))


def _is_another_than_the_doer(noun: Token) -> bool:
    """Whether a victim is told from who did it: "charged with the murder of another boy", "a boy killed another"."""
    if noun.dep == "pobj" and noun.head.lower == "of":
        return True
    doers = [*noun.head.all("nsubj"), *noun.ancestors()] if noun.dep == "dobj" else []
    return any(t.lower == noun.lower for t in doers)


def _read(words: list[str], table: dict[str, str]) -> frozenset[str]:
    return frozenset(table[w] for w in words if w in table)


def _ages(noun: Token) -> list[int]:
    """Return the ages beside a noun: "34-year-old man", "Ada Brill, 34,"."""
    near = [noun, *noun.children, *(g for c in noun.children if c.i < noun.i for g in (*c.children, *_grand(c)))]
    years = [t for t in near if t.tag == "CD" and t.text.isdigit() and int(t.text) <= _OLDEST]
    return [int(t.text) for t in years if t.dep == "appos" or t.head.lemma == "year"]


def _grand(token: Token) -> list[Token]:
    return [g for c in token.children for g in c.children]


def _apart(first: Traits, second: Traits) -> bool:
    later = max(first, second, key=lambda t: t.start)
    if later.new and first.sentence == second.sentence != -1 and first.start != second.start:
        return True
    return any(
        bool(a) and bool(b) and not a & b
        for a, b in (
            (first.names, second.names),
            (first.ages, second.ages),
            (first.sexes, second.sexes),
            (first.grown, second.grown),
        )
    )


def told_apart(mentions: list[tuple[People, Traits, str, int]]) -> list[Victim]:
    """Return the distinct people of mentions in text order: people, traits, fate, and the number of their list.

    A mention joins the person that it surely is, else of those whom it may be one of the same fate, the last of them.
    """
    victims: list[Victim] = []
    taken: dict[int, int] = {}
    for people, traits, fate, phrase in mentions:
        free = [v for v in victims if taken.get(id(v)) != phrase]
        home = next((v for v in free if v.is_surely(traits)), None)
        if home is None and not traits.other:
            home = max((v for v in reversed(free) if v.may_be(traits)), key=lambda v: v.suits(fate), default=None)
        if home is None:
            home = Victim(people)
            victims.append(home)
        home.mentions.append(traits)
        home.fates.add(fate)
        taken[id(home)] = phrase
    return victims
