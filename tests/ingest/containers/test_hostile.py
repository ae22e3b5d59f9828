"""Whatever bytes a file holds, it is documents and failures: nothing raises, and no failure is a mistake of ours."""

import bz2
import json
import lzma

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.ingest import Failure
from byline.records import Document
from tests.ingest.containers.reading import OTHER, STORY, gzipped, read_all, tarred, zipped

FEED = (
    f"<rss><channel><title>Lamp</title><item><title>A</title><description>{STORY}</description></item></channel></rss>"
)
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">{STORY}</content></entry></feed>'
MAIL = (
    f"From: Lamp <a@lamp.example>\nSubject: =?utf-8?q?A?=\nDate: Tue, 3 May 2011 10:00:00 +0100\nMIME-Version: 1.0\n"
    f"Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain; charset=utf-8\n\n{STORY}\n--B\n"
    "Content-Type: application/zip\nContent-Disposition: attachment; filename*=utf-8''a.zip\n"
    "Content-Transfer-Encoding: base64\n\nUEsDBAo=\n--B--\n"
)
TAR = tarred({"a.txt": STORY.encode(), "b" * 120: OTHER.encode()})
WHOLE = {
    "zip": zipped({"a.txt": STORY.encode(), "b.txt": OTHER.encode()}),
    "tar": TAR,
    "tar.gz": gzipped(TAR),
    "tar.bz2": bz2.compress(TAR),
    "tar.xz": lzma.compress(TAR),
    "tar.zst": zstandard.compress(TAR),
    "csv": f'id,text,date\n1,"{STORY}",2011-05-03\n2,{OTHER},\n'.encode(),
    "jsonl": "".join(json.dumps({"text": t, "date": 1304416800}) + "\n" for t in (STORY, OTHER)).encode(),
    "json": json.dumps([{"text": STORY, "authors": ["Ida Holm"]}, {"text": OTHER}], indent=1).encode(),
    "json feed": json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"content_text": STORY, "authors": [{"name": "A"}]}]}
    ).encode(),
    "rss": FEED.encode(),
    "atom": ATOM.encode(),
    "eml": MAIL.encode(),
    "mbox": f"From a Tue May  3 10:00:00 2011\n{MAIL}\nFrom b Wed May  4 10:00:00 2011\n{MAIL}".encode(),
}


def check(data: bytes) -> None:
    for found in read_all(data):
        assert isinstance(found, (Document, Failure))
        assert not (isinstance(found, Failure) and found.kind == "internal"), found


@pytest.mark.parametrize("format", sorted(WHOLE))
@given(data=st.data())
@settings(max_examples=60)
def test_a_container_whose_bytes_are_changed_raises_nothing(format: str, data: st.DataObject) -> None:
    damaged = bytearray(WHOLE[format])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        if not damaged:
            return
    check(bytes(damaged))


@pytest.mark.parametrize("format", sorted(WHOLE))
@given(share=st.floats(0, 1))
@settings(max_examples=20)
def test_a_container_that_is_cut_off_raises_nothing(format: str, share: float) -> None:
    check(WHOLE[format][: int(len(WHOLE[format]) * share)])


@pytest.mark.parametrize("format", sorted(WHOLE))
@given(rest=st.binary(max_size=2000))
@settings(max_examples=20)
def test_anything_behind_the_first_bytes_of_a_container_raises_nothing(format: str, rest: bytes) -> None:
    check(WHOLE[format][:12] + rest)
