"""Words that all parts of a briefing use: days, places, numbers, and text of others made fit for print."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from byline import knowledge
from byline.export import terminal

WORDS = knowledge.load("report.toml")
MOST: dict[str, int] = WORDS["most"]
NO_DAY, NO_PLACE = "day not known", "place not known"
_COUNTRIES = knowledge.load("countries.toml")["countries"]
# Control characters, those that turn the direction of what follows or are not shown at all, and those of nobody.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)


def days(first: str | None, last: str | None) -> str:
    """Return days in few words, which no line end parts: "4–10 Mar 2006"."""
    return terminal.days(first, last or first).replace(" ", "\N{NO-BREAK SPACE}") if first else NO_DAY


def number(low: int, high: int | None) -> str:
    """Return a number by its bounds; an upper one of None is open."""
    return f"≥ {low:,}" if high is None else terminal.number(low, high)


def kind(type: str) -> str:
    """Return a type as a word of a sentence: "ASSAULT" is "Assault"."""
    return short(type.replace("_", " ").capitalize())


def country(code: str | None) -> str:
    """Return the usual name of a country by its code; the code itself if it is not known."""
    return _COUNTRIES[code]["names"][0] if code in _COUNTRIES else short(code or "")


def where(place: str | None, code: str | None) -> str:
    """Return a place with its country, as far as they are known."""
    name = country(code)
    return ", ".join(dict.fromkeys(filter(None, (place, name)))) or NO_PLACE


def many(number: int, noun: str) -> str:
    """Return a number of things: "1 report", "2,000 reports"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def short(words: str, most: int = MOST["name"]) -> str:
    """Return words on one line; of too many the first."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def listed(words: Iterable[str], most: int) -> str:
    """Return words parted by commas; of too many the first, and how many there are more."""
    found = list(words)
    more = f" and {len(found) - most:,} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def printed(value: Any) -> Any:  # noqa: ANN401 - plain JSON values
    """Return plain data with all characters left out of its texts that are not to be seen."""
    if isinstance(value, str):
        return _UNSEEN.sub("", value)
    if isinstance(value, list):
        return [printed(one) for one in value]
    if isinstance(value, dict):
        return {name: printed(one) for name, one in value.items()}
    return value


def long_day(day: str) -> str:
    """Return an ISO day as words: "1 March 2006"."""
    found = date.fromisoformat(day)
    return f"{found.day} {found:%B %Y}"
