"""Who does it and to whom: the slots of an entry, filled from the parse."""

from typing import NamedTuple

from byline import knowledge
from byline.coding import syntax
from byline.coding.actors.acting import is_act
from byline.coding.nearby import nearest
from byline.coding.ontology_files import WordClass
from byline.coding.predicates import Predicate, is_a
from byline.coding.slots import LEFT, NOMINAL, Identity, carriers, fillers, supporter
from byline.language.parsed import PLACE_LABELS, TIME_LABELS, Token

_NAMED = PLACE_LABELS | {"NORP"}
_NO_ACTOR = frozenset({"it", "there", "this", "that", "what", "which", "one", "nothing", "something"})
_PERSONAL = frozenset({"i", "he", "she", "we", "they", "somebody", "someone"})  # somebody, whoever it is
_AFTER_NOUN = ("on", "against", "with", "at", "upon", "into", "to")
_MUTUAL = frozenset({"with", "between"})
_WHERE = frozenset({"in", "at", "near"})
_HELD = frozenset({"dobj", "nsubjpass", "pobj"})
_NEAR, _FAR = 3.0, 8.0  # how far whoever is tied to a thing, or to the trigger, may stand
_APART = 2.5  # between a thing and what else hangs on the trigger
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
        if self.entry.part == "nouns" and not any(self._may_act(t) for t in found):
            carried = supporter(self.predicate.head, syntax.DOING)
            actor_slot, found = ("subject of a support verb", carried) if carried else (actor_slot, found)
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
        near = [*thing.all("poss"), *reversed(thing.all(*LEFT))]
        inner = [o for p in syntax.prepositions(thing, "of", "by") for o in syntax.objects_of_preposition(p)]
        found = next(([t] for t in [*near, *inner] if self.identity(t) is not None), [])
        return found or [o for t in inner for o in self._owner(t)] or self._handler(thing)

    def _handler(self, thing: Token) -> list[Token]:
        """Return who has to do with a thing that acts in a clause of its own: "sent a letter accusing the king"."""
        clause = self.predicate.head
        if clause.dep not in {"acl", "relcl"} or clause.head is not thing or thing.dep not in _HELD:
            return []
        above = next((t for t in thing.ancestors() if t.is_verb), None)
        return [t for t in syntax.subjects(above) if self.identity(t) is not None] if above is not None else []

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
        return [t for t in fillers(slot, self.predicate, self.identity) if self._is_participant(t)]

    def _is_participant(self, token: Token) -> bool:
        return (
            (token not in self.predicate.tokens or self._is_held(token))
            and (token.pos in NOMINAL or token.lower == "those")
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
        if not self.entry.recipient:  # the entry says that it is done to nobody
            return "", []
        own = {self.identity(t) for t in actors} - {None}
        filled = [(slot, found) for slot in self._recipient_slots() if (found := self._others(slot, actors, own))]
        for slot, found in filled:
            if any((self._is_somebody(t) or self._is_struck(t)) and not self._belongs(t, own) for t in found):
                return slot, found
        filled = [f for f in filled if f[0] not in _WHERE or not all(_is_notion(t) or is_act(t) for t in f[1])]
        struck = next((f for f in filled if any(self._is_struck(t) for t in f[1])), None)
        if struck is not None:
            return struck
        held = [] if filled else self._held(actors)
        if held:
            return "object inside the trigger", held
        if self._are_mutual(actors):
            return "each other", list(actors)
        slot, found = filled[0] if filled else ("", self._suffering())
        if found and not filled:
            return "subject of a suffering verb", found
        near = self._nearest(found, actors, own)
        if near is None:
            return slot, found
        return f"nearest to {slot or 'the trigger'}", syntax.coordinated(near)

    def _nearest(self, things: list[Token], actors: tuple[Token, ...], own: set[str | None]) -> Token | None:
        """Return who stands nearest to the things to which it is done, or to the trigger where there are none.

        An object that the entry does not ask for is no recipient ("withdrew its
        troops"), and neither is who the trigger itself stands for.
        """
        head, words = self.predicate.head, self.predicate.tokens
        mine = own | ({self.identity(t) for t in words} - {None})
        unasked = () if "object" in self.entry.recipient else head.all("dobj", "nsubjpass")

        def is_barred(token: Token) -> bool:
            acts = token.dep in {"nsubj", "agent"} and token.head is head
            return acts or token in actors or (token in unasked and self.identity(token) is not None)

        def is_wanted(token: Token) -> bool:
            if token in words or token in unasked or token.entity in TIME_LABELS or self._is_own(token, mine):
                return False
            only_where = self.entry.material and _is_where(token)
            return self.identity(token) is not None or (token.entity in _NAMED and not only_where)

        apart = _APART if things else 0.0
        starts = [*((0.0, t) for t in things), *((apart, t) for t in words), *((apart, t) for t in carriers(head))]
        return nearest(starts, is_wanted, is_barred, within=_NEAR if things else _FAR)

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

    def _are_mutual(self, actors: tuple[Token, ...]) -> bool:
        """Whether those who act do it with each other: "Peru and Chile met", "both sides agreed"."""
        several = len(actors) > 1 or (len(actors) == 1 and syntax.is_of_several(actors[0]))
        return several and not _MUTUAL.isdisjoint(self.entry.recipient)

    def _held(self, actors: tuple[Token, ...]) -> list[Token]:
        """Return whom the trigger itself names: "called up reservists"."""
        held = [t for t in self.predicate.tokens if self._is_held(t) and t.dep != "pobj" and t not in actors]
        own = {self.identity(a) for a in actors}
        return [] if any(self._is_own(t, own) for t in held) else held

    def _suffering(self) -> list[Token]:
        """Return who has it done to them: "suffered an attack"."""
        return supporter(self.predicate.head, syntax.SUFFERING) if self.entry.part == "nouns" else []


def _is_notion(noun: Token) -> bool:
    return noun.lemma in _NOTIONS or noun.lemma.endswith(_NOTION_ENDINGS)


def _is_where(noun: Token) -> bool:
    """Whether a noun only says where something is done: "a rally in Lagos"."""
    return noun.dep == "pobj" and noun.head.lower in _WHERE
