"""Agreement as its authors computed it, and where reviewers differ."""

import pytest

from byline.export.agreement import agreement, alpha, differences, kappa
from byline.records import Mention
from byline.reviews import Facts, Review

# Nominal data of four observers, a unit a row (Krippendorff 2011, section C).
OBSERVED = ["111", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "555", "11", "3"]


def test_alpha_of_nominal_values_with_gaps() -> None:
    assert alpha(OBSERVED) == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_two_judges() -> None:  # ten units, section A: 0 or 1
    ones, others = "0100000000", "1110010100"
    assert alpha(list(zip(ones, others, strict=True))) == pytest.approx(0.095, abs=0.0005)


def test_kappa_of_two_judges() -> None:  # 50 people, 20 yes by both, 15 no by both, 5 and 10 apart
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize("pairs", [[], [("yes", "yes")] * 3])
def test_there_is_no_kappa_where_nothing_could_differ(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) is None
    assert alpha(pairs) is None


def said(event: str, reviewer: str, kind: str = "accept", document: str = "d", **facts: object) -> Review:
    told = Facts(type="PROTEST", trigger=Mention(span=(0, 5), text="march"))
    return Review(
        kind=kind,  # type: ignore[arg-type]
        event=event,
        document=document,
        facts=Facts(**{name: getattr(told, name) for name in told.__struct_fields__} | facts),
        reviewer=reviewer,
        time="2024-05-02T10:00:00+00:00",
    )


def test_two_agree_on_what_both_have_judged() -> None:
    found = agreement(
        [
            said("u1", "Ada"), said("u1", "Ben"), said("u2", "Ada"), said("u2", "Ben", "reject"),
            said("u3", "Ada"), said("u4", "Ada", "reject"), said("u4", "Ben", "reject"),
        ]
    )  # fmt: skip
    verdict, type_ = found[0], found[1]
    assert (verdict.reviewers, verdict.field, verdict.events, verdict.same) == (
        ("Ada", "Ben"),
        "accept or reject",
        3,
        2,
    )
    assert verdict.kappa == pytest.approx(0.4)
    assert (type_.field, type_.events, type_.same, type_.kappa) == ("type", 1, 1, None)


def test_of_three_each_two_are_compared_and_all() -> None:
    found = agreement([said("u1", name) for name in ("Ada", "Ben", "Cleo")])
    groups = list(dict.fromkeys(one.reviewers for one in found))
    assert groups == [("Ada", "Ben"), ("Ada", "Cleo"), ("Ben", "Cleo"), ("Ada", "Ben", "Cleo")]


def test_differences_are_of_the_verdict_or_of_fields() -> None:
    found = list(
        differences(
            [
                said("u1", "Ada"), said("u1", "Ben"), said("u2", "Ada"), said("u2", "Ben", "reject"),
                said("u3", "Ada"), said("u3", "Ben", "edit", status="planned", start="2024-05-01", end="2024-05-01"),
            ]
        )
    )  # fmt: skip
    assert [(one.event, one.fields) for one in found] == [
        ("u2", ("accept or reject",)),
        ("u3", ("status", "start", "end")),
    ]


def test_a_missed_event_that_one_has_added_is_a_difference_where_another_has_read() -> None:
    alone = [said("u1", "Ada", "add")]
    assert list(differences(alone)) == []
    (found,) = differences([*alone, said("u2", "Ben")])
    assert (found.event, found.fields) == ("u1", ("added by one",))


def test_an_adjudication_settles_and_counts_for_no_reviewer() -> None:
    settled = said("u1", "Cleo", "adjudicate")
    judged = [said("u1", "Ada"), said("u1", "Ben", "reject"), settled]
    (found,) = differences(judged)
    assert found.settled == settled
    assert {one.reviewers for one in agreement(judged)} == {("Ada", "Ben")}
