"""Slides of TimelineJS and events of TimeMap."""

import json
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from tests.export.invented import SHOTS
from tests.export.layouts.conftest import Cells
from tests.export.layouts.made import Some, incident, row, rows


class Tags(HTMLParser):
    """The tags of some HTML, with the addresses of links."""

    def __init__(self, words: object) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str | None, ...]]] = []
        self.feed(str(words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(value for _, value in attrs)))


def test_a_slide_has_its_day_its_words_who_says_so_and_links(cells: Cells) -> None:
    _, shots = cells("timelinejs")
    assert shots == {
        "Year": 2016, "Month": 5, "Day": 9, "Group": "ASSAULT",
        "Headline": "Assault: Soldiers → four miners, Velmara",
        "Text": (
            "<p>“Soldiers shot four miners at Velmara on Monday, and four died.”</p><p>Says who: the outlet itself.</p>"
            "<p>Reports contradict one another.</p><p>Reports: 2. Outlets: 2. Independent sources: 2.</p>"
            '<p><a href="https://lamp.example/velmara?a=1&amp;b=2">The Lamp</a>, Harbour Post</p>'
        ),
    }  # fmt: skip


def test_hostile_words_are_no_tags_and_no_links(cells: Cells) -> None:
    march, shots = cells("timelinejs")
    assert Tags(march["Headline"]).found == []
    assert {tag for tag, _ in Tags(march["Text"]).found} == {"p"}
    links = [values for tag, values in Tags(shots["Text"]).found if tag == "a"]
    assert links == [("https://lamp.example/velmara?a=1&b=2",)]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2016-02-29", "2016-02-29", (2016, 2, 29, None, None, None)),
        ("2016-02-01", "2016-02-29", (2016, 2, None, None, None, None)),
        ("2016-01-01", "2016-12-31", (2016, None, None, None, None, None)),
        ("2016-02-01", "2016-02-28", (2016, 2, 1, 2016, 2, 28)),
        ("2016-01-01", "2016-03-31", (2016, 1, 1, 2016, 3, 31)),
        ("2015-12-31", "2016-01-01", (2015, 12, 31, 2016, 1, 1)),
        ("2015-01-01", "2016-12-31", (2015, 1, 1, 2016, 12, 31)),
    ],
)
def test_a_whole_month_or_year_is_told_as_such(start: str, end: str, expected: tuple[int | None, ...]) -> None:
    found = row("timelinejs", start=start, end=end)
    assert tuple(found.get(f"{e}{part}") for e in ("", "End ") for part in ("Year", "Month", "Day")) == expected


def test_an_incident_without_a_day_has_no_slide_and_is_counted() -> None:
    chosen = Some(incident())
    assert rows("timelinejs", chosen) == []
    assert chosen.left_out == {"incidents without a day, which TimelineJS needs": 1}


def test_timemap_gets_an_array_of_events(written: Callable[[str, str], bytes]) -> None:
    assert json.loads(written("timemap", "json")) == [
        {
            "id": SHOTS, "desc": "Soldiers shot four miners at Velmara on Monday, and four died.", "date": "5/9/2016",
            "time": "", "location": "Velmara", "lat": "38.5", "long": "-8.25", "filters": "firearms",
            "source": "https://lamp.example/velmara?a=1&b=2; Harbour Post", "category": "ASSAULT",
        }
    ]  # fmt: skip
