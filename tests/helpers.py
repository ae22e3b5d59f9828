"""What tests share: a parsed document from a few words."""

import re
from functools import cache

from byline.language.parsed import Parsed
from byline.language.pipeline import Pipeline
from byline.records import Document, Interval


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
