"""One page's bytes to its documents: HTML, text or PDF, as the content says."""

from hashlib import sha256

import msgspec

from byline.ingest.dumps import from_words
from byline.ingest.encoding import decode
from byline.ingest.facts import Facts
from byline.records import INSIDE, Document, Origin

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
    from byline.ingest.articles import from_page  # noqa: PLC0415 -- trafilatura takes 0.3 s to import; text needs none
    from byline.ingest.html import is_html  # noqa: PLC0415

    if data.startswith(b"%PDF-"):
        from byline.ingest.pdf import from_pdf  # noqa: PLC0415 -- pdfium is loaded when first needed

        found = [from_pdf(data, source=source, facts=facts)]
    elif is_html(text := decode(data, markup=True, charset=charset)):
        found = from_page(text, source=source, facts=facts)
    else:
        found = from_words(text, source=source, facts=facts)
    whole = msgspec.structs.replace(origin or Origin(container=source), digest="sha256:" + sha256(data).hexdigest())
    return [msgspec.structs.replace(document, origin=_of_part(whole, document, source)) for document in found]


def _of_part(whole: Origin, document: Document, source: str) -> Origin:
    """Return where a part of a page lies: in the page, under its number."""
    way = document.source.removeprefix(source).removeprefix(INSIDE)
    if not way:
        return whole
    return msgspec.structs.replace(whole, member=f"{whole.member}{INSIDE}{way}" if whole.member else way)
