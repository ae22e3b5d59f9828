"""Times of day at the head of an entry, and the days that they stand for."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

from byline import knowledge
from byline.ingest.dating import find_date, find_day
from byline.records import Interval

_TABLE = knowledge.load("articles.toml")
_NIGHT = 60 * int(_TABLE["limits"]["night"])


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ZONE = rf"(?:{_any(_TABLE['live']['zones'])})\b"
_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_CLOCK = re.compile(
    rf"\W{{0,3}}(?:(?:{_any(_TABLE['live']['before'])})\b\W{{0,3}})?"
    rf"(?:(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>[0-5]\d)(?::[0-5]\d)?(?:\s?{_HALF})?|\s?(?P<bare>[ap])\.?\s?m\b\.?))"
    rf"(?P<zone>[\s,(]{{0,2}}{_ZONE}\)?)?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*[-–—:|•·]\s*|\s+(?=[A-Z\"“‘'«])|\s*\n\s*|\s*$|[^\S\n]+(?=\S)")
_LIVE = re.compile(rf"(?<!\w)(?:{_any(_TABLE['live']['words'])})(?!\w)", re.IGNORECASE)
_INLINE = re.compile(r"([^:–—|\n]{1,30})[:–—|]\s*")  # a day between a time and what is told
_WORD = re.compile(r"[^\W\d_]+")
_DATES = knowledge.load("dates.toml")
_DAY_WORDS = frozenset(
    word.lower()
    for words in (
        *_DATES["months"],
        _DATES["weekdays"],
        _DATES["beside"],
        _TABLE["live"]["zones"],
        ("st", "nd", "rd", "th"),
    )
    for word in words
)
_EDGES = " \t,.:;-–—|()[]*•"
_LINE = 60  # characters of a line that holds a time and a day


class Clock(NamedTuple):
    """A time of day at the head of words: minutes after midnight, words for a day beside it, where the rest begins."""

    minutes: int
    day: str
    end: int


def clock_of(words: str) -> Clock | None:
    """Return the time of day that words begin with; None for "10.45 million" and the like."""
    found = _CLOCK.match(words)
    line = words.partition("\n")[0].rstrip()
    if not found:
        return _after_day(line) if len(line) <= _LINE else None
    minutes = _minutes(found)
    if minutes is None:
        return None
    beside = line[found.end() :]
    if len(line) <= _LINE and _is_day(beside):
        return Clock(minutes, beside.strip(_EDGES), len(line))
    inline = _INLINE.match(words, found.end())
    if inline and _is_day(inline[1]):
        return Clock(minutes, inline[1].strip(_EDGES), inline.end())
    after = _AFTER.match(words, found.end())
    sure = found["half"] or found["bare"] or found["zone"]
    goes_on = words[after.end() : after.end() + 1] if after else ""
    if not after or (not sure and after[0].isspace() and goes_on and not _opens(goes_on)):
        return None
    return Clock(minutes, "", after.end())


def day_of(clock: Clock, page: Interval | None) -> Interval | None:
    """Return the day that the words beside a time name, the latest up to the page's where they name no year."""
    found = find_date(clock.day, "text")
    if not found and page and find_day(clock.day):
        years = (int(page.end[:4]), int(page.end[:4]) - 1)
        dates = (find_date(f"{clock.day.strip(_EDGES)} {year}", "text") for year in years)
        found = next((d for d in dates if d and d.start <= page.end), None)
    return msgspec.structs.replace(found, span=None) if found else None


def _is_day(words: str) -> bool:
    """Whether words are nothing but a day, or a part of one."""
    return bool(words.strip(_EDGES)) and all(w.lower() in _DAY_WORDS for w in _WORD.findall(words))


def _opens(sign: str) -> bool:
    return sign.isupper() or sign in "\"“‘'«"


def _after_day(line: str) -> Clock | None:
    """Return the clock of a line that holds a day and then a time, and nothing more."""
    day = find_day(line)
    found = _CLOCK.fullmatch(line[day[1] :].strip(_EDGES)) if day else None
    minutes = _minutes(found) if found else None
    if not day or minutes is None or not _is_day(line[: day[1]]):
        return None
    return Clock(minutes, line[slice(*day)], len(line))


def _minutes(found: re.Match[str]) -> int | None:
    """Return the minutes after midnight, None if no clock shows such a time."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or found["bare"] or "").lower()
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004 -- of a clock with two halves
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute if hour < 24 else None  # noqa: PLR2004 -- hours of a day


def is_live(head: str) -> bool:
    """Whether the head of a page says that it is written as things happen."""
    return bool(_LIVE.search(head))


def falls(minutes: Sequence[int]) -> bool:
    """Whether times run from the newest to the oldest, nights and a pinned entry aside."""
    down = sum(a > b for a, b in pairwise(minutes))
    return down > sum(a < b for a, b in pairwise(minutes))


def days_of(clocks: Sequence[Clock], page: Interval | None) -> list[Interval | None]:
    """Return the day of each time of day: the one beside it, else the page's, which is that of the earliest.

    A clock that falls back by a night is the next day's; where it falls back by less, it may be the next day's or
    an entry out of its place, and the day is one of both. A day beside it that cannot be read is unknown.
    """
    bare = [i for i, clock in enumerate(clocks) if not clock.day]
    found = [day_of(clock, page) if clock.day else page for clock in clocks]
    if not page or page.precision != "day":
        return found
    order = bare[:: -1 if falls([clocks[i].minutes for i in bare]) else 1]
    nights = perhaps = 0
    for before, now in pairwise(order):
        back = clocks[before].minutes - clocks[now].minutes
        nights += back >= _NIGHT
        perhaps += 0 < back < _NIGHT
        found[now] = _later(page, nights, nights + perhaps)
    return found


def _later(day: Interval, least: int, most: int) -> Interval:
    if not most:
        return day
    start, end = ((date.fromisoformat(day.start) + timedelta(n)).isoformat() for n in (least, most))
    return Interval(start=start, end=end, precision="day" if start == end else "range", basis="clock")
