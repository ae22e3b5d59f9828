"""Events are found by any combination of filters, page by page, and counted as SQL would count them."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.errors import ConfigurationError
from byline.records import (
    Actor,
    Attribution,
    CodedDocument,
    Copy,
    Count,
    Document,
    Event,
    Incident,
    Interval,
    Mention,
    Status,
    Toponym,
)
from byline.run.linking import link
from byline.store import Archive, Edition
from byline.store.finding import Facet, Filter, find

EDITION = Edition("0.1.0", "abc", "PLOVER 1", "def", "en", "3.8")
OF_INCIDENTS = "SELECT r.id FROM reports r JOIN incidents i ON i.id = r.incident"
SAID = "SELECT v.event FROM voices v JOIN attributions a ON a.id = v.attribution"
FACETS: dict[Facet, str] = {
    "month": "coalesce(substr(e.start, 1, 7), '')",
    "type": "e.type",
    "status": "e.status",
    "country": "coalesce(e.country, '')",
    "outlet": "coalesce(d.publication, '')",
    "sector": "(SELECT coalesce(max(sector), '') FROM participants WHERE event = e.id)",
}
TYPES, COUNTRIES, OUTLETS = ("ASSAULT", "AID", "PROTEST"), ("PRT", "FIN", "KEN"), ("The Furrow", "Radio Tolva")
MODES, SECTORS = ("strike", "demo"), ("LAB", "UAF")
STATUSES: tuple[Status, ...] = ("actual", "denied")
ACTORS = ("Dockers", "Alentejo Free Column")
TEXTS = ("Dockers closed the bridge.", "The bridge was guarded.", "A guard met dockers.")
DAYS = ("2006-02-27", "2006-02-28", "2006-03-01", "2006-03-15", None)
POINTS = ((-8.5, 38.5), (24.5, 60.5), (179.5, -17.5), None)


def made(number: int) -> CodedDocument:
    """Return a document with three events of different kinds."""
    text = TEXTS[number % 3]
    return CodedDocument(
        id=f"d{number}",
        source=f"{number}.txt",
        text=text,
        publication=(*OUTLETS, None)[number % 3],
        copy=Copy(of="d0", source="0.txt", kind="near", shared=0.9) if number % 5 == 4 else None,
        actors=(Actor(id="a1", name=ACTORS[number % 2], mentions=(), country=None, sector=SECTORS[number % 2]),),
        attributions=(said(number),),
        toponyms=tuple(toponym(number + n) for n in range(3)),
        events=tuple(event(number, n) for n in range(3)),
        incidents=tuple(Incident(id=f"i{n}", type="AID", events=(f"e{n}",)) for n in range(3)),
    )


def said(number: int) -> Attribution:
    source = Mention(span=(0, 1), text="the Harbour Office") if number % 4 else None
    return Attribution(id="s1", source=source, cue=None, content=((0, 7),), quoted="indirect", rule="test")


def event(document: int, number: int) -> Event:
    salt = document * 3 + number
    first = DAYS[salt % 5]
    return Event(
        id=f"e{number}",
        type=TYPES[salt % 3],
        mode=(*MODES, None)[salt % 3],
        trigger=Mention(span=(number, number + 1), text="x"),
        status=STATUSES[salt % 2],
        actors=(Mention(span=(0, 1), text="x", actor="a1"),) if number else (),
        recipients=(),
        toponyms=(number,),
        time=Interval(start=first, end=max(first, "2006-03-02"), basis="text") if first else None,
        counts=(Count(what="wounded", low=salt % 4, high=None, span=(0, 1), text="x"),) if salt % 2 else (),
        attributions=("s1",) if number == 2 else (),
        evidence=(0, 7),
        confidence=0.5,
    )


def toponym(number: int) -> Toponym:
    point = POINTS[number % 4]
    return Toponym(
        span=(0, 1),
        text="x",
        longitude=point[0] if point else None,
        latitude=point[1] if point else None,
        geonames_id=None,
        country=(*COUNTRIES, None)[number % 4],
        precision="place",
        within=None,
    )


def enter(archive: Archive, found: list[CodedDocument], edition: Edition = EDITION) -> None:
    with archive.batch():
        number = archive.add_edition(edition)
        run = archive.begin_run(number, "{}", "2026-01-02T03:04:05+00:00")
        for document in found:
            archive.add(document, number, run)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Return an archive in which some documents were coded twice, and have lost an event."""
    path = tmp_path_factory.mktemp("finding") / "test.byline"
    documents = [made(number) for number in range(40)]
    with Archive.open(path, write=True) as archive:
        enter(archive, documents)
        fewer = [msgspec.structs.replace(d, events=d.events[1:], incidents=d.incidents[1:]) for d in documents[:20]]
        enter(archive, fewer, EDITION._replace(ontology="mine 1"))
        link(archive)
        yield archive


def asked(wanted: Filter) -> tuple[str, list[object]]:
    """Return the filter as a condition in SQL, with its values."""
    where, values = ["1"], list[object]()
    for column, some in (
        ("e.type", wanted.types),
        ("e.mode", wanted.modes),
        ("e.status", wanted.statuses),
        ("coalesce(e.country, '')", wanted.countries),
        ("coalesce(d.publication, '')", wanted.outlets),
        ("(SELECT name FROM participants WHERE event = e.id)", wanted.names),
    ):
        if some:
            where.append(f"{column} IN ({', '.join('?' * len(some))})")
            values += some
    for condition, value in (
        ('e."end" >= ?', wanted.first),
        ("e.start <= ?", wanted.last),
        ("e.id IN (SELECT event FROM participants WHERE instr(lower(name), lower(?)))", wanted.actor),
        ("(coalesce(e.killed_low, 0) > 0 OR coalesce(e.wounded_low, 0) > 0) = ?", wanted.hurt),
        (f"e.report IN ({OF_INCIDENTS} WHERE i.contested = ?)", wanted.contested),
        (f"e.report IN ({OF_INCIDENTS} WHERE i.sources >= ?)", wanted.sources),
        (f"e.id IN ({SAID} WHERE instr(lower(a.source), lower(?)))", wanted.voice),
        ("d.id IN (SELECT rowid FROM words WHERE words MATCH ?)", wanted.words),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    if wanted.sectors:
        marks = ", ".join("?" * len(wanted.sectors))
        among = "SELECT coalesce(max(sector), '') FROM participants WHERE event = e.id"
        where.append(f"({among}) IN ({marks})")
        values += wanted.sectors
    if wanted.box:
        west, south, east, north = wanted.box
        is_between = "(e.longitude BETWEEN ? AND ?)" if west <= east else "(e.longitude >= ? OR e.longitude <= ?)"
        where.append(f"{is_between} AND e.latitude BETWEEN ? AND ?")
        values += [west, east, south, north]
    if wanted.originals_only:
        where.append("d.copy_of IS NULL")
    return " AND ".join(where), values


def some(values: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([*values, "never met"]), max_size=2)


FILTERS = st.builds(
    Filter,
    first=st.none() | st.sampled_from(["2006-01-01", "2006-03-01", "2006-03-10"]),
    last=st.none() | st.sampled_from(["2006-02-28", "2006-03-01", "2006-12-31"]),
    box=st.none() | st.sampled_from([(-10.0, 36.0, 25.0, 61.0), (170.0, -20.0, -8.0, 40.0), (0.0, 0.0, 1.0, 1.0)]),
    types=some(TYPES),
    modes=some(MODES),
    statuses=some(STATUSES),
    countries=some((*COUNTRIES, "")),
    outlets=some((*OUTLETS, "")),
    names=some(ACTORS),
    actor=st.none() | st.sampled_from([*ACTORS, "dock", "%", "_", "Nobody"]),
    sectors=some((*SECTORS, "")),
    voice=st.none() | st.sampled_from(["Harbour", "harbour o", "nobody"]),
    hurt=st.none() | st.booleans(),
    contested=st.none() | st.booleans(),
    sources=st.none() | st.integers(1, 3),
    words=st.none() | st.sampled_from(["bridge", "guard*", "dockers AND bridge", "nothing"]),
    originals_only=st.booleans(),
)


@given(FILTERS)
def test_events_are_found_and_counted_as_sql_does(archive: Archive, wanted: Filter) -> None:
    where, values = asked(wanted)
    joined = "FROM events e JOIN documents d ON d.id = e.document WHERE"
    found = find(archive, wanted)
    in_order = archive.execute(f"SELECT e.id {joined} {where} ORDER BY e.start IS NULL, e.start, e.id", tuple(values))
    assert [(row["id"],) for row in found.page(0, 1_000)] == in_order.fetchall()
    for facet, column in FACETS.items():
        counted = archive.execute(f"SELECT {column}, count(*) {joined} {where} GROUP BY 1", tuple(values))
        assert found.counts(facet) == dict(counted)


def test_pages_follow_each_other(archive: Archive) -> None:
    found = find(archive, Filter())
    pages = [found.page(start, 30) for start in range(0, len(found) + 30, 30)]
    assert len(found) == 100
    assert [len(page) for page in pages] == [30, 30, 30, 10, 0]
    assert [row for page in pages for row in page] == found.page(0, 1_000)


def test_an_event_comes_with_its_document_and_its_sentence(archive: Archive) -> None:
    (event, *_) = find(archive, Filter(words="guarded")).page(0, 1)
    assert (event["source"], event["publication"], event["evidence"]) == ("25.txt", "Radio Tolva", "The bri")


def test_nothing_is_found_in_an_empty_archive(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "empty.byline", write=True) as archive:
        found = find(archive, Filter(types=["AID"], words="bridge"))
        assert (len(found), found.page(0, 50), found.counts("month"), found.counts("type")) == (0, [], {}, {})


@pytest.mark.parametrize("words", ['"bridge', "bridge AND", "a:b", ""])
def test_words_in_a_syntax_of_their_own_are_refused_in_a_sentence(archive: Archive, words: str) -> None:
    with pytest.raises(ConfigurationError, match=r"Nothing can be looked for with .* into quotation marks\.$"):
        find(archive, Filter(words=words))


def test_events_beyond_the_first_block_are_found(tmp_path: Path) -> None:
    held = Document(id="d", source="d.txt", text="Dockers")
    with Archive.open(tmp_path / "long.byline", write=True) as archive:
        events = tuple(
            msgspec.structs.replace(event(0, n), toponyms=(), actors=(), attributions=()) for n in range(2_500)
        )
        enter(archive, [CodedDocument(**msgspec.structs.asdict(held), events=events)])
        assert [row["event"] for row in find(archive, Filter()).page(2_499, 5)] == ["e2499"]
        assert len(find(archive, Filter())) == 2_500
