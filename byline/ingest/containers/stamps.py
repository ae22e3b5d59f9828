"""Days as programs write them into tables, feeds and mail."""

import re
from datetime import UTC, datetime

from byline.errors import ConfigurationError
from byline.ingest.dating import find_date, interval_of
from byline.records import Interval

_BASIS = "metadata"
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?\d{4,6}Z?)?", re.ASCII)
_EPOCH = re.compile(r"-?\d{8,10}(?:\.\d+)?|\d{11,13}", re.ASCII)
_MILLISECONDS = 10  # figures: seconds have fewer until the year 2286
_LONGEST = 100  # characters of a date


def day_of(value: str) -> Interval | None:
    """Return the days that a stamp stands for: ISO 8601, 20110503, seconds since 1970, RFC 2822, words.

    None if it cannot be read or could be two days: an unreadable date is unknown.
    """
    value = value.strip()
    if not value or len(value) > _LONGEST:
        return None
    compact = _COMPACT.fullmatch(value)
    if compact and (found := _iso("-".join(compact.groups()))):
        return found
    return _iso(value) or _epoch(value) or _worded(value)


def _iso(value: str) -> Interval | None:
    try:
        return interval_of(value, basis=_BASIS)
    except ConfigurationError:
        return None


def _epoch(value: str) -> Interval | None:
    if not _EPOCH.fullmatch(value):
        return None
    whole = int(value.partition(".")[0])
    seconds = whole / 1000 if len(value.partition(".")[0]) > _MILLISECONDS else whole
    return _iso(datetime.fromtimestamp(seconds, UTC).date().isoformat())


def _worded(value: str) -> Interval | None:
    found = find_date(value, _BASIS)
    return Interval(start=found.start, end=found.end, precision=found.precision, basis=_BASIS) if found else None
