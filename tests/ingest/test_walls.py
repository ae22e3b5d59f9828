import tomllib
from pathlib import Path
from typing import Any

import pytest

from byline.errors import DocumentError
from byline.ingest.pages import from_bytes
from byline.ingest.walls import _KINDS
from byline.records import Document

CASES = tomllib.loads(Path(__file__).parents[1].joinpath("cases", "walls.toml").read_text("utf-8"))


def read(case: dict[str, Any]) -> Document:
    (document,) = from_bytes((case.get("page") or case["text"]).encode())
    return document


def labelled(name: str) -> Any:  # noqa: ANN401 -- pytest's own kind of list
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["label"]) for case in CASES[name]])


@labelled("walls")
def test_a_wall_is_a_failure_that_says_what_it_is(case: dict[str, Any]) -> None:
    with pytest.raises(DocumentError) as error:
        read(case)
    assert error.value.kind == "wall"
    assert _KINDS[case["kind"]]["name"] in str(error.value)


@labelled("stubs")
def test_a_stub_is_a_document_that_says_so(case: dict[str, Any]) -> None:
    document = read(case)
    assert document.partial
    assert case["says"] in document.partial
    told = " ".join(document.text[slice(*part)] for part in document.body)
    assert "The leader of the dockers of Sines was arrested" in told
    assert "ubscribe" not in told


@labelled("whole")
def test_what_speaks_of_walls_or_ends_in_a_plea_is_whole(case: dict[str, Any]) -> None:
    document = read(case)
    assert document.partial is None
    assert document.body


def test_the_reason_names_the_words_and_what_to_do() -> None:
    with pytest.raises(DocumentError) as error:
        from_bytes(b"<html><body><h1>404 Not Found</h1></body></html>")
    assert str(error.value) == (
        "The page shows an error in place of the page and no article (“404 Not Found”). "
        "The address was no longer, or not yet, an article: take an earlier or later capture."
    )
