"""RSS, Atom and JSON Feed as they lie in a file: one item an article.

lxml reads the XML, with entities off and no network: nothing that a feed declares is expanded or fetched.
What a feed leaves out is not guessed: an Atom entry that tells only when it was updated has no date.
"""

import html
import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

from lxml import etree

from byline import knowledge
from byline.errors import DocumentError
from byline.ingest import metadata
from byline.ingest.containers.stamps import day_of
from byline.ingest.encoding import decode
from byline.ingest.facts import Facts
from byline.ingest.source import Options, Source
from byline.records import INSIDE, Failure

_SUMMARY: int = knowledge.load("files.toml")["feeds"]["summary"]
_PARTIAL = "The feed holds a summary of the article."
_EMPTY = "The item has no text. Give the page that it links to."
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_XHTML = "http://www.w3.org/1999/xhtml"
_ITEMS = frozenset({"item", "entry"})
_PROLOGUE = re.compile(r"\s*<\?xml[^>]{0,200}\?>")  # names an encoding, which a decoded text must not
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,30});")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>]{0,2000})?/?>")
_IN_BRACKETS = re.compile(r"\(([^()]{2,100})\)")  # RSS writes an author as "desk@example.org (Ida Holm)"


class Item(NamedTuple):
    """An item: its words, whether they are the whole article's by the feed's own account, and what is told of it."""

    words: str
    is_whole: bool
    facts: Facts


def read(source: Source, options: Options) -> Iterator[Source | Failure]:  # noqa: ARG001 -- all readers have them
    """Yield the page of each item; DocumentError if the feed cannot be read at all."""
    for number, item in zip(count(1), items(source)):
        yield item if isinstance(item, Failure) else page_of(item, source, str(number))


def items(source: Source) -> Iterator[Item | Failure]:
    """Yield the items of a feed, and last what is damaged in it; DocumentError if it cannot be read at all."""
    text = decode(source.read(), markup=True)
    damage: list[str] = []
    yield from _json_items(text) if text.lstrip().startswith("{") else _xml_items(text, damage)
    if damage:
        yield Failure(source=source.name, reason=f"The feed is damaged ({damage[0]}). Get it again.", kind="damaged")


def page_of(item: Item, source: Source, name: str) -> Source | Failure:
    """Return the page of a feed's item under a name, a Failure if it has no words."""
    if not item.words.strip():
        return Failure(source=f"{source.name}{INSIDE}{name}", reason=_EMPTY, kind="empty")
    is_part = not item.is_whole and len(item.words.split()) < _SUMMARY
    facts = item.facts.over(Facts(partial=_PARTIAL)) if is_part else item.facts
    return source.words(name, _page(item.words), facts=facts)._replace(is_page=True)


def _page(words: str) -> bytes:
    """Return an item as a page: markup as HTML, whatever it begins with; text with its entities resolved."""
    if _TAG.search(words):
        words = f"<!DOCTYPE html><html><body><article>{words}</article></body></html>"
    else:
        words = html.unescape(words)
    return words.encode("utf-8", "replace")


def _xml_items(text: str, damage: list[str]) -> Iterator[Item]:
    root = _tree(text, damage)
    feed = next((child for child in root if _name(child) == "channel"), root)
    for item in root.iter():
        if _name(item) in _ITEMS:
            yield _item(item, feed)


def _tree(text: str, damage: list[str]) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    plain = _ENTITY.sub(_character, _NO_XML.sub("", _PROLOGUE.sub("", text, count=1)))
    try:
        root = etree.fromstring(plain.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise DocumentError("The feed is damaged: it holds no element that can be read. Get it again.")
    damage += [f"line {e.line}: {e.message}" for e in parser.error_log if e.level >= etree.ErrorLevels.FATAL][:1]
    return root


def _character(entity: re.Match[str]) -> str:
    """Return the character of an entity that HTML has, as feeds use them; a space for one that a feed declares."""
    if entity[1] in _XML_ENTITIES:
        return entity[0]
    known = html.unescape(entity[0])
    return " " if known == entity[0] else known


def _item(item: etree._Element, feed: etree._Element) -> Item:
    parts = {_name(child): child for child in reversed(item)}
    whole = next((words for child in item if (words := _whole(child))), None)
    short = max((_words(parts[name]) for name in ("description", "summary") if name in parts), key=len, default="")
    facts = Facts(
        title=_line(parts.get("title")),
        authors=_authors(item) or _authors(feed),
        publication=_publication(parts.get("source")) or _line(_child(feed, "title")),
        url=_address(item),
        language=_language(_line(_child(feed, "language")) or feed.get("{http://www.w3.org/XML/1998/namespace}lang")),
        published=next(
            (d for n in ("pubDate", "published", "date", "issued") if (d := day_of(_line(parts.get(n)) or ""))), None
        ),
    )
    return Item(whole or short, whole is not None, facts)


def _whole(child: etree._Element) -> str:
    is_whole = child.tag == _CONTENT or (_name(child) == "content" and not child.get("src") and not child.get("url"))
    return _words(child) if is_whole else ""


def _words(element: etree._Element) -> str:
    """Return what an element holds: text, HTML written as text, or XHTML as it stands."""
    if any(child.tag == f"{{{_XHTML}}}div" for child in element):
        return "".join(etree.tostring(child, method="html", encoding="unicode") for child in element)
    words = "".join(element.itertext())
    return html.escape(words, quote=False) if element.get("type") == "text" and _TAG.search(words) else words


def _authors(element: etree._Element) -> tuple[str, ...]:
    names = [_line(_child(child, "name")) or _line(child) for child in element if _name(child) in {"author", "creator"}]
    told = (found[1] if (found := _IN_BRACKETS.search(name)) else name for name in names if name)
    return tuple(dict.fromkeys(person for name in told if "@" not in name for person in metadata.people(name)))


def _publication(source: etree._Element | None) -> str | None:
    """Return the outlet that an item was taken from: RSS names it as text, Atom as a feed of its own."""
    if source is None:
        return None
    return _line(_child(source, "title")) or _line(source)


def _address(item: etree._Element) -> str | None:
    for child in item:
        if _name(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = (child.get("href") or child.text or "").strip()
            if address:
                return address
    guid = _child(item, "guid")
    address = _line(guid) or ""
    return address if address.startswith(("http://", "https://")) else None


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""  # an entity that was not resolved has none


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _name(child) == name), None)


def _line(element: etree._Element | None) -> str | None:
    return None if element is None else _plain("".join(element.itertext()))


def _plain(words: object) -> str | None:
    """Return words on one line without markup, which titles hold, too; None for none."""
    return " ".join(html.unescape(_TAG.sub("", words)).split()) or None if isinstance(words, str) else None


def _language(code: str | None) -> str | None:
    found = re.match(r"([A-Za-z]{2})(?:[-_]|$)", code or "")
    return found[1].lower() if found else None


def _json_items(text: str) -> Iterator[Item]:
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"The JSON feed is damaged ({error}). Get it again.") from error
    found = feed.get("items") if isinstance(feed, dict) else None
    for item in found if isinstance(found, list) else ():
        if isinstance(item, dict):
            yield _json_item(item, feed)


def _json_item(item: dict[str, Any], feed: dict[str, Any]) -> Item:
    whole = next((item[key] for key in ("content_html", "content_text") if isinstance(item.get(key), str)), None)
    summary = item.get("summary")
    facts = Facts(
        title=_plain(item.get("title")),
        authors=_json_authors(item) or _json_authors(feed),
        publication=_plain(feed.get("title")),
        url=_plain(item.get("url")),
        language=_language(_plain(item.get("language")) or _plain(feed.get("language"))),
        published=day_of(_plain(item.get("date_published")) or ""),
    )
    return Item(whole or (summary if isinstance(summary, str) else ""), bool(whole), facts)


def _json_authors(part: dict[str, Any]) -> tuple[str, ...]:
    found = part.get("authors") or [part.get("author")]
    names = [_plain(a.get("name")) for a in found if isinstance(a, dict)] if isinstance(found, list) else []
    return tuple(person for name in names if name for person in metadata.people(name))
