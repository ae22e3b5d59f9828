import gzip
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.ingest.containers import framing, unpacking, warc
from byline.ingest.source import Options
from byline.records import Failure
from tests.ingest.containers.archives import (
    PACKINGS,
    USUAL,
    failures,
    http,
    page,
    pages,
    record,
    source,
    zstd,
)

PAGES = [page(n) for n in range(5)]
REST = "What stands behind it is read. Fetch the file anew, or compare it with its checksum, if you need the rest."
NOT_THERE = "the record is to have {:,} bytes by its head, and does not end behind them"


def urls(data: bytes, options: Options = USUAL) -> list[str]:
    return [(m.facts.url or "").removeprefix("https://gazette.example/") for m in pages(warc.read, data, options)]


def told(data: bytes, options: Options = USUAL) -> list[str]:
    return [f.reason.removesuffix(" " + REST) for f in failures(warc.read, data, options)]


def packed(records: list[bytes]) -> list[bytes]:
    return [gzip.compress(r, mtime=0) for r in records]


def length_of(data: bytes) -> int:
    return int(data.partition(b"Content-Length: ")[2].partition(b"\r\n")[0])


def with_length(data: bytes, length: int) -> bytes:
    return data.replace(b"Content-Length: %d\r\n" % length_of(data), b"Content-Length: %d\r\n" % length, 1)


def test_a_member_that_is_damaged_costs_its_own_record() -> None:
    members = packed(PAGES)
    broken = bytearray(members[2])
    broken[len(broken) // 2] ^= 0xFF
    data = b"".join([*members[:2], bytes(broken), *members[3:]])
    start = len(members[0]) + len(members[1])
    assert urls(data) == ["0", "1", "3", "4"]
    (failure,) = failures(warc.read, data)
    assert failure.source == f"crawl!/{start}"
    assert failure.kind == "damaged"
    assert failure.reason.startswith(f"At byte {start:,} {len(broken):,} bytes are lost: the ")
    assert failure.reason.endswith(". " + REST)


@pytest.mark.parametrize("pack", [lambda data: gzip.compress(data, mtime=0), zstd])
def test_bytes_that_are_no_piece_cost_nothing_but_themselves(pack: Callable[[bytes], bytes]) -> None:
    members = [pack(r) for r in PAGES]
    litter = b"\x1f\x8b\x08\x00 and \x28\xb5\x2f\xfd, which open nothing" * 3
    data = members[0] + litter + b"".join(members[1:])
    assert urls(data) == ["0", "1", "2", "3", "4"]
    (reason,) = told(data)
    assert reason.startswith(f"At byte {len(members[0])} {len(litter)} bytes are lost: ")


@pytest.mark.parametrize("gone", [1, 8, 30])
def test_of_a_file_that_is_cut_off_the_last_record_is_lost(gone: int) -> None:
    members = packed(PAGES)
    data = b"".join(members)[:-gone]
    start = len(data) + gone - len(members[4])
    assert urls(data) == ["0", "1", "2", "3"]
    assert told(data) == [f"At byte {start:,} {len(members[4]) - gone} bytes are lost: the gzip member is cut off."]


def test_of_a_plain_file_that_is_cut_off_the_last_record_is_lost() -> None:
    data = b"".join(PAGES)[:-50]
    start, length = sum(map(len, PAGES[:4])), len(PAGES[4]) - 50
    assert urls(data) == ["0", "1", "2", "3"]
    assert told(data) == [f"At byte {start:,} {length} bytes are lost: {NOT_THERE.format(length_of(PAGES[4]))}."]


@pytest.mark.parametrize("wrong", [0, 1, 100, 10_000, 39_999_999, 40_000_001, 10**14])
@pytest.mark.parametrize("packing", PACKINGS)
def test_a_record_whose_length_is_wrong_is_lost_and_no_other(packing: str, wrong: int) -> None:
    records = [PAGES[0], with_length(PAGES[1], wrong), *PAGES[2:]]
    data = PACKINGS[packing](records)
    assert urls(data) == ["0", "2", "3", "4"]
    (reason,) = told(data)
    assert reason.endswith(f"{NOT_THERE.format(wrong)}.")


def test_the_bytes_that_a_wrong_length_costs_are_those_of_its_record() -> None:
    lied = with_length(PAGES[1], 100)
    assert told(b"".join([PAGES[0], lied, PAGES[2]])) == [
        f"At byte {len(PAGES[0])} {len(lied)} bytes are lost: {NOT_THERE.format(100)}."
    ]
    first, second, third = packed([PAGES[0], lied, PAGES[2]])
    assert told(first + second + third) == [
        f"At byte {len(first)} {len(second)} bytes are lost: {NOT_THERE.format(100)}."
    ]
    whole = gzip.compress(PAGES[0] + lied + PAGES[2])
    assert told(whole) == [
        f"In what is packed at byte 0 {len(lied)} bytes are lost at {len(PAGES[0])}: {NOT_THERE.format(100)}."
    ]


def test_litter_between_records_is_told() -> None:
    litter = b"A line that a full disk left behind\r\n"
    data = PAGES[0] + litter + PAGES[1]
    assert urls(data) == ["0", "1"]
    assert told(data) == [f"At byte {len(PAGES[0])} {len(litter)} bytes are lost: no record begins there."]


def test_a_head_without_a_length_is_passed_over() -> None:
    broken = PAGES[1].replace(b"Content-Length: ", b"Content-Lenght: ", 1)
    data = PAGES[0] + broken + PAGES[2]
    assert urls(data) == ["0", "2"]
    assert told(data) == [f"At byte {len(PAGES[0])} {len(broken)} bytes are lost: no record begins there."]


def test_of_one_member_for_the_file_what_comes_before_the_damage_is_read() -> None:
    whole = bytearray(PACKINGS["one gzip member"]([page(n) for n in range(400)]))
    whole[len(whole) // 2 : len(whole) // 2 + 20] = b"\xff" * 20
    found = urls(bytes(whole))
    assert found == [str(n) for n in range(len(found))]
    assert 100 < len(found) < 300
    ends = ("the gzip member cannot be unpacked.", "the checksum of the gzip member does not hold.")
    assert told(bytes(whole))
    assert all(reason.endswith(ends) for reason in told(bytes(whole)))


def test_a_checksum_that_does_not_hold_is_told_where_many_records_share_it() -> None:
    whole = bytearray(PACKINGS["one gzip member"](PAGES))
    whole[-6] ^= 1
    assert urls(bytes(whole)) == ["0", "1", "2", "3", "4"]
    assert told(bytes(whole)) == [
        f"At byte {len(whole)} the file is damaged: the checksum of the gzip member does not hold."
    ]


def test_behind_a_damaged_file_another_that_is_joined_to_it_is_read() -> None:
    whole = bytearray(PACKINGS["one gzip member"](PAGES[:3]))
    whole[len(whole) // 2 : len(whole) // 2 + 20] = b"\xff" * 20
    assert urls(bytes(whole) + PACKINGS["one gzip member"](PAGES[3:]))[-2:] == ["3", "4"]


def test_a_piece_that_grows_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LARGEST", 100_000)
    monkeypatch.setattr(framing, "LARGEST", 100_000)
    bomb = gzip.compress(record(http(bytes(40_000_000))))
    first, last = packed([PAGES[0], PAGES[1]])
    data = first + bomb + last
    assert urls(data) == ["0", "1"]
    assert told(data) == [
        f"At byte {len(first)} {len(bomb):,} bytes are lost: the gzip member grows to more than 500 times its size."
    ]


PACKED = {packing: pack(PAGES) for packing, pack in PACKINGS.items()}
MEMBERS = packed(PAGES)
STARTS = [sum(map(len, MEMBERS[:n])) for n in range(len(MEMBERS) + 1)]


def untouched(begin: int, end: int) -> list[str]:
    return [str(n) for n in range(len(MEMBERS)) if STARTS[n + 1] <= begin or STARTS[n] >= end]


@given(st.integers(0, STARTS[-1]))
def test_a_cut_anywhere_costs_no_record_before_it(at: int) -> None:
    assert urls(b"".join(MEMBERS)[:at]) == untouched(at, STARTS[-1])


@settings(max_examples=300)
@given(st.integers(0, STARTS[-1] - 1), st.integers(1, 255))
def test_a_byte_that_is_changed_costs_at_most_its_own_record(at: int, change: int) -> None:
    data = bytearray(b"".join(MEMBERS))
    data[at] ^= change
    found = urls(bytes(data))
    others = untouched(at, at + 1)
    assert [u for u in found if u in others] == others
    assert len(found) <= len(MEMBERS)


@given(st.integers(0, STARTS[-1]), st.binary(max_size=200), st.integers(0, 200))
def test_what_is_put_in_place_of_bytes_costs_at_most_the_records_that_it_touches(
    at: int, litter: bytes, gone: int
) -> None:
    data = b"".join(MEMBERS)
    found = urls(data[:at] + litter + data[at + gone :])
    others = untouched(at, at + gone)
    assert [u for u in found if u in others] == others


@pytest.mark.parametrize("packing", PACKINGS)
@given(st.data())
def test_no_file_is_too_odd(packing: str, data: st.DataObject) -> None:
    whole = bytearray(PACKED[packing])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 60))] = data.draw(st.binary(max_size=60))
        whole = whole or bytearray(1)
    for found in warc.read(source(bytes(whole)), Options(check_digests=True)):
        assert isinstance(found, Failure) or found.stream.read()


@given(st.binary())
def test_plain_bytes_that_change_lose_nothing_untold(litter: bytes) -> None:
    data = PAGES[0] + litter + PAGES[1]
    assert {"0", "1"} <= set(urls(data))
