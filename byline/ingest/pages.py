"""One page's bytes to its documents: HTML, text or PDF, as the content says."""

from hashlib import sha256

import msgspec

from byline.ingest.encoding import decode
from byline.ingest.facts import Facts
from byline.ingest.text import from_text
from byline.records import Document, Origin

STDIN = "-"


def from_bytes(
    data: bytes,
    *,
    source: str = STDIN,
    facts: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    origin: Origin | None = None,
    charset: str | None = None,
) -> list[Document]:
    """Return what a page holds: one Document, or one for each of its entries.

    `charset` is what was said of its encoding on the way, and holds where the page says nothing.
    DocumentError if it is empty, too large, binary, or holds no article.
    """
    from byline.ingest.html import from_html, is_html  # noqa: PLC0415 -- trafilatura takes 0.3 s to import; text needs none

    text = decode(data, markup=True, charset=charset)
    read = from_html if is_html(text) else from_text
    found = [read(text, source=source, facts=facts)]
    whole = msgspec.structs.replace(origin or Origin(container=source), digest="sha256:" + sha256(data).hexdigest())
    return [msgspec.structs.replace(document, origin=whole) for document in found]
