import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest.containers.stamps import day_of


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2011-05-03", "2011-05-03"),
        (" 2011-05-03T23:30:00-05:00 ", "2011-05-03"),
        ("2011-05-03 10:00:00.123456789", "2011-05-03"),
        ("20110503", "2011-05-03"),
        ("20110503T100000Z", "2011-05-03"),
        ("20110503100000", "2011-05-03"),
        ("1304416800", "2011-05-03"),
        ("1304416800.5", "2011-05-03"),
        ("1304416800000", "2011-05-03"),
        ("Tue, 03 May 2011 23:30:00 -0500", "2011-05-03"),
        ("Tue, 3 May 11 10:00:00 GMT", "2011-05-03"),
        ("Tuesday, May 3, 2011", "2011-05-03"),
        ("3 May 2011", "2011-05-03"),
        ("25/05/2011", "2011-05-25"),
    ],
)
def test_a_stamp_is_a_day(written: str, day: str) -> None:
    found = day_of(written)
    assert found
    assert (found.start, found.end, found.basis, found.span) == (day, day, "metadata", None)


@pytest.mark.parametrize("written", ["2011-05", "May 2011"])
def test_a_month_stays_one(written: str) -> None:
    found = day_of(written)
    assert found
    assert (found.start, found.end, found.precision) == ("2011-05-01", "2011-05-31", "month")


@pytest.mark.parametrize(
    "written", ["", "soon", "2011-02-30", "08/09/2007", "12", "123456", "9" * 15, "9" * 5000, "x" * 200]
)
def test_what_is_no_day_or_could_be_two_is_unknown(written: str) -> None:
    assert day_of(written) is None


@given(st.text(alphabet="0123456789-/.:TZ +,MayTue", max_size=40))
def test_no_stamp_raises(written: str) -> None:
    day_of(written)
