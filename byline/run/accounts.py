"""What the reports of one incident of an archive say together: worked out whenever it is asked for."""

import msgspec

from byline.accounts import Contest, Corroboration
from byline.linking.contest import contest_on
from byline.linking.reports import Report
from byline.linking.sources import Grounds, corroboration_on
from byline.linking.voices import Voices
from byline.store import Archive, linkage


def account(archive: Archive, incident: str) -> tuple[Corroboration, tuple[Contest, ...]]:
    """Return who tells of an incident, and what they say of each field; `incident` is its id."""
    reports = [msgspec.json.decode(record, type=Report) for record in linkage.records_of(archive, incident)]
    grounds = Grounds(Voices(reports))
    return corroboration_on(grounds), contest_on(grounds)
