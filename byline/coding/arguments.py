"""Who does it and to whom: the slots of an entry, filled from the parse."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from byline import knowledge
from byline.coding import syntax
from byline.coding.actors.acting import is_act
from byline.coding.ontology import WordClass
from byline.coding.predicates import Predicate, is_a
from byline.language.parsed import PLACE_LABELS, TIME_LABELS, Token

Identity = Callable[[Token], str | None]
_NAMED = PLACE_LABELS | {"NORP"}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_NO_ACTOR = frozenset({"it", "there", "this", "that", "what", "which", "one", "nothing", "something"})
_PERSONAL = frozenset({"i", "he", "she", "we", "they", "somebody", "someone"})  # somebody, whoever it is
_AFTER_NOUN = ("on", "against", "with", "at", "upon", "into", "to")
_TOWARDS = frozenset({"to", "against"})
_MUTUAL = frozenset({"with", "between"})
_SUPPORTED = frozenset({"dobj", "nsubjpass", "pobj", "conj"})
_BEING = frozenset({"be", "go", "remain", "stay"})
_HELD = frozenset({"dobj", "nsubjpass", "pobj"})
_LEFT = ("compound", "amod", "nmod")
_TO_A_THING: tuple[str, ...] = ("by", "from", "of", "to", "for", "with", "against", "between")
_TIES: tuple[str, ...] = (*_TO_A_THING, "on", "in")
_CONDITIONS = frozenset({"if", "unless", "until"})
_DEPTH = 2  # how far from a thing somebody tied to it may stand
_WORDS = knowledge.load("syntax.toml")
_PLACE_NOUNS, _NOTIONS = frozenset(_WORDS["places"]), frozenset(_WORDS["notions"])
_NOTION_ENDINGS: tuple[str, ...] = tuple(_WORDS["notion_endings"])


class Arguments(NamedTuple):
    """Head words of those who act, those acted upon, and what is used; and the slots that gave them."""

    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    instruments: tuple[Token, ...]
    actor_slot: str
    recipient_slot: str


def find_arguments(predicate: Predicate, identity: Identity, weapons: WordClass) -> Arguments:
    """Return the participants of a predicate as its entry's slots find them.

    ``identity`` names the actor of the document for which a word stands. An
    actor has to be one; a recipient may be a thing, but somebody tied to the
    thing ("Norway's plan") is preferred. A weapon in the subject is the
    instrument.
    """
    return _Filling(predicate, identity).arguments(weapons)


class _Filling:
    """The slots of one predicate being filled."""

    def __init__(self, predicate: Predicate, identity: Identity) -> None:
        self.predicate, self.entry, self.identity = predicate, predicate.entry, identity

    def arguments(self, weapons: WordClass) -> Arguments:
        actor_slot, found = self._first_to_act()
        if not found and self.entry.part == "nouns":
            actor_slot, found = "subject of a support verb", _supporter(self.predicate.head, syntax.DOING)
        instruments = tuple(t for t in found if is_a(t, weapons) and self.identity(t) is None)
        actors = tuple(t for t in found if t not in instruments and self._may_act(t))
        if found and not actors and actor_slot.startswith("subject"):
            actors = tuple(dict.fromkeys(o for t in found for o in self._owner(t)))
        recipient_slot, recipients = self._recipients(actors)
        if recipient_slot == "between" and not actors:
            actor_slot, actors = "each other", tuple(recipients)
        return Arguments(actors, tuple(recipients), instruments, actor_slot, recipient_slot)

    def _owner(self, thing: Token) -> list[Token]:
        """Return whose thing it is that acts: "the army's patience snapped", "a key part of the US plan"."""
        near = [*thing.all("poss"), *reversed(thing.all(*_LEFT))]
        inner = [o for p in syntax.prepositions(thing, "of", "by") for o in syntax.objects_of_preposition(p)]
        found = next(([t] for t in [*near, *inner] if self.identity(t) is not None), [])
        return found or [o for t in inner for o in self._owner(t)]

    def _may_act(self, token: Token) -> bool:
        """Whether a word may be somebody who acts: an actor, a name, or a noun that is no mere notion."""
        if self.identity(token) is not None or token.lower in _PERSONAL:
            return True
        if token.entity in TIME_LABELS or token.pos not in {"PROPN", "NOUN"}:
            return False
        return token.pos == "PROPN" or not (_is_notion(token) or is_act(token))

    def _first_to_act(self) -> tuple[str, list[Token]]:
        """Return the first slot for actors with somebody in it who may act; else the first that anything fills."""
        filled = [(slot, found) for slot in self.entry.actor if (found := self._fill(slot))]
        acting = (f for f in filled if any(self._may_act(t) for t in f[1]))
        return next(acting, filled[0] if filled else ("", []))

    def _fill(self, slot: str) -> list[Token]:
        return [t for t in _fillers(slot, self.predicate, self.identity) if self._is_participant(t)]

    def _is_participant(self, token: Token) -> bool:
        return (
            (token not in self.predicate.tokens or self._is_held(token))
            and (token.pos in _NOMINAL or token.lower == "those")
            and token.entity not in TIME_LABELS
            and (token.lower not in _NO_ACTOR or self.identity(token) is not None)
        )

    def _is_held(self, token: Token) -> bool:
        """Whether a word of the trigger is somebody all the same: "expelled the ambassador"."""
        if token is self.predicate.head or token.dep not in _HELD:
            return False
        if self.identity(token) is not None:
            return True
        struck = token.dep != "pobj" or self.entry.part == "nouns"
        return struck and self.entry.material and token.lemma in _PLACE_NOUNS

    def _recipients(self, actors: tuple[Token, ...]) -> tuple[str, list[Token]]:
        """Return the first slot with somebody in it; else somebody tied to a thing; else the thing."""
        own = {self.identity(t) for t in actors} - {None}
        filled = [(slot, found) for slot in self._recipient_slots() if (found := self._others(slot, actors, own))]
        for slot, found in filled:
            if any((self._is_somebody(t) or self._is_struck(t)) and not self._belongs(t, own) for t in found):
                return slot, found
        things = [(f"tied to {slot}", t, _TO_A_THING) for slot, found in filled for t in found]
        things += [("tied to the trigger", t, _TIES) for t in self.predicate.tokens if t.pos == "NOUN"]
        things += [("in the clause that it governs", c, _TIES) for c in self._governed()]
        for slot, thing, ties in things:
            tied = [t for t in self._tied(thing, ties) if t not in actors and not self._is_own(t, own)]
            if tied and not (thing in self.predicate.tokens and _is_where(tied[0])):
                return slot, tied
        return filled[0] if filled else self._without_slot(actors)

    def _recipient_slots(self) -> tuple[str, ...]:
        """The entry's own; where the object is part of the trigger, what follows that noun."""
        slots = self.entry.recipient
        return (*slots, *_AFTER_NOUN) if len(self.predicate.tokens) > 1 and "object" in slots else slots

    def _others(self, slot: str, actors: tuple[Token, ...], own: set[str | None]) -> list[Token]:
        shared = slot in self.entry.actor
        return [t for t in self._fill(slot) if shared or (t not in actors and self.identity(t) not in own)]

    def _is_somebody(self, token: Token) -> bool:
        return self.identity(token) is not None or token.entity in PLACE_LABELS or token.lemma in _PLACE_NOUNS

    def _is_struck(self, token: Token) -> bool:
        """Whether violence or force is done to the thing itself: the army's barracks, not its plan."""
        return token.pos == "NOUN" and self.entry.material and not _is_notion(token) and not is_act(token)

    def _is_own(self, token: Token, own: set[str | None]) -> bool:
        owner = token.child("poss")
        return self.identity(token) in own or (owner is not None and self.identity(owner) in own)

    def _belongs(self, token: Token, own: set[str | None]) -> bool:
        """Whether it is the actor's own ("withdrew its troops from ...") and somebody else may be the recipient."""
        others = len(self.entry.recipient) > 2  # noqa: PLR2004 - more than the default's two slots
        return others and self.entry.recipient[0] == "object" and self._is_own(token, own)

    def _governed(self) -> Iterator[Token]:
        """Yield the clauses that say what is promised, refused or protested against, and on whose condition."""
        for token in (*self.predicate.tokens, *_carriers(self.predicate.head)):
            clauses = token.all("xcomp", "ccomp")
            yield from clauses
            beside = [c for t in (token, *clauses) for c in t.all("advcl")]
            yield from (
                c for c in beside if c.tag in {"VB", "VBG"} or any(m.lower in _CONDITIONS for m in c.all("mark"))
            )

    def _tied(self, thing: Token, ties: tuple[str, ...], depth: int = 0) -> list[Token]:
        """Return who stands nearest to a thing: its possessor, before it, behind a preposition, in its clause."""
        near = [*thing.all("poss"), *thing.all(*_LEFT)]
        if thing.is_verb:
            near += [*thing.all("nsubj", "nsubjpass"), *syntax.objects(thing)]
        near += [o for p in syntax.prepositions(thing, *ties) for o in syntax.objects_of_preposition(p)]
        near += [s for c in thing.all("acl", "relcl", "ccomp") for s in (syntax.surface_subject(c),) if s is not None]
        found = next(([t] for t in near if self.identity(t) is not None or t.entity in _NAMED), [])
        if not found and depth < _DEPTH:
            deeper = [*near, *thing.all("xcomp")]
            found = next((tied for t in deeper if t is not thing and (tied := self._tied(t, ties, depth + 1))), [])
        return [c for t in found for c in syntax.coordinated(t)]

    def _without_slot(self, actors: tuple[Token, ...]) -> tuple[str, list[Token]]:
        """Return whom the trigger itself names ("called up reservists"); where two meet or agree, each for the other.

        "Suffered an attack" names who has it done to them.
        """
        held = [t for t in self.predicate.tokens if self._is_held(t) and t.dep != "pobj" and t not in actors]
        if held and not any(self._is_own(t, {self.identity(a) for a in actors}) for t in held):
            return "object inside the trigger", held
        if len(actors) > 1 and _MUTUAL & set(self.entry.recipient):
            return "each other", list(actors)
        if self.entry.part == "nouns":
            return "subject of a suffering verb", _supporter(self.predicate.head, syntax.SUFFERING)
        return "", []


def _is_notion(noun: Token) -> bool:
    return noun.lemma in _NOTIONS or noun.lemma.endswith(_NOTION_ENDINGS)


def _is_where(noun: Token) -> bool:
    """Whether a noun only says where something is done: "a rally in Lagos"."""
    return noun.dep == "pobj" and noun.head.lower == "in"


def _fillers(slot: str, predicate: Predicate, identity: Identity) -> list[Token]:
    head = predicate.head
    match slot:
        case "subject":
            return _subjects(head)
        case "object":
            return syntax.objects(head) if head.is_verb else []
        case "dative":
            return _datives(head)
        case "possessive":
            return [c for t in predicate.tokens for p in t.all("poss") for c in syntax.coordinated(p)]
        case "modifier":
            return _modifiers(predicate, identity)
        case "complement_subject":
            return _complement_subjects(predicate)
        case "agent":
            return _behind(predicate, "by")
        case _:
            return _behind(predicate, slot)


def _subjects(head: Token) -> list[Token]:
    if head.is_verb:
        return syntax.subjects(head)
    if head.pos == "ADJ":
        found = syntax.subject_of_adjective(head)
        return syntax.coordinated(found) if found else []
    return _supporter(head, syntax.DOING)


def _carriers(noun: Token) -> list[Token]:
    """Return the verb that only carries a noun: "began" a hunger strike."""
    verb = noun.head
    return [verb] if noun.dep == "dobj" and verb.is_verb and verb.lemma in syntax.DOING else []


def _supporter(noun: Token, verbs: frozenset[str]) -> list[Token]:
    """Return the subject of a verb that only carries the noun: "staged a protest", "suffered an attack"."""
    if noun.dep == "pobj" and noun.head.head.is_verb:
        return _subject_in_state(noun, verbs)
    own = next((c for c in noun.all("relcl", "acl") if c.lemma in verbs and noun in syntax.objects(c)), None)
    if own is not None:  # "the raid that they launched", "a raid launched by them"
        return syntax.subjects(own)
    verb = noun.head
    while verb.dep in _SUPPORTED and not verb.is_verb:
        verb = verb.head
    return syntax.subjects(verb) if verb.is_verb and verb.lemma in verbs and noun.dep in _SUPPORTED else []


def _subject_in_state(noun: Token, verbs: frozenset[str]) -> list[Token]:
    """Return who is on strike, under siege, does something in protest or responds with an attack."""
    preposition, verb = noun.head.lower, noun.head.head
    bare = noun.child("det", "poss") is None
    if verbs is syntax.SUFFERING:
        return _whom(verb) if preposition == "under" and bare else []
    if preposition == "with":
        return syntax.subjects(verb) if verb.lemma in verbs else []
    doing = preposition == "in" or (preposition == "on" and verb.lemma in _BEING)
    return syntax.subjects(verb) if bare and doing else []


def _whom(verb: Token) -> list[Token]:
    """Return the grammatical subject, or what a verb puts in a state ("placed the town under siege")."""
    return syntax.objects(verb) or syntax.subjects(verb)


def _datives(head: Token) -> list[Token]:
    found = [c for c in head.all("dative") if c.pos in _NOMINAL]
    offered = head.is_verb and syntax.is_passive(head) and head.child("dobj") is not None
    if offered:  # "they were offered a deal"
        found += head.all("nsubjpass")
    found += [o for p in syntax.prepositions(head, "to") for o in syntax.objects_of_preposition(p)]
    return [c for t in found for c in syntax.coordinated(syntax.content(t))]


def _modifiers(predicate: Predicate, identity: Identity) -> list[Token]:
    """Return the actors named before a noun: "Iraqi army assault"; nouns before adjectives."""
    left = [c for t in predicate.tokens for c in t.all(*_LEFT) if identity(c) is not None]
    nouns = [c for c in left if c.dep != "amod"]
    return nouns or left


def _complement_subjects(predicate: Predicate) -> list[Token]:
    """Return who acts in the clause that the trigger governs: "urged X to leave"."""
    for token in predicate.tokens:
        clause = token.child("xcomp", "ccomp", "advcl", "acl")
        subject = syntax.surface_subject(clause) if clause is not None else None
        if subject is not None:
            return syntax.coordinated(syntax.content(subject))
    return []


def _behind(predicate: Predicate, word: str) -> list[Token]:
    """Return what stands behind a preposition of the trigger, of its object, or of its noun."""
    holders = [*_holders(predicate, word)]
    found = [o for h in holders for p in syntax.prepositions(h, word) for o in syntax.objects_of_preposition(p)]
    found += [o for t in predicate.tokens if t.lower == word for o in syntax.objects_of_preposition(t)]
    return list(dict.fromkeys(syntax.content(t) for t in found))


def _holders(predicate: Predicate, word: str) -> Iterator[Token]:
    """Yield the words of the trigger and those beside them on which the parser may have hung a preposition."""
    head = predicate.head
    yield from predicate.tokens
    if head.is_verb:
        own = head.child("dobj")
        if own is not None and own not in predicate.tokens:
            yield own
        return
    if head.dep == "pobj" and head.head.lower == "of" and head.head.head.lemma in syntax.TRANSPARENT:
        yield head.head.head  # "a series of raids by the army"
    if word == "by":
        yield from (o for p in syntax.prepositions(head, "of") for o in syntax.objects_of_preposition(p))
    if word in _TOWARDS:
        yield from _carriers(head)  # "sent threats to her"
