"""Whose words: the source of a cue, the author of a document that speaks, who passed it on."""

from byline import knowledge
from byline.language.parsed import Token

_SOURCES = knowledge.load("attribution.toml")["sources"]
_DOCUMENTS, _SEND, _MEDIA, _EVENTS = (frozenset(_SOURCES[k]) for k in ("documents", "send", "media", "events"))
_SUBJECTS = ("nsubj", "nsubjpass")
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
    above = verb.head
    if verb.dep == "acl":
        return above
    if verb.dep == "xcomp" and above.child("dobj"):
        return above.child("dobj")
    if verb.dep in {"conj", "xcomp", "advcl"} and above.pos in {"VERB", "AUX"}:
        return subject_of(above, _left - 1)
    if verb.dep == "pcomp" and above.head.pos in {"VERB", "AUX"}:
        return subject_of(above.head, _left - 1)
    return None


def _own_subject(verb: Token) -> Token | None:
    subjects = verb.all(*_SUBJECTS)
    return min(subjects, key=lambda t: (abs(t.i - verb.i), t.i)) if subjects else None


def is_passive(verb: Token) -> bool:
    return verb.child("auxpass", "nsubjpass") is not None or (verb.tag == "VBN" and verb.dep == "acl")


def agent_of(verb: Token) -> Token | None:
    """Return the head word of a passive's by-phrase."""
    by = verb.child("agent")
    return by.child("pobj") if by else None


def source_of(verb: Token) -> Token | None:
    """Return the head word of the source of a verb cue; None if nobody or a mere happening is named."""
    if is_passive(verb):
        return agent_of(verb)
    if verb.dep == "pcomp" and verb.head.lower == "as" and verb.head.head.lemma == "quote":
        return subject_of(verb.head.head)
    subject = subject_of(verb)
    if subject is None or subject.lemma in _EVENTS or (antecedent(subject) or subject).lemma in _EVENTS:
        return None
    return None if subject.dep == "expl" or (subject.lower == "it" and verb.child("ccomp") and is_passive(verb)) else subject


def phrase(head: Token | None, without: Token | None = None) -> list[Token]:
    """Return the words of a noun phrase without the clause that *without* stands in, and without outer punctuation."""
    if head is None:
        return []
    words, open_ = [], [head]
    while open_:
        token = open_.pop()
        words.append(token)
        open_.extend(c for c in token.children if c is not without and not (token is head and c.dep in {"cc", "conj"} and _clausal(c)))
    words.sort(key=lambda t: t.i)
    while words and words[-1].pos == "PUNCT" and words[-1] is not head:
        words.pop()
    while words and words[0].pos == "PUNCT" and words[0] is not head:
        words.pop(0)
    return words if len(words) <= _LONGEST else [head]


def _clausal(token: Token) -> bool:
    return token.pos in {"VERB", "AUX"}


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
        sent = noun.head.head.child("dobj")
        if sent and sent.lemma in _DOCUMENTS and sent.i < noun.i:
            return sent
    return noun


class Documents:
    """The documents that a text has spoken of so far, with who wrote them and to whom they went."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Token, list[Token]]] = {}

    def see(self, noun: Token) -> None:
        """Take note of a document if the words around it name its author."""
        if noun.lemma in _DOCUMENTS and noun.pos in {"NOUN", "PROPN"}:
            author = _author(noun)
            if author is not None and author.lemma not in _DOCUMENTS:
                self._known[noun.lemma] = (author, _receiver(noun))

    def author(self, speaker: Token | None) -> tuple[Token | None, list[Token]]:
        """Return the author of a document that speaks and who received it; anybody else speaks for themselves."""
        speaker = antecedent(speaker) or speaker
        if speaker is None or speaker.lemma not in _DOCUMENTS:
            return speaker, []
        return self._known.get(speaker.lemma, (speaker, []))


def _author(noun: Token) -> Token | None:
    owner = noun.child("poss")
    if owner is not None and owner.tag != "PRP$":
        return owner
    for preposition in noun.all("prep"):
        if preposition.lower in {"from", "by"}:
            return preposition.child("pobj")
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
        if receiver is not None and receiver.pos in {"PROPN", "NOUN"}:
            return phrase(receiver, receiver.child("relcl"))
    return []


def passed_on_by(verb: Token) -> list[Token]:
    """Return the words for the medium that a statement was made to or was quoted by: told *Reuters*."""
    if verb.dep == "pcomp" and verb.head.head.lemma == "quote":
        verbs = [verb.head.head, verb]
        named = [agent_of(v) for v in verbs]
    else:
        addressed = [p.child("pobj") for p in verb.all("prep", "dative") if p.lower in {"to", "with", "by"}]
        named = [*verb.all("dobj", "dative"), *addressed]
    for head in named:
        if head is not None:
            words = phrase(head, head.child("relcl"))
            if any(t.lower in _MEDIA for t in words):
                return words
    return []
