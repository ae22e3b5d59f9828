"""What a clause or noun says of its own event: negation, modals, tense, question, modifiers.

Each function takes the status that the surroundings give (`operators.Told`) and
returns it with the word's own dependents counted in.
"""

from collections.abc import Iterator

from byline.coding import syntax
from byline.coding.status.governors import raised
from byline.coding.status.operators import ASSERTED, LEXICON, Told, apply, grip, is_past, modal, negate, set_to
from byline.coding.status.timeless import by_generality, is_present
from byline.language.parsed import Sentence, Token
from byline.records import HAPPENED, Status

_WORDS: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in LEXICON["words"].items()}
_MODALS = {form: name for name, forms in LEXICON["modal_forms"].items() for form in forms}
MARKS: dict[str, str] = LEXICON["marks"]
_MODIFIERS: dict[str, Status] = LEXICON["modifiers"]
_HEADLINE: dict[str, Status] = LEXICON["headline"]
# What may be said of an event before it comes about.
_TO_COME: frozenset[Status] = frozenset({"feared", "hypothetical", "offered", "planned", "promised", "threatened"})
_SAID = _HEADLINE | _MODIFIERS
_MODIFYING = frozenset({"amod", "compound", "nmod", "acl"})
_SUBJECTS = ("nsubj", "nsubjpass")
_QUESTION_WORDS = frozenset({"WP", "WDT", "WRB", "WP$"})
_RELATIVE = frozenset({"WDT", "WP"})
_NOT = ("neg", "advmod", "preconj", "cc", "det")


def own_of_verb(verb: Token, outer: Told, sentence: Sentence, *, negation: bool = True) -> Told:
    """Return the status of a verb's event; ``negation`` False leaves its own "not" out."""
    cue = _negation(verb) if negation else None
    auxiliary = next((c for c in verb.children if c.dep == "aux" and c.tag == "MD" and c.lower in _MODALS), None)
    carrier = next((c for c in verb.children if c.dep == "aux" and c.lemma not in _WORDS["auxiliaries"]), None)
    if carrier is not None and (hold := grip(carrier, ("object", "to"))) is not None:
        outer = apply(hold, outer)  # "union threatens strike", where the parser takes "threatens" for an auxiliary
    if outer.happened and _is_asked(verb, sentence):
        outer = set_to("hypothetical", "question", sentence.tokens[-1], outer)
    if auxiliary is not None and not _is_inverted_condition(verb):
        outer = _under_modal(verb, auxiliary, outer, cue)
    elif _is_imperative(verb, outer):
        outer = set_to("requested", "imperative", verb, outer)
        outer = negate(outer, cue) if cue else outer
    elif cue is not None:
        outer = negate(outer, cue)
    elif (near := _child(verb, "nearly")) is not None:
        outer = negate(outer, near)
    if outer.happened and (better := _advised(verb)) is not None:
        return set_to("requested", "had better", better, outer)
    if outer.happened and _hangs_on_condition(verb):
        return set_to("conditional", "with a condition", verb, outer)
    return _by_aspect(verb, by_generality(verb, outer, sentence))


def own_of_noun(noun: Token, outer: Told) -> Told:
    """Return the status of a noun's event, by its modifiers and the clauses that hang on it."""
    for word in noun.children:
        status = _MODIFIERS.get(word.lower) if word.dep in _MODIFYING else None
        if word.dep == "prt" and noun.is_root:
            status = _HEADLINE.get(word.lower)
        if status is not None and not (status in _TO_COME and _took_place(noun)):
            outer = set_to(status, f"modifier: {word.lower}", word, outer)
    if outer.happened and (any_ := _child(noun, "whichever")) is not None:
        outer = set_to("hypothetical", "whichever there may be", any_, outer)
    if noun.dep in {"appos", "nmod"} and noun.head.lemma in _WORDS["mention"]:
        outer = set_to("hypothetical", "a mere word", noun.head, outer)
    said = _said_of(noun)
    if said is not None:
        outer = set_to(_SAID.get(said.lower, "ongoing"), f"predicate: {said.lower}", said, outer)
    cue = next(_negations_of_noun(noun), None)
    if cue is not None:
        return negate(outer, cue)
    return _by_clause(noun, outer) if outer.happened else outer


def _said_of(noun: Token) -> Token | None:
    """Return what a copula says of an event: "an attack is possible", "talks are under way"."""
    copula = noun.head
    if noun.dep not in _SUBJECTS or not copula.is_verb or _negation(copula) is not None:
        return None
    words = [c for verb in (copula, *raised(copula)) for c in verb.children if c.i > verb.i]  # "proved to be false"
    for word in words:
        if word.dep in {"acomp", "advmod", "attr", "oprd"} and word.lower in _MODIFIERS:
            return word
        if word.lower in _HEADLINE and not word.children and copula.lemma == "be":  # "the strike is off"
            return word
        inner = word.child("pobj") if word.lower in {"in", "under"} and copula.lemma == "be" else None
        if inner is not None and inner.lower in _WORDS["under_way"]:
            return inner
    return None


def own_of_adjective(adjective: Token, outer: Told) -> Told:
    """Return the status of what an adjective says, its own "not" counted in."""
    cue = _child(adjective, "not")
    if cue is None and adjective.dep == "acomp":
        cue = next((c for c in adjective.head.children if c.lower in _WORDS["not"] and c.i == adjective.i - 1), None)
    return negate(outer, cue) if cue else outer


def is_known(noun: Token) -> bool:
    """Whether a noun names what is known already: "the attack", "last week's attack", "Sunday's attack".

    "The release of the hostages" need not be known: its complement makes it definite.
    """
    if noun.tag in {"NNP", "NNPS"} and noun.entity:
        return True
    modifiers = [c for c in noun.children if c.dep in {"amod", "compound", "nmod"}]
    if any(_MODIFIERS.get(c.lower, "actual") not in HAPPENED for c in modifiers):
        return False  # "its planned strike"
    complement = any(c.dep == "prep" and c.lower == "of" for c in noun.children)
    named = not complement and any(
        c.dep == "poss" or (c.dep == "det" and c.lower in _WORDS["known"]) for c in noun.children
    )
    recent = any(c.lower in _WORDS["recent"] for c in modifiers)
    return named or recent or any(c.dep == "relcl" and is_past(c) and _negation(c) is None for c in noun.children)


def is_ranked(noun: Token) -> bool:
    """Whether a noun is the first, the deadliest, the only one of its kind."""
    words = [c for c in noun.children if c.dep == "amod"]
    return any(c.tag == "JJS" or ((hold := grip(c, ("to",))) is not None and hold.class_ == "rank") for c in words)


def mark_of(clause: Token) -> tuple[str, Token] | None:
    """Return the class of the conjunction that opens a clause, and the conjunction."""
    for word in clause.children:
        if word.dep not in {"mark", "advmod", "prep", "cc"} or word.i > clause.i:
            continue
        before = next((c.lower for c in clause.children if c.i == word.i - 1), "")
        for name in (f"{before} {word.lower}", word.lower):
            if name in MARKS and (word.dep == "mark" or " " in name):
                return MARKS[name], word
    return ("condition", clause) if _is_inverted_condition(clause) else None


def mark_of_joint(token: Token) -> tuple[str, Token] | None:
    """Return the class of a conjunction that joins what it sets apart ("rather than"), and the conjunction."""
    words = token.head.children
    for word in words:
        before = next((c.lower for c in (*words, *word.children) if c.i == word.i - 1), "")
        if word.dep in {"cc", "prep"} and word.i < token.i and f"{before} {word.lower}" in MARKS:
            return MARKS[f"{before} {word.lower}"], word
    return None


def _is_inverted_condition(verb: Token) -> bool:
    """Whether the clause is one of "should they attack", "had they attacked".

    Of the latter the parser may take "had" for the verb, and the participle for its complement.
    """
    inner = verb.child("ccomp") if verb.lower == "had" and verb.dep == "advcl" else None
    if inner is not None and inner.tag == "VBN" and verb.child(*_SUBJECTS) is None:
        return True
    if verb.dep not in {"advcl", "ccomp"} or verb.head.i < verb.i:
        return False
    subject, auxiliary = verb.child(*_SUBJECTS), verb.child("aux")
    if subject is None or auxiliary is None or verb.child("mark") is not None:
        return False
    return auxiliary.i < subject.i and auxiliary.lower in {"should", "had", "were"}


def _under_modal(verb: Token, auxiliary: Token, outer: Told, cue: Token | None) -> Told:
    name = _MODALS[auxiliary.lower]
    conditional = outer.happened and _condition_in(verb)
    perfect = verb.tag in {"VBN", "VBD"} and any(c.dep == "aux" and c.lemma == "have" for c in verb.children)
    if conditional and name in {"will", "would", "can", "could"} and not perfect:
        return set_to("conditional", f"modal: {name}, with a condition", auxiliary, outer)
    if name == "would" and not perfect and _is_reported_in_past(verb):
        name = "will"
    elif name == "would" and (later := _child(verb, "later")) is not None and cue is None and outer.happened:
        return outer._replace(rule="would later", cue=later)  # told by one who looks back
    return modal(name, cue or auxiliary, outer, negated=cue is not None, perfect=perfect)


def _advised(verb: Token) -> Token | None:
    """Return the "better" of "they had better leave"."""
    had = any(c.dep == "aux" and c.lower in {"had", "'d", "’d"} for c in verb.children)
    return _child(verb, "better") if had and verb.tag in {"VB", "VBP"} else None


def _hangs_on_condition(verb: Token) -> bool:
    """Whether what is told in the present hangs on an "if" before it: "if that is true, they have fled"."""
    before = [c for c in verb.children if c.dep == "advcl" and c.i < verb.i and is_present(c)]
    if not before or not is_present(verb) or verb.child("xcomp", "ccomp") is not None:
        return False
    return any((mark := mark_of(c)) is not None and mark[0] == "condition" for c in before)


def _condition_in(verb: Token) -> bool:
    asks = grip(verb, ("whether", "that")) is not None  # "would not say if he fled"
    clauses = [c for c in verb.children if c.dep == "advcl" or (c.dep == "ccomp" and not (asks and c.i > verb.i))]
    return any((mark := mark_of(c)) is not None and mark[0] == "condition" for c in clauses)


def _is_reported_in_past(verb: Token) -> bool:
    if any(c.dep == "parataxis" and is_past(c) for c in verb.children):
        return True
    while verb.dep == "conj":
        verb = verb.head
    if verb.dep != "ccomp" or not is_past(verb.head):
        return False
    hold = grip(verb.head, ("that",))
    return hold is None or hold.class_ in {"say", "know"}


def _is_imperative(verb: Token, outer: Told) -> bool:
    """Whether a bare verb opens its clause: "Stop the raids!", also as what somebody says."""
    if not outer.happened or verb.tag != "VB" or verb.dep not in {"ROOT", "ccomp", "advcl"}:
        return False
    first = min((verb, *verb.children), key=lambda t: t.i)
    if not verb.is_root and not (first.text[0].isupper() or _child(verb, "please")):
        return False
    return not any(c.dep in (*_SUBJECTS, "expl", "mark") or (c.dep == "aux" and c.lemma != "do") for c in verb.children)


def _by_aspect(verb: Token, outer: Told) -> Told:
    """Return "ongoing" for "is shelling" and "still shells", "planned" for a bare "to strike" of a headline."""
    if not outer.happened:
        return outer
    auxiliaries = syntax.auxiliaries(verb)
    headline = verb.is_root or (verb.dep == "ccomp" and verb.i < verb.head.i and verb.child(*_SUBJECTS) is not None)
    if headline and syntax.is_infinitive(verb):  # "Government to resign, says aide"
        return set_to("planned", "infinitive", auxiliaries[0], outer)
    present = next((c for c in auxiliaries if c.lower in _WORDS["present"]), None)
    progressive = verb.tag == "VBG" or any(c.lower == "being" for c in auxiliaries)
    now = present is not None and progressive
    if (now or verb.tag in {"VBZ", "VBP"}) and (tomorrow := _time_to_come(verb)) is not None:
        return set_to("planned", "present with a time to come", tomorrow, outer)
    if now and verb.lemma == "go" and verb.child("xcomp") is not None:
        return set_to("planned", "going to", verb, outer)
    if now:
        return outer._replace(status="ongoing", rule="progressive", cue=present)
    still = _child(verb, "still")
    if still is not None and verb.tag in {"VBZ", "VBP"}:
        return outer._replace(status="ongoing", rule="still", cue=still)
    return outer


def _time_to_come(verb: Token) -> Token | None:
    """Return the "tomorrow", the "next" of "next week", the "soon" that stands by a verb."""
    times = (verb, *verb.all("npadvmod"))
    return next((word for time in times if (word := _child(time, "tomorrow")) is not None and word.i > verb.i), None)


def _is_asked(verb: Token, sentence: Sentence) -> bool:
    """Whether the clause is a question to be answered with yes or no: others take their event for granted."""
    if verb.dep not in {"ROOT", "ccomp", "conj"} or not any(t.lower == "?" for t in sentence.tokens[-3:]):
        return False
    subject = verb.child(*_SUBJECTS, "expl") or verb
    if any(c.tag in _QUESTION_WORDS for c in verb.subtree() if c.i < subject.i):
        return False
    inverted = verb if verb.lemma == "be" else verb.child("aux", "auxpass")
    return inverted is not None and inverted.i < subject.i


def _negation(verb: Token) -> Token | None:
    """Return the word that says no of a verb: its own "not", "never", or an argument that is nobody."""
    for child in verb.children:
        said = child.lower in _WORDS["not"] and child.dep in _NOT
        if (said or child.lower in _WORDS["contracted"]) and _says_no(child, verb):
            return child
        if child.dep == "advmod" and (cue := _never(child)) is not None:
            return cue
        if child.lower in _WORDS["hardly"] and any(
            c.i == child.i + 1 and c.lower in _WORDS["anyone"] for c in verb.children
        ):  # "hardly anyone", where the parser hangs "hardly" on the verb
            return child
        if child.dep == "prep" and (noun := child.child("pobj")) is not None and noun.lemma in _WORDS["no_way"]:
            cue = next((c for c in noun.children if c.lower == "no"), None)
            if cue is not None:
                return cue
        if child.dep in {"nsubj", "nsubjpass", "dobj", "attr", "agent"}:
            cue = next(_negations_of_noun(child.child("pobj") or child if child.dep == "agent" else child), None)
            if cue is not None:
                return cue
    return _nor(verb)


def _nor(verb: Token) -> Token | None:
    """Return the "nor" that opens a clause of its own: "nor did they fire"."""
    if verb.child("aux", "auxpass") is None:
        return None
    joints = verb.children if verb.dep != "conj" else (*verb.head.children, *verb.children)
    before = verb.head.i if verb.dep == "conj" else -1
    return next((c for c in joints if c.lower == "nor" and c.dep == "cc" and before < c.i < verb.i), None)


def _never(adverb: Token) -> Token | None:
    """Return the "no" of "no longer", the "never" of "never before"."""
    if adverb.lower == "longer":
        return next((c for c in adverb.children if c.lower == "no"), None)
    return _child(adverb, "not") if adverb.lower in _WORDS["ever"] else None


def _says_no(word: Token, verb: Token) -> bool:
    """Whether "not" is about the verb: not "not only", "not until Friday" or "not by rebels but"."""
    if word.i > verb.i + 2 * (verb.lemma in {"be", "have", "do"}):
        return False
    after = [c for c in (*verb.children, *word.children) if c.i == word.i + 1]
    if any(c.lower in _WORDS["not_only"] for c in after) or (word.lower == "nor" and word.dep == "cc"):
        return False
    if any(c.dep in {"agent", "prep"} and c.i > verb.i and _has(c, "but") for c in verb.children):
        return False  # "was not shelled by soldiers but by rebels"
    until = any(c.lower == "until" or (c.dep == "advcl" and _has(c, "until")) for c in verb.children)
    return not (until and _is_done(verb))


def _is_done(verb: Token) -> bool:
    return any(c.dep in {"aux", "auxpass"} and c.lower in {"did", "was", "were"} for c in verb.children)


def _negations_of_noun(noun: Token) -> Iterator[Token]:
    """Yield what says that there is none: "nobody", "no attack", "neither side", "not a single shot"."""
    if noun.lower in _WORDS["nobody"]:
        yield noun
    if noun.dep == "conj" and noun.child("det", "poss") is None and noun.head is not noun and _or(noun.head):
        yield from _negations_of_noun(noun.head)
    for child in noun.children:
        if child.dep in {"det", "preconj", "neg", "nummod"} and child.lower in _WORDS["no"]:
            yield child
        if child.lower in _WORDS["hardly"] and noun.lower in _WORDS["anyone"]:
            yield child
        if child.lower == "any" and (hardly := _child(child, "hardly")) is not None:
            yield hardly
        if child.lower == "not" and child.i < noun.i and any(c.lower in {"a", "one", "single"} for c in noun.children):
            yield child


def _or(token: Token) -> bool:
    return any(c.dep == "cc" and c.lower in {"or", "nor", "and"} for c in token.children)


def _by_clause(noun: Token, outer: Told) -> Told:
    """Return the status that a clause on the noun gives it: "the march that was called off"."""
    if _took_place(noun):  # "the march that they had banned went ahead"
        return outer
    for clause in noun.children:
        if clause.dep not in {"relcl", "acl", "amod"}:
            continue
        hold = grip(clause, _gaps(clause))
        if hold is None:
            continue
        if clause.tag in {"VB", "VBN"} and syntax.is_infinitive(clause):
            return set_to("planned", "infinitive on a noun", clause, outer)
        if clause.dep == "amod" and clause.i < noun.i:
            continue
        given = apply(hold, own_of_verb_alone(clause), known=False)
        if not given.happened or given.status == "ongoing":
            return given
    return outer


def _took_place(noun: Token) -> bool:
    """Whether a past verb says of an event that it came about: "the planned march went ahead"."""
    slot = "subject" if noun.dep == "nsubj" else "object" if noun.dep in {"dobj", "nsubjpass"} else None
    hold = grip(noun.head, (slot,)) if slot is not None and is_past(noun.head) else None
    return hold is not None and hold.class_ in {"carry", "commit"}


def own_of_verb_alone(verb: Token) -> Told:
    """Return the status of a verb on a noun, seen without what surrounds the noun."""
    return own_of_verb(verb, ASSERTED, Sentence(0, (verb,), 0))


def _gaps(clause: Token) -> tuple[str, ...]:
    """Return the slots of a clause that its noun may fill."""
    if any(c.dep == "mark" and c.tag == "IN" for c in clause.children):
        return ()
    if clause.dep == "acl" and clause.child(*_SUBJECTS) is not None:
        return ()
    if clause.dep == "acl" and clause.child("auxpass") is None:
        return ("object",) if clause.tag == "VBN" else ("subject",)
    subject, dobj = clause.child("nsubj"), clause.child("dobj")
    if subject is not None and subject.tag in _RELATIVE:
        return ("subject",)
    complete = subject is not None and clause.child("ccomp", "xcomp", "prep", "dobj") is not None
    return () if complete and not (dobj is not None and dobj.tag in _RELATIVE) else ("object",)


def _child(token: Token, words: str) -> Token | None:
    return next((c for c in token.children if c.lower in _WORDS[words]), None)


def _has(token: Token, word: str) -> bool:
    return any(c.lower == word for c in token.children)
