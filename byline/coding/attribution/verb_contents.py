"""What a verb cue governs: the frames of the lexicon, found in the parse."""

from byline.coding.attribution.drafts import LEXICON, LIGHT, PARTS, VERBS, Frames, Taken, frames_of, take, take_part
from byline.coding.attribution.extents import leads, verb_group
from byline.coding.attribution.noun_contents import content_of_noun
from byline.coding.attribution.speakers import (
    agent_of,
    can_speak,
    governor,
    is_passive,
    phrase,
    quoting_verb,
    subject_of,
)
from byline.language.parsed import Token

_NOT_OBJECTS, _ONLY_OBJECTS, _NOT_NAMES = (
    {verb: frozenset(words) for verb, words in LEXICON[k].items()} for k in ("not_objects", "only_objects", "not_names")
)
_ANSWERABLE = frozenset(LEXICON["answerable"]["words"])
_SUBORDINATORS = frozenset(LEXICON["subordinators"]["words"])
_DAYS = frozenset(LEXICON["days"]["words"])
_SHOWS = frozenset(LEXICON["shows"]["words"])
_RELATIVES = frozenset({"WP", "WDT"})
_OF_FEELINGS = frozenset({"about", "over", "for", "toward", "towards", "against"})
_WHILE = frozenset({"while", "whereas", "although", "though"})
_NO_CONTENT = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE", "TIME"})
_PERSONAL = frozenset({"he", "she", "it", "they", "i", "we"})
_JOINED = frozenset({"conj", "parataxis"})
_ASIDE = frozenset({"parataxis", "dep", "advcl", "ccomp"})


def goes_on(word: Token) -> bool:
    """Say whether a cue only leads to another, right behind it, that holds the content: *declined* to say who."""
    verb = word.child("xcomp")
    if verb is None or word.child("dobj") is not None or not leads(word, verb):
        return False
    frames = frames_of(verb)
    return frames is not None and content_of(verb, frames) is not None


def content_of(verb: Token, frames: Frames) -> Taken | None:
    """Return what the verb governs by the first of its frames that holds; None if it governs nothing."""
    return next((taken for way in _WAYS if (taken := way(verb, frames)) is not None), None)


def _thing(verb: Token) -> Token | None:
    return verb.child("nsubjpass") if is_passive(verb) else verb.child("dobj")


def _small_clause(verb: Token, frames: Frames) -> Taken | None:
    """Return a clause without a verb: declared *the raid a success*."""
    if "name" not in frames:
        return None
    small = next(
        (c for c in verb.all("ccomp", "xcomp") if c.pos in {"NOUN", "PROPN", "ADJ"} and c.child("nsubj")), None
    )
    if small is None or small.child("aux", "cop", "mark") is not None:
        return None
    return _split(verb, small.child("nsubj"), small)


def _split(verb: Token, thing: Token | None, complement: Token) -> Taken:
    by = next((p for p in complement.all("prep") if p.lower == "by"), None) if is_passive(verb) else None
    apart = {t.i for t in [*(thing.subtree() if thing else []), *(by.subtree() if by else [])]}
    return take_part("name", phrase(thing, verb), [t for t in complement.subtree() if t.i not in apart])


def _clause(verb: Token, frames: Frames) -> Taken | None:
    clauses = verb.all("ccomp", "csubjpass") or _before_quoted(verb) or _asked(verb, frames) or _strayed(verb, frames)
    if not clauses or not ("clause" in frames or ("that" in frames and _is_whole(clauses[0]))):
        return None
    words = _up_to_semicolon(verb, _without_day(verb, [t for c in clauses for t in _own_words(verb, c)]))
    told = frames["clause" if "clause" in frames else "that"].told
    return take("clause", [*_fronted(verb, clauses), *words, *_spilled(verb, words)], told=told)


def _before_quoted(verb: Token) -> list[Token]:
    """Return the clause before a passive: *Nine died*, he was quoted as saying."""
    quoting = quoting_verb(verb)
    return quoting.all("ccomp") if quoting is not None else []


def _asked(verb: Token, frames: Frames) -> list[Token]:
    """Return the question that the parse took for a condition: asked *if he knew*."""
    marked = [c for c in verb.all("advcl") if c.i > verb.i and (m := c.child("mark")) and m.lower in {"if", "whether"}]
    aside = verb.dep == "advcl" and is_passive(verb)  # "asked if he knew, he said no"
    return marked if "if" in frames and not aside else []


def _strayed(verb: Token, frames: Frames) -> list[Token]:
    """Return the clause that the parse gave to the hearer or the day: told the crowd in Dorn *that he would stay*."""
    if "clause" not in frames or "quote" not in frames or verb.child("dobj", "prep") is None:
        return []
    after = [t for t in verb.subtree() if t.i > verb.i and t.head.entity in _NO_CONTENT and t.head is not verb]
    return next(([c] for c in after if c.dep in {"relcl", "acl"} and _is_whole(c)), [])


def _is_whole(clause: Token) -> bool:
    """Say whether a clause with "that" lacks no part that its "that" could stand for."""
    mark = clause.child("mark")
    return mark is not None and mark.lower == "that" and clause.child("nsubj", "nsubjpass") is not None


def _without_day(verb: Token, words: list[Token]) -> list[Token]:
    """Drop the day of the saying, which the parse may give to what is said: said *on Tuesday* she had left."""
    start = 1 if words[0].lower == "on" else 0
    first = words[start : start + 1]
    if words[0].i != verb.i + 1 or not first or first[0].lower not in _DAYS:
        return words
    return words[start + 1 :] if len(words) > start + 1 else words


def _up_to_semicolon(verb: Token, words: list[Token]) -> list[Token]:
    """Cut what follows a cue behind its content, if a semicolon parts it: Two died, he said; it rained."""
    if words[0].i > verb.i:
        return words
    stop = next((t.i for t in words if t.i > verb.i and t.text == ";"), None)
    return words if stop is None else [t for t in words if t.i < stop]


def _own_words(verb: Token, clause: Token) -> list[Token]:
    """Return the words of a clause from its "that" on, without a second cue verb that the parse took into it."""
    that = next((m for m in clause.all("mark") if m.lower == "that"), None)
    words = [t for t in clause.subtree() if that is None or t.i >= that.i]
    other = [c for c in words if (c.dep == "conj" and governor(c) is verb) or _is_contrast(verb, c)]
    stray = {t.i for c in other for t in c.subtree()}
    words = [t for t in words if t.i not in stray]
    while stray and words and words[-1].dep in {"cc", "punct"}:
        words.pop()
    return words


def _is_contrast(verb: Token, clause: Token) -> bool:
    """Say whether a clause sets what others say against it: said it was over, *while others said it was not*."""
    mark, subject = clause.child("mark"), clause.child("nsubj")
    opposed = clause.dep == "advcl" and mark is not None and mark.lower in _WHILE and clause.i > verb.i
    says = clause.child("ccomp") is not None and "clause" in VERBS.get(clause.lemma, {})
    return opposed and says and subject is not None and subject.lower not in _PERSONAL


def _spilled(verb: Token, words: list[Token]) -> list[Token]:
    """Return the main clause of a content that the parse put over the cue: said *that when they came,* she hid."""
    opens = {t.lower for t in words[:3]} & _SUBORDINATORS
    above = next((a for a in verb.ancestors() if a.i > words[-1].i), None) if opens else None
    if above is None or above.lemma in VERBS:
        return []
    rest = [t for t in above.subtree() if t.i > words[-1].i]
    return rest if rest[0].text == "," else []


def _fronted(verb: Token, clauses: list[Token]) -> list[Token]:
    """Return the start of a clause that the cue cuts in two: *The bridge*, officials said, was destroyed."""
    subjects = verb.all("nsubj", "nsubjpass")
    if not subjects or subjects[-1].i > verb.i or clauses[0].i < verb.i:
        return []
    start = subjects[-1].subtree()[0].i
    before = [c for c in verb.all("dep", "nsubj", "nsubjpass", "ccomp") if c.i < start]
    return [t for c in before for t in c.subtree()]


def _raised(verb: Token, frames: Frames) -> Taken | None:
    """Return subject and complement of a passive: *Nine miners* are feared *dead*, are said *to have drowned*."""
    complement = verb.child("xcomp", "oprd", "acomp")
    if "raise" not in frames or complement is None or not is_passive(verb):
        return None
    return take("raise", [*phrase(verb.child("nsubjpass") or verb.head, verb), *complement.subtree()])


def _named(verb: Token, frames: Frames) -> Taken | None:
    """Return object and complement: called *him a liar*; the parse may take the complement for an apposition."""
    if "name" not in frames or (verb.dep == "acl" and is_passive(verb) and agent_of(verb) is None):
        return None  # "a group called Free Dorn" is its name, and nobody's words
    thing = _thing(verb)
    complement = verb.child("oprd", "attr") or (
        thing.child("appos") if thing is not None and not is_passive(verb) else None
    )
    if complement is None or (verb.child("dobj") is None and complement.lower in _NOT_NAMES.get(verb.lemma, ())):
        return None
    return _split(verb, thing, complement)


def _answerable(verb: Token, frames: Frames) -> Taken | None:
    """Return object and what it has to answer for: held *the army responsible for the raid*."""
    thing = _thing(verb)
    if "answerable" not in frames or thing is None:
        return None
    state = next((c for c in [*verb.children, *thing.children] if c.lower in _ANSWERABLE), None)
    deed = next((p for p in (*state.all("prep"), *verb.all("prep")) if p.lower == "for"), None) if state else None
    if deed is None or not deed.children:
        return None
    words = deed.subtree()
    stray = [t for p in verb.all("prep") if p.i > deed.i for t in p.subtree()]  # "for a blast *at a school*"
    return take_part("answerable", phrase(thing, state), sorted({*words, *stray}, key=lambda t: t.i))


def _infinitive(verb: Token, frames: Frames) -> Taken | None:
    gerund = next((g for p in verb.all("prep") if p.lower == "to" and (g := p.child("pcomp")) is not None), None)
    infinitive, thing = verb.child("xcomp") or gerund, verb.child("dobj")
    if infinitive is None:
        return None
    if "object+to-be" in frames and thing is not None and infinitive.lemma == "be":
        return take("object+to-be", [*thing.subtree(), *infinitive.subtree()])
    if "object+to-do" in frames and thing is not None:
        return take("object+to-do", [*thing.subtree(), *infinitive.subtree()], told=False)
    return take("to-do", _own_words(verb, infinitive), told=frames["to-do"].told) if "to-do" in frames else None


def _by_preposition(verb: Token, frames: Frames) -> Taken | None:
    thing = _thing(verb)
    agent = agent_of(verb) if is_passive(verb) else None  # "accused by police of looting"
    under = [p for noun in (thing, agent) if noun for p in noun.all("prep") if f"object+{p.lower}" in frames]
    for child in [*verb.children, *under]:
        if child.dep in {"prep", "dative"}:
            taken = _pair(verb, thing, child, frames) or _alone(verb, thing, child, frames)
        else:
            taken = _marked(verb, child, frames)
        if taken is not None:
            return taken
    return None


def _is_next(verb: Token, word: Token) -> bool:
    """Say whether a word stands right behind a verb with its particle or adverb: lashed out *at*, spoke highly *of*."""
    return word.i == verb_group(verb)[-1].i + 1


def _pair(verb: Token, thing: Token | None, preposition: Token, frames: Frames) -> Taken | None:
    """Return object and preposition: accused *the army of looting*."""
    frame = frames.get(f"object+{preposition.lower}")
    if frame is None or thing is None or not preposition.children:
        return None
    marks = [preposition] if _is_next(verb, preposition) else []  # "is seen as", but "accused him of"
    words = [t for t in [*preposition.subtree(), *_results(verb, preposition)] if t not in marks]
    taken = take_part(frame.kind, phrase(thing, verb), words)._replace(marks=marks)
    return taken if frame.told else taken._replace(told=[])


def _results(verb: Token, preposition: Token) -> list[Token]:
    """Return what came of a deed, where the parse gave that to the cue: accused rebels of a raid, *killing nine*."""
    after = [c for c in verb.all("advcl") if c.tag == "VBG" and c.i > preposition.i]
    return [t for c in after if c.lemma not in VERBS and not c.all("mark", "aux") for t in c.subtree()]


def _alone(verb: Token, thing: Token | None, preposition: Token, frames: Frames) -> Taken | None:
    """Return what stands behind a preposition, with an infinitive after it: called on *members to stay*."""
    frame = frames.get(preposition.lower)
    if frame is None or not preposition.children or (thing is not None and frame.kind in {"to", "on"}):
        return None
    infinitive = verb.child("xcomp")
    more = infinitive.subtree() if infinitive is not None and infinitive.i > preposition.i else []
    words = [t for t in [*preposition.subtree(), *more] if t is not preposition]
    return take(frame.kind, words, [preposition] if _is_next(verb, preposition) else [], told=frame.told)


def _marked(verb: Token, clause: Token, frames: Frames) -> Taken | None:
    """Return a clause whose mark is the preposition of a frame: called *for members to stay*."""
    mark = clause.child("mark") if clause.dep in {"advcl", "ccomp"} else None
    frame = frames.get(mark.lower) if mark is not None and mark.i > verb.i else None
    if mark is None or frame is None or frame.kind == "if":
        return None
    return take(frame.kind, [t for t in clause.subtree() if t is not mark], [mark], told=frame.told)


def _through(verb: Token, frames: Frames) -> Taken | None:
    """Return what follows the object, which with all before it is part of the cue: voiced *deep anger at* the raid."""
    thing = verb.child("dobj")
    if "through" not in frames or thing is None or thing.i < verb.i:
        return None
    own = [c for c in thing.children if c.i > thing.i and (c.dep in {"prep", "acl"} or c.child("mark"))]
    # the parse may give to the verb what the feeling is about: expressed grief over the raid
    stray = [p for p in verb.all("prep") if p.i > thing.i and p.lower in _OF_FEELINGS]
    held = next(iter([*own, *stray]), None)
    if held is None or not held.children:
        return None
    marks = [t for t in thing.subtree() if t.i < held.i] + ([held] if held.dep == "prep" else [])
    words = [t for t in held.subtree() if t not in marks]
    adjoining = marks[0].i == verb.i + 1 and marks[-1].i - marks[0].i + 1 == len(marks)
    return take("through", words, marks if adjoining else [], told=frames["through"].told)


def _object(verb: Token, frames: Frames) -> Taken | None:
    thing = _thing(verb)
    if "object" not in frames or thing is None or thing.tag in _RELATIVES or thing.lower in {"that", "it"}:
        return None
    if thing.tag == "PRP" and (frames["object"].told or is_passive(verb)):
        return None
    names = {thing.lemma, thing.entity}
    if names & _NOT_OBJECTS.get(verb.lemma, frozenset()) or not names & _ONLY_OBJECTS.get(verb.lemma, names):
        return None
    if is_passive(verb) and "quote" not in frames and agent_of(verb) is None:
        return None
    if verb.lemma in LIGHT and not is_passive(verb) and content_of_noun(thing) is not None:
        return None
    words = phrase(thing, verb)
    if thing.lemma not in PARTS:
        return take("object", words, told=frames["object"].told)
    # who claims responsibility for an attack, or denies a role in it, is not the one who tells of it
    stray = [t for p in verb.all("prep") if p.i == words[-1].i + 1 for t in p.subtree()]
    return take("object", [*words, *stray], told=False)


def _shown(verb: Token, frames: Frames) -> Taken | None:
    """Return what a document shows: the poll showed *a lead*."""
    thing, document = verb.child("dobj"), subject_of(verb)
    if "shown" not in frames or thing is None or document is None or document.lemma not in _SHOWS:
        return None
    return take("object", phrase(thing, verb))


def _parenthesis(verb: Token, frames: Frames) -> Taken | None:
    """Return the sentence around a cue set off by commas: *The bridge was*, officials say, *destroyed*."""
    if not {"quote", "raise"} & frames.keys() or verb.dep not in _ASIDE or verb.child("nsubj") is None:
        return None
    own = verb.subtree()
    if own[-1].i - own[0].i + 1 > len(own):
        return None
    around = verb.head.subtree()
    before = next((t for t in reversed(around) if t.i < own[0].i), None)
    opens = before is None and not (verb.dep == "ccomp" and verb.head.lemma in VERBS)  # "they agreed, he said" is his
    set_off = (opens or (before is not None and before.pos == "PUNCT")) and verb.child("mark", "advmod") is None
    if verb.dep in {"advcl", "ccomp"} and not set_off:
        return None
    mine = {t.i for t in own}
    return take("parenthesis", [t for t in around if t.i not in mine])


def clause_before(verb: Token, frames: Frames) -> Taken | None:
    """Return the clause on which the parse hung a cue as a second verb: *Rebels took Tarn,* the council said."""
    if "clause" not in frames or verb.is_root or not verb.head.is_verb or verb.head.i > verb.i:
        return None
    own = {t.i for t in verb.subtree()}
    return take("clause", [t for t in verb.head.subtree() if t.i not in own], told=frames["clause"].told)


def _spliced(verb: Token, frames: Frames) -> Taken | None:
    """Return the clause before a cue with its subject, if a comma alone joins them: *Nine died,* the mayor said."""
    subject = verb.child("nsubj")
    if verb.dep not in _JOINED or subject is None or not can_speak(subject) or verb.head.all("cc", "mark"):
        return None
    first = subject.subtree()[0]
    comma = any(t.i == first.i - 1 and t.text == "," for t in verb.head.subtree())
    return clause_before(verb, frames) if comma and subject.i < verb.i else None


_WAYS = (
    _small_clause,
    _clause,
    _raised,
    _named,
    _answerable,
    _infinitive,
    _by_preposition,
    _through,
    _object,
    _shown,
    _parenthesis,
    _spliced,
)
