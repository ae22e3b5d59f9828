"""Which incidents of an archive are parts of others: found out of those that are new or have lost their whole."""

from functools import partial
from itertools import chain

import msgspec

from byline.linking.parts import Outline, whole_of
from byline.store import Archive, linkage

_BATCH = 500  # incidents that are placed at once
_outline = partial(msgspec.json.decode, type=Outline)


def place(archive: Archive) -> None:
    """Find the wholes of all incidents that are not placed yet, batch by committed batch.

    Each incident has the best of all wholes whatever comes first: a whole that is new is held against what the others
    have.
    """
    while new := linkage.unplaced(archive, _BATCH):
        with archive.batch():
            found = linkage.candidates(archive, new)
            read = linkage.outlines(archive, chain(found, *found.values()))
            outlines = {incident: _outline(outline) for incident, outline in read}
            wholes = {part: whole_of(outlines[part], map(outlines.__getitem__, of)) for part, of in found.items()}
            linkage.put_wholes(archive, new, wholes)
