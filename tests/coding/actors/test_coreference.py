"""Which pronouns and definite nouns stand for whom."""

import pytest

from byline.coding.actors.cast import find_actors
from byline.language.parsed import Parsed, Token
from tests.helpers import parsed


def nth(doc: Parsed, text: str) -> Token:
    """Return the token meant by a word, or by "word#2": its second occurrence."""
    word, _, number = text.partition("#")
    return [t for t in doc.tokens if t.text == word][int(number or 1) - 1]


def same(text: str, one: str, other: str, *, speakers: dict[str, str] | None = None) -> bool:
    doc = parsed(text)
    said = {nth(doc, k).i: nth(doc, v) for k, v in (speakers or {}).items()}
    cast = find_actors(doc, speakers=said)
    first = cast.at(nth(doc, one))
    assert first is not None
    return first == cast.at(nth(doc, other))


@pytest.mark.parametrize(
    ("text", "antecedent", "word"),
    [
        ("Ana Ruiz resigned. She gave no reason.", "Ruiz", "She"),
        ("Karl Lund met Ana Ruiz. She thanked the crowd.", "Ruiz", "She"),
        ("Karl Lund met Ana Ruiz. He thanked the crowd.", "Lund", "He"),
        ("Karl Lund said that he would stay.", "Lund", "he"),
        ("The rebels attacked. They burned two houses.", "rebels", "They"),
        ("The rebels said they would fight on.", "rebels", "they"),
        ("The army denied that its men had fired.", "army", "its"),
        ("Soldiers who had fled returned.", "Soldiers", "who"),
        ("The union, which represents dockers, agreed.", "union", "which"),
        ("The minister blamed the strikers. He left early.", "minister", "He"),
        ("Farmers blocked the road. Their leaders were held.", "Farmers", "Their"),
        ("Hundreds of residents fled. They had no food.", "residents", "They"),
        ("Amos Tolo ordered his men to stop.", "Tolo", "his"),
        ("The Iraqi army advanced. The army met no one.", "army", "army#2"),
        ("Kenyan police fired. The police said little.", "police", "police#2"),
        ("The rebels met the governor. Later rebels left.", "rebels", "rebels#2"),
        ("The River Free Column attacked. The Column lost nobody.", "Column", "Column#2"),
        ("The Regional Guard arrested Ana Ruiz. It said nothing.", "Guard", "It"),
        ("The cabinet spoke. The Regional Guard will stop its raids.", "Guard", "its"),
        ("Sylvania denied that it had fired.", "Sylvania", "it"),
        ("The group said it had left.", "group", "it"),
        ("Ivan Horn told Karl Lund he would call him.", "Lund", "him"),
        ("Karl Lund's deputy, the priest Ben Ganz, said he would leave.", "Ganz", "he"),
        ("The Red Dawn Front claimed it. The group gave no proof.", "Front", "group"),
        ("Foreign Minister Liv Haugen spoke. The minister was calm.", "Haugen", "minister"),
        ("Militants fired first. The gunmen then fled.", "Militants", "gunmen"),
        ("The Norwegian government fell. The government had ruled for years.", "government", "government#2"),
        ("Hamid al-Nouri spoke. Nouri left.", "Nouri", "Nouri#2"),
        ("Mrs Lund met Paul Orlik. Later Lund left the town.", "Lund", "Lund#2"),
        ("Israel closed the crossing. It gave no reason.", "Israel", "It"),
        ("The US and Britain agreed. America will lead.", "US", "America"),
        ("Ana Thatcher met the press. Then Thatcher left.", "Thatcher", "Thatcher#2"),
        ("Mr Olsen, a union leader, spoke. He sat down.", "Olsen", "He"),
        ("Washington refused. The United States has its reasons.", "Washington", "States"),
        ("Police spokesperson Emil Vandor spoke. The police spokesman was calm.", "Vandor", "spokesman"),
        ("Police spokesperson Emil Vandinzi spoke.\n\nVandinzi now says nine were hurt.", "Vandinzi", "Vandinzi#2"),
    ],
)
def test_words_stand_for_one_actor(text: str, antecedent: str, word: str) -> None:
    assert same(text, antecedent, word)


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Karl Lund hit him.", "Lund", "him"),
        ("Ana Ruiz spoke. He left.", "Ruiz", "He"),
        ("Karl Lund spoke. They left.", "Lund", "They"),
        ("The rebels fled. It rained.", "rebels", "It"),
        ("The Iraqi army met the Iranian army.", "army", "army#2"),
        ("Three soldiers died. Three soldiers fled.", "soldiers", "soldiers#2"),
        ("Maria Lund met Karl Lund.", "Lund", "Lund#2"),
        ("A soldier died. A soldier fled.", "soldier", "soldier#2"),
        ("Police met farmers.", "Police", "farmers"),
        ("The government met the opposition.", "government", "opposition"),
        ("Tom Vance met Paul Orlik.\n\nMuch later the rain came.\n\nThe day ended.\n\nHe was tired.", "Vance", "He"),
        ("Ana Ruiz is not the head of the union.", "Ruiz", "head"),
        ("The Port Union met the directors. The company refused.", "Union", "company"),
        ("Helder Prates, the company's director, spoke.", "Prates", "company"),
        ("The Port Union struck. The court banned the picket.", "Union", "court"),
        ("A guard pushed the farmer and beat him.", "guard", "him"),
        ("Police spokesman Emil Vandor spoke. The army spokesman was calm.", "Vandor", "spokesman#2"),
        ("Governor Emil Vandinzi spoke.\n\nThe Vandinzi Group now says nine were hurt.", "Vandinzi", "Group"),
    ],
)
def test_words_stand_for_two(text: str, one: str, other: str) -> None:
    assert not same(text, one, other)


@pytest.mark.parametrize("text", ["“We will fight,” Ana Ruiz said.", "Ana Ruiz said: “We will fight.”"])
def test_first_person_in_a_quotation_is_its_source(text: str) -> None:
    assert same(text, "Ruiz", "We", speakers={"We": "Ruiz"})


def test_first_person_without_a_source_stays_open() -> None:
    assert not same("Ana Ruiz came. We will fight.", "Ruiz", "We")


def test_third_person_in_a_quotation_is_somebody_else() -> None:
    assert not same("Karl Lund said: “He must go.”", "Lund", "He", speakers={"He": "Lund"})


def test_owner_lends_country_and_side() -> None:
    doc = parsed("The rebel Amos Tolo is Kenyan. Tolo told his commanders to withdraw.")
    cast = find_actors(doc)
    commanders = next(a for a in cast.actors if a.id == cast.at(nth(doc, "commanders")))
    assert commanders.sector == "REB"
