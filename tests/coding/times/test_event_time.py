from typing import Any

import pytest

from byline.coding.times.event_time import Told, times_of
from byline.coding.times.timexes import find_timexes
from byline.records import Interval, Reason
from tests.coding.cases import cases
from tests.coding.times.test_times import parse


def answer(case: dict[str, Any]) -> tuple[Interval | None, Reason]:
    parsed = parse(case["text"], case["published"])
    told = [
        Told(next(t for t in parsed.tokens if t.text == trigger), "ASSAULT", case.get("happened", True))
        for trigger in (*case.get("beside", ()), case["trigger"])
    ]
    return times_of(told, parsed, find_timexes(parsed))[-1]


@pytest.mark.parametrize("case", cases("event_times.json"))
def test_an_event_takes_the_time_that_the_text_gives_it(case: dict[str, Any]) -> None:
    interval, _ = answer(case)
    found = {k: getattr(interval, k, None) for k in ("start", "end", "precision", "basis")}
    assert found == {k: case[k] for k in found}


@pytest.mark.parametrize("case", cases("event_times_not.json"))
def test_an_event_without_a_time_has_none_and_says_why(case: dict[str, Any]) -> None:
    interval, reason = answer(case)
    assert (interval, reason.rule) == (None, case["rule"])


def test_the_span_is_that_of_the_time_expression() -> None:
    interval, reason = answer({"text": "Rebels attacked last week.", "published": "2011-05-10", "trigger": "attacked"})
    assert interval is not None
    assert (interval.span, reason.span, reason.text) == ((16, 25), (16, 25), "last week")
