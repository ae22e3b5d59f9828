"""Lengths of time and sets of times: "two weeks", "the last two years", "every Friday"."""

from byline.coding.numbers import Range
from byline.coding.times import dates
from byline.coding.times.grammar import Features
from byline.coding.times.setting import Setting, Value, within_day

CLOCK_UNITS = frozenset({"TH", "TM", "TS"})
_YEARS_IN = {"E": 10, "C": 100}
_HALVES = {"Y": "6M", "E": "5Y", "C": "50Y", "TH": "T30M", "TM": "T30S", "D": "T12H"}
_FEW = Range(3, None, 9, 0)
_SETS = {"NI": "XXXX-XX-XXTNI", "MO": "XXXX-XX-XXTMO", "AF": "XXXX-XX-XXTAF", "EV": "XXXX-XX-XXTEV"}


def window(features: Features, setting: Setting) -> Value:
    """Resolve "the last two years": they end on the day of writing."""
    length, shift = _length(features), features.get("shift")
    base = setting.base if features.get("anchored") else setting.today
    if base is None or shift is None:
        return Value(length)
    number, unit = units_in(features), features["unit"]
    units = number.best or number.high or number.low
    other = dates.add_days(base, shift) if unit in CLOCK_UNITS else dates.shift(base, shift * units, unit)
    return Value(length, min(base, other), max(base, other)) if other else Value(length)


def recent(features: Features, setting: Setting) -> Value:
    """Resolve "recent days": up to nine of them, up to the day of writing."""
    today = setting.today
    start = dates.shift(today, -(_FEW.high or 0), features["unit"]) if today else None
    return Value("PAST_REF", start, today if start else None)


def duration(features: Features, _: Setting) -> Value:
    """Resolve "two weeks": a length that has no days of its own."""
    return Value(_length(features))


def often(features: Features, _: Setting) -> Value:
    """Return the TIMEX3 value of a set: a period for "daily", a pattern for "every Friday"."""
    if "weekday" in features:
        return Value(f"XXXX-WXX-{features['weekday']}{within_day(features)}")
    if "month" in features:
        return Value(f"XXXX-{features['month']:02d}" + (f"-{features['day']:02d}" if "day" in features else ""))
    if "season" in features:
        return Value(f"XXXX-{features['season']}")
    if "part" in features:
        return Value(_SETS.get(features["part"], "XXXX-XX-XX"))
    if features.get("other"):
        return Value(_length({**features, "number": Range(2, 2, 2, 0)}))
    return Value(_length(features if "each" in features else {"unit": features["unit"]}))


def _length(features: Features) -> str:
    """Return a TIMEX3 duration; X for a number that the words leave open."""
    unit, number = features["unit"], units_in(features)
    clock = "T" if unit in CLOCK_UNITS else ""
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


def units_in(features: Features) -> Range:
    """Return how many units: the number, one for a single unit, a few for a bare plural."""
    number: Range | None = features.get("number")
    if number:
        return number
    return _FEW if features.get("plural") else Range(1, 1, 1, 0)
