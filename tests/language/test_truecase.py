import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.language.truecase import truecase

READ = [
    ("A US SHIP BROUGHT US TO A PORT OF THE US.", "A US ship brought us to a port of the US."),
    (
        "A REPORT SAYS THAT A COLUMN ATTACKED THE FARM 2 DAYS AGO.",
        "A report says that a column attacked the farm 2 days ago.",
    ),
    ("REBELS SHOT MAYOR RUDEK OLBERIN IN LIMA, PERU.", "Rebels shot Mayor Rudek Olberin in Lima, Peru."),
    ("THE MAYOR WAS SHOT.  HE DIED ON 5 MAY.", "The mayor was shot.  He died on 5 May."),
    ("IT MAY END IN MARCH, AFTER THE MARCH.", "It may end in March, after the march."),
    ("THE FBP [FRONT OF BLUE PILOTS] SAID IT WOULD STRIKE.", "The FBP [Front of Blue Pilots] said it would strike."),
    ("THE ORBA WORKERS UNION (OWU) CALLED A STRIKE.", "The Orba Workers Union (OWU) called a strike."),
    ("SHE MET ANA DE LA TORRE AND THE MAYOR OF LA PAZ.", "She met Ana de la Torre and the mayor of La Paz."),
    ("THE U.S. EMBASSY DIDN'T COMMENT ON O'BRANNIK'S CLAIM.", "The U.S. embassy didn't comment on O'Brannik's claim."),
    ("MR. STONE LEFT. LATER STONE CAME BACK TO THE TOWN.", "Mr. Stone left. Later Stone came back to the town."),
    (
        "THE NATIONAL POLICE AND POLICE OF THE IVORY COAST MET.",
        "The National Police and police of the Ivory Coast met.",
    ),
    ("GEN. OLBERIN AND THE GENERAL OF AL-QUBRA TALKED.", "Gen. Olberin and the general of al-Qubra talked."),
    ("THEY SEIZED TWO AK-47 RIFLES ON THE 3RD OF JUNE.", "They seized two AK-47 rifles on the 3rd of June."),
    (
        "TWO SHOT IN THE PORT OF DAKAR\nTwo men were shot on Monday.",
        "Two shot in the port of Dakar\nTwo men were shot on Monday.",
    ),
]
KEPT = [
    "NORTH CREEK TOWNSHIP, BRANCH CO, MI (QXA) - Two men fled.",
    "NATO, the FBI, CIA and U.N. said so.",
    "LIMA, Peru (AP) - The mayor was shot.",
    "The BBC, CNN, NBC, CBS reported it.",
    "The mayor said: NO! I will NEVER go.",
    "",
]


@pytest.mark.parametrize(("printed", "read"), READ)
def test_capitals_are_read_in_their_likely_case(printed: str, read: str) -> None:
    assert truecase(printed, [(0, len(printed))]) == read


@pytest.mark.parametrize("printed", KEPT)
def test_ordinary_text_stays_as_it_is(printed: str) -> None:
    assert truecase(printed, [(0, len(printed))]) is printed


def test_what_lies_outside_the_body_stays_in_capitals() -> None:
    text = "SHARE THIS WITH THE WORLD\n\nTHE MAYOR WAS SHOT IN THE PORT."
    assert truecase(text, [(27, len(text))]) == "SHARE THIS WITH THE WORLD\n\nThe mayor was shot in the port."


@given(st.text(alphabet="ABEILNORSTUÀÉİŒẞß0123 .,'’-()[]\n", max_size=200))
def test_every_character_keeps_its_place(noise: str) -> None:
    text = f"THE MAYOR OF THE PORT WAS SHOT. {noise}"
    read = truecase(text, [(0, len(text))])
    assert len(read) == len(text)
    assert [c.casefold() for c in read] == [c.casefold() for c in text]
