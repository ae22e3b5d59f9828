"""The archive gives back what was put in, and keeps what former editions said."""

import sqlite3
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest

from byline.errors import ConfigurationError, StorageError
from byline.lookup import uids_of
from byline.records import CodedDocument, Document, Failure, Interval, Origin
from byline.store import Archive, Edition, Input, compare, documents, editions, failures, set_aside
from byline.store.projection import key_of
from tests.helpers import demo, with_events
from tests.run.poison import coded

EDITION = Edition("0.1.0", "abc", "PLOVER 1", "def", "en", "3.8")
OTHER = EDITION._replace(ontology="mine 1")
HELD = Document(id="d1", source="a.txt", text="Police arrested three.", publication="The Sines Courier")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "test.byline", write=True)


def enter(archive: Archive, *found: CodedDocument, edition: Edition = EDITION) -> int:
    """Enter documents as one run; return its id."""
    with archive.batch():
        number = archive.add_edition(edition)
        run = archive.begin_run(number, "{}", "2026-01-02T03:04:05+00:00")
        for document in found:
            archive.add(document, number, run)
    return run


def one(archive: Archive, query: str) -> object:
    return archive.execute(query).fetchone()[0]


def test_documents_come_back_byte_for_byte(archive: Archive) -> None:
    enter(archive, *demo())
    assert [d.to_json() for d in documents(archive)] == [d.to_json() for d in demo()]


@pytest.mark.parametrize(
    "text", ["Rauch 🔥 über Łódź.", "line\r\nline\ttab", "e\u0301 \u202eright to left", "'; DROP TABLE x"]
)
def test_a_text_of_any_kind_comes_back(archive: Archive, text: str) -> None:
    document = coded(msgspec.structs.replace(HELD, text=text, origin=Origin(container="a.txt", offset=3)))
    enter(archive, document)
    assert [d.to_json() for d in documents(archive)] == [document.to_json()]


def test_spans_of_the_archive_quote_the_text(archive: Archive) -> None:
    enter(archive, *demo())
    query = (
        "SELECT count(*) FROM events e JOIN documents d ON d.id = e.document "
        "WHERE e.trigger_text != substr(d.text, e.trigger_start + 1, e.trigger_end - e.trigger_start)"
    )
    assert one(archive, query) == 0


def test_every_event_has_an_id_of_its_own(archive: Archive) -> None:
    enter(archive, *demo())
    assert one(archive, "SELECT count(DISTINCT uid) = count(*) FROM events")


def test_two_events_of_one_type_with_one_trigger_have_two_ids() -> None:
    document = coded(HELD)
    twice = msgspec.structs.replace(document, events=(*document.events, *document.events))
    first, second = uids_of(twice)
    assert first != second
    assert uids_of(document) == [first]


def test_a_document_entered_again_is_there_once(archive: Archive) -> None:
    enter(archive, coded(HELD))
    enter(archive, coded(HELD))
    assert one(archive, "SELECT count(*) FROM documents") == 1
    assert one(archive, "SELECT count(*) FROM events") == 1


def test_a_former_edition_stays_readable(archive: Archive) -> None:
    before, after = coded(HELD, "COERCE"), coded(HELD, "ASSAULT")
    enter(archive, before)
    enter(archive, after, edition=OTHER)
    assert list(documents(archive)) == [after]
    assert list(documents(archive, 1)) == [before]
    assert [(e.id, e.ontology, e.documents, e.events) for e in editions(archive)] == [
        (1, "PLOVER 1", 1, 1),
        (2, "mine 1", 1, 1),
    ]


def test_an_event_that_a_later_edition_lacks_has_a_tombstone(archive: Archive) -> None:
    enter(archive, coded(HELD, "COERCE"))
    enter(archive, coded(HELD, "ASSAULT"), edition=OTHER)
    (uid,) = uids_of(coded(HELD, "COERCE"))
    assert archive.execute("SELECT uid, edition, type, trigger_text FROM tombstones").fetchall() == [
        (uid, 2, "COERCE", "Police")
    ]


def test_coding_in_a_former_edition_leaves_the_rows_of_the_latest(archive: Archive) -> None:
    enter(archive)
    enter(archive, coded(HELD, "ASSAULT"), edition=OTHER)
    enter(archive, coded(HELD, "COERCE"))
    assert one(archive, "SELECT type FROM events") == "ASSAULT"
    assert next(documents(archive)).events[0].type == "ASSAULT"


def test_the_difference_of_two_editions_is_told_event_by_event(archive: Archive) -> None:
    before, after = coded(HELD, "COERCE"), coded(HELD, "COERCE")
    (event,) = after.events
    denied = msgspec.structs.replace(event, id="e2", status="denied")
    new = msgspec.structs.replace(event, type="ASSAULT")
    after = msgspec.structs.replace(after, events=(new, denied))
    enter(archive, before)
    enter(archive, after, edition=OTHER)
    found = sorted(compare(archive, 1, 2), key=lambda d: d.what)
    assert [(d.what, d.type) for d in found] == [("appeared", "ASSAULT"), ("changed", "COERCE")]
    assert found[1].fields == {"status": ("actual", "denied"), "happened": (True, False)}
    assert [(d.what, d.type) for d in compare(archive, 2, 1) if d.what == "vanished"] == [("vanished", "ASSAULT")]


def test_an_edition_that_is_not_there_is_named_with_those_that_are(archive: Archive) -> None:
    enter(archive, coded(HELD))
    with pytest.raises(ConfigurationError, match=r"has no edition 3\. It has: 1\.$"):
        list(documents(archive, 3))


def test_the_same_text_read_again_with_other_facts_takes_the_place_of_the_first(archive: Archive) -> None:
    day = Interval(start="2006-03-01", end="2006-03-01", basis="given")
    dated = coded(msgspec.structs.replace(HELD, published=day))
    enter(archive, coded(HELD))
    enter(archive, dated)
    assert list(documents(archive)) == [dated]
    assert one(archive, "SELECT count(*) FROM events") == 1
    assert one(archive, "SELECT documents FROM reports_by_outlet") == 1
    enter(archive, coded(HELD))
    assert list(documents(archive)) == [coded(HELD)]


def test_what_decides_coding_decides_whether_a_document_is_known(archive: Archive) -> None:
    enter(archive, coded(HELD))
    moved = msgspec.structs.replace(HELD, source="b.txt", origin=Origin(container="b.txt"))
    renamed = msgspec.structs.replace(HELD, publication="Meridian Wire")
    known = [archive.is_coded(key_of(d), 1) for d in (HELD, moved, renamed)]
    assert known == [True, True, False]
    assert not archive.is_coded(key_of(HELD), 2)


def test_another_place_of_a_known_document_is_noted_once(archive: Archive) -> None:
    enter(archive, coded(HELD))
    for source in ("a.txt", "b.txt", "b.txt"):
        archive.add_appearance(key_of(HELD), source, None)
    assert archive.execute("SELECT source FROM appearances").fetchall() == [("b.txt",)]


def test_words_of_documents_are_found(archive: Archive) -> None:
    enter(archive, coded(HELD), coded(msgspec.structs.replace(HELD, source="b.txt", text="Nurses met the mayor.")))
    query = "SELECT d.source FROM words JOIN documents d ON d.id = words.rowid WHERE words MATCH 'nurses AND mayor'"
    assert archive.execute(query).fetchall() == [("b.txt",)]


def test_points_are_in_the_tree_of_places(archive: Archive) -> None:
    enter(archive, *demo())
    with_point = one(archive, "SELECT count(*) FROM events WHERE latitude IS NOT NULL")
    assert with_point == one(archive, "SELECT count(*) FROM event_points")
    assert with_point


def test_sqlite_finds_nothing_wrong_with_an_archive_of_two_editions(archive: Archive) -> None:
    enter(archive, *demo())
    enter(archive, *(with_events(d, d.events[1:]) for d in demo()), edition=OTHER)
    assert archive.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert archive.execute("PRAGMA foreign_key_check").fetchall() == []


def test_outlets_are_counted_as_their_events_come_and_go(archive: Archive) -> None:
    counted = (
        "SELECT publication, documents, originals, events, told_as_happened, in_its_own_voice FROM reports_by_outlet"
    )
    query = (
        "SELECT d.publication, count(DISTINCT d.id), count(DISTINCT iif(d.copy_of IS NULL, d.id, NULL)), count(e.id), "
        "coalesce(sum(e.happened), 0), coalesce(sum(e.happened AND e.said_by IS NULL), 0) "
        "FROM documents d LEFT JOIN events e ON e.document = d.id WHERE d.replaced_by IS NULL GROUP BY 1"
    )
    enter(archive, *demo())
    assert archive.execute(counted).fetchall() == archive.execute(query).fetchall()
    enter(archive, *(with_events(d, d.events[:1]) for d in demo()), edition=OTHER)
    enter(archive, msgspec.structs.replace(demo()[0], language="xx"), edition=OTHER)
    assert archive.execute(counted).fetchall() == archive.execute(query).fetchall()
    archive.execute("DELETE FROM documents WHERE id IN (2, 3)")
    assert archive.execute(counted).fetchall() == archive.execute(query).fetchall()


def test_inside_of_a_snapshot_nothing_changes(archive: Archive) -> None:
    enter(archive, coded(HELD))
    with Archive.open(archive.path) as reader:
        with reader.snapshot():
            assert one(reader, "SELECT count(*) FROM events") == 1
            enter(archive, coded(msgspec.structs.replace(HELD, source="b.txt", text="Nurses met the mayor.")))
            assert one(reader, "SELECT count(*) FROM events") == 1
        assert one(reader, "SELECT count(*) FROM events") == 2


def test_a_document_that_cannot_be_coded_can_be_tried_again(archive: Archive) -> None:
    run = enter(archive)
    failure = Failure(source="a.txt", reason="It hangs.", kind="time")
    archive.add_failure(failure, 1, run, HELD)
    assert failures(archive) == [failure]
    assert [one.document for one in set_aside(archive)] == [HELD]
    longer = msgspec.structs.replace(failure, reason="It hangs longer.")
    archive.add_failure(longer, 1, run, HELD)
    assert failures(archive) == [longer]
    enter(archive, coded(HELD))
    assert (failures(archive), set_aside(archive)) == ([], [])


def test_a_file_that_can_be_read_again_is_no_failure_any_more(archive: Archive) -> None:
    first = enter(archive)
    for name in ("a.zip!/1.txt", "b.txt"):
        archive.add_failure(Failure(source=name, reason="Damaged.", kind="damaged"), 1, first)
    second = enter(archive)
    archive.add_input(second, Input("a.zip", 3, "sha256:00"))
    archive.end_run(second, "2026-01-02T03:04:06+00:00")
    assert [f.source for f in failures(archive)] == ["b.txt"]


def test_a_batch_is_written_whole_or_not_at_all(archive: Archive) -> None:
    enter(archive)
    with suppress(KeyError), archive.batch():
        archive.add(coded(HELD), 1, 1)
        raise KeyError
    assert one(archive, "SELECT count(*) FROM documents") == 0


def test_a_full_disk_is_told_in_one_sentence_and_the_archive_stays_whole(archive: Archive) -> None:
    enter(archive, coded(HELD))
    archive.execute(f"PRAGMA max_page_count = {one(archive, 'PRAGMA page_count')}")
    with pytest.raises(StorageError, match=r"cannot be written \(database or disk is full\)"):
        enter(archive, *demo())
    assert list(documents(archive)) == [coded(HELD)]
    assert one(archive, "PRAGMA integrity_check") == "ok"


def test_readers_see_what_is_committed_while_somebody_writes(archive: Archive) -> None:
    enter(archive, coded(HELD))
    with Archive.open(archive.path) as reader, archive.batch():
        archive.execute("DELETE FROM events")
        assert one(reader, "SELECT count(*) FROM events") == 1


def test_the_log_beside_the_archive_is_emptied_when_it_is_long(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = archive.path.with_name(f"{archive.path.name}-wal")
    enter(archive, coded(HELD))
    assert log.stat().st_size
    monkeypatch.setattr("byline.store.archive._LONG", 0)
    monkeypatch.setattr("byline.store.archive._PATIENCE", 0)
    with Archive.open(archive.path) as reader, reader.snapshot():
        assert one(reader, "SELECT count(*) FROM events") == 1
        enter(archive, coded(msgspec.structs.replace(HELD, source="b.txt", text="Nurses met the mayor.")))
        assert one(reader, "SELECT count(*) FROM events") == 1
        assert log.stat().st_size
    enter(archive)
    assert not log.stat().st_size


def test_a_reader_cannot_write(archive: Archive) -> None:
    with Archive.open(archive.path) as reader, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.execute("DELETE FROM documents")


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    notes, other = tmp_path / "notes.txt", tmp_path / "other.db"
    notes.write_text("Buy milk. " * 100, "utf-8")
    sqlite3.connect(other).executescript("CREATE TABLE mine (x); PRAGMA user_version = 1;")
    for path in (notes, other):
        for write in (False, True):
            with pytest.raises(ConfigurationError, match=r"Name another file\.$"):
                Archive.open(path, write=write)


def test_an_archive_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"Make one: byline code SOURCES --to "):
        Archive.open(tmp_path / "none.byline")
    assert not list(tmp_path.iterdir())


def test_an_archive_of_a_newer_byline_is_refused(archive: Archive) -> None:
    archive.execute("PRAGMA user_version = 99")
    with pytest.raises(ConfigurationError, match=r"was written by a newer Byline \(schema 99\)"):
        Archive.open(archive.path)


def test_a_file_that_was_cut_off_is_told_as_damaged(archive: Archive) -> None:
    enter(archive, *demo())
    archive.close()
    archive.path.write_bytes(archive.path.read_bytes()[:9000])
    with pytest.raises(StorageError, match=r"test\.byline is damaged .*\.recover"):
        Archive.open(archive.path)


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    for write in (False, True):
        with pytest.raises(ConfigurationError, match=r"is a folder, and an archive is a file\. Name one\.$"):
            Archive.open(tmp_path, write=write)


def test_a_file_with_a_damaged_page_is_told_when_that_is_read(archive: Archive) -> None:
    enter(archive, *demo())
    root = one(archive, "SELECT rootpage FROM sqlite_master WHERE name = 'documents'")
    size = one(archive, "PRAGMA page_size")
    archive.close()
    assert isinstance(root, int)
    assert isinstance(size, int)
    with archive.path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(StorageError, match=r"test\.byline is damaged"), Archive.open(archive.path) as opened:
        list(documents(opened))
