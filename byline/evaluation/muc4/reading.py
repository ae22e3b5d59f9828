"""A coded document with its parse: which actor a word stands for, and the phrases that fill a template."""

import re
from functools import cached_property

from byline.coding.actors.mentions import phrase_of
from byline.coding.numbers import number_at
from byline.evaluation.muc4 import words
from byline.language.parsed import Parsed, Token
from byline.records import Actor, CodedDocument, Event, Span, Toponym

_SPACE = re.compile(r"\s+")
_REPORTED_FROM = "dateline"  # the rule that gives an event the dateline's place
_SHORT = 4  # words of an "of" phrase that is quoted with its noun
_NAME_PARTS = frozenset({"de", "del", "la", "las", "los", "y", "da", "dos", "van", "von", "-"})
_OPENERS = frozenset({"DT", "PRP$", "WP$", "PDT"})
_NEEDS_MORE = frozenset({"member", "group", "office", "headquarters", "residence", "home", "house", "leader", "branch"})


class Reading:
    """What the mapping asks of a document."""

    def __init__(self, parsed: Parsed, coded: CodedDocument) -> None:
        self.parsed, self.coded, self.tokens = parsed, coded, parsed.tokens

    def token_at(self, span: Span) -> Token | None:
        """Return the word that heads a span: the one that hangs on nothing inside it."""
        inside = self.parsed.covering(span)
        within = {t.i for t in inside}
        return next((t for t in inside if t.is_root or t.head.i not in within), None)

    @cached_property
    def _actors(self) -> dict[int, Actor]:
        found: dict[int, Actor] = {}
        for actor in self.coded.actors:
            for span in actor.mentions:
                head = self.token_at(span)
                if head is not None:
                    found.setdefault(head.i, actor)
        return found

    def actor(self, token: Token) -> Actor | None:
        """Return the actor for which a word stands."""
        return self._actors.get(token.i)

    @cached_property
    def _incidents(self) -> dict[str, str]:
        return {event: incident.id for incident in self.coded.incidents for event in incident.events}

    def incident(self, event: Event) -> str:
        """Return the id of the incident that an event is part of."""
        return self._incidents[event.id]

    def places(self, event: Event) -> list[Toponym]:
        """Return where the text says that an event took place; the dateline says where it was reported."""
        guessed = any(r.field == "toponyms" and r.rule == _REPORTED_FROM for r in event.reasons)
        return [] if guessed else [self.coded.toponyms[i] for i in event.toponyms]

    def mentions(self, actor: Actor) -> list[Token]:
        """Return the head words of an actor's mentions, in text order."""
        heads = (self.token_at(s) for s in actor.mentions)
        return [h for h in heads if h is not None]

    @cached_property
    def lede(self) -> int:
        """The sentence with which the report begins, behind a dateline."""
        told = (s.index for s in self.parsed.sentences if s.index not in self.parsed.datelines)
        return next(told, 0)

    def text(self, first: int, stop: int) -> str:
        """Return words as they stand, white space evened, in the capitals of the templates."""
        quoted = self.parsed.words((self.tokens[first].start, self.tokens[stop - 1].end))
        return _SPACE.sub(" ", quoted).strip().upper()

    def phrase(self, head: Token) -> str:
        """Return a noun phrase without its determiner, with a short phrase of "of" behind it."""
        phrase = phrase_of(head, self.tokens)
        first, stop = phrase.first, phrase.stop
        while first < head.i and self.tokens[first].tag in _OPENERS:
            first += 1
        for preposition, noun in phrase.complements:
            inner = phrase_of(noun, self.tokens)
            near = inner.first <= stop + 1 and inner.stop - stop <= _SHORT + 3 * (head.lemma in _NEEDS_MORE)
            if preposition == "of" and near:
                stop = inner.stop
                break
        return self.text(first, stop)

    def name(self, head: Token) -> str | None:
        """Return the proper name that a word heads, without titles; None if it is none."""
        span = self.name_span(head)
        return self.text(*span) if span is not None else None

    def name_span(self, head: Token) -> Span | None:
        """Return the tokens [first, stop) of the proper name that a word heads, without titles."""
        if not is_name(head):
            last = phrase_of(head, self.tokens).stop - 1  # "the cleric Abu Said"
            return self.name_span(self.tokens[last]) if last > head.i and is_name(self.tokens[last]) else None
        first = stop = head.i
        while first > 0 and self._goes_on(first - 1, head):
            first -= 1
        while stop + 1 < len(self.tokens) and self._goes_on(stop + 1, head):
            stop += 1
        while first < head.i and (not is_name(self.tokens[first]) or words.is_title(self.tokens[first])):
            first += 1
        while stop > head.i and not is_name(self.tokens[stop]):
            stop -= 1
        return first, stop + 1

    def _goes_on(self, i: int, head: Token) -> bool:
        token = self.tokens[i]
        same = token.sentence == head.sentence
        return same and (is_name(token) or token.lower in _NAME_PARTS) and token.entity in {"", "PERSON", head.entity}

    def number(self, head: Token) -> str:
        """Return how many a noun phrase stands for, in the form of a number slot."""
        for token in (
            *(c for c in head.children if c.i < head.i and c.dep in {"nummod", "amod", "quantmod", "det"}),
            head,
        ):
            found = number_at(self.tokens, token.i)
            if found and found.stop <= head.i + 1 and found.low > 0:
                return _amount(found.low, found.best, found.high)
        return "PLURAL" if head.tag in {"NNS", "NNPS"} or head.lower == "people" else "1"


def _amount(low: int, best: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f"{low}-"
    if best is not None:
        return f"~{best}" if low < best else f"{low}-{high}"
    return "PLURAL"


def is_name(token: Token) -> bool:
    """Whether a word is part of a proper name."""
    return token.pos == "PROPN" and token.text[0].isupper()
