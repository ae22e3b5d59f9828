"""Incidents and passages in the columns of GDELT 2.0."""

from collections.abc import Callable

import pytest

from byline.export.gdelt import gdelt_id
from tests.export.invented import MARCH, SHOTS
from tests.export.layouts.conftest import Cells
from tests.export.layouts.made import Some, Who, incident, place, row, rows


def test_a_row_of_events_is_an_incident_that_happened(cells: Cells) -> None:
    assert cells("gdelt-events") == [
        {
            "GLOBALEVENTID": gdelt_id(MARCH), "MonthYear": 201605, "Year": 2016, "Actor1Code": "DEUCVL",
            "Actor1Name": "=VILLAGERS OF <I>", "Actor1CountryCode": "DEU", "Actor1Type1Code": "CVL",
            "EventCode": "141", "EventBaseCode": "141", "EventRootCode": "14", "QuadClass": 4, "NumMentions": 1,
            "NumSources": 1, "NumArticles": 1, "ActionGeo_Type": 1, "ActionGeo_FullName": '"Oru" <b>, Portugal',
            "ActionGeo_CountryCode": "PO",
        },
        {
            "GLOBALEVENTID": gdelt_id(SHOTS), "SQLDATE": 20160509, "MonthYear": 201605, "Year": 2016,
            "FractionDate": 2016.3534, "Actor1Code": "PRTMIL", "Actor1Name": "SOLDIERS", "Actor1CountryCode": "PRT",
            "Actor1Type1Code": "MIL", "Actor2Code": "PRTLAB", "Actor2Name": "FOUR MINERS", "Actor2CountryCode": "PRT",
            "Actor2Type1Code": "LAB", "IsRootEvent": 1, "EventCode": "193", "EventBaseCode": "193",
            "EventRootCode": "19", "QuadClass": 4, "NumMentions": 2, "NumSources": 2, "NumArticles": 2,
            "ActionGeo_Type": 4, "ActionGeo_FullName": "Velmara, Portugal", "ActionGeo_CountryCode": "PO",
            "ActionGeo_Lat": 38.5, "ActionGeo_Long": -8.25, "SOURCEURL": "https://lamp.example/velmara?a=1&b=2",
        },
    ]  # fmt: skip


def test_a_row_of_mentions_is_a_passage_that_tells_it_with_its_offsets(cells: Cells) -> None:
    assert cells("gdelt-mentions") == [
        {
            "GLOBALEVENTID": gdelt_id(SHOTS), "MentionTimeDate": 20160511083015, "MentionType": 1,
            "MentionSourceName": "The Lamp", "MentionIdentifier": "https://lamp.example/velmara?a=1&b=2",
            "Actor1CharOffset": 16, "Actor2CharOffset": 30, "ActionCharOffset": 25, "InRawText": 1, "Confidence": 90,
            "MentionDocLen": 131,
        },
        {
            "GLOBALEVENTID": gdelt_id(SHOTS), "MentionSourceName": "Harbour Post",
            "MentionIdentifier": "harbour-1.html", "Actor1CharOffset": 13, "Actor2CharOffset": 42,
            "ActionCharOffset": 22, "InRawText": 1, "Confidence": 90, "MentionDocLen": 111,
        },
        {
            "GLOBALEVENTID": gdelt_id(MARCH), "MentionSourceName": "<script>x</script>",
            "MentionIdentifier": "hostile.html", "Actor1CharOffset": 6, "Actor2CharOffset": -1,
            "ActionCharOffset": 16, "InRawText": 1, "Confidence": 90, "MentionDocLen": 46,
        },
    ]  # fmt: skip


def test_a_cell_breaks_no_line_and_runs_as_no_formula(written: Callable[[str, str], bytes]) -> None:
    march, _ = written("gdelt-events", "tsv").decode().splitlines()
    assert march.split("\t")[6] == "'=VILLAGERS OF <I>"


@pytest.mark.parametrize(
    ("uid", "number"), [("u0000000000000000", 0), ("u0000000000000002", 1), ("uffffffffffffffff", 2**63 - 1)]
)
def test_an_id_is_a_number_of_63_bits(uid: str, number: int) -> None:
    assert gdelt_id(uid) == number


@pytest.mark.parametrize(
    ("cameo", "quad"),
    [("010", 1), ("057", 1), ("060", 2), ("0874", 2), ("090", 3), ("138", 3), ("140", 4), ("1831", 4), ("204", 4)],
)
def test_a_cameo_code_has_its_base_its_root_and_its_quad_class(cameo: str, quad: int) -> None:
    found = row("gdelt-events", cameo=cameo)
    assert (found["EventCode"], found["EventBaseCode"], found["EventRootCode"]) == (cameo, cameo[:3], cameo[:2])
    assert found["QuadClass"] == quad


def test_without_a_cameo_code_all_four_are_blank() -> None:
    assert not row("gdelt-events").keys() & {"EventCode", "EventBaseCode", "EventRootCode", "QuadClass"}


@pytest.mark.parametrize(
    ("who", "code", "country", "type_"),
    [
        (("JRN", "PRT"), "PRTMED", "PRT", "MED"),
        (("MED", "PRT"), "PRTHLH", "PRT", "HLH"),
        (("PTY", "PRT"), "PRT", "PRT", None),
        (("REB", ""), "REB", None, "REB"),
        (("UNK", ""), None, None, None),
        (("GOV", "ROU"), "ROMGOV", "ROM", "GOV"),
        (("GOV", "XKX"), "GOV", None, "GOV"),
        (("UNK", "IGO"), "IGO", None, "IGO"),
    ],
)
def test_actors_have_cameos_codes(who: Who, code: str | None, country: str | None, type_: str | None) -> None:
    found = row("gdelt-events", actors=(who,))
    names = ("Actor1Code", "Actor1CountryCode", "Actor1Type1Code")
    assert tuple(found.get(name) for name in names) == (code, country, type_)


@pytest.mark.parametrize(
    ("precision", "country", "kind"),
    [
        ("place", "PRT", 4),
        ("place", "USA", 3),
        ("province", "PRT", 5),
        ("province", "USA", 2),
        ("country", "USA", 1),
        ("district", "PRT", None),
    ],
)
def test_a_place_has_gdelts_type(precision: str, country: str, kind: int | None) -> None:
    assert row("gdelt-events", place=place(precision, country=country)).get("ActionGeo_Type") == kind


@pytest.mark.parametrize(
    ("first", "last", "known"),
    [
        (
            "2015-02-18",
            "2015-02-18",
            {"SQLDATE": 20150218, "MonthYear": 201502, "Year": 2015, "FractionDate": 2015.1315},
        ),
        ("2015-02-01", "2015-02-28", {"MonthYear": 201502, "Year": 2015}),
        ("2015-02-01", "2015-03-01", {"Year": 2015}),
        ("2014-12-31", "2015-01-01", {}),
        (None, None, {}),
    ],
)
def test_a_date_is_as_wide_as_it_is_known(first: str | None, last: str | None, known: dict[str, object]) -> None:
    found = row("gdelt-events", start=first, end=last)
    dates = {"SQLDATE", "MonthYear", "Year", "FractionDate"}
    assert {name: cell for name, cell in found.items() if name in dates} == known


@pytest.mark.parametrize("name", ["gdelt-events", "gdelt-mentions"])
def test_what_did_not_happen_is_in_neither_file(name: str) -> None:
    chosen = Some(incident(status="planned"))
    assert rows(name, chosen) == []
    assert chosen.left_out.total() == 1
