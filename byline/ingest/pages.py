"""One page's bytes to its documents: HTML, text or PDF, as the content says."""

from hashlib import sha256
from typing import NamedTuple

import msgspec

from byline.errors import DocumentError, mistake
from byline.ingest.dumps import from_words
from byline.ingest.encoding import decode
from byline.ingest.facts import Facts
from byline.ingest.languages import with_language
from byline.records import INSIDE, Document, Failure, Origin

STDIN = "-"


class Page(NamedTuple):
    """The bytes of a page, and what is known of it before they are read; it may be read anywhere.

    `charset` is what was said of its encoding on the way; `partial` says why no more than a part of it can be there;
    `languages` are those that are read, as in `Options`.
    """

    source: str
    data: bytes
    facts: Facts
    origin: Origin
    charset: str | None = None
    partial: str | None = None
    languages: tuple[str, ...] = ()


def documents_of(page: Page) -> list[Document | Failure]:
    """Return what a page holds, in its order, or why it cannot be read. MemoryError alone is raised."""
    try:
        return [with_language(document, page.languages) for document in _whole(page)]
    except MemoryError:
        raise  # whoever set the limit says what becomes of the page
    except DocumentError as error:
        return [Failure(source=page.source, reason=str(error), kind=error.kind)]
    except Exception as error:  # noqa: BLE001 -- whatever it is, it costs this page alone
        return [Failure(source=page.source, reason=mistake(error, "file"), kind="internal")]


def _whole(page: Page) -> list[Document]:
    """Return the documents of a page, each of which says so if it is known to be a part."""
    found = from_bytes(page.data, source=page.source, facts=page.facts, origin=page.origin, charset=page.charset)
    return [msgspec.structs.replace(one, partial=one.partial or page.partial) for one in found]


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
    from byline.ingest.web.articles import from_page  # noqa: PLC0415 -- trafilatura takes 0.3 s to import; text needs none
    from byline.ingest.web.html import is_html  # noqa: PLC0415

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
