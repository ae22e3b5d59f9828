"""Which incidents of an archive are parts of others: found out of those that are new or have lost their whole."""

from collections.abc import Callable
from functools import lru_cache

import msgspec

from byline.linking.clustering import rank
from byline.linking.parts import is_whole, keys_of, whole_of
from byline.linking.reports import Report
from byline.store import Archive, linkage

_BATCH = 500  # incidents that are placed at once
_HELD = 5_000  # incidents whose reports are kept in memory

Group = tuple[Report, ...]


def place(archive: Archive) -> None:
    """Find the wholes of all incidents that are not placed yet, batch by committed batch.

    Each incident has the best of all wholes whatever comes first: the one that is new is held against what the
    others have.
    """
    while new := linkage.unplaced(archive, _BATCH):
        read = lru_cache(_HELD)(lambda incident: _group(archive, incident))
        with archive.batch():
            for incident in new:
                _place(archive, incident, read)


def _place(archive: Archive, incident: str, read: Callable[[str], Group]) -> None:
    group = read(incident)
    keys, whole = [linkage.number_of(key) for key in sorted(keys_of(group))], is_whole(group)
    linkage.put_keys(archive, incident, keys, whole=whole)
    wholes = linkage.with_keys(archive, keys, wholes=True)
    linkage.put_whole(archive, incident, whole_of(group, [read(other) for other in wholes if other != incident]))
    for part in linkage.with_keys(archive, keys, wholes=False) if whole else ():
        known = linkage.whole_of(archive, part)
        best = whole_of(read(part), [read(other) for other in (incident, known) if other])
        if best != known:
            linkage.put_whole(archive, part, best)


def _group(archive: Archive, incident: str) -> Group:
    """Return the reports of an incident, in the order of publication."""
    reports = (msgspec.json.decode(record, type=Report) for record in linkage.records_of(archive, incident))
    return tuple(sorted(reports, key=rank))
