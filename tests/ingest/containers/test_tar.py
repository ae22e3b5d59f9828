import io
import tarfile

import pytest

from tests.ingest.containers.reading import OTHER, STORY, gzipped, kinds, read_all, tarred, words, zipped

TWO = tarred({"./a.txt": STORY.encode(), "b" * 150 + ".txt": OTHER.encode()})
NAMES = ["-!/./a.txt", f"-!/{'b' * 150}.txt"]


@pytest.mark.parametrize("piped", [False, True])
@pytest.mark.parametrize("packed", [False, True])
def test_each_member_is_read_under_its_name(packed: bool, piped: bool) -> None:  # noqa: FBT001
    data = gzipped(TWO) if packed else TWO
    assert words(data, piped=piped) == list(zip(NAMES, (STORY, OTHER), strict=True))


def test_a_member_tells_where_its_bytes_stand() -> None:
    for document in read_all(TWO):
        origin = document.origin  # type: ignore[union-attr]
        assert origin
        assert origin.offset
        assert TWO[origin.offset : origin.offset + (origin.length or 0)].decode() in {STORY, OTHER}


def test_a_member_of_a_packed_archive_has_no_place_in_the_file() -> None:
    origins = [d.origin for d in read_all(gzipped(TWO))]  # type: ignore[union-attr]
    assert [(o.member, o.offset) for o in origins if o] == [(name[3:], None) for name in NAMES]


def test_an_archive_of_before_ustar_is_told_by_its_checksum() -> None:
    info = tarfile.TarInfo("a.txt")
    info.size = len(STORY)
    header = bytearray(info.tobuf(tarfile.USTAR_FORMAT))
    header[257:265] = bytes(8)
    header[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(header))[0]  # type: ignore[attr-defined]
    data = bytes(header) + STORY.encode().ljust(512, b"\0") + bytes(1024)
    assert words(data) == [("-!/a.txt", STORY)]


def test_links_devices_and_pipes_are_never_opened() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("x")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert words(file.getvalue()) == []


@pytest.mark.parametrize("packed", [False, True])
def test_a_damaged_header_costs_its_member_alone(packed: bool) -> None:  # noqa: FBT001
    three = bytearray(tarred({"a.txt": STORY.encode(), "b.txt": OTHER.encode(), "c.txt": STORY.encode()}))
    three[1024:1030] = b"xxxxxx"
    data = gzipped(bytes(three)) if packed else bytes(three)
    assert words(data) == [
        ("-!/a.txt", STORY),
        ("-", "The archive is damaged before byte 2,048: a member or more are lost. What follows was read."),
        ("-!/c.txt", STORY),
    ]


def test_what_was_there_of_a_member_that_is_cut_off_is_read_and_marked() -> None:
    found = read_all(TWO[: 512 + 20])
    assert found[0].partial == "The file is damaged: the rest of the page is lost."  # type: ignore[union-attr]
    assert found[1].reason == "The member ends after 20 of its 42 bytes. Get the archive again if it was cut off."  # type: ignore[union-attr]


def test_a_zip_archive_inside_of_a_packed_one_is_opened() -> None:
    assert words(gzipped(tarred({"z.zip": zipped({"a.txt": STORY.encode()})}))) == [("-!/z.zip!/a.txt", STORY)]


def test_a_header_with_a_negative_size_is_none() -> None:
    info = tarfile.TarInfo("a.txt")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 10 + b"\xfe\x00"
    header[148:156] = b"%06o\0 " % tarfile.calc_chksums(bytes(header))[0]  # type: ignore[attr-defined]
    assert kinds(TWO[:1024] + bytes(header) + bytes(2048)) == [("-!/./a.txt", STORY), ("-", "damaged")]


def test_a_header_that_would_fill_the_memory_is_refused() -> None:
    info = tarfile.TarInfo("a.txt")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 1 << 33
    data = info.tobuf(tarfile.GNU_FORMAT) + bytes(512)
    assert kinds(TWO[:1024] + data) == [("-!/./a.txt", STORY), ("-", "damaged")]
