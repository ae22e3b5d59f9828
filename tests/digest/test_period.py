"""The period of a digest, as users say it."""

from datetime import datetime, timedelta, timezone

import pytest

from byline.digest.period import Period, period
from byline.errors import ConfigurationError

NOW = datetime(2026, 1, 5, 7, 30, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("today", None, "2026-01-04T22:00:00+00:00", "2026-01-05T05:30:00+00:00"),
        ("yesterday", None, "2026-01-03T22:00:00+00:00", "2026-01-05T05:30:00+00:00"),
        ("1 day", "yesterday", "2026-01-03T22:00:00+00:00", "2026-01-04T22:00:00+00:00"),
        ("7 days", None, "2025-12-28T22:00:00+00:00", "2026-01-05T05:30:00+00:00"),
        ("2025-12-24", "2025-12-24", "2025-12-23T22:00:00+00:00", "2025-12-24T22:00:00+00:00"),
        ("yesterday", "2030-01-01", "2026-01-03T22:00:00+00:00", "2026-01-05T05:30:00+00:00"),
    ],
)
def test_days_are_those_of_the_users_time_zone(since: str, until: str | None, first: str, last: str) -> None:
    assert period(since, until, NOW) == Period(first, last)


@pytest.mark.parametrize(
    "since", ["", "tomorrow", "last week", "9999 days 1", "9999999 days", "2026-13-01", "05.01.2026"]
)
def test_what_is_no_day_is_said_to_be_none(since: str) -> None:
    with pytest.raises(ConfigurationError, match="is no day"):
        period(since, None, NOW)


@pytest.mark.parametrize(("since", "until"), [("2026-01-06", None), ("today", "yesterday")])
def test_a_period_in_which_nothing_lies_is_refused(since: str, until: str | None) -> None:
    with pytest.raises(ConfigurationError, match="Nothing lies between"):
        period(since, until, NOW)
