"""How many were killed, wounded, arrested, abducted, missing, displaced, or took part, and the words that say so.

A count belongs to a word that counts people ("kill", "dead", "march") and is read off the
argument that this word counts. An event takes the counts of its trigger and of the results
that hang on it: "attacked the village, killing nine", "a bombing which left 14 dead".
"""

from collections.abc import Iterator
from typing import cast

from byline import knowledge
from byline.coding import syntax
from byline.coding.people import People, bare, number_of, one_phrase, people_of, strong
from byline.language.parsed import Parsed, Token
from byline.records import Count, CountOf, Span

_DATA = knowledge.load("counts.toml")
_OBJECT = {verb: what for what, verbs in _DATA["object"].items() for verb in verbs}
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
_REFLEXIVE = frozenset(_DATA["people"]["reflexive"])
_PEOPLE = frozenset(_DATA["people"]["words"])
_HELD = frozenset({"hostage", "captive"})
_BORNE = frozenset(_DATA["borne"]["words"])
_TOLLS = frozenset(_DATA["tolls"]["words"])
_TOLL_NUMBERS = frozenset(_DATA["tolls"]["numbers"])
_TOLLS_WOUNDED = frozenset(_DATA["tolls"]["wounded"])
_TOLL_VERBS = frozenset(_DATA["tolls"]["verbs"])
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
    if kind is not None and kind[0] == "wounded" and any(c.lower in _FATALLY for c in verb.children):
        return "killed", kind[1]
    return kind


def _own_kind(verb: Token) -> tuple[str, str] | None:
    if verb.lemma in _PHRASE_VERBS or verb.lemma in _STRIKING:
        beside = {word for c in verb.children if c.dep in _BESIDE for word in (c.lemma, *(g.lemma for g in c.children))}
        for phrase, kind in _PHRASES.items():
            if phrase[0] == verb.lemma and beside.issuperset(phrase[1:]):
                return kind
        if verb.lemma in _STRIKING and beside & _STRUCK_BY_OR_IN:
            return "wounded", "object"
    needed, more = _ONLY_WITH.get(verb.lemma), _UNLESS_JOINED.get(verb.lemma, ())
    if needed and needed not in {c.lower for c in verb.children}:
        return None
    if any(c.lemma in more for c in verb.children if c.dep in {"conj", "advcl"}):
        return None
    if verb.lemma in _OBJECT:
        return _OBJECT[verb.lemma], "object"
    return (_SUBJECT[verb.lemma], "subject") if verb.lemma in _SUBJECT else None


def counted(word: Token, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield what one word counts."""
    if word.lower in _ADJECTIVES and _kind(word) is None:
        yield from _before(word, parsed)
    elif word.tag[:2] == "VB" and not word.child("neg"):
        kind = _kind(word)
        if kind:
            for people in _in_slot(word, kind[1], parsed):
                yield kind[0], people
        if kind is None:
            yield from _described(word, parsed)
        if word.lemma in _TOLL_VERBS:
            yield from _toll(word.child("nsubj") or word.child("dobj"), parsed)
    elif word.lemma in _NOUNS:
        yield from _of_noun(word, parsed)
    yield from _toll(word, parsed)


def _in_slot(verb: Token, slot: str, parsed: Parsed) -> Iterator[People]:
    if slot == "named":
        lives = verb.child("dobj")
        number = number_of(lives, parsed) if lives else None
        if number:
            yield bare(number)
        return
    for noun in _objects(verb) if slot == "object" else _subjects(verb):
        people = people_of(noun, parsed)
        if people:
            yield people


def _objects(verb: Token) -> list[Token]:
    """Return the logical objects of a verb."""
    found = [syntax.antecedent(c, verb) for c in verb.all("nsubjpass")]
    if not found:
        found = [n for c in verb.all("dobj") for n in (_subjects(verb) if c.lower in _REFLEXIVE else [_held(c)])]
    if not found:
        found = _of_other_verb(verb)
    if not found and verb.tag == "VBN" and verb.dep == "acl":
        found = [verb.head]
    if not found and verb.tag in {"VBN", "VBD"} and not any(c.dep == "agent" for c in verb.children):
        found = _elliptical(verb)
    return found


def _of_other_verb(verb: Token) -> list[Token]:
    """Return whom a verb above or a complement below names: "is said to have been shot", "pronounced the boy dead"."""
    if verb.dep == "xcomp" and verb.tag == "VBN" and verb.head.child("nsubjpass"):
        return [syntax.antecedent(c, verb.head) for c in verb.head.all("nsubjpass")]
    complements = (c for c in verb.all("ccomp", "oprd", "xcomp") if c.tag == "JJ")
    return [n for c in complements for n in c.all("nsubj")]


def _held(noun: Token) -> Token:
    """Return those who are taken: "took six engineers hostage" parses them as modifiers of "hostage"."""
    return next((c for c in noun.children if noun.lemma in _HELD and c.dep in {"compound", "nmod", "nsubj"}), noun)


def _elliptical(verb: Token) -> list[Token]:
    """Return the subject of "and 20 wounded", which lacks its auxiliary."""
    if any(c.dep in {"aux", "dobj"} for c in verb.children):
        return []
    found = verb.all("nsubj") if verb.tag == "VBN" or verb.dep == "conj" or _is_of_headline(verb) else []
    if found or verb.tag != "VBN":
        return found
    if verb.child("nummod") is not None:  # "a boy killed, two hurt"
        return verb.all("nummod")
    above = verb.head.all("nsubj") if verb.dep in {"advcl", "conj"} and _is_of_headline(verb.head) else []
    return above or (verb.head.all("nsubjpass") if verb.dep == "conj" else [])


def _is_of_headline(verb: Token) -> bool:
    """Whether a verb lacks its auxiliary and its subject an article: "Teenager shot, killed in Dorn"."""
    subject = verb.child("nsubj")
    bare = subject is not None and subject.lower in _PEOPLE and subject.child("det", "poss") is None
    shoots = verb.child("dobj") is not None or any(p.lower == "at" for p in verb.all("prep", "prt"))
    return bare and verb.tag == "VBD" and verb.is_root and not shoots


def _subjects(verb: Token) -> list[Token]:
    """Return the subjects of a verb, or of the verb that it is coordinated with."""
    found = [syntax.antecedent(c, verb) for c in verb.all("nsubj")]
    if not found and verb.dep == "acl":
        found = [verb.head]
    if not found and verb.dep in {"conj", "advcl", "xcomp"} and verb.head.tag[:2] == "VB":
        found = [syntax.antecedent(c, verb.head) for c in verb.head.all("nsubj", "nsubjpass")]
    return found


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
    at = word.i - 1
    while at >= 0 and parsed.tokens[at].tag in {"RB", "VBN", "VBD", "VBP", "VBZ", "TO"} and word.i - at <= _AUXILIARIES:
        at -= 1
    before = parsed.tokens[max(at, 0)]
    if at >= 0 and before.sentence == word.sentence and before.tag[:2] in {"NN", "CD", "PR", "DT"}:
        subject = word.head.child("nsubj", "nsubjpass") if word.dep in {"acomp", "oprd"} else None
        joined = subject is not None and before in syntax.coordinated(subject)
        people = people_of(subject, parsed) if subject is not None and joined else one_phrase(before, parsed)
        if people:
            yield what, people


def _of_noun(noun: Token, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield the people of "the death of three soldiers", "nine deaths", "a 3,000-strong march", "the boy's death"."""
    what = "killed" if any(c.lemma in _FATAL for c in noun.all("amod")) else _NOUNS[noun.lemma]
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


def _bearers(noun: Token) -> list[Token]:
    """Return those with a wound: "two men with gunshot wounds"."""
    bearer = noun.head.head
    borne = noun.lemma in _BORNE and noun.dep == "pobj" and noun.head.lower == "with"
    return [bearer] if borne and bearer.tag[:2] in {"NN", "CD", "DT"} else []


def _toll(noun: Token | None, parsed: Parsed) -> Iterator[tuple[str, People]]:
    """Yield the number of "a toll of 31", "the death toll rose to 31", "put the number of dead at 31"."""
    what = _toll_kind(noun) if noun else None
    if noun is None or what is None:
        return
    places = noun.all("prep") if noun.lemma in _TOLLS else []
    if noun.dep in {"nsubj", "nsubjpass", "dobj"} and noun.head.lemma in _TOLL_VERBS:
        places = [*places, *(c for c in noun.head.all("prep", "dobj", "attr", "npadvmod") if c is not noun)]
    for place in places:
        token = place.child("pobj") if place.dep == "prep" and place.lower in {"of", "to", "at", "as"} else place
        number = number_of(token, parsed) if token else None
        if number:
            yield what, bare(number)
            return


def _toll_kind(noun: Token) -> str | None:
    """Return what a toll counts; None if the noun is no toll."""
    if noun.lemma in _TOLLS:
        return "wounded" if any(c.lemma in _TOLLS_WOUNDED for c in noun.children) else "killed"
    if noun.lemma not in _TOLL_NUMBERS:
        return None
    inside = [c for p in noun.all("prep") if p.lower == "of" for c in p.children]
    words = [*inside, *noun.all("acl"), *(g for c in inside for g in c.children if g.dep in {"acl", "amod"})]
    return next((k for w in words for k in (_ADJECTIVES.get(w.lower), _OBJECT.get(w.lemma)) if k), None)
