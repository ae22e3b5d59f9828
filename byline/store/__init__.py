"""The archive: one SQLite file with documents, events and all that they rest on.

`Archive.open` opens or makes it; docs/archive.md describes its tables. Nothing
else in Byline writes SQL.
"""

from byline.store.archive import Archive, Input
from byline.store.columns import Kept
from byline.store.decisions import Decided, add_decision, decisions, faults, in_force, named_by
from byline.store.earlier import entered, finished_run, former, marks
from byline.store.editions import Difference, Edition
from byline.store.file import is_archive
from byline.store.finding import Facet, Filter, Found, find
from byline.store.incidents import (
    Asked,
    IncidentSummary,
    Passage,
    incident,
    incident_of,
    incidents,
    passages,
    reports_of_event,
    reports_of_incident,
)
from byline.store.reading import (
    EditionSummary,
    SetAside,
    compare,
    document,
    documents,
    documents_of,
    editions,
    event,
    failures,
    row_of,
    set_aside,
)
from byline.store.reviews import (
    Item,
    Progress,
    Queue,
    Reviewed,
    add_review,
    beside,
    item,
    judgements,
    known,
    last_review,
    progress,
    queued,
    review_faults,
    reviews,
)

__all__ = [
    "Archive",
    "Asked",
    "Decided",
    "Difference",
    "Edition",
    "EditionSummary",
    "Facet",
    "Filter",
    "Found",
    "IncidentSummary",
    "Input",
    "Item",
    "Kept",
    "Passage",
    "Progress",
    "Queue",
    "Reviewed",
    "SetAside",
    "add_decision",
    "add_review",
    "beside",
    "compare",
    "decisions",
    "document",
    "documents",
    "documents_of",
    "editions",
    "entered",
    "event",
    "failures",
    "faults",
    "find",
    "finished_run",
    "former",
    "in_force",
    "incident",
    "incident_of",
    "incidents",
    "is_archive",
    "item",
    "judgements",
    "known",
    "last_review",
    "marks",
    "named_by",
    "passages",
    "progress",
    "queued",
    "reports_of_event",
    "reports_of_incident",
    "review_faults",
    "reviews",
    "row_of",
    "set_aside",
]
