"""Operators: words with a grip on an event, and what becomes of it.

An operator maps the status of its own event to that of the event that it
governs, after the implication signatures of Karttunen (1971, 2012) and Nairn,
Condoravdi and Karttunen (2006): "fail" turns an event that happened into one
that did not, and back; "manage" leaves it as it is; "know" takes it for
granted; "order", "fear" and "plan" open a world of their own. We keep their
two polarities, name the open worlds, and let the outermost open world win.
The lexicon is knowledge/status.toml.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import product
from typing import Literal, NamedTuple

from byline import knowledge
from byline.language.parsed import Token
from byline.records import HAPPENED, Status

LEXICON = knowledge.load("status.toml")
NEGATIVE: frozenset[Status] = frozenset({"did_not_happen", "denied"})
# In these, "not" keeps the world open: "if they do not attack" is a condition still.
_UNMOVED: frozenset[Status] = frozenset({"conditional", "hypothetical", "feared"})
_PARTS = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives", "ADP": "adjectives"}
_PARTICLES = frozenset(LEXICON["words"]["particles"])
_WRONGLY = frozenset(LEXICON["words"]["wrongly"])


Value = Status | Literal["outer", "world"]
Signature = dict[str, Value]


class Told(NamedTuple):
    """The status of an event so far: the rule and word that gave it, and what these beat.

    ``world`` is what a second "no" makes of one that is negated: who "did not fail to
    pay" paid, but who "must not fail to pay" has not paid yet.
    """

    status: Status
    rule: str
    cue: Token | None = None
    beaten: tuple[str, ...] = ()
    world: Status = "actual"

    @property
    def happened(self) -> bool:
        return self.status in HAPPENED

    @property
    def negative(self) -> bool:
        return self.status in NEGATIVE

    @property
    def open(self) -> bool:
        return not (self.happened or self.negative)


ASSERTED = Told("actual", "asserted")


class Grip(NamedTuple):
    """An operator and the slot by which it holds an event; ``word`` is the operator's head."""

    word: Token
    class_: str
    slot: str


def _entries() -> dict[tuple[str, str], dict[str, str]]:
    entries: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name, table in LEXICON["classes"].items():
        for part in ("verbs", "nouns", "adjectives"):
            for lemma, slots in table.get(part, {}).items():
                for phrase in _phrases(lemma):
                    entries[part, phrase].update(dict.fromkeys(slots.split(), name))
    return dict(entries)


def _phrases(lemma: str) -> Iterable[str]:
    """Return the phrases that an entry stands for: "take|seize chance" for two."""
    return (" ".join(words) for words in product(*(word.split("|") for word in lemma.split(" "))))


_ENTRIES = _entries()
_PHRASES: dict[str, list[tuple[str, dict[str, str]]]] = defaultdict(list)
for (_part, _lemma), _slots in _ENTRIES.items():
    if " " in _lemma:
        _first, _second = _lemma.split()
        _PHRASES[_first].append((_second, _slots))


def grip(word: Token, slots: Iterable[str]) -> Grip | None:
    """Return the hold that a word has on what fills one of these slots, None if it has none."""
    part = _PARTS.get(word.pos)
    if part is None:
        return None
    entries = [e for second, e in _PHRASES.get(word.lemma, ()) if _goes_with(word, second)]
    if word.dep == "pobj":
        entries.append(_ENTRIES.get((part, f"{word.head.lower} {word.lemma}"), {}))
    entries.append(_ENTRIES.get((part, word.lemma), {}))
    return next((Grip(word, e[s], s) for e in entries for s in slots if s in e), None)


def grip_of_phrase(verb: Token, noun: Token, slots: Iterable[str]) -> Grip | None:
    """Return the hold of a verb and its object together: "had the courage to", "wasted the chance to"."""
    entries = [e for second, e in _PHRASES.get(verb.lemma, ()) if second == noun.lemma]
    return next((Grip(verb, e[s], s) for e in entries for s in slots if s in e), None)


def _goes_with(word: Token, second: str) -> bool:
    """Whether a phrase's second word hangs on its first, or is joined to it: "neither confirmed nor denied"."""
    joined = word.dep == "conj" and word.head.lemma == second
    return joined or any(second in {c.lower, c.lemma} and not _has_noun(c) for c in word.children)


def _has_noun(word: Token) -> bool:
    """Whether what could be a particle is a preposition with its noun: "went on television"."""
    return word.lower in _PARTICLES and word.dep == "prep" and word.child("pobj") is not None


def default(word: Token, slots: Iterable[str]) -> Grip:
    """Return what the first slot means under a word that the lexicon does not have."""
    defaults = LEXICON["default"].get(_PARTS.get(word.pos, "nouns"), {})
    return next((Grip(word, defaults[s], s) for s in slots if s in defaults), Grip(word, "carry", "any"))


def of_gerund(preposition: Token, governor: Token, names: Iterable[str]) -> Grip:
    """Return the hold of a preposition, by the first known of its names, on a gerund that nothing else grips."""
    settled = LEXICON["gerunds"].get(_PARTS.get(governor.pos, "nouns"), {})
    return next((Grip(preposition, settled[n], n) for n in names if n in settled), Grip(preposition, "carry", "any"))


def apply(hold: Grip, outer: Told, **governed: bool) -> Told:
    """Return the status of what an operator governs, from the status of its own event.

    Of what is ``governed`` one may say that it is ``known`` (a noun for what is
    known already), ``said`` (a noun for a claim), ``settled`` (a noun for what is
    done when it is told), ``lasting`` (one for what may fail though it took place),
    ``past`` (a clause in the past tense), ``own`` (a clause whose subject is the
    operator's).
    """
    signature: Signature = LEXICON["classes"][hold.class_]
    value = _value(signature, outer, hold.word, governed)
    if outer.happened and value == "outer" and any(c.lower in _WRONGLY for c in hold.word.children):
        value = "did_not_happen"
    rule = f"{hold.class_}: {hold.word.lemma} ({hold.slot})"
    if value == "world":
        return Told(outer.world, rule, hold.word, _lost(outer))
    affirmed = signature["affirmed"]
    if value == "outer":
        return outer if affirmed == "outer" or outer.happened else _beat(outer, f"{affirmed}: {hold.word.text}")
    return Told(value, rule, hold.word, _lost(outer), _world(affirmed, outer))


def _world(affirmed: Value, outer: Told) -> Status:
    """Return the world that an operator opens, or the one that it stands in."""
    match affirmed:
        case "outer" | "world" | "did_not_happen" | "denied":
            return outer.world
    return affirmed


def _value(signature: Signature, outer: Told, word: Token, governed: dict[str, bool]) -> Value:
    polarity = "affirmed" if outer.happened else "negated" if outer.negative else "open"
    known = governed.get("known", False)
    if known and (outer.status == "denied" or outer.rule == "negated"):
        polarity = "denied" if "the_denied" in signature else polarity
    if known and f"the_{polarity}" in signature:
        return signature[f"the_{polarity}"]
    if polarity == "affirmed":
        special = governed | {"narrated": is_past(word) or _is_perfect(word)}
        usual = signature.get(outer.status, signature["affirmed"])
        return next((signature[k] for k, holds in special.items() if holds and k in signature), usual)
    return signature.get(outer.status, signature.get(polarity, "outer"))


def modal(name: str, cue: Token, outer: Told, *, negated: bool, perfect: bool) -> Told:
    """Return the status of a verb under a modal; an open or denied world outside of it wins."""
    if not outer.happened:
        return negate(outer, cue) if negated else outer
    key = ("negated_perfect" if perfect else "negated") if negated else ("perfect" if perfect else "affirmed")
    signature = LEXICON["modals"][name]
    return Told(signature[key], f"modal: {name}, {key}", cue, _lost(outer), signature["world"])


def negate(told: Told, cue: Token) -> Told:
    """Return the status of what is said not to be so."""
    if told.status in _UNMOVED or told.cue is cue:
        return told
    status: Status = "hypothetical" if told.negative else "did_not_happen"
    return Told(status, "negated", cue, _lost(told), told.status if told.open else told.world)


def set_to(status: Status, rule: str, cue: Token | None, outer: Told) -> Told:
    """Return an event that happened as of this status; an open or denied world outside of it wins."""
    return Told(status, rule, cue, _lost(outer)) if outer.happened else _beat(outer, f"{status}: {rule}")


def is_past(word: Token) -> bool:
    """Whether a verb, or the verb of which an adjective is said, is in the past tense."""
    verb = word if word.is_verb else word.head
    if any(c.dep == "aux" and c.tag == "MD" for c in verb.children):
        return False
    return verb.tag == "VBD" or any(c.dep in {"aux", "auxpass"} and c.tag in {"VBD", "VBN"} for c in verb.children)


def _is_perfect(word: Token) -> bool:
    """Whether a verb has "have" and no modal: "has chosen"."""
    auxiliaries = [c for c in word.children if c.dep == "aux"]
    return any(c.lemma == "have" for c in auxiliaries) and not any(c.tag in {"MD", "TO"} for c in auxiliaries)


def _lost(told: Told) -> tuple[str, ...]:
    return told.beaten if told.cue is None else (*told.beaten, f"{told.status}: {told.cue.text}")


def _beat(told: Told, loser: str) -> Told:
    return told._replace(beaten=(*told.beaten, loser))
