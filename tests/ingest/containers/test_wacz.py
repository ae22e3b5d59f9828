import hashlib
import json
import zipfile
from collections.abc import Mapping
from io import BufferedReader, BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.errors import DocumentError
from byline.ingest.containers import wacz
from byline.ingest.source import Options
from byline.records import Failure, Interval
from tests.ingest.containers.archives import PACKINGS, Pipe, failures, http, page, pages, record, source

PAGES = [page(n) for n in range(3)]
WARC = PACKINGS["a gzip member a record"](PAGES)
CHECKED = Options(check_digests=True)


def listed(*entries: Mapping[str, object]) -> bytes:
    lines = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}, *entries]
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


def package(files: Mapping[str, bytes], *, stored: bool = True, wrong: str | None = None) -> bytes:
    """Return a WACZ; the digest of the file that is `wrong` does not hold."""
    resources = [
        {"name": n, "path": n, "hash": "sha256:" + hashlib.sha256(d + (n == wrong) * b"!").hexdigest(), "bytes": len(d)}
        for n, d in files.items()
    ]
    about = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
    seal = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(about).hexdigest()}
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in [
            *files.items(),
            ("datapackage.json", about),
            ("datapackage-digest.json", json.dumps(seal).encode()),
        ]:
            archive.writestr(name, data)
    return whole.getvalue()


FILES = {"archive/data.warc.gz": WARC, "indexes/index.cdx": b"", "pages/pages.jsonl": listed()}
PACKAGE = package(FILES)


def test_a_wacz_is_told_by_the_names_in_it() -> None:
    assert wacz.is_wacz(["pages/pages.jsonl", "archive/data.warc.gz", "datapackage.json"])


@pytest.mark.parametrize(
    "names", [[], ["datapackage.json"], ["archive/data.warc.gz"], ["a/datapackage.json", "archive/x"]]
)
def test_other_packages_are_none(names: list[str]) -> None:
    assert not wacz.is_wacz(names)


@pytest.mark.parametrize("stored", [True, False])
def test_all_pages_of_all_warcs_are_read_in_their_order(*, stored: bool) -> None:
    data = package({"archive/b.warc.gz": WARC, "archive/a.warc": b"".join(PAGES), "logs/x.log": b"x"}, stored=stored)
    found = [m.name.rpartition("!/")[0] for m in pages(wacz.read, data)]
    assert found == ["crawl!/archive/b.warc.gz"] * 3 + ["crawl!/archive/a.warc"] * 3
    assert not failures(wacz.read, data)


def test_the_bytes_of_a_record_are_those_that_its_origin_names() -> None:
    for found, whole in zip(pages(wacz.read, PACKAGE), PAGES, strict=True):
        start, length = found.origin.offset, found.origin.length
        assert start is not None
        assert length is not None
        assert PACKINGS["a gzip member a record"]([whole]) == PACKAGE[start : start + length]
        assert found.origin.member == f"archive/data.warc.gz!/{start - PACKAGE.index(WARC)}"


def test_what_the_zip_packs_has_no_bytes_on_disk() -> None:
    found = pages(wacz.read, package(FILES, stored=False))
    assert [(m.origin.member, m.origin.offset, m.origin.length) for m in found][:1] == [
        ("archive/data.warc.gz!/0", None, None)
    ]


def test_what_comes_through_a_pipe_is_read() -> None:
    piped = source(PACKAGE)._replace(stream=BufferedReader(Pipe(PACKAGE)))
    assert len(list(wacz.read(piped, Options()))) == 3


def test_titles_and_times_of_the_list_are_used() -> None:
    undated = record(http(), url="https://gazette.example/old").replace(b"2011-05-06T07:08:09Z", b"")
    lists = {
        "pages/pages.jsonl": listed(
            {"url": "https://gazette.example/0", "ts": "2011-05-06T07:08:10.5Z", "title": "Ferries  halted"},
            {"url": "https://gazette.example/0", "ts": "2015-01-01T00:00:00Z", "title": "Ferries run again"},
            {"url": "https://gazette.example/1", "ts": "2011-05-06T07:08:09Z", "title": "https://gazette.example/1"},
        ),
        "pages/extraPages.jsonl": listed(
            {"url": "https://gazette.example/old", "ts": "2009-08-07T06:05:04+02:00", "title": "An old page"}
        ),
    }
    found = pages(wacz.read, package({"archive/a.warc": b"".join([*PAGES, undated]), **lists}))
    assert [m.facts.title for m in found] == ["Ferries halted", None, None, "An old page"]
    assert found[0].origin.captured == "2011-05-06T07:08:09Z"
    assert found[3].origin.captured == "2009-08-07T04:05:04Z"
    assert found[3].facts.retrieved == Interval(start="2009-08-07", end="2009-08-07", basis="capture")


@pytest.mark.parametrize(
    "lines",
    [
        b"",
        b"\xff\xfe",
        b"[]\n7\nnull\n",
        b"[" * 100_000,
        b'{"url": 7, "title": []}\n',
        b'{"url": "https://gazette.example/0"',
    ],
)
def test_a_list_that_is_damaged_takes_nothing_from_the_pages(lines: bytes) -> None:
    assert len(pages(wacz.read, package({"archive/a.warc.gz": WARC, "pages/pages.jsonl": lines}))) == 3


def test_a_list_of_odd_entries_is_read_as_far_as_it_holds() -> None:
    entries = listed(
        {"url": "https://gazette.example/0", "ts": "yesterday", "title": "Ferries halted"},
        {"url": "https://gazette.example/1", "ts": 20110506, "title": 7},
        {"url": "https://gazette.example/2", "title": "Lock closed"},
    )
    found = pages(wacz.read, package({"archive/a.warc.gz": WARC, "pages/pages.jsonl": entries}))
    assert [m.facts.title for m in found] == ["Ferries halted", None, "Lock closed"]


def test_digests_that_hold_are_not_told() -> None:
    assert not failures(wacz.read, PACKAGE, CHECKED)


def test_a_file_with_another_digest_is_told_and_read() -> None:
    data = package(FILES, wrong="archive/data.warc.gz")
    assert not failures(wacz.read, data)
    (failure,) = failures(wacz.read, data, CHECKED)
    found, stated = (hashlib.sha256(d).hexdigest() for d in (WARC, WARC + b"!"))
    assert failure == Failure(
        source="crawl!/archive/data.warc.gz",
        reason=f"The package states the digest sha256:{stated}, and the file has sha256:{found}. "
        "Fetch the file anew, or compare it with its checksum.",
        kind="damaged",
    )
    assert len(pages(wacz.read, data, CHECKED)) == 3


def test_a_file_that_is_listed_and_missing_is_told() -> None:
    files = BytesIO()
    about = {"resources": [{"path": "archive/gone.warc.gz", "hash": "sha256:00"}, {"path": 7}, "x"]}
    with zipfile.ZipFile(files, "w") as archive:
        archive.writestr("datapackage.json", json.dumps(about))
        archive.writestr("archive/a.warc.gz", WARC)
    (failure,) = failures(wacz.read, files.getvalue(), CHECKED)
    assert failure.source == "crawl!/archive/gone.warc.gz"
    assert failure.reason.startswith("The package lists the file, and it is not there.")


def test_a_record_that_is_damaged_costs_itself_though_the_checksum_of_the_zip_does_not_hold() -> None:
    data = bytearray(PACKAGE)
    at = PACKAGE.index(WARC) + len(PACKINGS["a gzip member a record"](PAGES[:1])) + 60
    data[at] ^= 0xFF
    assert [m.facts.url for m in pages(wacz.read, bytes(data))] == [
        "https://gazette.example/0",
        "https://gazette.example/2",
    ]
    assert [f.kind for f in failures(wacz.read, bytes(data))] == ["damaged"]


def test_what_is_no_zip_is_a_failure() -> None:
    with pytest.raises(DocumentError, match="The ZIP archive cannot be opened"):
        list(wacz.read(source(b"PK\x03\x04 and no more"), Options()))


def test_a_file_that_grows_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacz, "LARGEST", 100_000)
    data = package({"archive/bomb.warc": bytes(1_000_000), "archive/a.warc": PAGES[0]}, stored=False)
    assert [f.reason for f in failures(wacz.read, data)] == [
        "The file grows to more than 200 times its size. It is not read."
    ]
    assert len(pages(wacz.read, data)) == 1


@pytest.mark.parametrize("whole", [PACKAGE, package(FILES, stored=False)])
@given(st.data())
def test_no_file_is_too_odd(whole: bytes, data: st.DataObject) -> None:
    changed = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        for found in wacz.read(source(bytes(changed)), CHECKED):
            assert isinstance(found, Failure) or found.stream.read()
    except DocumentError:
        pass
