"""Who does it and to whom."""

import pytest

import byline
from byline.records import Event


def event(text: str, trigger: str) -> Event:
    """Return the event at a word."""
    return next(e for e in byline.code(text).events if trigger in e.trigger.text.split())


def words(text: str, trigger: str) -> tuple[str, str]:
    """Return actors and recipients of the event at a word, joined by semicolons."""
    found = event(text, trigger)
    return "; ".join(m.text for m in found.actors), "; ".join(m.text for m in found.recipients)


@pytest.mark.parametrize(
    ("text", "trigger", "actors", "recipients"),
    [
        ("Instead of arresting the smuggler, the sheriff sent him home.", "arresting", "the sheriff", "the smuggler"),
        ("Far from attacking the nuns, the soldiers fed them.", "attacking", "the soldiers", "the nuns"),
        ("The minister stopped short of condemning the sultan.", "condemning", "The minister", "the sultan"),
        ("Police arrested a cook, two maids and a groom.", "arrested", "Police", "a cook; two maids; a groom"),
        ("The bus the gunmen attacked outside Larissa was carrying nurses.", "attacked", "the gunmen", "The bus"),
        ("A guard pushed the farmer and beat him.", "beat", "A guard", "the farmer"),
        ("The king gave the rebels until Monday to surrender.", "surrender", "the rebels", ""),
        ("The envoy called upon the rebels to surrender.", "surrender", "the rebels", ""),
    ],
)
def test_the_verb_s_participants(text: str, trigger: str, actors: str, recipients: str) -> None:
    assert words(text, trigger) == (actors, recipients)
