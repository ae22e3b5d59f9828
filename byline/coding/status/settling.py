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

from byline.coding.status import governors, operators
from byline.coding.status.modality import (
    MARKS,
    is_known,
    is_ranked,
    mark_of,
    mark_of_joint,
    own_of_adjective,
    own_of_noun,
    own_of_verb,
)
from byline.coding.status.operators import ASSERTED, LEXICON, Grip, Told, apply, grip, grip_of_phrase, is_past
from byline.language.parsed import Parsed, Token
from byline.records import Reason, Status

_PREPOSITIONS: dict[str, str] = LEXICON["prepositions"]
_CUT_SHORT = frozenset(LEXICON["words"]["cut_short"])
_SETTLED, _LASTING = frozenset(LEXICON["words"]["settled"]), frozenset(LEXICON["words"]["lasting"])
_VOICED = frozenset(LEXICON["words"]["voiced"])
_SETTING = frozenset(LEXICON["words"]["setting"])
_SAYING = frozenset({"report", "evidence"})
_NOBODY = frozenset({"det", "nsubj", "nsubjpass", "dobj", "attr"})
_GRANTED = frozenset(LEXICON["words"]["granted"])
_ARGUMENTS = {
    "nsubj": "subject",
    "nsubjpass": "object",
    "dobj": "object",
    "attr": "attr",
    "dative": "object",
    "oprd": "attr",
}
# Attempts and acts of speech are done although what they are for is spurned or denied.
_SPEECH = frozenset({"attempt", "report", "request", "offer", "threaten", "order", "warn", "promise"})
# What they deny is who did it: "not guilty of the murder of a judge".
_DOER = frozenset({"guilt", "innocence"})
_DEEPEST = 32
_TOO_DEEP = Told("hypothetical", "nested too deep")


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
        if trigger.dep == "neg":  # a refusal told by "not" is not what it negates
            return self.context(trigger.head)
        told = self.told(trigger)
        if told.cue is trigger and told.rule.startswith("modifier"):  # a "failed" attempt did fail
            return self.context(trigger.head)
        if told.status in {"denied", "did_not_happen"} and told.cue is trigger.head and trigger.pos in governors.NOUNS:
            spurned = told.rule.startswith(("spurn", "deny", "cancel")) and governors.class_of(trigger) in _SPEECH
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
        if self._depth > _DEEPEST:
            return _TOO_DEEP
        if token.is_root:
            mark = mark_of(token)
            return apply(Grip(mark[1], mark[0], "mark"), ASSERTED) if mark else ASSERTED
        if token.i not in self._contexts:
            self._contexts[token.i] = ASSERTED
            self._depth += 1
            self._contexts[token.i] = self._context(token)
            self._depth -= 1
        return self._contexts[token.i]

    def _own(self, token: Token, outer: Told, *, negation: bool = True) -> Told:
        if token.is_verb or token.child("aux") is not None:  # "will they attack?" may be tagged as a noun
            return own_of_verb(token, outer, self._parsed.sentence_of(token), negation=negation)
        return own_of_noun(token, outer) if token.pos in governors.NOUNS else own_of_adjective(token, outer)

    def _context(self, token: Token) -> Told:
        head = token.head
        if (
            head.lower in MARKS and head.dep in {"prep", "advcl", "mark"} and head.child("nsubj") is None
        ):  # "provided that"
            return apply(Grip(head, MARKS[head.lower], "mark"), self.context(head))
        if token.dep == "dobj" and token.tag == "VBG":
            return self.complement(token)
        return _READINGS.get(token.dep, _Reading.part)(self, token)

    def part(self, token: Token) -> Told:
        """Return the context of what is a mere part of its head's event, such as an auxiliary."""
        if governors.is_done_before(token):
            return Told("actual", "known")
        return self.loose(token) if governors.slots_of(token) == ("to",) else self.told(token.head)

    def owner(self, _token: Token) -> Told:
        """Return the context of what owns, or stands apart: nothing has a grip on it."""
        return ASSERTED

    def loose(self, token: Token) -> Told:
        """Return the context of what the parser could not place: a bare infinitive hangs on something unseen."""
        outer = self.told(token.head)
        return operators.set_to("hypothetical", "bare infinitive", token, outer) if token.tag == "VB" else outer

    def compound(self, token: Token) -> Told:
        """Return the context of a noun before a noun: "bomb threat", "coup attempt"."""
        hold = grip(token.head, ("compound",))
        return apply(hold, self.told(token.head)) if hold else self.told(token.head)

    def joined(self, token: Token) -> Told:
        """Return the context of what "and", "or", "but" join: the auxiliaries and "not" that both share count in.

        A past tense does not join an infinitive: it is taken to the past tense above.
        """
        first, mark = governors.joined_to(token), mark_of_joint(token) or mark_of(token)
        if mark is not None:
            return apply(Grip(mark[1], mark[0], "mark"), self.context(first))
        own = token.child("nsubj", "nsubjpass", "aux", "expl") is not None
        verbs = token.is_verb and first.is_verb
        if not verbs or own or not governors.alike(token, first):
            return self.context(first)
        joint = [c.lower for c in first.children if c.dep == "cc" and c.i < token.i]
        shared = "but" not in joint and (token.tag in {"VB", "VBP"} or bool({"or", "nor"} & set(joint)))
        return self.told(first) if shared else self._own(first, self.context(first), negation=False)

    def argument(self, token: Token) -> Told:
        """Return the context of an event noun from the verb whose subject or object it is."""
        if token.tag == "VBG" and token.dep in {"nsubj", "nsubjpass"}:
            return self.clause_as_subject(token)
        verb, slot = token.head, _ARGUMENTS[token.dep]
        if token.dep in {"nsubj", "nsubjpass"}:
            for lower in governors.raised(verb):
                hold = grip(lower, (governors.slot_of_raised(lower),))
                if hold is not None:
                    return self._gripped(token, hold, self.told(lower))
        return self._held(token, verb, slot)

    def _held(self, token: Token, verb: Token, slot: str) -> Told:
        """Return the context of a noun in a slot of a verb."""
        hold = grip(verb, (slot, "object") if slot == "subject" and governors.is_headline_passive(verb) else (slot,))
        if hold is None:
            return self._ungripped(token, verb)
        outer = self.told(verb)
        if hold.class_ == "say" and outer.cue is not None and outer.cue.head is token:  # "reported no attacks"
            outer = self.context(verb)
        return self._gripped(token, hold, outer)

    def _gripped(self, noun: Token, hold: Grip, outer: Told) -> Told:
        settled, lasting = noun.lemma in _SETTLED, noun.lemma in _LASTING
        said = governors.class_of(noun) in _SAYING
        return apply(hold, outer, known=is_known(noun), said=said, settled=settled, lasting=lasting)

    def _ungripped(self, noun: Token, governor: Token) -> Told:
        """Return the context of a noun under a word without a hold: the known stands, the rest goes along."""
        named_only = noun.dep == "attr" and is_ranked(noun)  # "it would be the first strike"
        if is_known(noun) and not named_only:
            return Told("actual", "known")
        outer = self.told(governor)
        beside = outer.rule == "negated" and outer.world == "actual" and governors.tells_of_subject(noun, governor)
        return self.context(governor) if beside else outer

    def behind_preposition(self, token: Token) -> Told:
        """Return the context of a noun or clause from what its preposition hangs on."""
        preposition = token.head
        if token.dep == "pcomp" and (mark := mark_of(token)) is not None:
            return apply(Grip(mark[1], mark[0], "mark"), self.context(preposition))
        governor, names = governors.governor_of(preposition)
        settled = next((Grip(preposition, _PREPOSITIONS[n], n) for n in names if n in _PREPOSITIONS), None)
        if settled is not None:
            return apply(settled, self._beside(governor), known=is_known(token))
        if preposition.lower == "before" and governors.is_gerund(token):
            return self._before(preposition, governor)
        if preposition.dep == "prt":
            return self._held(token, governor, "object")
        slots: tuple[str, ...] = tuple("to-noun" if n == "to" else n for n in names)
        if names == ("to",) and token.tag not in {"NNS", "VBG"} and token.child("det", "amod", "poss") is None:
            slots = ("to-noun", "to")  # a bare word after "to" may be a verb that the tagger missed
        hold = self._holder(governor, slots)
        if hold is None:
            return self._ungripped_behind(token, governor, names)
        known = is_known(token) or (hold.class_ in _DOER and governors.is_definite(token))
        return apply(hold, self._outer(hold, governor), known=known)

    def _ungripped_behind(self, token: Token, governor: Token, names: tuple[str, ...]) -> Told:
        """Return the context of a noun or gerund behind a preposition whose governor has no hold on it."""
        if governors.is_gerund(token):
            return apply(operators.of_gerund(token.head, governor, names), self.told(governor))
        there = governors.is_definite(token) or self._of_nobody(governor)  # "nobody died in clashes"
        if token.head.lower in _SETTING and there and not is_known(token):
            return self._beside(governor)
        if token.head.lower == "of" and governors.is_definite(governor) and self.told(governor).negative:
            return Told("actual", "known")  # "did not give the date of the attack"
        return self._ungripped(token, governor)

    def _before(self, preposition: Token, governor: Token) -> Told:
        """Return the context of "before firing": those arrested before it did not, others did."""
        if governor.lemma in _CUT_SHORT and governor.child("nsubjpass", "auxpass") is not None:
            return apply(Grip(preposition, "nothing", "before"), self.context(governor))
        return self._beside(governor)

    def complement(self, token: Token) -> Told:
        """Return the context of a clause from the verb, noun or adjective that governs it."""
        mark = mark_of(token) if token.dep == "ccomp" else None
        fronted = token.i < token.head.i
        if mark and (mark[0] not in {"condition", "doubt"} or (fronted and mark[1].lower != "whether")):
            return self._marked(token, mark)
        if governors.is_parenthetic(token) or (token.dep == "ccomp" and governors.is_wh_clause(token)):
            return ASSERTED
        slots = governors.slots_of(token)
        hold = self._holder(token.head, slots)
        if governors.is_fronted(token) and (hold is None or hold.word is not token.head):
            return self._beside(token.head)
        hold = hold or governors.default_of(token.head, slots)
        if hold.class_ in {"purpose", "possibility"} and hold.word is token.head and governors.is_perfect(token):
            return self.told(token.head)
        if hold.class_ == "purpose" and hold.word is token.head:
            return self._purpose(token, hold)
        own = governors.speaks_of_self(token, hold.word)
        past, bare = governors.is_narrated(token), governors.is_subjunctive(token)
        return apply(hold, self._outer(hold, token.head), past=past, own=own, subjunctive=bare)

    def _holder(self, head: Token, slots: tuple[str, ...]) -> Grip | None:
        """Return the first of a word's neighbours that grips one of the slots.

        The word itself, then the adjective, noun or object that it carries
        ("made threats to"), then what carries it ("ordered troops to").
        """
        if head.dep in {"dobj", "nsubjpass"} and (phrase := grip_of_phrase(head.head, head, slots)) is not None:
            return phrase
        for word, asked in governors.candidates(head, slots):
            if "to" in asked and word.pos == "ADJ" and any(c.lower == "too" for c in word.children):
                return Grip(word, "unable", "too")
            hold = grip(word, asked)
            if hold is not None and not (hold.slot == "to" and hold.class_ == "must" and word.child("dobj")):
                return hold
        return None

    def _outer(self, hold: Grip, head: Token) -> Told:
        if hold.slot == "be":
            return self.told(head)
        if hold.class_ == "rank":  # "will be the first to": the verb tells, and not the first one, who is known
            return self.told(next((a for a in hold.word.ancestors() if a.is_verb), hold.word))
        polite = governors.polite_above(hold.word) if hold.class_ == "say" else None
        return self.context(polite) if polite else self.told(hold.word)

    def clause_as_subject(self, token: Token) -> Told:
        """Return the context of "shooting at crowds": of any such act, unless told of the past."""
        if (mark := mark_of(token)) is not None and mark[0] == "doubt":
            return self._marked(token, mark)
        if token.tag in {"VBD", "VBN"} or is_past(token):
            return Told("actual", "known")
        outer = self.told(token.head)
        if outer.happened and not is_past(token.head):
            return operators.set_to("hypothetical", "of any such act", token.head, outer)
        return outer

    def on_noun(self, token: Token) -> Told:
        """Return the context of a relative clause, a participle or a complement on a noun."""
        noun, slots = token.head, governors.slots_of(token)
        participle = token.tag in {"VBG", "VBN"} and token.child("mark", "aux") is None
        marked = token.child("mark") is not None and grip(noun, slots) is not None
        marked = marked or (
            noun.lower == "time" and noun.dep == "attr" and noun.child("det") is None
        )  # "it is time he left"
        marked = marked or len(token.all("dobj")) > 1  # in "the rumour that they hold the pass", "that" is no object
        if slots[0] == "to" or marked or (token.dep == "acl" and not participle):
            return self.complement(token)
        if token.dep == "acl" and token.tag == "VBG":  # "a bill banning the march", "saw him firing"
            holders = (noun, noun.head) if noun.dep == "dobj" else (noun,)
            hold = next((h for word in holders if (h := grip(word, ("ing",))) is not None), None)
            if hold is not None:
                return apply(hold, self.told(hold.word))
        if is_past(token) and token.dep == "relcl":
            return ASSERTED
        outer = self.told(noun)
        if outer.rule == "fiction":
            return outer
        unknown = outer.open and governors.is_anyone(noun, done=token.tag == "VBN")
        return outer if unknown or (outer.negative and outer.cue in noun.children) else ASSERTED

    def adverbial(self, token: Token) -> Told:
        """Return the context of an adverbial clause: its conjunction or governor decides, else its tense."""
        head, mark = token.head, mark_of(token)
        if any(c.dep == "mark" and c.lower == "that" for c in token.children):
            return self.complement(token)
        if mark is not None:
            asked = token.i > head.i and mark[1].lower == "if"
            hold = self._holder(head, ("whether",)) if asked else None
            return apply(hold, self._outer(hold, head)) if hold else self._marked(token, mark)
        slots = governors.slots_of(token)
        if governors.is_only_to(token):
            return self._purpose(token, Grip(token, "purpose", "to"))
        hold = self._holder(head, slots) if slots[0] == "to" or governors.is_close_participle(token) else None
        if hold is not None and (hold.word.pos != "NOUN" or governors.begins_behind(token, hold.word)):
            return apply(hold, self._outer(hold, head))
        if slots[0] == "to":
            hold = operators.default(head, slots) if head.pos == "ADJ" else Grip(token, "purpose", "to")
            return self._purpose(token, hold)
        return self._by_tense(token)

    def _purpose(self, token: Token, hold: Grip) -> Told:
        """Return the context of what something is done for: a past deed does what it voices.

        Those who "marched to demand a vote" demanded it; so did happen what one fled "only to" meet.
        """
        outer = self.told(token.head)
        done = outer.happened and is_past(token.head) and (governors.is_only_to(token) or token.lemma in _VOICED)
        return outer if done else apply(hold, outer)

    def _marked(self, token: Token, mark: tuple[str, Token]) -> Told:
        return apply(Grip(mark[1], mark[0], "mark"), self.context(token.head))

    def _by_tense(self, token: Token) -> Told:
        """Return the context of "when", "before", "until" clauses and participles."""
        head = token.head
        if governors.is_prior(token):
            return ASSERTED
        openers = {c.lower for c in token.children if c.dep in {"mark", "advmod"} and c.i < token.i}
        subject = token.child("nsubj", "nsubjpass", "expl")
        if "before" in openers and any(c.lower in {"could", "can"} for c in token.children):
            return apply(Grip(token, "nothing", "before"), self.context(head))
        if is_past(token) and (subject is not None or token.child("mark") is not None):
            return ASSERTED
        if "until" in openers and self.told(head).status != "actual":
            return apply(Grip(token, "condition", "until"), self.context(head))
        finite = subject is not None and (governors.is_finite(token) or token.child("aux") is None)
        if "before" in openers and finite and self.told(head).happened:
            return operators.set_to("hypothetical", "still to come", token, ASSERTED)
        apart = finite and (not openers or bool(openers & _GRANTED))
        done = any(c.lower == "having" for c in token.children)
        return self.context(head) if apart or done else self._beside(head)

    def _beside(self, head: Token) -> Told:
        """Return the context of what stands beside a verb: in its world, but not under its "not"."""
        outer = self.told(head)
        if not outer.negative:
            return outer
        context = self.context(head)
        same = context.negative and context.cue is outer.cue and not head.is_root
        return self._beside(head.head) if same else context

    def _of_nobody(self, word: Token) -> bool:
        """Whether an event is denied by a "nobody" or "no" of its arguments."""
        told = self.told(word)
        return told.rule == "negated" and told.cue is not None and told.cue.dep in _NOBODY


# How a word hangs on its head, and so who has a grip on it.
_READINGS = {
    **dict.fromkeys(_ARGUMENTS, _Reading.argument),
    "conj": _Reading.joined,
    "pobj": _Reading.behind_preposition,
    "pcomp": _Reading.behind_preposition,
    "ccomp": _Reading.complement,
    "xcomp": _Reading.complement,
    "csubj": _Reading.clause_as_subject,
    "csubjpass": _Reading.clause_as_subject,
    "acl": _Reading.on_noun,
    "relcl": _Reading.on_noun,
    "advcl": _Reading.adverbial,
    "compound": _Reading.compound,
    "poss": _Reading.owner,
    "parataxis": _Reading.owner,
    "dep": _Reading.loose,
}
