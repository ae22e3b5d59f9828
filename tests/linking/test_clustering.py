"""Groups do not depend on the order of reports, chains glue nothing, and what reviewers decided holds."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.linking.affinity import LINKED
from byline.linking.clustering import grouped, rank
from byline.records import Decision
from tests.linking.made import report, telling

HIGH = 0.9
REPORTS = [
    report(name, "Courier", telling(uid=f"e-{name}"), published=f"2021-05-{10 + n}") for n, name in enumerate("abcdef")
]
ID = {r.document: r.id for r in REPORTS}


def pairs(*names: str, score: float = HIGH) -> dict[tuple[str, str], float]:
    """Return a score for each pair of two letters."""
    return {(min(ID[a], ID[b]), max(ID[a], ID[b])): score for a, b in names}


def decision(kind: str, events: str, others: str = "") -> Decision:
    return Decision(
        kind=kind,  # type: ignore[arg-type]
        events=tuple(f"e-{c}" for c in events),
        others=tuple(f"e-{c}" for c in others),
        reviewer="R",
        time="2021-06-01T00:00:00Z",
        reason="read both",
    )


def groups(scores: dict[tuple[str, str], float], *decisions: Decision) -> set[str]:
    return {"".join(r.document for r in group) for group in grouped(REPORTS, scores, decisions)}


def test_what_is_alike_is_one() -> None:
    assert groups(pairs("ab", "ac", "bc")) == {"abc", "d", "e", "f"}


def test_a_chain_of_likeness_makes_no_group() -> None:
    assert max(map(len, groups(pairs("ab", "bc", "cd", "de", "ef")))) < len("abcdef")


def test_one_bridge_does_not_make_one_of_two_groups() -> None:
    assert groups(pairs("ab", "ac", "bc", "cd", "de", "df", "ef")) == {"abc", "def"}


def test_reports_of_the_same_text_are_one() -> None:
    copies = [report("a", place) for place in ("Courier", "Herald")]
    assert [len(group) for group in grouped(copies, {})] == [2]


def test_groups_and_reports_stand_in_the_order_of_publication() -> None:
    found = grouped(REPORTS[::-1], pairs("ad", "be"))
    assert [rank(group[0]) for group in found] == sorted(rank(group[0]) for group in found)
    assert all(list(group) == sorted(group, key=rank) for group in found)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ((decision("merge", "d", "e"),), {"abc", "de", "f"}),
        ((decision("split", "a", "b"),), {"ac", "b", "d", "e", "f"}),
        ((decision("exclude", "a"),), {"a", "bc", "d", "e", "f"}),
        ((decision("split", "a", "d"), decision("merge", "a", "d")), {"abcd", "e", "f"}),
        ((decision("merge", "d", "e"), decision("split", "d", "e")), {"abc", "d", "e", "f"}),
        ((decision("split", "d", "f"), decision("merge", "d", "e"), decision("merge", "e", "f")), {"abc", "def"}),
        ((decision("merge", "a", "d"), decision("exclude", "a")), {"a", "bc", "d", "e", "f"}),
        ((decision("exclude", "d"), decision("merge", "d", "e")), {"abc", "de", "f"}),
        ((decision("merge", "x", "y"),), {"abc", "d", "e", "f"}),
    ],
)
def test_decisions_bind_and_the_later_one_holds(decisions: tuple[Decision, ...], expected: set[str]) -> None:
    assert groups(pairs("ab", "ac", "bc"), *decisions) == expected


SCORES = st.dictionaries(
    st.sampled_from(["".join(pair) for pair in combinations("abcdef", 2)]), st.sampled_from([0.1, 0.2, 0.5, 0.5, 0.9])
)


@given(SCORES, st.permutations(REPORTS), st.randoms())
def test_the_order_of_arrival_makes_no_difference(scores: dict[str, float], shuffled: list, dice: object) -> None:  # type: ignore[type-arg]
    given_scores = [item for name, score in scores.items() for item in pairs(name, score=score).items()]
    dice.shuffle(given_scores)  # type: ignore[attr-defined]
    assert grouped(shuffled, dict(given_scores)) == grouped(REPORTS, dict(sorted(given_scores)))


@given(SCORES)
def test_no_group_spans_what_is_not_connected(scores: dict[str, float]) -> None:
    close = [set(name) for name, score in scores.items() if score >= LINKED]
    for group in groups({k: v for name, score in scores.items() for k, v in pairs(name, score=score).items()}):
        reached = {group[0]}
        for _ in group:
            reached |= {c for pair in close if pair & reached for c in pair}
        assert set(group) <= reached
