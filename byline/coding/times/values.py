"""What a time expression means: its TIMEX3 value and the days that it covers.

Relative expressions count from the document's date, anaphoric ones ("the following
day") from the time named before. Without what they count from they stay unresolved:
no days, and a value with the unknown part left open.
"""

from collections.abc import Callable
from datetime import date

from byline.coding.numbers import Range
from byline.coding.times import calendar, dates, lengths
from byline.coding.times.dates import Period
from byline.coding.times.grammar import Features
from byline.coding.times.setting import UNKNOWN, Setting, Value, made, named_day

_SATURDAY = 6


def resolve(sense: str, features: Features, setting: Setting) -> Value:
    """Return what an expression of the given sense means in its setting."""
    return _SENSES[sense](features, setting)


def _unit(features: Features, setting: Setting) -> Value:
    """Resolve "last week", "this year", "the month"."""
    unit, shift, today = features["unit"], features.get("shift", 0), setting.today
    if features.get("compared") and setting.quarter:
        return _year_before(setting.quarter)
    if unit == "D" and "shift" not in features and named_day(setting):
        today = setting.base
    if today is None:
        return UNKNOWN
    if unit == "WE" and "shift" not in features and setting.tense == "past" and today.isoweekday() < _SATURDAY:
        shift = -1
    if unit == "Q" and "shift" not in features:
        if setting.quarter:
            return Value(*setting.quarter)
        shift = -1
    at = dates.shift(today, shift, unit)
    return made(dates.period("W" if unit == "F" else unit, at) if at else None, features, setting)


def _year_before(quarter: Period) -> Value:
    """Return the quarter with which a report of a quarter compares: that of the year before."""
    before = dates.quarter(quarter.start.year - 1, (quarter.start.month + 2) // 3)
    return Value(before.value, before.start, before.end) if before else UNKNOWN


def _is_year_back(features: Features) -> bool:
    """Whether the words are "a year ago", "a year earlier"."""
    number, back = features.get("number"), features.get("direction", -1) < 0
    return back and features["unit"] == "Y" and "plural" not in features and (number is None or number.best == 1)


def _unit_of(features: Features, setting: Setting) -> Value:
    """Resolve "the week of March 6"."""
    day = calendar.month(features, setting).start
    return made(dates.period(features["unit"], day) if day else None, {}, setting)


def _anaphoric(features: Features, setting: Setting) -> Value:
    """Resolve "the following day", "that evening" from the time named before; without one they cover no days."""
    step: int = features.get("shift") or features.get("direction") or 0
    unit: str = features.get("unit") or "D"
    if "direction" in features and setting.quarter and _is_year_back(features):
        return _year_before(setting.quarter)
    base = setting.base
    if base is None or ("part" in features and setting.before and not named_day(setting)):
        return UNKNOWN
    if step > 0 and setting.before and unit != "D":
        base = setting.before.end
    at = dates.shift(base, step, unit)
    value = made(dates.period("W" if unit == "F" else unit, at) if at else None, features, setting)
    return value if setting.before else Value(value.value)


def _ago(features: Features, setting: Setting) -> Value:
    if setting.quarter and _is_year_back(features):
        return _year_before(setting.quarter)
    return _away(features, setting.today, -1)


def _removed(features: Features, setting: Setting) -> Value:
    """Resolve "three days later" and "two years earlier" from the time named before."""
    value = _away(features, setting.base, features["direction"])
    return value if setting.before else Value(value.value)


def _ahead(features: Features, setting: Setting) -> Value:
    """Resolve "in five years" of a clause that looks ahead."""
    return _away(features, setting.today, 1)


def _away(features: Features, base: date | None, direction: int) -> Value:
    """Return the day, week, month or year that lies a number of units away, with half a unit on both sides."""
    number, unit = lengths.units_in(features), str(features["unit"])
    vague = Value("PAST_REF" if direction < 0 else "FUTURE_REF")
    if base is None:
        return UNKNOWN if number.best else vague
    if unit in lengths.CLOCK_UNITS:
        return Value(base.isoformat(), dates.add_days(base, min(direction, 0)), base)
    if number.best is None:
        return _vaguely(vague, number, unit, base, direction)
    middle = dates.shift(base, direction * number.best, unit)
    whole = dates.period({"F": "W", "WE": "W", "E": "Y", "C": "Y"}.get(unit, unit), middle) if middle else None
    if middle is None or whole is None:
        return UNKNOWN
    start, end = dates.around(middle, unit)
    return Value(whole.value, start, min(end, base) if direction < 0 else end)


def _vaguely(vague: Value, number: Range, unit: str, base: date, direction: int) -> Value:
    """Return the days of "several years ago": between the fewest and the most units that the words allow."""
    far = dates.shift(base, direction * (number.high or number.low * 2), unit)
    near = dates.shift(base, direction * number.low, unit)
    return Value(vague.value, min(far, near), max(far, near)) if far and near else vague


def _reference(features: Features, setting: Setting) -> Value:
    today = setting.today if features["ref"] == "PRESENT_REF" else None
    return Value(features["ref"], today, today)


_SENSES: dict[str, Callable[[Features, Setting], Value]] = {
    "ago": _ago,
    "ahead": _ahead,
    "anaphoric": _anaphoric,
    "calendar": calendar.calendar,
    "century": calendar.century,
    "days": calendar.days,
    "compared": calendar.compared,
    "decade": calendar.decade,
    "duration": lengths.duration,
    "figures": calendar.figures,
    "nearby": calendar.nearby,
    "often": lengths.often,
    "quarter": calendar.quarter,
    "recent": lengths.recent,
    "reference": _reference,
    "removed": _removed,
    "unit": _unit,
    "unit_of": _unit_of,
    "window": lengths.window,
}
