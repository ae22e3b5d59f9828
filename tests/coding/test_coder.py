"""Findings put together: participants, voices, incidents, reasons."""

import pytest

import byline
from byline.records import Actor, CodedDocument, Event


def event(document: CodedDocument, trigger: str) -> Event:
    (found,) = [e for e in document.events if trigger in e.trigger.text]
    return found


def names(document: CodedDocument, trigger: str, role: str) -> list[str]:
    return [m.text for m in getattr(event(document, trigger), role)]


def actor(document: CodedDocument, name: str) -> Actor:
    (found,) = [a for a in document.actors if a.name == name]
    return found


@pytest.mark.parametrize(
    ("text", "trigger", "recipients"),
    [
        ("Norway rejected a Chilean offer.", "rejected", ["Chilean"]),
        ("The rebels refused to release the nurses.", "refused", ["the nurses"]),
        ("The mayor said that the strikers must leave.", "said", ["the strikers"]),
        ("Lusaka threatened to expel the envoys.", "threatened", ["the envoys"]),
        ("Norway refused to send troops to Chad.", "refused", ["Chad"]),
        ("Norway agreed to prepare a raid on Chad.", "agreed", ["Chad"]),
        ("Nurses marched in Leeds to demand the release of the miners.", "marched", ["the miners"]),
        ("Monks began a hunger strike to demand the resignation of the mayor.", "hunger", ["the mayor"]),
        ("The mayor urged the nurses to release the rector.", "urged", ["the nurses"]),
        ("Potters blocked a road in Oruro demanding talks with the prefect.", "blocked", ["the prefect"]),
        ("Soldiers stormed a plane in a bid to free the nurses.", "stormed", ["a plane"]),
        ("Nurses marched against the mayor to demand the release of the miners.", "marched", ["the mayor"]),
    ],
)
def test_an_act_of_speech_reaches_those_whom_its_content_is_about(
    text: str, trigger: str, recipients: list[str]
) -> None:
    assert names(byline.code(text), trigger, "recipients") == recipients


def test_an_order_is_given_to_none_of_those_whom_it_strikes() -> None:
    found = byline.code("A judge in Leeds ordered the arrest of the rector.")
    assert (names(found, "ordered", "recipients"), names(found, "arrest", "recipients")) == ([], ["the rector"])


def test_a_pronoun_is_shown_as_the_noun_of_its_sentence() -> None:
    found = byline.code("The rebels said they would release the nurses.")
    assert names(found, "release", "actors") == ["The rebels"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("“We strike because we cannot live on this,” said Sara Keld, one of the strikers.", ["PROTEST"]),
        ("The mayor said that farmers had demonstrated in Leeds.", ["PROTEST"]),
        ("The two sides had signed before noon.", ["SUPPORT"]),
        ("The parties initialled an accord on Monday.", ["SUPPORT"]),
        ("“We strike at dawn,” the general said.", []),
        ("“We will strike a balance,” the mayor said.", []),
        ("The study demonstrated that farmers lost money.", []),
        ("The club's new striker signed on Monday.", []),
    ],
)
def test_a_verb_is_an_event_only_with_the_words_that_make_it_one(text: str, types: list[str]) -> None:
    assert [e.type for e in byline.code(text).events] == types


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("Nine people were killed when gunmen stormed a market in Dorn.", ["killed", "stormed"]),
        ("Nine people were killed when soldiers fired on a crowd in Dorn.", ["killed", "fired on"]),
        ("Nine people died on Sunday when gunmen stormed a health centre in Dorn.", ["died", "stormed"]),
        ("Nine people were killed in a fire in Dorn.", []),
        ("Nine people died when a storm hit Dorn.", []),
    ],
)
def test_who_storms_or_fires_is_no_storm_and_no_fire(text: str, triggers: list[str]) -> None:
    assert [e.trigger.text for e in byline.code(text).events] == triggers


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Gunmen raided a gold mining site near Dorn.", "ASSAULT"),
        ("Rebels raided a school in Dorn.", "ASSAULT"),
        ("Police raided a warehouse in Dorn.", "COERCE"),
        ("Soldiers raided the newspaper's offices in Dorn.", "COERCE"),
    ],
)
def test_a_raid_of_irregulars_is_an_assault(text: str, type: str) -> None:
    assert [e.type for e in byline.code(text).events] == [type]


def test_what_came_of_an_earlier_raid_is_of_that_raid() -> None:
    first = "Rebels raided a camp on Sunday."
    later = "The town mourns the raid of January, in which six guards were killed."
    found = byline.code(f"{first}\n\n{later}", published="2013-04-15")
    words = {e.id: e.trigger.text for e in found.events}
    assert [[words[e] for e in i.events] for i in found.incidents] == [["raided"], ["raid", "killed"]]


@pytest.mark.parametrize(
    ("text", "incidents"),
    [
        ("Rebels shelled a bakery in Leeds on Monday, killing nine people. The gunmen fired on farmers.", 1),
        ("Rebels shelled a bakery in Leeds on Monday, killing nine people. Police fired on a crowd of miners.", 2),
        ("Teachers marched through Leeds on Monday. The marchers blocked the main road for hours.", 1),
        ("Rebels bombed a depot in Leeds on Monday. Houses were set alight.", 1),
    ],
)
def test_who_is_called_after_a_deed_is_of_the_deed_told_last(text: str, incidents: int) -> None:
    assert len(byline.code(text, published="2021-05-05").incidents) == incidents


def test_an_attack_and_whom_it_killed_are_one_incident() -> None:
    found = byline.code("The rebels’ attack on Mopti killed nine people.")
    assert [len(i.events) for i in found.incidents] == [2]


def test_a_verb_whose_subject_is_an_event_has_the_actors_of_that_event() -> None:
    found = byline.code("The rebels’ attack on the fort killed nine people.")
    assert names(found, "killed", "actors") == ["The rebels"]


def test_what_somebody_says_has_a_voice_and_the_rest_is_the_outlets() -> None:
    found = byline.code("Police arrested two men. A witness said that soldiers had burned the market.")
    assert event(found, "arrested").attributions == ()
    (said,) = [a for a in found.attributions if a.id in event(found, "burned").attributions]
    assert said.source is not None
    assert said.source.text == "A witness"


def test_local_people_have_the_country_of_the_place_where_they_act() -> None:
    found = actor(byline.code("Chile praised Norway. Demonstrators blocked a road in Gothenburg."), "Demonstrators")
    assert (found.country, found.basis and found.basis.rule) == ("SWE", "where they act")


def test_whoever_acts_is_somebody_though_no_lexicon_knows_them() -> None:
    found = byline.code("Two bouncers beat a waiter in Leeds.")
    assert actor(found, "Two bouncers").mentions == ((0, 12),)


def test_a_place_acted_upon_has_its_country() -> None:
    found = byline.code("Rebels shelled Mopti on Sunday.", published="2013-01-15")
    assert actor(found, "Mopti").country == "MLI"


def test_a_weapon_in_the_subject_is_the_instrument() -> None:
    found = byline.code("Mortar shells killed nine people in Mopti.")
    assert names(found, "killed", "actors") == []
    assert names(found, "killed", "instruments") == ["Mortar shells"]


def test_each_field_of_an_event_has_a_reason() -> None:
    found = event(byline.code("Police arrested three men in Leeds on Sunday.", published="2011-05-03"), "arrested")
    fields = {r.field for r in found.reasons}
    assert {"type", "actors", "recipients", "status", "time", "toponyms", "counts"} <= fields
    assert 0 < found.confidence <= 1


def test_relative_times_stay_open_without_a_day_of_publication() -> None:
    assert event(byline.code("Police arrested three men on Sunday."), "arrested").time is None


def test_a_text_without_events_is_a_document_all_the_same() -> None:
    found = byline.code("The museum opens at nine.")
    assert (found.events, found.incidents) == ((), ())
