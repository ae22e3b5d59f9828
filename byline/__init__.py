"""Byline reads news archives and records who did what to whom, and who says so.

import byline
doc = byline.code("Police arrested three people in Leeds on Sunday.", published="2011-05-03")
doc.events[0].type, doc.events[0].status
with byline.open("events.byline") as archive:
    frame = archive.events(types="PROTEST", first="2006-03").to_pandas()
"""

import os
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from byline.errors import (
    BylineError,
    ConfigurationError,
    DocumentError,
    OntologyError,
    PipelineError,
    StorageError,
)

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from byline.api import Archive
    from byline.export.claims import Claim
    from byline.export.event_row import EventRow
    from byline.export.incident_page import IncidentPage
    from byline.export.table import Table
    from byline.records import CodedDocument
    from byline.store.incidents import IncidentSummary

    __version__: str

__all__ = [
    "Archive",
    "BylineError",
    "Claim",
    "CodedDocument",
    "ConfigurationError",
    "DocumentError",
    "EventRow",
    "IncidentPage",
    "IncidentSummary",
    "OntologyError",
    "PipelineError",
    "StorageError",
    "Table",
    "code",
    "open",
    "to_pandas",
]
# What is loaded when it is first asked for, and from where.
_LATER = {
    "Archive": "byline.api",
    "Claim": "byline.export.claims",
    "CodedDocument": "byline.records",
    "EventRow": "byline.export.event_row",
    "IncidentPage": "byline.export.incident_page",
    "IncidentSummary": "byline.store.incidents",
    "Table": "byline.export.table",
}

# Read when numpy is loaded. A product's last digits depend on the threads that share it, and so might a parse that
# hangs on them; and a run has a process for each core already.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def code(
    text: str,
    *,
    published: str | None = None,
    retrieved: str | None = None,
    publication: str | None = None,
    url: str | None = None,
    ontology: str | None = None,
) -> "CodedDocument":
    """Return a text coded: ``doc.events``, ``doc.attributions``, ``doc.to_dict()`` ...

    Dates are a day, a month, a year or a range: "2008-04-01", "2008-04",
    "2008-03-16/2008-04-15". ConfigurationError if one is not; DocumentError if
    the text is empty, too long or cannot be coded; OntologyError if the
    ontology, a name or a path as for ``byline code --ontology``, is none. The
    language pipeline, the gazetteer and each ontology are loaded at the first
    call that needs them and kept.
    """
    # What takes long to load waits until it is needed.
    from byline import ingest  # noqa: PLC0415
    from byline.run.job import Settings, coder_of  # noqa: PLC0415

    facts = ingest.Facts(
        published=ingest.interval_of(published) if published else None,
        retrieved=ingest.interval_of(retrieved) if retrieved else None,
        publication=publication,
        url=url,
    )
    coder = coder_of(Settings(ontology) if ontology else Settings())
    (result,) = coder.code_all([ingest.from_text(text, facts=facts)])
    if isinstance(result, ingest.Failure):
        raise DocumentError(f"{result.source}: {result.reason}")
    return result


def open(  # noqa: A001 - `byline.open` says what it does
    path: "str | Path", *, people: Literal["names", "roles"] = "names"
) -> "Archive":
    """Return an archive for reading: its events, incidents, claims, documents. It is a context manager.

    With `people="roles"` the names of private persons are withheld in all that it gives. ConfigurationError if there
    is none at the path, or the file is something else or of a newer Byline.
    """
    from byline.api import Archive  # noqa: PLC0415 - loaded when needed

    return Archive(path, people=people)


def to_pandas(documents: "Iterable[CodedDocument]") -> "pd.DataFrame":
    """Return a data frame, one row an event. Needs the extra ``byline[pandas]``."""
    from byline.export.frame import to_pandas  # noqa: PLC0415

    return to_pandas(documents)


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415 - loading it takes longer than all else here

        return version("byline")
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
