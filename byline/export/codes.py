"""Country codes of other data sets: ISO 3166-1, FIPS 10-4, Correlates of War, Gleditsch and Ward."""

from functools import cache
from typing import Literal, NamedTuple, get_args, overload

from byline import knowledge

Letters = Literal["alpha2", "fips"]
Numbers = Literal["numeric", "cow", "gw"]
System = Letters | Numbers
_NUMBERS = frozenset(get_args(Numbers))


class _Period(NamedTuple):
    """A code, and the first and last day or year for which it holds; "" is open."""

    code: str
    first: str
    last: str


@overload
def code(country: str | None, system: Letters, when: str | None = None) -> str | None: ...
@overload
def code(country: str | None, system: Numbers, when: str | None = None) -> int | None: ...
@overload
def code(country: str | None, system: System, when: str | None = None) -> str | int | None: ...
def code(country: str | None, system: System, when: str | None = None) -> str | int | None:
    """Return the code that a system has for a country (ISO alpha-3) at a time; numbers for numeric, COW and GW.

    `when` is an ISO date or the beginning of one ("1990"); None is any time. None is returned if there is no code
    for that time, or more than one: in 1990 COW has two for Germany, on 1 May 1990 it has one.
    """
    found = {period.code for period in _periods(country or "", system) if _holds(period, when or "")}
    if len(found) != 1:
        return None
    (only,) = found
    return int(only) if system in _NUMBERS else only


def name(country: str | None) -> str | None:
    """Return the usual English name of a country (ISO alpha-3); None if there is none."""
    known = knowledge.load("countries.toml")["countries"].get(country)
    return str(known["names"][0]) if known else None


@cache
def _periods(country: str, system: System) -> tuple[_Period, ...]:
    if system == "alpha2":
        known = knowledge.load("countries.toml")["countries"].get(country)
        return (_Period(known["alpha2"], "", ""),) if known else ()
    written = knowledge.load("country_codes.toml")["countries"].get(country, {}).get(system, "")
    return tuple(map(_period, written.split(", "))) if written else ()


def _period(words: str) -> _Period:
    code, _, days = words.partition(" ")
    first, _, last = days.partition("..")
    return _Period(code, first, last)


def _holds(period: _Period, when: str) -> bool:
    """Tell whether a period has a day in common with a time; days, months and years are compared as far as both go."""
    begun = period.first[: len(when)] <= when[: len(period.first)]
    return begun and (not period.last or when[: len(period.last)] <= period.last[: len(when)])
