"""Cues: verbs, nouns, "according to", "in his words", adverbs and adjectives → drafts of attributions."""

from byline.coding.attribution.asides import Aside, apposed, described, sentence_of, speaker_before
from byline.coding.attribution.drafts import (
    ADJECTIVES,
    ADVERBS,
    LEXICON,
    NOUNS,
    PREDICATES,
    Draft,
    Frames,
    Taken,
    frames_of,
    stance_of,
    take,
)
from byline.coding.attribution.extents import noun_group, predicate_group, verb_group
from byline.coding.attribution.figures import kept_apart
from byline.coding.attribution.noun_contents import content_of_noun, source_of_noun
from byline.coding.attribution.set_off import around, set_off, set_off_by_as
from byline.coding.attribution.speakers import (
    CITE,
    antecedent,
    can_speak,
    can_state,
    is_happening,
    is_passive,
    passed_on_by,
    phrase,
    quoted_by,
    source_of,
    subject_of,
)
from byline.coding.attribution.tallies import tally_of
from byline.coding.attribution.verb_contents import clause_before, content_of, goes_on
from byline.language.parsed import Token

_SOURCES: dict[str, list[str]] = LEXICON["sources"]
_NOT_ACCORDING, _NOBODY = (frozenset(_SOURCES[k]) for k in ("not_according", "nobody"))
_VOICE, _AS = ({k: frozenset(v) for k, v in LEXICON[t].items()} for t in ("voice", "as"))
_COPULAS = frozenset({"be", "feel", "remain", "become", "sound", "seem", "appear", "grow", "stay"})


def draft_of(token: Token) -> Draft | None:
    """Return the attribution whose cue is this token, or None. Its content may be empty if it may be a quotation."""
    if token.dep == "amod":
        return _of_adjective(token)
    if token.lower in PREDICATES and (copula := _copula(token)) is not None:
        return _of_predicate(token, copula)
    if token.lower == "according":
        return _according(token)
    if token.tag.startswith("VB"):
        return _of_any_verb(token)
    if token.pos in {"NOUN", "PROPN"}:
        return _of_any_noun(token)
    return _of_adverb(token) if token.lower in ADVERBS and token.dep == "advmod" else None


def _of_any_verb(verb: Token) -> Draft | None:
    if (cited := _of_citing(verb)) is not None:
        return cited
    if (passing := _as_told(verb)) is not None:
        return passing
    tally, frames = tally_of(verb), frames_of(verb)
    if tally is not None:
        source = source_of(verb)
        words = phrase(source, _above(verb, source))
        told = (tally.content, tally.told, f"verb {verb.lemma}: {tally.frame}")
        return Draft(verb_group(verb), words, antecedent(source) or source, *told, head=verb)
    return _of_verb(verb, frames) if frames is not None else None


def _of_citing(verb: Token) -> Draft | None:
    """Return the attribution to whom a speaker cites: Radio Dorn, *citing doctors*, said nine had died."""
    cited = verb.child("dobj")
    if verb.lemma not in CITE or verb.tag != "VBG" or cited is None or not can_state(cited):
        return None
    says = verb.head.head if verb.dep == "acl" and verb.head.dep == "nsubj" else verb.head
    frames, passing = frames_of(says), source_of(says)
    taken = content_of(says, frames) if frames is not None and says.is_verb else None
    if taken is None or taken.frame not in {"clause", "parenthesis"}:
        return None
    own = {t.i for t in verb.subtree()}
    content, told = ([t for t in part if t.i not in own] for part in (taken.content, taken.told))
    rule, via = f"verb {verb.lemma}: clause", phrase(passing, _above(verb, passing))
    return Draft([verb], phrase(cited), cited, content, told, rule, via=via, head=verb)


def _as_told(verb: Token) -> Draft | None:
    """Return the attribution of what a clause with "as" stands beside: nine died, *as police said*."""
    thing = verb.child("dobj")
    told = _AS["it"] if thing is not None and thing.lower == "it" else _AS["alone"]
    apart = set_off_by_as(verb) if verb.lemma in told and verb.child("ccomp") is None else None
    if apart is None:
        return None
    return Draft([verb], apart.words, apart.speaker, apart.content, apart.content, "as told", head=verb)


def _of_any_noun(noun: Token) -> Draft | None:
    if noun.dep == "pobj" and noun.lower in _VOICE.get(noun.head.lower, ()):
        return _in_words(noun)
    return _of_noun(noun) if noun.lemma in NOUNS else None


def _of_verb(verb: Token, frames: Frames) -> Draft | None:
    apart = set_off(verb, frames)
    aside = speaker_before(verb) if apart is None else None
    found = apart or aside
    head = found.speaker if found is not None else source_of(verb)
    if _is_idiom(verb, head) or goes_on(verb):
        return None
    taken, stance = content_of(verb, frames), stance_of(verb)
    if apart is not None:
        taken = take("parenthesis", apart.content)
    elif aside is not None:
        taken = _without(aside, taken or clause_before(verb, frames))
    if taken is None and (head is None or not {"quote", "clause"} & frames.keys()):
        return None
    if head is None and stance == "reported" and not is_passive(verb) and is_happening(subject_of(verb)):
        return None
    if head is None and taken is not None and not taken.told and not is_passive(verb):
        return None
    taken = taken or Taken([], [], "quote", [])
    return Draft(
        [*verb_group(verb), *taken.marks],
        found.words if found is not None else _own_words(verb, head, taken),
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


def _own_words(verb: Token, head: Token | None, taken: Taken) -> list[Token]:
    """Return the words of a source without what it says, which the parse may give to it: by police *of looting*."""
    told = {t.i for t in taken.told} if is_passive(verb) else ()
    return [t for t in phrase(head, _above(verb, head)) if t.i not in told]


def _without(aside: Aside, taken: Taken | None) -> Taken | None:
    """Take the words for the speaker from what is said."""
    words = {t.i for t in aside.words}
    if taken is None:
        return None
    content, told = ([t for t in part if t.i not in words] for part in (taken.content, taken.told))
    return taken._replace(content=content, told=told)


def _is_idiom(verb: Token, subject: Token | None) -> bool:
    """Say whether it is no speech: let us say; that said, ..."""
    if verb.dep in {"aux", "compound"}:
        return True
    return verb.lemma == "say" and (verb.head.lemma == "let" or (subject is not None and subject.tag == "DT"))


def _copula(word: Token) -> Token | None:
    """Return the verb by which a word is said of somebody: *is* critical; a participle is parsed as the verb itself."""
    if word.dep in {"acomp", "oprd"} and word.head.lemma in _COPULAS:
        return word.head
    return word if word.tag == "VBN" and any(a.lemma in _COPULAS for a in word.all("auxpass")) else None


def _of_predicate(word: Token, copula: Token) -> Draft | None:
    taken, head = content_of(word, PREDICATES[word.lower]), subject_of(copula)
    if taken is None or head is None or goes_on(word):
        return None
    return Draft(
        [*predicate_group(word, copula), *taken.marks],
        phrase(head, _above(copula, head)),
        antecedent(head) or head,
        taken.content,
        [] if _is_nobody(head) else taken.told,
        f"predicate {word.lower}: {taken.frame}",
        head=word,
    )


def _is_nobody(head: Token) -> bool:
    return head.lower in _NOBODY or any(c.lower in _NOBODY for c in head.all("det"))


def _above(cue: Token, head: Token | None) -> Token | None:
    """Return the child of the source by which the cue hangs on it: the clause of "the man saying ..."."""
    token = cue
    while not token.is_root and token.head is not head:
        token = token.head
    return None if token.is_root else token


def _of_noun(noun: Token) -> Draft | None:
    taken = content_of_noun(noun)
    if taken is None:
        return None
    source = source_of_noun(noun)
    return Draft(
        [*noun_group(noun), *taken.marks],
        phrase(source, _above(noun, source)),
        antecedent(source) or source,
        taken.content,
        taken.told,
        f"noun {noun.lemma}: {taken.frame}",
        stance_of(noun),
        head=noun,
    )


def _according(token: Token) -> Draft | None:
    places = [*token.all("prep"), *(token.head.all("prep") if token.dep == "amod" else [])]
    to = next((p for p in places if p.lower == "to"), None)
    source = to.child("pobj") if to is not None else None
    if to is None or source is None or source.lower in _NOT_ACCORDING:
        return None
    words, content = _parted(token, source)
    via = quoted_by(source)
    return Draft([token, to], words, source, content, content, "according to", via=via, head=token)


def _parted(token: Token, source: Token) -> tuple[list[Token], list[Token]]:
    """Return the words of a source behind its cue, and the rest of the sentence or of the clause."""
    sentence, own = sentence_of(token), phrase(source)
    before = [t for t in sentence if t.i < token.i]
    more = (apposed if before else described)(source, sentence)
    words = [*own, *more]
    behind = [t for t in sentence if t.i > words[-1].i]
    ends = not behind or behind[0].pos == "PUNCT"
    content = around(before, behind[1:]) if ends else []
    return kept_apart(token, sentence, words, content or [t for t in _rest(token) if t not in more])


def _rest(adjunct: Token) -> list[Token]:
    """Return the clause that an adjunct such as "according to ..." stands in, without the adjunct.

    What stands before a "that" is of the clause above: police said, *according to Radio Dorn,* that nine died.
    """
    clause = adjunct.head
    while not clause.is_root and (not clause.is_verb or _is_before_that(adjunct, clause)):
        clause = clause.head
    mine = {t.i for t in adjunct.subtree()}
    return [t for t in clause.subtree() if t.i not in mine]


def _is_before_that(adjunct: Token, clause: Token) -> bool:
    return any(m.lower == "that" and m.i > adjunct.i for m in clause.all("mark"))


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
    body = noun.child("compound")
    owner = noun.child("poss") or of or (body if body is not None and can_speak(body) else None)
    if owner is None:
        return None
    sentence = sentence_of(noun)
    more = apposed(owner, sentence) if owner.i < sentence[-1].i else []
    content = [t for t in _rest(noun.head) if t not in more]
    return Draft([noun], [*phrase(owner), *more], owner, content, content, "in words", head=noun)
