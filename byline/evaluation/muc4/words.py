"""The word classes of MUC-4's sets: what a noun is as a target, an instrument, somebody who does it."""

from functools import cache

from byline import knowledge
from byline.coding.actors.mentions import phrase_of
from byline.language.parsed import Token

DATA = knowledge.load("muc4.toml")
VAGUE, PLACES = frozenset(DATA["vague"]["heads"]), frozenset(DATA["vague"]["places"])
FORCES = frozenset(DATA["vague"]["forces"])
MILITARY_POSTS = frozenset(DATA["vague"]["not_targets"])
PERPETRATORS, DOERS = frozenset(DATA["perpetrators"]["words"]), frozenset(DATA["perpetrators"]["persons"])
_TITLES = frozenset(DATA["titles"]["words"])
_BODIES = frozenset(DATA["bodies"]["words"])


@cache
def _table(name: str, part: str = "") -> dict[str, str]:
    """Return word → value for a table of lists; the first value that lists a word has it."""
    found: dict[str, str] = {}
    for value, words in DATA[name].items():
        for word in words[part] if part else words:
            found.setdefault(word, value)
    return found


def thing_type(head: Token, tokens: list[Token]) -> str | None:
    """Return the type of a physical target by its noun and the words beside it; None for what is no thing to hit."""
    pair = f"{tokens[head.i - 1].lower} {head.lemma}" if head.i else ""
    own = _table("things", "heads").get(pair) or _table("things", "heads").get(head.lemma)
    if own is None:
        return None
    if head.lemma not in VAGUE or pair in _table("things", "heads"):
        return own
    beside = (_table("things", "of").get(w) for t in _beside(head, tokens) for w in (t.lower, t.lemma))
    return next((b for b in beside if b), own)


def is_of_forces(head: Token, tokens: list[Token]) -> bool:
    """Whether a thing is the military's or the police's: a garrison, an army truck."""
    return head.lemma in MILITARY_POSTS or any(t.lower in FORCES for t in _beside(head, tokens))


def _beside(head: Token, tokens: list[Token]) -> list[Token]:
    """Return the words before a noun and those of its "of" phrase, nearest to the head first."""
    phrase = phrase_of(head, tokens)
    before = [t for t in reversed(phrase.core) if t is not head]
    owner = list(phrase_of(phrase.possessor, tokens).core) if phrase.possessor is not None else []
    behind = [t for p, n in phrase.complements if p in {"of", "for"} for t in reversed(phrase_of(n, tokens).core)]
    return [*before, *owner, *behind]


def person_type(words: list[str]) -> str | None:
    """Return the type that the lemmas of a description give, or None."""
    former = bool({"former", "ex", "retired", "ex-"} & set(words) or any(w.startswith("ex-") for w in words))
    table = _table("people")
    value = next((v for v in DATA["people"] for w in words if table.get(w.removeprefix("ex-")) == v), None)
    if former and value in {"GOVERNMENT OFFICIAL", "ACTIVE MILITARY", "DIPLOMAT"}:
        return "FORMER ACTIVE MILITARY" if value == "ACTIVE MILITARY" else "FORMER GOVERNMENT OFFICIAL"
    return value


def is_people(noun: Token) -> bool:
    """Whether a common noun stands for people who may be targets."""
    heads, known = _table("people_heads"), _table("people")
    return (noun.lemma in heads or noun.lower in heads or noun.lemma in known) and noun.lemma not in _BODIES


def is_civil(noun: Token) -> bool:
    """Whether a noun by itself says that somebody is no soldier: "judge", "bodyguard"."""
    return _table("people").get(noun.lemma, "ACTIVE MILITARY") != "ACTIVE MILITARY" and noun.lemma not in _BODIES


def is_title(noun: Token) -> bool:
    """Whether a capital word before a name is a title or an office: "Mayor", "Mr"."""
    return noun.lemma in _TITLES or is_people(noun)


def is_perpetrator(noun: Token) -> bool:
    """Whether a noun by itself calls somebody a perpetrator."""
    return noun.lemma in PERPETRATORS or noun.lower in PERPETRATORS


def instrument_type(tokens: list[Token], i: int) -> tuple[str, int] | None:
    """Return the kind of weapon that a noun is, and how many tokens it takes; the longer name first."""
    token, table = tokens[i], _table("instruments")
    pair = f"{token.lower} {tokens[i + 1].lemma}" if i + 1 < len(tokens) else ""
    if pair in table:
        return table[pair], 2
    return (table[token.lemma], 1) if token.lemma in table and token.pos in {"NOUN", "PROPN"} else None


def is_device(noun: Token) -> bool:
    """Whether a word names the weapon itself, not what comes out of it or what it does."""
    return noun.lemma not in DATA["acts"]["unnamed"]


def is_explosive(tokens: list[Token], i: int) -> bool:
    """Whether a noun is a bomb or what bombs are made of."""
    found = instrument_type(tokens, i)
    return found is not None and found[0] in DATA["acts"]["bombs"]


def inferred_instrument(head: Token) -> str | None:
    """Return the kind of weapon that a trigger lets one infer."""
    return _table("instrument_verbs").get(head.lemma)


def act_type(words: list[str], mode: str | None) -> str:
    """Return the incident's type by the words of a trigger, else by the event's mode."""
    for value, listed in DATA["types"].items():
        if any(set(entry.split()) <= set(words) for entry in listed):
            return str(value)
    return str(DATA["modes"].get(mode, "ATTACK"))


def effect_on_people(lemma: str) -> str | None:
    """Return what a trigger says became of people."""
    return _effects("people").get(lemma)


def effect_on_things(lemma: str) -> str | None:
    """Return what a trigger says became of things."""
    return _effects("things").get(lemma)


@cache
def _effects(whom: str) -> dict[str, str]:
    return {word: value for value, words in DATA["effects"][whom].items() for word in words}
