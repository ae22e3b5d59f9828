"""What is new as an Atom feed (RFC 4287): an entry an incident or a change of one, whose id stays."""

from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from byline.digest.items import Item
from byline.digest.wording import Block, block

_ATOM = "http://www.w3.org/2005/Atom"
_TITLE = "Byline: what is new"


def feed(items: Sequence[Item], key: str, since: str) -> bytes:
    """Return a feed of items, the latest first; the same `key` makes the same feed of it for readers.

    `since` is the moment from which on there is nothing, where there is nothing: ISO 8601.
    """
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(root, "id", _id(key))
    _add(root, "title", _TITLE)
    _add(root, "updated", max((item.time for item in items), default=since))
    _add(_add(root, "author"), "name", "Byline")
    _add(root, "generator", "Byline")
    for item in items:
        _add_entry(root, item)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _add_entry(root: etree._Element, item: Item) -> None:
    entry, told = _add(root, "entry"), block(item)
    changes = " ".join(f"{change.what} {change.text or ''}" for change in item.changes)
    _add(entry, "id", _id(f"{item.id} {changes}"))
    _add(entry, "title", told.heading if item.is_new else f"{told.heading}: {told.told[0].what}")
    _add(entry, "updated", item.time)
    _add(entry, "category", term=item.incident.type)
    for url in dict.fromkeys(line.url for one in told.told for line in one.lines if line.url):
        _add(entry, "link", rel="related", href=url)
    _add(entry, "content", _content(told), type="html")


def _content(told: Block) -> str:
    """Return what an entry holds as HTML, which stands in the feed as text."""
    body = etree.Element("div")
    _add_plain(body, "p", told.known)
    for one in told.told:
        _add_plain(_add_plain(body, "p"), "strong", one.what)
        quotes = _add_plain(body, "ul")
        for line in one.lines:
            claim = f" ({line.claim})" if line.claim else ""
            said = _add_plain(quotes, "li", f"{line.who}{claim}: “{line.words}” ")
            if line.url:
                _add_plain(said, "a", line.title).set("href", line.url)
    return str(etree.tostring(body, encoding="unicode", method="html"))


def _add(parent: etree._Element, name: str, text: str | None = None, **fields: str) -> etree._Element:
    found = etree.SubElement(parent, f"{{{_ATOM}}}{name}", fields)
    found.text = text
    return found


def _add_plain(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    found = etree.SubElement(parent, name)
    found.text = text
    return found


def _id(key: str) -> str:
    return uuid5(NAMESPACE_URL, f"byline:{key}").urn
