"""Events as PLOVER's JSON."""

from byline.export.chosen import OfDocuments
from tests.export.invented import MARCH, SHOTS, documents
from tests.export.layouts.conftest import Cells
from tests.export.layouts.made import Some, incident, rows

FIELDS = {
    "id", "has_event", "date", "time", "enddate", "endtime", "actor", "recipient", "event", "event_loc", "event_text",
    "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date",
    "coded_time", "comment", "size",
}  # fmt: skip
REQUIRED = {"id", "date", "actor", "event"}
ENTITY = {
    "code", "sector", "entity_text", "identifier_id", "identifier_text", "religion", "ethnicity", "office", "gender",
    "age",
}  # fmt: skip
LOCATION = {
    "extracted_place", "resolved_place", "geonameid", "lat", "lon", "city", "district", "province", "country",
    "country_code", "feature_class", "feature_code", "resolution",
}  # fmt: skip


def test_a_record_has_the_event_its_words_and_where_they_stand(cells: Cells) -> None:
    shots = cells("plover")[0]
    assert str(shots.pop("coder")).startswith("Byline ")
    assert shots == {
        "id": SHOTS, "has_event": True, "date": "2016-05-09", "event": ["ASSAULT"], "mode": ["firearms"],
        "context": ["military"], "quad_code": 4, "size": {"dead": 4}, "link": SHOTS,
        "actor": [{"code": "PRT", "sector": "MIL", "entity_text": "Soldiers", "identifier_text": "Soldiers"}],
        "recipient": [{"code": "PRT", "sector": "LAB", "entity_text": "four miners", "identifier_text": "four miners"}],
        "event_loc": {
            "extracted_place": "Velmara", "resolved_place": "Velmara", "geonameid": 77, "lat": 38.5, "lon": -8.25,
            "city": "Velmara", "country": "PRT", "country_code": "PT", "resolution": "town",
        },
        "event_text": ["Soldiers shot four miners at Velmara on Monday, and four died."],
        "text_info": {"start": 16, "end": 78},
        "cite_info": {
            "citation": "lamp-1.html", "url": "https://lamp.example/velmara?a=1&b=2", "title": "Velmara bleeds",
            "language": "en", "publication": "The Lamp",
        },
        "comment": "told by the outlet itself",
    }  # fmt: skip


def test_records_have_plovers_fields_and_all_that_it_requires(cells: Cells) -> None:
    for record in cells("plover"):
        assert REQUIRED <= record.keys() <= FIELDS
        assert record["event_loc"].keys() <= LOCATION  # type: ignore[attr-defined]
        for entity in (*record["actor"], *record.get("recipient", ())):  # type: ignore[misc, has-type]
            assert entity.keys() <= ENTITY


def test_the_words_of_an_event_are_found_in_the_text_by_their_offsets(cells: Cells) -> None:
    texts = {document.source: document.text for document in documents()}
    for record in cells("plover"):
        where, text = record["text_info"], texts[record["cite_info"]["citation"]]  # type: ignore[index]
        assert [text[where["start"] : where["end"]]] == record["event_text"]  # type: ignore[index]


def test_a_range_of_the_killed_is_no_size_and_a_voice_is_a_comment(cells: Cells) -> None:
    killed = cells("plover")[1]
    assert "size" not in killed
    assert killed["comment"] == "told by the union (claimed)"


def test_several_days_have_an_end(cells: Cells) -> None:
    march = cells("plover")[2]
    assert (march["id"], march["date"], march["enddate"]) == (MARCH, "2016-05-01", "2016-05-31")


def test_an_event_without_a_date_is_left_out_and_counted() -> None:
    chosen = Some(incident())
    assert rows("plover", chosen) == []
    assert chosen.left_out == {"events without a date, which PLOVER requires": 1}


def test_a_lake_has_the_same_records_without_links(cells: Cells) -> None:
    lake = rows("plover", OfDocuments("lake", documents))
    assert lake == [{name: cell for name, cell in record.items() if name != "link"} for record in cells("plover")]
