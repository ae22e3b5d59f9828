"""How a word hangs on what governs it: kinds of complements, who may grip them, forms of verbs."""

from collections.abc import Iterator

from byline.coding import syntax
from byline.coding.status.operators import LEXICON, Grip, default, grip, is_past
from byline.language.parsed import Token

NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_WH = frozenset({"why", "how", "when", "where", "who", "whom", "what", "which"})
_ANYONE = frozenset(LEXICON["words"]["anyone"])
_OWN = frozenset(LEXICON["words"]["own"])
_CHANGE, _ANY = frozenset(LEXICON["words"]["change"]), frozenset(LEXICON["words"]["any"])
_SAID = frozenset(LEXICON["modifiers"])
_ONCE = frozenset(LEXICON["words"]["once"])
_HEDGES = frozenset(LEXICON["words"]["hedges"])


def is_close_participle(clause: Token) -> bool:
    """Whether a participle stands right behind its verb: "feared killed", "kept firing"."""
    bare = clause.child("nsubj", "nsubjpass", "aux") is None
    return bare and clause.tag in {"VBG", "VBN"} and clause.i - clause.head.i in {1, 2}


def is_done_before(participle: Token) -> bool:
    """Whether a participle before a noun tells what was done to it already: "free jailed monks"."""
    noun = participle.head
    if participle.dep != "amod" or participle.tag != "VBN" or participle.lemma in _CHANGE or noun.pos != "NOUN":
        return False
    return participle.child("advmod", "neg") is None and not any(c.lower in _ANY for c in noun.children)


def is_prior(clause: Token) -> bool:
    """Whether a participle set off by a comma tells what was done before: "arrested in May, he will be tried"."""
    before = [c for c in clause.children if c.i < clause.i and c.dep != "punct"]
    if clause.tag != "VBN" or any(c.tag != "RB" or c.lower in _ONCE for c in before):
        return False
    low, high = sorted((clause.i, clause.head.i))
    return any(c.lower == "," and low < c.i < high for c in (*clause.head.children, *clause.children))


def begins_behind(clause: Token, noun: Token) -> bool:
    """Whether a clause begins right behind a noun and its prepositions, and so may be its complement."""
    begins = min((c.i for c in clause.children), default=clause.i)
    prepositions = [t.i for c in noun.children if c.dep == "prep" for t in c.subtree()]
    return begins == max([noun.i, *prepositions]) + 1


def is_parenthetic(clause: Token) -> bool:
    """Whether a clause after what is said only says who says it: "... , the crowd shouted"."""
    return (
        clause.dep == "ccomp"
        and clause.i > clause.head.i
        and clause.child("nsubj") is not None
        and clause.child("mark", "ccomp") is None
        and any(c.dep == "punct" and clause.head.i < c.i < clause.i for c in (*clause.head.children, *clause.children))
    )


def is_wh_clause(clause: Token) -> bool:
    """Whether a clause asks when, where, why, how, who or what of what it takes for granted."""
    words = [c for c in clause.children if c.i < clause.i and c.lower in _WH]
    return bool(words) and is_narrated(clause)


def is_headline_passive(verb: Token) -> bool:
    """Whether a verb may be passive though its auxiliary is left out: "Bomb plot foiled"."""
    closed = any(c.lower == "." for c in verb.children)
    return verb.tag in {"VBD", "VBN"} and not closed and verb.child("dobj", "ccomp", "xcomp", "aux", "prt") is None


def alike(one: Token, other: Token) -> bool:
    """Whether two verbs have one form, as far as the tagger tells forms apart."""
    tags = {one.tag, other.tag}
    return len(tags) == 1 or tags in ({"VB", "VBP"}, {"VBN", "VBD"})


def is_finite(verb: Token) -> bool:
    """Whether a verb, or the first of its auxiliaries, has a tense."""
    first = verb.child("aux", "auxpass") or verb
    return first.tag in {"VBD", "VBZ", "VBP", "MD"}


def joined_to(verb: Token) -> Token:
    """Return the verb that another is joined to: what has a tense is not joined to an infinitive or a gerund.

    In "her plan was to sell the mill and pleased the heirs", "pleased" joins "was", whatever the parser says.
    """
    first = verb.head
    own = verb.child("nsubj", "nsubjpass", "aux", "expl") is not None
    if not verb.is_verb or not first.is_verb:
        return first
    if own:
        above = (a for a in first.ancestors() if is_finite(verb) and not is_finite(first) and is_finite(a))
    elif not alike(verb, first) or (verb.tag == "VBD" != first.tag and _is_set_off(verb)):
        above = (a for a in first.ancestors() if a.tag == verb.tag or (verb.tag == "VBD" and is_finite(a)))
    else:
        return first
    return next((a for a in above if a.is_verb), first)


def _is_set_off(verb: Token) -> bool:
    """Whether a comma stands before the "and" that joins a verb."""
    joints = {c.i for c in verb.head.children if c.dep == "cc" and c.i < verb.i}
    return any(c.lower == "," and c.i + 1 in joints for c in verb.head.children)


def raised(verb: Token) -> Iterator[Token]:
    """Yield the infinitives whose subject is that of a verb above: "the march is expected to begin"."""
    for _ in range(4):
        carrier = verb.child("acomp") or verb
        lower = verb.child("xcomp") or carrier.child("xcomp")
        if lower is None or not lower.is_verb or verb.child("dobj") is not None:
            return
        verb = lower
        yield verb


def slot_of_raised(verb: Token) -> str:
    """Return which slot of an infinitive its subject from above fills."""
    return "object" if verb.child("auxpass") is not None else "subject"


def governor_of(preposition: Token) -> tuple[Token, tuple[str, ...]]:
    """Return what governs a preposition, through "instead of" and "because of", and its names, longest first."""
    second = [c for c in preposition.children if c.i == preposition.i + 1 and c.pos == "ADP"]
    names = [f"{preposition.lower} {c.lower}" for c in second]
    names += [f"{c.lower} {preposition.lower}" for c in preposition.children if c.i == preposition.i - 1]
    head = preposition.head
    for _ in range(3):
        if head.pos not in {"ADP", "ADV", "SCONJ"} or head.is_root:
            break
        names.append(f"{head.lower} {preposition.lower}")
        head = head.head
    if head.head.dep == "prep" or head.head.pos == "ADP":
        names.append(f"{head.head.lower} {head.lower} {preposition.lower}")
    return head, (*names, preposition.lower)


def slots_of(clause: Token) -> tuple[str, ...]:
    """Return what kind of complement a clause is, the best name first."""
    auxiliaries = syntax.auxiliaries(clause)
    marked = clause.child("mark")
    if syntax.is_infinitive(clause):
        return ("to",)
    if marked is not None and marked.lower in {"whether", "if"}:
        return ("whether",)
    if (clause.tag == "VBG" and not auxiliaries) or (auxiliaries and auxiliaries[0].tag == "VBG"):
        return ("ing", "object")
    if clause.tag == "VBN" and not auxiliaries and marked is None and clause.dep == "ccomp":  # "wants him killed"
        return ("object", "that")
    if clause.tag == "VB" and not auxiliaries and marked is None and clause.head.i < clause.i:
        return ("that", "to") if clause.child("nsubj", "nsubjpass") is not None else ("to", "that")
    return ("that",)


def candidates(head: Token, slots: tuple[str, ...]) -> Iterator[tuple[Token, tuple[str, ...]]]:
    """Yield the words that may grip a complement of ``head``, each with the slots to ask for."""
    subject = head.child("nsubj", "nsubjpass")
    if head.lemma == "be" and subject is not None and slots[0] in {"to", "that"}:
        yield subject, ("be", "that") if slots[0] == "that" else ("be",)
    if head.lower == "enough" and head.dep == "advmod":  # "kind enough to"
        yield head.head, slots
    carried = [c for c in head.children if c.dep in {"acomp", "attr", "dobj", "oprd"}] if head.is_verb else []
    if head.lemma != "be" or not carried:  # "it was wise to", but "he was to"
        yield head, slots
    yield from ((word, slots) for word in carried)
    if head.is_verb:
        if subject is not None and slots[0] not in {"to", "ing"}:
            yield subject, slots
    elif head.dep in {"dobj", "nsubjpass"}:
        yield head.head, slots
    elif head.dep == "pobj" and head.head.dep in {"prep", "dative"}:
        yield head.head.head, slots


def is_perfect(clause: Token) -> bool:
    """Whether a clause has "have": "to have attacked"."""
    return any(c.dep == "aux" and c.lower == "have" for c in clause.children)


def is_narrated(clause: Token) -> bool:
    """Whether a clause is finite and in the past tense."""
    return is_past(clause) and not any(c.lemma == "to" for c in clause.children)


def speaks_of_self(clause: Token, operator: Token) -> bool:
    """Whether the clause's subject is a pronoun that may stand for the operator's own subject."""
    subject = clause.child("nsubj")
    if subject is None or not operator.is_verb:
        return False
    speaker = operator.child("nsubj")
    return subject.lower in _OWN and speaker is not None


def is_subjunctive(clause: Token) -> bool:
    """Whether a clause has a bare verb, as in "suggested that he resign"."""
    if clause.child("aux", "auxpass") is not None or clause.tag not in {"VB", "VBP"}:
        return False
    subject = clause.child("nsubj")
    singular = subject is not None and subject.tag == "NN" and subject.child("conj") is None
    return clause.tag == "VB" or (singular and clause.lower == clause.lemma)


def is_fronted(clause: Token) -> bool:
    """Whether a finite clause stands, behind a comma, before a verb that says nothing: "they fired, they ran"."""
    commas = any(c.dep == "punct" and clause.i < c.i < clause.head.i for c in (*clause.children, *clause.head.children))
    return clause.dep == "ccomp" and clause.i < clause.head.i and commas and is_finite(clause)


def polite_above(verb: Token) -> Token | None:
    """Return the verb under whose cover something is said all the same: "wish to state", "can confirm", "must say"."""
    if verb.dep == "xcomp" and verb.head.lemma in _HEDGES and not is_past(verb.head):
        return verb.head
    subject = verb.child("nsubj")
    modal = any(c.lower in {"can", "must"} for c in verb.children)
    denied = verb.child("neg") is not None
    return verb if modal and not denied and subject is not None and subject.lower in {"i", "we"} else None


def tells_of_subject(noun: Token, verb: Token) -> bool:
    """Whether a past verb says or denies something of a subject that is there: "strikes did not close the port"."""
    predicate = verb.child("acomp", "dobj")
    own = predicate is not None and predicate.lower not in _SAID
    return noun.dep == "nsubj" and is_past(verb) and own


def is_only_to(clause: Token) -> bool:
    """Whether an infinitive tells what came of something: "fled, only to be jailed"."""
    return any(c.lower == "only" and c.i < clause.i for c in clause.children)


def is_gerund(token: Token) -> bool:
    """Whether a word behind a preposition is a gerund, or as good as one."""
    return token.dep == "pcomp" or token.tag == "VBG"


def is_definite(noun: Token) -> bool:
    """Whether a noun has the definite article."""
    return any(c.dep == "det" and c.lower == "the" for c in noun.children)


def is_anyone(noun: Token, *, done: bool) -> bool:
    """Whether a noun names nobody in particular, so that its clause tells of nothing done: "a man who kills".

    A past participle tells of what is ``done``, unless of anyone: "a teacher taken by pirates".
    """
    if noun.lower in _ANYONE or any(c.lower in _ANYONE for c in noun.children):
        return True
    return not done and noun.pos == "NOUN" and not is_definite(noun) and noun.child("poss", "nummod") is None


def class_of(noun: Token) -> str | None:
    """Return the class of a noun that governs clauses, such as "claim" or "offer"."""
    hold = grip(noun, ("that", "to", "of", "for"))
    return hold.class_ if hold else None


def default_of(head: Token, slots: tuple[str, ...]) -> Grip:
    """Return the hold of a word that has none of its own; "Unions to strike" is a headline's future."""
    if slots[0] == "to" and head.is_root and head.pos in NOUNS:
        return Grip(head, "plan", "headline")
    ranked = (grip(c, ("to",)) for c in head.children if c.dep == "amod" and slots[0] == "to")
    rank = next((hold for hold in ranked if hold is not None and hold.class_ == "rank"), None)
    if rank is not None:  # "the first minister to resign"
        return rank._replace(word=head)
    carried = head.child("acomp") if head.lemma == "be" else None
    return default(carried or head, slots)
