"""Whether an event happened, as its passage tells it.

From the trigger up to the root of its sentence each governor is asked for its
hold on what hangs on it (`operators`), and each word for what it says of its
own event (`modality`); from the root down the holds are then composed. So a
cue reaches what it governs and nothing that merely stands near: in "he denied
ordering the march after the attack" the march was not ordered, and the attack
happened.

Who says it is no matter here: what somebody is reported to say has the status
that the speaker gives it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from byline.coding import operators
from byline.coding.modality import is_known, mark_of, own_of_adjective, own_of_noun, own_of_verb
from byline.coding.operators import ASSERTED, LEXICON, Grip, Told, apply, grip, is_past
from byline.language.parsed import Parsed, Token
from byline.records import Reason, Status

_PREPOSITIONS: dict[str, str] = LEXICON["prepositions"]
_GERUNDS: dict[str, str] = LEXICON["gerunds"]
_CUT_SHORT = frozenset(LEXICON["words"]["cut_short"])
_OWN = frozenset(LEXICON["words"]["own"])
_VERBS, _NOUNS = frozenset({"VERB", "AUX"}), frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_ARGUMENTS = {"nsubj": "subject", "nsubjpass": "object", "dobj": "object", "attr": "attr", "dative": "object", "oprd": "attr"}
# Acts of speech are done although what they ask for is spurned or denied.
_SPEECH = frozenset({"report", "request", "offer", "promise", "threaten", "order", "warn"})
_DEEPEST = 60


def settle(trigger: Token, parsed: Parsed) -> tuple[Status, Reason]:
    """Return the status of the event that a word tells of, and the words that settle it.

    ``rejected`` of the reason are the statuses that other cues on the way would
    have given, innermost first.
    """
    told = _Reading(parsed).of_trigger(trigger)
    span = told.cue.span if told.cue else None
    text = parsed.words(span) if span else None
    return told.status, Reason(field="status", rule=told.rule, span=span, text=text, rejected=told.beaten)


class _Reading:
    """One way from a word to the root of its sentence; what was settled on the way is kept."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._told: dict[int, Told] = {}
        self._contexts: dict[int, Told] = {}
        self._depth = 0

    def of_trigger(self, trigger: Token) -> Told:
        told = self.told(trigger)
        if told.status in {"denied", "did_not_happen"} and told.cue is trigger.head and trigger.pos in _NOUNS:
            spurned = told.rule.startswith(("spurn", "deny")) and self._is_speech(trigger)
            return Told("actual", f"said, though {told.rule}", told.cue, told.beaten) if spurned else told
        return told

    def told(self, token: Token) -> Told:
        """Return the status of a word's event."""
        if token.i not in self._told:
            self._told[token.i] = ASSERTED
            self._told[token.i] = self._own(token, self.context(token))
        return self._told[token.i]

    def context(self, token: Token) -> Told:
        """Return the status that a word's governors give its event, its own negation and modals aside."""
        if token.is_root or self._depth > _DEEPEST:
            return ASSERTED
        if token.i not in self._contexts:
            self._contexts[token.i] = ASSERTED
            self._depth += 1
            self._contexts[token.i] = self._context(token)
            self._depth -= 1
        return self._contexts[token.i]

    def _own(self, token: Token, outer: Told, *, negation: bool = True) -> Told:
        if token.pos in _VERBS:
            return own_of_verb(token, outer, self._parsed.sentence_of(token), negation=negation)
        return own_of_noun(token, outer) if token.pos in _NOUNS else own_of_adjective(token, outer)

    def _context(self, token: Token) -> Told:
        dep = token.dep
        if dep == "conj":
            return self._joined(token)
        if dep in _ARGUMENTS and token.tag != "VBG":
            return self._argument(token)
        if dep in {"pobj", "pcomp"}:
            return self._behind_preposition(token)
        if dep in {"ccomp", "xcomp", "dobj"}:
            return self._complement(token)
        if dep in {"csubj", "csubjpass", "nsubj", "nsubjpass"}:
            return self._clause_as_subject(token)
        if dep in {"acl", "relcl"}:
            return self._on_noun(token)
        if dep == "advcl":
            return self._adverbial(token)
        if dep == "compound":
            hold = grip(token.head, ("compound",))
            return apply(hold, self.told(token.head)) if hold else self.told(token.head)
        if dep in {"poss", "parataxis"}:
            return ASSERTED
        return self.told(token.head)

    def _joined(self, token: Token) -> Told:
        """Return the context of what "and", "or", "but" join: the auxiliaries and "not" that both share count in."""
        first = token.head
        if token.pos not in _VERBS or first.pos not in _VERBS:
            return self.context(first)
        own = token.child("nsubj", "nsubjpass", "aux", "expl") is not None
        alike = token.tag == first.tag or {token.tag, first.tag} <= {"VB", "VBP"} or {token.tag, first.tag} <= {"VBN", "VBD"}
        if own or not alike:
            return self.context(first)
        joint = [c.lower for c in first.children if c.dep == "cc" and c.i < token.i]
        shared = "but" not in joint and (token.tag in {"VB", "VBP"} or bool({"or", "nor"} & set(joint)))
        return self.told(first) if shared else self._own(first, self.context(first), negation=False)

    def _argument(self, token: Token) -> Told:
        """Return the context of an event noun from the verb whose subject or object it is."""
        verb, slot = token.head, _ARGUMENTS[token.dep]
        if token.dep in {"nsubj", "nsubjpass"}:
            for lower in _raised(verb):
                hold = grip(lower, (_slot_of_raised(lower),))
                if hold is not None:
                    return apply(hold, self.told(lower), known=is_known(token))
        hold = grip(verb, (slot,))
        if hold is not None:
            return apply(hold, self.told(verb), known=is_known(token))
        return self._ungripped(token, verb)

    def _ungripped(self, noun: Token, governor: Token) -> Told:
        """Return the context of a noun under a word without a hold: the known stands, the rest goes along."""
        return Told("actual", "known") if is_known(noun) else self.told(governor)

    def _behind_preposition(self, token: Token) -> Told:
        preposition = token.head
        governor, names = _governor(preposition)
        settled = next((n for n in names if n in _PREPOSITIONS), None)
        if settled is not None:
            return apply(Grip(preposition, _PREPOSITIONS[settled], settled), self.context(governor))
        gerund = token.dep == "pcomp" or token.tag == "VBG"
        if preposition.lower == "before" and gerund:
            return self._before(preposition, governor)
        slots = tuple("to-noun" if n == "to" else n for n in names)
        hold = self._holder(governor, slots)
        if hold is not None:
            return apply(hold, self._outer(hold, governor), known=is_known(token))
        if gerund:
            hold = Grip(preposition, _GERUNDS.get(preposition.lower, "carry"), preposition.lower)
            return apply(hold, self.told(governor))
        return self._ungripped(token, governor)

    def _before(self, preposition: Token, governor: Token) -> Told:
        """Return the context of "before firing": those arrested before it did not, others did."""
        if governor.lemma in _CUT_SHORT and governor.child("nsubjpass", "auxpass") is not None:
            return apply(Grip(preposition, "nothing", "before"), self.context(governor))
        return self._beside(governor)

    def _complement(self, token: Token) -> Told:
        """Return the context of a clause from the verb, noun or adjective that governs it."""
        mark = mark_of(token) if token.dep == "ccomp" else None
        if mark is not None and mark[0] not in {"condition", "doubt"}:
            return apply(Grip(mark[1], mark[0], "mark"), self.context(token.head))
        if mark is not None and token.i < token.head.i and mark[1].lower != "whether":
            return apply(Grip(mark[1], mark[0], "mark"), self.context(token.head))
        slots = _slots(token)
        hold = self._holder(token.head, slots) or operators.default(token.head, slots)
        if hold.class_ in {"purpose", "possibility"} and hold.word is token.head and _is_perfect(token):
            return self.told(token.head)
        own = _speaks_of_self(token, hold.word)
        return apply(hold, self._outer(hold, token.head), past=_is_narrated(token), own=own)

    def _holder(self, head: Token, slots: tuple[str, ...]) -> Grip | None:
        """Return the first of a word's neighbours that grips one of the slots.

        The word itself, then the adjective, noun or object that it carries
        ("made threats to"), then what carries it ("ordered troops to").
        """
        for word, asked in _candidates(head, slots):
            hold = grip(word, asked)
            if hold is not None:
                return hold
            if "to" in asked and word.pos == "ADJ" and any(c.lower == "too" for c in word.children):
                return Grip(word, "unable", "too")
        return None

    def _outer(self, hold: Grip, head: Token) -> Told:
        return self.told(head) if hold.slot == "be" else self.told(hold.word)

    def _clause_as_subject(self, token: Token) -> Told:
        if token.tag in {"VBD", "VBN"} or is_past(token):
            return Told("actual", "known")
        outer = self.told(token.head)
        if outer.happened and not is_past(token.head):
            return operators.set_to("hypothetical", "of any such act", token.head, outer)
        return outer

    def _on_noun(self, token: Token) -> Told:
        """Return the context of a relative clause, a participle or a complement on a noun."""
        noun, slots = token.head, _slots(token)
        if token.dep == "acl" and token.tag not in {"VBG", "VBN"} or slots[0] == "to":
            return self._complement(token)
        if token.dep == "acl" and token.tag == "VBG" and noun.dep == "dobj":
            hold = grip(noun.head, ("ing",))
            if hold is not None:
                return apply(hold, self.told(noun.head))
        if is_past(token) and token.dep == "relcl":
            return ASSERTED
        outer = self.told(noun)
        return outer if outer.open or (outer.negative and outer.cue in noun.children) else ASSERTED

    def _adverbial(self, token: Token) -> Told:
        """Return the context of an adverbial clause: its conjunction decides, then its tense."""
        head, mark = token.head, mark_of(token)
        if mark is not None:
            return apply(Grip(mark[1], mark[0], "mark"), self.context(head))
        slots = _slots(token)
        near = slots[0] == "to" or (slots[0] == "ing" and 0 < token.i - head.i <= 2)
        hold = self._holder(head, slots) if near else None
        if hold is not None or slots[0] == "to":
            hold = hold or Grip(token, "purpose", "to")
            return apply(hold, self._outer(hold, head) if hold.word is not token else self.told(head))
        opener = next((c.lower for c in token.children if c.dep in {"mark", "advmod"} and c.i < token.i), "")
        if opener == "before" and any(c.lower in {"could", "can"} for c in token.children):
            return apply(Grip(token, "nothing", "before"), self.context(head))
        if is_past(token) and token.child("nsubj", "nsubjpass", "expl", "mark") is not None:
            return ASSERTED
        if opener == "until" and self.told(head).status != "actual":
            return apply(Grip(token, "condition", "until"), self.context(head))
        return self._beside(head)

    def _beside(self, head: Token) -> Told:
        """Return the context of what stands beside a verb: in its world, but not under its "not"."""
        outer = self.told(head)
        return self.context(head) if outer.negative else outer

    def _is_speech(self, noun: Token) -> bool:
        return any((h := grip(noun, (s,))) and h.class_ in _SPEECH for s in ("to", "that", "of", "for"))


def _raised(verb: Token) -> Iterator[Token]:
    """Yield the infinitives whose subject is that of a verb above: "the march is expected to begin"."""
    for _ in range(4):
        carrier = verb.child("acomp") or verb
        lower = verb.child("xcomp") or carrier.child("xcomp")
        if lower is None or lower.pos not in _VERBS or verb.child("dobj") is not None:
            return
        verb = lower
        yield verb


def _slot_of_raised(verb: Token) -> str:
    return "object" if verb.child("auxpass") is not None else "subject"


def _governor(preposition: Token) -> tuple[Token, tuple[str, ...]]:
    """Return what governs a preposition, through "instead of" and "because of", and its names, longest first."""
    names = [f"{c.lower} {preposition.lower}" for c in preposition.children if c.i == preposition.i - 1]
    head = preposition.head
    for _ in range(3):
        if head.pos not in {"ADP", "ADV", "SCONJ"} or head.is_root:
            break
        names.append(f"{head.lower} {preposition.lower}")
        head = head.head
    if head.head.dep == "prep" or head.head.pos == "ADP":
        names.append(f"{head.head.lower} {head.lower} {preposition.lower}")
    return head, (*names, preposition.lower)


def _slots(clause: Token) -> tuple[str, ...]:
    """Return what kind of complement a clause is, the best name first."""
    auxiliaries = [c for c in clause.children if c.dep in {"aux", "auxpass"}]
    marked = clause.child("mark")
    if any(c.lower == "to" for c in auxiliaries):
        return ("to",)
    if marked is not None and marked.lower in {"whether", "if"}:
        return ("whether",)
    if clause.tag == "VBG" and not any(c.tag != "VBG" for c in auxiliaries):
        return ("ing", "object")
    if clause.tag == "VB" and not auxiliaries and marked is None:
        return ("to", "that")
    return ("that",)


def _candidates(head: Token, slots: tuple[str, ...]) -> Iterator[tuple[Token, tuple[str, ...]]]:
    """Yield the words that may grip a complement of ``head``, each with the slots to ask for."""
    subject = head.child("nsubj", "nsubjpass")
    if head.lemma == "be" and subject is not None and slots[0] in {"to", "that"}:
        yield subject, ("be", "that") if slots[0] == "that" else ("be",)
    yield head, slots
    if head.pos in _VERBS:
        for child in head.children:
            if child.dep in {"acomp", "attr", "dobj", "oprd"}:
                yield child, slots
        if subject is not None and slots[0] not in {"to", "ing"}:
            yield subject, slots
    elif head.dep in {"dobj", "nsubjpass"}:
        yield head.head, slots
    elif head.dep == "pobj" and head.head.dep in {"prep", "dative"}:
        yield head.head.head, slots


def _is_perfect(clause: Token) -> bool:
    return any(c.dep == "aux" and c.lower == "have" for c in clause.children)


def _is_narrated(clause: Token) -> bool:
    return is_past(clause) and not any(c.lower == "to" for c in clause.children)


def _speaks_of_self(clause: Token, operator: Token) -> bool:
    """Whether the clause's subject is a pronoun that may stand for the operator's own subject."""
    subject = clause.child("nsubj")
    if subject is None or operator.pos not in _VERBS:
        return False
    speaker = operator.child("nsubj")
    return subject.lower in _OWN and speaker is not None


__all__ = ["settle"]
