"""A web page to a Document: the readable text that trafilatura finds, with the page's own metadata."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from typing import Any

import lxml.html
from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document as Page

from byline.errors import DocumentError
from byline.ingest import metadata
from byline.ingest.facts import Facts
from byline.ingest.furniture import classify, folded, kind_of
from byline.ingest.markup_dates import markup_dates
from byline.ingest.text import check, document, without_title
from byline.records import Document

LARGEST = 10_000_000  # characters of markup: long live blogs have 3 million
_DATES: dict[str, Any] = {
    "extensive_search": False,  # it invents dates from copyright lines
    "original_date": True,
    "deferred_url_extractor": True,
    "min_date": "1900-01-01",
    "max_date": "2999-12-31",  # instead of today: the same page gives the same date on any day
}
_NOTICE_TAGS = ("p", "div", "span", "li", "h2", "h3", "h4", "h5", "strong", "b", "em", "small", "a", "td")
_NOTICE, _NOTICE_PARTS = 200, 12  # characters and runs of text in an element that holds a notice and no more
_NOTHING = "The page holds no readable text. Give the text that a browser shows."
_BLOCKS = frozenset(
    {"body", "p", "head", "list", "item", "quote", "code", "table", "row", "cell", "ab", "lb", "figure"}
)
_PROLOGUE = re.compile(r"\s*<\?xml[^>]{0,200}\?>")  # names an encoding, which a decoded text must not
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"\s*(?:<\?xml|<!--|<!doctype\s+html|<(?:html|head|body)[\s>])", re.IGNORECASE)
_PIECE = re.compile(r"\s*<(\w{1,10})[\s>]")  # of markup, if it is closed again


def is_html(text: str) -> bool:
    """Whether a text is markup, by how it begins."""
    piece = _PIECE.match(text)
    return bool(_MARKUP.match(text) or (piece and f"</{piece[1]}>" in text))


def from_html(markup: str, *, source: str = "-", facts: Facts = Facts()) -> Document:  # noqa: B008 -- Facts is frozen
    """Return a page as a Document; `text` is its readable text: title, notices, paragraphs, with blank lines between.

    DocumentError if the page is too large, nested too deep, or holds no text.
    """
    tree = _tree(markup)
    page = bare_extraction(
        tree, url=facts.url, fast=True, include_comments=False, with_metadata=True, date_extraction_params=_DATES
    )
    if not isinstance(page, Page) or page.body is None:
        raise DocumentError(_NOTHING)
    notices = [(line, False) for line in _notices(tree)]
    read = _facts(page, tree)
    blocks = [(words, heading) for words, heading in _blocks(page.body) if folded(words) != folded(read.title or "")]
    if not blocks:
        raise DocumentError(_NOTHING)
    said = {words for words, _ in blocks}
    return _document([*(n for n in notices if n[0] not in said), *blocks], source, facts, read)


def _document(blocks: Sequence[tuple[str, bool]], source: str, facts: Facts, read: Facts) -> Document:
    lines = [*([(read.title, True)] if read.title else []), *blocks]
    text = "\n\n".join(words for words, _ in lines)
    check(text)
    ends = accumulate(len(words) + 2 for words, _ in lines)
    spans = [(end - 2 - len(words), end - 2) for end, (words, _) in zip(ends, lines, strict=True)]
    headings = {span for span, (_, heading) in zip(spans, lines, strict=True) if heading}
    found = classify(text, spans, headings=headings)
    if read.title:
        found = without_title(text, found, spans[0])
    return document(text, found, source=source, facts=facts, read=read)


def _tree(markup: str) -> lxml.html.HtmlElement:
    if len(markup) > LARGEST:
        raise DocumentError(f"The page has {len(markup):,} characters, over {LARGEST:,}. Cut it into its articles.")
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    prologue = _PROLOGUE.match(markup)
    plain = _CONTROLS.sub("", markup[prologue.end() :] if prologue else markup)
    try:
        tree = lxml.html.document_fromstring(plain, parser=parser)
    except etree.ParserError as error:
        raise DocumentError("The page is empty. Check that the file holds the page.") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise DocumentError("The page nests its elements too deep to be read. Give the text that a browser shows.")
    return tree


def _facts(page: Page, tree: lxml.html.HtmlElement) -> Facts:
    return Facts(
        title=_line(page.title),
        authors=tuple(name for part in (page.author or "").split(";") for name in metadata.people(_line(part) or "")),
        publication=_line(page.sitename),
        url=page.url,
        language=(tree.get("lang") or tree.get("xml:lang") or "").split("-")[0].lower() or None,
        dates=markup_dates(tree, page.url),
    )


def _notices(tree: lxml.html.HtmlElement) -> list[str]:
    """Return the page's notice of its age and its issue, which stand outside the article; a list of issues is none."""
    lines: dict[str, set[str]] = {"age": set(), "issue": set()}
    for element in tree.iter(*_NOTICE_TAGS):
        words = "".join(islice(element.itertext(), _NOTICE_PARTS))
        line = _line(words) if len(words) <= _NOTICE else None
        kind = kind_of(line) if line and any(c.isdigit() for c in line) else None
        if line and kind in lines:
            lines[kind].add(line)
    return [line for found in lines.values() if len(found) == 1 for line in found]


def _line(words: str | None) -> str | None:
    return " ".join((words or "").split()) or None


def _blocks(body: etree._Element) -> Iterator[tuple[str, bool]]:
    """Yield the words of each block, in order, and whether it is a heading; words around an inner block stand apart."""
    words: list[str] = []
    heading = False
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            if line := _line("".join(words)):
                yield line, heading
            words = []
            heading = element.tag == "head" and event == "start"
        words.append((element.text if event == "start" else element.tail) or "")
