"""What a time expression is read against, and what comes back: TIMEX3 value and days."""

# ruff: noqa: PLR2004 -- the calendar's and the number system's own figures need no names

from datetime import date
from typing import NamedTuple

from byline.coding.times import dates
from byline.coding.times.dates import Period
from byline.coding.times.grammar import Features


class Value(NamedTuple):
    """A TIMEX3 value, and the days covered, both inclusive; None where unresolved."""

    value: str | None
    start: date | None = None
    end: date | None = None


UNKNOWN = Value(None)


class Setting(NamedTuple):
    """What an expression is read against: the day of writing, the time named before, its clause's tense.

    ``quarter`` is the one that the report is about, with which "a year earlier" compares.
    """

    today: date | None
    before: Period | None = None
    tense: str = "past"
    quarter: Period | None = None

    @property
    def base(self) -> date | None:
        return self.before.start if self.before else self.today


def made(period: Period | None, features: Features, setting: Setting) -> Value:
    """Return a period's value, with the part of day or clock time, narrowed to "early" or "late"."""
    if period is None:
        return UNKNOWN
    start, end = _narrowed(period, features.get("mod"), setting.today)
    if features.get("nights"):
        end = dates.add_days(end, 1) or end
    return Value(period.value + within_day(features), start, end)


def within_day(features: Features) -> str:
    """Return the tail of a TIMEX3 value that says when in the day; empty where the words do not."""
    if "clock" in features or "hour" in features:
        return "T" + _clock(features)
    return "T" + features["part"] if "part" in features else ""


def _clock(features: Features) -> str:
    """Return 24-hour time; "10 at night" and "4 in the afternoon" are after noon."""
    if "clock" in features:
        hour, minute = int(features["clock"][:2]), features["clock"][3:]
    else:
        hour, minute = int(features["hour"]), "00"
    late = features.get("half") == "pm" or ("half" not in features and features.get("part") in {"AF", "EV", "NI"})
    if late and hour < 12:
        hour += 12
    elif features.get("half") == "am" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute}"


def _narrowed(period: Period, mod: str | None, today: date | None) -> tuple[date, date]:
    """Return the third of "early", "mid" or "late"; "earlier" and "later" are cut at the day of writing."""
    start, end = period.start, period.end
    third = ((end - start).days + 1) // 3
    if mod == "START" and third:
        return start, dates.add_days(start, third) or end
    if mod == "END" and third:
        return dates.add_days(end, -third) or start, end
    if mod == "MID" and third:
        return dates.add_days(start, third) or start, dates.add_days(end, -third) or end
    if today and start < today < end and mod in {"EARLIER", "LATER"}:
        return (start, today) if mod == "EARLIER" else (today, end)
    return start, end


def base_day(setting: Setting) -> Period | None:
    """Return the one day that was named before, else the day of writing."""
    return named_day(setting) or (dates.day(setting.today) if setting.today else None)


def named_day(setting: Setting) -> Period | None:
    """Return the one day that was named before."""
    before = setting.before
    return dates.day(before.start) if before and before.start == before.end else None
