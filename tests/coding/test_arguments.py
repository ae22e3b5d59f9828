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
        ("Pickets blocked both gates with nets and a burnt-out van.", "blocked", "Pickets", "both gates"),
        ("Police arrested a cook, two maids and a groom.", "arrested", "Police", "a cook; two maids; a groom"),
        ("The bus the gunmen attacked outside Larissa was carrying nurses.", "attacked", "the gunmen", "The bus"),
        ("A guard pushed the farmer and beat him.", "beat", "A guard", "the farmer"),
        ("The king gave the rebels until Monday to surrender.", "surrender", "the rebels", ""),
        ("Students boycotted the rector.", "boycotted", "Students", "the rector"),
        ("Rebels shelled the army's barracks.", "shelled", "Rebels", "the army's barracks"),
        ("Police raided the union's office.", "raided", "Police", "the union's office"),
        ("Farmers blocked the bridge near Cordoba in Spain.", "blocked", "Farmers", "the bridge near Cordoba"),
        ("The king called up 3,000 reservists.", "called", "The king", "3,000 reservists"),
        ("The minister's rejection of the offer angered Oslo.", "rejection", "The minister", "the offer"),
        ("A series of attacks on lorries by the rebels ended.", "attacks", "the rebels", "lorries"),
        ("An attempt by pirates to bribe and then abduct a monk failed.", "abduct", "pirates", "a monk"),
        ("A ceasefire was agreed between the clans.", "agreed", "the clans", "the clans"),
        ("The rebels sent death threats to a judge.", "threats", "The rebels", "a judge"),
        ("Nine prisoners are on hunger strike.", "strike", "Nine prisoners", ""),
        ("The villages have been under siege since May.", "siege", "", "The villages"),
        ("They beat my son.", "beat", "They", "my son"),
        ("The senate passed a resolution condemning the king.", "condemning", "The senate", "the king"),
        ("The bishops put out a letter urging the rebels to leave.", "urging", "The bishops", "the rebels"),
        ("Rebels were engaged in torture of the nuns.", "torture", "Rebels", "the nuns"),
        ("Police in Chad issued an arrest warrant for a nun.", "warrant", "Police in Chad", "a nun"),
        ("The two ministers met in Oslo.", "met", "The two ministers", "The two ministers"),
        ("Peru and Chile agreed on the draft of a treaty.", "agreed", "Peru; Chile", "Peru; Chile"),
        ("The envoy called upon the rebels to surrender.", "surrender", "the rebels", ""),
    ],
)
def test_the_verb_s_participants(text: str, trigger: str, actors: str, recipients: str) -> None:
    assert words(text, trigger) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "trigger", "recipients"),
    [
        ("The king reneged on his promise to the fishermen.", "reneged", "the fishermen"),
        ("Chile praised Peru's role in the talks with Bolivia.", "praised", "Peru"),
        ("The colonel threatened to resume his war with Norway unless Oslo paid.", "threatened", "Norway"),
        ("The minister agreed to set up a lighthouse in Palermo.", "agreed", "Palermo"),
        ("The army withdrew its tanks from old positions in Nepal.", "withdrew", "Nepal"),
        ("The envoy rejected the Danish proposal for a meeting with the dockers.", "rejected", "Danish"),
    ],
)
def test_where_no_slot_is_filled_the_nearest_one_is_the_recipient(text: str, trigger: str, recipients: str) -> None:
    assert words(text, trigger)[1] == recipients


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Norway will withdraw its troops.", "withdraw"),
        ("There was an arrest in Split.", "arrest"),
        ("The navy withdrew its frigates after the storm hit Lisbon.", "withdrew"),
        ("According to the pope, the king resigned.", "resigned"),
        ("Weavers took to the streets in a strike.", "took"),
    ],
)
def test_nobody_is_made_a_recipient(text: str, trigger: str) -> None:
    assert words(text, trigger)[1] == ""


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("A key element of the plan was attacked.", "attacked"),
        ("The curfew angered the farmers, who condemned it.", "curfew"),
        ("A monk was hurt in a bomb attack.", "attack"),
    ],
)
def test_nobody_is_made_an_actor(text: str, trigger: str) -> None:
    assert words(text, trigger)[0] == ""
