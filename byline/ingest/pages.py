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
) -> list[Document]:
    """Return what a page holds: one Document, or one for each of its entries.

    DocumentError if it is empty, too large, binary, or holds no article.
    """
    from byline.ingest.html import from_html, is_html  # noqa: PLC0415 -- trafilatura takes 0.3 s to import; text needs none

    if data.startswith(b"%PDF-"):
        from byline.ingest.pdf import from_pdf  # noqa: PLC0415 -- pdfium is loaded when first needed

        found = [from_pdf(data, source=source, facts=facts)]
    else:
        text = decode(data, markup=True)
        read = from_html if is_html(text) else from_text
        found = [read(text, source=source, facts=facts)]
    whole = msgspec.structs.replace(origin or Origin(container=source), digest="sha256:" + sha256(data).hexdigest())
    return [msgspec.structs.replace(document, origin=whole) for document in found]
