"""Time expressions that name their place in the calendar: dates, weekdays, feasts, quarters, decades."""

from collections.abc import Callable
from datetime import date

from byline.coding.times import dates
from byline.coding.times.dates import Period
from byline.coding.times.grammar import Features
from byline.coding.times.setting import UNKNOWN, Setting, Value, base_day, made, named_day, within_day

# "In December" of a past verb is the last one; a bare date may lie just ahead, results of a quarter be still awaited.
_AGAINST_TENSE = {"day": 4, "quarter": 4, "longer": 12}


def calendar(features: Features, setting: Setting) -> Value:
    """Resolve what names its place in the calendar, or a time of the day named before."""
    named = next((resolver for feature, resolver in _BY_FEATURE if feature in features), None)
    return named(features, setting) if named else UNKNOWN


def _year(features: Features, setting: Setting) -> Value:
    return made(dates.year(features["year"]), features, setting)


def _time(features: Features, setting: Setting) -> Value:
    """Resolve "at noon" of the day named before; that of the day of writing is a convention and covers no day."""
    day = base_day(setting)
    if day is None:
        return Value("XXXX-XX-XX" + within_day(features))
    value = made(day, features, setting)
    return value if named_day(setting) else Value(value.value)


def _holiday(features: Features, setting: Setting) -> Value:
    found = [p for p in (_feast(features, y) for y in _years(features, setting)) if p]
    return made(_chosen(found, features, setting), features, setting) if found else UNKNOWN


def _feast(features: Features, year: int) -> Period | None:
    """Return the day of a movable feast in a year."""
    if "easter" in features:
        base = dates.easter(year)
    else:
        base = dates.nth_weekday(year, features["month"], features["weekday"], features["nth"])
    after: int = features.get("easter") or features.get("plus") or 0
    day = dates.add_days(base, after) if base else None
    return dates.day(day) if day else None


def compared(features: Features, setting: Setting) -> Value:
    """Resolve "the 1988 quarter": the one that the report is about, of that year."""
    about, year = setting.quarter, features["year"]
    period = dates.quarter(year, (about.start.month + 2) // 3) if about else dates.year(year)
    return made(period, features, setting)


def month(features: Features, setting: Setting) -> Value:
    """Resolve a month, or a day of one."""
    month, day = features["month"], features.get("day")
    years = _years(features, setting)
    found = [p for p in (_dated(y, month, day) for y in years) if p]
    if found and day and "weekday" in features:
        found = [p for p in found if p.start.isoweekday() == features["weekday"]] or found
    if found:
        return made(_chosen(found, features, setting), features, setting)
    tail = f"-{day:02d}" if day else ""
    return Value(f"XXXX-{month:02d}{tail}{within_day(features)}") if not years else UNKNOWN


def days(features: Features, setting: Setting) -> Value:
    """Return the days of "3 to 5 May", "May 3-5"; the last alone where the first comes after it."""
    last = month(features, setting)
    if last.start is None or features["first"] >= last.start.day:
        return last
    first = last.start.replace(day=features["first"])
    return Value(f"{first.isoformat()}/{last.start.isoformat()}", first, last.start)


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
    return made(_chosen(found, features, setting), features, setting)


def _weekday(features: Features, setting: Setting) -> Value:
    today = setting.base if features.get("anchored") else setting.today
    if today is None:
        return Value(f"XXXX-WXX-{features['weekday']}{within_day(features)}")
    if "week_shift" in features:
        week = dates.period("W", today)
        found = dates.add_days(week.start, 7 * features["week_shift"] + features["weekday"] - 1) if week else None
    else:
        found = dates.add_days(today, _days_to(features, today, setting.tense))
    return made(dates.day(found), features, setting) if found else UNKNOWN


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


def nearby(features: Features, setting: Setting) -> Value:
    """Resolve "yesterday", "tonight", "this morning", and "the evening" of the day that was named."""
    of_today = "near" in features or features.get("shift") == 0
    if of_today:
        base = setting.today
    else:
        day = base_day(setting)
        base = day.start if day else None
    found = dates.add_days(base, features.get("near", 0)) if base else None
    if found is None:
        return Value("XXXX-XX-XX" + within_day(features)) if within_day(features) else UNKNOWN
    value = made(dates.day(found), features, setting)
    return value if of_today or named_day(setting) else Value(value.value)


def quarter(features: Features, setting: Setting) -> Value:
    """Resolve a quarter or half-year."""
    make = dates.half if features["fraction"] == "H" else dates.quarter
    number = features.get("ordinal")
    if number is None:
        at = dates.shift(setting.today, -1, "Q") if setting.today else None
        return made(dates.period("Q", at), features, setting) if at else UNKNOWN
    if not 1 <= number <= (2 if features["fraction"] == "H" else 4):
        return UNKNOWN
    found = [p for p in (make(y, number) for y in _years(features, setting)) if p]
    return made(_chosen(found, features, setting), features, setting) if found else UNKNOWN


def decade(features: Features, setting: Setting) -> Value:
    """Resolve "the 1980s"."""
    return made(dates.decade(features["decade"]), features, setting)


def century(features: Features, setting: Setting) -> Value:
    """Resolve "the 19th century"."""
    return made(dates.century(features["ordinal"]), features, setting)


def figures(features: Features, setting: Setting) -> Value:
    """Resolve a day in figures; where month and day may be either way round, both, unless one lies ahead."""
    year, month, day = features["year"], features["month"], features["day"]
    found = sorted({d for d in (dates.valid(year, month, day), dates.valid(year, day, month)) if d})
    if len(found) > 1 and setting.today:
        found = [d for d in found if d <= setting.today] or found
    if not found:
        return UNKNOWN
    return Value(found[0].isoformat() if len(found) == 1 else None, found[0], found[-1])


_BY_FEATURE: tuple[tuple[str, Callable[[Features, Setting], Value]], ...] = (
    ("nth", _holiday),
    ("easter", _holiday),
    ("month", month),
    ("season", _season),
    ("year", _year),
    ("weekday", _weekday),
    ("near", nearby),
    ("clock", _time),
    ("hour", _time),
)
