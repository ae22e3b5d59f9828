"""What an incident is called in a list: the type, days and place on which most of its documents agree."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from byline.linking.reports import Report, Spot, Telling
from byline.linking.traits import GUESS
from byline.records import HAPPENED, Interval, Record

Value = TypeVar("Value", bound=Hashable)


class Summary(Record, frozen=True, kw_only=True):
    """One answer of several, for lists and maps: which others there are is told by contest."""

    type: str
    time: Interval | None
    spot: Spot | None

    @property
    def point(self) -> tuple[float | None, float | None]:
        """Latitude and longitude of the place; Nones where it is as wide as a country, which is no point."""
        spot = self.spot
        return (spot.latitude, spot.longitude) if spot and spot.is_spot else (None, None)


def summary(reports: Sequence[Report]) -> Summary:
    """Return the type, time and place that most documents give; of a tie the one that is given first.

    `reports` are those of an incident in the order of publication. Copies of a document count once. The time is the
    narrowest that a document gives, the place a spot where it gives one.
    """
    times = [(r.original, time) for r in reports if (time := _time(r))]
    spots = [(r.original, spot) for r in reports if (spot := _spot(r))]
    days = _chosen((original, (time.start, time.end)) for original, time in times)
    names = _chosen((original, (spot.name, spot.country)) for original, spot in spots)
    return Summary(
        type=_chosen((r.original, r.type) for r in reports) or reports[0].type,
        time=next((time for _, time in times if (time.start, time.end) == days), None),
        spot=next((spot for _, spot in spots if (spot.name, spot.country) == names), None),
    )


def _chosen(given: Iterable[tuple[str, Value]]) -> Value | None:
    """Return the value that most originals give, of several the first."""
    backers: defaultdict[Value, set[str]] = defaultdict(set)
    for original, value in given:
        backers[value].add(original)
    return max(backers, key=lambda value: len(backers[value]), default=None)


def _time(report: Report) -> Interval | None:
    """Return the narrowest time that a report gives; one that is only guessed by the day of publication is none."""
    times = (t.time for t in _telling(report) if t.time and t.time.basis != GUESS)
    return min(times, key=_length, default=None)


def _length(time: Interval) -> int:
    return (date.fromisoformat(time.end) - date.fromisoformat(time.start)).days


def _spot(report: Report) -> Spot | None:
    spots = [spot for telling in _telling(report) for spot in telling.spots]
    return next((s for s in spots if s.latitude is not None and s.is_spot), spots[0] if spots else None)


def _telling(report: Report) -> list[Telling]:
    """Return the events that are told as having happened, all of them if none is."""
    return [t for t in report.tellings if t.status in HAPPENED] or list(report.tellings)
