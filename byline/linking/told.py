"""What each report tells of one field, and in whose voice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Generic, NamedTuple, TypeVar

import msgspec

from byline import knowledge
from byline.linking.identity import who_is
from byline.linking.relations import Days, Deed, Toll
from byline.linking.reports import Party, Report, Spot
from byline.linking.voices import Said, Voices, by_report, is_negated
from byline.records import Count, Span, Status

_PRONOUNS = frozenset(knowledge.load("incidents.toml")["pronouns"])
_NO_SPAN: Span = (0, 0)
_HURT = frozenset({"killed", "wounded"})  # what a document's totals are of
V = TypeVar("V")


class Told(NamedTuple, Generic[V]):
    """One value that one voice tells in one report: itself, in words for people, and the words of the document."""

    value: V
    text: str
    said: Said
    span: Span | None = None
    words: str | None = None
    corrects: bool = False


def counted(voices: Voices) -> list[str]:
    """Return what the reports count, in order: killed, wounded, ...."""
    tellings = (s.telling for s in voices.told)
    found = {c.what for c in (*(c for r in voices.reports for c in r.counts), *(c for t in tellings for c in t.counts))}
    order = ("killed", "wounded", "arrested", "abducted", "missing", "displaced", "participants")
    return [what for what in order if what in found]


def tolls(voices: Voices, what: str) -> Iterator[Told[Toll]]:
    """Yield how many each report says there were: one toll for each voice.

    Numbers of people told apart add up. Of several totals in one voice the largest is the whole. A report that
    corrects earlier ones repeats their figure: that is not what it says. What a document tells in several reports is
    in the longest of them, if that has any totals: a figure elsewhere is of a part, or of what it is compared with.
    """
    told_in = by_report(voices.told)
    earlier: set[Toll] = set()
    for report in _whole(voices.reports):
        by_source: dict[str, list[Told[Toll]]] = {}
        for told in _counts(voices, report, told_in.get(id(report), ()), what):
            by_source.setdefault(told.said.source, []).append(told)
        for found in by_source.values():
            new = [t for t in found if not (t.corrects and t.value in earlier)]
            yield max(new or found, key=lambda t: (t.value.top, t.value.low))
        earlier.update(t.value for found in by_source.values() for t in found)


def _whole(reports: Sequence[Report]) -> Iterator[Report]:
    """Yield the reports without those of a document that has a longer one with totals."""
    longest: dict[tuple[str, str], Report] = {}
    for report in sorted(reports, key=lambda r: -len(r.tellings)):
        longest.setdefault((report.document, report.source), report)
    for report in reports:
        whole = longest[report.document, report.source]
        if report is whole or not whole.counts:
            yield report


def _counts(voices: Voices, report: Report, here: Iterable[Said], what: str) -> Iterator[Told[Toll]]:
    """Yield the totals of a report; without any, what its events count.

    Totals are of the hurt: where there are some, what else its events count of these is of other happenings.
    """
    pairs = zip(report.counts, report.counted_by, strict=True)
    totals = [(c, voices.said(report, report.tellings[0], v)) for c, v in pairs if c.what == what]
    if totals or (what in _HURT and report.counts):
        yield from _added(voices, totals)
        return
    for said in here:
        yield from _added(voices, [(c, said) for c in said.telling.counts if c.what == what])


def _added(voices: Voices, counts: Sequence[tuple[Count, Said]]) -> Iterator[Told[Toll]]:
    """Yield the totals; without any, the sum of people told apart, the outlet's own if several voices tell them."""
    totals = [(c, s) for c, s in counts if c.of is None]
    for count, said in totals:
        yield _toll([count], said)
    if counts and not totals:
        said = counts[0][1]
        alone = all(s.source == said.source for _, s in counts)
        yield _toll([c for c, _ in counts], said if alone else voices.said(said.report, said.telling, ()))


def _toll(counts: Sequence[Count], said: Said) -> Told[Toll]:
    highs = [c.high for c in counts if c.high is not None]
    toll = Toll(
        low=sum(c.low for c in counts),
        best=sum(c.low if c.best is None else c.best for c in counts),
        high=sum(highs) if len(highs) == len(counts) else None,
    )
    span = counts[0].span
    corrects = any(start <= span[0] < end for start, end in said.report.corrections)
    return Told(toll, _number(toll), said, span, " + ".join(c.text for c in counts), corrects)


def _number(toll: Toll) -> str:
    if toll.high is None:
        return f"at least {toll.low:,}"
    return f"{toll.low:,}" if toll.low == toll.high else f"{toll.low:,} to {toll.high:,}"


def dates(voices: Voices) -> Iterator[Told[Days]]:
    """Yield the day that each voice of a report gives first, else its first interval, by a time expression of its own.

    What is only taken to be of the day of what stands around it is told by nobody.
    """
    for group in _by_voice(voices):
        timed = [(s, s.telling.time) for s in group if s.telling.time is not None and s.telling.time.basis == "timex"]
        if timed:
            said, time = min(timed, key=lambda pair: pair[1].precision != "day")
            days = Days(date.fromisoformat(time.start), date.fromisoformat(time.end))
            text = time.start if time.start == time.end else f"{time.start} to {time.end}"
            yield Told(days, text, said, time.span)


def places(voices: Voices) -> Iterator[Told[Spot]]:
    """Yield where each voice puts it, narrow and wide."""
    for said in voices.told:
        yield from (Told(_bare(spot), spot.name, said, spot.span) for spot in said.telling.spots)


def actors(voices: Voices) -> Iterator[Told[Party]]:
    """Yield who does it; what has no name and is no kind of people ("the blast") is nobody."""
    for said in voices.told:
        acting = (p for p in said.telling.actors if p.kind != "unknown" or who_is(p).is_named)
        yield from (_party(p, said) for p in acting if _is_somebody(p))


def recipients(voices: Voices) -> Iterator[Told[Party]]:
    """Yield to whom or what it is done."""
    for said in voices.told:
        yield from (_party(p, said) for p in said.telling.recipients if _is_somebody(p))


def _party(party: Party, said: Said) -> Told[Party]:
    described = party.described or party.text
    bare = msgspec.structs.replace(party, described=described, text=party.name, span=_NO_SPAN)
    return Told(bare, party.name, said, party.span, party.text)


def _bare(spot: Spot) -> Spot:
    """Return a place as all who tell of it have it."""
    return msgspec.structs.replace(spot, span=_NO_SPAN)


def _is_somebody(party: Party) -> bool:
    return party.name.lower() not in _PRONOUNS


def deeds(voices: Voices) -> Iterator[Told[Deed]]:
    """Yield what kind of event each voice tells of."""
    for said in voices.told:
        deed = Deed(said.telling.type, said.telling.mode)
        yield Told(deed, " ".join(filter(None, deed)), said, said.telling.evidence, said.telling.trigger)


def statuses(voices: Voices) -> Iterator[Told[Status]]:
    """Yield whether it happened, as each voice has it, those who deny it included."""
    tellings = [(r, t) for r in voices.reports for t in r.tellings]
    affirmed = [voices.said(r, t, t.voices) for r, t in tellings if not is_negated(t) and not _is_none(t.counts)]
    for said in affirmed:
        status = said.telling.status
        yield Told(status, status.replace("_", " "), said, said.telling.evidence, said.telling.trigger)
    for said in voices.denied:
        yield Told("denied", "denied", said, said.telling.evidence, said.telling.trigger)


def _is_none(counts: Iterable[Count]) -> bool:
    return any(c.high == 0 for c in counts)


def purposes(voices: Voices) -> Iterator[Told[str]]:
    """Yield what it was for, where the text says so."""
    for said in voices.told:
        words = said.telling.purpose
        if words is not None:
            yield Told(words.text, " ".join(words.text.split()), said, words.span, words.text)


def _by_voice(voices: Voices) -> list[list[Said]]:
    """Return what is told, by report and source, in the order of the reports."""
    groups: dict[tuple[int, str], list[Said]] = {}
    for said in voices.told:
        groups.setdefault((id(said.report), said.source), []).append(said)
    return list(groups.values())
