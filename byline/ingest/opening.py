"""A source to its documents: containers are opened until pages are reached."""

from collections.abc import Callable, Iterator
from importlib import import_module

import msgspec

from byline.errors import ConfigurationError, DocumentError, mistake
from byline.ingest import pages
from byline.ingest.formats import recognise
from byline.ingest.languages import with_language
from byline.ingest.limits import damage_of
from byline.ingest.source import DEEPEST, Options, Source
from byline.records import Document, Failure

Reader = Callable[[Source, Options], Iterator[Source | Failure]]
# Which module of `containers` reads a format. Each has `read(source, options)`, and is loaded when first needed.
CONTAINERS = {
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
_PAGE = "page"
_CUT = "The file is damaged: the rest of the page is lost."


def documents(source: Source, options: Options) -> Iterator[Document | Failure]:
    """Yield all documents of a source, in their order, and a Failure for each part that cannot be read.

    ConfigurationError if a named column is missing; nothing else that a source holds raises.
    """
    try:
        yield from _opened(source, options)
    except ConfigurationError:
        raise
    except DocumentError as error:
        yield Failure(source=source.name, reason=str(error), kind=error.kind)
    except OSError as error:
        yield Failure(source=source.name, reason=error.strerror or str(error))
    except Exception as error:  # noqa: BLE001 -- whatever it is, it costs this source alone
        yield Failure(source=source.name, reason=mistake(error, "file"), kind="internal")


def _opened(source: Source, options: Options) -> Iterator[Document | Failure]:
    found = _PAGE if source.is_page else recognise(source.stream, options.columns)
    if found not in CONTAINERS:
        yield from _page(source, options)
        return
    if source.depth >= DEEPEST:
        raise DocumentError(
            f"Containers stand inside of each other more than {DEEPEST} deep. Unpack the inner ones first."
        )
    reader: Reader = import_module(f"byline.ingest.containers.{CONTAINERS[found]}").read
    for member in reader(source, options):
        if isinstance(member, Failure):
            yield member
        else:
            yield from documents(member, options)


def _page(source: Source, options: Options) -> Iterator[Document | Failure]:
    """Yield what a page holds; if its bytes end early or it is known to be a part, it says so."""
    data = source.read()
    damage = damage_of(source.stream)
    if damage and not data:
        return  # its container tells of the damage
    found = pages.from_bytes(data, source=source.name, facts=source.facts, origin=source.origin, charset=source.charset)
    partial = _CUT if damage else source.facts.partial
    for document in found:
        whole = msgspec.structs.replace(document, partial=document.partial or partial)
        yield with_language(whole, options.languages)
