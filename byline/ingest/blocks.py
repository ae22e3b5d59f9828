"""Blocks of words, some of them marked as headings, to a Document: what markup and printed pages have in common."""

from collections.abc import Container, Sequence
from itertools import accumulate

from byline.ingest.facts import Facts
from byline.ingest.furniture import classify
from byline.ingest.text import check, document, without_title
from byline.records import Document


def from_blocks(
    blocks: Sequence[tuple[str, bool]], source: str, facts: Facts, read: Facts, captions: Container[str] = ()
) -> Document:
    """Return a Document whose text is the title and the blocks with blank lines between.

    A block is its words and whether it is a heading; `captions` are the words of those that describe a picture.
    `facts` are given and win over `read`, which the page tells. DocumentError if there are no words, or too many.
    """
    lines = [*([(read.title, True)] if read.title else []), *blocks]
    text = "\n\n".join(words for words, _ in lines)
    check(text)
    ends = accumulate(len(words) + 2 for words, _ in lines)
    spans = [(end - 2 - len(words), end - 2) for end, (words, _) in zip(ends, lines, strict=True)]
    headings = {span for span, (_, heading) in zip(spans, lines, strict=True) if heading}
    pictured = {span for span, (words, _) in zip(spans, lines, strict=True) if words in captions}
    found = classify(text, spans, headings=headings, captions=pictured)
    if read.title:
        found = without_title(text, found, spans[0])
    return document(text, found, source=source, facts=facts, read=read, marked=True)
