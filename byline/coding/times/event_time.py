"""When an event took place: by a time expression of its own clause, by the narrative before it, or by its tense.

An event never gets a day that the text does not give it. Without a time of its own it takes
the interval that the report has set so far; failing that, what its tense and the document's
date allow; failing that, none, and the reason says so.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from byline import knowledge
from byline.coding.times.tense import auxiliaries, clause_verb, is_past_perfect, tense_of
from byline.language.parsed import Parsed, Token
from byline.records import Interval, Precision, Reason, Span, Timex

_DATA = knowledge.load("tense.toml")
_SAYING = frozenset(_DATA["saying"])
_ASIDE = frozenset(_DATA["aside"])
_APART = frozenset(_DATA["apart"])
_OPEN = frozenset(_DATA["open"])
_CLOSED = frozenset(_DATA["closed"])
_RANGES = frozenset({"between", "from"})
_UP = frozenset(
    {"advcl", "advmod", "agent", "amod", "appos", "attr", "ccomp", "compound", "conj", "csubj", "dative", "dobj",
     "nmod", "npadvmod", "nsubj", "nsubjpass", "oprd", "pcomp", "pobj", "poss", "prep", "xcomp"}
)  # fmt: skip
_STEPS = 8
_NEAREST = 12
_LOOK_BACK = 12
_LEAD = 20
_MONTH = timedelta(31)
_NEWS = timedelta(7)  # a report without times tells of the days since the last issue, at most a weekly's


_YEAR = re.compile(r"\d{4}")
_TAILS: dict[str, Precision] = {
    "": "year", "WI": "season", "SP": "season", "SU": "season", "FA": "season",
    "W": "week", "Q": "quarter", "H": "range",
}  # fmt: skip


class _Place(NamedTuple):
    """Where a time expression hangs: the words above it up to its verb, and its preposition."""

    timex: Timex
    above: tuple[Token, ...]
    preposition: str

    @property
    def verb(self) -> Token | None:
        return self.above[-1] if self.above and self.above[-1].tag[:2] == "VB" else None


def time_of(trigger: Token, parsed: Parsed, timexes: list[Timex]) -> tuple[Interval | None, Reason]:
    """Return the days in which a trigger's event took place, or None, and why.

    ``timexes`` are the document's, in text order. The interval's basis is "timex" (of its own
    clause), "inherited" (from the narrative) or "tense".
    """
    own = _own(trigger, parsed, timexes)
    if own:
        return _from_timex(own, trigger, parsed, timexes)
    verb = clause_verb(trigger)
    if verb and is_past_perfect(verb):
        return None, Reason(field="time", rule="past perfect without a time", span=verb.span, text=verb.text)
    tense = tense_of(trigger)
    if tense == "future":
        return None, Reason(field="time", rule="future without a time")
    if tense == "present" and verb and _is_progressive(verb):
        return _by_tense(tense, parsed)
    return _inherited(trigger, parsed, timexes) or _by_tense("past", parsed)


def _within(timexes: list[Timex], span: Span) -> list[Timex]:
    first = bisect_left(timexes, span[0], key=lambda t: t.span[0])
    stop = bisect_left(timexes, span[1], key=lambda t: t.span[0])
    return timexes[first:stop]


def _dates(timex: Timex) -> bool:
    """Whether a time expression says when: with days, or with days that lack only the document's date."""
    if timex.start is not None:
        return timex.type != "SET"
    return timex.type in {"DATE", "TIME"} and (timex.value is None or timex.value.startswith("XXXX"))


def _place(timex: Timex, parsed: Parsed) -> _Place:
    """Return where a time expression hangs in the tree."""
    inside = parsed.covering(timex.span)
    top = next((t for t in inside if t.head not in inside or t.is_root), inside[0])
    above = []
    for token in top.ancestors():
        above.append(token)
        if token.tag[:2] == "VB" or len(above) == _STEPS:
            break
    preposition = above[0].lower if above and above[0].dep in {"prep", "mark"} else ""
    return _Place(timex, tuple(above), preposition)


def _own(trigger: Token, parsed: Parsed, timexes: list[Timex]) -> _Place | None:
    """Return the time expression of the trigger, or of the nearest clause that it shares."""
    near = [t for t in _within(timexes, parsed.sentence_of(trigger).span) if _dates(t) and t.value != "PRESENT_REF"]
    near.sort(key=lambda t: (abs(t.span[0] - trigger.start), t.span))
    places = [_place(t, parsed) for t in near[:_NEAREST]]
    for token in _climb(trigger) if places else ():
        found = [p for p in places if _hangs_on(p, token, trigger)]
        if found:
            return min(found, key=lambda p: _rank(p, trigger))
    return None


def _rank(place: _Place, trigger: Token) -> tuple[bool, bool, timedelta, int]:
    """Return how well a time fits: dates before lengths, "last week's attack" before "on Monday", days before weeks."""
    loose = trigger.tag[:2] == "NN" and place.preposition != ""
    length = _days(place.timex)[1] - _days(place.timex)[0] if place.timex.start else timedelta()
    return place.timex.type == "DURATION", loose, length, abs(place.timex.span[0] - trigger.start)


def _hangs_on(place: _Place, token: Token, trigger: Token) -> bool:
    """Whether a time expression says when of a word, directly or in a relative clause: "the revolt that began on"."""
    verb = place.verb
    if verb is None:
        return token in place.above
    if verb is token:
        return token is trigger or not _is_anothers(place, trigger)
    if token in place.above:
        return True
    if token is not trigger or verb.head is not token:
        return False
    return verb.dep in {"relcl", "acl"} or (verb.dep == "conj" and verb.child("nsubj", "nsubjpass") is None)


def _is_anothers(place: _Place, trigger: Token) -> bool:
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
            said = token.dep == "ccomp" or head.lemma in _SAYING
            told = trigger.tag[:2] != "VB" and token.dep in {"dobj", "prep", "nsubjpass"} and head.lemma in _ASIDE
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


def _is_told_apart(trigger: Token) -> bool:
    """Whether the sentence tells a trigger as something before or after what it is about."""
    above = (t for _, t in zip(range(_STEPS), trigger.ancestors(), strict=False))
    return any(_is_apart(t) for t in (trigger, *above))


def _from_timex(place: _Place, trigger: Token, parsed: Parsed, timexes: list[Timex]) -> tuple[Interval | None, Reason]:
    timex = place.timex
    if timex.start is None:
        return None, Reason(
            field="time", rule="relative time without a document date", span=timex.span, text=timex.text
        )
    start, end = _days(timex)
    precision = _precision(timex)
    rule = "time expression of its clause"
    other = _other_end(place, parsed, timexes)
    if other:
        end, precision, rule = max(end, _days(other)[1]), "range", "from one time to another"
    elif place.preposition in _OPEN and parsed.document.published and _points_back(start, parsed):
        end, precision = date.fromisoformat(parsed.document.published.end), "range"
        rule = f"since the time named: {place.preposition}"
    elif place.preposition in _CLOSED:
        before = _inherited(trigger, parsed, timexes)
        start = min(start, date.fromisoformat(before[0].start)) if before else start
        precision, rule = ("range" if before else precision), f"up to the time named: {place.preposition}"
    made = Interval(start=start.isoformat(), end=end.isoformat(), precision=precision, basis="timex", span=timex.span)
    return made, Reason(field="time", rule=rule, span=timex.span, text=timex.text)


def _points_back(start: date, parsed: Parsed) -> bool:
    published = parsed.document.published
    return published is not None and start.isoformat() <= published.end


def _other_end(place: _Place, parsed: Parsed, timexes: list[Timex]) -> Timex | None:
    """Return the second time of "between Monday and Friday", "from May to July"."""
    if place.preposition not in _RANGES:
        return None
    at = bisect_left(timexes, place.timex.span[0], key=lambda t: t.span[0])
    following = timexes[at + 1] if at + 1 < len(timexes) else None
    if following is None or not following.end or following.span[0] < place.timex.span[1]:
        return None
    between = parsed.words((place.timex.span[1], following.span[0])).strip().lower()
    return following if between in {"and", "to", "until", "till", "through", "-", "–"} else None


def _days(timex: Timex) -> tuple[date, date]:
    start = timex.start or timex.end or ""
    return date.fromisoformat(start), date.fromisoformat(timex.end or start)


def _precision(timex: Timex) -> Precision:
    """Return how finely a TIMEX3 value places the event."""
    value = timex.value or ""
    if timex.type == "DURATION" or not value[:1].isdigit():
        return "range"
    tail = value[5:].split("T")[0]
    if _YEAR.match(value) is None:
        return "decade"
    found = _TAILS.get(tail) or _TAILS.get(tail[:1])
    return found or ("month" if "-" not in tail else "day")


def _inherited(trigger: Token, parsed: Parsed, timexes: list[Timex]) -> tuple[Interval, Reason] | None:
    """Return the time that the narrative has set: the last one of the paragraph, else the story's so far."""
    paragraph = parsed.sentence_of(trigger).paragraph
    stop = bisect_left(timexes, trigger.start, key=lambda t: t.span[0])
    for timex in reversed(timexes[max(0, stop - _LOOK_BACK) : stop]):
        if parsed.sentence_of(parsed.covering(timex.span)[0]).paragraph != paragraph:
            break
        if _tells(timex, trigger, parsed):
            return _passed_on(timex, timex.end or "", _precision(timex), "last time of the paragraph")
    return _from_story(trigger, parsed, timexes)


def _from_story(trigger: Token, parsed: Parsed, timexes: list[Timex]) -> tuple[Interval, Reason] | None:
    """Return the days from the earliest time that the report tells of to its publication."""
    published = parsed.document.published
    if published is None:
        return None
    told = [t for t in timexes[:_LEAD] if _is_news(t, published) and _tells(t, trigger, parsed)]
    first = min(told, key=lambda t: (t.start or "", t.span), default=None)
    if first is None or (first.start or "") >= published.start:
        return None
    return _passed_on(
        first, max(published.end, first.end or ""), "range", "from the story's first time to its publication"
    )


def _passed_on(timex: Timex, end: str, precision: Precision, rule: str) -> tuple[Interval, Reason]:
    made = Interval(start=timex.start or end, end=end, precision=precision, basis="inherited", span=timex.span)
    return made, Reason(field="time", rule=rule, span=timex.span, text=timex.text)


def _is_news(timex: Timex, published: Interval) -> bool:
    """Whether a time is recent enough to be that of the story."""
    start = _days(timex)[0] if timex.start else None
    return start is not None and date.fromisoformat(published.start) - _MONTH <= start <= date.fromisoformat(
        published.end
    )


def _tells(timex: Timex, trigger: Token, parsed: Parsed) -> bool:
    """Whether a time is one at which the story goes on: not of a saying, a background, a plan.

    The time of a comment ("on Monday he condemned the attack") is not that of what it is about.
    """
    if timex.type not in {"DATE", "TIME"} or not timex.start or (timex.value or "")[-4:] == "_REF":
        return False
    start, end = _days(timex)
    if end - start > _MONTH:
        return False
    verb = _place(timex, parsed).verb
    if verb is None:  # a dateline or a page's timestamp
        return parsed.document.published is None or timex.start < parsed.document.published.start
    other = verb.sentence == trigger.sentence and (verb.lemma in _ASIDE or _is_told_apart(trigger))
    return not other and verb.lemma not in _SAYING and not is_past_perfect(verb) and tense_of(verb) == "past"


def _is_progressive(verb: Token) -> bool:
    """Return whether a verb tells what goes on now: headlines tell of the past in the plain present."""
    return verb.tag == "VBG" and any(a.tag in {"VBZ", "VBP"} and a.lemma == "be" for a in auxiliaries(verb))


def _by_tense(tense: str, parsed: Parsed) -> tuple[Interval | None, Reason]:
    published = parsed.document.published
    if published is None:
        return None, Reason(field="time", rule="no time expression and no document date")
    if tense == "present":
        made = Interval(start=published.start, end=published.end, precision=published.precision, basis="tense")
        return made, Reason(field="time", rule="present: the day of writing")
    start = date.fromisoformat(published.start) - _NEWS
    made = Interval(start=start.isoformat(), end=published.end, precision="range", basis="tense")
    return made, Reason(field="time", rule="past: the week before publication")
