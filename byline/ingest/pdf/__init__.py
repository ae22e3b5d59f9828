"""A PDF file with a text layer to a Document: columns in reading order, paragraphs whole, running lines left out.

One file is one document: a newspaper page with several articles gives them one after another.

pdfium, the PDF library of Chromium, reads the file: it is fast and forgiving, but native code. It has memory safety
only as far as its authors' tests go, it cannot be stopped inside of a page, and no two threads may use it at once.
Files from strangers belong into a process of their own that may be ended, as the workers of `byline code` are.

The day on which a file was created is no day of publication: archives make files long after, and it is ignored.
"""

from collections.abc import Sequence

import msgspec

from byline.ingest.blocks import from_blocks
from byline.ingest.facts import Facts
from byline.ingest.furniture import folded, kind_of
from byline.ingest.pdf.file import read_file
from byline.ingest.pdf.layout import columns
from byline.ingest.pdf.prose import Block, blocks
from byline.ingest.pdf.running import without_running
from byline.records import Document

_SURE_WORDS = 4  # a heading of fewer words may be the name of the paper or of a section
_SURE_SCALE = 1.6  # size of a headline beside the story that wins over such a name


def from_pdf(data: bytes, *, source: str = "-", facts: Facts = Facts()) -> Document:  # noqa: B008 -- Facts is frozen
    """Return the words of a PDF file as a Document: title, paragraphs, headings, footnotes, with blank lines between.

    `partial` names the pages that cannot be read. DocumentError if that is all of them: the file is encrypted,
    damaged, or a scan without text.
    """
    file = read_file(data)
    pages, running = without_running(file.pages)
    laid_out = [columns(words) for words in pages]
    found = blocks([column for page in laid_out for column in page])
    title = _title(file.title, [b for b in found if b.heading and b.column < len(laid_out[0])])
    notices = [(line, False) for line in running if kind_of(line)]
    rest = [(b.words, b.heading) for b in found if folded(b.words) != folded(title or "")]
    made = from_blocks([*notices, *rest], source, facts, Facts(title=title))
    return msgspec.structs.replace(made, partial=" ".join(file.missing) or None)


def _title(told: str, headings: Sequence[Block]) -> str | None:
    """Return the title in the file's properties if a heading of the first page has it, else the largest heading.

    The properties alone are not trusted: many files have the name of a template there.
    """
    if any(told and folded(told) == folded(heading.words) for heading in headings):
        return " ".join(told.split())
    sure = [h for h in headings if len(h.words.split()) >= _SURE_WORDS and h.scale >= _SURE_SCALE]
    return max(sure or headings, key=lambda heading: heading.scale).words if headings else None
