"""A source to its documents: containers are opened until pages are reached."""

from collections.abc import Callable, Iterator
from importlib import import_module

from byline.errors import DocumentError
from byline.ingest import pages
from byline.ingest.formats import recognise
from byline.ingest.languages import with_language
from byline.ingest.source import DEEPEST, Options, Source
from byline.records import Document, Failure

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
    except DocumentError as error:
        yield Failure(source=source.name, reason=str(error), kind=error.kind)
    except OSError as error:
        yield Failure(source=source.name, reason=error.strerror or str(error))


def _opened(source: Source, options: Options) -> Iterator[Document | Failure]:
    found = recognise(source.stream, options.columns)
    if found not in _CONTAINERS:
        data, charset = source.read(), source.charset
        for page in pages.from_bytes(
            data, source=source.name, facts=source.facts, origin=source.origin, charset=charset
        ):
            yield _in_languages(page, options)
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


def _in_languages(document: Document, options: Options) -> Document | Failure:
    try:
        return with_language(document, options.languages)
    except DocumentError as error:
        return Failure(source=document.source, reason=str(error), kind=error.kind)
