"""Cues: verbs, nouns, "according to", "in his words", adverbs and adjectives → drafts of attributions."""

from byline.coding.attribution.drafts import (
    ADJECTIVES,
    ADVERBS,
    LEXICON,
    NOUNS,
    VERBS,
    Draft,
    Frames,
    Taken,
    stance_of,
    take,
)
from byline.coding.attribution.speakers import (
    agent_of,
    antecedent,
    can_speak,
    is_happening,
    is_passive,
    passed_on_by,
    phrase,
    source_of,
    subject_of,
)
from byline.coding.attribution.verb_contents import content_of
from byline.language.parsed import Token

_SOURCES: dict[str, list[str]] = LEXICON["sources"]
_NOT_ACCORDING, _NOBODY, _VOICE = (frozenset(_SOURCES[k]) for k in ("not_according", "nobody", "voice"))
_LIGHT, _IN_CUE = frozenset(LEXICON["light"]["verbs"]), frozenset(LEXICON["in_cue"]["words"])
_PARTICLES = frozenset({"out", "up"})


def draft_of(token: Token) -> Draft | None:
    """Return the attribution whose cue is this token, or None. Its content may be empty if it may be a quotation."""
    if token.dep == "amod":
        return _of_adjective(token)
    if token.lemma in VERBS and token.tag.startswith("VB"):
        return _of_verb(token, VERBS[token.lemma])
    if token.pos in {"NOUN", "PROPN"}:
        return _of_any_noun(token)
    if token.lower == "according":
        return _according(token)
    return _of_adverb(token) if token.lower in ADVERBS and token.dep == "advmod" else None


def _of_any_noun(noun: Token) -> Draft | None:
    if noun.lower in _VOICE and noun.dep == "pobj" and noun.head.lower == "in":
        return _in_words(noun)
    return _of_noun(noun, NOUNS[noun.lemma]) if noun.lemma in NOUNS else None


def _of_verb(verb: Token, frames: Frames) -> Draft | None:
    head = source_of(verb)
    if _is_idiom(verb, head):
        return None
    taken, stance = content_of(verb, frames), stance_of(verb)
    if taken is None and (head is None or not {"quote", "clause"} & frames.keys()):
        return None
    if head is None and stance == "reported" and not is_passive(verb) and is_happening(subject_of(verb)):
        return None
    taken = taken or Taken([], [], "quote", [])
    return Draft(
        [*_group(verb), *taken.marks],
        phrase(head, _above(verb, head)),
        antecedent(head) or head,
        taken.content,
        [] if head is not None and _is_nobody(head) else taken.told,
        f"verb {verb.lemma}: {taken.frame}",
        stance,
        passed_on_by(verb),
        quotable="quote" in frames,
        head=verb,
        names=taken.frame == "object+as" or ("name" in frames and taken.frame in {"name", "object"}),
    )


def _is_idiom(verb: Token, subject: Token | None) -> bool:
    """Say whether it is no speech: told off; let us say; that said, ..."""
    particle = verb.child("prt")
    if verb.dep in {"aux", "compound"} or (particle is not None and particle.lower not in _PARTICLES):
        return True
    return verb.lemma == "say" and (verb.head.lemma == "let" or (subject is not None and subject.tag == "DT"))


def _is_nobody(head: Token) -> bool:
    return head.lower in _NOBODY or any(c.lower in _NOBODY for c in head.all("det"))


def _above(cue: Token, head: Token | None) -> Token | None:
    """Return the child of the source by which the cue hangs on it: the clause of "the man saying ..."."""
    token = cue
    while not token.is_root and token.head is not head:
        token = token.head
    return None if token.is_root else token


def _group(verb: Token) -> list[Token]:
    """Return the verb with its auxiliaries, negation and adverbs next to it, its particle, "in a statement"."""
    words, i = [verb], verb.i
    for child in reversed([c for c in verb.children if c.i < verb.i]):
        if child.i != i - 1 or child.dep not in {"aux", "auxpass", "neg", "advmod"}:
            break
        words.insert(0, child)
        i = child.i
    if verb.dep == "pcomp" and verb.head.lower == "as" and verb.head.head.lemma == "quote":
        words = [*_group(verb.head.head), verb.head, *words]
    after = next((c for c in verb.children if c.i == verb.i + 1), None)
    if after is None:
        return words
    if after.dep == "prt":
        return [*words, after]
    place = after.child("pobj") if after.dep == "prep" and after.lower == "in" else None
    return [*words, after, *place.all("det"), place] if place is not None and place.lemma in _IN_CUE else words


def _of_noun(noun: Token, frames: Frames) -> Draft | None:
    taken = _noun_content(noun, frames)
    if taken is None:
        return None
    source = _noun_source(noun)
    return Draft(
        [noun, *taken.marks],
        phrase(source, _above(noun, source)),
        antecedent(source) or source,
        taken.content,
        taken.told,
        f"noun {noun.lemma}: {taken.frame}",
        stance_of(noun),
        head=noun,
    )


def _noun_content(noun: Token, frames: Frames) -> Taken | None:
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
    return None


def _is_content_clause(child: Token) -> bool:
    """Say whether a noun's clause tells what it is, and not which: the claim *that he lied*, not *that he made*."""
    if child.lemma in _LIGHT and child.child("dobj", "nsubjpass") is None:
        return False
    mark = child.child("mark")
    if mark is not None:
        return child.dep in {"acl", "ccomp", "relcl", "appos"} and mark.lower in {"that", "whether"}
    taken = child.child("dobj")
    relative = child.dep == "relcl" and taken is not None and taken.lower == "that" and taken.i < child.i
    return relative and child.lemma not in _LIGHT and child.lemma not in VERBS


def _noun_source(noun: Token) -> Token | None:
    """Return whose claim it is: the army's, by the army, army claims, or of who makes it."""
    owner = noun.child("poss")
    by = next((p.child("pobj") for p in noun.all("prep") if p.lower in {"by", "from", "among"}), None)
    named = next((c for c in noun.all("compound", "amod", "nmod") if can_speak(c)), None)
    if (found := owner or by or named) is not None:
        return found
    verb = noun.head
    if noun.dep == "pobj" and verb.lower == "in" and verb.head.pos == "VERB":
        return subject_of(verb.head)
    if verb.lemma not in _LIGHT:
        return None
    return source_of(verb) if noun.dep == "dobj" else agent_of(verb) if noun.dep == "nsubjpass" else None


def _according(token: Token) -> Draft | None:
    places = [*token.all("prep"), *(token.head.all("prep") if token.dep == "amod" else [])]
    to = next((p for p in places if p.lower == "to"), None)
    source = to.child("pobj") if to is not None else None
    if to is None or source is None or source.lower in _NOT_ACCORDING:
        return None
    content = _rest(token)
    return Draft([token, to], phrase(source), source, content, content, "according to", head=token)


def _rest(adjunct: Token) -> list[Token]:
    """Return the clause that an adjunct such as "according to ..." stands in, without the adjunct."""
    clause = adjunct.head
    while not clause.is_root and not clause.is_verb:
        clause = clause.head
    mine = {t.i for t in adjunct.subtree()}
    return [t for t in clause.subtree() if t.i not in mine]


def _of_adverb(token: Token) -> Draft:
    content = _rest(token)
    return Draft([token], [], None, content, content, "adverb", ADVERBS[token.lower], head=token)


def _of_adjective(token: Token) -> Draft | None:
    """Return the attribution of "the alleged attack"; a tokenizer parts "so-called" into three."""
    if token.lower not in ADJECTIVES and token.lower != "called":
        return None
    parts = token.subtree()
    word = "".join(t.lower for t in parts)
    content = [t for t in phrase(token.head) if t.i > token.i]
    if word not in ADJECTIVES or not content:
        return None
    return Draft(parts, [], None, content, content, "adjective", ADJECTIVES[word], head=token)


def _in_words(noun: Token) -> Draft | None:
    of = next((p.child("pobj") for p in noun.all("prep") if p.lower == "of"), None)
    owner = noun.child("poss") or of
    if owner is None:
        return None
    content = _rest(noun.head)
    return Draft([noun], phrase(owner), owner, content, content, "in words", head=noun)
