"""What is kept of the cells of events is what the archive holds, whoever writes it meanwhile."""

from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from byline.records import CodedDocument
from byline.store import Archive, Filter, Kept, find
from tests.store.test_finding import EDITION, enter, made

MINE = EDITION._replace(ontology="mine 1")


def counted(archive: Archive) -> tuple[list[int], dict[str, int], dict[str, int]]:
    found = find(archive, Filter())
    return found.ids, found.counts("sector"), found.counts("type")


def fewer(document: CodedDocument) -> CodedDocument:
    """Return a document without its first event, whose others have new actors."""
    actors = tuple(replace(actor, sector="GOV") for actor in document.actors)
    return replace(document, events=document.events[1:], incidents=document.incidents[1:], actors=actors)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "test.byline", write=True) as archive:
        enter(archive, [made(n) for n in range(400)])  # more than a block of events
    return tmp_path / "test.byline"


def test_what_was_written_since_is_read_anew(path: Path) -> None:
    kept = Kept()
    with Archive.open(path, write=True) as writer, Archive.open(path, kept=kept) as reader:
        for documents, edition in (
            ([], EDITION),
            ([made(n) for n in range(400, 402)], EDITION),
            ([fewer(made(3)), fewer(made(390))], MINE),
            ([made(n) for n in range(402, 800)], EDITION),
        ):
            enter(writer, documents, edition)
            with Archive.open(path) as other:
                assert counted(reader) == counted(other)


def test_what_was_not_written_is_not_read_again(path: Path) -> None:
    with Archive.open(path, write=True) as archive:
        before = archive.columns()
        assert archive.columns() is before
        enter(archive, [made(400)])
        assert archive.columns() is not before


def test_what_was_not_committed_is_forgotten(path: Path) -> None:
    with Archive.open(path, write=True) as archive:
        before = counted(archive)
        with suppress(KeyError), archive.batch():
            archive.add(made(400), 1, 1)
            assert counted(archive) != before
            raise KeyError
        assert counted(archive) == before
        enter(archive, [made(401)])
        with Archive.open(path) as other:
            assert counted(archive) == counted(other)


def test_a_snapshot_stays_as_it_is_while_others_with_the_same_go_on(path: Path) -> None:
    kept = Kept()
    with Archive.open(path, kept=kept) as one, Archive.open(path, kept=kept) as other:
        with one.snapshot():
            before = counted(one)
            with Archive.open(path, write=True) as writer:
                enter(writer, [made(n) for n in range(400, 800)])
                enter(writer, [fewer(made(3))], MINE)
            after = counted(other)
            assert counted(one) == before
            assert after != before
            assert counted(other) == after
        assert counted(one) == after
