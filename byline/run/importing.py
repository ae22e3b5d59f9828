"""From a lake or lines of JSON to an archive: the records as they are, nothing is coded again."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from byline.errors import ConfigurationError
from byline.integrity import contradiction
from byline.records import CodedDocument, Failure
from byline.run.archiving import Outcome, now
from byline.run.linking import Linker
from byline.store import Archive, Edition
from byline.store.projection import key_of

if TYPE_CHECKING:
    from byline.run.lake import Contents, Lake  # an extra

_BATCH = 64  # documents that are committed at once
_LONGEST = 100_000_000  # bytes of a line
_UNKNOWN = Edition("imported", "", "", "", "", "")


def import_lake(lake: "Lake", contents: "Contents", archive: Archive) -> Iterator[list[Outcome]]:
    """Enter a lake's records into an archive, in their order; yield what was entered, batch by committed batch.

    What the archive has of the same edition already is passed over. `contents` is the lake's manifest.
    """
    told = contents.edition.to_dict()
    edition = Edition(**{name: told[name] for name in Edition._fields})
    settings = {"lake": lake.address, "reading": contents.edition.reading}
    yield from _import(lake.documents(contents), edition, settings, archive)


def import_lines(path: Path, archive: Archive) -> Iterator[list[Outcome]]:
    """Enter the documents of a file, each a line of `byline code --format jsonl`; yield as for a lake.

    They are an edition of their own: lines do not tell with what they were coded. ConfigurationError if a line is
    no record; those before it are entered.
    """
    yield from _import(_documents(path), _UNKNOWN, {"lines": str(path)}, archive)


def _documents(path: Path) -> Iterator[CodedDocument]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST), b""), 1):
                try:
                    yield CodedDocument.from_json(line)
                except msgspec.DecodeError as error:
                    raise ConfigurationError(
                        f"{path}, line {number} is no record of a document ({error}). "
                        "Name a file that `byline export --layout records` has written."
                    ) from error
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read ({error.strerror}). Name another file.") from error


def _import(
    documents: Iterable[CodedDocument | Failure], told: Edition, settings: Mapping[str, object], archive: Archive
) -> Iterator[list[Outcome]]:
    found = iter(documents)
    with archive.batch():
        edition = archive.add_edition(told)
        run = archive.begin_run(edition, msgspec.json.encode(settings).decode(), now())
    linker = Linker(archive)
    while items := list(islice(found, _BATCH)):
        with archive.batch():
            yield [new for item in items if (new := _entered(item, archive, edition, run))]
        linker.keep_up()
    linker.link()
    with archive.batch():
        archive.end_run(run, now())


def _entered(item: CodedDocument | Failure, archive: Archive, edition: int, run: int) -> Outcome | None:
    """Enter an item, and return what became of it; None if it was there already."""
    if isinstance(item, CodedDocument):
        key = key_of(item)
        if archive.is_coded(key, edition):
            archive.add_appearance(key, item.source, item.origin)
            archive.count(run, known=1)
            return None
        if why := contradiction(item):
            reason = f"Its record contradicts itself: {why}. Code the document again."
            item = Failure(source=item.source, reason=reason)
        else:
            archive.add(item, edition, run)
            archive.count(run, coded=1)
            return item
    archive.add_failure(item, edition, run)
    archive.count(run, failed=1)
    return item
