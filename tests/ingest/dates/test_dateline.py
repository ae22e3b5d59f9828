import pytest

from byline.ingest.dates.dateline import find_dateline


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("PARIS, 3 May 2011 (Agency) -- The army left.", "The army left."),
        ("BOGOTA, 12 Jan 90 (Radio X) - The army left.", "The army left."),
        ("PARIS — The army left.", "The army left."),
        ("PARIS (AFP) - The army left.", "The army left."),
        ("RIO DE JANEIRO, Brazil (AP) _ The army left.", "The army left."),
        ("Paris, May 3 (Reuters) – The army left.", "The army left."),
        ("Port-au-Prince/Paris (dpa) - The army left.", "The army left."),
        ("SAN JOSE, Calif.-- The army left.", "The army left."),
        ("LIMA, 3 FEB 89 (RADIO X) -- [TEXT] THE ARMY LEFT.", "THE ARMY LEFT."),
        ("LIMA, 3 FEB 89 -- [REPORT] [UNIDENTIFIED REPORTER] THE ARMY LEFT.", "THE ARMY LEFT."),
        ("CARACAS (VENEZUELA), 15 DEC 89 (RADIO X) -- THE ARMY LEFT.", "THE ARMY LEFT."),
        ("LIMA, 3 FEB 89 (ABC-\nXYZ) -- THE ARMY LEFT.", "THE ARMY LEFT."),
        ("LIMA, NO DATE (RADIO X) -- THE ARMY LEFT.", "THE ARMY LEFT."),
        ("NAIROBI, Kenya (AP) _", ""),
    ],
)
def test_a_dateline_is_told_from_the_story(text: str, rest: str) -> None:
    found = find_dateline(text, (0, len(text)))
    assert found
    assert text[found.span[1] :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "The army left – and came back.",
        "Paris - the city of light - fell.",
        "THE ARMY ATTACKED -- AND LOST.",
        "THE ARMY LEFT - THEN IT CAME BACK",
        "NATO’s top general (an American) said on Monday - and again on Friday - that it would leave.",
        "CONGRESS HAS INVESTIGATED HIM — The senator lied.",
        "Police: Two men were shot.",
        "“PARIS — we will be back,” he said.",
        '[PEREZ] "WE WILL COME BACK -- ALL OF US."',
        "— The army left.",
        "Jane Roe, the mayor (Labour) - said no.",
    ],
)
def test_a_dash_in_a_sentence_makes_no_dateline(text: str) -> None:
    assert find_dateline(text, (0, len(text))) is None


def test_the_date_keeps_its_place_in_the_text() -> None:
    text = "Title\n\nPARIS, 3 May 2011 (Agency) -- The army left."
    found = find_dateline(text, (7, len(text)))
    assert found
    assert found.published
    assert found.published.span
    assert text[slice(*found.published.span)] == "3 May 2011"


def test_a_day_without_a_year_dates_nothing() -> None:
    text = "Paris, May 3 (Agency) -- The army left."
    found = find_dateline(text, (0, len(text)))
    assert found
    assert found.published is None
