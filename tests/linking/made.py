"""Reports made by hand: what tests of linking say of a happening in a few words."""

from typing import Any

from byline.linking.reports import Party, Report, Spot, Telling, Voice
from byline.records import ActorKind, Count, CountOf, Interval, PlacePrecision, Status

NOWHERE = (0, 1)


def party(
    name: str,
    sector: str | None = None,
    country: str | None = None,
    kind: ActorKind = "unknown",
    described: str | None = None,
) -> Party:
    """Return somebody; a name in capitals with two words is a person's unless `kind` says otherwise."""
    return Party(name=name, described=described, country=country, sector=sector, kind=kind, text=name, span=NOWHERE)


def person(name: str, sector: str | None = None, country: str | None = None, described: str | None = None) -> Party:
    return party(name, sector, country, "person", described)


def body(name: str, sector: str | None = None, country: str | None = None) -> Party:
    return party(name, sector, country, "organisation")


def group(name: str, sector: str | None = None, country: str | None = None) -> Party:
    return party(name, sector, country, "group")


POLICE = group("police", "COP", "FRA")


def says(source: Party | None = None, *, via: Party | None = None) -> Voice:
    return Voice(source=source, via=via)


def count(low: int, high: int | None = -1, *, what: CountOf = "killed", of: str | None = None) -> Count:
    """Return a count; without `high` it is exact, with None its top is open."""
    top = low if high == -1 else high
    return Count(what=what, low=low, best=low, high=top, of=of, span=NOWHERE, text=str(low))


def day(start: str, end: str | None = None) -> Interval:
    """Return the days of an event as the text has them."""
    last = end or start
    return Interval(start=start, end=last, precision="day" if last == start else "range", basis="timex", span=NOWHERE)


def spot(
    name: str, at: tuple[float, float] | None = None, country: str = "FRA", precision: PlacePrecision = "place"
) -> Spot:
    latitude, longitude = at or (None, None)
    return Spot(name=name, country=country, latitude=latitude, longitude=longitude, precision=precision, span=NOWHERE)


def telling(*voices: Voice | Party, status: Status = "actual", type: str = "ASSAULT", **more: Any) -> Telling:  # noqa: ANN401
    """Return an event told by these voices, the innermost first."""
    heard = tuple(v if isinstance(v, Voice) else says(v) for v in voices)
    fixed = {"uid": "u", "event": "e1", "trigger": "attacked", "evidence": NOWHERE, "confidence": 1.0}
    return Telling(type=type, status=status, voices=heard, **{**fixed, **more})


def report(
    document: str, outlet: str | None, *tellings: Telling, published: str | None = "2021-05-05",
    copies: str | None = None, killed: int | tuple[int, int | None] | None = None, corrections: bool = False,
) -> Report:  # fmt: skip
    """Return a report of these tellings, the outlet's own without any; its toll is told by the voices of the first."""
    told = tellings or (telling(),)
    bounds = killed if isinstance(killed, tuple) else (killed, killed)
    counts = () if bounds[0] is None else (count(bounds[0], bounds[1]),)
    return Report(
        id=f"u-{document}",
        document=document,
        incident="i1",
        source=f"{document}.txt",
        publication=outlet,
        published=Interval(start=published, end=published, basis="given") if published else None,
        original=copies or document,
        type=told[0].type,
        counts=counts,
        counted_by=tuple(told[0].voices for _ in counts),
        corrections=((0, 10),) if corrections else (),
        tellings=told,
    )
