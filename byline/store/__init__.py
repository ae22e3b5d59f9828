"""The archive: one SQLite file with documents, events and all that they rest on.

`Archive.open` opens or makes it; docs/archive.md describes its tables. Nothing
else in Byline writes SQL.
"""

from byline.store.archive import Archive, Input
from byline.store.decisions import Decided, add_decision, decisions, faults, in_force, named_by
from byline.store.editions import Difference, Edition
from byline.store.file import is_archive
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
    failures,
    set_aside,
)

__all__ = [
    "Archive",
    "Asked",
    "Decided",
    "Difference",
    "Edition",
    "EditionSummary",
    "IncidentSummary",
    "Input",
    "Passage",
    "SetAside",
    "add_decision",
    "compare",
    "decisions",
    "document",
    "documents",
    "documents_of",
    "editions",
    "failures",
    "faults",
    "in_force",
    "incident",
    "incident_of",
    "incidents",
    "is_archive",
    "named_by",
    "passages",
    "reports_of_event",
    "reports_of_incident",
    "set_aside",
]
