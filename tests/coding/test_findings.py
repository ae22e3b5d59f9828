"""What is found in a text, as bytes: what comes back gives the same records, or nothing comes back."""

import zlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.coding.coder import put_together
from byline.coding.findings import find, packed, unpacked
from byline.coding.ontology import read_ontology
from byline.language.parsed import Parsed
from byline.run.plugging import gazetteer
from tests.helpers import demo, originals, parsed, pipeline

TEXT = (
    "“We shelled nobody,” Colonel Anna Redlake told reporters in Lima on Sunday. Peruvian and Chilean troops, she "
    "said, had allegedly fired at the port that they guard.\n\nWitnesses, according to the mayor, saw nine dead."
)


def again(found: Parsed) -> Parsed:
    """Return another parse of the same text: its tokens are other objects."""
    return pipeline().parse(found.document)


def test_the_demo_archive_is_put_together_from_what_was_kept() -> None:
    ontology = read_ontology("plover")
    for document, coded in zip(originals(), demo(), strict=True):
        parse = pipeline().parse(document)
        kept = unpacked(packed(find(parse, gazetteer())), again(parse))
        assert kept is not None
        assert put_together(kept, ontology) == coded


def test_words_are_those_of_the_parse_that_is_given() -> None:
    parse = parsed(TEXT)
    other = again(parse)
    kept = unpacked(packed(find(parse, gazetteer())), other)
    assert kept is not None
    assert all(token is other.tokens[token.i] for said in kept.attributions.said for token in said.content)
    assert any(kept.cast.sharing(token) for token in other.tokens)


def test_what_comes_back_is_packed_as_it_was() -> None:
    parse = parsed(TEXT)
    kept = packed(find(parse, gazetteer()))
    found = unpacked(kept, again(parse))
    assert found is not None
    assert packed(found) == kept


@given(st.binary(max_size=60))
def test_damaged_bytes_are_nothing(damaged: bytes) -> None:
    assert unpacked(damaged, parsed("Nobody came.")) is None
    assert unpacked(zlib.compress(damaged), parsed("Nobody came.")) is None


def test_findings_of_a_longer_text_are_nothing() -> None:
    assert unpacked(packed(find(parsed(TEXT), gazetteer())), parsed("Nobody came.")) is None


@pytest.mark.parametrize(
    "kept", [[], [[], []], [[], [], "words", [], {}, {}], [[], [], [[None, "a", 1, [], []]], [], {}, {}]]
)
def test_another_form_is_nothing(kept: object) -> None:
    assert unpacked(zlib.compress(msgspec.msgpack.encode(kept)), parsed("Nobody came.")) is None
