"""The row of an event in an archive, typed: the columns of the layout `events`."""

from collections.abc import Iterator

from byline.export.chosen import OfArchive
from byline.export.layouts import events
from byline.records import CopyKind, PlacePrecision, Record, Stance, Status
from byline.store import Archive, Filter

_TRUTH = [list(events.COLUMNS).index(name) for name in ("happened", "happening_contested")]  # yes or no in files


class EventRow(Record, frozen=True):
    """An event as a row: docs/layouts.md says what stands in each column. Of several names each is parted by "; "."""

    uid: str
    document: str
    source: str
    publication: str | None
    published_start: str | None
    published_end: str | None
    url: str | None
    copy_of: str | None
    copy_kind: CopyKind | None
    event: str
    incident: str | None
    type: str
    mode: str | None
    cameo: str | None
    trigger: str
    status: Status
    happened: bool
    actors: str | None
    actor_codes: str | None
    recipients: str | None
    recipient_codes: str | None
    places: str | None
    latitude: float | None
    longitude: float | None
    place_precision: PlacePrecision | None
    country: str | None
    start: str | None
    end: str | None
    time_basis: str | None
    killed_low: int | None
    killed_high: int | None
    wounded_low: int | None
    wounded_high: int | None
    arrested_low: int | None
    arrested_high: int | None
    abducted_low: int | None
    abducted_high: int | None
    missing_low: int | None
    missing_high: int | None
    displaced_low: int | None
    displaced_high: int | None
    participants_low: int | None
    participants_high: int | None
    other_low: int | None
    other_high: int | None
    incident_killed_low: int | None
    incident_killed_high: int | None
    incident_wounded_low: int | None
    incident_wounded_high: int | None
    said_by: str
    stance: Stance | None
    confidence: float
    evidence_start: int
    evidence_end: int
    evidence: str
    happening: str | None
    happening_type: str | None
    happening_reports: int | None
    happening_outlets: int | None
    happening_sources: int | None
    happening_contested: bool | None
    happening_part_of: str | None


def event_cells(archive: Archive, wanted: Filter, *, roles: bool = False) -> Iterator[list[object]]:
    """Yield the events that meet a filter, document by document, in the order of the fields of `EventRow`.

    With `roles` private persons are not named.
    """
    for cells in events.cells(OfArchive(archive, wanted, roles=roles)):
        row: list[object] = list(cells)
        for at in _TRUTH:
            row[at] = row[at] if row[at] is None else row[at] == "yes"
        yield row
