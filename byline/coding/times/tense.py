"""What the tense of the nearest governing verb says about when."""

from byline import knowledge
from byline.coding.syntax import auxiliaries, is_infinitive
from byline.language.parsed import Token

_DATA = knowledge.load("tense.toml")
_AHEAD = frozenset(_DATA["ahead"])
_SAYING = frozenset(_DATA["saying"])
_CALLING = frozenset(_DATA["calling"])
_AT_ONCE = frozenset(_DATA["at_once"])


def clause_verb(token: Token) -> Token | None:
    """Return the token if it is a verb, else the nearest verb that governs it."""
    return next((t for t in (token, *token.ancestors()) if t.tag[:2] == "VB"), None)


def tense_of(token: Token) -> str:
    """Return past, present or future: the tense of the nearest verb that governs a token; past where none does.

    A participle without auxiliary ("killing nine") takes the tense of the verb above it.
    """
    for verb in (token, *token.ancestors()):
        tense = _own_tense(verb) if verb.tag[:2] == "VB" else ""
        if tense:
            return tense
    return "past"


def _own_tense(verb: Token) -> str:
    helpers = auxiliaries(verb)
    tags = {verb.tag, *(a.tag for a in helpers)}
    if any(a.tag == "MD" for a in helpers):
        return "past" if any(a.lemma == "have" for a in helpers) else "future"
    infinitive = is_infinitive(verb)
    if infinitive and verb.dep == "xcomp" and verb.head.lemma in _AT_ONCE:
        return ""
    if infinitive or (verb.tag == "VBN" and verb.lemma in _AHEAD):
        return "future"
    if tags & {"VBD", "VBN"}:
        return "past"
    return "present" if tags & {"VBZ", "VBP"} else ""


def is_past_perfect(verb: Token) -> bool:
    """Return whether a verb stands in the past perfect: "had driven", "had been training"."""
    return any(a.lemma == "have" and a.tag == "VBD" for a in auxiliaries(verb))


def is_reported(verb: Token) -> bool:
    """Return whether a verb stands in what somebody said in the past, whose past perfect is a past."""
    clause = verb
    for head in verb.ancestors():
        if clause.dep == "ccomp" and head.lemma in _SAYING:
            return head.tag in {"VBD", "VBN"}
        clause = head
    return False


def looks_ahead(time: Token) -> bool:
    """Return whether a time stands with what is called for, planned or feared: "called for a strike on Thursday"."""
    noun = time.head.head if time.head.dep == "prep" else time.head
    if noun.tag not in {"NN", "NNS"}:
        return False
    above = noun.head.head if noun.dep == "pobj" else noun.head
    return noun.dep in {"pobj", "dobj"} and above.lemma in _CALLING
