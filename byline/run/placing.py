"""Which incidents of an archive are parts of others: found out of those that are new or have lost their whole."""

from functools import lru_cache, partial

import msgspec

from byline.linking.clustering import rank
from byline.linking.parts import whole_of
from byline.linking.reports import Report
from byline.store import Archive, linkage

_BATCH = 500  # incidents that are placed at once
_HELD = 5_000  # incidents whose reports are kept in memory

Group = tuple[Report, ...]


def place(archive: Archive) -> None:
    """Find the wholes of all incidents that are not placed yet, batch by committed batch.

    Each incident has the best of all wholes whatever comes first: a whole that is new is held against what the others
    have.
    """
    while new := linkage.unplaced(archive, _BATCH):
        read = lru_cache(_HELD)(partial(_group, archive))
        with archive.batch():
            found = linkage.candidates(archive, new)
            wholes = {part: whole_of(read(part), map(read, others)) for part, others in found.items()}
            linkage.put_wholes(archive, new, wholes)


def _group(archive: Archive, incident: str) -> Group:
    """Return the reports of an incident, in the order of publication."""
    reports = (msgspec.json.decode(record, type=Report) for record in linkage.records_of(archive, incident))
    return tuple(sorted(reports, key=rank))
