"""How time expressions hang in the parse: the words above each up to its verb, the triggers that share its clause."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from byline import knowledge
from byline.coding.times.tense import is_past_perfect
from byline.language.parsed import Parsed, Token
from byline.records import Precision, Timex

_DATA = knowledge.load("tense.toml")
_SAYING = frozenset(_DATA["saying"])
_ASIDE, _ASIDE_NOUNS = frozenset(_DATA["aside"]), frozenset(_DATA["aside_nouns"])
_APART = frozenset(_DATA["apart"])
_NOTED = frozenset(_DATA["noted"])
_UP = frozenset(
    {"advcl", "advmod", "agent", "amod", "appos", "attr", "ccomp", "compound", "conj", "csubj", "dative", "dobj",
     "nmod", "npadvmod", "nsubj", "nsubjpass", "oprd", "pcomp", "pobj", "poss", "prep", "xcomp"}
)  # fmt: skip
_STEPS = 8
_NEAREST = 12
_YEAR = re.compile(r"\d{4}")
_TAILS: dict[str, Precision] = {
    "": "year", "WI": "season", "SP": "season", "SU": "season", "FA": "season",
    "W": "week", "Q": "quarter", "H": "range",
}  # fmt: skip
WEEK = timedelta(7)


class Anchor(NamedTuple):
    """A time expression where it hangs: the words above it up to its verb, and its preposition."""

    timex: Timex
    top: Token
    above: tuple[Token, ...]
    preposition: str

    @property
    def verb(self) -> Token | None:
        return self.above[-1] if self.above and self.above[-1].tag[:2] == "VB" else None

    @property
    def noun(self) -> Token | None:
        """The noun that the time stands before: "Monday's raid", "the 3 May raid"."""
        head = self.above[0] if self.above else None
        return head if head is not None and head.tag[:2] == "NN" and self.top.i < head.i else None


def anchor(timex: Timex, parsed: Parsed) -> Anchor:
    """Return a time expression with the words that it hangs on."""
    inside = parsed.covering(timex.span)
    top = next((t for t in inside if t.head not in inside or t.is_root), inside[0])
    above = []
    for token in top.ancestors():
        above.append(token)
        if token.tag[:2] == "VB" or len(above) == _STEPS:
            break
    preposition = above[0].lower if above and above[0].dep in {"prep", "mark"} else ""
    return Anchor(timex, top, tuple(above), preposition)


def says_when(timex: Timex) -> bool:
    """Whether a time expression says when: with days, or with days that lack only the document's date."""
    if timex.start is not None:
        return timex.type != "SET" and timex.value != "PRESENT_REF"
    return timex.type in {"DATE", "TIME"} and (timex.value is None or timex.value.startswith("XXXX"))


def is_saying(verb: Token) -> bool:
    """Whether the time of a verb is that of words; not "the fire was reported at noon"."""
    if verb.lemma in _NOTED and verb.child("nsubjpass") is not None:
        return False
    return verb.lemma in _SAYING


def is_aside(verb: Token) -> bool:
    """Whether a verb tells what came of an event: of comment, inquiry, courts ("was in court"), funerals."""
    return verb.lemma in _ASIDE or any(t.lemma in _ASIDE_NOUNS for c in verb.children for t in (c, *c.children))


def is_aside_noun(noun: Token) -> bool:
    """Whether a noun names what came of an event: a trial, a funeral."""
    return noun.lemma in _ASIDE_NOUNS


def is_bare_clock(timex: Timex) -> bool:
    """Whether a time of day names no day."""
    return timex.type == "TIME" and timex.start is None and "T" in (timex.value or "")


def days_of(timex: Timex) -> tuple[date, date]:
    """Return the first and the last day of a time expression that has days."""
    start = timex.start or timex.end or ""
    return date.fromisoformat(start), date.fromisoformat(timex.end or start)


def precision_of(timex: Timex) -> Precision:
    """Return how finely a TIMEX3 value places the event."""
    value = timex.value or ""
    if timex.type == "DURATION" or not value[:1].isdigit() or "/" in value:
        return "range"
    tail = value[5:].split("T")[0]
    if _YEAR.match(value) is None:
        return "decade"
    found = _TAILS.get(tail) or _TAILS.get(tail[:1])
    return found or ("month" if "-" not in tail else "day")


def own_anchor(trigger: Token, anchors: list[Anchor]) -> Anchor | None:
    """Return the time expression of the trigger, or of the nearest clause that it shares.

    ``anchors`` are those of its sentence. A long time ("the first attack of the year was on Sunday") gives way to a
    finer one within it further up.
    """
    near = sorted(anchors, key=lambda a: (abs(a.timex.span[0] - trigger.start), a.timex.span))[:_NEAREST]
    best: Anchor | None = None
    for token in _climb(trigger) if near else ():
        found = [a for a in near if _hangs_on(a, token, trigger)]
        if found:
            first = min(found, key=lambda a: _rank(a, trigger))
            best = first if best is None or lies_within(first.timex, best.timex) else best
            if best.timex.start is None or _length(best.timex) < WEEK:
                break
    return best


def _length(timex: Timex) -> timedelta:
    return days_of(timex)[1] - days_of(timex)[0] if timex.start else timedelta()


def lies_within(inner: Timex, outer: Timex) -> bool:
    """Whether the days of one time expression are among those of another."""
    if inner.start is None or outer.start is None:
        return False
    (start, end), (first, last) = days_of(inner), days_of(outer)
    return first <= start and end <= last


def _rank(place: Anchor, trigger: Token) -> tuple[bool, bool, timedelta, bool, int]:
    """Return how well a time fits: dates before lengths, "last week's attack" before "on Monday", days before weeks.

    Of "at noon on 3 May" the date says the day.
    """
    loose = trigger.tag[:2] == "NN" and place.preposition != ""
    kind, length, distance = place.timex.type, _length(place.timex), abs(place.timex.span[0] - trigger.start)
    return kind == "DURATION", loose, length, kind == "TIME", distance


def _hangs_on(place: Anchor, token: Token, trigger: Token) -> bool:
    """Whether a time expression says when of a word, directly or in a relative clause: "the revolt that began on"."""
    verb = place.verb
    if verb is None:
        return token in place.above
    if verb is token:
        return token is trigger or not is_anothers(place, trigger)
    if token in place.above:
        return True
    if token is not trigger or verb.head is not token:
        return False
    return verb.dep in {"relcl", "acl"} or (verb.dep == "conj" and verb.child("nsubj", "nsubjpass") is None)


def is_anothers(place: Anchor, trigger: Token) -> bool:
    """Whether a time is closer to another noun of the shared clause: "condemned Monday's attack after the raid"."""
    return any(
        t.tag in {"NN", "NNS"} and t.dep not in {"pobj", "npadvmod"} for t in place.above[:-1] if t is not trigger
    )


def _climb(trigger: Token) -> Iterator[Token]:
    """Walk from a trigger to the words whose time is its own too; never past a verb of saying or of comment."""
    token = trigger
    yield token
    for _ in range(_STEPS):
        head = token.head
        if head is token or token.dep not in _UP or _is_apart(token):
            return
        if head.tag[:2] == "VB":
            said = token.dep == "ccomp" or is_saying(head)
            told = (trigger.tag[:2] != "VB" or token.dep == "prep") and is_aside(head)
            if said or told:
                return
        if is_past_perfect(token) and not is_past_perfect(head):
            return
        token = head
        yield token


def _is_apart(token: Token) -> bool:
    """Whether a phrase or clause has another time than what it hangs on: "arrested a day after he shot"."""
    if token.dep in {"prep", "pcomp"} and (token.lower in _APART or token.head.lower in _APART):
        return True
    return any(c.dep in {"mark", "advmod"} and c.lower in _APART for c in token.children)


def is_told_apart(trigger: Token) -> bool:
    """Whether the sentence tells a trigger as something before or after what it is about."""
    above = (t for _, t in zip(range(_STEPS), trigger.ancestors(), strict=False))
    return any(_is_apart(t) for t in (trigger, *above))
