"""Who does it and to whom: the slots of an entry, filled from the parse."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from byline.coding import syntax
from byline.coding.ontology import WordClass
from byline.coding.predicates import Predicate, is_a
from byline.language.parsed import Token

Known = Callable[[Token], bool]
_TEMPORAL = frozenset({"DATE", "TIME"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_NO_ACTOR = frozenset({"it", "there", "this", "that", "what", "which", "one", "nothing", "something"})
_AFTER_NOUN = ("on", "against", "with", "at", "upon", "into", "to")
_SUPPORTED = frozenset({"dobj", "nsubjpass", "pobj", "conj"})


class Arguments(NamedTuple):
    """Head words of those who act, those acted upon, and what is used; and the slots that gave them."""

    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    instruments: tuple[Token, ...]
    actor_slot: str
    recipient_slot: str


def find_arguments(predicate: Predicate, known: Known, weapons: WordClass) -> Arguments:
    """Return the participants of a predicate as its entry's slots find them.

    ``known`` tells whether a word stands for an actor of the document; an
    actor has to, a recipient may be a thing. A weapon in the subject is the
    instrument.
    """
    actor_slot, found = _fill(predicate, predicate.entry.actor, known)
    if not found and predicate.entry.part == "nouns":
        actor_slot, found = "subject of a support verb", _supporter(predicate.head, syntax.DOING)
    instruments = tuple(t for t in found if is_a(t, weapons) and not known(t))
    actors = tuple(t for t in found if t not in instruments and _may_act(t, known))
    recipient_slot, found = _fill(predicate, _recipient_slots(predicate), known)
    if not found and predicate.entry.part == "nouns":
        recipient_slot, found = "subject of a suffering verb", _supporter(predicate.head, syntax.SUFFERING)
    recipients = tuple(t for t in found if t not in actors or predicate.entry.actor == predicate.entry.recipient)
    return Arguments(actors, recipients, instruments, actor_slot, recipient_slot)


def _may_act(token: Token, known: Known) -> bool:
    return known(token) or (token.pos == "PROPN" and token.entity not in _TEMPORAL)


def _recipient_slots(predicate: Predicate) -> tuple[str, ...]:
    """The entry's own; where the object is part of the trigger, what follows that noun."""
    slots = predicate.entry.recipient
    return (*slots, *_AFTER_NOUN) if len(predicate.tokens) > 1 and "object" in slots else slots


def _fill(predicate: Predicate, slots: tuple[str, ...], known: Known) -> tuple[str, list[Token]]:
    """Return the first slot that anything fills, and what fills it."""
    for slot in slots:
        found = [t for t in _fillers(slot, predicate, known) if _is_participant(t, predicate)]
        if found:
            return slot, found
    return "", []


def _is_participant(token: Token, predicate: Predicate) -> bool:
    return (
        token not in predicate.tokens
        and token.pos in _NOMINAL
        and token.entity not in _TEMPORAL
        and token.lower not in _NO_ACTOR
    )


def _fillers(slot: str, predicate: Predicate, known: Known) -> list[Token]:
    head = predicate.head
    match slot:
        case "subject":
            return _subjects(head)
        case "object":
            return syntax.objects(head) if syntax.is_verb(head) else []
        case "dative":
            return _datives(head)
        case "possessive":
            return [c for t in predicate.tokens for p in t.all("poss") for c in syntax.coordinated(p)]
        case "modifier":
            return _modifiers(predicate, known)
        case "complement_subject":
            return _complement_subjects(predicate)
        case "agent":
            return _behind(predicate, "by")
        case _:
            return _behind(predicate, slot)


def _subjects(head: Token) -> list[Token]:
    if syntax.is_verb(head):
        return syntax.subjects(head)
    if head.pos == "ADJ":
        found = syntax.subject_of_adjective(head)
        return syntax.coordinated(found) if found else []
    return _supporter(head, syntax.DOING)


def _supporter(noun: Token, verbs: frozenset[str]) -> list[Token]:
    """Return the subject of a verb that only carries the noun: "staged" a protest."""
    verb = noun.head
    while verb.dep in _SUPPORTED and not syntax.is_verb(verb):
        verb = verb.head
    return syntax.subjects(verb) if syntax.is_verb(verb) and verb.lemma in verbs and noun.dep in _SUPPORTED else []


def _datives(head: Token) -> list[Token]:
    found = [c for c in head.all("dative") if c.pos in _NOMINAL]
    found += [o for p in syntax.prepositions(head, "to") for o in syntax.objects_of_preposition(p)]
    return [c for t in found for c in syntax.coordinated(syntax.content(t))]


def _modifiers(predicate: Predicate, known: Known) -> list[Token]:
    """Return the actors named before a noun: "Iraqi army assault"; nouns before adjectives."""
    left = [c for t in predicate.tokens for c in t.children if c.dep in {"compound", "amod", "nmod"} and known(c)]
    nouns = [c for c in left if c.dep != "amod"]
    return nouns or left


def _complement_subjects(predicate: Predicate) -> list[Token]:
    """Return who acts in the clause that the trigger governs: "urged X to leave"."""
    for token in predicate.tokens:
        clause = token.child("xcomp", "ccomp", "advcl", "acl")
        subject = syntax.surface_subject(clause) if clause is not None else None
        if subject is not None:
            return syntax.coordinated(syntax.content(subject))
    return []


def _behind(predicate: Predicate, word: str) -> list[Token]:
    """Return what stands behind a preposition of the trigger, of its object, or of its noun."""
    holders = _holders(predicate)
    found = [o for h in holders for p in syntax.prepositions(h, word) for o in syntax.objects_of_preposition(p)]
    found += [o for t in predicate.tokens if t.lower == word for o in syntax.objects_of_preposition(t)]
    return list(dict.fromkeys(syntax.content(t) for t in found))


def _holders(predicate: Predicate) -> Iterator[Token]:
    yield from predicate.tokens
    if syntax.is_verb(predicate.head):
        own = predicate.head.child("dobj")
        if own is not None and own not in predicate.tokens:
            yield own
