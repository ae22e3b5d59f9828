"""Who confirms what a document has told before, without telling it again."""

import pytest

import byline
from byline.linking.confirmations import confirmations
from byline.linking.reports import reports_of
from byline.linking.sources import corroborate

RAID = "Nine people died on Sunday when gunmen attacked a school in Marseille.\n\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Police spokesman Olof Dahl confirmed the incident to this newspaper.", "Olof Dahl"),
        ("The incident was confirmed by Governor Eva Lind.", "Eva Lind"),
        ("The army has confirmed the deaths.", "The army"),
        ("Governor Eva Lind later confirmed the death toll.", "Eva Lind"),
        ("Governor Eva Lind confirmed this.", "Eva Lind"),
    ],
)
def test_who_confirms_it_is_a_source_of_the_report(text: str, name: str) -> None:
    (report,) = (r for r in reports_of(byline.code(RAID + text, published="2021-05-05")) if r.type == "ASSAULT")
    assert [v.source.name for v in report.confirmed_by if v.source] == [name]
    assert [s.name for s in corroborate([report]).sources if s.independent] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The figures could not be independently confirmed.",
        "A police spokesman could not confirm the figures.",
        "The army has not confirmed the incident.",
        "The army confirmed the plan.",
        "Governor Eva Lind confirmed that it had rained.",
        "A police spokesman confirmed the attack.",  # an event of its own, in his voice
        "The army denied the report.",
    ],
)
def test_other_words_confirm_nothing(text: str) -> None:
    assert list(confirmations(byline.code(RAID + text, published="2021-05-05"))) == []


def test_what_was_told_far_above_is_not_what_is_confirmed() -> None:
    text = f"{RAID}Rain fell.\n\nShops closed.\n\nPrices rose.\n\nThe army confirmed the incident."
    assert list(confirmations(byline.code(text, published="2021-05-05"))) == []
