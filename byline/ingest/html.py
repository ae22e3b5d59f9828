"""A web page to a Document: the article among its blocks, with what the markup says of itself."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

import lxml.html
from lxml import etree
from trafilatura.metadata import (
    examine_meta,
    extract_meta_json,
    extract_sitename,
    extract_title,
    extract_url,
)
from trafilatura.settings import Document as Page

from byline.errors import DocumentError
from byline.ingest import metadata
from byline.ingest.blocks import from_blocks
from byline.ingest.extraction import article
from byline.ingest.facts import Facts
from byline.ingest.furniture import alike, folded, kind_of
from byline.ingest.markup import Block, blocks_of
from byline.ingest.markup_dates import markup_dates
from byline.ingest.metadata import without_site
from byline.records import Document

LARGEST = 10_000_000  # characters of markup: long live blogs have 3 million
_NOTICE_TAGS = ("span", "strong", "b", "em", "i", "small", "a")
_NOTICE, _NOTICE_PARTS = 200, 12  # characters and runs of text in an element that holds a notice and no more
_MAY_BE_NOTICE = re.compile(r"\b(?:issue|edition|no|nr|number|vol|volume|old)\b", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?([^/]+)")
_TITLE_WORDS = 4  # a heading of fewer, though the title holds it, may be the site's name
_SIGNED = etree.XPath(
    '//*[@rel="author" or @itemprop="author" or ((contains(@class, "author") or contains(@class, "byline"))'
    ' and not(contains(@class, "comment")))]'
)
_BY = re.compile(r"(?:written |words |text |story )?by:?\s+", re.IGNORECASE)
_FULL_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s[\w.'’-]+){1,4}")
_NOTHING = "The page holds no readable text. Give the text that a browser shows."
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

    Captions are in the text and not in the body: they repeat the story, and their dates are the picture's.
    DocumentError if the page is too large, nested too deep, or holds no text.
    """
    return from_tree(tree_of(markup), source=source, facts=facts)


def from_tree(tree: lxml.html.HtmlElement, *, source: str = "-", facts: Facts = Facts()) -> Document:  # noqa: B008 -- Facts is frozen
    """Return a parsed page as a Document, as `from_html` does; the tree is used up."""
    blocks = blocks_of(tree)
    if not blocks:
        raise DocumentError(_NOTHING)
    headings = [b.words for b in blocks if b.heading]
    page = _described(tree, facts.url, headings)
    title, _ = without_site(_line(page.title) or "", headings)
    site = without_site(_line(tree.findtext(".//title")) or "", [*headings, title])[1]
    found = [b for b in article(blocks, title) if not (b.heading and alike(b.words, title))]
    if not found:
        raise DocumentError(_NOTHING)
    said = {b.words for b in found}
    notices = [(line, False) for line in _notices(blocks) if line not in said]
    captions = {b.words for b in found if b.caption}
    page.title, page.sitename = title or None, page.sitename or site
    lines = [*notices, *((b.words, b.heading) for b in found)]
    return from_blocks(lines, source, facts, _facts(page, tree), captions)


def tree_of(markup: str) -> lxml.html.HtmlElement:
    """Return a page parsed, without comments; DocumentError if it is too large, empty or nested too deep."""
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


def _described(tree: lxml.html.HtmlElement, url: str | None, headings: Sequence[str]) -> Page:
    """Return what the page's markup says of it, the day of publication aside."""
    page = examine_meta(tree)
    if page.author and " " not in page.author:
        page.author = None
    with suppress(Exception):  # trafilatura's own reader of JSON-LD trips over what pages put into it
        page = extract_meta_json(tree, page)
    shown = folded(tree.findtext(".//title") or "")
    said = (h for h in headings if h.count(" ") >= _TITLE_WORDS - 1 and folded(h) in shown)
    page.title = page.title or next(said, None) or extract_title(tree)
    page.author = page.author or _signed(tree)
    page.url = page.url or extract_url(tree, url)
    host = _HOST.match(page.url or "")
    page.sitename = (page.sitename or extract_sitename(tree) or "").lstrip("@") or (host[1] if host else None)
    page.clean_and_trim()
    return page


def _facts(page: Page, tree: lxml.html.HtmlElement) -> Facts:
    return Facts(
        title=_line(page.title),
        authors=tuple(name for part in (page.author or "").split(";") for name in metadata.people(_line(part) or "")),
        publication=_line(page.sitename),
        url=page.url,
        language=(tree.get("lang") or tree.get("xml:lang") or "").split("-")[0].lower() or None,
        dates=markup_dates(tree, page.url),
    )


def _signed(tree: lxml.html.HtmlElement) -> str | None:
    """Return who signs, by what the markup calls the place where the name stands."""
    for element in _SIGNED(tree):
        words = _line("".join(islice(element.itertext(), _NOTICE_PARTS))) or ""
        names = metadata.people(_BY.sub("", words)) if len(words) <= _NOTICE // 2 else []
        if names and all(_FULL_NAME.fullmatch(name) for name in names):
            return "; ".join(names)
    return None


def _notices(blocks: Iterable[Block]) -> list[str]:
    """Return the page's notice of its age and its issue, which stand outside the article; a list of issues is none."""
    lines: dict[str, set[str]] = {"age": set(), "issue": set()}
    for line in (line for block in blocks for line in _lines_of(block)):
        kind = kind_of(line)
        if kind in lines:
            lines[kind].add(line)
    return [line for found in lines.values() if len(found) == 1 for line in found]


def _lines_of(block: Block) -> Iterator[str]:
    """Yield a short block that may be a notice, and the parts of it that are marked in some way."""
    if len(block.words) > _NOTICE or not _MAY_BE_NOTICE.search(block.words):
        return
    yield block.words
    if len(block.element) > _NOTICE_PARTS:
        return
    for part in islice(block.element.iterdescendants(*_NOTICE_TAGS), _NOTICE_PARTS):
        words = "".join(islice(part.itertext(), _NOTICE_PARTS))
        if line := _line(words):
            yield line


def _line(words: str | None) -> str | None:
    return " ".join((words or "").split()) or None
