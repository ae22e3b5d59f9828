"""How many an incident hurt in all: from all that a document says of it, derived once.

A stated total ("five people were shot", "the toll rose to 12") beats the sum of
single victims; those add up only where the words tell them apart. Who was shot
may be among the dead: such a total less the dead are the wounded. Stated totals
that differ stay side by side, the largest first.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from byline import knowledge
from byline.coding.casualties import ANYBODY, DEATH, HURT, STRUCK, Casualty, find_casualties, is_charge, is_part
from byline.coding.counts import NEGATED, results_of
from byline.coding.findings import Findings
from byline.coding.incidents import VIOLENT
from byline.coding.people import People, added_up
from byline.coding.status.settling import settle
from byline.coding.syntax import surface_subject
from byline.coding.victims import Victim, told_apart, traits_of
from byline.language.parsed import Parsed, Token
from byline.records import HAPPENED, Count, CountOf, Event, Incident

_WORDS = knowledge.load("tolls.toml")
_LONG_BEFORE: int = _WORDS["long_before"]


class Trigger(NamedTuple):
    """An event with the head of its trigger."""

    event: Event
    head: Token


def with_tolls(incidents: Sequence[Incident], triggers: Sequence[Trigger], found: Findings) -> list[Incident]:
    """Return the incidents with what the document says in all of those that each of them hurt.

    The headline tells of the incident with most of the document's violent events. Words that are no event's own tell of
    the event before them, unless their sentence speaks of a time long before it.
    """
    parsed = found.parsed
    hurting = _hurting(triggers)
    of_word = _owners(hurting)
    incident_of = {e: i.id for i in incidents for e in i.events}
    happened = [t for t in hurting if t.event.happened]
    hurt: dict[str, list[Casualty]] = {}
    if happened and parsed.headline is not None:
        homes = Counter(incident_of[t.event.id] for t in happened)
        above = find_casualties(parsed.headline, None)
        hurt[homes.most_common(1)[0][0]] = [c for c in above if c.fate == DEATH or _is_told(c, parsed.headline)]
    for casualty in find_casualties(parsed, found.cast):
        home = of_word.get(casualty.word.i)
        if home is None and _is_told(casualty, parsed):
            near = _nearest(casualty, happened)
            home = near if near is not None and not _is_long_before(casualty, near, found) else None
        if home is not None and home.happened:
            hurt.setdefault(incident_of[home.id], []).append(casualty)
    return [msgspec.structs.replace(i, counts=_counts(hurt.get(i.id, []), parsed)) for i in incidents]


def _is_told(casualty: Casualty, parsed: Parsed) -> bool:
    """Whether the words say that it happened, or that it happened to nobody."""
    return casualty.word.lemma in NEGATED or settle(casualty.word, parsed)[0] in HAPPENED


def _is_long_before(casualty: Casualty, event: Event, found: Findings) -> bool:
    """Whether the sentence names no time but one long before that of an event's own: "last year four miners died"."""
    if event.time is None or event.time.basis != "timex":
        return False
    start, end = found.parsed.sentence_of(casualty.word).span
    named = [t.end for t in found.timexes if start <= t.span[0] < end and t.end is not None]
    since = date.fromisoformat(event.time.start) - timedelta(days=_LONG_BEFORE)
    return bool(named) and max(named) < since.isoformat()


def _hurting(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Return the violent events; without any, those that count the hurt."""
    violent = [t for t in triggers if t.event.type in VIOLENT]
    return violent or [t for t in triggers if any(c.what in HURT for c in t.event.counts)]


def _owners(triggers: Sequence[Trigger]) -> dict[int, Event]:
    """Return of which event a counting word is part: its trigger, else the first that has it among its results."""
    found = {t.head.i: t.event for t in triggers}
    for trigger in sorted(triggers, key=lambda t: not t.event.happened):
        for word in results_of(trigger.head):
            found.setdefault(word.i, trigger.event)
    return found


def _nearest(casualty: Casualty, triggers: Sequence[Trigger]) -> Event | None:
    """Return the last event told before the words, else the first told after them."""
    at = bisect_right(triggers, casualty.word.i, key=lambda t: t.head.i)
    return triggers[max(0, at - 1)].event if triggers else None


def _counts(casualties: list[Casualty], parsed: Parsed) -> tuple[Count, ...]:
    """Return the toll of one incident's casualties."""
    victims = told_apart([(p, traits_of(p, c.cast), c.fate, n) for n, c in enumerate(casualties) for p in c.singles])
    killed = _killed(casualties, victims, parsed)
    return (*killed, *_wounded(casualties, victims, _in_all(killed), parsed))


def _killed(casualties: list[Casualty], victims: list[Victim], parsed: Parsed) -> tuple[Count, ...]:
    """Return the stated total of the dead, or one count for each told apart, or that there was a death.

    Beside a total charges add nothing: of one death somebody may face two counts of murder.
    """
    dead = [v for v in victims if "killed" in v.fates]
    casualties = _joined(casualties, parsed)
    doers = _doers(casualties)
    dead_alone = [c for c in casualties if c.fate == "killed" and c.people.low == 1]
    killers = int(any(c.is_killers or _who(c, c.people.noun) in doers for c in dead_alone))
    stated = [c for c in casualties if c.fate == "killed" and c.people.numbered]
    more = [_others_than(c, casualties, dead) + (killers if c.is_without_killer else 0) for c in stated]
    totals = [(c.people, _stated("killed", c.people, -n, parsed)) for c, n in zip(stated, more, strict=True)]
    found = _stated_or_summed(totals, [_one("killed", v.people, parsed) for v in dead], parsed)
    deaths = (c.people for c in casualties if c.fate == DEATH and not (totals and is_charge(c.word)))
    told = max(deaths, key=lambda p: p.low, default=None)
    if told is None or (found and _in_all(found) >= told.low) or (found and told.low == 1):
        return found
    return (_stated("killed", told, 0, parsed),)


def _doers(casualties: Iterable[Casualty]) -> set[str | int]:
    """Return who kills those that are counted without a killer."""
    killing = (c for c in casualties if c.fate == "killed" and c.is_without_killer and c.is_of_object)
    return {who for c in killing if (who := _who(c, surface_subject(c.word))) is not None}


def _who(casualty: Casualty, noun: Token | None) -> str | int | None:
    """Return what a noun of the text, and not of the headline, is told by: whom it stands for, or its place."""
    if noun is None or casualty.cast is None:
        return None
    return casualty.cast.at(noun) or noun.i


def _wounded(casualties: list[Casualty], victims: list[Victim], deaths: int, parsed: Parsed) -> tuple[Count, ...]:
    """Return the wounded: those who were struck less the dead.

    Of people struck whose outcome is not told, as many may be dead as deaths have no victim told apart.
    """
    hurt = [v for v in victims if "killed" not in v.fates]
    unknown = max(0, deaths - (len(victims) - len(hurt)))
    struck = [v for v in hurt if v.fates == {STRUCK}]
    hurt = [v for v in hurt if v not in struck[:unknown]]
    many = [c for c in casualties if c.people.numbered]
    stated = [c for c in many if c.fate == "wounded" or (c.fate == STRUCK and c.people.low > 1)]
    less = [deaths if c.fate == STRUCK and not c.is_others else -_others_than(c, casualties, hurt) for c in stated]
    totals = [(c.people, _stated("wounded", c.people, n, parsed)) for c, n in zip(stated, less, strict=True)]
    return _stated_or_summed(totals, [_one("wounded", v.people, parsed) for v in hurt], parsed)


def _stated_or_summed(
    totals: Sequence[tuple[People, Count]], singles: Sequence[Count], parsed: Parsed
) -> tuple[Count, ...]:
    """Return the largest stated total and behind it those that differ; without any, the single people."""
    if not totals:
        return tuple(singles)
    people, total = max(totals, key=lambda t: _size(t[1]))
    if _size(total) == 0 and singles:
        return tuple(singles)
    others = {_size(c): c for p, c in reversed(totals) if 0 < _size(c) < _size(total) and _rivals(p, people, parsed)}
    return (total, *(others[size] for size in sorted(others, reverse=True)))


def _rivals(people: People, largest: People, parsed: Parsed) -> bool:
    """Whether a number is of the same whole as the largest, and not of a part: "three of them", "two children"."""
    noun = people.noun
    anybody = noun is None or noun.tag == "CD" or noun.lemma in ANYBODY
    same = anybody or (noun is not None and largest.noun is not None and noun.lemma == largest.noun.lemma)
    return same and not is_part(people, parsed)


def _in_all(counts: Sequence[Count]) -> int:
    """Return how many counts are in all: those of people told apart add up, of totals that differ the largest holds."""
    return max(max((_size(c) for c in counts), default=0), sum(_size(c) for c in counts if c.of))


def _size(count: Count) -> int:
    return count.low if count.best is None else count.best


def _joined(casualties: Sequence[Casualty], parsed: Parsed) -> list[Casualty]:
    """Return the casualties, numbers of one sentence that are parts of a whole added up: "two died here, two there"."""
    found: list[Casualty] = []
    for one in casualties:
        last = found[-1] if found else None
        if last is not None and _is_next_part(one, last, parsed):
            people = added_up([last.people, one.people])
            assert people is not None
            found[-1] = one._replace(people=people)
        else:
            found.append(one)
    return found


def _is_next_part(one: Casualty, before: Casualty, parsed: Parsed) -> bool:
    """Whether a number stands beside the one before it: "two died at the scene and two died in a hospital"."""
    verbs = one.word.is_verb and one.word.dep == "conj" and one.word.head is before.word
    exact = all(c.people.numbered and c.fate in HURT and c.people.low == c.people.high for c in (one, before))
    apart = one.fate == before.fate and before.people.end <= one.people.span[0]
    return verbs and exact and apart and not one.is_others and not is_part(one.people, parsed)


def _others_than(casualty: Casualty, casualties: Iterable[Casualty], victims: Iterable[Victim]) -> int:
    """Return how many victims told before are meant by "others": none where the sentence has some of another fate."""
    here = [c for c in casualties if c.word.sentence == casualty.word.sentence and c.cast is casualty.cast]
    if not casualty.is_others or any(c.fate != casualty.fate and c.word.i < casualty.word.i for c in here):
        return 0
    return sum(v.people.span < casualty.people.span for v in victims)


def _stated(fate: CountOf, people: People, less: int, parsed: Parsed) -> Count:
    def left(number: int | None) -> int | None:
        return None if number is None else max(0, number - less)

    low, best, high = max(0, people.low - less), left(people.best), left(people.high)
    words = parsed.words(people.span)
    return Count(what=fate, low=low, best=best, high=high, span=people.span, text=words)


def _one(fate: CountOf, people: People, parsed: Parsed) -> Count:
    words = parsed.words(people.span)
    return Count(what=fate, low=1, best=1, high=1, of=words, span=people.span, text=words)
