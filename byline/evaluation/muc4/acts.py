"""The events of a document that MUC-4 counts as violence, with those whom and the things that they befell."""

from collections.abc import Iterator
from typing import NamedTuple

from byline.coding import syntax
from byline.evaluation.muc4 import words
from byline.evaluation.muc4.reading import Reading
from byline.language.parsed import Token
from byline.records import Actor, Event

_STAGES = {"actual": "ACCOMPLISHED", "ongoing": "ACCOMPLISHED", "attempted": "ATTEMPTED", "threatened": "THREATENED"}
_OUTSIDE = frozenset(words.DATA["acts"]["outside"])
_FOILED, _PARTS = frozenset(words.DATA["acts"]["foiled"]), frozenset(words.DATA["acts"]["parts"])
_PRESUPPOSED = frozenset(words.DATA["acts"]["presupposed"])
_SURVIVING, _UNHURT = frozenset(words.DATA["unhurt"]["surviving"]), frozenset(words.DATA["unhurt"]["words"])
_FIGHTING = frozenset(words.DATA["acts"]["fighting"])
_BODIES, _FIGHTERS = frozenset({"organisation", "state"}), frozenset({"MIL", "REB", "CRM", "UAF", "PRM"})
_ON = ("of", "against", "on", "upon", "at")
_AT = (*_ON, "in", "near", "outside", "inside", "under", "behind", "beside", "into", "to", "from", "by")
_BEFORE = frozenset({"front", "vicinity", "side", "middle", "area", "entrance", "door", "back", "outskirt"})
_PLACES = frozenset({"GPE", "LOC", "FAC", "NORP", "DATE"})
_LEFT = ("compound", "nmod", "amod", "poss")
_DEEPEST = 4


class Act(NamedTuple):
    """An event of violence: its type and stage in MUC-4's terms, heads of those hit, things hit, those who did it."""

    event: Event
    head: Token
    type: str
    stage: str
    people: tuple[Token, ...]
    things: tuple[Token, ...]
    doers: tuple[Token, ...]
    happened: bool
    unhurt: bool


def find_acts(reading: Reading) -> list[Act]:
    """Return the acts in text order."""
    found = (_act(event, reading) for event in reading.coded.events)
    return [a for a in found if a is not None]


def _act(event: Event, reading: Reading) -> Act | None:
    head = reading.token_at(event.trigger.head or event.trigger.span)
    if head is None or event.mode in _OUTSIDE or not (event.type == "ASSAULT" or _is_threat(event)):
        return None
    stage = "THREATENED" if event.type == "THREATEN" else _stage(event, head)
    if stage is None and event.status != "did_not_happen":
        return None
    kind = _kind(event, head, reading)
    survivors = _survivors(head)
    hit = list(dict.fromkeys([*survivors, *_hit(head, event, reading, kind)]))
    grave = kind == "KIDNAPPING" or words.effect_on_people(head.lemma) is not None
    people = tuple(t for t in hit if is_target(t, reading) or (grave and _is_nobody_known(t, reading)))
    people = people if head.lemma not in _FIGHTING else ()
    things = tuple(t for t in hit if t not in people and is_thing(t, reading))
    doers = tuple(d for d in dict.fromkeys(_doers(head, event, reading, kind)) if d not in people)
    return Act(event, head, kind, stage or "ACCOMPLISHED", people, things, doers, stage is not None, bool(survivors))


def _is_threat(event: Event) -> bool:
    return event.type == "THREATEN" and event.status in _STAGES


def _stage(event: Event, head: Token) -> str | None:
    """Return how far an act came; None for what did not happen or is not told as a fact.

    What was foiled was attempted; a participle before a noun ("the kidnapped
    students") and a deed with its victim ("the murder of the judge") are
    presupposed whatever is said about them.
    """
    above = [a.lemma for a, _ in zip(head.ancestors(), range(_DEEPEST), strict=False)]
    if event.status in {"did_not_happen", "planned", "attempted"} and any(w in _FOILED for w in above):
        return "ATTEMPTED"
    if event.status in _STAGES:
        return _STAGES[event.status]
    participle = head.tag == "VBN" and head.dep == "amod"
    deed = head.pos == "NOUN" and head.lemma in _PRESUPPOSED and any(syntax.prepositions(head, "of"))
    return "ACCOMPLISHED" if event.status != "denied" and (participle or deed) else None


def _kind(event: Event, head: Token, reading: Reading) -> str:
    trigger = [t.lemma for t in reading.parsed.covering(event.trigger.span)]
    kind = words.act_type(trigger, event.mode)
    if kind != "ATTACK":
        return kind
    hit = syntax.objects(head) if head.is_verb else []
    means = [m for t in (head, *hit) for m in _behind(t, ("with", "by", "using"))] + head.all("nsubj")
    return "BOMBING" if any(words.is_explosive(reading.tokens, t.i) for t in means) else kind


def _survivors(head: Token) -> list[Token]:
    """Return who came through: "was unharmed following the attack", "escaped an attempt"."""
    if head.is_verb:
        return []
    verbs = (a for a, _ in zip(head.ancestors(), range(_DEEPEST), strict=False) if a.is_verb)
    safe = (v for v in verbs if v.lemma in _SURVIVING or any(c.lower in _UNHURT for c in v.children))
    return next((syntax.subjects(v) for v in safe if not syntax.is_passive(v)), [])


def is_thing(token: Token, reading: Reading) -> bool:
    """Whether a word stands for a thing that may be hit."""
    return words.thing_type(token, reading.tokens) is not None


def is_target(token: Token, reading: Reading) -> bool:
    """Whether a word stands for people who may be hit: a person, a noun for people, a pronoun of somebody known."""
    actor = reading.actor(token)
    if token.pos == "PRON":
        return actor is not None and actor.kind in {"person", "group"}
    if words.is_perpetrator(token) or is_thing(token, reading) or _is_armed_body(token, actor):
        return False
    if words.is_people(token) or token.entity == "PERSON":
        return True
    named = token.pos == "PROPN" or token.entity == "NORP"
    return named and actor is not None and actor.kind in {"person", "group"} and token.entity not in {"GPE", "LOC"}


def _is_nobody_known(token: Token, reading: Reading) -> bool:
    """Whether a name says nothing of its bearer; who is killed or abducted is then a person."""
    actor = reading.actor(token)
    unknown = actor is not None and actor.kind == "unknown" and actor.sector is None
    return unknown and token.pos == "PROPN" and token.entity not in _PLACES and not is_thing(token, reading)


def _is_armed_body(token: Token, actor: Actor | None) -> bool:
    """Whether somebody is a body, or fights for the state or against it: no target of terrorism as such."""
    if actor is None or words.is_civil(token):
        return False
    body = actor.kind in _BODIES and token.tag not in {"NNS", "NNPS"}
    return body or (token.pos != "PROPN" and actor.sector in _FIGHTERS)


def _hit(head: Token, event: Event, reading: Reading, kind: str) -> Iterator[Token]:
    """Yield all that an act befell, by the grammar and by the record."""
    for token in _told(head, event, reading, kind):
        inner = syntax.content(token)
        of = [o for p in syntax.prepositions(inner, "of") for o in syntax.objects_of_preposition(p)]
        yield from of if inner.lemma in _PARTS and of else [inner]


def _told(head: Token, event: Event, reading: Reading, kind: str) -> Iterator[Token]:
    if head.tag == "VBN" and head.dep == "amod":
        yield head.head
    elif head.is_verb:
        yield from syntax.objects(head)
        if head.dep == "relcl" and any(c.lower == "where" for c in head.children) and is_thing(head.head, reading):
            yield head.head
    else:
        yield from _behind(head, _ON)
        owned = words.effect_on_people(head.lemma) is not None or kind == "KIDNAPPING"
        yield from (c for c in head.all(*_LEFT) if owned or is_thing(c, reading))
    verbs = [head.head] if not head.is_verb and head.head.is_verb else []
    for word in (head, *verbs) if kind != "KIDNAPPING" else ():
        yield from (t for t in _behind(word, _AT) if is_thing(t, reading) and t.lemma not in words.PLACES)
    for mention in event.recipients:
        token = reading.token_at(mention.head or mention.span)
        if token is not None:
            yield token
    for count in event.counts:
        if count.what in {"killed", "wounded", "abducted"} and count.low:
            yield from _counted(count.span, reading)


def _behind(word: Token, prepositions: tuple[str, ...]) -> Iterator[Token]:
    for preposition in syntax.prepositions(word, *prepositions):
        for noun in syntax.objects_of_preposition(preposition):
            yield noun
            if noun.lemma in _BEFORE:
                yield from (t for p in syntax.prepositions(noun, "of") for t in syntax.objects_of_preposition(p))


def _counted(span: tuple[int, int], reading: Reading) -> Iterator[Token]:
    """Yield the noun of a counted phrase: of "three people" the people."""
    token = reading.token_at(span)
    if token is not None:
        yield token.head if token.dep in {"nummod", "amod", "quantmod", "det"} else token


def _doers(head: Token, event: Event, reading: Reading, kind: str) -> Iterator[Token]:
    for mention in event.actors:
        token = reading.token_at(mention.head or mention.span)
        if token is not None:
            yield token
    if head.is_verb:
        yield from syntax.subjects(head)
    else:
        yield from _behind(head, ("by",))
        owner = head.child("poss") if words.effect_on_people(head.lemma) is None and kind != "KIDNAPPING" else None
        yield from (c for c in (*head.all("amod", "compound"), owner) if c is not None and words.is_perpetrator(c))
