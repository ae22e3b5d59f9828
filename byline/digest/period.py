"""The period of a digest, as users say it: yesterday, today, 3 days, 2026-01-05."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from byline.errors import ConfigurationError

_DAYS = re.compile(r"(\d{1,4}) days?")
_NAMES = {"today": 0, "yesterday": 1}


class Period(NamedTuple):
    """From a moment up to another, ISO 8601 in UTC, to the second."""

    first: str
    last: str


def period(since: str, until: str | None, now: datetime) -> Period:
    """Return the period from the beginning of a day to the end of another, or to now.

    A day is `today`, `yesterday`, `N days` (ago) or an ISO date, in the time zone of `now`. ConfigurationError if it
    is none of these, or nothing is left of the period.
    """
    first = _begin(_day(since, now), now)
    last = min(_begin(_day(until, now) + timedelta(days=1), now), now) if until else now
    if first >= last:
        raise ConfigurationError(f"Nothing lies between {since} and {until or 'now'}. Begin with an earlier day.")
    return Period(_moment(first), _moment(last))


def _day(words: str, now: datetime) -> date:
    found = _DAYS.fullmatch(words)
    ago = int(found[1]) if found else _NAMES.get(words)
    try:
        return now.date() - timedelta(days=ago) if ago is not None else date.fromisoformat(words)
    except (ValueError, OverflowError) as error:
        raise ConfigurationError(f"{words!r} is no day. Write today, yesterday, 3 days or 2026-01-05.") from error


def _begin(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
