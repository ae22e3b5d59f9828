"""The documents as newspaper articles of Zotero: the JSON of its web API, which it takes in writing."""

from typing import Any

from byline.export.foreign import a_document_each, one_line
from byline.export.layout import Layout
from byline.lookup import link_of
from byline.records import Document, Interval


def _item(document: Document) -> dict[str, Any]:
    """Return an item with all fields that Zotero has for a newspaper article; "" is what it writes for unknown."""
    return {
        "itemType": "newspaperArticle",
        "title": one_line(document.title or ""),
        "creators": [{"creatorType": "author", "name": one_line(author)} for author in document.authors],
        "abstractNote": "",
        "publicationTitle": one_line(document.publication or ""),
        "place": "",
        "edition": document.issue or "",
        "date": _date(document.published),
        "section": "",
        "pages": "",
        "language": document.language or "",
        "shortTitle": "",
        "ISSN": "",
        "url": link_of(document.url) or "",
        "accessDate": _date(document.retrieved, day=True),
        "archive": "",
        "archiveLocation": "",
        "libraryCatalog": "",
        "callNumber": "",
        "rights": "",
        "extra": f"Byline document: {document.id}",
        "tags": [],
        "collections": [],
        "relations": {},
    }


def _date(interval: Interval | None, *, day: bool = False) -> str:
    """Return a day, or the first and the last; "" for several where only a day will do."""
    if interval is None:
        return ""
    if interval.start == interval.end:
        return interval.start
    return "" if day else f"{interval.start}/{interval.end}"


LAYOUT = Layout(
    name="zotero",
    title="The documents as newspaper articles of Zotero",
    level="document",
    columns={},
    forms=a_document_each(_item),
    losses=(
        "It cites documents: events, voices and incidents are lost.",
        "All are articles of newspapers: Byline does not tell other kinds of pages.",
        "Names of authors are one string each, as the page has them.",
        "Where several days of publication are possible, the date is the first and the last; what it rests on is lost.",
        "This is what Zotero's web API takes in; its import menu reads the layout csl.",
        "Place, section, pages, ISSN, rights and archives are blank. Edition has the issue.",
    ),
)
