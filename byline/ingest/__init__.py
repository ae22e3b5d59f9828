"""Sources to documents: files, folders, archives and standard input, to any depth.

`read` yields each Document that a source holds, and a Failure for each part that cannot be read; `pages` yields pages,
which `documents_of` reads, in whatever process; `from_text` makes a Document of words in hand. Text is frozen as it was
read; what is page furniture is told from the story by knowledge/furniture.toml and stays out of `body`.
"""

from byline.ingest.dates.calendars import Lessons, fits
from byline.ingest.dates.dated import dated
from byline.ingest.dates.dating import interval_of
from byline.ingest.facts import Facts
from byline.ingest.formats import format_of_file
from byline.ingest.manifest import Manifest, read_manifest
from byline.ingest.pages import Page, documents_of, from_bytes
from byline.ingest.source import Columns, Options
from byline.ingest.sources import count, pages, read
from byline.ingest.text import from_text
from byline.records import Failure

__all__ = [
    "Columns",
    "Facts",
    "Failure",
    "Lessons",
    "Manifest",
    "Options",
    "Page",
    "count",
    "dated",
    "documents_of",
    "fits",
    "format_of_file",
    "from_bytes",
    "from_text",
    "interval_of",
    "pages",
    "read",
    "read_manifest",
]
