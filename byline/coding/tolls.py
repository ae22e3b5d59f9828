"""How many an incident hurt in all: from all that a document says of it, derived once.

A stated total ("five people were shot", "the toll rose to 12") beats the sum of
single victims; those add up only where the words tell them apart. Who was shot
may be among the dead: such a total less the dead are the wounded. Totals that
differ stay as a range.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

import msgspec

from byline import knowledge
from byline.coding.actors.cast import Cast
from byline.coding.counts import People, counted, results_of
from byline.coding.victims import told_apart, traits_of
from byline.language.parsed import Parsed, Token
from byline.records import Count, CountOf, Event, Incident

_WORDS = knowledge.load("tolls.toml")
_OPEN, _OTHER, _WHOLE = frozenset(_WORDS["open"]), frozenset(_WORDS["other"]), frozenset(_WORDS["whole"])
_HURT = frozenset({"killed", "wounded"})
_STRUCK = "struck"


class Casualty(NamedTuple):
    """Words that count people killed, wounded or struck (shot, with the outcome open)."""

    fate: str
    word: Token
    people: People

    @property
    def singles(self) -> tuple[People, ...]:
        """The single people of the phrase, a list's members each."""
        parts = self.people.parts or (self.people,)
        return tuple(p for p in parts if p.low == p.high == 1)


class Trigger(NamedTuple):
    """An event with the head of its trigger."""

    event: Event
    head: Token


def with_tolls(
    incidents: Sequence[Incident], triggers: Sequence[Trigger], parsed: Parsed, cast: Cast
) -> list[Incident]:
    """Return the incidents with what the document says in all of those that each of them hurt."""
    of_word = _owners(triggers)
    incident_of = {e: i.id for i in incidents for e in i.events}
    happened = {t.event.id: t for t in triggers if t.event.happened}
    found: dict[str, list[Casualty]] = {}
    violent = [t for t in triggers if t.event.happened and _is_violent(t.event)]
    for casualty in find_casualties(parsed):
        home = of_word.get(casualty.word.i) or _nearest(casualty, violent)
        if home in happened:
            found.setdefault(incident_of[home], []).append(casualty)
    return [msgspec.structs.replace(i, counts=_counts(found.get(i.id, []), parsed, cast)) for i in incidents]


def find_casualties(parsed: Parsed) -> Iterator[Casualty]:
    """Yield all words of the document that count people killed or wounded, in text order."""
    for word in parsed.tokens:
        for what, people in counted(word, parsed):
            if what in _HURT:
                yield Casualty(_STRUCK if what == "wounded" and word.lemma in _OPEN else what, word, people)


def _is_violent(event: Event) -> bool:
    return event.type == "ASSAULT" or any(c.what in _HURT for c in event.counts)


def _owners(triggers: Sequence[Trigger]) -> dict[int, str]:
    """Return of which event a counting word is part: the first that has it among its results."""
    found: dict[int, str] = {}
    for trigger in sorted(triggers, key=lambda t: not t.event.happened):
        for word in results_of(trigger.head):
            found.setdefault(word.i, trigger.event.id)
    found.update({t.head.i: t.event.id for t in triggers})
    return found


def _nearest(casualty: Casualty, violent: Sequence[Trigger]) -> str | None:
    """Return the last violent event told before the words, else the first told after them."""
    before = [t for t in violent if t.head.i <= casualty.word.i]
    chosen = before[-1] if before else next(iter(violent), None)
    return chosen.event.id if chosen else None


def _counts(casualties: list[Casualty], parsed: Parsed, cast: Cast) -> tuple[Count, ...]:
    """Return the toll of one incident's casualties."""
    victims = told_apart([(p, traits_of(p, cast), c.fate, n) for n, c in enumerate(casualties) for p in c.singles])
    dead = [v.people for v in victims if "killed" in v.fates]
    hurt = [v.people for v in victims if "killed" not in v.fates]
    killed = _total("killed", casualties, dead, parsed)
    deaths = sum(c.best if c.best is not None else c.low for c in killed)
    wounded = _total("wounded", casualties, hurt, parsed, deaths)
    return (*killed, *wounded)


def _total(
    fate: str, casualties: list[Casualty], singles: list[People], parsed: Parsed, deaths: int = 0
) -> tuple[Count, ...]:
    """Return the stated total of a fate, or one count for each person told apart."""
    stated = [c.people for c in casualties if c.fate == fate and c.people.low != 1]
    struck = [c.people for c in casualties if c.fate == _STRUCK and c.people.low != 1] if fate == "wounded" else []
    totals = [_stated(fate, p, parsed) for p in stated] + [_stated(fate, p, parsed, deaths) for p in struck]
    totals = [t for t in totals if t.low or len(totals) == 1]
    best = max(totals, key=_size, default=None)
    if best is None or _size(best) < len(singles):
        if singles:
            return tuple(_one(fate, p, parsed) for p in singles)
        return () if best is None else (best,)
    return (best,)


def _size(count: Count) -> int:
    return count.low if count.best is None else count.best


def _stated(fate: str, people: People, parsed: Parsed, less: int = 0) -> Count:
    def left(number: int | None) -> int | None:
        return None if number is None else max(0, number - less)

    low = max(0, people.low - less)
    words = parsed.words(people.span)
    return Count(
        what=cast("CountOf", fate),
        low=low,
        best=left(people.best),
        high=left(people.high),
        span=people.span,
        text=words,
    )


def _one(fate: str, people: People, parsed: Parsed) -> Count:
    words = parsed.words(people.span)
    return Count(what=cast("CountOf", fate), low=1, best=1, high=1, of=words, span=people.span, text=words)
