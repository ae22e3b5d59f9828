"""What `byline code` writes keeps the contract, on every page of the demo archive."""

import json
from pathlib import Path

import jsonschema
import pytest

from byline.demo import MANIFEST, PAGES
from byline.ingest import Failure, from_text, read, read_manifest
from byline.records import CodedDocument
from byline.run.job import Settings, coder_of

SCHEMA = json.loads(Path(__file__).parents[1].joinpath("docs", "document.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def coded() -> list[CodedDocument]:
    found = list(coder_of(Settings()).code_all(read([str(PAGES)], manifest=read_manifest(MANIFEST))))
    assert not [f for f in found if isinstance(f, Failure)]
    return [d for d in found if isinstance(d, CodedDocument)]


def test_every_line_is_valid(coded: list[CodedDocument]) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for document in coded:
        validator.validate(json.loads(document.to_json()))


def test_a_line_read_again_is_the_same_record(coded: list[CodedDocument]) -> None:
    for document in coded:
        assert CodedDocument.from_json(document.to_json()) == document


def quotations(value: object) -> list[tuple[list[int], str]]:
    """Return every span of a record with the words that are said to stand there."""
    if isinstance(value, list):
        return [q for v in value for q in quotations(v)]
    if not isinstance(value, dict):
        return []
    own = [(value["span"], value["text"])] if value.get("span") and value.get("text") is not None else []
    return own + [q for v in value.values() for q in quotations(v)]


@pytest.fixture(scope="module")
def in_capitals(coded: list[CodedDocument]) -> list[CodedDocument]:
    """Return the demo's stories as a telex would have printed them."""
    texts = (" ".join(d.text[slice(*span)] for span in d.body).upper() for d in coded)
    found = list(coder_of(Settings()).code_all(from_text(text, source="telex") for text in texts))
    return [d for d in found if isinstance(d, CodedDocument)]


def test_text_in_capitals_has_nearly_all_the_events(
    coded: list[CodedDocument], in_capitals: list[CodedDocument]
) -> None:
    assert sum(len(d.events) for d in in_capitals) > 0.9 * sum(len(d.events) for d in coded)


def test_every_span_is_its_words(coded: list[CodedDocument], in_capitals: list[CodedDocument]) -> None:
    for document in (*coded, *in_capitals):
        record = json.loads(document.to_json())
        wrong = [(span, words) for span, words in quotations(record) if document.text[slice(*span)] != words]
        assert not wrong


def test_every_reference_has_its_record(coded: list[CodedDocument]) -> None:
    for document in coded:
        actors, said = {a.id for a in document.actors}, {a.id for a in document.attributions}
        for event in document.events:
            assert {m.actor for m in (*event.actors, *event.recipients)} - {None} <= actors
            assert set(event.attributions) <= said
            assert all(0 <= i < len(document.toponyms) for i in event.toponyms)
        assert sorted(e for i in document.incidents for e in i.events) == sorted(e.id for e in document.events)


def test_nothing_is_coded_outside_the_body(coded: list[CodedDocument]) -> None:
    for document in coded:
        for event in document.events:
            start, end = event.trigger.span
            assert any(a <= start and end <= b for a, b in document.body), (document.source, event.trigger.text)


def test_coding_twice_gives_the_same_bytes(coded: list[CodedDocument]) -> None:
    again = coder_of(Settings()).code_all(read([str(PAGES)], manifest=read_manifest(MANIFEST)))
    assert [d.to_json() for d in again if isinstance(d, CodedDocument)] == [d.to_json() for d in coded]
