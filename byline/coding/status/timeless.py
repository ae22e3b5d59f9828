"""What is told of no one time: habits, rules, definitions, and what happens in films and plays.

English tells all of these in the simple present, and news tells little else in
it but what somebody says. So a plain present counts as general only where
nothing in its clause is particular (after Carlson 1977 on bare plurals): "riots
begin when hope ends", but "rebels attack the town" and "troops kill ten".
"""

from byline.coding.status.operators import LEXICON, Told, grip, set_to
from byline.language.parsed import Sentence, Token

_WORDS: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in LEXICON["words"].items()}
_PRESENT = frozenset({"VBZ", "VBP"})
_SUBJECTS = ("nsubj", "nsubjpass")


def by_generality(verb: Token, outer: Told, sentence: Sentence) -> Told:
    """Return "hypothetical" for what happens in fiction, or whenever, or to anyone; else the status as it is."""
    if not outer.happened:
        return outer
    subject = verb.child(*_SUBJECTS)
    if subject is not None and subject.lower in _WORDS["whoever"]:
        return set_to("hypothetical", "whoever it may be", subject, outer)
    if not is_simple_present(verb):
        return outer
    fiction = _fiction_of(verb)
    if fiction is not None:
        return set_to("hypothetical", "fiction", fiction, outer)
    closed = sentence.tokens[-1].lower == "."  # headlines have no full stop, and tell of one time
    general = closed and (_is_habit(verb) or _is_general(verb))
    return set_to("hypothetical", "of no one time", verb, outer) if general else outer


def is_simple_present(verb: Token) -> bool:
    """Whether a verb is in the present tense, without "have", a modal or "-ing"."""
    finite = verb if verb.tag in _PRESENT else verb.child("auxpass")
    return finite is not None and finite.tag in _PRESENT and verb.child("aux") is None


def is_present(verb: Token) -> bool:
    """Whether a verb, or the first of its auxiliaries, is in the present tense."""
    return (verb.child("aux", "auxpass") or verb).tag in _PRESENT


def _fiction_of(verb: Token) -> Token | None:
    """Return the film that tells of a verb: "in the film a man is shot and buried", "the film shows him fire"."""
    while verb.dep == "conj":
        verb = verb.head
    for child in verb.children:
        noun = child.child("pobj") if child.lower in {"in", "during"} else child if child.dep == "nsubj" else None
        if noun is not None and noun.lemma in _WORDS["fiction"]:
            return noun
    return None


def _is_habit(verb: Token) -> bool:
    """Whether a verb is said of each time that something else happens: of many, and at no time of its own."""
    subject = _subject_of(verb)
    if subject is None or subject.tag not in {"NNS", "PRP"} or _has_time(verb):
        return False
    clauses = [c for c in verb.children if c.dep == "advcl"]
    openers = {w.lower for c in clauses for w in c.children if w.lower == "whenever" or is_simple_present(c)}
    return bool(openers & {"when", "whenever"})


def _has_time(verb: Token) -> bool:
    """Whether a date or the like stands by a verb: "on Friday a bus is robbed"."""
    return any(c.entity and c.dep not in _SUBJECTS for c in verb.children)


def _is_general(verb: Token) -> bool:
    """Whether a verb has a subject of no one kind, and nothing particular after it."""
    subject = _subject_of(verb)
    if subject is None or _has_time(verb):
        return False
    if subject.lower in _WORDS["one"]:
        return True
    article = subject.child("det")
    if not (article is not None and article.lower in {"a", "an"}) and not _is_bare_plural(subject):
        return False
    if verb.lemma == "be":  # "a strike is a stoppage"
        attribute = verb.child("attr")
        return attribute is not None and attribute.child("det") is not None
    return not _tells_of_now(verb) and not any(_is_particular(t) for t in verb.subtree() if t.i > verb.i)


def _subject_of(verb: Token) -> Token | None:
    subject = verb.child(*_SUBJECTS)
    while subject is None and verb.dep == "conj":
        verb = verb.head
        subject = verb.child(*_SUBJECTS)
    return subject


def _is_bare_plural(noun: Token) -> bool:
    own = noun.child("det", "poss", "nummod", "relcl", "acl", "prep")
    return noun.tag == "NNS" and own is None and not noun.entity and noun.lower not in _WORDS["several"]


def _tells_of_now(verb: Token) -> bool:
    """Whether a verb is used in the present of single acts: those of speech, "continue", "has yet to"."""
    if verb.lemma == "have" or verb.child("xcomp", "acomp") is not None:
        return True
    hold = grip(verb, ("subject",))
    return grip(verb, ("that", "of", "whether")) is not None or (hold is not None and hold.class_ == "continue")


def _is_particular(token: Token) -> bool:
    determiner = token.dep in {"det", "poss"} and token.lower in _WORDS["particular"]
    return determiner or bool(token.entity) or token.pos in {"NUM", "PROPN"}
