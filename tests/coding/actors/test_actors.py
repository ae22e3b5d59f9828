"""Who acts: country, sector, kind, name and mentions."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.coding.actors.cast import Cast, find_actors
from byline.language.parsed import Parsed, Token
from byline.records import Actor, Toponym
from tests.helpers import parsed

CASES = json.loads((Path(__file__).parents[2] / "cases" / "actors.json").read_text("utf-8"))


def word(doc: Parsed, text: str) -> Token:
    """Return the token that heads the last of these words."""
    at = doc.text.index(text)
    inside = doc.covering((at, at + len(text)))
    return next((t for t in reversed(inside) if t.head not in inside or t.is_root), inside[-1])


def actor_at(cast: Cast, token: Token) -> Actor | None:
    return next((a for a in cast.actors if a.id == cast.at(token)), None)


def found(text: str, words: str, published: str | None = None) -> Actor | None:
    doc = parsed(text, published=published)
    return actor_at(find_actors(doc), word(doc, words))


def places(doc: Parsed, name: str, country: str) -> list[Toponym]:
    """Return the toponym of this name, if it stands in the text."""
    at = doc.text.find(name)
    if at < 0:
        return []
    span = (at, at + len(name))
    place = Toponym(
        span=span, text=name, latitude=1.0, longitude=1.0, geonames_id=1, country=country, precision="place"
    )
    return [place]


@pytest.mark.parametrize("case", CASES, ids=[f"{c['label']}: {c['text']}: {c['words']}" for c in CASES])
def test_actor_has_country_sector_and_kind(case: dict[str, str]) -> None:
    actor = found(case["text"], case["words"])
    assert actor is not None
    assert (actor.country, actor.sector, actor.kind) == (case["country"], case["sector"], case["kind"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It rained in May.", "May"),
        ("The shop opens on Monday.", "Monday"),
        ("They ate Swiss cheese.", "cheese"),
        ("They ate French fries.", "fries"),
        ("A Turkish bath opened.", "bath"),
        ("It cost ten US dollars.", "dollars"),
        ("It cost ten US dollars.", "US"),
        ("They ate Swiss cheese.", "Swiss"),
        ("The meeting was held in Paris.", "Paris"),
        ("The meeting was held in Paris, France.", "France"),
        ("Two people died in Washington.", "Washington"),
        ("The train left for Vienna.", "Vienna"),
        ("A bomb went off near Cairo.", "Cairo"),
        ("The general strike began.", "general"),
        ("There was fierce opposition to the plan.", "opposition"),
        ("The military wing of the building burned.", "building"),
        ("A helicopter landed.", "helicopter"),
        ("The decree came into force.", "force"),
        ("No group claimed the attack.", "group"),
        ("Somebody fired at the bridge.", "Somebody"),
        ("They met little resistance.", "resistance"),
        ("A key element was missing.", "element"),
        ("Most of us left.", "us"),
        ("They crossed the Elbe at night.", "Elbe"),
        ("Shots were fired in a school.", "school"),
        ("The talks in Brussels, Belgium, went on.", "Belgium"),
    ],
)
def test_word_stands_for_no_actor(text: str, words: str) -> None:
    doc = parsed(text)
    at = doc.text.index(words)
    assert [find_actors(doc).at(t) for t in doc.covering((at, at + len(words)))] == [None]


@pytest.mark.parametrize(
    ("published", "sector"),
    [("1985-03-01", "GOV"), ("1999-03-01", "ELI"), (None, "GOV")],
)
def test_leader_is_of_the_government_while_in_office(published: str | None, sector: str) -> None:
    actor = found("Margaret Thatcher spoke in Leeds.", "Thatcher", published)
    assert actor is not None
    assert actor.sector == sector


def test_surname_alone_means_the_leader_of_the_day() -> None:
    actor = found("Gorbachev refused to answer.", "Gorbachev", "1988-05-01")
    assert actor is not None
    assert (actor.country, actor.sector) == ("SUN", "GOV")


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        (
            "Sweden's trade minister Olof Brandt resigned. Brandt gave no reason.",
            "Olof Brandt",
            ["Sweden's trade minister Olof Brandt", "Brandt"],
        ),
        (
            "Hamid al-Nouri spoke. Nouri left.",
            "Hamid al-Nouri",
            ["Hamid al-Nouri", "Nouri"],
        ),
        (
            "The Fishers' Union (FU) called a strike. FU members agreed.",
            "Fishers' Union",
            ["The Fishers' Union (FU)", "FU"],
        ),
        (
            "Gen. Karl Lund, a veteran officer, was arrested.",
            "Karl Lund",
            ["Gen. Karl Lund", "a veteran officer"],
        ),
    ],
)
def test_one_actor_has_all_its_names(text: str, name: str, mentions: list[str]) -> None:
    doc = parsed(text)
    actor = next(a for a in find_actors(doc).actors if a.name == name)
    assert [doc.words(m) for m in actor.mentions][: len(mentions)] == mentions


def test_a_leaders_namesake_is_not_the_leader() -> None:
    actor = found("Ana Thatcher met the press. Then Thatcher left.", "Then Thatcher", "1985-03-01")
    assert actor is not None
    assert (actor.name, actor.country, actor.sector) == ("Ana Thatcher", None, None)


def test_a_bare_name_takes_no_country_from_the_story() -> None:
    actor = found("Fighting went on in Mali. Karl Lund arrived in Mali.", "Lund")
    assert actor is not None
    assert actor.country is None


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Danish police beat demonstrators.", "demonstrators", "DNK"),
        ("US troops shot ten villagers.", "villagers", None),
        ("An anti-Chile priest was hurt.", "priest", None),
        ("A Chile-backed militia fled.", "militia", None),
    ],
)
def test_people_are_of_the_country_of_those_who_act_at_home(text: str, words: str, country: str | None) -> None:
    doc = parsed(text)
    actor = actor_at(find_actors(doc, places(doc, "Chile", "CHL")), word(doc, words))
    assert actor is not None
    assert actor.country == country


def test_a_polite_title_leaves_the_sector_to_the_apposition() -> None:
    actor = found("Mr Olsen, a union leader, spoke.", "Olsen")
    assert actor is not None
    assert actor.sector == "LAB"


def test_toponyms_lend_their_country() -> None:
    doc = parsed("The Lorne police fired.")
    cast = find_actors(doc, places(doc, "Lorne", "AUS"))
    assert [(a.name, a.country, a.sector) for a in cast.actors] == [("The Lorne police", "AUS", "COP")]


def test_a_capital_inside_a_persons_name_is_no_capital() -> None:
    actor = found("Senator Ana de Lima objected to the plan on Friday.", "Lima")
    assert actor is not None
    assert (actor.kind, actor.sector, actor.country) == ("person", "LEG", None)


@pytest.mark.parametrize(
    ("text", "words", "town", "country"),
    [
        ("Kingston police arrested four men.", "police", "Kingston", "CAN"),
        ("Police in Kingston arrested four men.", "Police", "Kingston", "CAN"),
        ("Kingston police arrested four men.", "police", "Kingston", "JAM"),
        ("Kingston police arrested four men.", "police", "Dorn", "JAM"),
    ],
)
def test_a_towns_police_is_not_of_the_country_whose_capital_has_its_name(
    text: str, words: str, town: str, country: str
) -> None:
    doc = parsed(text)
    police = actor_at(find_actors(doc, places(doc, town, country)), word(doc, words))
    assert police is not None
    assert police.country == country


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("General Tunis attacked the town.", "Tunis", "person"),
        ("Chief Aden said rebels burned the bridge.", "Aden", "person"),
        ("Tunis condemned the attack.", "Tunis", "state"),
        ("The general said Tunis had condemned the attack.", "Tunis", "state"),
    ],
)
def test_a_capitals_name_behind_a_title_is_a_surname(text: str, words: str, kind: str) -> None:
    actor = found(text, words)
    assert actor is not None
    assert (actor.kind, actor.country is None) == (kind, kind == "person")


def test_ids_follow_the_text() -> None:
    cast = find_actors(parsed("Police met farmers and Norwegian soldiers."))
    assert [(a.id, a.name) for a in cast.actors] == [("a1", "Police"), ("a2", "farmers"), ("a3", "Norwegian soldiers")]


def test_basis_quotes_the_words() -> None:
    actor = found("Sweden's trade minister Olof Brandt resigned.", "Brandt")
    assert actor is not None
    assert actor.basis is not None
    assert (actor.basis.rule, actor.basis.text) == ("country; noun: minister", "minister")


@pytest.mark.parametrize(
    ("text", "words", "span"),
    [
        ("The soldiers who had fled returned.", "soldiers", "The soldiers"),
        ("Ana Ruiz, the leader of the union, spoke.", "Ruiz", "Ana Ruiz"),
        ("Hundreds of angry residents came.", "Hundreds", "Hundreds of angry residents"),
        ("Many members of the Fishers' Union (FU) came.", "members", "Many members of the Fishers' Union (FU)"),
        ("The police in the northern town of Lorne fired.", "police", "The police"),
        ("The nuns in Chad prayed.", "nuns", "The nuns in Chad"),
        ("A monk from Lima in Peru spoke.", "monk", "A monk from Lima in Peru"),
        ("Ana Ruiz in Chad spoke.", "Ruiz", "Ana Ruiz"),
        ("The broken window of the shop fell.", "window", "The broken window of the shop"),
    ],
)
def test_mention_is_the_noun_phrase_without_what_trails(text: str, words: str, span: str) -> None:
    doc = parsed(text)
    mention = find_actors(doc).mention(word(doc, words))
    assert (mention.text, doc.words(mention.span)) == (span, span)


def test_nations_share_a_noun() -> None:
    doc = parsed("Portuguese and Spanish officials met.")
    cast = find_actors(doc)
    assert [t.text for t in cast.sharing(word(doc, "officials"))] == ["Portuguese"]


NAMES = ["The", "the", "rebels", "Iraq", "'s", "minister", ",", "Ana", "Ruiz", "and", "of", "said", "US-backed", "army"]
WORDS = st.sampled_from([*NAMES, "(", "FU", ")", ".", "he", "who", "“", "”", "al-Nouri", "7", "–", "WHO", "é", "😀"])


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_every_mention_lies_in_the_text_whatever_stands_there(words: list[str]) -> None:
    doc = parsed(" ".join(words))
    cast = find_actors(doc)
    for actor in cast.actors:
        assert actor.mentions
        assert all(0 <= start < end <= len(doc.text) for start, end in actor.mentions)
    for token in doc.tokens:
        mention = cast.mention(token)
        assert doc.text[slice(*mention.span)] == mention.text


def test_capitals_throughout_do_not_matter() -> None:
    actor = found("THE NORWEGIAN ARMY KILLED THREE REBELS.", "REBELS")
    assert actor is not None
    assert actor.sector == "REB"
