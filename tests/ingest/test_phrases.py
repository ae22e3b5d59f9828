import pytest

from byline import knowledge
from byline.ingest.furniture import classify
from byline.ingest.paragraphs import paragraphs
from byline.ingest.phrases import _compiled


def kind(line: str) -> str:
    """Return the kind of a line that stands between two sentences of a story."""
    text = f"The army left the town on Monday.\n\n{line}\n\nIt came back on Friday."
    return classify(text, paragraphs(text))[1].kind


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("This article is over 11 years, 7 months old", "age"),
        ("This article is more than 3 years old.", "age"),
        ("Published 5 years ago", "ago"),
        ("Issue 318", "issue"),
        ("No. 412", "issue"),
        ("Vol. 3, No. 12", "issue"),
        ("By Jane Roe", "byline"),
        ("BY JANE ROE", "byline"),
        ("By Jane Roe and John Doe in Paris", "byline"),
        ("Jane Roe reports from Paris", "byline"),
        ("By Our Foreign Correspondent", "byline"),
        ("3 May 2011", "published"),
        ("Tue 3 May 2011 10.15 BST", "published"),
        ("Posted on May 3, 2011", "published"),
        ("Last updated: 3 May 2011", "updated"),
        ("Downloading PDF. Please wait... Issue 318", "download"),
        ("5 min read", "download"),
        ("Sign up for our weekly newsletter ‘Morning Post’", "subscribe"),
        ("Subscribe to The Lamp", "subscribe"),
        ("Get the latest headlines in your inbox", "subscribe"),
        ("Make a donation to The Lamp", "donate"),
        ("Help fund the resistance", "donate"),
        ("Support independent journalism", "donate"),
        ("Share on Facebook", "share"),
        ("Follow us on Twitter", "share"),
        ("Facebook | Twitter | WhatsApp", "share"),
        ("We use cookies to give you the best experience.", "cookies"),
        ("Accept all cookies", "cookies"),
        ("Back to top", "navigation"),
        ("Filed under: war, peace", "navigation"),
        ("Read more: Talks fail again", "pointer"),
        ("This story was first published in The Lamp.", "pointer"),
        ("Copyright 2011 The Lamp. All rights reserved.", "legal"),
        ("© The Lamp 2011", "legal"),
        ("ADVERTISEMENT", "advert"),
        ("Photo: Jane Roe/The Lamp", "caption"),
        ("Source: Agency", "wire"),
        ("Troops enter the square. Photograph: Jane Roe", "caption"),
        ("(Reporting by Jane Roe; Editing by John Doe)", "wire"),
        ("Latest News", "list"),
        ("Most read", "list"),
        ("* * *", "mark"),
        ("What the army wants", "heading"),
    ],
)
def test_furniture_is_recognised(line: str, expected: str) -> None:
    assert kind(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for the army, he told them.",
        "“Sign up for our newsletter,” the minister joked.",
        "Signing up for our newsletter cost her the job.",
        "Thousands signed up for the militia's email alerts.",
        "Make a donation to the hospital, the rebels told traders.",
        "Donations to the rebels were seized at the border.",
        "Support for the strike grew in the north.",
        "Help us, the prisoners shouted from the roof.",
        "Share prices fell after the attack.",
        "Follow the army, he ordered.",
        "Loading bombs onto the trucks took them two hours.",
        "Print workers struck on Monday.",
        "Close to the border, soldiers shot a farmer.",
        "Home was a tent after the raid.",
        "Search parties found the bodies on Friday.",
        "Related attacks killed nine people in the south.",
        "Watch towers were burnt down by the crowd.",
        "More on the march came from the police, who arrested six.",
        "Read the statement, the judge ordered.",
        "Video footage shows security forces firing at the crowd.",
        "Photographs of the dead were shown in court.",
        "Comments by the minister angered the strikers.",
        "Copyright law was the reason for the arrest, police said.",
        "Cookies and blankets were handed out to the refugees.",
        "Issue 12 of the banned paper was seized by the police.",
        "No 10 rejected the demand.",
        "By Monday the army had left.",
        "By Sunday evening, 300 people had been arrested.",
        "The Lamp reports that the army has left.",
        "Three days ago the army shelled the port.",
        "Posted to the border in May 2011, he deserted at once.",
        "Updated figures put the dead at 40.",
        "Advertisement hoardings were torn down by the protesters.",
        "Editing the paper from prison, she called for a strike.",
        "Reporting by the paper led to the arrests.",
        "Latest figures show that 40 people died.",
        "Contact with the hostages was lost on Monday.",
        "Privacy campaigners marched on parliament.",
        "Jobs were the first demand of the crowd.",
        "Accept the offer or face an attack, the general told them.",
        "- Police arrest five people in the capital",
        "10:32 Police fire tear gas in the square",
        "“They killed my brother and his two sons”",
        "CORRECTION: The army left on Sunday, not on Monday.",
        "From the roof, they threw stones at the police.",
        "City police arrested six of the marchers.",
        "Live rounds were fired at the crowd.",
        "Opinion is divided on the truce.",
        "Top officers were dismissed.",
        "Contact us and we will fight with you, the group told the miners.",
        "Listen to us, the crowd shouted.",
        "Join the army or leave the town, they were told.",
        "Buy a gun and go home, he said.",
        "All rights were suspended by the junta.",
        "This story began with a bomb.",
        "Page by page, the court read out the names of the dead.",
        "Please do not shoot, she begged.",
        "Get out of the town, the rebels ordered.",
        "Ends of the bridge were blown up.",
        "More people were killed on Sunday.",
        "Ten years ago, the army killed 40 people here.",
        "It was 30 years old.",
        "Become a soldier or die, he was told.",
        "The army left the town on Tuesday. (Source: Agency)",
        "“He is the worst mayor that we have had.” — Jane Roe",
        "Jane Roe reports:",
        "What do you think?",
        "Is this war?",
        "What will the army do now?",
    ],
)
def test_a_sentence_of_the_story_stays(line: str) -> None:
    assert kind(line) == "story"


def test_headlines_under_a_list_heading_are_furniture_until_the_story_goes_on() -> None:
    text = "The army left.\n\nMost read\n\nTalks fail\n\nWho won the war\n\nIt came back on Friday.\n\nA new start"
    assert [p.kind for p in classify(text, paragraphs(text))] == ["story", "list", "list", "list", "story", "heading"]


def test_what_stands_under_comments_is_not_the_story() -> None:
    text = "The army left.\n\nIt came back.\n\n2 comments\n\nThey shot my dog.\n\nLiar"
    assert [p.kind for p in classify(text, paragraphs(text))] == ["story", "story", "comments", "comments", "comments"]


def test_a_count_of_comments_above_the_story_does_not_end_it() -> None:
    text = "The army has left.\n\n2 comments\n\nThe army left the town.\n\nIt will not come back."
    assert [p.kind for p in classify(text, paragraphs(text))] == ["story", "comments", "story", "story"]


def test_every_phrase_can_be_read_and_every_kind_has_a_reason() -> None:
    table = knowledge.load("furniture.toml")
    for part in ("metadata", "furniture"):
        for entry in table[part].values():
            assert entry["reason"]
            assert all(_compiled(phrase) for phrase in entry["phrases"])


def test_no_phrase_stands_twice() -> None:
    table = knowledge.load("furniture.toml")
    phrases = [p for part in ("metadata", "furniture") for entry in table[part].values() for p in entry["phrases"]]
    assert sorted(phrases) == sorted(set(phrases))
