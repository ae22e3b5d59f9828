"""Who denies what: each denial tied to the events that it contradicts.

Somebody denies an event who is quoted as saying that it did not happen, or
whose denial it stands under. They deny with it what others tell as having
happened and what is the same deed: of its type, with nobody, no place and no
day that speaks against it. So does who denies a part in it ("any role in the
raid"), or the charge of it. A denial of a mere claim ("rejected the report",
"said this was untrue") is one of what the claim before it tells. Links are
made only where the words leave little doubt: a wrong one would put a denial
into somebody's mouth.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from byline.coding.actors.cast import Cast
from byline.coding.attribution.attributions import Said
from byline.coding.attribution.drafts import CLAIMS, HOLLOW, PARTS, STATES
from byline.coding.incidents import Traits, is_same_deed
from byline.language.parsed import Token
from byline.records import Event

_NEGATED = frozenset({"denied", "did_not_happen"})
_TAKES_UP = frozenset({"it", "this", "that", "these", "those"})
_KNOWN = frozenset({"the", "this", "that", "these", "those", "such", "his", "her", "its", "their", "any", "all"})
_NEAREST = 60  # events to either side that a denied one is held against
_SENTENCES_BACK = 4


class Denied(NamedTuple):
    """An event as denials look at it: what is compared of it, and its voices, innermost first."""

    traits: Traits
    voices: list[Said]

    @property
    def id(self) -> str:
        return self.traits.event.id

    @property
    def happened(self) -> bool:
        return self.traits.event.happened


def find_denials(events: Sequence[Denied], said: Sequence[Said], cast: Cast) -> dict[str, tuple[str, ...]]:
    """Return the ids of the attributions that deny each event, in text order, for the events that somebody denies."""
    found = [*_told_as_not_so(events, cast), *_in_denied_words(events, said), *_claims_denied(events, said, cast)]
    order = {s.attribution.id: n for n, s in enumerate(said)}
    by_event: dict[str, set[str]] = {}
    for event, denial in found:
        by_event.setdefault(event, set()).add(denial)
    return {event: tuple(sorted(ids, key=order.__getitem__)) for event, ids in by_event.items()}


def _told_as_not_so(events: Sequence[Denied], cast: Cast) -> Iterator[tuple[str, str]]:
    """Yield what somebody says did not happen, and the same deed told by others."""
    for n, no in enumerate(events):
        denial = no.voices[0] if no.voices else None
        if denial is None or not _says_no(denial, no.traits.event):
            continue
        yield no.id, denial.attribution.id
        for yes in events[max(0, n - _NEAREST) : n + _NEAREST]:
            by_others = not any(_same_speaker(denial, voice, cast) for voice in yes.voices)
            if yes.happened and by_others and is_same_deed(no.traits, yes.traits):
                yield yes.id, denial.attribution.id


def _says_no(said: Said, event: Event) -> bool:
    """Whether it is the source that negates the event, and not the text: "their claim that rebels did it is false"."""
    if event.status not in _NEGATED or said.attribution.stance == "denied":
        return event.status in _NEGATED
    words = next((r.span for r in event.reasons if r.field == "status"), None)
    return words is not None and any(start <= words[0] < end for start, end in said.attribution.content)


def _in_denied_words(events: Sequence[Denied], said: Sequence[Said]) -> Iterator[tuple[str, str]]:
    """Yield what somebody denies a part in, and what is told as not so in a charge that somebody denies."""
    for denial in said:
        disowned = _disowned(denial)
        charge = denial.attribution.stance == "denied" and _root(denial).lemma in CLAIMS
        for event in events if disowned or charge else ():
            first, last = event.traits.event.trigger.span
            heads = {t.i for t in denial.content if first <= t.start < last}
            if heads & disowned or (charge and heads and event.traits.event.status in _NEGATED):
                yield event.id, denial.attribution.id


def _disowned(said: Said) -> set[int]:
    """Return the heads of deeds that somebody has no part in: denied a role *in it*, said they were not *behind it*."""
    root = _root(said)
    thing = root.child("dobj")
    if said.attribution.stance == "denied":
        strays = [t for t in said.content if t.dep == "prep" and t.head is root.head]
        links = [root, *strays] if root.lemma in PARTS else []
    elif thing is not None and (thing.lower == "nothing" or (thing.lemma in PARTS and _is_negated(thing))):
        links = [thing, *thing.all("relcl")]
    else:
        links = [t for t in (root, *root.children) if t.lower in STATES and root.child("neg") is not None]
    prepositions = (p for t in links for p in ([t] if t.dep == "prep" else t.all("prep")))
    return {t.i for p in prepositions for t in p.all("pobj", "pcomp")}


def _is_negated(noun: Token) -> bool:
    return any(d.lower == "no" for d in noun.all("det"))


def _root(said: Said) -> Token:
    return next((t for t in said.content if t.head not in said.content), said.content[0])


def _claims_denied(events: Sequence[Denied], said: Sequence[Said], cast: Cast) -> Iterator[tuple[str, str]]:
    """Yield what a claim tells that is denied as a whole."""
    told: dict[str, list[str]] = {}
    for event in events:
        if event.happened and event.voices:
            told.setdefault(event.voices[0].attribution.id, []).append(event.id)
    for n, denial in enumerate(said):
        if not _takes_up_a_claim(denial):
            continue
        first = denial.content[0].sentence - _SENTENCES_BACK
        near = takewhile(lambda s: s.content[0].sentence >= first, reversed(said[:n]))  # noqa: B023 - used here and now
        by_others = (s.attribution.id for s in near if not _same_speaker(denial, s, cast))
        claim = next((i for i in by_others if i in told), None)
        yield from ((event, denial.attribution.id) for event in told.get(claim or "", ()))


def _takes_up_a_claim(said: Said) -> bool:
    """Whether somebody denies a claim that stands elsewhere: "rejected the claim", "said it was false"."""
    root = _root(said)
    if said.attribution.stance == "denied":
        return _is_a_claim(root)
    untrue = root.lemma == "be" and any(c.lower in HOLLOW for c in root.all("acomp"))
    subject = root.child("nsubj")
    return untrue and root.child("neg") is None and subject is not None and _is_a_claim(subject)


def _is_a_claim(token: Token) -> bool:
    """Whether a word takes up what was said before: a pronoun, or a known claim without content of its own."""
    if token.lower in _TAKES_UP:
        return not token.children
    own = token.child("acl", "relcl", "ccomp", "prep") is not None
    known = any(c.lower in _KNOWN for c in token.all("det", "poss"))
    return token.lemma in CLAIMS and known and not own


def _same_speaker(one: Said, other: Said, cast: Cast) -> bool:
    if one.speaker is None or other.speaker is None:
        return one is other
    mine, theirs = cast.at(one.speaker), cast.at(other.speaker)
    return mine == theirs if mine is not None and theirs is not None else one.speaker.lower == other.speaker.lower
