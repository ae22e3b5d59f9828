"""Which words are the cue: the verb or noun and what stands beside it as part of the saying."""

from byline.coding.attribution.drafts import LEXICON, LIGHT, VERBS
from byline.coding.attribution.speakers import can_speak, issuer_of, quoting_verb
from byline.language.parsed import Token

_IN_CUE, _MANNER, _WHEN = (frozenset(LEXICON["in_cue"][k]) for k in ("in", "manner", "when"))
_BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})
_BEFORE_NOUN = frozenset({"det", "amod", "advmod", "compound", "neg", "poss"})


def verb_group(verb: Token) -> list[Token]:
    """Return the verb with what helps it: is *said*, goes on to *say*, *pointed* out, *said* bluntly in a statement."""
    return [*_up_to(verb), *_trailing(verb)]


def _up_to(verb: Token) -> list[Token]:
    words, above = _led(verb, [verb]), verb.head
    if (quoting := quoting_verb(verb)) is not None:
        return [*verb_group(quoting), above, *words]
    if verb.dep == "xcomp" and leads(above, verb):
        return [*_leading(above, words[0]), *words]
    if issuer_of(verb) is not None and above.i == words[0].i - 1:
        return [*_noun_of(above, above.head), *words]
    return words


def _leading(above: Token, first: Token) -> list[Token]:
    words = _led(above, [above, *(c for c in above.children if above.i < c.i < first.i)])
    return _with_copula(words, above.head) if above.pos == "ADJ" else words


def _with_copula(words: list[Token], copula: Token) -> list[Token]:
    """Put the verb of an adjective before it, if only "not" or an adverb stands between: *was never* willing."""
    between = [c for c in copula.children if copula.i < c.i < words[0].i]
    near = words[0].i == copula.i + 1 + len(between) and all(c.dep in {"neg", "advmod"} for c in between)
    return [*_led(copula, [copula]), *between, *words] if near else words


def _led(verb: Token, words: list[Token]) -> list[Token]:
    """Put the auxiliaries, negation and adverbs that stand right before a verb in front of its words."""
    words = list(words)
    for child in reversed([c for c in verb.children if c.i < verb.i]):
        if child.i != words[0].i - 1 or child.dep not in _BEFORE_VERB or child.tag == "WRB":
            break
        words.insert(0, child)
    return words


def leads(above: Token, verb: Token) -> bool:
    """Say whether a cue goes on from words right before it: *continued* to warn, is *quick* to note."""
    first = _led(verb, [verb])[0]
    between = [c for c in above.children if above.i < c.i < first.i]
    near = first.i == above.i + 1 + len(between) and all(c.dep == "prt" for c in between)
    return near and above.pos in {"VERB", "ADJ"} and not _says(above)


def _says(verb: Token) -> bool:
    """Say whether a verb itself tells what the one below holds: *denied* ordering it, is *expected* to say."""
    frames = VERBS.get(verb.lemma, {})
    passive = verb.child("auxpass") is not None
    return ("to-do" in frames and frames["to-do"].told) or ("raise" in frames and passive)


def _trailing(verb: Token) -> list[Token]:
    """Return the particle, the adverb of manner or the place right behind a verb: said *in an interview*."""
    after = next((c for c in verb.children if c.i == verb.i + 1), None)
    if after is None:
        return []
    if after.dep == "prt" or (after.dep == "advmod" and after.lower in _MANNER):
        return [after]
    if after.dep == "advmod" and after.lower.endswith("ly") and after.lower not in _WHEN:
        return [after]
    place = after.child("pobj") if after.dep == "prep" and after.lower == "in" else None
    if place is None or place.lemma not in _IN_CUE:
        return []
    own = [c for c in place.children if c.i < place.i]
    return [after, *own, place] if len(own) == place.i - after.i - 1 else []


def noun_group(noun: Token) -> list[Token]:
    """Return the noun with the words right before it, and the light verb before those: *made the false claim* that."""
    return _noun_of(noun, noun.head if noun.dep == "dobj" and noun.head.lemma in LIGHT else None)


def _noun_of(noun: Token, verb: Token | None) -> list[Token]:
    words = [noun]
    for child in reversed([c for c in noun.children if c.i < noun.i]):
        own = [t for t in child.subtree() if t.i < noun.i]
        if own[-1].i != words[0].i - 1 or child.dep not in _BEFORE_NOUN:
            break
        if child.dep in {"compound", "amod"} and can_speak(child):
            break
        if child.dep == "poss" and (child.tag != "PRP$" or verb is None or verb.i != child.i - 1):
            break
        words = [*own, *words]
    return [*_up_to(verb), *words] if verb is not None and verb.i == words[0].i - 1 else words


def is_light(noun: Token, first: Token) -> bool:
    """Say whether the noun is what a light verb right before it is done to."""
    verb = noun.head
    return noun.dep == "dobj" and verb.lemma in LIGHT and verb.i == first.i - 1


def predicate_group(word: Token, copula: Token) -> list[Token]:
    """Return an adjective with its adverbs and, if nothing stands between, its verb: *is deeply critical* of."""
    words = _led(word, [word])
    return words if copula is word else _with_copula(words, copula)
