"""What a clause tells more of: the raid of March, *in which nine were killed*; it was in March *that nine died*."""

from byline.coding.times.tense import clause_verb
from byline.language.parsed import Token


def told_more_of(trigger: Token) -> tuple[Token, frozenset[Token]] | None:
    """Return the verb of a trigger's clause and the words of what that tells more of; None if it tells of nothing."""
    clause = _whole_clause(trigger)
    words = _antecedents(clause) if clause is not None else frozenset[Token]()
    return (clause, words) if clause is not None and words else None


def _whole_clause(trigger: Token) -> Token | None:
    """Return the first verb of those that a trigger's verb is joined to: nine *were killed* and twelve wounded."""
    clause = clause_verb(trigger)
    while clause is not None and clause.dep == "conj" and clause.head.is_verb:
        clause = clause.head
    return clause


def _antecedents(clause: Token) -> frozenset[Token]:
    """Return the words of the noun phrase that a clause with "which", "that" or "when" tells more of.

    In "it was in March that nine died" the time hangs on "was". Of people nothing is known by what they did.
    """
    above = clause.head
    if above.lemma == "be" and any(s.lower == "it" for s in above.all("nsubj", "expl")):
        return frozenset({above})
    if clause.dep != "relcl" or any(t.tag in {"WP", "WP$"} for t in clause.subtree() if t.i < clause.i):
        return frozenset()
    phrase = [above]
    for token in above.ancestors():
        if token.is_verb or token.pos not in {"NOUN", "PROPN", "ADP"}:
            break
        phrase.append(token)
    return frozenset(phrase)
