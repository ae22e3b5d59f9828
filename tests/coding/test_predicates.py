"""Which words are triggers, and who takes part."""

from pathlib import Path

import pytest

from byline.coding.actors.cast import find_actors
from byline.coding.arguments import Arguments, find_arguments
from byline.coding.ontology import Ontology, read_ontology
from byline.coding.predicates import Predicate, find_predicates
from byline.language.parsed import Token
from tests.helpers import parsed

MINI = read_ontology(Path(__file__).with_name("mini.toml"))


def triggers(text: str) -> list[tuple[str, str]]:
    document = parsed(text)
    return [(p.entry.type, document.words(p.span)) for p in find_predicates(document, MINI, find_actors(document))]


def anybody(token: Token) -> str | None:
    return token.lower if token.pos in {"NOUN", "PROPN", "PRON"} else None


def participants(text: str, ontology: Ontology = MINI) -> list[tuple[str, list[str], list[str]]]:
    def filled(predicate: Predicate) -> Arguments:
        return find_arguments(predicate, anybody, ontology.classes["weapon"])

    document = parsed(text)
    found = [(p, filled(p)) for p in find_predicates(document, ontology, find_actors(document))]
    return [(p.head.text, [t.text for t in a.actors], [t.text for t in a.recipients]) for p, a in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rebels attacked the fort.", [("ASSAULT", "attacked")]),
        ("They launched a bloody dawn raid on the village.", [("ASSAULT", "launched a bloody dawn raid")]),
        ("A raid was launched on the village.", [("ASSAULT", "raid was launched")]),
        ("Thousands of people took to the streets.", [("PROTEST", "took to the streets")]),
        ("The bridge was blown up.", [("ASSAULT", "blown up")]),
        ("They blew the bridge up.", [("ASSAULT", "blew the bridge up")]),
        ("Troops fired shells at the town.", [("ASSAULT", "fired")]),
        ("The miners struck on Monday.", [("PROTEST", "struck")]),
        ("Eight prisoners began a hunger strike.", [("PROTEST", "hunger strike")]),
        ("The president declared a state of emergency.", [("COERCE", "state of emergency")]),
        ("The minister is willing.", [("AGREE", "willing")]),
        ("They launched a series of raids.", [("ASSAULT", "launched a series of raids")]),
        ("The rebels freed the nuns.", [("RETREAT", "freed")]),
        ("The rebels freed some.", [("RETREAT", "freed")]),
        ("The council let them help the dockers.", [("RETREAT", "let")]),
        ("The council gave in.", [("RETREAT", "gave in")]),
        ("The sides reached an accord.", [("AGREE", "reached an accord")]),
        ("A raid left the town in ruins.", [("ASSAULT", "raid")]),
        ("Hundreds of weavers marched in Leeds.", [("PROTEST", "marched")]),
        ("ICAW marched in Leeds.", [("PROTEST", "marched")]),
        ("The rebels mounted a mock raid.", [("ASSAULT", "mounted a mock raid")]),
    ],
)
def test_a_trigger_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert triggers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "He died of a heart attack.",
        "The winger attacked down the left.",
        "A virus attacked the crops.",
        "The firm fired its manager.",
        "The clock struck noon.",
        "Nothing of the kind.",
        "The levy freed the market.",
        "The flood reached the dam, according to the mayor.",
        "The farmers gave money in May.",
        "The raid museum has opened.",
        "The weavers marched in Leeds.",
        "The Arrest Commission opened an office in Paris.",
    ],
)
def test_words_that_only_look_like_a_trigger_are_none(text: str) -> None:
    assert triggers(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The miners threatened a strike.", [("THREATEN", "threatened"), ("PROTEST", "strike")]),
        ("A long strike was threatened.", [("PROTEST", "strike"), ("THREATEN", "threatened")]),
        ("The rebels launched a raid.", [("ASSAULT", "launched a raid")]),
        ("A hunger strike began.", [("PROTEST", "hunger strike")]),
        ("The miners threatened a hunger strike.", [("THREATEN", "threatened"), ("PROTEST", "hunger strike")]),
        ("A counter raid was launched.", [("ASSAULT", "counter raid")]),
        ("The rebels asked them to stop the talks.", [("CONSULT", "talks")]),
        ("They staged a heart attack.", []),
    ],
)
def test_an_event_of_another_type_inside_a_trigger_is_one_of_its_own(text: str, found: list[tuple[str, str]]) -> None:
    assert triggers(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Soldiers attacked rebels.", ("attacked", ["Soldiers"], ["rebels"])),
        ("Three leaders were arrested by police.", ("arrested", ["police"], ["leaders"])),
        ("Police arrested farmers and students.", ("arrested", ["Police"], ["farmers", "students"])),
        ("Police and soldiers arrested the mayor.", ("arrested", ["Police", "soldiers"], ["mayor"])),
        ("The soldiers who attacked the village fled.", ("attacked", ["soldiers"], ["village"])),
        ("The village that soldiers attacked lay empty.", ("attacked", ["soldiers"], ["village"])),
        ("The army's attack on the village failed.", ("attack", ["army"], ["village"])),
        ("An attack by gunmen on a bus was reported.", ("attack", ["gunmen"], ["bus"])),
        ("The arrest of the mayor angered them.", ("arrest", [], ["mayor"])),
        ("Talks between farmers and ministers began.", ("Talks", ["farmers", "ministers"], ["farmers", "ministers"])),
        ("The mayor met with farmers.", ("met", ["mayor"], ["farmers"])),
        ("Dozens of soldiers attacked the village.", ("attacked", ["soldiers"], ["village"])),
        ("Gunmen stormed in, killing a guard.", ("killing", ["Gunmen"], ["guard"])),
        ("The men arrested by police were farmers.", ("arrested", ["police"], ["men"])),
    ],
)
def test_participants_have_their_logical_roles(text: str, found: tuple[str, list[str], list[str]]) -> None:
    assert participants(text) == [found]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("The government offered to release the fighters.", "release", ["government"]),
        ("The general ordered his troops to attack the town.", "attack", ["troops"]),
        ("Police accused the man of killing a guard.", "killing", ["man"]),
        ("The rebels tried to attack the town.", "attack", ["rebels"]),
        ("The rebels were told to attack the town.", "attack", ["rebels"]),
        ("The rebels seized a truck and attacked the town.", "attacked", ["rebels"]),
    ],
)
def test_a_clause_without_subject_takes_that_of_its_governor(text: str, trigger: str, actors: list[str]) -> None:
    assert (trigger, actors) in [(t, a) for t, a, _ in participants(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rebels carried out an attack.", ("attack", ["Rebels"], [])),
        ("The town suffered an attack.", ("attack", [], ["town"])),
    ],
)
def test_a_verb_that_only_carries_a_noun_gives_its_subject(text: str, found: tuple[str, list[str], list[str]]) -> None:
    assert participants(text) == [found]
