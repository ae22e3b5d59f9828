"""The timeline of a briefing."""

from byline.report.charts import timeline_of
from tests.report.test_maps import one


def test_bars_are_counted_and_those_without_a_day_are_told() -> None:
    import msgspec  # noqa: PLC0415 - one use

    dated = [one(1, None, None), one(2, None, None)]
    contested = msgspec.structs.replace(one(3, None, None), contested=True)
    undated = msgspec.structs.replace(one(4, None, None), start=None)
    (drawn,) = timeline_of([*dated, contested, undated])
    assert drawn.svg.count('fill="url(#hatch)"') == 1
    assert "1 incident without a known day" in drawn.caption
    assert "most, 3, on 5\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2021" in drawn.alt


def test_there_is_none_of_no_days() -> None:
    assert timeline_of([]) == ()
