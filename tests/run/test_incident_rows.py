"""What the archive's views make of tolls is what the rules of the same names make of them."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from byline.accounts import Contest, Saying, Value
from byline.linking.rollups import RULES, rollup
from byline.records import Interval
from byline.run.incident_rows import value_rows
from byline.store import Archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(tmp_path_factory.mktemp("archive") / "a.byline", write=True) as archive:
        archive.execute("PRAGMA foreign_keys = OFF")  # values stand alone here
        yield archive


def saying(source: int, day: int | None, *, official: bool) -> Saying:
    """Return who says a value; who a source is decides whether it is independent."""
    when = f"2006-03-{day:02}" if day else None
    return Saying(
        source=f"s{source}", name=f"Source {source}", sector="GOV" if official else None, independent=source % 2 == 0,
        published=Interval(start=when, end=when, basis="given") if when else None, report="u1", document="d", file="f",
    )  # fmt: skip


def value(low: int, more: int | None, sayings: list[Saying]) -> Value:
    high = None if more is None else low + more
    return Value(
        id="", text=f"{low}", low=low, best=low if more is None else low + more // 2, high=high, sayings=tuple(sayings)
    )


SAYINGS = st.builds(saying, st.integers(1, 5), st.none() | st.integers(1, 4), official=st.booleans())
VALUES = st.builds(value, st.integers(0, 9), st.none() | st.integers(0, 5), st.lists(SAYINGS, min_size=1, max_size=4))


@given(st.lists(VALUES, min_size=1, max_size=5, unique_by=lambda v: (v.low, v.high)))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_view_gives_what_the_rule_of_its_name_gives(archive: Archive, given: list[Value]) -> None:
    values = tuple(
        Value(**{**{n: getattr(v, n) for n in v.__struct_fields__}, "id": f"v{n}"}) for n, v in enumerate(given, 1)
    )
    rows = list(value_rows(Contest(field="killed", values=values), {("u1", "f"): 1}))
    archive.execute("DELETE FROM incident_values")
    for number, row in enumerate(rows):
        names = {"incident": "u1", "number": number, **row}
        archive.execute(f"INSERT INTO incident_values ({', '.join(names)}) VALUES (:{', :'.join(names)})", names)  # noqa: S608
    for rule in RULES:
        expected = rollup(rule, values)
        found = archive.execute(f"SELECT low, high FROM tolls_{rule} WHERE incident = 'u1'").fetchone()  # noqa: S608
        assert found == (expected and (expected.low, expected.high)), rule
