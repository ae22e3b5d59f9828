"""Codes of countries by list and time: whole, well-formed, the one that holds on a day, and none that is guessed."""

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline import knowledge
from byline.export.codes import System, code, name

COUNTRIES = knowledge.load("countries.toml")["countries"]
CODES = knowledge.load("country_codes.toml")["countries"]
SYSTEMS: tuple[System, ...] = ("numeric", "fips", "cow", "gw")
FORMS = {"numeric": r"[1-9]\d{0,2}", "fips": "[A-Z]{2}", "cow": r"[1-9]\d{0,2}", "gw": r"[1-9]\d{0,2}"}
DAY = r"(\d{4}(-\d\d-\d\d)?)?"
HEIRS = {"RUS", "SUN"}, {"SRB", "SCG", "YUG"}, {"DEU", "DDR"}, {"YEM", "YMD"}


def periods(country: str, system: str) -> list[tuple[str, str, str]]:
    written = CODES[country].get(system)
    parts = (words.partition(" ") for words in written.split(", ")) if written else ()
    return [(one, *days.partition("..")[::2]) for one, _, days in parts]


def test_every_country_has_its_line() -> None:
    assert list(CODES) == list(COUNTRIES)


@pytest.mark.parametrize("system", SYSTEMS)
def test_codes_are_of_their_lists_form_and_periods_follow_one_another(system: str) -> None:
    for country in CODES:
        found = periods(country, system)
        for one, first, last in found:
            assert re.fullmatch(FORMS[system], one)
            assert re.fullmatch(DAY, first)
            assert re.fullmatch(DAY, last)
            assert not last or first <= last
        for (_, _, last), (_, first, _) in pairwise(found):
            assert last
            assert first >= last[:4]


@pytest.mark.parametrize("system", SYSTEMS)
def test_two_countries_have_one_code_only_if_one_came_of_the_other(system: str) -> None:
    for one, other in combinations(CODES, 2):
        shared = {c for c, _, _ in periods(one, system)} & {c for c, _, _ in periods(other, system)}
        assert not shared or any({one, other} <= heirs for heirs in HEIRS), (one, other, shared)


KNOWN: list[tuple[str, System, str | None, str | int]] = [
    ("FRA", "alpha2", None, "FR"),
    ("FRA", "numeric", "1999", 250),
    ("FRA", "gw", "1950-02-03", 220),
    ("DEU", "cow", "1990-05-01", 260),
    ("DEU", "cow", "1990-10-03", 255),
    ("DEU", "gw", "2001", 260),
    ("DDR", "gw", "1989-11-09", 265),
    ("YEM", "cow", "1990-05-21", 678),
    ("YEM", "cow", "1990-05-22", 679),
    ("VNM", "gw", "1980", 816),
    ("YUG", "gw", "1999-03-24", 345),
    ("SRB", "gw", "2010", 340),
    ("SRB", "cow", "2010", 345),
    ("KIR", "cow", "2005", 946),
    ("KIR", "gw", "2005", 970),
    ("SYR", "cow", "1961-10-01", 652),
    ("SDN", "numeric", "2011-07-08", 736),
    ("SDN", "numeric", "2011-07-09", 729),
    ("SSD", "fips", "2009", "OD"),
    ("POL", "cow", None, 290),
    ("XKX", "gw", "2008-02-17", 347),
]
BLANK: list[tuple[str | None, System, str | None]] = [
    ("DEU", "cow", "1990"),
    ("DEU", "cow", "1950"),
    ("YEM", "cow", None),
    ("SYR", "gw", "1960"),
    ("POL", "cow", "1942"),
    ("SSD", "gw", "2010"),
    ("SUN", "gw", "1995"),
    ("DDR", "numeric", "1990-10-03"),
    ("VNM", "gw", "1970"),
    ("XKX", "numeric", None),
    ("PSE", "fips", None),
    ("HKG", "cow", "2020"),
    ("IGO", "gw", None),
    ("IGO", "alpha2", None),
    (None, "gw", "2020"),
]


@pytest.mark.parametrize(("country", "system", "when", "expected"), KNOWN)
def test_a_country_has_the_code_of_its_time(
    country: str, system: System, when: str | None, expected: str | int
) -> None:
    assert code(country, system, when) == expected


@pytest.mark.parametrize(("country", "system", "when"), BLANK)
def test_where_there_is_none_or_more_than_one_nothing_is_guessed(
    country: str | None, system: System, when: str | None
) -> None:
    assert code(country, system, when) is None


DAYS = st.dates().map(lambda day: day.isoformat())


@given(st.sampled_from(sorted(CODES)), st.sampled_from(SYSTEMS), DAYS)
def test_no_day_has_another_code_than_its_year(country: str, system: System, day: str) -> None:
    known = {one for one, _, _ in periods(country, system)}
    found = code(country, system, day)
    assert found is None or str(found) in known
    wider = code(country, system, day[:4])
    assert wider is None or found in {wider, None}


@pytest.mark.parametrize(
    ("country", "expected"), [("PRT", "Portugal"), ("COD", "Democratic Republic of Congo"), ("IGO", None), (None, None)]
)
def test_a_country_has_its_usual_name(country: str | None, expected: str | None) -> None:
    assert name(country) == expected
