"""W3C Web Annotations: valid, of all events, and their words stand where they say."""

import json
from collections.abc import Callable

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from byline.export.chosen import OfDocuments
from byline.export.layouts.annotations import holds
from byline.records import CodedDocument, Event
from tests.export.invented import SHOTS, documents, lamp
from tests.export.layouts.conftest import Cells
from tests.export.layouts.made import rows
from tests.matching import CASES

SCHEMA = json.loads((CASES / "web_annotation.schema.json").read_text("utf-8"))


def test_the_page_is_valid_and_has_an_annotation_for_each_event(written: Callable[[str, str], bytes]) -> None:
    page = json.loads(written("annotations", "jsonld"))
    jsonschema.Draft202012Validator(SCHEMA).validate(page)
    assert len(page["items"]) == sum(len(document.events) for document in documents())
    assert len({item["id"] for item in page["items"]}) == len(page["items"])


def test_a_line_is_a_valid_annotation_with_a_context_of_its_own(cells: Cells) -> None:
    one = jsonschema.Draft202012Validator({**SCHEMA["$defs"]["annotation"], "$defs": SCHEMA["$defs"]})
    for line in cells("annotations"):
        one.validate(line)
        assert line["@context"] == "http://www.w3.org/ns/anno.jsonld"


def test_the_schema_finds_what_is_wrong() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"@context": "x", "id": "y", "type": "Annotation", "items": []}, SCHEMA)


def test_an_annotation_has_what_the_event_is_and_who_says_and_denies_it(cells: Cells) -> None:
    shots, strike, killed, *_ = cells("annotations")
    said = [(body["purpose"], body["value"]) for body in killed["body"]]  # type: ignore[attr-defined]
    assert said == [
        ("classifying", "ASSAULT"),
        ("tagging", "firearms"),
        ("tagging", "status: actual"),
        ("describing", "actors: Soldiers"),
        ("describing", "recipients: miners"),
        ("describing", "said by: the union"),
        ("describing", "denied by: Renko"),
    ]
    assert shots["id"] == f"urn:byline:event:{SHOTS}"
    assert ("tagging", "status: planned") in [(b["purpose"], b["value"]) for b in strike["body"]]  # type: ignore[attr-defined]
    assert shots["target"] == {
        "source": "https://lamp.example/velmara?a=1&b=2",
        "selector": [
            {
                "type": "TextQuoteSelector", "prefix": "Velmara bleeds\n\n",
                "exact": "Soldiers shot four miners at Velmara on Monday, and four died.",
                "suffix": " A strike is planned in Orsa.\n\nN",
            },
            {"type": "TextPositionSelector", "start": 16, "end": 78},
        ],
    }  # fmt: skip


def test_both_selectors_find_the_sentence_of_the_event_again(cells: Cells) -> None:
    events = ((document.text, event) for document in documents() for event in document.events)
    for (text, event), line in zip(events, cells("annotations"), strict=True):
        quotation, position = line["target"]["selector"]  # type: ignore[index]
        assert text[position["start"] : position["end"]] == text[slice(*event.evidence)] == quotation["exact"]
        around = quotation.get("prefix", "") + quotation["exact"] + quotation.get("suffix", "")
        assert text.count(around) == 1


def test_an_event_whose_words_are_not_there_is_left_out_and_counted() -> None:
    (event, *others) = lamp().events
    off = msgspec.structs.replace(event, evidence=(5000, 5010))
    chosen = OfDocuments("x", lambda: [msgspec.structs.replace(lamp(), events=(off, *others))])
    assert len(rows("annotations", chosen)) == len(others)
    assert chosen.left_out == {"events whose words do not stand where they should": 1}


@given(st.text(min_size=1, max_size=80), st.data())
def test_any_span_of_any_text_is_found_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = start, data.draw(st.integers(start + 1, len(text)))
    event: Event = msgspec.structs.replace(lamp().events[0], evidence=span, actors=(), recipients=(), toponyms=())
    document = CodedDocument(id="d", source="d", text=text.replace("\ud800", ""), events=(event,))
    found = rows("annotations", OfDocuments("x", lambda: [document]))
    assert [holds(document.text, line["target"]["selector"]) for line in found] == [True]


@pytest.mark.parametrize(
    ("exact", "start", "end", "prefix"),
    [("cat", 0, 3, ""), ("dog", 0, 3, "x"), ("dog", 1, 4, ""), ("", 0, 0, ""), ("dog", -3, 0, ""), ("dog", 0, 3, "a ")],
)
def test_a_quotation_that_does_not_stand_there_does_not_hold(exact: str, start: int, end: int, prefix: str) -> None:
    quotation = {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix}
    assert not holds("dog day", [quotation, {"type": "TextPositionSelector", "start": start, "end": end}])
