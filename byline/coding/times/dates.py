"""Calendar arithmetic: stretches of days, and the TIMEX3 value of each.

Weeks are ISO 8601's. Seasons are those of the northern hemisphere's press, whole
months. What falls outside the years 1 to 9999 is None.
"""

# ruff: noqa: PLR2004 -- the calendar's and the number system's own figures need no names

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTHS_IN = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}
_DAYS_IN = {"D": 1, "WE": 7, "W": 7, "F": 14}


class Period(NamedTuple):
    """Days from ``start`` to ``end``, both inclusive, and their TIMEX3 value."""

    value: str
    start: date
    end: date


def day(of: date) -> Period:
    """Return one day."""
    return Period(of.isoformat(), of, of)


def week(of: date) -> Period | None:
    """Return the ISO week that holds a day."""
    year, number, weekday = of.isocalendar()
    start = add_days(of, 1 - weekday)
    end = add_days(of, 7 - weekday)
    return Period(f"{year:04d}-W{number:02d}", start, end) if start and end else None


def weekend(of: date) -> Period | None:
    """Return the Saturday and Sunday of the week that holds a day."""
    whole = week(of)
    return Period(f"{whole.value}-WE", whole.end - timedelta(1), whole.end) if whole else None


def months(value: str, year: int, month: int, count: int) -> Period | None:
    """Return ``count`` whole months from the first of a month."""
    last = year * 12 + month - 1 + count - 1
    if not (1 <= year <= 9999 and last // 12 <= 9999):
        return None
    end_year, end_month = last // 12, last % 12 + 1
    end = date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return Period(value, date(year, month, 1), end)


def month(year: int, number: int) -> Period | None:
    """Return a calendar month."""
    return months(f"{year:04d}-{number:02d}", year, number, 1)


def quarter(year: int, number: int) -> Period | None:
    """Return a quarter, from 1 to 4."""
    return months(f"{year:04d}-Q{number}", year, number * 3 - 2, 3)


def half(year: int, number: int) -> Period | None:
    """Return a half-year, 1 or 2."""
    return months(f"{year:04d}-H{number}", year, number * 6 - 5, 6)


def season(year: int, name: str) -> Period | None:
    """Return a season by its TIMEX3 name (SP SU FA WI); a winter begins in the December of its year."""
    return months(f"{year:04d}-{name}", year, _SEASON_STARTS[name], 3)


def year(number: int) -> Period | None:
    """Return a calendar year."""
    return months(f"{number:04d}", number, 1, 12)


def decade(first: int) -> Period | None:
    """Return the ten years from one that ends in nought; its value is the year without the last figure."""
    return months(f"{first // 10:03d}", first, 1, 120)


def century(number: int) -> Period | None:
    """Return a century by its ordinal: the 20th begins in 1901."""
    return months(f"{number - 1:02d}", number * 100 - 99, 1, 1200) if 0 < number < 100 else None


_UNITS: dict[str, Callable[[date], Period | None]] = {
    "D": day,
    "W": week,
    "WE": weekend,
    "M": lambda of: month(of.year, of.month),
    "Q": lambda of: quarter(of.year, (of.month + 2) // 3),
    "Y": lambda of: year(of.year),
    "E": lambda of: decade(of.year // 10 * 10),
    "C": lambda of: century((of.year + 99) // 100),
}


def period(unit: str, of: date) -> Period | None:
    """Return the calendar unit that holds a day: its D, W, WE, M, Q, Y, E (decade) or C (century)."""
    return _UNITS[unit](of) if unit in _UNITS else None


def add_days(of: date, count: int) -> date | None:
    """Return the day so many days away."""
    ordinal = of.toordinal() + count
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def shift(of: date, count: int, unit: str) -> date | None:
    """Return the day that lies some units away; the end of a shorter month stands for days that it lacks."""
    if unit in _DAYS_IN:
        return add_days(of, count * _DAYS_IN[unit])
    if unit not in _MONTHS_IN:
        return of
    at = of.year * 12 + of.month - 1 + count * _MONTHS_IN[unit]
    if not 12 <= at < 120_000:
        return None
    return date(at // 12, at % 12 + 1, min(of.day, calendar.monthrange(at // 12, at % 12 + 1)[1]))


def around(of: date, unit: str) -> tuple[date, date]:
    """Return a day with half a unit on both sides: how near "six months ago" comes."""
    half_unit = {"W": 3, "F": 7, "M": 15, "Q": 45, "Y": 182, "E": 1826, "C": 18262}.get(unit, 0)
    return add_days(of, -half_unit) or date.min, add_days(of, half_unit) or date.max


def nth_weekday(year_number: int, month_number: int, weekday: int, nth: int) -> date | None:
    """Return the nth Monday (1) to Sunday (7) of a month; the last for -1."""
    if not 1 <= year_number <= 9999:
        return None
    length = calendar.monthrange(year_number, month_number)[1]
    start = length - 6 if nth < 0 else 7 * nth - 6
    ahead = (weekday - date(year_number, month_number, start).isoweekday()) % 7
    return valid(year_number, month_number, start + ahead)


def easter(year_number: int) -> date | None:
    """Return Easter Sunday of the Gregorian calendar, by the algorithm in Meeus, Astronomical Algorithms."""
    golden, century_number, rest = year_number % 19, year_number // 100, year_number % 100
    leap, moon = century_number // 4, (century_number - (century_number + 8) // 25 + 1) // 3
    epact = (19 * golden + century_number - leap - moon + 15) % 30
    sunday = (32 + 2 * (century_number % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month_number, day_number = divmod(epact + sunday - 7 * late + 114, 31)
    return valid(year_number, month_number, day_number + 1)


def valid(year_number: int, month_number: int, day_number: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    if not (1 <= year_number <= 9999 and 1 <= month_number <= 12):
        return None
    if not 1 <= day_number <= calendar.monthrange(year_number, month_number)[1]:
        return None
    return date(year_number, month_number, day_number)
