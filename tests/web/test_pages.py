"""Every view as a page and as data, and what is answered where there is nothing to show."""

import csv
from html import escape, unescape
from io import StringIO
from pathlib import Path

import pytest

from tests.web.server import Client, archive_of

NAME, OUTLET = "?name=Alentejo+Free+Column", "?name=Red+Furrow"
TWINS = [
    ("/incidents", "/incidents.json"),
    ("/incidents?place=Beja", "/incidents.json?place=Beja"),
    ("/actors", "/actors.json"),
    ("/actors?part=guard", "/actors.json?part=guard"),
    (f"/actor{NAME}", f"/actor.json{NAME}"),
    (f"/actor{NAME}&first=2006-03-10", f"/actor.json{NAME}&first=2006-03-10"),
    ("/outlets", "/outlets.json"),
    (f"/outlet{OUTLET}", f"/outlet.json{OUTLET}"),
    ("/documents/1", "/documents/1.json"),
]
FILTERS = [
    "contested=yes",
    "contested=no",
    "sources=2",
    "hurt=yes",
    "sector=COP",
    "voice=Falcato",
    "name=Duarte+Malveira",
    "mode=riot",
    "box=-10,35,0,45",
    "text=%22the+dams%22",
    "originals=yes",
]
NOT_THERE = [
    "/nothing", "/values/type/more",
    "/documents/99999", "/documents/99999999999999999999", "/events/e", "/incidents/u", "/actor?name=Nobody+at+all",
    "/outlet?name=No+Paper", "/outlet?name=",
]  # fmt: skip
NO_MEANING = [
    "/?first=spring", "/?box=1,2,3", "/?hurt=maybe", "/?colour=red", "/actors?page=0", "/outlets?page=1",
    f"/actor{NAME}&first=2006-13", "/map.json?zoom=-5", "/?hurt=yes&hurt=no", "/actor", "/actor?name=", "/outlet",
    "/outlet?name=a&name=b", "/values/colour",
]  # fmt: skip


@pytest.mark.parametrize(("page", "data"), TWINS)
def test_a_page_links_its_data(client: Client, page: str, data: str) -> None:
    assert f'href="{data}"' in unescape(client.get(page).text)
    assert client.get(data).json()


@pytest.mark.parametrize(
    "path", ["/incidents.csv", "/actors.csv", f"/actor.csv{NAME}", "/outlets.csv", f"/outlet.csv{OUTLET}"]
)
def test_a_table_is_there_as_csv(client: Client, path: str) -> None:
    header, *rows = csv.reader(StringIO(client.get(path).text))
    assert rows
    assert {len(row) for row in rows} == {len(header)}


@pytest.mark.parametrize("given", FILTERS)
def test_a_filter_finds_some_and_not_all(client: Client, given: str) -> None:
    total = client.get(f"/events.json?{given}").json()["total"]
    assert isinstance(total, int)
    assert 0 <= total < 292
    assert client.get(f"/?{given}").status == 200


@pytest.mark.parametrize("facet", ["type", "mode", "status", "country", "sector", "outlet"])
def test_a_value_of_a_facet_finds_as_many_as_it_says(client: Client, facet: str) -> None:
    counts = client.get("/events.json").json()["facets"][facet]  # type: ignore[index]
    for value, events in counts.items():
        assert client.get_with("/events.json", {facet: value}).json()["total"] == events
    all_of_it = client.get(f"/values/{facet}").text
    assert all(f'value="{escape(value)}"' in all_of_it for value in counts)


def test_what_is_not_known_is_a_value(client: Client) -> None:
    page = client.get("/?mode=&mode=riot&text=").text
    assert 'aria-label="Remove: mode not known"' in page
    assert 'href="/?mode=riot"' in page
    assert "Remove: text" not in page


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_is_told(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 404
    assert "<h1>404</h1>" in answer.text
    error = client.get(path, Accept="application/json").json()["error"]
    assert isinstance(error, dict)
    assert error["status"] == 404


@pytest.mark.parametrize("path", NO_MEANING)
def test_what_has_no_meaning_is_told(client: Client, path: str) -> None:
    assert client.get(path).status == 400


def test_events_of_several_reports_link_their_incident(client: Client) -> None:
    assert 'class="beside" href="/incidents/' in client.get("/").text


def test_another_archive_in_its_place_is_shown(where: str, path: Path, tmp_path: Path) -> None:
    assert Client(where).get("/events.json").json()["total"] != 0
    other = archive_of(tmp_path / "other.byline", [])
    for end in ("-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    other.replace(path)
    assert Client(where).get("/events.json").json()["total"] == 0
