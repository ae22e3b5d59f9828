"""Cues and what they govern: verbs, nouns, "according to", adverbs and adjectives → drafts of attributions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from byline import knowledge
from byline.coding.speakers import agent_of, antecedent, can_speak, governor, is_happening, is_passive, passed_on_by, phrase, source_of, subject_of
from byline.language.parsed import Token
from byline.records import Stance

_LEXICON = knowledge.load("attribution.toml")
_SOURCES: dict[str, list[str]] = _LEXICON["sources"]
_NOT_OBJECTS = {verb: frozenset(words) for verb, words in _LEXICON["not_objects"].items()}
_NOT_ACCORDING, _NOBODY, _VOICE = (frozenset(_SOURCES[k]) for k in ("not_according", "nobody", "voice"))
_FALSELY, _HOLLOW, _REALITY = (frozenset(_LEXICON["distance"][k]) for k in ("adverbs", "adjectives", "reality"))
_SUBORDINATORS = frozenset(_LEXICON["subordinators"]["words"])
_LIGHT = frozenset(_LEXICON["light"]["verbs"])
_OWN_CLAUSE = frozenset({"parataxis", "advcl", "dep", "ccomp", "conj", "relcl", "acl"})


def _by_word(table: dict[str, list[str]]) -> dict[str, Any]:
    return {word: kind for kind, words in table.items() for word in words}


_REJECTED = frozenset(_LEXICON["stances"]["rejected"])
_STANCES: dict[str, Stance] = {w: s for w, s in _by_word(_LEXICON["stances"]).items() if s != "rejected"}
_ADVERBS: dict[str, Stance] = _by_word(_LEXICON["adverbs"])
_ADJECTIVES: dict[str, Stance] = _by_word(_LEXICON["adjectives"])


class Frame(NamedTuple):
    """A way in which a cue takes its content; ``told`` is False if the source wants or judges it."""

    kind: str
    told: bool


def _frames(table: dict[str, str]) -> dict[str, dict[str, Frame]]:
    return {
        word: {f.lstrip("~"): Frame(f.lstrip("~"), not f.startswith("~")) for f in frames.split()}
        for word, frames in table.items()
    }


VERBS, NOUNS = _frames(_LEXICON["verbs"]), _frames(_LEXICON["nouns"])


@dataclass(slots=True)
class Draft:
    """An attribution in the making: tokens in text order.

    ``told`` are the tokens of the content that the source vouches for: of
    "called the raid a crime" the crime, not the raid.
    """

    cue: list[Token]
    source: list[Token]
    speaker: Token | None
    content: list[Token]
    told: list[Token]
    rule: str
    stance: Stance = "reported"
    via: list[Token] = field(default_factory=list)
    quotable: bool = False
    head: Token | None = None
    direct: bool = False
    names: bool = False  # calls a thing something: only the quoted name is said


class _Taken(NamedTuple):
    content: list[Token]
    told: list[Token]
    frame: str
    marks: list[Token]  # words that belong to the cue: the preposition in "called for"


def draft_of(token: Token) -> Draft | None:
    """Return the attribution whose cue is this token, or None. Its content may be empty if it may be a quotation."""
    if token.dep == "amod" and (token.lower in _ADJECTIVES or token.lower == "called"):
        return _of_adjective(token)
    if token.lemma in VERBS and token.tag.startswith("VB"):
        return _of_verb(token, VERBS[token.lemma])
    if token.lower in _VOICE and token.dep == "pobj" and token.head.lower == "in":
        return _in_words(token)
    if token.lemma in NOUNS and token.pos in {"NOUN", "PROPN"}:
        return _of_noun(token, NOUNS[token.lemma])
    if token.lower == "according":
        return _according(token)
    if token.lower in _ADVERBS and token.dep == "advmod":
        return _of_adverb(token)
    return None


def _of_verb(verb: Token, frames: dict[str, Frame]) -> Draft | None:
    if verb.dep in {"amod", "aux", "compound"} or (verb.child("prt") and verb.child("prt").lower not in {"out", "up"}):  # type: ignore[union-attr]
        return None
    taken = _content(verb, frames)
    if taken is None and "quote" not in frames and "clause" not in frames:
        return None
    head = source_of(verb)
    if verb.lemma == "say" and (verb.head.lemma == "let" or (head is not None and head.tag == "DT")):  # let us say; that said
        return None
    stance = stance_of(verb)
    if head is None and stance == "reported" and is_happening(subject_of(verb)) and not is_passive(verb):
        return None
    relative = antecedent(head)
    taken = taken or _Taken([], [], "quote", [])
    draft = Draft(
        [*_group(verb), *taken.marks],
        phrase(head, _above(verb, head)),
        relative or head,
        taken.content,
        [] if head is not None and _is_nobody(head) else taken.told,
        f"verb {verb.lemma}: {taken.frame}",
        stance,
        passed_on_by(verb),
        quotable="quote" in frames,
        head=verb,
        names=taken.frame == "object+as" or ("name" in frames and taken.frame in {"name", "object"}),
    )
    return draft if taken.content or head is not None else None


def _is_nobody(head: Token) -> bool:
    return head.lower in _NOBODY or any(c.lower in _NOBODY for c in head.all("det"))


def _above(verb: Token, head: Token | None) -> Token | None:
    """Return the child of the source by which the verb hangs on it: the clause of "the man saying ..."."""
    if head is None:
        return None
    token = verb
    while not token.is_root and token.head is not head:
        token = token.head
    return None if token.is_root else token


def _group(verb: Token) -> list[Token]:
    """Return the verb with its auxiliaries, negation and adverbs next to it, and its particle."""
    words, i = [verb], verb.i
    for child in sorted((c for c in verb.children if c.i < verb.i), key=lambda t: -t.i):
        if child.i != i - 1 or child.dep not in {"aux", "auxpass", "neg", "advmod"}:
            break
        words.insert(0, child)
        i = child.i
    if verb.dep == "pcomp" and verb.head.lower == "as" and verb.head.head.lemma == "quote":
        words = [*_group(verb.head.head), verb.head, *words]
    return [*words, *(c for c in verb.all("prt") if c.i == verb.i + 1)]


def _content(verb: Token, frames: dict[str, Frame]) -> _Taken | None:
    """Return what the verb governs, by the first of its frames that holds."""
    clauses = verb.all("ccomp", "csubjpass")
    small = next((c for c in verb.all("ccomp", "xcomp") if _is_small(c)), None)
    if small is not None and "name" in frames:
        return _named(verb, small.child("nsubj", "nsubjpass"), small)
    if "clause" in frames and clauses:
        words = [t for c in clauses for t in _clause(verb, c)]
        words.extend(_spilled(verb, words))
        return _whole("clause", [*words, *_fronted(verb, clauses)], told=frames["clause"].told)
    passive = is_passive(verb)
    infinitive = verb.child("xcomp")
    if passive and infinitive is not None and "raise" in frames:
        return _whole("raise", [*phrase(verb.child("nsubjpass") or verb.head, verb), *infinitive.subtree()])
    if passive and "raise" in frames and (complement := verb.child("oprd", "acomp")) is not None:
        return _whole("raise", [*phrase(verb.child("nsubjpass"), verb), *complement.subtree()])
    if "name" in frames and (complement := verb.child("oprd", "attr")) is not None:
        return _named(verb, verb.child("nsubjpass") if passive else verb.child("dobj"), complement)
    if "name" in frames and (thing := verb.child("dobj")) is not None and (second := thing.child("appos")) is not None and not passive:
        return _named(verb, thing, second)
    if infinitive is not None and "object+to-do" in frames and (thing := verb.child("dobj")) is not None:
        return _whole("object+to-do", [*thing.subtree(), *infinitive.subtree()], told=False)
    if infinitive is not None and "to" in frames:
        return _whole("to", _clause(verb, infinitive), told=frames["to"].told)
    return _by_preposition(verb, frames) or _object(verb, frames) or _parenthetical(verb, frames)


def _clause(verb: Token, clause: Token) -> list[Token]:
    """Return the words of a content clause without a second cue verb that the parse took into it."""
    words = clause.subtree()
    stray = {t.i for c in words if c.dep == "conj" and governor(c) is verb for t in c.subtree()}
    words = [t for t in words if t.i not in stray]
    while stray and words and words[-1].dep in {"cc", "punct"}:
        words.pop()
    return words


def _spilled(verb: Token, words: list[Token]) -> list[Token]:
    """Return the main clause of a content that the parse put over the cue: she said *when they came,* she hid."""
    opens = {t.lower for t in words[:3]} & _SUBORDINATORS
    above = next((a for a in verb.ancestors() if a.i > words[-1].i), None) if opens else None
    if above is None or above.lemma in VERBS:
        return []
    rest = [t for t in above.subtree() if t.i > words[-1].i]
    return rest if rest[0].text == "," else []


def _is_small(clause: Token) -> bool:
    """Say whether it is a clause without a verb: [the raid a success] after "declared"."""
    return clause.pos in {"NOUN", "PROPN", "ADJ"} and clause.child("nsubj") is not None and not clause.child("aux", "cop", "mark")


def _whole(frame: str, words: Iterable[Token], marks: Iterable[Token] = (), *, told: bool = True) -> _Taken:
    content = sorted(words, key=lambda t: t.i)
    return _Taken(content, content if told else [], frame, list(marks))


def _named(verb: Token, thing: Token | None, complement: Token) -> _Taken:
    by = next((p for p in complement.all("prep") if p.lower == "by"), None) if is_passive(verb) else None
    apart = {t.i for t in [*(thing.subtree() if thing else []), *(by.subtree() if by else [])]}
    told = [t for t in complement.subtree() if t.i not in apart]
    return _Taken(sorted({*phrase(thing, verb), *told}, key=lambda t: t.i), told, "name", [])


def _fronted(verb: Token, clauses: list[Token]) -> list[Token]:
    """Return the start of a clause that the cue cuts in two: *The bridge*, officials said, was destroyed."""
    subject = _nearest_subject(verb)
    if subject is None or subject.i > verb.i or clauses[0].i < verb.i:
        return []
    before = [c for c in verb.children if c.i < subject.subtree()[0].i and c.dep in {"dep", "nsubj", "nsubjpass", "ccomp"}]
    return [t for c in before for t in c.subtree()]


def _nearest_subject(verb: Token) -> Token | None:
    subjects = verb.all("nsubj", "nsubjpass")
    return subjects[-1] if subjects else None


def _by_preposition(verb: Token, frames: dict[str, Frame]) -> _Taken | None:
    thing = verb.child("nsubjpass") if is_passive(verb) else verb.child("dobj")
    under = thing.all("prep") if thing is not None and any(f"object+{c.lower}" in frames for c in thing.all("prep")) else []
    for child in [*verb.children, *under]:
        word = child.lower
        if child.dep in {"prep", "dative"}:
            words = [t for t in child.subtree() if t is not child]
            pair = frames.get(f"object+{word}")
            if pair and words and thing is not None:
                told = [child, *words]
                return _Taken(sorted({*phrase(thing, verb), *told}, key=lambda t: t.i), told if pair.told else [], pair.kind, [])
            if word in frames and words and (thing is None or word not in {"to", "on"}):
                infinitive = verb.child("xcomp")
                more = infinitive.subtree() if infinitive is not None and infinitive.i > child.i else []
                return _whole(word, [*words, *more], [child] if child.i == verb.i + 1 else [], told=frames[word].told)
        elif child.dep in {"advcl", "ccomp"} and word not in frames:
            mark = child.child("mark")
            if mark is not None and mark.lower in frames and mark.i > verb.i:
                words = [t for t in child.subtree() if t is not mark]
                return _whole(mark.lower, words, [mark], told=frames[mark.lower].told)
    return None


def _object(verb: Token, frames: dict[str, Frame]) -> _Taken | None:
    if "object" not in frames:
        return None
    thing = verb.child("nsubjpass") if is_passive(verb) else verb.child("dobj")
    if thing is None or thing.tag in {"PRP", "WP", "WDT"} or thing.lemma in _NOT_OBJECTS.get(verb.lemma, ()):
        return None
    if is_passive(verb) and "quote" not in frames and agent_of(verb) is None:
        return None
    told = frames["object"].told and thing.lemma != "responsibility"
    return _whole("object", phrase(thing, verb), told=told)


def _parenthetical(verb: Token, frames: dict[str, Frame]) -> _Taken | None:
    """Return the sentence around a cue set off by commas: The bridge was, *officials say*, destroyed."""
    if not {"clause", "quote"} & frames.keys() or verb.dep not in _OWN_CLAUSE or verb.child("nsubj") is None:
        return None
    own = verb.subtree()
    if len(own) > own[-1].i - own[0].i + 1:
        return None
    around = verb.head.subtree()
    before = next((t for t in reversed(around) if t.i < own[0].i), None)
    if verb.dep not in {"parataxis", "dep"} and not ((before is None or before.pos == "PUNCT") and verb.child("mark", "advmod") is None):
        return None
    if verb.dep in {"relcl", "acl", "conj"}:
        return None
    mine = {t.i for t in own}
    return _whole("parenthesis", [t for t in around if t.i not in mine])


def stance_of(cue: Token) -> Stance:
    """Return how the text presents what the cue introduces."""
    described = {c.lower for c in cue.children if c.dep in {"advmod", "amod"}}
    if described & (_FALSELY | _HOLLOW | {w for w, s in _ADJECTIVES.items() if s == "disputed"}) or _corrected(cue):
        return "disputed"
    if cue.lemma in _REJECTED and any(c.lemma in NOUNS for c in cue.all("dobj", "nsubjpass")):
        return "denied"
    return _STANCES.get(cue.lemma, "reported")


def _corrected(cue: Token) -> bool:
    """Say whether the text goes on: but which was in reality ..."""
    clause = cue.head if cue.dep == "relcl" else cue
    for start in (clause, cue, clause.head):
        for second in start.all("conj"):
            if second.i > cue.i and any(t.lower in _REALITY and t.dep == "pobj" for p in second.all("prep") for t in p.children):
                return True
    return False


def _of_noun(noun: Token, frames: dict[str, Frame]) -> Draft | None:
    taken = _noun_content(noun, frames)
    if taken is None:
        return None
    source = _noun_source(noun)
    return Draft(
        [*_described(noun), *taken.marks],
        phrase(source, _above(noun, source)),
        antecedent(source) or source,
        taken.content,
        taken.told,
        f"noun {noun.lemma}: {taken.frame}",
        stance_of(noun),
        head=noun,
    )


def _described(noun: Token) -> list[Token]:
    return [noun]


def _noun_content(noun: Token, frames: dict[str, Frame]) -> _Taken | None:
    for child in noun.children:
        if child.i < noun.i:
            continue
        if "clause" in frames and _is_content_clause(child):
            return _whole("clause", child.subtree(), told=frames["clause"].told)
        if child.dep in {"acl", "xcomp"} and child.tag == "VB" and "to" in frames:
            return _whole("to", child.subtree(), told=frames["to"].told)
        if child.dep == "prep" and child.lower in frames:
            words = [t for t in child.subtree() if t is not child]
            return _whole(child.lower, words, [child], told=frames[child.lower].told) if words else None
    return None


def _is_content_clause(child: Token) -> bool:
    """Say whether a noun's clause tells what it is, and not which: the claim *that he lied*, not *that he made*."""
    mark = child.child("mark")
    if child.lemma in _LIGHT and child.child("dobj", "nsubjpass") is None:
        return False
    if mark is not None:
        return child.dep in {"acl", "ccomp", "relcl", "appos"} and mark.lower in {"that", "whether"}
    taken = child.child("dobj")
    relative = child.dep == "relcl" and taken is not None and taken.lower == "that" and taken.i < child.i
    return relative and child.lemma not in _LIGHT and child.lemma not in VERBS


def _noun_source(noun: Token) -> Token | None:
    owner = noun.child("poss")
    if owner is not None:
        return owner
    for preposition in noun.all("prep"):
        if preposition.lower in {"by", "from", "among"}:
            return preposition.child("pobj")
    named = next((c for c in noun.all("compound", "amod", "nmod") if can_speak(c)), None)
    if named is not None:
        return named
    verb = noun.head
    if noun.dep == "dobj" and verb.lemma in _LIGHT:
        return source_of(verb)
    if noun.dep == "pobj" and verb.lower == "in" and verb.head.pos == "VERB":
        return subject_of(verb.head)
    if verb.lower == "by" and verb.dep == "agent":
        return None
    return agent_of(verb) if noun.dep == "nsubjpass" and verb.lemma in _LIGHT else None


def _according(token: Token) -> Draft | None:
    to = next((t for t in (token.child("prep"), token.head.child("prep") if token.dep == "amod" else None) if t and t.lower == "to"), None)
    source = to.child("pobj") if to else None
    if to is None or source is None or source.lower in _NOT_ACCORDING:
        return None
    return Draft([token, to], phrase(source), source, *_rest(token), "according to", head=token)


def _rest(token: Token) -> tuple[list[Token], list[Token]]:
    """Return the clause that an adjunct such as "according to ..." stands in, without the adjunct."""
    clause = token.head
    while not clause.is_root and clause.pos not in {"VERB", "AUX"}:
        clause = clause.head
    mine = {t.i for t in token.subtree()}
    content = [t for t in clause.subtree() if t.i not in mine]
    return content, content


def _of_adverb(token: Token) -> Draft:
    return Draft([token], [], None, *_rest(token), "adverb", _ADVERBS[token.lower], head=token)


def _of_adjective(token: Token) -> Draft | None:
    """Return the attribution of "the alleged attack"; a tokenizer parts "so-called" into three."""
    parts = token.subtree()
    word = "".join(t.lower for t in parts)
    if word not in _ADJECTIVES:
        return None
    content = [t for t in phrase(token.head) if t.i > token.i]
    return Draft(parts, [], None, content, content, "adjective", _ADJECTIVES[word], head=token)


def _in_words(token: Token) -> Draft | None:
    of = next((p for p in token.all("prep") if p.lower == "of"), None)
    owner = token.child("poss") or (of.child("pobj") if of else None)
    if owner is None:
        return None
    return Draft([token], phrase(owner), owner, *_rest(token.head), "in words", head=token)
