"""What a noun cue holds, and whose it is: the army's claim that, made the claim that."""

from byline.coding.attribution.drafts import LEXICON, LIGHT, NOUNS, VERBS, Taken, take
from byline.coding.attribution.extents import is_light
from byline.coding.attribution.speakers import agent_of, can_speak, source_of, subject_of
from byline.coding.attribution.tallies import standing_of
from byline.language.parsed import Token

_NOT_NOUNS = {noun: frozenset(words) for noun, words in LEXICON["not_nouns"].items()}
_AWAITING = frozenset(LEXICON["awaiting"]["verbs"])


def content_of_noun(noun: Token) -> Taken | None:
    """Return what the noun holds by the first of its frames that holds; None if it is no cue or holds nothing."""
    frames = NOUNS.get(noun.lemma, {})
    described = {c.lower for c in noun.all("compound", "nmod", "amod")} & _NOT_NOUNS.get(noun.lemma, frozenset())
    if described or (noun.head.head if noun.dep == "pobj" else noun.head).lemma in _AWAITING:
        return None
    for child in noun.children:
        if child.i < noun.i:
            continue
        if "clause" in frames and _is_content_clause(child):
            return take("clause", child.subtree(), told=frames["clause"].told)
        if "to-do" in frames and child.dep in {"acl", "xcomp"} and child.tag == "VB":
            return take("to-do", child.subtree(), told=frames["to-do"].told)
        if child.dep == "prep" and child.lower in frames and child.children:
            words = [t for t in child.subtree() if t is not child]
            return take(child.lower, words, [child], told=frames[child.lower].told)
    return standing_of(noun)


def _is_content_clause(child: Token) -> bool:
    """Say whether a noun's clause tells what it is, and not which: the claim *that he lied*, not *that he made*."""
    if child.lemma in LIGHT and child.child("dobj", "nsubjpass") is None:
        return False
    mark = child.child("mark")
    if mark is not None:
        return child.dep in {"acl", "ccomp", "relcl", "appos"} and mark.lower in {"that", "whether"}
    taken = child.child("dobj")
    relative = child.dep == "relcl" and taken is not None and taken.lower == "that" and taken.i < child.i
    return relative and child.lemma not in LIGHT and child.lemma not in VERBS


def source_of_noun(noun: Token) -> Token | None:
    """Return whose claim it is: the army's, by the army, army claims, or of who makes it."""
    owner = noun.child("poss")
    by = next((p.child("pobj") for p in noun.all("prep") if p.lower in {"by", "from", "among"}), None)
    named = next((c for c in noun.all("compound", "amod", "nmod") if can_speak(c)), None)
    verb = noun.head
    if owner is not None and owner.tag == "PRP$" and is_light(noun, owner) and source_of(verb) is not None:
        return source_of(verb)
    if (found := owner or by or named) is not None:
        return found
    if noun.dep == "pobj" and verb.lower == "in" and verb.head.pos == "VERB":
        return subject_of(verb.head)
    if verb.lemma not in LIGHT:
        return None
    return source_of(verb) if noun.dep == "dobj" else agent_of(verb) if noun.dep == "nsubjpass" else None
