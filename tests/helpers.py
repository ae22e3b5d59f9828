"""What tests share: a parsed document from a few words."""

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from byline.demo import MANIFEST, PAGES
from byline.ingest import dated, read, read_manifest
from byline.language.parsed import Parsed
from byline.language.pipeline import Pipeline
from byline.lookup import uids_of
from byline.records import CodedDocument, Document, Event, Interval
from byline.reviews import Review, facts_of
from byline.run.job import Settings, coder_of
from byline.store import Archive, add_review, documents


@cache
def pipeline() -> Pipeline:
    return Pipeline()


def document(text: str, *, published: str | None = None) -> Document:
    """Return a document whose paragraphs are parted by blank lines; `published` is a day."""
    given = Interval(start=published, end=published, basis="given") if published else None
    body = tuple(m.span() for m in re.finditer(r"\S(?:.*\S)?", text))
    return Document(id="test", source="test", text=text, published=given, body=body)


def parsed(text: str, *, published: str | None = None) -> Parsed:
    """Return the words parsed by the default pipeline."""
    return pipeline().parse(document(text, published=published))


@cache
def demo() -> tuple[CodedDocument, ...]:
    """Return the documents of the demo archive, coded."""
    found = dated(read([str(PAGES)], manifest=read_manifest(MANIFEST)))
    return tuple(d for d in coder_of(Settings()).code_all(found) if isinstance(d, CodedDocument))


def originals() -> list[Document]:
    """Return the documents of the demo archive as they are before they are coded."""
    names = Document.__struct_fields__
    return [Document(**{name: getattr(d, name) for name in names}) for d in demo()]


def accept_one(archive: Archive) -> None:
    """Have a reviewer accept an event of the archive."""
    document = next(d for d in documents(archive) if d.events)
    event, uid = document.events[0], uids_of(document)[0]
    facts, when = facts_of(document, event), "2024-05-02T10:00:00+00:00"
    said = Review(kind="accept", event=uid, document=document.id, facts=facts, reviewer="Ada Quill", time=when)
    with archive.batch():
        add_review(archive, said)


def with_events(document: CodedDocument, events: Iterable[Event]) -> CodedDocument:
    """Return a document with some of its events, and the incidents that have some left."""
    kept = tuple(events)
    ids = {event.id for event in kept}
    incidents = (msgspec.structs.replace(i, events=tuple(e for e in i.events if e in ids)) for i in document.incidents)
    return msgspec.structs.replace(document, events=kept, incidents=tuple(i for i in incidents if i.events))
