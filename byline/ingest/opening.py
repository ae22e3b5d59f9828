"""A source to its documents: containers are opened until pages are reached."""

from collections.abc import Callable, Iterator
from importlib import import_module

from byline.errors import DocumentError
from byline.ingest import pages
from byline.ingest.facts import Failure
from byline.ingest.formats import recognise
from byline.ingest.source import DEEPEST, Options, Source
from byline.records import Document

Reader = Callable[[Source, Options], Iterator[Source | Failure]]
# Which module of `containers` reads a format. Each has `read(source, options)`, and is loaded when first needed.
_CONTAINERS = {
    "warc": "warc",
    "arc": "arc",
    "zip": "zip",
    "tar": "tar",
    "gzip": "packed",
    "bzip2": "packed",
    "xz": "packed",
    "zstd": "packed",
    "feed": "feeds",
    "json": "json_lines",
    "csv": "csv_rows",
    "parquet": "parquet",
    "mail": "mail",
}


def documents(source: Source, options: Options) -> Iterator[Document | Failure]:
    """Yield all documents of a source, in their order, and a Failure for each part that cannot be read."""
    try:
        yield from _opened(source, options)
    except (DocumentError, OSError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        yield Failure(source=source.name, reason=reason)


def _opened(source: Source, options: Options) -> Iterator[Document | Failure]:
    found = recognise(source.stream, options.columns)
    if found not in _CONTAINERS:
        yield from pages.from_bytes(
            source.read(), source=source.name, facts=source.facts, origin=source.origin, charset=source.charset
        )
        return
    if source.depth >= DEEPEST:
        raise DocumentError(
            f"Containers stand inside of each other more than {DEEPEST} deep. Unpack the inner ones first."
        )
    reader: Reader = import_module(f"byline.ingest.containers.{_CONTAINERS[found]}").read
    for member in reader(source, options):
        if isinstance(member, Failure):
            yield member
        else:
            yield from documents(member, options)
