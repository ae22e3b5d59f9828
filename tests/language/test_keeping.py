"""A parse as bytes: what comes back is what was kept, or nothing."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byline.demo import MANIFEST, PAGES
from byline.ingest import dated, read, read_manifest
from byline.language.keeping import packed, unpacked
from byline.language.parsed import Parsed, Token
from byline.records import Document
from tests.helpers import document, parsed, pipeline

WORDS = (
    "Soldiers",
    "fired.",
    "KEEPERS OF THE PORT",
    "OF LIMA",
    "said:“we",
    "re\u00adpaired",
    "[sic]",
    "it’s",
    "3 boats”\n\n",
)


def told(found: Parsed | None) -> Any:  # noqa: ANN401 -- all that a parse says, as plain values
    if found is None:
        return None
    sentences = [(s.index, [t.i for t in s.tokens], s.paragraph) for s in found.sentences]
    return (
        found.document,
        found.reading,
        list(map(of_token, found.tokens)),
        sentences,
        found.entities,
        told(found.headline),
    )


def of_token(token: Token) -> dict[str, object]:
    plain = {name: getattr(token, name) for name in Token.__slots__}
    return plain | {"head": token.head.i, "children": [c.i for c in token.children]}


def documents() -> list[Document]:
    found = dated(read([str(PAGES)], manifest=read_manifest(MANIFEST)))
    return [d for d in found if isinstance(d, Document)]


def test_the_demo_archive_comes_back_as_it_was_parsed() -> None:
    parses = [pipeline().parse(d) for d in documents()]
    assert any(p.headline for p in parses)
    assert all(told(unpacked(packed(p), p.document)) == told(p) for p in parses)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=30))
def test_whatever_was_parsed_comes_back(words: list[str]) -> None:
    found = parsed(" ".join(words))
    assert told(unpacked(packed(found), found.document)) == told(found)


def test_a_headline_comes_back_with_the_body() -> None:
    text = "Guards fled\n\nThe guards fled to the hills."
    found = pipeline().parse(Document(id="x", source="x", text=text, title="Guards fled", body=((13, 42),)))
    back = unpacked(packed(found), found.document)
    assert back is not None
    assert back.headline is not None
    assert [t.text for t in back.headline.tokens] == ["Guards", "fled"]


def test_a_parse_is_taken_up_by_the_document_as_it_is_now() -> None:
    found = parsed("Guards fled.")
    copied = msgspec.structs.replace(found.document, source="elsewhere.txt")
    back = unpacked(packed(found), copied)
    assert back is not None
    assert back.document == copied


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda kept: kept[:-1],
        lambda kept: kept[1:],
        lambda kept: kept[:20] + bytes([kept[20] ^ 1]) + kept[21:],
        lambda _: packed(parsed("")),
    ],
    ids=["nothing", "no end", "no beginning", "a bit", "another's"],
)
def test_a_damaged_parse_is_none(damage: Any) -> None:  # noqa: ANN401 -- a function of bytes
    kept = packed(parsed("The guards fled to the hills, and the boats burned."))
    assert unpacked(damage(kept), document("The guards fled to the hills, and the boats burned.")) is None
