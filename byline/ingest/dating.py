"""Days of publication and retrieval: options, dates in words, addresses and age notices."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from byline import knowledge
from byline.errors import ConfigurationError
from byline.records import Interval, Precision, Span

Days = tuple[date, date, Precision]  # the first, the last, and how exact they are
_WORDS = knowledge.load("dates.toml")
_MONTHS: dict[str, int] = {name: n for n, names in enumerate(_WORDS["months"], 1) for name in names}
_NUMBERS: dict[str, int] = _WORDS["numbers"]
_BESIDE = frozenset(_WORDS["beside"]) | frozenset(_WORDS["weekdays"])
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)(?!\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_FORMS = tuple(
    re.compile(rf"(?<![\w/-]){form}", re.IGNORECASE)
    for form in (
        r"(?P<year>(?:1[6-9]|20)\d\d)(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)",
        rf"{_DAY}(?:\s|-|\sof\s){_MONTH},?(?:\s|-)(?P<year>(?:1[6-9]|20)?\d\d)(?!\d)",
        rf"{_DAY}\s(?:of\s)?{_MONTH},\s{_YEAR}",
        rf"{_MONTH}\s{_DAY},?\s{_YEAR}",
        rf"(?P<day>\d\d?)(?P<mark>[./-])(?P<month>\d\d?)(?P=mark){_YEAR}",
        rf"{_MONTH},?\s{_YEAR}",
    )
)
_UNDATED = "|".join(_WORDS["undated"])
_YEARLESS = tuple(
    re.compile(rf"\b(?:{form})(?!\w)", re.IGNORECASE) for form in (rf"{_DAY}\s{_MONTH}", rf"{_MONTH}\s{_DAY}", _UNDATED)
)
_CLOCK = re.compile(
    r"(?:T|\b)\d{1,2}(?:[:.]\d\d){1,2}(?:\.\d+)?(?:Z|\s?[+-]\d\d:?\d\d)?"
    r"|\b\d{1,2}(?=\s?[ap]\.?m\b)|\b\d{4}(?=\s?(?:hrs|hours|gmt|h)\b)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)?")
_ADDRESS = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d\d)[/_-](?P<month>\d\d|[a-z]{3,9})[/_-](?P<day>\d\d?)(?!\d)", re.IGNORECASE
    ),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>\d\d|[a-z]{3,9})(?=/)", re.IGNORECASE),
)
_FIGURES = re.compile(r"(?<![\w/.-])(?P<first>\d\d?)(?P<mark>[./-])(?P<second>\d\d?)(?P=mark)(?:\d{4}|\d\d)(?![\w/-])")
_UNIT = re.compile(rf"\b(\d{{1,3}}|{'|'.join(_NUMBERS)})\s(year|month|week|day|hour)s?\b", re.IGNORECASE)
_ROUNDED = re.compile(rf"\b(?:{'|'.join(_WORDS['rounded'])})\b", re.IGNORECASE)
_YEAR_MONTHS = 12
_EARLIEST = 1600  # no newspaper is older
_CENTURY_TURNS = 50  # a year of two figures: 50 to 99 are 1950 to 1999


def interval_of(option: str, *, basis: str = "given") -> Interval:
    """Return the days that 2008-04-01, 2008-04, 2008 or 2008-03-16/2008-04-15 stand for.

    A time of day after a day is ignored. ConfigurationError for anything else.
    """
    begin, slash, end = option.strip().partition("/")
    first, last = _part(begin), _part(end if slash else begin)
    if not first or not last:
        raise ConfigurationError(f"{option!r} is no date. Write 2008-04-01, 2008-04, 2008 or 2008-03-16/2008-04-15.")
    if first[0] > last[1]:
        raise ConfigurationError(f"{option!r} ends before it begins. Write the earlier day first.")
    return _interval((first[0], last[1], "range" if slash else first[2]), basis)


def _part(text: str) -> Days | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ]\d\d:?\d\d.{0,20})?)?)?", text, re.ASCII)
    return _days(*(int(g) if g else None for g in found.groups())) if found else None


def _days(year: int | None, month: int | None = None, day: int | None = None) -> Days | None:
    """First and last day of a year, month or day; None if there is no such day."""
    if not year or not 1 <= (month or 1) <= _YEAR_MONTHS or not 1 <= (day or 1) <= monthrange(year, month or 1)[1]:
        return None
    if not month:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if not day:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
    return date(year, month, day), date(year, month, day), "day"


def readings(text: str, basis: str) -> tuple[Interval, ...]:
    """Return the first date written in a short text, with its span; () if there is none.

    08/09/2007 has two readings, the one with the day first before the other.
    """
    return next(all_readings(text, basis), ())


def all_readings(text: str, basis: str) -> Iterator[tuple[Interval, ...]]:
    """Yield the readings of each date written in a text, in order."""
    found = [m for form in _FORMS for m in form.finditer(text)]
    last = 0
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        days = _read(match) if match.start() >= last else ()
        if days:
            last = match.end()
            yield tuple(_interval(d, basis, match.span()) for d in days)


def find_date(text: str, basis: str) -> Interval | None:
    """Return the first date in a short text that can be read in one way only, with its span; None if there is none."""
    return next((found[0] for found in all_readings(text, basis) if len(found) == 1), None)


def are_readings(one: Interval, other: Interval) -> bool:
    """Whether two days are the two readings of one date in figures."""
    parts = [i.start.split("-") for i in (one, other)]
    (year, month, day), turned = parts[0], parts[1]
    return one.precision == other.precision == "day" and month != day and turned == [year, day, month]


def order_of_figures(text: str) -> str | None:
    """Return whether the dates in figures in a text have the "day" or the "month" first; None if nothing tells."""
    told = {
        "day" if int(m["first"]) > _YEAR_MONTHS else "month"
        for m in _FIGURES.finditer(text)
        if (int(m["first"]) > _YEAR_MONTHS) != (int(m["second"]) > _YEAR_MONTHS)
    }
    return told.pop() if len(told) == 1 else None


def find_day(text: str) -> Span | None:
    """Return where a date stands, with or without a year, or the words that there is none."""
    dates = readings(text, "text")
    if dates:
        return dates[0].span
    found = next((m for form in _YEARLESS if (m := form.search(text))), None)
    return found.span() if found else None


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing more than a weekday, clock or zone beside it."""
    found = readings(text, "text")
    if not found or not found[0].span:
        return False
    start, end = found[0].span
    rest = _CLOCK.sub(" ", text[:start] + " " + text[end:])
    return all(word.lower() in _BESIDE for word in _WORD.findall(rest)) and not any(c.isdigit() for c in rest)


def address_date(url: str) -> Interval | None:
    """Return the date that an address bears, as in /2011/05/03/ or /2011/may/03/."""
    for form in _ADDRESS:
        found = form.search(url)
        days = _read(found) if found else ()
        if days:
            return _interval(days[0], "url")
    return None


def _read(match: re.Match[str]) -> tuple[Days, ...]:
    """Return the days that a date stands for: two where day and month can be read either way round."""
    groups = match.groupdict()
    year, named, day = int(groups["year"]), groups["month"].lower(), int(groups.get("day") or 0)
    if year < 100:  # noqa: PLR2004 -- two figures
        year += 1900 if year >= _CENTURY_TURNS else 2000
    month = int(named) if named.isdigit() else _MONTHS.get(named, 0)
    turnable = named.isdigit() and day and match.start("day") < match.start("month") and month != day
    pairs = [(month, day), (day, month)] if turnable else [(month, day)]
    return tuple(days for m, d in pairs if m and (days := _days(year, m, d or None)))


def _interval(days: Days, basis: str, span: Span | None = None) -> Interval:
    return Interval(start=days[0].isoformat(), end=days[1].isoformat(), precision=days[2], basis=basis, span=span)


def window(notice: str, retrieved: Interval, span: Span | None = None) -> Interval | None:
    """Return the days on which a page may have appeared that told its age on the day of retrieval.

    Age is counted in whole units: "over 11 years, 7 months old" is at least
    that and less than 11 years and 8 months; "5 years ago" is less than 6;
    "about 5 years" may be rounded up, and is at least 4.
    """
    ages = _UNIT.findall(notice)
    if not ages:
        return None
    least = {unit.lower(): _NUMBERS.get(number.lower()) or int(number) for number, unit in ages}
    smallest = next(unit for unit in ("hour", "day", "week", "month", "year") if unit in least)
    most = {**least, smallest: least[smallest] + 1}
    if _ROUNDED.search(notice):
        least = {**least, smallest: max(0, least[smallest] - 1)}
    earliest = _before(date.fromisoformat(retrieved.start), most)
    latest = _before(date.fromisoformat(retrieved.end), least, month_ends=True)
    if not earliest or not latest:
        return None
    if "hour" not in least:
        earliest += timedelta(1)
    return _interval((earliest, latest, "range"), "age notice", span)


def _before(day: date, age: dict[str, int], *, month_ends: bool = False) -> date | None:
    """Return the day that was so long before.

    `month_ends`: what appeared on the 31st is a month old on the last day of a shorter month, as most programs count.
    """
    months = day.year * 12 + day.month - 1 - 12 * age.get("year", 0) - age.get("month", 0)
    year, month = divmod(months, 12)
    if year < _EARLIEST:
        return None
    last, longest = monthrange(day.year, day.month)[1], monthrange(year, month + 1)[1]
    in_months = {"year", "month"} & age.keys()
    turned = date(year, month + 1, longest if month_ends and in_months and day.day == last else min(day.day, longest))
    hours = age.get("hour", 0) + (0 if month_ends else 23)
    return turned - timedelta(days=7 * age.get("week", 0) + age.get("day", 0) + hours // 24)
