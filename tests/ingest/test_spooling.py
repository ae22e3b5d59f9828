from io import BufferedReader, BytesIO

import pytest

from byline.errors import DocumentError
from byline.ingest import spooling
from byline.ingest.spooling import seekable
from tests.ingest.containers.archives import Pipe


def test_a_file_stays_as_it_is() -> None:
    stream = BytesIO(b"words")
    assert seekable(stream) is stream


def test_what_comes_through_a_pipe_can_be_sought() -> None:
    with seekable(BufferedReader(Pipe(b"words" * 900))) as stream:
        stream.seek(-5, 2)
        assert stream.read() == b"words"
        stream.seek(0)
        assert stream.read(5) == b"words"


def test_a_pipe_without_end_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooling, "LARGEST_SPOOL", 1_000)
    with pytest.raises(DocumentError, match="Standard input has more than 1,000 bytes in a format that"):
        seekable(BufferedReader(Pipe(bytes(2_000))))
