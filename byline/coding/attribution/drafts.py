"""Attributions in the making, and the lexicon of cues that they are made by."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from byline import knowledge
from byline.language.parsed import Token
from byline.records import Stance

LEXICON = knowledge.load("attribution.toml")
_FALSELY, HOLLOW, _REALITY = (frozenset(LEXICON["distance"][k]) for k in ("adverbs", "adjectives", "reality"))
_REJECTED = frozenset(LEXICON["stances"]["rejected"])


class Frame(NamedTuple):
    """A way in which a cue takes its content; ``told`` is False if the source wants or judges it."""

    kind: str
    told: bool


Frames = dict[str, Frame]


def _frames(table: dict[str, str]) -> dict[str, Frames]:
    return {
        word: {f.lstrip("~"): Frame(f.lstrip("~"), not f.startswith("~")) for f in frames.split()}
        for word, frames in table.items()
    }


def _stances(table: dict[str, list[str]]) -> dict[str, Stance]:
    known: dict[str, Stance] = {
        "reported": "reported",
        "claimed": "claimed",
        "denied": "denied",
        "disputed": "disputed",
    }
    return {word: known[name] for name, words in table.items() if name in known for word in words}


VERBS, NOUNS = _frames(LEXICON["verbs"]), _frames(LEXICON["nouns"])
STANCES, ADVERBS, ADJECTIVES = (_stances(LEXICON[k]) for k in ("stances", "adverbs", "adjectives"))
PREDICATES = _frames(LEXICON["predicates"])
_TELLING = (noun for noun, frames in NOUNS.items() if any(f.told for f in frames.values()))
CLAIMS = frozenset([*_TELLING, *LEXICON["stances"]["retold"]])
PARTS, STATES = (frozenset(LEXICON["parts"][k]) for k in ("words", "states"))
LIGHT = frozenset(LEXICON["light"]["verbs"])
_PARTICLES = frozenset({"out", "up"})
_DISPUTING = _FALSELY | HOLLOW | {word for word, stance in ADJECTIVES.items() if stance == "disputed"}


def frames_of(verb: Token) -> Frames | None:
    """Return the frames of a verb with its particle, or by itself; None if it is no cue: told off."""
    particle = verb.child("prt")
    if particle is None:
        return VERBS.get(verb.lemma)
    own = VERBS.get(f"{verb.lemma} {particle.lower}")
    return own or (VERBS.get(verb.lemma) if particle.lower in _PARTICLES else None)


@dataclass(slots=True)
class Draft:
    """An attribution in the making: tokens in text order.

    ``told`` are the tokens of the content that the source vouches for: of
    "called the raid a crime" the crime, not the raid. ``quotable``: it may take
    a quotation beside it; ``direct``: it has; ``names``: it calls a thing
    something, and of a quoted name only the name is said.
    """

    cue: list[Token]
    source: list[Token]
    speaker: Token | None
    content: list[Token]
    told: list[Token]
    rule: str
    stance: Stance = "reported"
    via: list[Token] = field(default_factory=list)
    quotable: bool = False
    head: Token | None = None
    direct: bool = False
    names: bool = False

    def add(self, words: list[Token]) -> None:
        """Take words into the content, each once and in text order; the speaker vouches for them."""
        is_whole = self.told is self.content
        self.content = _joined(self.content, words)
        self.told = self.content if is_whole else _joined(self.told, words)


def _joined(tokens: list[Token], more: list[Token]) -> list[Token]:
    return [token for _, token in sorted({t.i: t for t in (*tokens, *more)}.items())]


class Taken(NamedTuple):
    """What a cue governs, by which frame; ``marks`` are further words of the cue: "for" in "called for"."""

    content: list[Token]
    told: list[Token]
    frame: str
    marks: list[Token]


def take(frame: str, words: Iterable[Token], marks: Iterable[Token] = (), *, told: bool = True) -> Taken:
    """Return words as a content that is told as a whole, or not at all."""
    content = sorted(words, key=lambda t: t.i)
    return Taken(content, content if told else [], frame, list(marks))


def take_part(frame: str, thing: Iterable[Token], told: list[Token]) -> Taken:
    """Return a content of which only a part is told: [the raid] a crime."""
    return Taken(sorted({*thing, *told}, key=lambda t: t.i), told, frame, [])


def stance_of(cue: Token) -> Stance:
    """Return how the text presents what the cue introduces."""
    described = {c.lower for c in cue.children if c.dep in {"advmod", "amod"}}
    if described & _DISPUTING or _is_corrected(cue):
        return "disputed"
    if cue.lemma in _REJECTED and any(c.lemma in CLAIMS for c in cue.all("dobj", "nsubjpass")):
        return "denied"
    return STANCES.get(cue.lemma, "reported")


def _is_corrected(cue: Token) -> bool:
    """Say whether the text goes on: but which was in reality ..."""
    clauses = (cue, cue.head, cue.head.head) if cue.dep == "relcl" else (cue, cue.head)
    seconds = [c for clause in clauses for c in clause.all("conj", "relcl") if c.i > cue.i]
    return any(t.lower in _REALITY for c in seconds for p in c.all("prep") for t in p.all("pobj"))
