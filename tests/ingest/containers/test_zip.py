import io
import stat
import zipfile

from tests.ingest.containers.reading import OTHER, STORY, gzipped, kinds, read_all, words, zipped

TWO = zipped({"a.txt": STORY.encode(), "sub/b.txt": OTHER.encode()})
LOST = (
    "The archive is damaged or cut off: its list of members is lost. Those found by their own headers were read; "
    "get it again for the rest."
)


def test_each_member_is_read_under_its_name() -> None:
    assert words(TWO) == [("-!/a.txt", STORY), ("-!/sub/b.txt", OTHER)]


def test_an_archive_that_comes_through_a_pipe_is_read() -> None:
    assert words(TWO, piped=True) == words(TWO)


def test_a_member_tells_where_its_bytes_stand() -> None:
    first, second = (d.origin for d in read_all(TWO))  # type: ignore[union-attr]
    assert first
    assert second
    assert (second.container, second.member) == ("-", "sub/b.txt")
    assert second.offset
    assert TWO[second.offset :].startswith(b"PK\x03\x04")
    assert first.offset == 0


def test_archives_inside_of_archives_are_opened() -> None:
    inner = zipped({"in.zip": TWO, "c.txt.gz": gzipped(STORY.encode())})
    assert [name for name, _ in words(inner)] == ["-!/in.zip!/a.txt", "-!/in.zip!/sub/b.txt", "-!/c.txt.gz"]


def test_archives_inside_of_each_other_end_somewhere() -> None:
    data = TWO
    for _ in range(6):
        data = zipped({"a.zip": data})
    ((_, reason),) = words(data)
    assert reason == "Containers stand inside of each other more than 5 deep. Unpack the inner ones first."


def test_a_name_that_climbs_or_moves_the_cursor_is_only_shown() -> None:
    assert words(zipped({"../../etc/a\x1b[2J\u202e.txt": STORY.encode()})) == [
        ("-!/../../etc/a\ufffd[2J\ufffd.txt", STORY)
    ]


def test_what_systems_add_is_passed_over() -> None:
    litter = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "sub\\.hidden": b"x", "./a.txt": STORY.encode()}
    assert [name for name, _ in words(zipped(litter))] == ["-!/./a.txt"]


def test_links_and_folders_are_passed_over() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("sub/", "")
        archive.writestr("a.txt", STORY)
    assert words(file.getvalue()) == [("-!/a.txt", STORY)]


def test_an_encrypted_member_is_a_failure_and_the_rest_is_read() -> None:
    locked = bytearray(TWO)
    for magic, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(magic) + place] |= 1
    assert words(bytes(locked)) == [
        ("-!/a.txt", "The member is encrypted. Unpack the archive with its password first."),
        ("-!/sub/b.txt", OTHER),
    ]


def test_a_damaged_member_costs_itself_alone() -> None:
    at = TWO.index(b"a.txt") + 5
    damaged = TWO[:at] + b"\xff" * 8 + TWO[at + 8 :]
    assert kinds(damaged) == [("-!/a.txt", "damaged"), ("-!/sub/b.txt", OTHER)]


def test_an_archive_without_its_list_of_members_is_read_by_their_own_headers() -> None:
    cut = TWO[: TWO.index(b"PK\x01\x02")]
    assert words(cut) == [("-!/a.txt", STORY), ("-!/sub/b.txt", OTHER), ("-", LOST)]


def test_what_was_there_of_a_member_that_is_cut_off_is_read_and_marked() -> None:
    cut = TWO[: TWO.index(b"PK\x01\x02") - 10]
    documents = read_all(cut)
    assert [d.source for d in documents] == ["-!/a.txt", "-!/sub/b.txt", "-!/sub/b.txt", "-"]
    assert documents[1].partial == "The file is damaged: the rest of the page is lost."  # type: ignore[union-attr]
    assert documents[0].partial is None  # type: ignore[union-attr]


def test_an_office_document_is_no_archive_of_pages() -> None:
    assert words(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})) == [
        ("-", "This is an office document. Save it as text, HTML or PDF.")
    ]


def test_an_empty_archive_holds_nothing() -> None:
    assert words(zipped({})) == []
