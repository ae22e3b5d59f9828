"""Values of filters as people write them, in an address or on the command line: text in, fields of `Filter` out."""

import re
from calendar import IllegalMonthError, monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from byline.errors import ConfigurationError

Parameters = Sequence[tuple[str, str]]
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
MOST = 1_000  # characters of a value: no filter needs more


class Parameter(NamedTuple):
    """Which field of `Filter` a parameter sets, how values are read, what it means, and whether it must be there."""

    field: str
    read: Callable[[str, list[str]], object]
    meaning: str
    is_needed: bool = False


Readers = Mapping[str, Parameter]  # by the parameter's name


class QueryError(ConfigurationError):
    """A parameter of a filter that is not as it has to be."""


def read(given: Parameters, known: Readers) -> dict[str, Any]:
    """Return the values of parameters by their fields; QueryError for one that is unknown, missing or meaningless."""
    fields: dict[str, Any] = {}
    for name, one in known.items():
        if one.is_needed and name not in dict(given):
            raise QueryError(f"The address has no {name}. {one.meaning}")
    for name in dict.fromkeys(name for name, _ in given):
        if name not in known:
            raise QueryError(f"There is no filter {name!r}. There are: {', '.join(sorted(known))}.")
        fields[known[name].field] = known[name].read(name, [value for other, value in given if other == name])
    return fields


def texts(name: str, values: list[str]) -> tuple[str, ...]:
    """Return all values of a parameter."""
    return tuple(text(name, [value]) for value in values)


def codes(name: str, values: list[str]) -> tuple[str, ...]:
    """Return all values of a parameter, of which the empty one stands for what is not known."""
    return texts(name, values)


def whole(name: str, values: list[str]) -> str:
    """Return a value that is given once, letter by letter."""
    return _only(name, values)


def text(name: str, values: list[str]) -> str:
    """Return a value that is given once."""
    value = _only(name, values).replace("\0", "").strip()
    if len(value) > MOST:
        raise QueryError(f"{name} is {len(value):,} characters long. At most {MOST:,} are looked for.")
    return value


def words(name: str, values: list[str]) -> str:
    """Return words and "phrases in quotation marks" in FTS5's syntax, all of which a document must have."""
    found = (phrase or word for phrase, word in _PHRASE.findall(text(name, values)))
    quoted = [f'"{words.strip(chr(34))}"' for words in found if re.search(r"\w", words)]
    if not quoted:
        raise QueryError(f"{name} has no words to look for.")
    return " ".join(quoted)


def day_first(name: str, values: list[str]) -> str:
    """Return the first day of a day, month or year."""
    return _days(name, values)[0].isoformat()


def day_last(name: str, values: list[str]) -> str:
    """Return the last day of a day, month or year."""
    return _days(name, values)[1].isoformat()


def _days(name: str, values: list[str]) -> tuple[date, date]:
    """Return the first and the last day of a day, month or year."""
    value = _only(name, values).strip()
    try:
        year, month, day = (int(part) if part else None for part in _matched(value))
        assert year is not None
        end = monthrange(year, month or 12)[1]
        return date(year, month or 1, day or 1), date(year, month or 12, day or end)
    except (ValueError, IllegalMonthError) as error:
        raise QueryError(f"{name} is {value[:40]!r}. Give a day, month or year: 2008-04-01, 2008-04, 2008.") from error


def _matched(value: str) -> tuple[str | None, ...]:
    found = _DAY.fullmatch(value)
    if found is None:
        raise ValueError(value)
    return found.groups()


def number(name: str, values: list[str]) -> int:
    """Return a whole number from 1 on."""
    value = _only(name, values).strip()
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < 1:
        raise QueryError(f"{name} is {value[:40]!r}. Give a whole number from 1 on.")
    return int(value)


def flag(name: str, values: list[str]) -> bool:
    """Return whether yes or no is given."""
    value = _only(name, values).strip()
    if value not in {"yes", "no"}:
        raise QueryError(f"{name} is {value[:40]!r}. Give yes or no.")
    return value == "yes"


def box(name: str, values: list[str]) -> tuple[float, float, float, float]:
    """Return west, south, east, north in degrees."""
    value = _only(name, values)
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError as error:
        raise QueryError(f"{name} is {value[:60]!r}. Give west,south,east,north in degrees.") from error
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):  # noqa: PLR2004 -- degrees
        raise QueryError(f"{name} is {value[:60]!r}: longitudes lie within 180 degrees, latitudes within 90.")
    return west, south, east, north


def _only(name: str, values: list[str]) -> str:
    if len(values) > 1:
        raise QueryError(f"{name} is given {len(values)} times. Give it once.")
    return values[0]


EVENTS: Readers = {
    "first": Parameter("first", day_first, "Not wholly before this day, or the first of this month or year."),
    "last": Parameter("last", day_last, "Not wholly after this day, or the last of this month or year."),
    "box": Parameter("box", box, "West, south, east, north in degrees; west may be east of the date line."),
    "type": Parameter("types", texts, "Types of events; any of them."),
    "mode": Parameter("modes", codes, "Modes of events; any of them, the empty one: not known."),
    "status": Parameter("statuses", texts, "Whether it happened: actual, denied, planned ...; any of them."),
    "country": Parameter(
        "countries", codes, "Countries where it was, as codes; any of them, the empty one: not known."
    ),
    "outlet": Parameter("outlets", codes, "Outlets that tell it; any of them, the empty one: not known."),
    "actor": Parameter("actor", text, "Part of the name of somebody on either side."),
    "name": Parameter("names", texts, "Whole names of somebody on either side; any of them."),
    "sector": Parameter(
        "sectors", codes, "Sectors of somebody on either side, as codes; any of them, the empty one: of nobody known."
    ),
    "voice": Parameter("voice", text, "Part of the name of a source that tells or denies it."),
    "hurt": Parameter("hurt", flag, "Whether somebody was killed or wounded."),
    "contested": Parameter("contested", flag, "Whether reports of the incident contradict one another."),
    "sources": Parameter("sources", number, "Independent sources that the incident has at least."),
    "text": Parameter("words", words, 'Words and "phrases" that the document has, all of them.'),
    "originals": Parameter("originals_only", flag, "Whether copies are left out."),
}
