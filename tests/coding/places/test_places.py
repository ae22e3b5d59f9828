"""Toponyms of a document, and where its events took place."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.coding.places.event_place import Scene, places_of
from byline.coding.places.gazetteer import Gazetteer
from byline.coding.places.toponyms import find_toponyms
from byline.language.parsed import Parsed
from byline.records import Toponym
from tests.helpers import document, parsed, pipeline

GAZETTEER = Gazetteer.load()


def toponyms(text: str) -> list[Toponym]:
    return find_toponyms(parsed(text), GAZETTEER)


def where(text: str, trigger: str, *arguments: str) -> tuple[list[str], str]:
    """Return the words of the places of an event, and the rule, given its trigger and heads of those who take part."""
    words = parsed(text)
    found = find_toponyms(words, GAZETTEER)
    indexes, reason = places_of(_token(words, trigger), Scene(words, found), [_token(words, a) for a in arguments])
    return [found[i].text for i in indexes], reason.rule


def _token(words: Parsed, text: str):  # noqa: ANN202
    return next(t for t in words.tokens if t.text == text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops shelled the cities of Nice and Toulon.", ["Nice", "Toulon"]),
        ("Clashes spread to Taiz, Ibb and Dhamar in western Yemen.", ["Taiz", "Ibb", "Dhamar", "Yemen"]),
        ("He flew from New York City to Paris.", ["New York City", "Paris"]),
        ("A Leeds man was arrested in Nice.", ["Leeds", "Nice"]),
        ("Thousands marched in Springfield, Illinois.", ["Springfield", "Illinois"]),
        ("The rebels hold Helmand province.", ["Helmand"]),
        ("He works for the City of Richmond.", ["Richmond"]),
        ("The United States has delayed the talks in The Hague.", ["United States", "The Hague"]),
        ("Envoys of the People's Republic of China went to Kenya's capital.", ["People's Republic of China", "Kenya"]),
        ("Fighting went on in Burkina Faso and Côte d'Ivoire.", ["Burkina Faso", "Côte d'Ivoire"]),
        ("The police in Reading arrested two men.", ["Reading"]),
        ("Fighters crossed the Gaza Strip.", ["Gaza Strip"]),
        ("MOSUL, Iraq, April 3 (Agency) — A bomb killed ten people.", ["MOSUL", "Iraq"]),
        ("He was jailed in Lexington, Ky., on Monday.", ["Lexington", "Ky."]),
        ("He was jailed in Charleston, W.Va.", ["Charleston", "W.Va."]),
        ("Sen. Ada Brill, D-N.M., and Rep. Tom Harwood, R-Ohio, disagree.", ["N.M.", "Ohio"]),
        ("A quarantine was set up in NSW.", ["NSW"]),
        ("Fires burned in South Los Angeles and Greater Mumbai.", ["South Los Angeles", "Greater Mumbai"]),
        ("He called the Douglas Police Department.", ["Douglas"]),
        ("Two officers of the Kansas Highway Patrol saw the crash from the road.", ["Kansas"]),
    ],
)
def test_places_are_found(text: str, expected: list[str]) -> None:
    assert [t.text for t in toponyms(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Iraqi and British soldiers met French officials.",
        "Paris Moorcroft said that she would come.",
        "President Lincoln Harwood spoke to reporters.",
        "Governor Duarte Malveira left. Malveira had not slept.",
        "Mr Washington was not at home.",
        "Reading is fun and nice people are mobile.",
        "They met us on Monday in May.",
        "The White House and the Kremlin disagree.",
        "Nobody came to the party.",
        "He lives at 12 Dublin Road.",
        "Miss. Moorcroft came by Route 12.",
        "Officers chased the man. Bell ran, and Bell was arrested. They later charged Bell.",
        "The doctors asked Kristina to wait.",
        "Envoys met at NATO on Monday, and the NICE programme was praised.",
        "The George Brill Convention Center was evacuated.",
        "Talks went on at the Department of Justice and at the Supreme Court.",
        "The bullet struck Garcia on Monday.",
        "Jones was wounded by the blast.",
        "Bell: the bridge will stay.",
        "Garcia was marked by the coach.",
    ],
)
def test_other_words_are_no_places(text: str) -> None:
    assert toponyms(text) == []


@pytest.mark.parametrize("text", ["Moscow was critical of the raid.", "Moscow denounced the raid."])
def test_a_town_that_speaks_or_judges_is_not_where_it_took_place(text: str) -> None:
    assert where(text, "raid")[1] != "place that the sentence is about"


def test_a_country_says_by_its_precision_that_its_point_is_no_pin() -> None:
    (country,) = toponyms("Protests were held across Kenya.")
    assert (country.precision, country.country, country.latitude, country.longitude) == ("country", "KEN", 1.0, 38.0)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The march in Paris, Texas, ended early.", "Paris", "USA"),
        ("The march in Paris ended early.", "Paris", "FRA"),
        ("Canadian police said that the march in London, Ontario, ended early.", "London", "CAN"),
        ("Iraqi troops entered Amara.", "Amara", "IRQ"),
        ("The Georgian army shelled villages near Gori in Georgia.", "Georgia", "GEO"),
        ("Police in Atlanta, Georgia, fired shots. Georgia has ten million people.", "Georgia", "USA"),
        ("Cases were found in Florida, Georgia and Alabama.", "Georgia", "USA"),
        ("Talks were held in Georgia, Armenia and Azerbaijan.", "Georgia", "GEO"),
        ("A clinic in Alabama was attacked, police in Buffalo, New York, said.", "Alabama", "USA"),
        ("TBILISI, Georgia — Police arrested two men. Georgia is at war.", "Georgia", "GEO"),
    ],
)
def test_context_decides_between_namesakes(text: str, name: str, country: str) -> None:
    assert {t.country for t in toponyms(text) if t.text == name} == {country}


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Thousands marched in New York.", "New York", "place"),
        ("Cases were found in New York, Ohio and Pennsylvania.", "New York", "province"),
        ("A fire broke out in Rochester, New York.", "New York", "province"),
        ("A fire broke out in Ontario, California.", "Ontario", "place"),
        ("Cases were found in Georgia, New York and Florida.", "New York", "province"),
        ("A clinic in Alabama was attacked, police in Buffalo, New York, said.", "Alabama", "province"),
    ],
)
def test_lists_and_commas_tell_a_state_from_a_city(text: str, name: str, precision: str) -> None:
    assert {t.precision for t in toponyms(text) if t.text == name} == {precision}


def test_a_paper_named_after_a_town_speaks_of_that_town() -> None:
    text = "Police in Palestine arrested two men in Crockett, Texas, on Monday."
    paper = msgspec.structs.replace(document(text), publication="palestinecourier.example")
    assert {t.country for t in find_toponyms(pipeline().parse(paper), GAZETTEER)} == {"USA"}


def test_a_paper_writes_of_its_town_even_in_the_names_of_clubs() -> None:
    text = "Flemington Elks plan a comedy show. Doors open in Flemington at six."
    paper = msgspec.structs.replace(document(text), publication="The Flemington Courier")
    assert [t.text for t in find_toponyms(pipeline().parse(paper), GAZETTEER)] == ["Flemington", "Flemington"]


def test_small_towns_that_stand_together_are_found_together() -> None:
    found = toponyms("Residents met in Torrington, Winsted, Litchfield and Cornwall.")
    assert {t.country for t in found if t.text == "Cornwall"} == {"USA"}


def test_a_name_keeps_its_meaning_through_the_document() -> None:
    found = toponyms("The march in Paris, Texas, ended early.\n\nPolice in Paris said that all was quiet.")
    assert len({t.geonames_id for t in found if t.text == "Paris"}) == 1


def test_the_beaten_candidates_are_told() -> None:
    (place,) = toponyms("The march in Springfield ended early.")
    assert len(place.rejected) == 3
    assert all(r.startswith("Springfield, ") and "(pop. " in r for r in place.rejected)


def test_an_unknown_neighbourhood_lies_in_the_city_named_before() -> None:
    text = "Fighting broke out in Baghdad. Gunmen attacked the Zarqoubiya district."
    city, part = toponyms(text)
    assert (part.text, part.precision, part.within) == ("Zarqoubiya", "district", "Baghdad")
    assert (part.latitude, part.longitude) == (city.latitude, city.longitude)


def test_a_neighbourhood_that_the_gazetteer_has_says_what_city_it_is_a_part_of() -> None:
    city, part = toponyms("Police in Chicago searched a car. A boy was shot in the Brighton Park neighborhood.")
    assert (part.name, part.within) == ("Brighton Park", "Chicago")
    assert part.latitude != city.latitude


def test_a_town_beside_a_city_is_no_part_of_it() -> None:
    assert [t.within for t in toponyms("Police in Chicago searched a car. A boy was shot in Evanston.")] == [None] * 2


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Chicago police are looking for two men. A boy was shot on the South Side.", "Chicago"),
        ("A boy was shot on the South Side.", None),
    ],
)
def test_the_side_of_a_city_is_no_town_elsewhere(text: str, within: str | None) -> None:
    side = toponyms(text)[-1:]
    assert [t.name for t in side] == [None] * len(side)
    assert [t.within for t in side if t.text == "South Side"] == ([within] if within or side else [])


def test_a_part_of_no_city_in_the_text_is_one_of_the_paper_s_city() -> None:
    words = parsed("A boy was shot in the Brighton Park neighborhood.")
    paper = msgspec.structs.replace(words.document, publication="chicagogazette.example")
    (part,) = find_toponyms(pipeline().parse(paper), GAZETTEER)
    assert (part.name, part.within) == ("Brighton Park", "Chicago")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man was shot near Sherman Boulevard.", []),
        ("A man was shot at Elm and Wabash avenues.", []),
        ("A man was shot at Wabash and Elm streets.", []),
        ("A man was shot in the streets of Leeds.", ["Leeds"]),
        ("A man was shot in Leeds and Nice.", ["Leeds", "Nice"]),
    ],
)
def test_nothing_takes_place_in_the_town_that_a_street_is_named_after(text: str, expected: list[str]) -> None:
    assert where(text, "shot")[0] == expected


def test_an_unknown_town_lies_in_the_province_behind_the_comma() -> None:
    town = toponyms("He was born in Zwickelbury, Pennsylvania.")[0]
    assert (town.precision, town.within, town.country) == ("province", "Pennsylvania", "USA")


@pytest.mark.parametrize(
    ("text", "trigger", "arguments", "expected", "rule"),
    [
        ("The raid on Tartus left 20 people dead.", "raid", [], ["Tartus"], "place of the trigger"),
        (
            "Troops shelled the cities of Nice and Toulon.",
            "shelled",
            ["Troops"],
            ["Nice", "Toulon"],
            "place of the trigger",
        ),
        ("The Tartus bombing was condemned.", "bombing", [], ["Tartus"], "place of the trigger"),
        ("Troops withdrew from Hasakah yesterday.", "withdrew", ["Troops"], ["Hasakah"], "place of the trigger"),
        ("A man from Leeds was arrested in London.", "arrested", ["man"], ["London"], "place of the trigger"),
        (
            "Rebels hold Aleppo. Troops were seen entering the city.",
            "entering",
            ["Troops"],
            ["Aleppo"],
            "definite noun for a place named before",
        ),
        (
            "Thousands gathered in Cairo on Friday. The police fired tear gas.",
            "fired",
            ["police"],
            ["Cairo"],
            "place of the sentences before",
        ),
        ("MOSUL, Iraq, April 3 (Agency) — A bomb killed ten people.", "killed", ["bomb"], ["MOSUL"], "dateline"),
        ("Gunmen killed two men at a market in Kirkuk, northern Iraq.", "killed", ["men"], ["Kirkuk"], None),
        ("Gunmen ambushed a bus 40 kilometres north of Mopti.", "ambushed", ["bus"], ["Mopti"], None),
        ("The peacekeepers pulled out of Malabo at dawn.", "pulled", ["peacekeepers"], ["Malabo"], None),
        ("They sent 40 tonnes of rice to Beira.", "sent", ["tonnes"], ["Beira"], None),
        ("The army launched a raid on Tartus.", "launched", ["army"], ["Tartus"], "place of the trigger"),
        ("Rebels took control of the cities of Nice and Toulon.", "took", ["Rebels"], ["Nice", "Toulon"], None),
        ("The village of Kapedo saw clashes.", "saw", ["clashes"], ["Kapedo"], None),
        ("Crowds burned flags across Iraq.", "burned", ["Crowds"], ["Iraq"], "place of the trigger"),
        ("A blast shook Kirkuk late on Monday.", "blast", [], ["Kirkuk"], "place that the sentence is about"),
        ("Kirkuk saw a raid on Monday.", "raid", [], ["Kirkuk"], "place that the sentence is about"),
        ("Oruro was the scene of a raid in May.", "raid", [], ["Oruro"], "place that the sentence is about"),
        ("Baghdad was rocked by a blast.", "blast", [], ["Baghdad"], "place that the sentence is about"),
        (
            "Fighting went on in Mosul.\n\nGaza City: gunmen raided a depot.",
            "raided",
            ["gunmen"],
            ["Gaza City"],
            "place before a colon",
        ),
    ],
)
def test_events_take_place_where_the_words_say(
    text: str, trigger: str, arguments: list[str], expected: list[str], rule: str | None
) -> None:
    found, why = where(text, trigger, *arguments)
    assert found == expected
    assert rule is None or why == rule


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Police said in Cairo on Monday that gunmen killed two soldiers.", "killed"),
        ("A man from Leeds was arrested.", "arrested"),
        ("Gunmen killed two soldiers.", "killed"),
        ("Washington accused Iran.", "accused"),
    ],
)
def test_origins_and_speakers_are_no_places_of_events(text: str, trigger: str) -> None:
    assert where(text, trigger)[0] == []


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Tartus", "in", "the", ",", "—", "🙂", "al-Mukalla", "US", "\u00ad", "said", "."]), max_size=25
    )
)
def test_every_toponym_quotes_the_text(words: list[str]) -> None:
    text = " ".join(words).strip()
    for toponym in toponyms(text):
        assert text[slice(*toponym.span)] == toponym.text
