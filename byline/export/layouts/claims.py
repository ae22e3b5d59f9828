"""Who says what as schema.org's Claim, JSON-LD: one object an attribution. Nothing is judged: no ClaimReview."""

from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import quote

from byline.export.foreign import known, one_day, one_line, write_within
from byline.export.layout import Chosen, Layout, Read, Told
from byline.export.tables import write_lines
from byline.export.where import where
from byline.lookup import link_of
from byline.records import Attribution, Document, Mention

_CONTEXT = "https://schema.org"
_KINDS = {"person": "Person", "organisation": "Organization", "state": "Organization", "group": "Organization"}


def _claims(chosen: Chosen) -> Iterator[dict[str, Any]]:
    for read in chosen.documents():
        for said in read.index.document.attributions:
            about = [t for t in read.told if t.event.id in said.about or said.id in t.event.denied_by]
            if about:
                yield _claim(read, said, about)


def _claim(read: Read, said: Attribution, about: list[Told]) -> dict[str, Any]:
    document = read.index.document
    claim = {
        "text": " … ".join(one_line(document.text[slice(*span)]) for span in said.content),
        "author": _speaker(read, said.source),
        "about": [_event(told) for told in about],
        "appearance": _article(document),
        "keywords": [said.stance, f"{said.quoted} quotation"],
        "inLanguage": document.language,
    }
    name = f"urn:byline:claim:{quote(document.id, safe='')}:{quote(said.id, safe='')}"
    return {"@type": "Claim", "@id": name, **known(claim)}


def _speaker(read: Read, source: Mention | None) -> dict[str, Any]:
    """Return who says it; whether it is a person or an organisation only where that is known."""
    if source is None:
        return {}
    actor = read.index.actor(source)
    return known({"@type": _KINDS.get(actor.kind) if actor else None, "name": one_line(read.index.name(source))})


def _event(told: Told) -> dict[str, Any]:
    time, place = told.event.time, where(told.index, told.event)
    event = {
        "name": f"{told.event.type} ({told.event.status})",
        "startDate": time.start if time else None,
        "endDate": time.end if time else None,
        "location": {"@type": "Place", "name": place.name} if place else {},
    }
    return {"@type": "Event", "@id": f"urn:byline:event:{told.uid}", **known(event)}


def _article(document: Document) -> dict[str, Any]:
    article = {
        "headline": document.title and one_line(document.title),
        "url": link_of(document.url),
        "datePublished": one_day(document.published),
        "publisher": {"@type": "Organization", "name": one_line(document.publication)} if document.publication else {},
    }
    return {"@type": "NewsArticle", "identifier": document.id, **known(article)}


def _write_graph(chosen: Chosen, out: BinaryIO) -> None:
    write_within({"@context": _CONTEXT}, "@graph", _claims(chosen), out)


LAYOUT = Layout(
    name="claims",
    title="Who says what, as schema.org's Claim",
    level="claim",
    columns={},
    forms={
        "jsonld": _write_graph,
        "json": _write_graph,
        "jsonl": lambda chosen, out: write_lines(({"@context": _CONTEXT, **c} for c in _claims(chosen)), out),
    },
    losses=(
        "It has claims that tell or deny the chosen events: what is said of other things is left out.",
        "Stance and kind of quotation stand among the keywords: schema.org has no word for them.",
        "Who passed a claim on and in whose words it stands is lost; a denial is a claim about the same event.",
        "What is told by an outlet in its own voice is no claim here.",
        (
            "The status of an event stands in its name, and not as schema.org's eventStatus, which is for events "
            "that people can go to."
        ),
        "Spans are lost; the words are there.",
        "Byline judges no claim: there is no ClaimReview and no rating.",
    ),
)
