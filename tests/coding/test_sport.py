"""Words of war in reports of matches are no events; harm done at a match is one."""

import pytest

import byline

MATCHES = (
    "Rovers launched a late assault on the visitors' goal, and Danjuma fired home from twenty yards.",
    "The visitors bombarded the keeper after the interval, and the captain pulled one back before half-time.",
    "The home side were ambushed by two early goals and surrendered the lead before half-time.",
    "The Colts attacked the quarterback on every play and won the game in overtime.",
)
NO_MATCHES = (
    "A bomb killed nine people outside the stadium where the cup final was to be played, police said.",
    "Gunmen attacked the team bus on its way to the match and wounded two players of the visiting side.",
    "Fans attacked the referee after the match and chased the players of the home side off the pitch.",
    "Rebels attacked the village at night. The team of monitors left at the end of the season.",
    "Soldiers shelled the courthouse for the second time this season.",
)


@pytest.mark.parametrize("text", MATCHES)
def test_words_of_war_in_a_match_are_not_told_as_having_happened(text: str) -> None:
    events = [e for e in byline.code(text).events if e.type in {"ASSAULT", "RETREAT"}]
    assert events
    assert {e.status for e in events} == {"hypothetical"}
    assert all(r.rule.startswith("sport") for e in events for r in e.reasons if r.field == "status")


@pytest.mark.parametrize("text", NO_MATCHES)
def test_harm_done_at_a_match_and_plain_news_stay_as_they_are(text: str) -> None:
    assert [e for e in byline.code(text).events if e.type == "ASSAULT" and e.happened]


def test_a_report_of_a_match_is_one_in_all_its_paragraphs() -> None:
    text = (
        "The striker scored a hat-trick before half-time, and the goalkeeper saved a penalty in the semi-final.\n\n"
        "They attacked again after the break.\n\n"
        "Police arrested two supporters who attacked a steward."
    )
    told = [(e.trigger.text, e.happened) for e in byline.code(text).events]
    assert told == [("attacked", False), ("arrested", True), ("attacked", True)]
