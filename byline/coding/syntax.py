"""From a predicate to those who take part, over the dependency parse.

Logical roles: the subject of a passive is its logical object, the noun before
a relative clause takes the place of the relative pronoun, and a clause without
a subject of its own has the one that its governor's control gives it.
"""

from collections.abc import Iterator

from byline import knowledge
from byline.language.parsed import PLACE_LABELS, Token

_WORDS = knowledge.load("syntax.toml")
OBJECT_CONTROL, TRANSPARENT = frozenset(_WORDS["object_control"]), frozenset(_WORDS["transparent"])
DOING, SUFFERING = frozenset(_WORDS["doing"]), frozenset(_WORDS["suffering"])
ENGAGED, SEVERAL = frozenset(_WORDS["engaged"]), frozenset(_WORDS["several"])
_RELATIVE = frozenset({"WDT", "WP"})
_PLACE_OR_TIME = frozenset({"where", "when", "why", "how"})
_DEEPEST = 8
_BESIDE = 3  # tokens from a verb to one that shares its object ("beat and arrested him")


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is its logical object."""
    if verb.tag not in {"VBN", "VBD"}:
        return False
    if verb.child("auxpass", "nsubjpass") is not None:
        return True
    if verb.child("nsubj", "aux", "dobj") is not None:
        return False
    if verb.dep in {"acl", "amod"} or (verb.dep == "advcl" and verb.tag == "VBN"):
        return verb.tag == "VBN"
    return verb.dep == "conj" and verb.head.is_verb and verb.tag == "VBN" and is_passive(verb.head)


def auxiliaries(verb: Token) -> list[Token]:
    """Return a verb's auxiliaries, in text order: also the "to" of an infinitive."""
    return verb.all("aux", "auxpass")


def is_infinitive(verb: Token) -> bool:
    """Whether a verb has "to" before it; "gonna" ends in one."""
    return any(a.lemma == "to" for a in auxiliaries(verb))


def coordinated(token: Token) -> list[Token]:
    """Return the token and what is joined to it by "and", "or" or commas, in text order."""
    found = [token]
    for member in found:
        found.extend(c for c in member.children if c.dep == "conj" and not c.is_verb)
    return found


def is_of_several(noun: Token) -> bool:
    """Whether a plural names more than one party: "the two sides", "Danish and Swedish officials"."""
    if noun.tag not in {"NNS", "NNPS"}:
        return False
    counted = any(c.lower in SEVERAL for c in noun.children if c.i < noun.i)
    before = noun.all("amod", "compound", "nmod", "poss")
    return counted or any(c.child("cc") is not None and c.child("conj") is not None for c in before)


def content(noun: Token) -> Token:
    """Return the noun that a measuring noun measures: "attacks" for "series" of attacks."""
    for _ in range(_DEEPEST):
        if noun.lemma not in TRANSPARENT and noun.pos != "NUM":
            break
        of = next((c for c in noun.children if c.dep == "prep" and c.lower == "of"), None)
        inner = of.child("pobj") if of else None
        if inner is None:
            break
        noun = inner
    return noun


def objects_of_preposition(preposition: Token) -> list[Token]:
    """Return what stands behind a preposition, a second preposition ("from inside the city") included."""
    found = preposition.child("pobj", "pcomp")
    if found is None:
        inner = preposition.child("prep")
        found = inner.child("pobj") if inner else None
    return coordinated(found) if found is not None else []


def prepositions(token: Token, *words: str) -> Iterator[Token]:
    """Yield the prepositions among the token's children, those of these words only."""
    for child in token.children:
        if child.dep in {"prep", "agent", "dative", "prt", "advmod"} and child.lower in words and child.children:
            yield child


def surface_subject(verb: Token, depth: int = 0) -> Token | None:
    """Return the grammatical subject, through relative pronouns, coordination and control."""
    if depth > _DEEPEST:
        return None
    own = verb.child("nsubj", "nsubjpass")
    if own is not None:
        return antecedent(own, verb)
    if verb.child("expl") is not None:
        return verb.child("attr")
    if not verb.is_verb:
        return None
    return _controlled_subject(verb, depth)


def antecedent(pronoun: Token, verb: Token) -> Token:
    """Return the noun for which a relative pronoun stands, or the pronoun itself."""
    if pronoun.tag not in _RELATIVE:
        return pronoun
    clause = verb
    while clause.dep == "conj":
        clause = clause.head
    if clause.dep != "relcl":
        return pronoun
    return _person(clause.head) if pronoun.lower in {"who", "whom"} else clause.head


def _person(noun: Token) -> Token:
    """Return the noun that "who" means where the parser took a place behind it ("dockers in Sines, who ...")."""
    while noun.entity in PLACE_LABELS and noun.dep in {"conj", "pobj"}:
        noun = noun.head.head if noun.dep == "pobj" else noun.head
    return noun


def _controlled_subject(verb: Token, depth: int) -> Token | None:
    head, dep = verb.head, verb.dep
    if dep == "conj" and head.is_verb:
        return surface_subject(head, depth + 1)
    if dep == "conj":  # "an attempt to bribe and abduct her", joined to the noun
        first = next((c for c in head.all("acl") if c.is_verb and c.i < verb.i), None)
        return surface_subject(first, depth + 1) if first is not None else None
    if dep in {"xcomp", "ccomp", "advcl", "dep"} and head is not verb:
        return _controller(head, verb, depth)
    if dep == "pcomp" and head.head.dep == "dobj" and head.head.head.lemma in OBJECT_CONTROL:
        return head.head
    if dep == "pcomp" and head.head.pos == "ADJ":
        return subject_of_adjective(head.head)
    if dep == "pcomp":
        return _subject_above_phrase(head, verb, depth)
    if dep == "acl":
        return head if verb.tag in {"VBG", "VBN"} else _owner(head, depth)
    if dep in {"pcomp", "prep"} and head.head.pos in {"NOUN", "PROPN"}:
        return _owner(head.head, depth)
    return None


def _subject_above_phrase(preposition: Token, verb: Token, depth: int) -> Token | None:
    """Return who acts behind a preposition: of the noun's owner, or of the verb ("instead of leaving, they ...")."""
    above = preposition.head
    while above.pos in {"ADV", "ADP", "SCONJ"} and above.head is not above:  # "far from", "instead of", "short of"
        above = above.head
    if not above.is_verb:
        return _owner(above, depth) if above.pos in {"NOUN", "PROPN"} else None
    return _controller(above, verb, depth) if preposition.i > above.i else surface_subject(above, depth + 1)


def _controller(governor: Token, verb: Token, depth: int) -> Token | None:
    """Return who acts in a clause without a subject: the governor's object or subject."""
    if not governor.is_verb:
        if governor.pos == "ADJ":
            return subject_of_adjective(governor)
        return _owner(governor, depth)
    if _controls_object(governor, verb) and not is_passive(governor):
        held = governor.child("dobj", "dative")
        behind = (o for p in prepositions(governor, "on", "upon", "to") for o in objects_of_preposition(p))
        held = held or next(behind, None)
        if held is not None and held is not verb:
            return held
    return surface_subject(governor, depth + 1)


def _controls_object(governor: Token, verb: Token) -> bool:
    """Whether the governor's object acts: "ordered them to go", "gave them until noon to go"."""
    if verb.dep != "advcl":
        return governor.lemma in OBJECT_CONTROL
    if governor.lemma != "give" or verb.tag != "VB":
        return False
    return any(c.lower in {"until", "till"} and c.i < verb.i for c in (*governor.children, *verb.children))


def _owner(noun: Token, depth: int) -> Token | None:
    """Return whose plan, offer or attempt a noun is: its possessor, or the subject of the verb above."""
    owner = noun.child("poss")
    if owner is not None:
        return owner
    by = next((o for p in prepositions(noun, "by", "for") for o in objects_of_preposition(p)), None)
    if by is not None:
        return by
    for above in noun.ancestors():
        if above.is_verb:
            return surface_subject(above, depth + 1)
    return None


def subject_of_adjective(adjective: Token) -> Token | None:
    """Return of whom an adjective is said: the subject of its copula, or the noun that it stands by."""
    if adjective.dep in {"acomp", "oprd", "xcomp", "ccomp", "attr"} and adjective.head.is_verb:
        return surface_subject(adjective.head)
    if adjective.dep == "conj":
        return subject_of_adjective(adjective.head) if adjective.head.pos == "ADJ" else None
    return adjective.head if adjective.dep in {"amod", "appos", "acl"} else surface_subject(adjective)


def subjects(verb: Token) -> list[Token]:
    """Return who acts: the logical subjects, coordination spread out."""
    if is_passive(verb):
        return [o for agent in prepositions(verb, "by") for o in objects_of_preposition(agent)]
    subject = surface_subject(verb)
    return coordinated(content(subject)) if subject is not None else []


def objects(verb: Token) -> list[Token]:
    """Return to whom it is done: the logical objects, coordination spread out."""
    found = surface_subject(verb) if is_passive(verb) else _active_object(verb)
    if found is None:
        return []
    return [*coordinated(content(found)), *_stray_objects(found, verb)]


def _stray_objects(found: Token, verb: Token) -> list[Token]:
    """Return the nouns of a list that the parser joined to the verb ("arrested a cook, two maids and a groom")."""
    if found.head is not verb or found.dep != "dobj" or any(c.dep == "prep" and c.i > found.i for c in verb.children):
        return []
    stray = [c for c in verb.children if c.dep == "conj" and c.pos in {"NOUN", "PROPN"} and c.i > found.i]
    return [member for noun in stray for member in coordinated(noun)]


def _active_object(verb: Token) -> Token | None:
    own = verb.child("dobj")
    if own is not None:
        return antecedent(own, verb)
    if verb.dep == "relcl" and _has_gap(verb):
        return verb.head
    shared = next((c for c in verb.children if c.dep == "conj" and c.is_verb and c.i - verb.i <= _BESIDE), None)
    if shared is not None and shared.child("nsubj", "nsubjpass") is None and not is_passive(shared):
        return shared.child("dobj")
    if verb.tag == "VBG":
        return next((o for p in prepositions(verb, "of") for o in objects_of_preposition(p)), None)
    return None


def _has_gap(verb: Token) -> bool:
    """Whether a relative clause lacks the object for which its antecedent stands."""
    subject = verb.child("nsubj")
    if subject is None or subject.tag in _RELATIVE:
        return False
    stranded = any(c.dep == "prep" and c.child("pobj", "pcomp") is None for c in verb.children)
    taken = stranded or verb.child("ccomp", "xcomp", "dobj") is not None
    return not taken and not any(c.lower in _PLACE_OR_TIME for c in verb.children)
