"""A PDF file to its pages, and what of it cannot be read."""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as api

from byline import knowledge
from byline.errors import DocumentError
from byline.ingest.pdf.words import Page, read_page
from byline.ingest.text import LONGEST

_PAGES: int = knowledge.load("pdf.toml")["limits"]["pages"]
_UNPACKED: int = knowledge.load("pdf.toml")["limits"]["unpacked"]
_MOST_PACKED = 1032  # bytes that zlib packs into one at most
_CHUNK = 1 << 14
_NAMED = 20  # pages that a note names
_OCR = "Run OCR first, for example ocrmypdf."
_REPAIR = "Fetch the file again, or repair it, for example with qpdf."


class File(NamedTuple):
    """The pages that show words, sentences on what could not be read, and the title in the file's properties."""

    pages: list[Page]
    missing: list[str]
    title: str


def read_file(data: bytes) -> File:
    """Return what can be read of a PDF file.

    DocumentError if no page shows words: the file is encrypted, damaged, or a scan without text.
    """
    _refuse_bombs(data)
    with closing(_opened(data)) as pdf:
        return _read(pdf)


def _refuse_bombs(data: bytes) -> None:
    """Raise DocumentError if a stream grows beyond all measure, before pdfium unpacks it whole.

    What is packed twice or encrypted is not seen: only a limit on the process helps against that.
    """
    for part in data.split(b"endstream"):
        packed = part[part.find(b"stream") + len(b"stream") :].lstrip(b"\r\n")
        if len(packed) * _MOST_PACKED > _UNPACKED and _size_unpacked(packed) > _UNPACKED:
            raise DocumentError(
                f"The PDF file holds a stream of more than {_UNPACKED:,} bytes. Print it to a new file first."
            )


def _size_unpacked(packed: bytes) -> int:
    """Return how many bytes a stream has, counted no further than the limit; 0 if it is not packed with zlib."""
    unpacker, size = zlib.decompressobj(), 0
    for at in range(0, len(packed), _CHUNK):
        try:
            size += len(unpacker.decompress(packed[at : at + _CHUNK]))
        except zlib.error:
            return size
        if size > _UNPACKED:
            break
    return size


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in {api.FPDF_ERR_PASSWORD, api.FPDF_ERR_SECURITY}:
            raise DocumentError(
                "The PDF file is encrypted. Remove the password first, for example with qpdf --decrypt."
            ) from error
        raise DocumentError(f"The PDF file is damaged and cannot be opened. {_REPAIR}") from error


def _read(pdf: pdfium.PdfDocument) -> File:
    read = list(_pages(pdf))
    damaged = [number for number, page in enumerate(read, 1) if page is None]
    wordless = [number for number, page in enumerate(read, 1) if page and page.shows and not page.words]
    missing = []
    if damaged:
        missing.append(f"{_named(damaged)} cannot be read, the file is damaged there. {_REPAIR}")
    if wordless:
        missing.append(f"{_named(wordless)} cannot be read, there is a picture of text at most. {_OCR}")
    if len(read) < len(pdf):
        missing.append(
            f"Of {len(pdf):,} pages the first {len(read):,} were read: a document has at most {_PAGES:,} pages and"
            f" {LONGEST:,} characters. Split the file."
        )
    pages = [page for page in read if page and page.words]
    if not pages:
        raise DocumentError(" ".join(missing) or "The PDF file is empty. Check that it is the right one.")
    return File(pages, missing, pdf.get_metadata_value("Title"))


def _pages(pdf: pdfium.PdfDocument) -> Iterator[Page | None]:
    """Yield each page, None for one that is damaged, until the document has as much text as it may have."""
    room = LONGEST
    for index in range(min(len(pdf), _PAGES)):
        page = _page(pdf, index, room)
        room -= page.characters if page else 0
        if room < 0:
            return
        yield page


def _page(pdf: pdfium.PdfDocument, index: int, room: int) -> Page | None:
    try:
        with closing(pdf.get_page(index)) as page:
            return read_page(page, room)
    except pdfium.PdfiumError:
        return None


def _named(numbers: Sequence[int]) -> str:
    """Return "Page 3", "Pages 3 and 7", "Pages 3, 7, 9 and 12 more"."""
    named = [f"{number:,}" for number in numbers[:_NAMED]]
    rest = [f"{len(numbers) - _NAMED:,} more"] if len(numbers) > _NAMED else []
    *most, last = [*named, *rest]
    return f"Pages {', '.join(most)} and {last}" if most else f"Page {last}"
