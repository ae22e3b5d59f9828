"""What a view shows, as its address says: the query string as a filter of events, and back.

All views take the same parameters, so that a link opens the same selection everywhere, as a page and as data.
"""

import re
from calendar import IllegalMonthError, monthrange
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from byline.errors import BylineError
from byline.store import Filter

Parameters = Sequence[tuple[str, str]]
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_MOST = 1_000  # characters of a value: no filter needs more


class QueryError(BylineError):
    """A parameter of an address that is not as it has to be."""


class Selection(NamedTuple):
    """A filter, the parameters that say it, and which page of it is shown, from 1 on."""

    wanted: Filter
    parameters: tuple[tuple[str, str], ...]
    page: int = 1

    def address(self, *, without: Iterable[str] = (), **values: str) -> str:
        """Return the query string of this selection with some parameters changed; "" for none."""
        gone = {*without, *values, "page"}
        kept = [(name, value) for name, value in self.parameters if name not in gone]
        added = [(name.rstrip("_"), value) for name, value in values.items() if value]
        return f"?{urlencode(kept + added)}" if kept or added else ""

    def values(self, name: str) -> list[str]:
        """Return what the address gives for a parameter."""
        return [value for known, value in self.parameters if known == name]


def selection(query: Parameters) -> Selection:
    """Return what a query string asks for; QueryError for a parameter that is unknown or has no meaning."""
    given = [(name, value) for name, value in query if value.strip()]
    fields: dict[str, Any] = {}
    for name in dict.fromkeys(name for name, _ in given):
        if name not in _READ:
            raise QueryError(f"There is no filter {name!r}. There are: {', '.join(sorted(_READ))}.")
        field, read = _READ[name]
        fields[field] = read(name, [value for known, value in given if known == name])
    page = fields.pop("page", 1)
    assert isinstance(page, int)
    return Selection(Filter()._replace(**fields), tuple(given), page)


def _texts(name: str, values: list[str]) -> tuple[str, ...]:
    return tuple(_text(name, [value]) for value in values)


def _text(name: str, values: list[str]) -> str:
    value = _only(name, values).replace("\0", "").strip()
    if len(value) > _MOST:
        raise QueryError(f"{name} is {len(value):,} characters long. At most {_MOST:,} are looked for.")
    return value


def _words(name: str, values: list[str]) -> str:
    """Return words and "phrases in quotation marks" in FTS5's syntax, all of which a document must have."""
    found = (phrase or word for phrase, word in _PHRASE.findall(_text(name, values)))
    quoted = [f'"{words.strip(chr(34))}"' for words in found if re.search(r"\w", words)]
    if not quoted:
        raise QueryError(f"{name} has no words to look for.")
    return " ".join(quoted)


def _first(name: str, values: list[str]) -> str:
    return _days(name, values)[0].isoformat()


def _last(name: str, values: list[str]) -> str:
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


def _number(name: str, values: list[str]) -> int:
    value = _only(name, values).strip()
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < 1:
        raise QueryError(f"{name} is {value[:40]!r}. Give a whole number from 1 on.")
    return int(value)


def _flag(name: str, values: list[str]) -> bool:
    value = _only(name, values).strip()
    if value not in {"yes", "no"}:
        raise QueryError(f"{name} is {value[:40]!r}. Give yes or no.")
    return value == "yes"


def _box(name: str, values: list[str]) -> tuple[float, float, float, float]:
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


_READ: dict[str, tuple[str, Callable[[str, list[str]], object]]] = {
    "first": ("first", _first),
    "last": ("last", _last),
    "box": ("box", _box),
    "type": ("types", _texts),
    "mode": ("modes", _texts),
    "status": ("statuses", _texts),
    "country": ("countries", _texts),
    "outlet": ("outlets", _texts),
    "actor": ("actor", _text),
    "sector": ("sectors", _texts),
    "voice": ("voice", _text),
    "hurt": ("hurt", _flag),
    "contested": ("contested", _flag),
    "sources": ("sources", _number),
    "text": ("words", _words),
    "originals": ("originals_only", _flag),
    "page": ("page", _number),
}
