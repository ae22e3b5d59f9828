"""The documents as citations, in CSL-JSON: what Zotero, pandoc and other reference managers read."""

from typing import Any

from byline.export.foreign import a_document_each, known, one_line
from byline.export.layout import Layout
from byline.lookup import link_of
from byline.records import Document, Interval


def _item(document: Document) -> dict[str, Any]:
    item = {
        "title": one_line(document.title or ""),
        "author": [{"literal": one_line(author)} for author in document.authors],
        "container-title": one_line(document.publication or ""),
        "issue": document.issue,
        "issued": _date(document.published),
        "accessed": _date(document.retrieved),
        "URL": link_of(document.url),
        "language": document.language,
        "note": f"Byline document {document.id}",
    }
    return {"id": document.id, "type": "article-newspaper", **known(item)}


def _date(interval: Interval | None) -> dict[str, Any]:
    """Return a day, or a range from the first to the last."""
    if interval is None:
        return {}
    days = dict.fromkeys((interval.start, interval.end))
    return {"date-parts": [[int(part) for part in day.split("-")] for day in days]}


LAYOUT = Layout(
    name="csl",
    title="The documents as citations, CSL-JSON",
    level="document",
    columns={},
    forms=a_document_each(_item),
    losses=(
        "It cites documents: events, voices and incidents are lost.",
        "All are articles of newspapers: Byline does not tell other kinds of pages.",
        "Names of authors are one string each, as the page has them: given and family names are not told apart.",
        "What a day of publication rests on is lost; where several days are possible it is a range.",
        "Copies of one text are items of their own.",
    ),
)
