"""What a briefing covers, in words: its filters one by one, and a title made of them."""

from collections.abc import Iterable, Iterator

from byline.report.records import Fact
from byline.report.wording import MOST, country, days, kind, listed, short
from byline.store import Filter

_FEW = 3  # values that a title names


def title(wanted: Filter, first: str | None, last: str | None) -> str:
    """Return a title; the days are the first and the last of what was found."""
    what = listed(map(kind, wanted.types), _FEW) or "Incidents"
    who = [f"“{short(wanted.actor)}”"] if wanted.actor else [short(name) for name in wanted.names]
    with_whom = f" with {listed(who, _FEW)}" if who else ""
    places = [country(code) or "no known country" for code in wanted.countries]
    inside = f" in {listed(places, _FEW)}" if places else ""
    when = _period(wanted) or (days(first, last) if first else "")
    return f"{what}{with_whom}{inside}" + (f", {when}" if when else "")


def facts(wanted: Filter) -> tuple[Fact, ...]:
    """Return what an event has to be for its incident to be in the briefing, one fact a filter; none if all are."""
    return tuple(Fact(name=name, words=words) for name, words in _facts(wanted) if words)


def _facts(wanted: Filter) -> Iterator[tuple[str, str]]:
    yield "Period", _period(wanted)
    if wanted.box:
        yield "Area", "longitude {:g}° to {:g}°, latitude {:g}° to {:g}°".format(*(wanted.box[n] for n in (0, 2, 1, 3)))
    yield "Kinds", _any(map(kind, wanted.types))
    yield "Modes", _any(wanted.modes)
    yield "Statuses", _any(wanted.statuses)
    yield "Countries", listed((country(code) or "not known" for code in wanted.countries), MOST["rows"])
    yield "Outlets", _any(wanted.outlets)
    yield "Takes part", f"somebody with “{short(wanted.actor)}” in the name" if wanted.actor else ""
    yield "Names", _any(wanted.names)
    yield "Sectors", _any(wanted.sectors)
    yield "Voice", f"somebody with “{short(wanted.voice)}” in the name says or denies it" if wanted.voice else ""
    yield "Killed or wounded", _flag(wanted.hurt, "somebody", "nobody")
    yield "Contested", _flag(wanted.contested, "only what is contested", "only what is not contested")
    yield "Independent sources", f"{wanted.sources} or more" if wanted.sources else ""
    yield "Words of the text", short(wanted.words) if wanted.words else ""
    yield "Copies", "left out" if wanted.originals_only else ""


def _any(values: Iterable[str]) -> str:
    return listed((short(value) or "not known" for value in values), MOST["rows"])


def _flag(flag: bool | None, yes: str, no: str) -> str:  # noqa: FBT001 - a value of a filter
    return "" if flag is None else yes if flag else no


def _period(wanted: Filter) -> str:
    if wanted.first and wanted.last:
        return days(wanted.first, wanted.last)
    if wanted.first:
        return f"from {days(wanted.first, None)}"
    return f"until {days(wanted.last, None)}" if wanted.last else ""
