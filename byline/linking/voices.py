"""Whose words the reports of one happening are: who stands behind each telling, known again in all of them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from byline import knowledge
from byline.linking.identity import Who, may_be_same, who_is
from byline.linking.outlets import homes, in_order, is_agency, originals, outlet_key
from byline.linking.reports import Party, Report, Telling, Voice
from byline.records import HAPPENED

_NEGATED = frozenset({"denied", "did_not_happen"})
_MEDIA = frozenset(knowledge.load("attribution.toml")["sources"]["media"])
UNNAMED = "unnamed source"
OWN = "outlet "  # begins the key of an outlet in its own voice


class Said(NamedTuple):
    """A telling and one voice behind it: its key, who it is, who passed it on. Nobody for the outlet's own voice."""

    report: Report
    telling: Telling
    source: str
    party: Party | None
    via: tuple[str, ...]
    voices: tuple[Voice, ...]


class Voices:
    """The voices of one happening's reports; a source has one key in all of them."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self.reports = in_order(reports)
        self.original = originals(self.reports)
        self._homes = homes(self.reports, self.original)
        self._outlets = {outlet_key(r.publication): r.publication for r in reversed(self.reports) if r.publication}
        speakers = set(self._spoken())
        press = {p.name: p for p in speakers if self._is_press(p)}
        self._press = {outlet_key(name): name for name in sorted(press, reverse=True)}
        spoken = {p for p in speakers if outlet_key(p.name) not in self._press and not who_is(p).is_thing}
        self._keys = _clusters({who_is(p) for p in spoken})
        self._fullest: dict[str, Party] = {}
        for party in sorted(spoken, key=_by_fullness):
            self._fullest.setdefault(self._keys[who_is(party)], party)

    @cached_property
    def told(self) -> list[Said]:
        """All that is told as so: as having happened, or if nothing is, as planned, feared, ...."""
        every = [(r, t) for r in self.reports for t in r.tellings if not is_negated(t) and not t.only_denied]
        happened = [(r, t) for r, t in every if t.status in HAPPENED]
        return [self.said(r, t, t.voices) for r, t in happened or every]

    @cached_property
    def vouched(self) -> list[Said]:
        """All that is told as so, with totals that no event has and what is only confirmed.

        These are laid to the first event of their report.
        """
        more = [self.said(r, r.tellings[0], v) for r in self.reports for v in _beside(r) if v]
        place = {id(report): n for n, report in enumerate(self.reports)}
        return sorted((*self.told, *more), key=lambda said: place[id(said.report)])

    @cached_property
    def denied(self) -> list[Said]:
        """All that is told as not so, with whoever denies it."""
        return [said for r in self.reports for t in r.tellings for said in self._denials(r, t)]

    @cached_property
    def ids(self) -> dict[str, str]:
        """The ids of all sources by their keys, in the order in which they come up; each outlet has one."""
        keys = dict.fromkeys(s.source for s in (*self.vouched, *self.denied))
        for report in self.reports:
            chains = (*(t.voices for t in report.tellings), *_beside(report), ())
            keys |= dict.fromkeys(self.key(report, voices) for voices in chains)
        return {key: f"s{n}" for n, key in enumerate(keys, 1)}

    def said(self, report: Report, telling: Telling, voices: tuple[Voice, ...]) -> Said:
        """Return who is behind one telling by the voices that it is told in."""
        party = self._speaker(voices)
        passed = [p.name for v in voices for p in (v.source, v.via) if p is not None and p is not party]
        return Said(report, telling, self.key(report, voices), party, tuple(dict.fromkeys(passed)), voices)

    def key(self, report: Report, voices: Sequence[Voice]) -> str:
        """Return the key of whoever is behind a chain of voices in a report; without voices the outlet's."""
        if not voices:
            return OWN + self.home(report)
        party = self._speaker(voices)
        if party is not None and outlet_key(party.name) in self._press:
            return OWN + outlet_key(party.name)
        return UNNAMED if party is None or who_is(party).is_thing else self._keys[who_is(party)]

    def home(self, report: Report) -> str:
        """Return the key of the outlet whose words a report is: for a copy, that of its original."""
        return self._homes[self.original[report.document]]

    def name(self, key: str) -> str:
        """Return the fullest name of a source."""
        if key == UNNAMED:
            return f"an {UNNAMED}"
        if key in self._fullest:
            return self._fullest[key].name
        outlet = key.removeprefix(OWN)
        return self._outlets.get(outlet) or self._press.get(outlet) or "an unknown outlet"

    def who(self, key: str) -> Who | None:
        """Return what is known of a source that is quoted, by its fullest name."""
        return who_is(self._fullest[key]) if key in self._fullest else None

    def _denials(self, report: Report, telling: Telling) -> list[Said]:
        if is_negated(telling):
            return [self.said(report, telling, telling.voices)]
        return [self.said(report, telling, (voice,)) for voice in telling.denied_by]

    def _spoken(self) -> Iterator[Party]:
        tellings = [t for r in self.reports for t in r.tellings]
        chains = [*(t.voices for t in tellings), *((v,) for t in tellings for v in t.denied_by)]
        chains += [voices for r in self.reports for voices in _beside(r)]
        return (party for voices in chains if (party := self._speaker(voices)))

    def _speaker(self, voices: Sequence[Voice]) -> Party | None:
        """Return who is behind a chain of voices: the innermost who is not of the press, else the innermost named."""
        named = [v.source for v in voices if v.source is not None]
        passing = [v.via for v in voices if v.via is not None]
        return next((p for p in named if not self._is_press(p)), next(iter([*named, *passing]), None))

    def _is_press(self, party: Party) -> bool:
        """Whether somebody is an outlet or agency: by sector or name, or because a report of this happening is its."""
        if outlet_key(party.name) in self._outlets:
            return True
        if party.kind == "person":
            return False
        who = who_is(party)
        if party.sector == "JRN" and not who.is_record:
            return True
        words = who.name or who.body
        return bool(words) and not who.is_record and (words[-1] in _MEDIA or is_agency(party.name))


def by_report(found: Iterable[Said]) -> dict[int, list[Said]]:
    """Return what is said by the identity of its report: copies share the ids that reports have."""
    grouped: dict[int, list[Said]] = {}
    for said in found:
        grouped.setdefault(id(said.report), []).append(said)
    return grouped


def _beside(report: Report) -> tuple[tuple[Voice, ...], ...]:
    """Return the voices of a report that stand behind none of its events."""
    return (*report.counted_by, *((voice,) for voice in report.confirmed_by))


def is_negated(telling: Telling) -> bool:
    """Whether an event is told as not having happened; "nobody was hurt" denies nothing."""
    return telling.status in _NEGATED and not any(c.high == 0 for c in telling.counts)


def _clusters(whos: set[Who]) -> dict[Who, str]:
    """Return the key of each source; the fullest names come first, and a nameless one is the first that it may be.

    Whose office one report tells is no private person in the others, which only give the name.
    """
    groups: list[list[Who]] = []
    for who in sorted(whos, key=_rank):
        home = next((g for g in groups if all(may_be_same(who, other) for other in _known(g, who))), None)
        if home is None:
            home = []
            groups.append(home)
        home.append(who)
    return {who: f"quoted {n}" for n, group in enumerate(groups) for who in group}


def _known(group: list[Who], who: Who) -> list[Who]:
    """Return those of a group whom a nameless source is held against: those of whom most is told."""
    return [w for w in group if who.name or not w.is_private] or group


def _rank(who: Who) -> tuple[object, ...]:
    known = bool(who.name), who.kind == "person", len(who.name), len(who.body), len(who.offices)
    text = (
        who.name,
        who.body,
        tuple(sorted(who.offices)),
        who.kind,
        who.country or "~",
        who.sector or "~",
        who.short or "",
    )
    return (*(-k for k in known), *text)


def _by_fullness(party: Party) -> tuple[object, ...]:
    return (*_rank(who_is(party)), -len(party.name), party.name, party.text)
