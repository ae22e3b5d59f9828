"""What a time expression means: its TIMEX3 value and the days that it covers.

Relative expressions count from the document's date, anaphoric ones ("the following
day") from the time named before. Without what they count from they stay unresolved:
no days, and a value with the unknown part left open.
"""

# ruff: noqa: PLR2004 -- the calendar's and the number system's own figures need no names

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from byline.coding.numbers import Range
from byline.coding.times import dates
from byline.coding.times.dates import Period
from byline.coding.times.grammar import Features

_CLOCK_UNITS = frozenset({"TH", "TM", "TS"})
_YEARS_IN = {"E": 10, "C": 100}
_HALVES = {"Y": "6M", "E": "5Y", "C": "50Y", "TH": "T30M", "TM": "T30S", "D": "T12H"}
# "In December" of a past verb is the last one; a bare date may lie just ahead, results of a quarter be still awaited.
_AGAINST_TENSE = {"day": 4, "quarter": 4, "longer": 12}
_FEW = Range(3, None, 9, 0)
_SETS = {"NI": "XXXX-XX-XXTNI", "MO": "XXXX-XX-XXTMO", "AF": "XXXX-XX-XXTAF", "EV": "XXXX-XX-XXTEV"}


class Value(NamedTuple):
    """A TIMEX3 value, and the days covered, both inclusive; None where unresolved."""

    value: str | None
    start: date | None = None
    end: date | None = None


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


UNKNOWN = Value(None)


def resolve(sense: str, features: Features, setting: Setting) -> Value:
    """Return what an expression of the given sense means in its setting."""
    return _SENSES[sense](features, setting)


def _made(period: Period | None, features: Features, setting: Setting) -> Value:
    """Return a period's value, with the part of day or clock time, narrowed to "early" or "late"."""
    if period is None:
        return UNKNOWN
    start, end = _narrowed(period, features.get("mod"), setting.today)
    if features.get("nights"):
        end = dates.add_days(end, 1) or end
    return Value(period.value + _within_day(features), start, end)


def _within_day(features: Features) -> str:
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


def _calendar(features: Features, setting: Setting) -> Value:
    """Resolve what names its place in the calendar, or a time of the day named before."""
    named = next((resolver for feature, resolver in _BY_FEATURE if feature in features), None)
    return named(features, setting) if named else UNKNOWN


def _year(features: Features, setting: Setting) -> Value:
    return _made(dates.year(features["year"]), features, setting)


def _time(features: Features, setting: Setting) -> Value:
    """Resolve "at noon" of the day named before; that of the day of writing is a convention and covers no day."""
    day = _base_day(setting)
    if day is None:
        return Value("XXXX-XX-XX" + _within_day(features))
    made = _made(day, features, setting)
    return made if _named_day(setting) else Value(made.value)


def _base_day(setting: Setting) -> Period | None:
    """Return the one day that was named before, else the day of writing."""
    return _named_day(setting) or (dates.day(setting.today) if setting.today else None)


def _named_day(setting: Setting) -> Period | None:
    before = setting.before
    return dates.day(before.start) if before and before.start == before.end else None


def _month(features: Features, setting: Setting) -> Value:
    month, day = features["month"], features.get("day")
    years = _years(features, setting)
    found = [p for p in (_dated(y, month, day) for y in years) if p]
    if found and day and "weekday" in features:
        found = [p for p in found if p.start.isoweekday() == features["weekday"]] or found
    if found:
        return _made(_chosen(found, features, setting), features, setting)
    tail = f"-{day:02d}" if day else ""
    return Value(f"XXXX-{month:02d}{tail}{_within_day(features)}") if not years else UNKNOWN


def _dated(year: int, month: int, day: int | None) -> Period | None:
    if day is None:
        return dates.month(year, month)
    found = dates.valid(year, month, day)
    return dates.day(found) if found else None


def _years(features: Features, setting: Setting) -> list[int]:
    """Return the years that may be meant: the one named, or those around the day of writing."""
    if "year" in features:
        return [features["year"]]
    if features.get("same_year") and setting.base:
        return [setting.base.year]
    if setting.today is None:
        return []
    if "year_shift" in features:
        return [setting.today.year + features["year_shift"]]
    return [setting.today.year - 1, setting.today.year, setting.today.year + 1]


def _chosen(found: list[Period], features: Features, setting: Setting) -> Period | None:
    """Choose among the same period of several years: by "last" and "next", else by tense."""
    today, shift = setting.today, features.get("shift")
    if len(found) == 1 or today is None:
        return found[0]
    if shift == 0:
        return next((p for p in found if p.start.year == today.year), found[0])
    if shift == -1:
        return next((p for p in reversed(found) if p.end < today), None)
    if shift == 1:
        return next((p for p in found if p.start > today), None)
    return min(found, key=lambda p: _distance(p, today, setting.tense))


def _distance(period: Period, today: date, tense: str) -> int:
    """Return how far a period lies from the day of writing; against the tense it lies several times as far."""
    length = "day" if period.start == period.end else "quarter" if period.value[5:6] in {"Q", "H"} else "longer"
    against = _AGAINST_TENSE[length]
    if period.start > today:
        return (period.start - today).days * (against if tense == "past" else 1)
    return max(0, (today - period.end).days) * (against if tense == "future" else 1)


def _season(features: Features, setting: Setting) -> Value:
    found = [p for p in (dates.season(y, features["season"]) for y in _years(features, setting)) if p]
    if not found:
        return Value(f"XXXX-{features['season']}")
    return _made(_chosen(found, features, setting), features, setting)


def _weekday(features: Features, setting: Setting) -> Value:
    today = setting.base if features.get("anchored") else setting.today
    if today is None:
        return Value(f"XXXX-WXX-{features['weekday']}{_within_day(features)}")
    if "week_shift" in features:
        week = dates.period("W", today)
        found = dates.add_days(week.start, 7 * features["week_shift"] + features["weekday"] - 1) if week else None
    else:
        found = dates.add_days(today, _days_to(features, today, setting.tense))
    return _made(dates.day(found), features, setting) if found else UNKNOWN


def _days_to(features: Features, today: date, tense: str) -> int:
    """Return how many days from today the weekday is; today itself counts unless "last" or "next" stands before."""
    ahead: int = (features["weekday"] - today.isoweekday()) % 7
    shift = features.get("shift")
    if shift == -1:
        return ahead - 7
    if shift == 1:
        return ahead or 7
    if tense == "future" or (shift == 0 and tense != "past"):
        return ahead
    return ahead - 7 if ahead else 0


def _nearby(features: Features, setting: Setting) -> Value:
    """Resolve "yesterday", "tonight", "this morning", and "the evening" of the day that was named."""
    if "near" in features or features.get("shift") == 0:
        base = setting.today
    else:
        day = _base_day(setting)
        base = day.start if day else None
    found = dates.add_days(base, features.get("near", 0)) if base else None
    if found is None:
        return Value("XXXX-XX-XX" + _within_day(features)) if _within_day(features) else UNKNOWN
    return _made(dates.day(found), features, setting)


def _unit(features: Features, setting: Setting) -> Value:
    """Resolve "last week", "this year", "the month"."""
    unit, shift, today = features["unit"], features.get("shift", 0), setting.today
    if features.get("compared") and setting.quarter:
        return _year_before(setting.quarter)
    if unit == "D" and "shift" not in features and _named_day(setting):
        today = setting.base
    if today is None:
        return UNKNOWN
    if unit == "WE" and "shift" not in features and setting.tense == "past" and today.isoweekday() < 6:
        shift = -1
    if unit == "Q" and "shift" not in features:
        shift = -1
    at = dates.shift(today, shift, unit)
    return _made(dates.period("W" if unit == "F" else unit, at) if at else None, features, setting)


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
    day = _month(features, setting).start
    return _made(dates.period(features["unit"], day) if day else None, {}, setting)


def _quarter(features: Features, setting: Setting) -> Value:
    make = dates.half if features["fraction"] == "H" else dates.quarter
    number = features.get("ordinal")
    if number is None:
        at = dates.shift(setting.today, -1, "Q") if setting.today else None
        return _made(dates.period("Q", at), features, setting) if at else UNKNOWN
    if not 1 <= number <= (2 if features["fraction"] == "H" else 4):
        return UNKNOWN
    found = [p for p in (make(y, number) for y in _years(features, setting)) if p]
    return _made(_chosen(found, features, setting), features, setting) if found else UNKNOWN


def _decade(features: Features, setting: Setting) -> Value:
    return _made(dates.decade(features["decade"]), features, setting)


def _century(features: Features, setting: Setting) -> Value:
    return _made(dates.century(features["ordinal"]), features, setting)


def _anaphoric(features: Features, setting: Setting) -> Value:
    """Resolve "the following day", "that evening", "a year earlier" from the time named before."""
    step: int = features.get("shift") or features.get("direction") or 0
    unit: str = features.get("unit") or "D"
    if "direction" in features and setting.quarter and _is_year_back(features):
        return _year_before(setting.quarter)
    base = setting.base
    if base is None or ("part" in features and setting.before and not _named_day(setting)):
        return UNKNOWN
    if step > 0 and setting.before and unit != "D":
        base = setting.before.end
    at = dates.shift(base, step, unit)
    return _made(dates.period("W" if unit == "F" else unit, at) if at else None, features, setting)


def _ago(features: Features, setting: Setting) -> Value:
    if setting.quarter and _is_year_back(features):
        return _year_before(setting.quarter)
    return _away(features, setting.today, -1)


def _removed(features: Features, setting: Setting) -> Value:
    """Resolve "three days later" and "two years earlier" from the time named before."""
    return _away(features, setting.base, features["direction"])


def _ahead(features: Features, setting: Setting) -> Value:
    """Resolve "in five years" of a clause that looks ahead."""
    return _away(features, setting.today, 1)


def _figures(features: Features, setting: Setting) -> Value:
    """Resolve a day in figures; where month and day may be either way round, both, unless one lies ahead."""
    year, month, day = features["year"], features["month"], features["day"]
    found = sorted({d for d in (dates.valid(year, month, day), dates.valid(year, day, month)) if d})
    if len(found) > 1 and setting.today:
        found = [d for d in found if d <= setting.today] or found
    if not found:
        return UNKNOWN
    return Value(found[0].isoformat() if len(found) == 1 else None, found[0], found[-1])


def _away(features: Features, base: date | None, direction: int) -> Value:
    """Return the day, week, month or year that lies a number of units away, with half a unit on both sides."""
    number, unit = _number(features), str(features["unit"])
    vague = Value("PAST_REF" if direction < 0 else "FUTURE_REF")
    if base is None:
        return UNKNOWN if number.best else vague
    if unit in _CLOCK_UNITS:
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


def _number(features: Features) -> Range:
    """Return how many units: the number, one for a single unit, a few for a bare plural."""
    number: Range | None = features.get("number")
    if number:
        return number
    return _FEW if features.get("plural") else Range(1, 1, 1, 0)


def _window(features: Features, setting: Setting) -> Value:
    """Resolve "the last two years": they end on the day of writing."""
    length, shift = _length(features), features.get("shift")
    base = setting.base if features.get("anchored") else setting.today
    if base is None or shift is None:
        return Value(length)
    number, unit = _number(features), features["unit"]
    units = number.best or number.high or number.low
    other = dates.add_days(base, shift) if unit in _CLOCK_UNITS else dates.shift(base, shift * units, unit)
    return Value(length, min(base, other), max(base, other)) if other else Value(length)


def _recent(features: Features, setting: Setting) -> Value:
    """Resolve "recent days": up to nine of them, up to the day of writing."""
    today = setting.today
    start = dates.shift(today, -(_FEW.high or 0), features["unit"]) if today else None
    return Value("PAST_REF", start, today if start else None)


def _duration(features: Features, _: Setting) -> Value:
    return Value(_length(features))


def _length(features: Features) -> str:
    """Return a TIMEX3 duration; X for a number that the words leave open."""
    unit, number = features["unit"], _number(features)
    clock = "T" if unit in _CLOCK_UNITS else ""
    if features.get("half_of"):
        return "P" + _HALVES.get(unit, f"0.5{unit[-1]}")
    times = {**_YEARS_IN, "F": 2}.get(unit, 1)
    letter = {"TH": "H", "TM": "M", "TS": "S", "E": "Y", "C": "Y", "F": "W"}.get(unit, unit)
    if number.best is None:
        return f"P{clock}X{letter if times == 1 or unit == 'F' else unit}"
    more = _HALVES.get(unit, "").removeprefix("T" if clock else "") if features.get("half_more") else ""
    return f"P{clock}{number.best * times}{letter}{more}"


def length_of(value: str) -> tuple[int, str]:
    """Return number and unit of a TIMEX3 duration in whole days or longer units; nought where it has none."""
    number, unit = value[1:-1], value[-1:]
    return (int(number), unit) if value[:1] == "P" and number.isdecimal() and unit in "DWMY" else (0, "")


def _often(features: Features, _: Setting) -> Value:
    """Return the TIMEX3 value of a set: a period for "daily", a pattern for "every Friday"."""
    if "weekday" in features:
        return Value(f"XXXX-WXX-{features['weekday']}{_within_day(features)}")
    if "month" in features:
        return Value(f"XXXX-{features['month']:02d}" + (f"-{features['day']:02d}" if "day" in features else ""))
    if "season" in features:
        return Value(f"XXXX-{features['season']}")
    if "part" in features:
        return Value(_SETS.get(features["part"], "XXXX-XX-XX"))
    if features.get("other"):
        return Value(_length({**features, "number": Range(2, 2, 2, 0)}))
    return Value(_length(features if "each" in features else {"unit": features["unit"]}))


def _reference(features: Features, setting: Setting) -> Value:
    today = setting.today if features["ref"] == "PRESENT_REF" else None
    return Value(features["ref"], today, today)


_BY_FEATURE: tuple[tuple[str, Callable[[Features, Setting], Value]], ...] = (
    ("month", _month),
    ("season", _season),
    ("year", _year),
    ("weekday", _weekday),
    ("near", _nearby),
    ("clock", _time),
    ("hour", _time),
)

_SENSES: dict[str, Callable[[Features, Setting], Value]] = {
    "ago": _ago,
    "ahead": _ahead,
    "anaphoric": _anaphoric,
    "calendar": _calendar,
    "century": _century,
    "decade": _decade,
    "duration": _duration,
    "figures": _figures,
    "nearby": _nearby,
    "often": _often,
    "quarter": _quarter,
    "recent": _recent,
    "reference": _reference,
    "removed": _removed,
    "unit": _unit,
    "unit_of": _unit_of,
    "window": _window,
}
