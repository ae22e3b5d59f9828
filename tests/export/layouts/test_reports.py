"""Reports for R's eventreport, and incidents for R's meltt."""

from typing import Any

import pytest

from tests.export.invented import MARCH, SHOTS
from tests.export.layouts.conftest import Cells
from tests.export.layouts.made import Some, Who, incident, place, row, rows


def test_a_row_is_what_one_document_tells_of_one_incident(cells: Cells) -> None:
    lamp, harbour, march = cells("event-reports")
    place = {"country": "Portugal", "city": "Velmara", "location": "Velmara", "latitude": 38.5, "longitude": -8.25}
    days = {"date_start": "2016-05-09", "date_end": "2016-05-09"}
    soldiers = {"actor1": "Soldiers", "actor1_type": "MIL", "actor1_violence": "firearms", "actor1_perpetrator": 1}
    assert lamp == {
        "id": SHOTS, "event_id": SHOTS, **place, **days, **soldiers, "actor2": "four miners", "actor2_type": "LAB",
        "actor2_victim": 1, "event_context": "military", "deaths_best": 4, "deaths_low": 4, "deaths_high": 4,
        "source": "The Lamp", "source_author": "Ada Tarsk; Ilo Venn",
    }  # fmt: skip
    assert harbour.pop("id") not in {SHOTS, MARCH}
    assert harbour == {
        "event_id": SHOTS, **place, **days, **soldiers, "actor2": "miners", "actor2_type": "LAB", "actor2_victim": 1,
        "deaths_low": 6, "source": "Harbour Post",
    }  # fmt: skip
    assert march == {
        "id": MARCH, "event_id": MARCH, "country": "Portugal", "date_start": "2016-05-01", "date_end": "2016-05-31",
        "location": '"Oru" <b>', "geo_precision": 1, "actor1": "=Villagers of <i>", "actor1_type": "CVL",
        "source": "<script>x</script>",
    }  # fmt: skip


def test_seven_who_take_part_are_cut_to_six() -> None:
    people: tuple[Who, ...] = ("MIL", "COP", "REB", "UAF")
    found = row("event-reports", actors=people, recipients=("CVL", "JRN", "REF"))
    named = [found[f"actor{number}"] for number in range(1, 7)]
    assert named == ["the MIL", "the COP", "the REB", "the UAF", "the CVL", "the JRN"]


def test_who_takes_part_in_a_march_is_no_perpetrator() -> None:
    found = row("event-reports", "PROTEST", "demo", actors=("CVL",), recipients=("GOV",))
    assert not {name for name in found if name.endswith(("_perpetrator", "_victim", "_violence"))}


def test_a_report_of_what_did_not_happen_is_left_out_and_counted() -> None:
    chosen = Some(incident(status="denied"))
    assert rows("event-reports", chosen) == []
    assert chosen.left_out == {"reports that do not tell it as having happened": 1}


def test_meltt_gets_a_day_a_point_and_three_taxonomies(cells: Cells) -> None:
    assert cells("meltt") == [
        {
            "date": "2016-05-09", "enddate": "2016-05-09", "longitude": -8.25, "latitude": 38.5,
            "event_tax": "ASSAULT firearms", "actor_tax": "MIL", "prec_tax": "town", "id": SHOTS,
        }
    ]  # fmt: skip


DATED = {"start": "2016-05-09", "end": "2016-05-10"}


@pytest.mark.parametrize(
    "made",
    [
        incident(place=place()),
        incident(**DATED),
        incident(place=place("country", latitude=None, longitude=None), **DATED),
    ],
)
def test_without_a_day_or_a_point_meltt_gets_no_row_and_it_is_counted(made: Any) -> None:  # noqa: ANN401
    chosen = Some(made, incident(place=place(), **DATED))
    assert len(rows("meltt", chosen)) == 1
    assert chosen.left_out == {"incidents without a day or a point, which meltt needs": 1}
