"""Hard sentences: what must be found in them, and sentences in which nothing happens.

They are data, in tests/cases. Those that fail today stand in known_failures.txt
with a reason; one that is mended must be taken off that list.
"""

import pytest

import byline
from tests.matching import Case, faults, find_words, read_cases, read_known_failures, told_as_happened

HARD = read_cases("hard.jsonl")
QUIET = read_cases("quiet.jsonl")
KNOWN = {case: reason for case, reason in read_known_failures().items() if ":" not in case}


def params(cases: list[Case]) -> list[object]:
    """Return pytest's parameters; a known failure is a strict one."""
    return [
        pytest.param(
            case,
            id=case.id,
            marks=[pytest.mark.xfail(reason=KNOWN[case.id], strict=True, raises=AssertionError)]
            if case.id in KNOWN
            else [],
        )
        for case in cases
    ]


@pytest.mark.parametrize("case", params(HARD))
def test_a_hard_sentence_gives_its_events(case: Case) -> None:
    document = byline.code(case.text, published=case.published)
    wrong = [fault for expected in case.expect for fault in faults(expected, document)]
    wrong += [f"{words}: told as having happened" for words in case.never if told_as_happened(words, document)]
    assert not wrong, f"{case.label}: {'; '.join(wrong)} | {case.text}"


@pytest.mark.parametrize("case", params(QUIET))
def test_a_quiet_sentence_tells_of_nothing_that_happened(case: Case) -> None:
    document = byline.code(case.text)
    told = [f"{event.type} {event.trigger.text}" for event in document.events if event.happened]
    assert not told, f"{case.label}: {'; '.join(told)} | {case.text}"


@pytest.mark.parametrize("case", HARD, ids=lambda case: case.id)
def test_the_words_of_a_case_stand_once_in_its_text(case: Case) -> None:
    for words in (*(expected.trigger for expected in case.expect), *case.never):
        find_words(words, case.text)


def test_no_two_cases_share_an_id_or_a_text() -> None:
    cases = HARD + QUIET
    assert len({case.id for case in cases}) == len(cases)
    assert len({case.text for case in cases}) == len(cases)


def test_every_known_failure_is_a_case() -> None:
    assert set(KNOWN) <= {case.id for case in HARD + QUIET}
