"""The slots of an entry, filled from the parse: subject, object, owner, modifier, what stands behind a preposition."""

from collections.abc import Callable, Iterator

from byline.coding import syntax
from byline.coding.predicates import Predicate
from byline.language.parsed import Token

Identity = Callable[[Token], str | None]
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
LEFT = ("compound", "amod", "nmod")
_TOWARDS = frozenset({"to", "against"})
_SUPPORTED = frozenset({"dobj", "nsubjpass", "pobj", "conj"})
_BEING = frozenset({"be", "go", "remain", "stay"})


def fillers(slot: str, predicate: Predicate, identity: Identity) -> list[Token]:
    """Return the head words that fill a slot of a predicate: "subject", "object", ..., or behind a preposition."""
    head = predicate.head
    match slot:
        case "subject":
            return _subjects(head)
        case "object":
            return syntax.objects(head) if head.is_verb else []
        case "dative":
            return _datives(head)
        case "possessive":
            return [c for t in predicate.tokens for p in t.all("poss") for c in syntax.coordinated(p)]
        case "modifier":
            return _modifiers(predicate, identity)
        case "complement_subject":
            return _complement_subjects(predicate)
        case "agent":
            return _behind(predicate, "by")
        case _:
            return _behind(predicate, slot)


def _subjects(head: Token) -> list[Token]:
    if head.is_verb:
        return syntax.subjects(head)
    if head.pos == "ADJ":
        found = syntax.subject_of_adjective(head)
        return syntax.coordinated(found) if found else []
    return supporter(head, syntax.DOING)


def carriers(noun: Token) -> list[Token]:
    """Return the verb that only carries a noun: "began" a hunger strike, "were engaged" in a raid."""
    verb = noun.head.head if noun.dep == "pobj" else noun.head
    verbs = syntax.DOING if noun.dep == "dobj" else syntax.ENGAGED if _is_in(noun) else frozenset()
    return [verb] if verb.is_verb and verb.lemma in verbs else []


def _is_in(noun: Token) -> bool:
    return noun.dep == "pobj" and noun.head.lower == "in"


def supporter(noun: Token, verbs: frozenset[str]) -> list[Token]:
    """Return the subject of a verb that only carries the noun: "staged a protest", "suffered an attack"."""
    if noun.dep == "pobj" and noun.head.head.is_verb:
        return _subject_in_state(noun, verbs)
    own = next((c for c in noun.all("relcl", "acl") if c.lemma in verbs and noun in syntax.objects(c)), None)
    if own is not None:  # "the raid that they launched", "a raid launched by them"
        return syntax.subjects(own)
    verb = noun.head
    while verb.dep in _SUPPORTED and not verb.is_verb:
        verb = verb.head
    return syntax.subjects(verb) if verb.is_verb and verb.lemma in verbs and noun.dep in _SUPPORTED else []


def _subject_in_state(noun: Token, verbs: frozenset[str]) -> list[Token]:
    """Return who is on strike, under siege, does something in protest or responds with an attack."""
    preposition, verb = noun.head.lower, noun.head.head
    bare = noun.child("det", "poss") is None
    if verbs is syntax.SUFFERING:
        return _whom(verb) if preposition == "under" and bare else []
    if preposition == "with":
        return syntax.subjects(verb) if verb.lemma in verbs else []
    if preposition == "in" and verb.lemma in syntax.ENGAGED:
        return _whom(verb)
    doing = preposition == "in" or (preposition == "on" and verb.lemma in _BEING)
    return syntax.subjects(verb) if bare and doing else []


def _whom(verb: Token) -> list[Token]:
    """Return the grammatical subject, or what a verb puts in a state ("placed the town under siege")."""
    return syntax.objects(verb) or syntax.subjects(verb)


def _datives(head: Token) -> list[Token]:
    found = [c for c in head.all("dative") if c.pos in NOMINAL]
    offered = head.is_verb and syntax.is_passive(head) and head.child("dobj") is not None
    if offered:  # "they were offered a deal"
        found += head.all("nsubjpass")
    found += [o for p in syntax.prepositions(head, "to") for o in syntax.objects_of_preposition(p)]
    return [c for t in found for c in syntax.coordinated(syntax.content(t))]


def _modifiers(predicate: Predicate, identity: Identity) -> list[Token]:
    """Return the actors named before a noun: "Iraqi army assault"; nouns before adjectives."""
    left = [c for t in predicate.tokens for c in t.all(*LEFT) if identity(c) is not None]
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
    holders = [*_holders(predicate, word)]
    found = [o for h in holders for p in syntax.prepositions(h, word) for o in syntax.objects_of_preposition(p)]
    found += [o for t in predicate.tokens if t.lower == word for o in syntax.objects_of_preposition(t)]
    return list(dict.fromkeys(syntax.content(t) for t in found))


def _holders(predicate: Predicate, word: str) -> Iterator[Token]:
    """Yield the words of the trigger and those beside them on which the parser may have hung a preposition."""
    head = predicate.head
    yield from predicate.tokens
    if head.is_verb:
        own = head.child("dobj")
        if own is not None and own not in predicate.tokens:
            yield own
        return
    if head.dep == "pobj" and head.head.lower == "of" and head.head.head.lemma in syntax.TRANSPARENT:
        yield head.head.head  # "a series of raids by the army"
    if word == "by":
        yield from (o for p in syntax.prepositions(head, "of") for o in syntax.objects_of_preposition(p))
    if word in _TOWARDS:
        yield from carriers(head)  # "sent threats to her"
