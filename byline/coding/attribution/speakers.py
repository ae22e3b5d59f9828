"""Whose words: the source of a cue, the author of a document that speaks, who passed it on."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from byline import knowledge
from byline.language.parsed import Token

_LEXICON = knowledge.load("attribution.toml")
_SOURCES, _CUES = _LEXICON["sources"], frozenset(_LEXICON["verbs"])
_DOCUMENTS, _SEND, _MEDIA, _EVENTS = (frozenset(_SOURCES[k]) for k in ("documents", "send", "media", "events"))
_SPEAKERS = frozenset(_SOURCES["speakers"])
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PERSONAL = frozenset({"he", "she", "they", "i", "we", "who"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
SUBJECTS = ("nsubj", "nsubjpass")
CITE = frozenset({"quote", "cite"})
_CARRY = CITE | {"broadcast", "carry", "publish", "report"}
_RELATIVES = frozenset({"who", "which", "that"})
_CLIMB = 8  # clauses climbed in search of a subject; deeper is no prose
_LONGEST = 40  # words of a source; a longer one is a misread parse


def subject_of(verb: Token, _left: int = _CLIMB) -> Token | None:
    """Return the head word of whoever does the verb: its own subject or that of a clause which controls it.

    A conjunct takes the subject of the first verb, an infinitive the object or
    subject of the verb above, a participle the subject of its clause, or the
    noun that it describes.
    """
    own = _own_subject(verb)
    if own or not _left or verb.is_root:
        return own
    above = governor(verb)
    if verb.dep == "acl":
        return above
    if verb.dep == "xcomp" and above.child("dobj"):
        return above.child("dobj")
    if verb.dep == "xcomp" and (above.pos == "ADJ" or above.lemma == "be"):
        subject = subject_of(above.head if above.pos == "ADJ" else above, _left - 1)
        return None if subject is not None and subject.lower == "it" else subject  # "it is hard to say"
    if verb.dep in {"conj", "xcomp", "advcl"} and above.is_verb:
        return subject_of(above, _left - 1)
    if verb.dep == "pcomp" and above.head.is_verb:
        return subject_of(above.head, _left - 1)
    return None


def governor(verb: Token) -> Token:
    """Return the verb that a verb is joined to; where the parse joined a cue too low, the cue verb above.

    In "denied ordering the raid and called it a lie" or "argued that the aim was
    peace and feared a clash" the second cue has the subject of the first.
    """
    first = verb.head
    if verb.dep != "conj" or verb.lemma not in _CUES or verb.tag not in FINITE or _own_subject(verb):
        return first
    for above in (first, *first.ancestors()):
        subject = _own_subject(above)
        finite = above.tag in FINITE or any(a.tag in FINITE for a in above.all("aux", "auxpass"))
        if finite and subject is not None and can_speak(subject) and (above is first or above.lemma in _CUES):
            return above
        if above.dep not in {"xcomp", "ccomp", "conj"}:
            break
    return first


def can_speak(noun: Token) -> bool:
    """Say whether a noun is a name, a person, or a word for those who make statements."""
    return noun.entity in _NAMES or noun.pos == "PROPN" or noun.lower in _PERSONAL or noun.lemma in _SPEAKERS


def can_state(noun: Token) -> bool:
    """Say whether a noun surely names those who make statements, and no law or thing: citing *doctors*."""
    return noun.entity in {"PERSON", "ORG"} or noun.lemma in _SPEAKERS


def is_speaker(noun: Token) -> bool:
    """Say whether a noun is a word for those who make statements: *police*, a *minister*."""
    return noun.lemma in _SPEAKERS


def is_document(noun: Token) -> bool:
    """Say whether a noun is something written or recorded, which speaks for its author."""
    return noun.lemma in _DOCUMENTS


def _own_subject(verb: Token) -> Token | None:
    subjects = verb.all(*SUBJECTS)
    return min(subjects, key=lambda t: (abs(t.i - verb.i), t.i)) if subjects else None


def is_passive(verb: Token) -> bool:
    """Say whether the verb's subject is not the one who does it: was told; accused of."""
    return verb.child("auxpass", "nsubjpass") is not None or (
        verb.tag == "VBN" and verb.dep in {"acl", "advcl"} and verb.child("aux") is None
    )


def agent_of(verb: Token) -> Token | None:
    """Return the head word of a passive's by-phrase."""
    complement = verb.child("oprd", "attr")
    numbers = [n for p in verb.all("prep") for n in p.all("pobj") if n.tag == "CD"]  # "put at nine by police"
    under = [p for word in (complement, *numbers) if word is not None for p in word.all("prep", "agent")]
    places = [*verb.all("agent"), *(p for p in under if p.lower == "by")]
    return places[0].child("pobj") if places else None


def is_happening(word: Token | None) -> bool:
    """Say whether a subject is an event: an attack may show, and be claimed to be, but it makes no statement."""
    return word is not None and (antecedent(word) or word).lemma in _EVENTS


def source_of(verb: Token) -> Token | None:
    """Return the head word of the source of a verb cue; None if nobody or a mere happening is named."""
    if is_passive(verb):
        return agent_of(verb)
    if (quoting := quoting_verb(verb)) is not None:
        return subject_of(quoting) if is_passive(quoting) else quoting.child("dobj")
    subject = issuer_of(verb) or subject_of(verb)
    return None if subject is None or is_happening(subject) else subject


def quoting_verb(verb: Token) -> Token | None:
    """Return the verb over a saying that is quoted: *quoted* the mayor as saying."""
    quotes = verb.dep == "pcomp" and verb.head.lower == "as" and verb.head.head.lemma in CITE
    return verb.head.head if quotes else None


def issuer_of(verb: Token) -> Token | None:
    """Return who sent out the document that a participle describes: *the union* issued a statement saying."""
    noun = verb.head
    sent = verb.dep == "acl" and noun.lemma in _DOCUMENTS and noun.dep == "dobj" and noun.head.lemma in _SEND
    return source_of(noun.head) if sent and not _receiver(noun) else None


def phrase(head: Token | None, without: Token | None = None) -> list[Token]:
    """Return the words of a noun phrase without the clause that *without* stands in, and without outer punctuation."""
    if head is None:
        return []
    words, open_ = [], [head]
    while open_:
        token = open_.pop()
        words.append(token)
        open_.extend(
            c
            for c in token.children
            if c is not without and not (token is head and c.dep in {"cc", "conj"} and c.is_verb)
        )
    words.sort(key=lambda t: t.i)
    while words and words[-1] is not head and (words[-1].pos == "PUNCT" or words[-1].dep == "case"):
        words.pop()
    while words and words[0].pos == "PUNCT" and words[0] is not head:
        words.pop(0)
    return words if len(words) <= _LONGEST else [head]


def antecedent(word: Token | None) -> Token | None:
    """Return the noun that a relative pronoun stands for; None for any other word.

    In "sent a letter to the paper which explained", the letter explains.
    """
    if word is None or word.lower not in _RELATIVES or word.tag not in {"WP", "WDT", "IN", "DT"}:
        return None
    clause = next((t for t in word.ancestors() if t.dep == "relcl"), None)
    if clause is None:
        return None
    noun = clause.head
    if noun.dep == "pobj" and word.lower != "who":
        above = noun.head.head
        sent = above if above.pos == "NOUN" else above.child("dobj")
        if sent and sent.lemma in _DOCUMENTS and sent.i < noun.i:
            return sent
    return noun


class Documents:
    """The documents that a text speaks of, with who wrote them and to whom they went."""

    def __init__(self, tokens: Iterable[Token]) -> None:
        self._known: dict[str, list[tuple[int, Token, list[Token]]]] = {}
        for noun in tokens:
            if noun.lemma in _DOCUMENTS and noun.pos in {"NOUN", "PROPN"}:
                author = _author(noun)
                if author is not None and author.lemma not in _DOCUMENTS:
                    self._known.setdefault(noun.lemma, []).append((noun.i, author, _receiver(noun)))

    def author(self, speaker: Token | None) -> tuple[Token | None, list[Token]]:
        """Return who wrote a document that speaks, as last told, and its receiver; others speak for themselves."""
        if speaker is None or speaker.lemma not in _DOCUMENTS:
            return speaker, []
        known = self._known.get(speaker.lemma, [])
        at = bisect_right(known, speaker.i, key=lambda k: k[0])
        return known[at - 1][1:] if at else (speaker, [])


def _author(noun: Token) -> Token | None:
    owner = noun.child("poss")
    if owner is not None and owner.tag != "PRP$":
        return owner
    for preposition in noun.all("prep"):
        if preposition.lower in {"from", "by"}:
            return preposition.child("pobj")
    for clause in noun.all("acl"):
        if clause.lemma in _SEND and agent_of(clause) is not None:
            return agent_of(clause)
    verb = noun.head
    if noun.dep in {"dobj", "nsubjpass"} and verb.lemma in _SEND:
        return source_of(verb)
    if noun.dep == "pobj" and noun.head.lower == "in" and noun.head.dep == "prep":
        return source_of(verb.head) if verb.head.pos == "VERB" else None
    return None


def _receiver(noun: Token) -> list[Token]:
    places = [*noun.all("prep", "dative"), *(noun.head.all("prep", "dative") if noun.dep == "dobj" else [])]
    for to in places:
        receiver = to.child("pobj") if to.lower == "to" else None
        if receiver is not None and receiver.pos == "PROPN":
            return phrase(receiver, receiver.child("relcl"))
    return []


def passed_on_by(verb: Token) -> list[Token]:
    """Return the words for the medium that a statement was made to or was quoted by: told *Reuters*."""
    return _medium(_go_betweens(verb))


def quoted_by(noun: Token) -> list[Token]:
    """Return the words for the medium that quotes somebody, or carries a document: police quoted by *Radio Dorn*."""
    return _medium(a for v in noun.all("acl") if v.lemma in _CARRY and (a := agent_of(v)) is not None)


def _medium(heads: Iterable[Token]) -> list[Token]:
    for head in heads:
        words = phrase(head, head.child("relcl"))
        if any(t.lower in _MEDIA for t in words):
            return words
    return []


def _go_betweens(verb: Token) -> Iterator[Token]:
    subject, quoting = _own_subject(verb), quoting_verb(verb)
    quoting = quoting or next((c for c in (subject.all("acl") if subject else []) if c.lemma in CITE), None)
    if quoting is not None:
        active = subject_of(quoting) if quoting_verb(verb) is not None and not is_passive(quoting) else None
        by = [p.child("pobj") for p in verb.all("prep") if p.lower == "by"]
        yield from (a for a in (active, agent_of(quoting), agent_of(verb), *by) if a is not None)
        return
    yield from verb.all("dobj", "dative")
    for preposition in verb.all("prep", "dative"):
        inner = preposition.child("pobj")
        if inner is None:
            continue
        if preposition.lower in {"to", "with", "by", "on"}:
            yield inner
        elif preposition.lower == "in":
            yield from (
                o for p in inner.all("prep") if p.lower in {"to", "with"} and (o := p.child("pobj")) is not None
            )
