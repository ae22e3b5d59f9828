"""Which nouns a counting verb counts: its logical objects or subjects, and those who share their fate.

News leaves out much: auxiliaries in headlines, the subject of a second verb, the object that two verbs have in common.
"""

from byline import knowledge
from byline.coding import syntax
from byline.coding.people import PEOPLE
from byline.language.parsed import Token

_DATA = knowledge.load("counts.toml")
_REFLEXIVE = frozenset(_DATA["people"]["reflexive"])
_HELD = frozenset({"hostage", "captive"})
_ALONG = frozenset({"along", "together"})


def beside(verb: Token, nouns: list[Token]) -> list[Token]:
    """Return who shares the fate of others: "was killed along with her niece"."""
    places = [p for t in (verb, *nouns) for p in t.all("prep") if p.lower == "with" and _is_along(p)]
    return [o for p in places if nouns for o in p.all("pobj")]


def _is_along(preposition: Token) -> bool:
    """Whether "with" is that of "along with", "together with"."""
    before = [c for c in preposition.head.children if c.i == preposition.i - 1]
    return any(c.lower in _ALONG for c in (preposition.head, *before, *preposition.children))


def objects_of(verb: Token) -> list[Token]:
    """Return the logical objects of a verb."""
    found = [syntax.antecedent(c, verb) for c in verb.all("nsubjpass") if not _says_again(c, verb)]
    if not found:
        held = [*verb.all("dobj"), *_stray(verb)]
        found = [n for c in held for n in (subjects_of(verb) if c.lower in _REFLEXIVE else [_held(c)])]
    if not found:
        found = _of_other_verb(verb)
    if not found and verb.tag == "VBN" and verb.dep == "acl":
        found = [verb.head]
    if not found and verb.tag in {"VBN", "VBD"}:
        found = _elliptical(verb)
    return found


def _says_again(noun: Token, verb: Token) -> bool:
    """Whether a subject only says of another who it is: "one of the cooks, *a man*, has died"."""
    first = next(c for c in verb.children if c.dep == noun.dep)
    return first is not noun and first.lower == "one" and any(c.lower in {"a", "an"} for c in noun.all("det"))


def _stray(verb: Token) -> list[Token]:
    """Return objects that the parser joined to the verb itself: "shot a guard and then himself"."""
    joined = verb.all("conj") if verb.child("dobj") is not None else []
    return [c for c in joined if c.pos in {"NOUN", "PROPN", "PRON"} and c.child("nsubj", "acl", "relcl") is None]


def _of_other_verb(verb: Token) -> list[Token]:
    """Return whom a verb above or a complement below names: "is said to have been shot", "pronounced the boy dead"."""
    if verb.dep in {"ccomp", "xcomp"} and verb.tag == "VBN" and verb.head.child("nsubjpass"):
        return [syntax.antecedent(c, verb.head) for c in verb.head.all("nsubjpass")]
    if verb.dep == "xcomp" and verb.tag == "VBN" and verb.head.lemma == "find" and verb.head.child("dobj") is None:
        return verb.head.all("nsubj")  # a headline's "Four cooks found shot"
    complements = (c for c in verb.all("ccomp", "oprd", "xcomp") if c.tag == "JJ")
    return [n for c in complements for n in c.all("nsubj")]


def _held(noun: Token) -> Token:
    """Return those who are taken: "took six engineers hostage" parses them as modifiers of "hostage"."""
    return next((c for c in noun.children if noun.lemma in _HELD and c.dep in {"compound", "nmod", "nsubj"}), noun)


def _elliptical(verb: Token) -> list[Token]:
    """Return the subject of "and 20 wounded", which lacks its auxiliary."""
    if any(c.dep in {"aux", "dobj"} for c in verb.children):
        return []
    suffered = verb.tag == "VBN" or verb.dep == "conj" or verb.child("agent") is not None or _is_of_headline(verb)
    found = verb.all("nsubj") if suffered else []
    if found or verb.tag != "VBN":
        return found
    if verb.child("nummod") is not None:  # "a boy killed, two hurt"
        return verb.all("nummod")
    bare = verb.dep in {"advcl", "conj"} and (_is_of_headline(verb.head) or verb.child("agent") is not None)
    above = verb.head.all("nsubj") if bare else []
    passive = verb.head.all("nsubjpass") if verb.dep == "conj" and not above else []
    return above or [syntax.antecedent(c, verb.head) for c in passive]


def _is_of_headline(verb: Token) -> bool:
    """Whether a verb lacks its auxiliary and its subject an article: "Teenager shot, killed in Dorn"."""
    subject = verb.child("nsubj")
    bare = subject is not None and subject.lower in PEOPLE and subject.child("det", "poss") is None
    shoots = verb.child("dobj") is not None or any(p.lower == "at" for p in verb.all("prep", "prt"))
    return bare and verb.tag == "VBD" and verb.is_root and not shoots


def subjects_of(verb: Token) -> list[Token]:
    """Return the subjects of a verb, or of the verb that it is coordinated with."""
    found = [syntax.antecedent(c, verb) for c in verb.all("nsubj") if not _says_again(c, verb)]
    if not found and verb.dep == "acl":
        found = [verb.head]
    if not found and verb.dep in {"conj", "advcl", "xcomp"} and verb.head.tag[:2] == "VB":
        found = [syntax.antecedent(c, verb.head) for c in verb.head.all("nsubj", "nsubjpass")]
    if not found and verb.dep in {"conj", "advcl", "pcomp", "xcomp"}:
        subject = syntax.surface_subject(verb)
        found = [subject] if subject is not None else []
    return found
