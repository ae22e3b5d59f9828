"""A page to its documents: one, or one for each of its entries; walls are refused."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from byline import knowledge
from byline.errors import DocumentError
from byline.ingest import walls
from byline.ingest.blocks import from_blocks
from byline.ingest.clocks import clock_of, days_of
from byline.ingest.dumps import given, inside
from byline.ingest.entries import Entry, entries_of
from byline.ingest.facts import Facts
from byline.ingest.furniture import folded
from byline.ingest.html import from_tree, tree_of
from byline.records import Document, Interval

_TABLE = knowledge.load("articles.toml")
_LIMITS: dict[str, Any] = _TABLE["limits"]


def from_page(markup: str, *, source: str, facts: Facts) -> list[Document]:
    """Return what a page in HTML holds: one Document, or one for each entry, in the order of the page.

    DocumentError if it is a wall or cannot be read.
    """
    tree = tree_of(markup)
    gate, entries = walls.gate_of(tree), entries_of(tree)
    try:
        whole = from_tree(tree, source=source, facts=facts)
    except DocumentError:
        if not entries:
            walls.refuse(gate)
            raise
        whole = Document(id="", source=source, text="", published=facts.published)
    told = folded(" ".join(words for entry in entries for words, _ in entry.blocks))
    body = [(words, _is_in(words, told)) for words in (whole.text[slice(*span)] for span in whole.body)]
    if not entries or _count(w for w, inside in body if inside) < _LIMITS["share"] * _count(w for w, _ in body):
        return [walls.judged(whole, gate)]  # a page of one article, and perhaps a list of others beside it
    above = [(words, False) for words, _ in takewhile(lambda part: not part[1], body)]
    lead = [Entry(tuple(above), None, whole.published)] if _count(w for w, _ in above) >= _LIMITS["lead"] else []
    return list(_numbered(whole, facts, [*lead, *_dated(entries, whole.published)]))


def _is_in(words: str, told: str) -> bool:
    """Whether the entries hold a paragraph, its time of day aside."""
    clock = clock_of(words)
    return folded(words[clock.end :] if clock else words) in told


def _count(parts: Iterable[str]) -> int:
    return sum(len(words.split()) for words in parts)


def _dated(entries: Sequence[Entry], day: Interval | None) -> Iterator[Entry]:
    """Yield the entries, those without a day of their own with that of their time of day, or the page's."""
    by_clock = iter(days_of([e.clock for e in entries if e.clock and not e.day], day))
    for entry in entries:
        yield entry if entry.day else entry._replace(day=next(by_clock) if entry.clock else day)


def _numbered(whole: Document, facts: Facts, entries: Iterable[Entry]) -> Iterator[Document]:
    for number, entry in enumerate(entries, 1):
        read = Facts(
            title=entry.title or whole.title,
            authors=whole.authors,
            publication=whole.publication,
            url=whole.url,
            language=whole.language,
        )
        known = given(facts, number, entry.title, entry.day)
        yield from_blocks(entry.blocks, inside(whole.source, number), known, read)
