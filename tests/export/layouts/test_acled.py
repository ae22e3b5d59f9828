"""Incidents in ACLED's columns: what is surely the same, and blanks."""

from typing import Any

import pytest

from byline.export.chosen import OfArchive
from byline.export.together import Together
from byline.store import Archive, Filter
from tests.export.invented import MARCH, SHOTS
from tests.export.layouts.conftest import Cells
from tests.export.layouts.made import Some, Who, incident, place, row, rows


def test_a_row_is_an_incident_that_happened(cells: Cells) -> None:
    assert cells("acled") == [
        {
            "event_id_cnty": MARCH, "event_date": "2016-05-01", "year": 2016, "time_precision": 3,
            "disorder_type": "Demonstrations", "event_type": "Protests", "actor1": "=Villagers of <i>",
            "inter1": "Protesters", "iso": 620, "country": "Portugal", "source": "<script>x</script>",
            "notes": 'Villagers marched in "Oru" <b>, all May.',
        },
        {
            "event_id_cnty": SHOTS, "event_date": "2016-05-09", "year": 2016, "time_precision": 1,
            "disorder_type": "Political violence", "event_type": "Violence against civilians",
            "sub_event_type": "Attack", "actor1": "Soldiers", "inter1": "State forces", "actor2": "four miners",
            "inter2": "Civilians", "civilian_targeting": "Civilian targeting", "iso": 620, "country": "Portugal",
            "location": "Velmara", "latitude": 38.5, "longitude": -8.25, "geo_precision": 1,
            "source": "The Lamp; Harbour Post", "fatalities": 4,
            "notes": "Soldiers shot four miners at Velmara on Monday, and four died.",
        },
    ]  # fmt: skip


SURE = [
    (("PROTEST", "demo"), {}, ("Demonstrations", "Protests", None)),
    (("PROTEST", "riot"), {}, ("Demonstrations", "Riots", None)),
    (("ASSAULT", "aerial"), {}, ("Political violence", "Explosions/Remote violence", "Air/drone strike")),
    (
        ("ASSAULT", "suicide-attack"),
        {"cameo": "1831"},
        ("Political violence", "Explosions/Remote violence", "Suicide bomb"),
    ),
    (("ASSAULT", "heavy-weapons"), {"actors": ("MIL",)}, ("Political violence", "Explosions/Remote violence", None)),
    (
        ("ASSAULT", "abduct"),
        {"actors": ("REB",), "recipients": ("JRN", "CVL")},
        ("Political violence", "Violence against civilians", "Abduction/forced disappearance"),
    ),
]
UNSURE: list[tuple[tuple[str, str | None], dict[str, tuple[Who, ...]]]] = [
    (("PROTEST", "strike"), {}),
    (("PROTEST", None), {}),
    (("ASSAULT", "firearms"), {"actors": ("MIL",), "recipients": ("REB",)}),
    (("ASSAULT", "firearms"), {"actors": ("MIL",), "recipients": ("CVL", "REB")}),
    (("ASSAULT", "firearms"), {"recipients": ("CVL",)}),
    (("ASSAULT", "suicide-attack"), {}),
    (("ASSAULT", "abduct"), {"actors": ("REB",), "recipients": ("MIL",)}),
    (("COERCE", "arrest"), {"actors": ("COP",), "recipients": ("CVL",)}),
    (("CONSULT", "visit"), {}),
]


@pytest.mark.parametrize(("what", "more", "types"), SURE)
def test_a_type_that_is_surely_acleds_is_named(
    what: tuple[str, str], more: dict[str, Any], types: tuple[str, str, str | None]
) -> None:
    found = row("acled", *what, **more)
    assert tuple(found.get(name) for name in ("disorder_type", "event_type", "sub_event_type")) == types


@pytest.mark.parametrize(("what", "more"), UNSURE)
def test_any_other_type_is_left_blank(what: tuple[str, str | None], more: dict[str, Any]) -> None:
    found = row("acled", *what, **more)
    assert not found.keys() & {"disorder_type", "event_type", "sub_event_type", "civilian_targeting"}


@pytest.mark.parametrize(
    ("who", "country", "kind"),
    [
        (("MIL", "PRT"), "PRT", "State forces"),
        (("MIL", "ESP"), "PRT", "External/Other forces"),
        (("MIL", ""), "PRT", None),
        (("MIL", "PRT"), None, None),
        (("REB", ""), None, "Rebel group"),
        (("GOV", "PRT"), "PRT", None),
    ],
)
def test_soldiers_are_the_states_at_home_and_others_abroad(who: Who, country: str | None, kind: str | None) -> None:
    assert row("acled", actors=(who,), country=country).get("inter1") == kind


@pytest.mark.parametrize(
    ("end", "precision"), [("2016-05-01", 1), ("2016-05-07", 2), ("2016-05-31", 3), ("2016-06-01", None)]
)
def test_a_date_is_as_sure_as_its_days_are_few(end: str, precision: int | None) -> None:
    found = row("acled", start="2016-05-01", end=end)
    assert found.get("time_precision") == precision
    assert found.get("event_date") == ("2016-05-01" if precision else None)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (place(), {"location": "Velmara", "geo_precision": 1}),
        (place("district", None, within="Orsa"), {"location": "Orsa", "geo_precision": 1}),
        (place("district", "Velmara"), {"location": "Velmara", "admin2": "Velmara", "geo_precision": 2}),
        (place("province"), {"location": "Velmara", "admin1": "Velmara", "geo_precision": 3}),
        (place("country", latitude=None, longitude=None), {}),
        (None, {}),
    ],
)
def test_a_place_is_named_by_its_level_and_a_country_is_no_point(where: Any, expected: dict[str, object]) -> None:  # noqa: ANN401
    found = row("acled", place=where)
    names = {"admin1", "admin2", "location", "geo_precision"}
    assert {name: cell for name, cell in found.items() if name in names} == expected
    assert ("latitude" in found) == bool(expected)


@pytest.mark.parametrize("lowest", [None, 0, 4])
def test_nobody_killed_is_a_nought_and_nothing_told_a_blank(lowest: int | None) -> None:
    assert row("acled", lowest=lowest).get("fatalities") == lowest


@pytest.mark.parametrize("status", ["denied", "planned", "feared", "did_not_happen"])
def test_what_did_not_happen_is_no_row_and_is_counted(status: str) -> None:
    chosen = Some(incident(status=status), incident())
    assert len(rows("acled", chosen)) == 1
    assert chosen.left_out == {"incidents that nobody tells as having happened": 1}


def test_an_outlets_own_word_comes_before_anothers_whichever_was_printed_first(archive: Archive) -> None:
    (shots,) = (one for one in OfArchive(archive, Filter()).together() if one.summary.id == SHOTS)
    quoted_first = Together(shots.summary, tuple(reversed(shots.told)), shots.lowest)
    (found,) = rows("acled", Some(quoted_first))
    assert found["notes"] == "Soldiers shot four miners at Velmara on Monday, and four died."
    assert found["source"] == "Harbour Post; The Lamp"


def test_an_event_of_another_type_comes_last() -> None:
    talks, attack = incident("CONSULT", actors=("GOV",)), incident("ASSAULT", "firearms", actors=("MIL",))
    (found,) = rows("acled", Some(Together(attack.summary, (*talks.told, *attack.told), {})))
    assert found["actor1"] == "the MIL"
