"""From a lake to an archive: the records as they are, nothing is coded again."""

from collections.abc import Iterator
from itertools import islice

import msgspec

from byline.records import CodedDocument, Failure
from byline.run import linking
from byline.run.archiving import Outcome, now
from byline.run.lake import Lake
from byline.store import Archive, Edition
from byline.store.projection import key_of

_BATCH = 64  # documents that are committed at once


def import_lake(address: str, archive: Archive) -> Iterator[list[Outcome]]:
    """Enter a lake's records into an archive, in their order; yield what was entered, batch by committed batch.

    What the archive has of the same edition already is passed over. ConfigurationError if there is no finished lake.
    """
    lake = Lake(address)
    contents = lake.finished()
    found, told = lake.documents(contents), contents.edition.to_dict()
    with archive.batch():
        edition = archive.add_edition(Edition(**{name: told[name] for name in Edition._fields}))
        settings = msgspec.json.encode({"lake": address, "reading": contents.edition.reading}).decode()
        run = archive.begin_run(edition, settings, now())
    while items := list(islice(found, _BATCH)):
        with archive.batch():
            yield [item for item in items if _enter(item, archive, edition, run)]
        linking.link(archive, least=linking.BATCH)
    linking.link(archive)
    with archive.batch():
        archive.end_run(run, now())


def _enter(item: CodedDocument | Failure, archive: Archive, edition: int, run: int) -> bool:
    """Enter an item, and return whether it is new."""
    if isinstance(item, Failure):
        archive.add_failure(item, edition, run)
        archive.count(run, failed=1)
        return True
    key = key_of(item)
    if archive.is_coded(key, edition):
        archive.add_appearance(key, item.source, item.origin)
        archive.count(run, known=1)
        return False
    archive.add(item, edition, run)
    archive.count(run, coded=1)
    return True
