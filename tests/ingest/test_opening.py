import io
from collections.abc import Iterator

import pytest

from byline.errors import ConfigurationError, DocumentError
from byline.ingest import Facts, Failure, Options
from byline.ingest.containers import json_lines
from byline.ingest.opening import documents
from byline.ingest.source import Source
from byline.records import Document, Origin

STORY = "The army left the town of Serpa on Monday."


def source(data: bytes, **parts: object) -> Source:
    made = Source("a", io.BytesIO(data), Facts(), Origin(container="a"))
    return made._replace(**parts)  # type: ignore[arg-type]


def opened(found: Source) -> list[Document | Failure]:
    return list(documents(found, Options()))


def test_a_page_is_a_page_whatever_it_begins_with() -> None:
    ((document),) = opened(source(b'{"a": 1}, said the army.', is_page=True))
    assert isinstance(document, Document)


def test_what_is_known_to_be_a_part_is_marked_so() -> None:
    (document,) = opened(source(STORY.encode(), facts=Facts(partial="A summary.")))
    assert isinstance(document, Document)
    assert document.partial == "A summary."


@pytest.mark.parametrize(
    ("error", "reason", "kind"),
    [
        (DocumentError("It is broken."), "It is broken.", "unreadable"),
        (OSError(5, "Input/output error"), "Input/output error", "unreadable"),
        (OSError("odd"), "odd", "unreadable"),
        (KeyError("x"), "KeyError in read, line ", "internal"),
    ],
)
def test_an_error_in_a_container_costs_what_follows_in_it_alone(
    error: Exception, reason: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(source: Source, _: Options) -> Iterator[Source]:
        yield source.words("1", STORY.encode())
        raise error

    monkeypatch.setattr(json_lines, "read", read)
    document, failure = opened(source(b'{"text": 1}'))
    assert document.source == "a!/1"
    assert isinstance(failure, Failure)
    assert failure.source == "a"
    assert failure.reason.startswith(reason)
    assert failure.kind == kind


def test_a_wrong_configuration_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(source: Source, _: Options) -> Iterator[Source]:
        yield source
        raise ConfigurationError

    monkeypatch.setattr(json_lines, "read", read)
    with pytest.raises(ConfigurationError):
        opened(source(b'{"text": 1}'))
