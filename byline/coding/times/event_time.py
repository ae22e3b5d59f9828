"""When events took place: by a time expression of their own clause, by the report around them, or by their tense.

An event never gets a day that the text does not give it. Without a time of its own it takes
that of what the report tells about: of its sentence, of a dated event of its type, of its paragraph, of the
report's first time. Failing all of these it takes what its tense and the document's date allow;
failing that, none, and the reason says so.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

import msgspec

from byline import knowledge
from byline.coding.syntax import auxiliaries
from byline.coding.times import dates
from byline.coding.times.anchors import (
    WEEK,
    Anchor,
    anchor,
    days_of,
    is_anothers,
    is_aside,
    is_aside_noun,
    is_bare_clock,
    is_saying,
    is_told_apart,
    lies_within,
    own_anchor,
    precision_of,
    says_when,
)
from byline.coding.times.antecedents import told_more_of
from byline.coding.times.lengths import length_of
from byline.coding.times.tense import clause_verb, is_past_perfect, is_reported, tense_of
from byline.language.parsed import Parsed, Token
from byline.records import Interval, Reason, Timex

_DATA = knowledge.load("tense.toml")
_OPEN = frozenset(_DATA["open"])
_CLOSED = frozenset(_DATA["closed"])
_STEPS: dict[str, int] = _DATA["steps"]
_HOURS = frozenset({"after", "before"})  # "just after 11 p.m. on Monday" says when, not since when
_RANGES = frozenset({"between", "from"})
_THAT = frozenset({"that", "which"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_LOOK_BACK = 12
_LEAD = 20
_DEEPEST = 8
_MONTH = timedelta(31)
_DAY = timedelta(1)

Answer = tuple[Interval | None, Reason]


class Told(NamedTuple):
    """An event whose time is asked for: its trigger, its type, whether it is told as having happened."""

    trigger: Token
    type: str
    happened: bool


def times_of(told: Sequence[Told], parsed: Parsed, timexes: list[Timex]) -> list[Answer]:
    """Return for each event the days in which it took place, or None, and why.

    ``timexes`` are the document's, in text order. The interval's basis is "timex" (of its own
    clause), "inherited" (from the report around it) or "tense".
    """
    report = _Report(parsed, timexes)
    own = [report.own(event.trigger) for event in told]
    dated: dict[str, list[Interval]] = {}
    for event, answer in zip(told, own, strict=True):
        if answer and answer[0] and event.happened and report.is_passed_on(event.trigger, answer[0]):
            dated.setdefault(event.type, []).append(answer[0])
    own = [a or report.of_antecedent(e.trigger) for a, e in zip(own, told, strict=True)]  # background: not passed on
    own = [a or _of_event_told_of(e.trigger, told, own) for a, e in zip(own, told, strict=True)]
    return [
        report.narrowed(a, e, dated.get(e.type, [])) if a else report.lent(e, dated.get(e.type, []))
        for e, a in zip(told, own, strict=True)
    ]


def _of_event_told_of(trigger: Token, told: Sequence[Told], own: Sequence[Answer | None]) -> Answer | None:
    """Return the time of the noun that a trigger's clause tells more of: March brought *a raid* that killed nine.

    The parse may hang the clause on a noun behind that one: a raid on a bank that killed nine.
    """
    found = told_more_of(trigger)
    if found is None or found[0].dep != "relcl":
        return None
    clause, nouns = found
    near = [(e.trigger, a) for a, e in zip(own, told, strict=True) if a and e.trigger.sentence == clause.sentence]
    before = [(noun, a) for noun, a in near if noun.i < clause.i and not noun.is_verb]
    subject = clause.child("nsubj", "nsubjpass")
    does = subject is not None and subject.lower in _THAT
    return next((a for noun, a in reversed(before) if noun in nouns or does), None)


class _Report:
    """What a document says about when: its time expressions where they hang, and its day of publication."""

    def __init__(self, parsed: Parsed, timexes: list[Timex]) -> None:
        self._parsed, self._timexes = parsed, timexes
        self._published = parsed.document.published
        self._anchors = [anchor(t, parsed) for t in timexes if says_when(t) and (t.start or not self._published)]
        self._telling = [a for a in self._anchors if self._tells(a)]
        self._clock = next((t for t in timexes if is_bare_clock(t)), None)

    def own(self, trigger: Token) -> Answer | None:
        """Return the time of a trigger by an expression of its own clause, or counted from one beside it."""
        return self._of_clause(trigger) or self._counted(trigger)

    def _of_clause(self, trigger: Token) -> Answer | None:
        found = own_anchor(trigger, self._beside(trigger, self._anchors))
        return self._dated(found, trigger) if found else None

    def of_antecedent(self, trigger: Token) -> Answer | None:
        """Return the time of what a trigger's clause tells more of: the raid *of March*, in which nine were killed."""
        found = told_more_of(trigger)
        if found is None:
            return None
        clause, told_of = found
        before = [a for a in self._beside(trigger, self._anchors) if a.timex.span[1] <= clause.start]
        near = [a for a in before if a.top in told_of or told_of.intersection(a.above)]
        nearest = max(near, key=_start, default=None)
        if nearest is None:
            return None
        interval, why = self._dated(nearest._replace(preposition=""), trigger)  # "since March, when nine died"
        return interval, msgspec.structs.replace(why, rule="time of what its clause tells more of")

    def lent(self, event: Told, dated: list[Interval]) -> Answer:
        """Return the time of an event that has none of its own: of the report, of its tense, or none.

        ``dated`` are the days of the report's events of its type.
        """
        trigger = event.trigger
        verb = clause_verb(trigger)
        taken_up = _is_definite(trigger)
        if verb and is_past_perfect(verb) and not (taken_up or is_reported(verb)):
            return None, Reason(
                field="time", rule="past perfect without a time", span=verb.span, text=self._parsed.words(verb.span)
            )
        if not event.happened and tense_of(trigger) == "future":
            return None, Reason(field="time", rule="future without a time")
        if verb is trigger and _is_progressive(verb):
            return self._by_tense("present")
        same = self._same(dated)
        found = self._of_sentence(trigger) or (same if taken_up else None) or self._of_paragraph(trigger) or same
        return found or self._of_story() or self._of_clock() or self._by_tense("past")

    def narrowed(self, answer: Answer, event: Told, dated: list[Interval]) -> Answer:
        """Return a long time narrowed to the one day within it at which the report dates such an event.

        "Last month's shooting", "it happened on 29 August": of one happening only, so not of "raids last month". What
        takes up the report's own event is of the report's day: "the raid was the deadliest this year".
        """
        long = answer[0]
        if long is None or event.trigger.tag == "NNS" or _days_long(long) < 1:
            return answer
        taken_up = not dated and _days_long(long) >= _MONTH.days and _is_definite(event.trigger)
        story = self._of_story() if taken_up else None
        days = [*dated, *([story[0]] if story and story[0] else [])]
        within = {d.start: d for d in days if d.start == d.end and long.start <= d.start and d.end <= long.end}
        if len(within) != 1:
            return answer
        (day,) = within.values()
        made = Interval(start=day.start, end=day.end, precision="day", basis="inherited", span=day.span)
        return made, Reason(field="time", rule="the day within the time named", span=day.span)

    def is_passed_on(self, trigger: Token, interval: Interval) -> bool:
        """Whether other events of a type may have the time of this one: no background, no long time, not to come."""
        verb = clause_verb(trigger)
        background = verb is not None and is_past_perfect(verb) and not is_reported(verb)
        short = _days_long(interval) < WEEK.days
        return short and not background and (self._published is None or interval.start <= self._published.end)

    def _tells(self, place: Anchor) -> bool:
        """Whether a time is one at which the story goes on: not of a saying, a background, an aftermath, a plan."""
        timex = place.timex
        if timex.type not in {"DATE", "TIME"} or not timex.start or (timex.value or "")[-4:] == "_REF":
            return False
        start, end = days_of(timex)
        if end - start > _MONTH:
            return False
        verb, noun = place.verb, place.noun
        if noun is not None and verb is not None:
            return not is_aside_noun(noun) and (self._published is None or timex.start <= self._published.end)
        if verb is None:  # a dateline or a page's timestamp
            return self._published is None or timex.start < self._published.start
        if is_saying(verb) or is_aside(verb) or (is_past_perfect(verb) and not is_reported(verb)):
            return False
        return tense_of(verb) == "past"

    def _dated(self, place: Anchor, trigger: Token) -> Answer:
        """Return the days of a time expression, up to another one or open as its preposition says."""
        timex = place.timex
        if timex.start is None:
            return None, Reason(
                field="time", rule="relative time without a document date", span=timex.span, text=timex.text
            )
        start, end = days_of(timex)
        precision = precision_of(timex)
        rule = "time expression of its clause"
        other = self._other_end(place)
        if other:
            end, precision, rule = max(end, days_of(other)[1]), "range", "from one time to another"
        elif place.preposition in _HOURS and timex.type == "TIME":
            rule = "about the hour named"
        elif place.preposition in _OPEN and self._published and self._is_open(timex):
            end, precision = date.fromisoformat(self._published.end), "range"
            rule = f"since the time named: {place.preposition}"
        elif place.preposition in _CLOSED:
            before = self._of_paragraph(trigger) or self._of_story()
            start = min(start, date.fromisoformat(before[0].start)) if before and before[0] else start
            precision, rule = ("range" if before else precision), f"up to the time named: {place.preposition}"
        made = Interval(
            start=start.isoformat(), end=end.isoformat(), precision=precision, basis="timex", span=timex.span
        )
        return made, Reason(field="time", rule=rule, span=timex.span, text=timex.text)

    def _is_open(self, timex: Timex) -> bool:
        """Whether "since" and "from" a time may reach up to now: not from one that is to come or names both ends."""
        published = self._published
        return published is not None and (timex.start or "") <= published.end and "/" not in (timex.value or "")

    def _other_end(self, place: Anchor) -> Timex | None:
        """Return the second time of "between Monday and Friday", "from May to July"."""
        if place.preposition not in _RANGES:
            return None
        at = bisect_left(self._timexes, place.timex.span[0], key=lambda t: t.span[0])
        following = self._timexes[at + 1] if at + 1 < len(self._timexes) else None
        if following is None or not following.end or following.span[0] < place.timex.span[1]:
            return None
        between = self._parsed.words((place.timex.span[1], following.span[0])).strip().lower()
        return following if between in {"and", "to", "until", "till", "through", "-", "–"} else None

    def _counted(self, trigger: Token) -> Answer | None:
        """Return the time that is counted from what followed: "five days after the attack, police found"."""
        for marker, governor in _steps_away(trigger):
            length = self._length_before(marker)
            if length is None:
                continue
            found = self._of_clause(governor) or self.lent(Told(governor, "", happened=True), [])
            if found[0] is None:
                return None
            return self._moved(found[0], length, _STEPS[marker.lower])
        return None

    def _length_before(self, marker: Token) -> Timex | None:
        """Return the length that ends where a word begins: "two weeks" before "after"."""
        at = bisect_left(self._timexes, marker.start, key=lambda t: t.span[0]) - 1
        timex = self._timexes[at] if at >= 0 else None
        if timex is None or timex.type != "DURATION":
            return None
        return timex if not self._parsed.words((timex.span[1], marker.start)).strip() else None

    def _moved(self, base: Interval, length: Timex, direction: int) -> Answer | None:
        number, unit = length_of(length.value or "")
        start = dates.shift(date.fromisoformat(base.start), direction * number, unit) if number else None
        end = dates.shift(date.fromisoformat(base.end), direction * number, unit) if number else None
        if start is None or end is None:
            return None
        start, end = dates.around(start, unit)[0], dates.around(end, unit)[1]
        made = Interval(
            start=start.isoformat(),
            end=end.isoformat(),
            precision="day" if start == end else "range",
            basis="timex",
            span=length.span,
        )
        return made, Reason(field="time", rule="counted from what is told with it", span=length.span, text=length.text)

    def _of_sentence(self, trigger: Token) -> Answer | None:
        """Return the nearest time that the sentence tells of; not that of a clause in which the trigger is an aside."""
        near = self._beside(trigger, self._telling)
        found = [a for a in near if _is_when(trigger, a)]
        if not found and not is_told_apart(trigger):
            above = set(islice(trigger.ancestors(), _DEEPEST))
            found = [a for a in near if a.verb not in above and not is_anothers(a, trigger)]
        nearest = min(found, key=lambda a: abs(a.timex.span[0] - trigger.start), default=None)
        return _passed_on(nearest.timex, "time of its sentence") if nearest else None

    def _beside(self, trigger: Token, anchors: list[Anchor]) -> list[Anchor]:
        """Return the time expressions of a trigger's sentence, the nearest on both sides."""
        span = self._parsed.sentence_of(trigger).span
        first, at, stop = (bisect_left(anchors, n, key=_start) for n in (span[0], trigger.start, span[1]))
        return anchors[max(first, at - _LOOK_BACK) : min(stop, at + _LOOK_BACK)]

    def _of_paragraph(self, trigger: Token) -> Answer | None:
        """Return the last time before a trigger at which its paragraph goes on."""
        paragraph = self._parsed.sentence_of(trigger).paragraph
        stop = bisect_left(self._telling, trigger.start, key=_start)
        for place in reversed(self._telling[max(0, stop - _LOOK_BACK) : stop]):
            if self._parsed.sentence_of(place.top).paragraph != paragraph:
                break
            if place.top.sentence != trigger.sentence:
                return _passed_on(place.timex, "last time of the paragraph")
        return None

    def _same(self, dated: list[Interval]) -> Answer | None:
        """Return the days of the report's first dated event of the same type, the most exact first."""
        if not dated:
            return None
        first = min(dated, key=_days_long)
        made = Interval(start=first.start, end=first.end, precision=first.precision, basis="inherited", span=first.span)
        words = self._parsed.words(first.span) if first.span else None
        return made, Reason(field="time", rule="time of an event of its type", span=first.span, text=words)

    def _of_story(self) -> Answer | None:
        """Return the first recent time at which the report goes on, or the first day that it names within that."""
        lead = [a.timex for a in self._telling[:_LEAD] if self._is_news(a.timex)]
        first = next((t for t in lead if lies_within(t, lead[0]) and t.start == t.end), lead[0]) if lead else None
        return _passed_on(first, "the story's first time") if first else None

    def _is_news(self, timex: Timex) -> bool:
        """Whether a time is recent and short enough to be that of the story."""
        if self._published is None or timex.start is None:
            return False
        start, end = days_of(timex)
        recent = date.fromisoformat(self._published.start) - _MONTH <= start
        return recent and end - start < WEEK and timex.start <= self._published.end

    def _of_clock(self) -> Answer | None:
        """Return the day of publication and the one before, if the report gives an hour: older days are named."""
        clock = self._clock
        if clock is None or self._published is None:
            return None
        start = date.fromisoformat(self._published.start) - _DAY
        made = Interval(
            start=start.isoformat(), end=self._published.end, precision="range", basis="inherited", span=clock.span
        )
        rule = "a time of day alone: the day of publication or the one before"
        return made, Reason(field="time", rule=rule, span=clock.span, text=clock.text)

    def _by_tense(self, tense: str) -> Answer:
        published = self._published
        if published is None:
            return None, Reason(field="time", rule="no time expression and no document date")
        if tense == "present":
            made = Interval(start=published.start, end=published.end, precision=published.precision, basis="tense")
            return made, Reason(field="time", rule="present: the day of writing")
        start = date.fromisoformat(published.start) - WEEK
        made = Interval(start=start.isoformat(), end=published.end, precision="range", basis="tense")
        return made, Reason(field="time", rule="past: the week before publication")


def _start(place: Anchor) -> int:
    return place.timex.span[0]


def _passed_on(timex: Timex, rule: str) -> Answer:
    start, end = days_of(timex)
    made = Interval(
        start=start.isoformat(),
        end=end.isoformat(),
        precision=precision_of(timex),
        basis="inherited",
        span=timex.span,
    )
    return made, Reason(field="time", rule=rule, span=timex.span, text=timex.text)


def _is_when(trigger: Token, place: Anchor) -> bool:
    """Whether a trigger tells when that happened which a time before it dates: "Two died in May *when* ...".

    The parse may hang the clause on the time itself.
    """
    clause = clause_verb(trigger)
    if clause is None or not any(c.lower == "when" and c.i < clause.i for c in clause.children):
        return False
    if clause.dep == "relcl":
        return place.timex.span[0] <= clause.head.start < place.timex.span[1]
    told_first = place.timex.span[1] <= clause.start and clause.i > clause.head.i
    return clause.dep == "advcl" and clause.head is place.verb and told_first


def _days_long(interval: Interval) -> int:
    return (date.fromisoformat(interval.end) - date.fromisoformat(interval.start)).days


def _is_definite(trigger: Token) -> bool:
    """Whether a trigger is a noun that takes up what was told: "the raid", "his arrest"."""
    if trigger.tag[:2] != "NN":
        return False
    return any(c.dep == "poss" or (c.dep == "det" and c.lower in _DEFINITE) for c in trigger.children)


def _is_progressive(verb: Token) -> bool:
    """Return whether a verb tells what goes on now: headlines tell of the past in the plain present."""
    return verb.tag == "VBG" and any(a.tag in {"VBZ", "VBP"} and a.lemma == "be" for a in auxiliaries(verb))


def _steps_away(trigger: Token) -> Iterator[tuple[Token, Token]]:
    """Yield each "after" or "before" over a trigger, with the word whose time it counts from."""
    token = trigger
    for _ in range(_DEEPEST):
        mark = next((c for c in token.children if c.dep in {"mark", "advmod"} and c.lower in _STEPS), None)
        if token.dep == "prep" and token.lower in _STEPS:
            yield token, token.head
        elif mark is not None and token.head is not token:
            yield mark, token.head
        if token.head is token:
            return
        token = token.head
