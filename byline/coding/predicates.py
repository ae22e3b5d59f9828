"""Which words tell of an event: the ontology's entries matched over the parse."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from byline.coding import syntax
from byline.coding.actors.cast import Cast
from byline.coding.ontology import NONE, Condition, Entry, Ontology, PartOfSpeech
from byline.coding.ontology_files import WordClass
from byline.language.parsed import TIME_LABELS, Parsed, Token
from byline.records import Span

PARTS: dict[str, PartOfSpeech] = {"VERB": "verbs", "NOUN": "nouns", "PROPN": "nouns", "ADJ": "adjectives"}
_OBJECT_LINKS = {"dobj", "pobj", "attr", "dative", "agent", "oprd", "npadvmod"}
_LINKS = frozenset(
    {*_OBJECT_LINKS, "prt", "prep", "advmod", "acomp", "xcomp", "ccomp", "pcomp", "amod", "compound", "nmod", "neg"}
)
_LEFT = frozenset({"compound", "amod", "nmod", "poss", "nummod", "advmod", "npadvmod"})
_NOMINAL = frozenset({"PRON", "PROPN", "NOUN"})
_CONTENT = frozenset({"NOUN", "VERB", "ADJ"})
_NAMES = frozenset({"PERSON", "ORG", "FAC", "WORK_OF_ART", "PRODUCT", "LOC", "GPE", "LAW", "DATE"})
_IN = frozenset({"in"})
_LONGEST_TRIGGER = 7
_ANYBODY = frozenset({"all", "both", "few", "many", "most", "others", "several", "some"})  # may be whoever is wanted
_CONTENTS = frozenset({"xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "dative", "nsubjpass", "oprd"})
_BESIDE = frozenset({"while", "whereas", "although", "though", "after", "before"})


class Predicate(NamedTuple):
    """A trigger found: its head, all its words, the entry, entries that were beaten, words that are events inside."""

    head: Token
    tokens: tuple[Token, ...]
    entry: Entry
    beaten: tuple[str, ...]
    inner: frozenset[int] = frozenset()

    @property
    def span(self) -> Span:
        """From the first to the last word of the trigger, inner events left out; of far-flung words the head alone."""
        own = [t for t in self.tokens if t.i not in self.inner]
        if own[-1].i - own[0].i >= _LONGEST_TRIGGER or any(own[0].i < i < own[-1].i for i in self.inner):
            return self.head.span
        return (own[0].start, own[-1].end)


def find_predicates(parsed: Parsed, ontology: Ontology, cast: Cast) -> list[Predicate]:
    """Return the triggers of the document in text order.

    ``cast`` tells for whom pronouns and names stand, where an entry has
    conditions ("they retreated" of troops).

    The entry with most words, then with most conditions, wins at a head. A
    word that is part of a longer trigger is none by itself ("launched an
    assault" is one), unless it tells of another type of event that the longer
    trigger is about ("threatened a strike" is two). Entries of NONE take their
    words out.
    """
    found: list[Predicate] = []
    for sentence in parsed.sentences:
        said = {form for token in sentence.tokens for form in (token.lemma, token.lower)}
        found += (p for token in sentence.tokens for p in _best(token, parsed, ontology, cast, said))
    kept = _without_parts(sorted(found, key=lambda p: (-len(p.tokens), p.entry.type != NONE, p.head.i)))
    return sorted((p for p in kept if p.entry.type != NONE), key=lambda p: p.head.i)


def governors(predicates: Iterable[Predicate], demand: str | None) -> dict[int, int]:
    """Return which trigger each event hangs on as its content: head of what is promised, ordered, blamed → trigger's.

    It hangs there directly, or through words that are no events ("a plan to
    arrest"). An event of the type ``demand`` also hangs on the deed that voices
    it ("marched to demand a vote").
    """
    listed = list(predicates)
    acting = {t.i: p.head.i for p in listed for t in p.tokens}
    found = {p.head.i: _governor(p.head, acting) or _deed(p, demand, acting) for p in listed}
    return {head: above for head, above in found.items() if above is not None}


def _deed(predicate: Predicate, demand: str | None, acting: dict[int, int]) -> int | None:
    head = predicate.head
    if predicate.entry.type != demand or head.dep not in {"advcl", "xcomp"} or head.tag not in {"VB", "VBG"}:
        return None
    if head.child("nsubj", "mark") is not None:
        return None
    deed = next((t for t in (head.head, head.head.child("dobj")) if t is not None and t.i in acting), None)
    return acting[deed.i] if deed is not None and deed is not head else None  # "continued their strike to demand"


def _governor(head: Token, acting: dict[int, int]) -> int | None:
    token = head
    while True:
        while _shares_governor(token):
            token = token.head
        if token.dep not in _CONTENTS and not (token.dep == "acl" and token.tag == "VB"):
            return None
        token = token.head
        if token.i in acting:
            return acting[token.i] if acting[token.i] != head.i else None


def _shares_governor(token: Token) -> bool:
    """Whether a verb is joined to a bare verb before it: "agreed to disarm and leave"."""
    return token.dep == "conj" and token.tag == token.head.tag == "VB" and token.child("nsubj", "aux") is None


def _without_parts(found: list[Predicate]) -> list[Predicate]:
    """Return the triggers, the longest first, without those that are no more than a part of another."""
    holders: dict[int, int] = {}
    kept: list[Predicate] = []
    for predicate in found:
        number = holders.get(predicate.head.i)
        if number is not None and not _is_about(kept[number], predicate):
            continue
        held = [kept[holders[t.i]] for t in predicate.tokens if t.i in holders and t is not predicate.head]
        inside = [p for p in held if p.head in predicate.tokens]
        if any(p.entry.type in {NONE, predicate.entry.type} for p in inside):
            continue
        if number is not None:
            kept[number] = kept[number]._replace(inner=kept[number].inner | {predicate.head.i})
        for token in predicate.tokens:
            holders.setdefault(token.i, len(kept))
        kept.append(predicate._replace(inner=frozenset(p.head.i for p in inside)))
    return kept


def _is_about(longer: Predicate, inner: Predicate) -> bool:
    """Whether a trigger of several words is an act about an event of another type, which one of its words tells."""
    if longer.entry.type in {NONE, inner.entry.type} or inner.entry.type == NONE:
        return False
    return inner.head.dep not in _LEFT


def _best(token: Token, parsed: Parsed, ontology: Ontology, cast: Cast, said: set[str]) -> Iterator[Predicate]:
    """Yield the best entry at a token, if one matches; `said` are the words and lemmas of its sentence."""
    part = PARTS.get(token.pos)
    entries = ontology.by_head.get((part, token.lemma), ()) if part else ()
    if entries and part == "nouns" and _only_names(token, parsed):
        return
    likely = (e for e in entries if len(e.words) == 1 or not any(map(said.isdisjoint, e.words)))
    matches = [(e, words) for e in likely if (words := _match(e, token)) and _fits(e, token, words, cast)]
    if matches:
        entry, words = matches[0]
        beaten = tuple(f"{e.type}: {e.lemma}" for e, _ in matches[1:] if e.type != entry.type)
        yield Predicate(token, tuple(sorted(words, key=lambda t: t.i)), entry, beaten)


def _only_names(token: Token, parsed: Parsed) -> bool:
    """Whether a noun is a word of a name ("the Ceasefire Commission") or says which thing is meant ("war ministry").

    In headlines, where every word may have a capital and parses are poor, neither can be told.
    """
    named = token.pos == "PROPN" and token.entity in _NAMES
    describes = token.dep in {"compound", "nmod"} and token.head.i > token.i and token.head.pos in {"NOUN", "PROPN"}
    if not named and not describes:
        return False
    return any(t.pos in _CONTENT and t.text[0].islower() for t in parsed.sentence_of(token).tokens)


def _match(entry: Entry, head: Token) -> list[Token] | None:
    """Return the tokens that match the entry's words, each a dependent of one before it."""
    found = [head]
    before, after = entry.words[: entry.head], entry.words[entry.head + 1 :]
    for word in reversed(before):
        token = next((t for t in _left(found) if t.lemma in word or t.lower in word), None)
        if token is None:
            return None
        found.append(token)
    waiting = list(after)
    while waiting:  # "war" of "hold war game" hangs on a word that comes later
        pairs = ((w, t) for t in _dependents(found) for w in waiting if _is_word(t, w) and t not in found)
        pair = next(pairs, None)
        if pair is None:
            return None
        waiting.remove(pair[0])
        found.append(pair[1])
    return None if any(_stands_alone(t, found) for t in found) else found


def _stands_alone(token: Token, found: list[Token]) -> bool:
    """Whether a matched word is a clause with an object of its own: no "urge release" in "urged them to release X"."""
    held = token.child("dobj") if token.dep in {"xcomp", "ccomp"} and token.tag == "VB" else None
    return held is not None and token is not found[0] and held not in found


def _is_word(token: Token, word: frozenset[str]) -> bool:
    """Whether a dependent is a word of an entry: no "according" is an accord, no "in Leeds" belongs to "give in"."""
    if token.dep == "prep" and (token.pos == "VERB" or (word == _IN and token.child("pobj") is not None)):
        return False
    return token.lemma in word or token.lower in word


def _left(found: list[Token]) -> Iterator[Token]:
    for token in found:
        yield from (c for c in token.children if c.dep in _LEFT and c.i < token.i)


def _dependents(found: list[Token]) -> Iterator[Token]:
    """Yield what hangs on the words matched so far, the last one's dependents first."""
    for token in reversed(found):
        for child in token.children:
            if _is_temporal(child):
                continue
            if child.dep in _LINKS or (child.dep == "nsubjpass" and token is found[0]):
                yield child
                yield from _inside(child)
    if found[0].is_verb and found[0].dep in {"relcl", "acl"}:
        yield from syntax.objects(found[0])


def _is_temporal(child: Token) -> bool:
    """Whether a preposition only brings a time ("shot on Sunday")."""
    return child.dep == "prep" and any(o.entity in TIME_LABELS for o in child.children if o.dep == "pobj")


def _inside(child: Token) -> Iterator[Token]:
    """Yield what a measuring noun measures, and what is joined to an object."""
    if child.dep in {"dobj", "pobj", "nsubjpass", "attr"}:
        inner = syntax.content(child)
        if inner is not child:
            yield inner
        yield from (c for c in inner.children if c.dep == "conj")


def _fits(entry: Entry, head: Token, words: list[Token], cast: Cast) -> bool:
    if entry.transitive is not None and entry.transitive != bool(_fillers("object", head, words)):
        return False
    return all(_holds(c, head, words, cast) for c in entry.conditions)


def _holds(condition: Condition, head: Token, words: list[Token], cast: Cast) -> bool:
    fillers = _fillers(condition.place, head, words)
    found = any(is_a(t, condition.words) or _stands_for(t, condition.words, cast) for t in fillers)
    if condition.wanted and not found and condition.place in {"subject", "object"}:
        return any(t.lower in _ANYBODY or (t.pos == "NUM" and bool(condition.words.kinds)) for t in fillers)
    return found == condition.wanted


def _stands_for(token: Token, words: WordClass, cast: Cast) -> bool:
    """Whether a word stands for an actor of the class: by the sector, the kind, or the nouns for a pronoun or name."""
    actor = cast.actor(token) if token.pos in _NOMINAL else None
    if actor is None:
        return False
    if actor.sector in words.sectors or actor.kind in words.kinds:
        return True
    return token.pos != "NOUN" and any(is_a(n, words) for n in cast.nouns(token))


def _fillers(place: str, head: Token, words: list[Token]) -> list[Token]:
    if place == "subject":
        return _subjects(head)
    if place == "object":
        return syntax.objects(head) if head.is_verb else []
    if place == "modifier":
        return [c for c in head.children if c.dep in _LEFT]
    return [t for t in _near(head) if t not in words]


def _subjects(head: Token) -> list[Token]:
    if head.is_verb:
        return [*syntax.subjects(head), *_measure(head)]
    subject = syntax.subject_of_adjective(head) if head.pos == "ADJ" else head.child("poss")
    return syntax.coordinated(subject) if subject else []


def _measure(verb: Token) -> list[Token]:
    """Return the word that measures the subject: "hundreds" of weavers are a crowd, whatever weavers are."""
    subject = syntax.surface_subject(verb) if not syntax.is_passive(verb) else None
    return [subject] if subject is not None and syntax.content(subject) is not subject else []


def _near(head: Token) -> Iterator[Token]:
    """Yield the dependents of a trigger, down to the third level; clauses that tell of something else are left out.

    What opens such a clause counts, but not what opens the trigger's own: "charged *that*", "said that they charged".
    """
    yield from (m for c in head.all("ccomp") if _tells_of_another(c) for m in c.all("mark"))
    level = [head]
    for _ in range(3):
        level = [c for t in level for c in t.children if not _tells_of_another(c) and not _is_temporal(c)]
        yield from (c for c in level if c.dep != "mark" or c.head is not head)


def _tells_of_another(token: Token) -> bool:
    if token.dep == "advcl":
        return any(c.lower in _BESIDE for c in token.children)
    if token.dep == "ccomp":  # "allowed them to leave" is one matter, "said that they left" two
        return token.tag != "VB" or token.child("mark") is not None
    return token.dep in {"relcl", "parataxis"} or (token.dep == "conj" and token.is_verb)


def is_a(token: Token, words: WordClass) -> bool:
    """Whether a token belongs to a class of words."""
    return (
        token.lemma in words.words
        or token.lower in words.words
        or (token.lemma in words.nouns and not token.is_verb)
        or token.entity in words.entities
        or token.tag in words.tags
        or (_is_acronym(token) and "NNP" in words.tags)
    )


def _is_acronym(token: Token) -> bool:
    """Whether a noun is a name in capitals that the tagger took for a word ("NATO", "IRC")."""
    return token.pos == "NOUN" and len(token.text) > 1 and token.text.isupper()
