"""Events as W3C Web Annotations: what an event is, and the words of the page that show it, by quotation and position.

The Web Annotation Data Model (W3C, 2017), serialised as JSON-LD. Both selectors are checked against the text before
they are written: the position holds the words, and of all places that have them between the same neighbours it is one.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

from byline.export.foreign import joined, known, one_line, program, write_within
from byline.export.layout import Chosen, Layout, Told
from byline.export.tables import write_lines
from byline.export.together import party
from byline.lookup import OUTLET, link_of
from byline.records import Document, Span

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # code points before and behind a quotation, by which it is found again
_FORMAT = {"type": "TextualBody", "format": "text/plain"}


def _annotations(chosen: Chosen) -> Iterator[dict[str, Any]]:
    for told in chosen.events():
        selectors = _selectors(told.index.document.text, told.event.evidence)
        if holds(told.index.document.text, selectors):
            yield _annotation(told, selectors)
        else:
            chosen.left_out["events whose words do not stand where they should"] += 1


def _annotation(told: Told, selectors: list[dict[str, Any]]) -> dict[str, Any]:
    event = told.event
    who, whom = (joined(party(told.index, mentions).names) for mentions in (event.actors, event.recipients))
    said = " < ".join(map(one_line, told.index.voices(event))) or OUTLET
    denied = joined(told.index.voice(told.index.attributions[i]) for i in event.denied_by)
    bodies = (
        ("classifying", event.type),
        ("tagging", event.mode),
        ("tagging", f"status: {event.status}"),
        ("describing", f"actors: {who}" if who else None),
        ("describing", f"recipients: {whom}" if whom else None),
        ("describing", f"said by: {said}"),
        ("describing", f"denied by: {denied}" if denied else None),
    )
    return {
        "id": f"urn:byline:event:{told.uid}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"type": "Software", "name": program()},
        "body": [{**_FORMAT, "purpose": purpose, "value": value} for purpose, value in bodies if value],
        "target": {"source": source_of(told.index.document), "selector": selectors},
    }


def source_of(document: Document) -> str:
    """Return the document's address on the web; without one, a name that is made of its id."""
    return link_of(document.url) or f"urn:byline:document:{quote(document.id, safe='')}"


def _selectors(text: str, span: Span) -> list[dict[str, Any]]:
    """Return the two selectors of a span, in code points."""
    start, end = span
    quotation = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    return [known(quotation), {"type": "TextPositionSelector", "start": start, "end": end}]


def holds(text: str, selectors: list[dict[str, Any]]) -> bool:
    """Tell whether a quotation stands at its position, and between its neighbours."""
    quotation, position = selectors
    around = quotation.get("prefix", ""), quotation.get("exact", ""), quotation.get("suffix", "")
    start = position["start"] - len(around[0])
    words = text[position["start"] : position["end"]]
    return start >= 0 and bool(words) and words == around[1] and text.startswith("".join(around), start)


def _write_page(chosen: Chosen, out: BinaryIO) -> None:
    """Write an AnnotationPage."""
    name = f"urn:byline:annotations:{quote(chosen.name, safe='')}"
    head = {"@context": _CONTEXT, "id": name, "type": "AnnotationPage"}
    write_within(head, "items", _annotations(chosen), out)


LAYOUT = Layout(
    name="annotations",
    title="Events as W3C Web Annotations of the pages that tell them",
    level="event",
    columns={},
    forms={
        "jsonld": _write_page,
        "json": _write_page,
        "jsonl": lambda chosen, out: write_lines(({"@context": _CONTEXT, **a} for a in _annotations(chosen)), out),
    },
    losses=(
        (
            "All events are there, also those that were denied or planned: the status is a tag, so a reader has "
            "to heed it."
        ),
        (
            "An annotation marks the sentence that tells an event; the spans of trigger, actors, places and "
            "voices are lost."
        ),
        "Who says so is a body in words, without the stance.",
        "Days, places, tolls, confidences and reasons are lost.",
        (
            "Positions count code points of Byline's frozen text of the page, not of its HTML: where a page's "
            "text is taken otherwise, the quotation finds the words."
        ),
        "A page without an address on the web is named by Byline's id.",
    ),
)
