import bz2
import lzma
import random
import string

import pytest
import zstandard

from byline.ingest import Failure, limits
from tests.ingest.containers.reading import OTHER, STORY, gzipped, read_all, words, zipped

LONG = STORY + "\n\n" + "".join(random.Random(7).choices(string.ascii_letters + " ", k=400_000))  # noqa: S311
PACKINGS = {"gzip": gzipped, "bzip2": bz2.compress, "xz": lzma.compress, "zstd": zstandard.compress}


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("piped", [False, True])
def test_a_packed_page_is_read_under_the_name_of_the_file(packing: str, piped: bool) -> None:  # noqa: FBT001
    assert words(PACKINGS[packing](STORY.encode()), piped=piped) == [("-", STORY)]


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_packed_table_is_read(packing: str) -> None:
    assert words(PACKINGS[packing](f"id,text\n1,{STORY}\n".encode())) == [("-!/1", STORY)]


@pytest.mark.parametrize("packing", PACKINGS)
def test_pieces_packed_one_after_another_are_one(packing: str) -> None:
    pack = PACKINGS[packing]
    assert words(pack(STORY.encode()) + pack(b" " + OTHER.encode())) == [("-", f"{STORY} {OTHER}")]


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_what_was_there_of_a_file_that_is_cut_off_is_read_and_marked(packing: str) -> None:
    whole = PACKINGS[packing](LONG.encode())
    document, failure = read_all(whole[: len(whole) // 2])
    assert isinstance(failure, Failure)
    assert failure.kind == "damaged"
    assert failure.reason.startswith(f"The {packing} data are damaged or cut off (")
    assert document.text.startswith(STORY)  # type: ignore[union-attr]
    assert document.partial == "The file is damaged: the rest of the page is lost."  # type: ignore[union-attr]


def test_a_cut_off_table_gives_the_rows_before() -> None:
    rows = "".join(f"{n},{STORY} {LONG[n * 90 + 90 : n * 90 + 180]}\n" for n in range(400))
    whole = gzipped(f"id,text\n{rows}".encode())
    found = read_all(whole[: len(whole) // 2])
    assert len(found) > 100
    assert [d.source for d in found if isinstance(d, Failure)] == ["-"]


def test_a_bomb_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE", 100_000)
    row = f"1,{STORY * 1000}\n".encode()
    bomb = gzipped(b"id,text\n" + row * 100)
    found = read_all(bomb)
    assert isinstance(found[-1], Failure)
    assert found[-1].reason == (
        "It unpacks to more than 200 times its size, as files do that are made to fill a disk. "
        "If you trust it, unpack it first."
    )
    assert 2 < len(found) < 100


def test_all_members_of_a_bomb_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE", 2_500_000)
    bomb = zipped({f"{n}.txt": b"a " * 1_000_000 for n in range(9)})
    reasons = [d.reason for d in read_all(bomb) if isinstance(d, Failure)]
    assert reasons[0] == "The text has 2,000,000 characters, over 1,000,000. Split it into one file an article."
    assert reasons[-1].startswith("It unpacks to more than 200 times its size")
    assert 3 <= len(reasons) < 9
