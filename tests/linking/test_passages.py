"""What the paragraphs name that tell of a happening."""

import msgspec
import pytest

from byline.linking.passages import Passage, is_many, rarity
from byline.linking.reports import reports_of
from tests.helpers import demo
from tests.linking.made import telling


def passages() -> list[tuple[str, Passage]]:
    return [(document.text.lower(), r.passage) for document in demo() for r in reports_of(document)]


def test_all_that_is_named_stands_in_the_text() -> None:
    assert any(p.people for _, p in passages())
    for text, passage in passages():
        assert all(word in text for word in passage.terms)
        assert all(word in text for name in passage.people for word in name.split())
        assert all(str(age) in text for age in passage.ages)


def test_the_rarest_words_come_first_and_everyday_words_not_at_all() -> None:
    for _, passage in passages():
        ranks = [rarity(term) for term in passage.terms]
        assert ranks == sorted(ranks, reverse=True)
        assert not {"the", "and", "said", "monday", "people"} & set(passage.terms)


def test_what_stands_behind_a_surname_is_no_name() -> None:
    for document in demo():
        actors = tuple(msgspec.structs.replace(a, name=f"{a.name} Jr.") for a in document.actors)
        junior = msgspec.structs.replace(document, actors=actors)
        assert [r.passage.people for r in reports_of(junior)] == [r.passage.people for r in reports_of(document)]


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("A week of raids around Halvora has killed forty.", True),
        ("In a wave of deadly attacks, ten people died.", True),
        ("The week-long siege of the harbour ended.", True),
        ("They attacked one village after another.", True),
        ("Gunmen raided a customs post on Tuesday.", False),
        ("The raid came after a year of peace.", False),
        ("Two men were shot in a bar.", False),
    ],
)
def test_words_tell_one_happening_from_many(words: str, many: bool) -> None:  # noqa: FBT001 - a case of a table
    event = telling(evidence=(0, len(words)))
    assert is_many(words, event.evidence) is many
