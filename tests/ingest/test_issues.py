import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.ingest.issues import Issue, Numbering, numbering_of

THROUGH = Numbering(in_volumes=False)
ANEW = Numbering(in_volumes=True, begins_anew=True)


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("2095", (0, 2095, 2095)),
        ("No. 2,095", (0, 2095, 2095)),
        ("2095/96", (0, 2095, 2096)),
        ("2095/6", (0, 2095, 2096)),
        ("2095-2096", (0, 2095, 2096)),
        ("1999/00", (0, 1999, 2000)),
        ("3/4", (0, 3, 4)),
    ],
)
def test_numbers_run_through(words: str, issue: tuple[int, int, int]) -> None:
    assert THROUGH.parse(words) == Issue(*issue)


@pytest.mark.parametrize("words", ["", "x", "2095/12", "1/2/3/4", "2.5", "A12B", "9" * 90, "12/3/4"])
def test_what_is_no_issue_has_no_number(words: str) -> None:
    assert THROUGH.parse(words) is None


@pytest.mark.parametrize(
    ("words", "issue"), [("12/3", (12, 3, 3)), ("Vol 12 No 3", (12, 3, 3)), ("12/3/4", (12, 3, 4)), ("3/4", (3, 4, 4))]
)
def test_numbers_stand_in_volumes(words: str, issue: tuple[int, int, int]) -> None:
    assert ANEW.parse(words) == Issue(*issue)


def test_a_number_without_a_volume_is_none_where_numbers_stand_in_volumes() -> None:
    assert ANEW.parse("12") is None


@pytest.mark.parametrize(
    ("written", "numbering"),
    [
        (["2094", "2095/96", "2097"], THROUGH),
        (["1/11", "1/12", "2/1", "2/2"], ANEW),
        (["1/11", "1/12", "2/13", "2/14"], Numbering(in_volumes=True, begins_anew=False)),
        ([], THROUGH),
    ],
)
def test_how_issues_are_numbered_is_told_by_most_of_them(written: list[str], numbering: Numbering) -> None:
    assert numbering_of(written) == numbering


def test_steps_lead_from_number_to_number_and_from_one_at_the_start_of_a_volume() -> None:
    assert Issue(0, 2095, 2096).steps_to(Issue(0, 2099, 2099)) == 3
    assert Issue(1, 11, 11).steps_to(Issue(2, 4, 4)) == 4


@given(st.text())
def test_any_words_are_read_or_refused(words: str) -> None:
    assert all(n.parse(words) is None or n.parse(words) for n in (THROUGH, ANEW))
    numbering_of([words])
