"""Where reports of one happening agree and where not: the values of each field, who says them, how they go together.

A value is what a report tells, whoever it lays it on: the same value of several sources is one, with all who say it.
What one voice tells together, such as two places, is not held to contradict itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import msgspec

from byline import knowledge
from byline.accounts import Contest, Denial, Relation, Saying, Value
from byline.linking import relations, told
from byline.linking.relations import Days, Judgement, Toll
from byline.linking.reports import Report, Spot
from byline.linking.running import settle
from byline.linking.sources import Grounds
from byline.linking.told import Told
from byline.linking.voices import Said, Voices, is_negated

_MOST = knowledge.load("contest.toml")["relations"]["most"]


class Field(NamedTuple):
    """A field: its name, what each report tells of it, and how two values of it are compared."""

    name: str
    tells: Callable[[Voices], Iterable[Told[Any]]]
    relate: Callable[[Any, Any], Judgement]


_FIELDS = (
    Field("date", told.dates, relations.dates),
    Field("place", told.places, relations.places),
    Field("actor", told.actors, relations.parties),
    Field("recipient", told.recipients, relations.parties),
    Field("type", told.deeds, relations.deeds),
    Field("status", told.statuses, relations.statuses),
    Field("purpose", told.purposes, relations.purposes),
)


def contest(reports: Sequence[Report]) -> tuple[Contest, ...]:
    """Return what reports of one happening say of each field that any of them tells, tolls first."""
    return contest_on(Grounds(Voices(reports)))


def contest_on(grounds: Grounds) -> tuple[Contest, ...]:
    """Return what `contest` does, of reports of which it is known what they rest on."""
    voices, counted = grounds.voices, grounds.counted
    tolls = (_tolls(what, voices, counted) for what in told.counted(voices))
    others = (_contest(f.name, f.tells(voices), f.relate, voices, counted) for f in _FIELDS)
    found = (_with_denials(c, voices, counted) if c.field == "status" else c for c in (*tolls, *others))
    return tuple(c for c in found if c.values)


def is_contested(contests: Iterable[Contest]) -> bool:
    """Return whether independent sources contradict each other in any field, or somebody denies the happening."""
    return any(c.contested for c in contests)


def _tolls(what: str, voices: Voices, counted: set[str]) -> Contest:
    plain = _contest(what, told.tolls(voices, what), relations.tolls, voices, counted)
    values, related = settle(plain.values, plain.relations, voices.original)
    return Contest(field=what, values=values, relations=related, contested=_at_odds(related))


def _contest(
    field: str,
    found: Iterable[Told[Any]],
    relate: Callable[[Any, Any], Judgement],
    voices: Voices,
    counted: set[str],
) -> Contest:
    merged = _merged(found, relate)
    values = tuple(_value(f"v{n}", tellings, voices, counted) for n, tellings in enumerate(merged, 1))
    pairs = combinations(list(zip(values, merged, strict=True))[:_MOST], 2)
    related = tuple(_relation(one, other, relate) for one, other in pairs)
    return Contest(field=field, values=values, relations=related, contested=_at_odds(related))


def _merged(found: Iterable[Told[Any]], relate: Callable[[Any, Any], Judgement]) -> list[list[Told[Any]]]:
    """Return what is told by value, that of most sources first; shorter names go with the fullest one of the same."""
    alike: dict[Any, list[Told[Any]]] = {}
    for one in found:
        alike.setdefault(one.value, []).append(one)
    groups: list[list[Told[Any]]] = []
    for tellings in sorted(alike.values(), key=lambda t: (-len(t[0].text), t[0].text)):
        home = next((g for g in groups if relate(tellings[0].value, g[0].value).kind == "same"), None)
        if home is None:
            groups.append(tellings)
        else:
            home.extend(tellings)
    first = {id(group): n for n, group in enumerate(alike.values())}
    return sorted(groups, key=lambda g: (-len({t.said.source for t in g}), first[id(g)]))


def _value(name: str, tellings: Sequence[Told[Any]], voices: Voices, counted: set[str]) -> Value:
    value = tellings[0].value
    firsts: dict[tuple[int, str], Told[Any]] = {}
    for one in tellings:
        firsts.setdefault((id(one.said.report), one.said.source), one)
    more: dict[str, Any] = {}
    if isinstance(value, Toll):
        more = value._asdict()
    elif isinstance(value, Days):
        more = {"start": value.first.isoformat(), "end": value.last.isoformat()}
    elif isinstance(value, Spot):
        more = {"precision": value.precision}
        more |= {"latitude": value.latitude, "longitude": value.longitude} if value.is_spot else {}
    sayings = sorted((_saying(t, voices, counted) for t in firsts.values()), key=_rank)
    return Value(id=name, text=tellings[0].text, sayings=tuple(sayings), **more)


def _saying(one: Told[Any], voices: Voices, counted: set[str]) -> Saying:
    report, said = one.said.report, one.said
    who = voices.who(said.source)
    return Saying(
        source=voices.ids[said.source],
        name=said.party.name if said.party else voices.name(said.source),
        sector=who.sector if who else None,
        independent=said.source in counted,
        stance=said.voices[0].stance if said.voices else "reported",
        via=said.via,
        outlet=report.publication,
        report=report.id,
        document=report.document,
        file=report.source,
        published=report.published,
        event=said.telling.uid,
        span=one.span,
        text=one.words,
        corrects=one.corrects,
    )


def _rank(saying: Saying) -> tuple[str, str, str, str, str]:
    day = saying.published.start if saying.published else "~"
    return day, saying.document, saying.file, saying.report, saying.source


# How values go together


def _relation(
    one: tuple[Value, Sequence[Told[Any]]],
    other: tuple[Value, Sequence[Told[Any]]],
    relate: Callable[[Any, Any], Judgement],
) -> Relation:
    (mine, my_tellings), (theirs, their_tellings) = one, other
    judged = relate(my_tellings[0].value, their_tellings[0].value)
    if judged.kind == "contradictory" and not isinstance(my_tellings[0].value, Toll):
        together = _told_by(my_tellings) & _told_by(their_tellings)
        if together:
            judged = Judgement("different", "told together in one voice")
    first, second = (theirs, mine) if judged.turned else (mine, theirs)
    independent = len(mine.sources | theirs.sources) > 1
    return Relation(one=first.id, other=second.id, kind=judged.kind, why=judged.why, independent=independent)


def _told_by(tellings: Sequence[Told[Any]]) -> set[tuple[int, str]]:
    return {(id(t.said.report), t.said.source) for t in tellings}


def _at_odds(related: Iterable[Relation]) -> bool:
    return any(r.kind == "contradictory" and r.independent for r in related)


# Who denies whom


def _with_denials(status: Contest, voices: Voices, counted: set[str]) -> Contest:
    """Return the field of status with who denies whom: in one document as it has it, across documents all others."""
    told_by = {s.source: s for s in reversed(voices.told)}
    by_denier: dict[str, list[Said]] = {}
    for said in voices.denied:
        by_denier.setdefault(said.source, []).append(said)
    denials = tuple(_denial(found, told_by, voices, counted) for found in by_denier.values())
    outright = any(s.telling.status == "denied" for s in voices.denied)
    contested = status.contested or outright or any(d.of for d in denials)
    return msgspec.structs.replace(status, denials=denials, contested=contested)


def _denial(found: Sequence[Said], told_by: Mapping[str, Said], voices: Voices, counted: set[str]) -> Denial:
    denier = found[0].source
    whole = any(is_negated(s.telling) for s in found)
    denied = told_by if whole else {voices.key(s.report, s.telling.voices) for s in found}
    of = (_saying(_words(s), voices, counted) for key, s in told_by.items() if key in denied and key != denier)
    return Denial(by=_saying(_words(found[0]), voices, counted), of=tuple(sorted(of, key=_rank)))


def _words(said: Said) -> Told[None]:
    return Told(None, "", said, said.telling.evidence, said.telling.trigger)
