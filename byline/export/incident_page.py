"""All that an archive has of one incident, as one record: for pages, and for `byline incidents ARCHIVE INCIDENT`."""

from byline.accounts import Contest, Corroboration
from byline.records import Record
from byline.store import Archive
from byline.store.incidents import Asked, IncidentSummary, Passage, incident, incidents, passages


class IncidentPage(Record, frozen=True, kw_only=True):
    """One incident: how it is listed, its whole and its parts, who tells of it, and what is said of each field by whom.

    `passages` are all that tell of it, in the order of publication.
    """

    incident: IncidentSummary
    whole: IncidentSummary | None
    parts: tuple[IncidentSummary, ...]
    corroboration: Corroboration
    contests: tuple[Contest, ...]
    passages: tuple[Passage, ...]


def page(archive: Archive, number: str, corroboration: Corroboration, contests: tuple[Contest, ...]) -> IncidentPage:
    """Return the page of an incident by its id; what its reports say together is told by linking."""
    found = incident(archive, number)
    return IncidentPage(
        incident=found,
        whole=incident(archive, found.part_of) if found.part_of else None,
        parts=tuple(incidents(archive, Asked(part_of=number))),
        corroboration=corroboration,
        contests=contests,
        passages=tuple(passages(archive, number)),
    )
