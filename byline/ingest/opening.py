"""A source to its pages: containers are opened until those are reached."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module

from byline.errors import ConfigurationError, DocumentError, mistake
from byline.ingest.formats import head_of, recognise
from byline.ingest.limits import damage_of
from byline.ingest.pages import Page, documents_of
from byline.ingest.source import DEEPEST, Options, Source
from byline.plugged import Plugin, plugins
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
_CUT = "The file is damaged: the rest of the page is lost."


def documents(source: Source, options: Options) -> Iterator[Document | Failure]:
    """Yield all documents of a source, in their order, and a Failure for each part that cannot be read.

    ConfigurationError if a named column is missing; nothing else that a source holds raises.
    """
    return read_pages(pages_of(source, options))


def read_pages(found: Iterable[Page | Document | Failure]) -> Iterator[Document | Failure]:
    """Yield what pages hold, and all else as it comes."""
    for item in found:
        if isinstance(item, Page):
            yield from documents_of(item)
        else:
            yield item


def pages_of(source: Source, options: Options) -> Iterator[Page | Failure]:
    """Yield all pages of a source, in their order, and a Failure for each part that cannot be opened.

    Errors are those of `documents`.
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


def _opened(source: Source, options: Options) -> Iterator[Page | Failure]:
    reader = None if source.is_page else _reader(source, options)
    if reader is None:
        yield from _page(source, options)
        return
    if source.depth >= DEEPEST:
        raise DocumentError(
            f"Containers stand inside of each other more than {DEEPEST} deep. Unpack the inner ones first."
        )
    for member in reader(source, options):
        if isinstance(member, Failure):
            yield member
        else:
            yield from pages_of(member, options)


def _reader(source: Source, options: Options) -> Reader | None:
    """Return what reads a container, a plug-in if one recognises it; None for a page."""
    for plugin in plugins("byline.sources"):
        if plugin.load().recognises(head_of(source.stream)):
            return partial(_read, plugin)
    found = recognise(source.stream, options.columns)
    if found not in CONTAINERS:
        return None
    reader: Reader = import_module(f"byline.ingest.containers.{CONTAINERS[found]}").read
    return reader


def _read(plugin: Plugin, source: Source, options: Options) -> Iterator[Source | Failure]:
    """Yield what a plug-in reads; whatever it raises that says nothing to users is told as its mistake."""
    try:
        yield from plugin.load().read(source, options)
    except (DocumentError, OSError):
        raise
    except Exception as error:
        raise DocumentError(plugin.mistake(error), kind="internal") from error


def _page(source: Source, options: Options) -> Iterator[Page]:
    """Yield a page, which is known to be a part if its bytes end early; nothing if there are none for that reason."""
    data = source.read()
    damage = damage_of(source.stream)
    if damage and not data:
        return  # its container tells of the damage
    partial = _CUT if damage else source.facts.partial
    yield Page(source.name, data, source.facts, source.origin, source.charset, partial, options.languages)
