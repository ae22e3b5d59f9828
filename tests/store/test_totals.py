"""What a selection of incidents comes to, as the archive counts it."""

from collections.abc import Iterator

import pytest

from byline.store import Archive, Asked, Filter, find, incidents
from byline.store.totals import coverage, incidents_found, listed, read, texts, tolls
from tests.helpers import demo
from tests.web.server import archive_of


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(archive_of(tmp_path_factory.mktemp("totals") / "a.byline", demo())) as opened:
        yield opened


@pytest.fixture(scope="module")
def ids(archive: Archive) -> list[str]:
    return incidents_found(archive, find(archive, Filter()))


def test_without_a_filter_all_incidents_are_found(archive: Archive, ids: list[str]) -> None:
    assert ids == sorted(one.id for one in incidents(archive, Asked()))


def test_an_incident_is_found_by_any_of_its_events(archive: Archive, ids: list[str]) -> None:
    found = incidents_found(archive, find(archive, Filter(types=["ASSAULT"])))
    rows = archive.execute(
        "SELECT DISTINCT r.incident FROM reports r JOIN events e ON e.report = r.id WHERE e.type = 'ASSAULT'"
    )
    assert set(found) == {incident for (incident,) in rows} < set(ids)


def test_incidents_are_listed_in_order_of_time_and_only_spots_have_a_precision(
    archive: Archive, ids: list[str]
) -> None:
    found = list(listed(archive, ids))
    starts = [one.start for one in found if one.start]
    assert starts == sorted(starts)
    assert len(found) == len(ids)
    for one in found:
        assert (one.precision is None) == (one.latitude is None)


def test_who_tells_is_counted_by_document_and_outlet(archive: Archive, ids: list[str]) -> None:
    one = max(incidents(archive, Asked()), key=lambda one: one.reports)
    told = texts(archive, one.id)
    cover = coverage(archive, [one.id])
    assert (cover.documents, cover.outlets) == (len(told), one.outlets)
    assert coverage(archive, ids).documents <= read(archive).documents == len(demo())


def test_the_tolls_of_the_range_are_those_of_the_list(archive: Archive, ids: list[str]) -> None:
    said = {toll.incident: (toll.low, toll.high) for toll in tolls(archive, "range", ids) if toll.field == "killed"}
    assert said
    assert said == {
        one.id: (one.killed_low, one.killed_high) for one in incidents(archive, Asked()) if one.killed_low is not None
    }
