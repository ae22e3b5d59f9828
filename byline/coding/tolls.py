"""How many an incident hurt in all: from all that a document says of it, derived once.

A stated total ("five people were shot", "the toll rose to 12") beats the sum of
single victims; those add up only where the words tell them apart. Who was shot
may be among the dead: such a total less the dead are the wounded. Stated totals
that differ stay side by side, the largest first.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

from byline import knowledge
from byline.coding.actors.cast import Cast
from byline.coding.counts import KILLING, NEGATED, counted, is_fatal, results_of
from byline.coding.findings import Findings
from byline.coding.incidents import VIOLENT
from byline.coding.people import People, number_of
from byline.coding.status.settling import settle
from byline.coding.victims import Victim, told_apart, traits_of
from byline.language.parsed import TIME_LABELS, Parsed, Token
from byline.records import HAPPENED, Count, CountOf, Event, Incident

_WORDS = knowledge.load("tolls.toml")
_OPEN, _OPEN_NOUNS, _OTHER, _DEATHS, _CERTAIN, _TRIED, _WITH_KILLER, _STATISTICS = (
    frozenset(_WORDS[k])
    for k in ("open", "open_nouns", "other", "deaths", "certain", "tried", "with_killer", "statistics")
)
_TIMES: dict[str, int] = _WORDS["times"]
_RANKS = {word: rank for word, rank in knowledge.load("numbers.toml")["ordinals"].items() if rank > 1}
_ENDS_WITH_KILLER = frozenset(phrase.split()[-1] for phrase in _WITH_KILLER)
_PERIODS = frozenset(tuple(p.split()) for p in _WORDS["periods"])
_ANYBODY, _ANYONE, _PARTS = (frozenset(_WORDS[k]) for k in ("anybody", "anyone", "parts"))
_KILLERS, _OWN_HAND, _POLICE = (frozenset(_WORDS[k]) for k in ("killers", "own_hand", "police"))
_HURT = frozenset({"killed", "wounded"})
_ORDINALS = frozenset(_WORDS["ordinals"])
_LONG_BEFORE: int = _WORDS["long_before"]
_NUMBERED = 4  # words before a period among which the happening is numbered
_STRUCK, _DEATH = "struck", "death"


class Casualty(NamedTuple):
    """Words that count people killed, wounded or struck (shot, with the outcome open), or that tell of a death."""

    fate: str
    word: Token
    people: People
    cast: Cast | None = None

    @property
    def singles(self) -> tuple[People, ...]:
        """The single people of the phrase, a list's members each."""
        parts = self.people.parts or (self.people,)
        return tuple(p for p in parts if p.low == p.high == 1 and self.fate != _DEATH)

    @property
    def is_others(self) -> bool:
        """Whether those counted are others than those before: "two others", "three more people"."""
        noun = self.people.noun
        return noun is not None and any(t.lower in _OTHER for t in (noun, *noun.children))

    @property
    def is_killers(self) -> bool:
        """Whether it is the killer who died: "then shot himself", "the gunman died", "he was killed by police"."""
        noun, agent = self.people.noun, self.word.child("agent")
        by = agent.child("pobj") if agent is not None else None
        if noun is not None and noun.dep == "dobj" and noun.head is self.word:
            by = self.word.child("nsubj")
        near = {t.lower for c in self.word.children for t in (c, *c.children) if t is not noun}
        named = noun is not None and not _KILLERS.isdisjoint(t.lemma for t in (noun, *noun.children))
        return named or not _OWN_HAND.isdisjoint(near) or (by is not None and by.lemma in _POLICE)

    @property
    def is_without_killer(self) -> bool:
        """Whether those counted are a killer's victims: "he killed nine people", "nine guards died"."""
        noun = self.people.noun
        if noun is None or self.people.parts:
            return False
        killed = noun.dep == "dobj" and noun.head is self.word and self.word.lemma in KILLING
        return killed or (noun.tag != "CD" and noun.lemma not in _ANYBODY | _ANYONE)


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
        hurt[homes.most_common(1)[0][0]] = [c for c in above if c.fate == _DEATH or _is_told(c, parsed.headline)]
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


def find_casualties(parsed: Parsed, cast: Cast | None) -> Iterator[Casualty]:
    """Yield all words that count people killed or wounded, in text order; statistics left out.

    ``cast`` is that of the words, which a headline has not.
    """
    for word in parsed.tokens:
        found = list(counted(word, parsed))
        deaths = _last_of_dead(found) if word.is_verb else _deaths_told(word, parsed)
        if deaths:
            yield Casualty(_DEATH, word, People(deaths, None, None, None, word.span, word.end), cast)
        for what, people in found:
            if what in _HURT and not (people.low > 1 and _is_statistic(word, parsed)):
                yield Casualty(_STRUCK if what == "wounded" and _is_open(word) else what, word, people, cast)


def _deaths_told(word: Token, parsed: Parsed) -> int:
    """Return how many deaths at least a noun tells of that counts no victims, 0 if it tells of none.

    "a fatal shooting", "a double murder", "two counts of murder", "a murder-suicide".
    """
    deadly = word.lemma in _OPEN and word.tag[:2] == "NN" and is_fatal(word)
    told = word.lower in _ENDS_WITH_KILLER or word.lemma in _DEATHS or deadly
    if not told or any(c.lower in _TRIED for c in word.children) or _is_of_life_and_death(word):
        return 0
    times = max((_TIMES.get(c.lower, 0) for c in word.children if not (deadly and _is_of_struck(c, word))), default=0)
    phrase = [t.lower for t in parsed.tokens[max(0, word.i - 2) : word.i + 1] if t.tag != "HYPH"]
    if word.lower in _WITH_KILLER or " ".join(phrase[-2:]) in _WITH_KILLER:
        return max(1, times) + 1
    if word.dep == "compound" or (word.tag == "NNS" and _is_of_any(word)):
        return times
    return max(times, _charged(word, parsed), 1)


def _is_of_struck(times: Token, noun: Token) -> bool:
    """Whether a word tells how many were struck, and not how many died: "a fatal double shooting"."""
    return times.i == noun.i - 1


def _is_of_life_and_death(noun: Token) -> bool:
    """Whether a death is named beside life, and so nobody's: "it is a matter of life and death"."""
    return noun.lower == "death" and noun.dep == "conj" and noun.head.lower == "life"


def _last_of_dead(found: Iterable[tuple[str, People]]) -> int:
    """Return how many deaths at least are told by who a verb counts: "the third victim died"; 0 if none are."""
    return max((_rank(people) for what, people in found if what == "killed"), default=0)


def _rank(people: People) -> int:
    """Return the number of a victim: "a third victim" died after two others."""
    noun = people.noun
    ordinals = (_RANKS.get(c.lower, 0) for c in noun.children) if noun is not None and noun.lemma in _ANYBODY else ()
    return max(ordinals, default=0)


def _is_of_any(noun: Token) -> bool:
    """Whether a plural is of no deaths in particular: "too many killings", "deaths in road accidents"."""
    own = (c for c in noun.children if c.dep in {"nummod", "poss"} and c.entity not in TIME_LABELS)
    return next(own, None) is None and _CERTAIN.isdisjoint(c.lower for c in noun.children)


def _charged(noun: Token, parsed: Parsed) -> int:
    """Return how many counts of a deed somebody is charged with: "two counts of murder"."""
    number = number_of(noun.head.head, parsed) if _is_charge(noun) else None
    return number.low if number else 0


def _is_charge(noun: Token) -> bool:
    """Whether a deed is named as what somebody is charged with: "counts of murder"."""
    return noun.dep == "pobj" and noun.head.head.lemma == "count"


def _is_open(word: Token) -> bool:
    return word.lemma in _OPEN or (word.tag[:2] == "NN" and word.lemma in _OPEN_NOUNS)


def _is_statistic(word: Token, parsed: Parsed) -> bool:
    """Whether a number is of a year and no single happening: "the 41 people killed so far this year"."""
    tokens = parsed.sentence_of(word).tokens
    pairs = [(a, b) for a, b in pairwise(tokens) if (a.lower, b.lower) in _PERIODS]
    return any(t.lower in _STATISTICS for t in tokens) or any(not _is_one_of_many(a, parsed) for a, _ in pairs)


def _is_one_of_many(period: Token, parsed: Parsed) -> bool:
    """Whether a period says of which happening the words are: "the third raid *this year*"."""
    before = parsed.tokens[max(0, period.i - _NUMBERED) : period.i]
    return any(t.lower in _ORDINALS for t in before)


def _hurting(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Return the violent events; without any, those that count the hurt."""
    violent = [t for t in triggers if t.event.type in VIOLENT]
    return violent or [t for t in triggers if any(c.what in _HURT for c in t.event.counts)]


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
    killers = int(any(c.is_killers and c.fate == "killed" and c.people.low == 1 for c in casualties))
    totals = [
        (c.people, _total("killed", c, dead, -killers if c.is_without_killer else 0, parsed))
        for c in casualties
        if c.fate == "killed" and c.people.numbered
    ]
    found = _stated_or_summed(totals, [_one("killed", v.people, parsed) for v in dead], parsed)
    deaths = (c.people for c in casualties if c.fate == _DEATH and not (totals and _is_charge(c.word)))
    told = max(deaths, key=lambda p: p.low, default=None)
    if told is None or (found and _in_all(found) >= told.low) or (found and told.low == 1):
        return found
    return (_stated("killed", told, 0, parsed),)


def _wounded(casualties: list[Casualty], victims: list[Victim], deaths: int, parsed: Parsed) -> tuple[Count, ...]:
    """Return the wounded: those who were struck less the dead.

    Of people struck whose outcome is not told, as many may be dead as deaths have no victim told apart.
    """
    hurt = [v for v in victims if "killed" not in v.fates]
    unknown = max(0, deaths - (len(victims) - len(hurt)))
    struck = [v for v in hurt if v.fates == {_STRUCK}]
    hurt = [v for v in hurt if v not in struck[:unknown]]
    totals = [
        (c.people, _total("wounded", c, hurt, deaths if c.fate == _STRUCK and not c.is_others else 0, parsed))
        for c in casualties
        if c.people.numbered and (c.fate == "wounded" or (c.fate == _STRUCK and c.people.low > 1))
    ]
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
    words = parsed.covering(people.span)  # none of a number in the headline, which stands for the whole
    around = parsed.tokens[max(0, words[0].i - 1) : words[-1].i + 2] if words else []
    noun = people.noun
    anybody = noun is None or noun.tag == "CD" or noun.lemma in _ANYBODY
    same = anybody or (noun is not None and largest.noun is not None and noun.lemma == largest.noun.lemma)
    return same and _PARTS.isdisjoint(t.lower for t in around)


def _in_all(counts: Sequence[Count]) -> int:
    """Return how many counts are in all: those of people told apart add up, of totals that differ the largest holds."""
    return max(max((_size(c) for c in counts), default=0), sum(_size(c) for c in counts if c.of))


def _size(count: Count) -> int:
    return count.low if count.best is None else count.best


def _total(fate: CountOf, casualty: Casualty, victims: list[Victim], less: int, parsed: Parsed) -> Count:
    """Return a stated total; of others, with the victims told before them."""
    before = sum(v.people.span < casualty.people.span for v in victims) if casualty.is_others else 0
    return _stated(fate, casualty.people, less - before, parsed)


def _stated(fate: CountOf, people: People, less: int, parsed: Parsed) -> Count:
    def left(number: int | None) -> int | None:
        return None if number is None else max(0, number - less)

    low, best, high = max(0, people.low - less), left(people.best), left(people.high)
    words = parsed.words(people.span)
    return Count(what=fate, low=low, best=best, high=high, span=people.span, text=words)


def _one(fate: CountOf, people: People, parsed: Parsed) -> Count:
    words = parsed.words(people.span)
    return Count(what=fate, low=1, best=1, high=1, of=words, span=people.span, text=words)
