"""How many were killed, wounded, arrested, abducted, missing, displaced, or took part, and the words that say so.

A count belongs to a word that counts people ("kill", "dead", "march") and is read off the
argument that this word counts. An event takes the counts of its trigger and of the results
that hang on it: "attacked the village, killing nine", "a bombing which left 14 dead".
"""

from collections.abc import Iterator
from typing import cast

from byline import knowledge
from byline.coding import syntax
from byline.coding.counted_nouns import beside, objects_of, subjects_of
from byline.coding.people import (
    PEOPLE,
    People,
    added_up,
    bare,
    number_of,
    of_one_voice,
    people_called,
    people_of,
    strong,
)
from byline.language.parsed import Parsed, Token
from byline.records import Count, CountOf, Span

_DATA = knowledge.load("counts.toml")
_OBJECT = {verb: what for what, verbs in _DATA["object"].items() for verb in verbs}
KILLING = frozenset(_DATA["object"]["killed"])  # verbs
_SUBJECT = {verb: what for what, verbs in _DATA["subject"].items() for verb in verbs}
_PHRASES: dict[tuple[str, ...], tuple[str, str]] = {
    tuple(k.split()): tuple(v) for k, v in sorted(_DATA["phrases"].items(), key=lambda e: -len(e[0].split()))
}
_PHRASE_VERBS = frozenset(k[0] for k in _PHRASES)
_ONLY_WITH: dict[str, str] = _DATA["only_with"]
_UNLESS_JOINED: dict[str, list[str]] = _DATA["unless_joined"]
_FATAL = frozenset(_DATA["fatal"]["adjectives"])
_FATALLY = frozenset(_DATA["fatal"]["adverbs"])
_STRIKING = frozenset(_DATA["striking"]["verbs"])
_STRUCK_BY_OR_IN = frozenset(_DATA["striking"]["with"])
_ADJECTIVES: dict[str, str] = _DATA["adjectives"]
_NOUNS: dict[str, str] = _DATA["nouns"]
_HAPPENINGS = frozenset(_DATA["happenings"]["words"])
_BORNE = frozenset(_DATA["borne"]["words"])
_TOLLS = frozenset(_DATA["tolls"]["words"])
_TOLL_NUMBERS = frozenset(_DATA["tolls"]["numbers"])
_TOLLS_WOUNDED = frozenset(_DATA["tolls"]["wounded"])
_TOLL_VERBS = frozenset(_DATA["tolls"]["verbs"])
NEGATED: dict[str, str] = _DATA["negated"]
ONESELF = frozenset({"herself", "himself"})
_FINDING = frozenset(_DATA["bodies"]["found"])
_DEAD_BEFORE, _VICTIMS, _OF_KILLING = (frozenset(_DATA["called_dead"][k]) for k in ("adjectives", "nouns", "of"))
_LEAVING = frozenset(_DATA["leaving"]["verbs"])
_IN = frozenset({"at", "by", "during", "in", "on"})
_BESIDE = frozenset({"dobj", "prt", "acomp", "agent", "oprd", "prep", "advmod", "attr", "ccomp", "xcomp"})
_RESULTS = frozenset({"advcl", "conj", "relcl", "acl", "xcomp", "ccomp"})
_CLAUSES_OF_NOUNS = frozenset({"acl", "relcl"})
_AUXILIARIES = 3  # words between a number and its participle: "20 had been wounded"
_MOST = 24  # words that one trigger's results may spread over


def counts_of(trigger: Token, parsed: Parsed) -> list[Count]:
    """Return the counts of a trigger's event, in text order, one for each thing counted and argument.

    Coordinated arguments are added up: "a girl and her two brothers" is one count of three.
    Only people count: no money, vehicles, years. A definite single person is one, "no one" zero,
    a plural without a number is no count.
    """
    found: dict[tuple[str, Span], Count] = {}
    for word in results_of(trigger):
        for what, people in counted(word, parsed):
            count = Count(
                what=cast("CountOf", what),
                low=people.low,
                best=people.best,
                high=people.high,
                of=people.of,
                span=people.span,
                text=parsed.words(people.span),
            )
            found.setdefault((what, people.span), count)
    return sorted(found.values(), key=lambda c: (c.span, c.what))


def results_of(trigger: Token) -> Iterator[Token]:
    """Walk the trigger, the verb whose subject or agent it is, and the clauses of result that hang on either."""
    starts = [trigger]
    starts.extend(_governing(trigger))
    open_, seen = starts, {t.i for t in starts}
    while open_ and len(seen) < _MOST:
        word = open_.pop(0)
        yield word
        for child in word.children:
            if child.i not in seen and child.dep in _RESULTS and _carries_on(child, word):
                seen.add(child.i)
                open_.append(child)


def _governing(trigger: Token) -> list[Token]:
    """Return the verb that a noun of attack does: "the blast killed nine", "nine were killed in the blast"."""
    run_together = trigger.dep == "ccomp" and _kind(trigger) and _kind(trigger.head)
    if run_together or trigger.head.lemma in _TOLL_NUMBERS:
        return [trigger.head]
    if trigger.tag[:2] != "NN":
        return []
    token = trigger
    while token.dep in {"conj", "compound", "appos"} and token.head is not token:
        token = token.head
    head = token.head
    joined = token.dep == "dobj" and (_SUBJECT.get(head.lemma) == "participants" or trigger.lemma not in _NOUNS)
    if joined or (token.dep in {"nsubj", "nsubjpass"} and head.tag[:2] == "VB"):
        return [head]
    if token.dep == "pobj" and head.head.tag[:2] == "VB" and head.lower in _IN:
        return _with_first(head.head)
    return []


def _with_first(verb: Token) -> list[Token]:
    """Return a verb, and a counting one that it is coordinated with: "nine were killed and 20 wounded in the raid"."""
    return [verb, verb.head] if verb.dep == "conj" and _kind(verb.head) else [verb]


def _carries_on(child: Token, word: Token) -> bool:
    """Whether a clause tells a result of the word above it, and not what somebody else does."""
    if child.dep == "conj" and child.tag[:2] != "VB":
        return any(c.dep == "acl" and c.lemma in _OBJECT for c in child.children)
    if child.dep == "conj":
        return child.child("nsubj") is None or (_kind(child) is not None and child.child("dobj") is None)
    if child.dep in {"relcl", "acl"}:
        return word.tag[:2] == "NN" and child.tag[:2] == "VB"
    if child.dep in {"ccomp", "xcomp"}:
        return word.lemma in _LEAVING
    return child.tag in {"VBG", "VBD"} and not child.child("nsubj")


def _kind(verb: Token) -> tuple[str, str] | None:
    """Return what a verb counts and in which slot: ("killed", "object")."""
    kind = _own_kind(verb)
    if kind is not None and kind[0] == "wounded" and _is_fatal_to_object(verb):
        return "killed", kind[1]
    return kind


def _is_fatal_to_object(verb: Token) -> bool:
    """Whether a verb of wounding tells of a death: "fatally shot a man", "suffered a fatal wound"."""
    return any(c.lower in _FATALLY or (c.dep == "dobj" and c.lemma in _BORNE and is_fatal(c)) for c in verb.children)


def _own_kind(verb: Token) -> tuple[str, str] | None:
    if verb.lemma in _PHRASE_VERBS or verb.lemma in _STRIKING:
        near = (c for c in verb.children if c.dep in _BESIDE or (c.dep == "advcl" and c.tag == "JJ"))
        words = {word for c in near for word in (c.lemma, *(g.lemma for g in c.children if not _is_before_noun(g)))}
        for phrase, kind in _PHRASES.items():
            if phrase[0] == verb.lemma and words.issuperset(phrase[1:]):
                return kind
        if verb.lemma in _STRIKING and words & _STRUCK_BY_OR_IN:
            return "wounded", "object"
    needed, more = _ONLY_WITH.get(verb.lemma), _UNLESS_JOINED.get(verb.lemma, ())
    if needed and needed not in {c.lower for c in verb.children}:
        return None
    if any(c.lemma in more for c in verb.children if c.dep in {"conj", "advcl"}):
        return None
    if verb.lemma in _OBJECT:
        return _OBJECT[verb.lemma], "object"
    return (_SUBJECT[verb.lemma], "subject") if verb.lemma in _SUBJECT else None


def _is_before_noun(word: Token) -> bool:
    """Whether an adjective that counts is said of its noun alone: "found two *dead* cooks and an unharmed guest"."""
    return word.dep == "amod" and word.lower in _ADJECTIVES


def counted(word: Token, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield what one word counts."""
    if word.lower in _ADJECTIVES and _kind(word) is None:
        yield from _before(word, parsed)
    elif word.tag[:2] == "VB":
        yield from _of_verb(word, parsed)
    elif word.lemma in _NOUNS and (word.lemma != "body" or _is_found(word)):
        yield from _of_noun(word, parsed)
    elif _is_called_dead(word):
        people = people_called(word, parsed)
        if people:
            yield "killed", people
    yield from _toll(word, parsed)
    yield from _the_dead(word, parsed)


def _of_verb(verb: Token, parsed: Parsed) -> Iterator[tuple[str, People]]:
    negated = verb.child("neg") is not None
    kind = ("killed", NEGATED[verb.lemma]) if negated and verb.lemma in NEGATED else None
    if kind is None and not negated:
        kind = _kind(verb)
    if kind:
        for people in _in_slot(verb, kind[1], parsed):
            yield kind[0], people
    elif not negated:
        yield from _described(verb, parsed)
    if verb.lemma in _TOLL_VERBS and not negated:
        yield from _toll(verb.child("nsubj") or verb.child("dobj"), parsed)


def _is_found(body: Token) -> bool:
    """Whether a body is a dead one: "the bodies of two men", "his body was found", and not "hit in the body"."""
    of = any(p.lower == "of" for p in body.all("prep"))
    return of or (body.dep in {"dobj", "nsubjpass"} and body.head.lemma in _FINDING)


def _is_called_dead(noun: Token) -> bool:
    """Whether a noun for a person calls them dead: "the slain teacher", "two homicide victims"."""
    told = any(c.lower in _DEAD_BEFORE for c in noun.all("amod"))
    of_killing = noun.lemma in _VICTIMS and any(c.lemma in _OF_KILLING for c in noun.all("compound"))
    return noun.lemma in PEOPLE and (told or of_killing)


def _the_dead(word: Token, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield who "the dead" are: "the dead were two cooks", "among the dead was a guard"."""
    if word.lower != "dead" or word.dep not in {"nsubj", "pobj"}:
        return
    verb = word.head if word.dep == "nsubj" else word.head.head
    who = verb.child("attr") or (verb.child("nsubj") if word.dep == "pobj" and word.head.lower == "among" else None)
    people = people_of(who, parsed) if who is not None and verb.lemma == "be" and who is not word else None
    if people:
        yield "killed", people


def _in_slot(verb: Token, slot: str, parsed: Parsed) -> Iterator[People]:
    if slot == "named":
        lives = verb.child("dobj")
        number = number_of(lives, parsed) if lives else None
        of = next((p.child("pobj") for p in lives.all("prep") if p.lower == "of"), None) if lives else None
        people = bare(number) if number and number.high != 1 else people_of(of, parsed) if of else None
        if people:
            yield people
        return
    nouns = objects_of(verb) if slot == "object" else subjects_of(verb)
    told_of = verb.head if verb.dep in _CLAUSES_OF_NOUNS else None
    together = of_one_voice([*nouns, *beside(verb, nouns)], parsed)
    found = [people_of(n, parsed, verb.i if n is told_of else None) for n in together]
    people = added_up([p for p in found if p]) or _oneself(verb, parsed)
    if people:
        yield people


def _oneself(verb: Token, parsed: Parsed) -> People | None:
    """Return who a verb does something to by "himself" or "herself", where its subject is not found."""
    objects = (o for p in verb.all("prep") for o in p.all("pobj") if o.lower in ONESELF)
    return next((people_of(o, parsed) for o in objects), None)


def _described(verb: Token, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield "left nine dead and 20 injured", "three were missing"."""
    if _ADJECTIVES.keys().isdisjoint(t.lower for t in parsed.sentence_of(verb).tokens):
        return
    for word in _own_clause(verb):
        if word.lower in _ADJECTIVES and word.i > verb.i and word.dep != "amod":
            yield from _before(word, parsed)


def _own_clause(verb: Token) -> list[Token]:
    """Return the first words below a verb that are not of a clause told of one of its nouns, in text order."""
    open_, found = [verb], list[Token]()
    while open_ and len(found) < _MOST:
        word = open_.pop(0)
        found.append(word)
        open_.extend(c for c in word.children if c.dep not in _CLAUSES_OF_NOUNS or c.lower in _ADJECTIVES)
    return sorted(found, key=lambda w: w.i)


def _before(word: Token, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield the number right before an adjective or participle, or that of its subject."""
    what = _ADJECTIVES[word.lower]
    if word.lower in _FATALLY and word.head.i == word.i + 1:
        return
    people = _said_of(word, parsed)
    if people:
        yield what, people


def _said_of(word: Token, parsed: Parsed) -> People | None:
    """Return the people of whom an adjective is said: its subject, or those right before it."""
    subject = word.head.child("nsubj", "nsubjpass") if word.dep in {"acomp", "oprd"} else None
    if subject is not None and word.dep == "acomp":
        return people_of(subject, parsed)
    at = word.i - 1
    while at >= 0 and parsed.tokens[at].tag in {"RB", "VBN", "VBD", "VBP", "VBZ", "TO"} and word.i - at <= _AUXILIARIES:
        at -= 1
    before = _of_whole(parsed.tokens[max(at, 0)], parsed)
    if at < 0 or before.sentence != word.sentence or before.tag[:2] not in {"NN", "CD", "PR", "DT"}:
        return None
    if subject is not None and before in {*syntax.coordinated(subject), *subject.subtree()}:
        return people_of(subject, parsed)
    of = before.head if before.dep == "pobj" and before.head.lower == "of" else None
    return people_of(of.head if of is not None and before.tag == "PRP" else _first_of_list(before), parsed, word.i)


def _of_whole(word: Token, parsed: Parsed) -> Token:
    """Return those of whom a word is one: "nine guards" of "left nine guards, including *the captain*, dead"."""
    last = parsed.tokens[word.i - 1] if word.text == "," else word
    return last.head.head if last.dep == "pobj" and last.head.lower == "including" else word


def _first_of_list(noun: Token) -> Token:
    """Return the first noun of a list that one word is said of: "left a guard and a cook dead"."""
    while noun.dep == "conj" and noun.head.tag[:2] in {"NN", "CD"} and not _is_told_of(noun.head):
        noun = noun.head
    return noun


def _is_told_of(noun: Token) -> bool:
    """Whether something is said of a noun alone: "left *a guard dead* and a cook wounded"."""
    return any(c.dep in _CLAUSES_OF_NOUNS or c.lower in _ADJECTIVES for c in noun.children)


def _of_noun(noun: Token, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield the people of "the death of three soldiers", "nine deaths", "a 3,000-strong march", "the boy's death"."""
    what = "killed" if is_fatal(noun) else _NOUNS[noun.lemma]
    victims = [
        p.child("pobj")
        for p in noun.all("prep")
        if p.lower in {"of", "by"} and (p.lower == "of" or what == "participants")
    ]
    for victim in (*victims, *_bearers(noun), noun.child("poss") if what != "participants" else None):
        people = people_of(victim, parsed) if victim else None
        if people:
            yield what, people
            return
    many = strong(noun, parsed)
    if many:
        yield what, many
    elif noun.lemma not in _HAPPENINGS:
        number = number_of(noun, parsed)
        if number and not (number.low == 1 and number.high == 1):
            yield what, bare(number)


def is_fatal(noun: Token) -> bool:
    """Return whether a noun is called fatal: "a deadly bar shooting", and not "a non-fatal shooting"."""
    fatal = (t for t in noun.subtree() if t.i < noun.i and t.lower in _FATAL)
    return any("non" not in {c.lower for c in t.children} for t in fatal)


def _bearers(noun: Token) -> list[Token]:
    """Return those with a wound: "two men with gunshot wounds"."""
    bearer = noun.head.head
    if noun.lemma not in _BORNE or noun.dep != "pobj" or noun.head.lower != "with":
        return []
    if bearer.tag[:2] == "VB" and is_fatal(noun):  # "was found with a fatal wound"
        return bearer.all("nsubjpass") or bearer.all("dobj")
    return [bearer] if bearer.tag[:2] in {"NN", "CD", "DT"} else []


def _toll(noun: Token | None, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield the number of "a toll of 31", "the death toll rose to 31", "put the number of dead at 31"."""
    what = _toll_kind(noun) if noun else None
    if noun is None or what is None:
        return
    places = noun.all("prep", "appos") if noun.lemma in _TOLLS else []
    if noun.dep in {"nsubj", "nsubjpass", "dobj"} and noun.head.lemma in _TOLL_VERBS:
        places = [*places, *(c for c in noun.head.all("prep", "dobj", "attr", "npadvmod") if c is not noun)]
    for place in places:
        token = place.child("pobj") if place.dep == "prep" and place.lower in {"of", "to", "at", "as"} else place
        number = number_of(token, parsed) if token else None
        if number:
            yield what, _risen_to(bare(number), parsed)
            return


def _risen_to(people: People, parsed: Parsed) -> People:
    """Return the last of two numbers of a toll that changed: "rose from nine to twelve"."""
    if people.high is None or not parsed.read(people.span).lower().startswith("from "):
        return people
    return people._replace(low=people.high, best=people.high)


def _toll_kind(noun: Token) -> str | None:
    """Return what a toll counts; None if the noun is no toll."""
    if noun.lemma in _TOLLS:
        return "wounded" if any(c.lemma in _TOLLS_WOUNDED for c in noun.children) else "killed"
    if noun.lemma not in _TOLL_NUMBERS:
        return None
    inside = [c for p in noun.all("prep") if p.lower == "of" for c in p.children]
    words = [*inside, *noun.all("acl"), *(g for c in inside for g in c.children if g.dep in {"acl", "amod"})]
    kinds = ((_ADJECTIVES.get(w.lower), _OBJECT.get(w.lemma), _NOUNS.get(w.lemma)) for w in words)
    return next((k for found in kinds for k in found if k), None)
