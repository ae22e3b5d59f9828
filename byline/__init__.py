"""Byline reads news archives and records who did what to whom, and who says so.

import byline
doc = byline.code("Police arrested three people in Leeds on Sunday.", published="2011-05-03")
doc.events[0].type, doc.events[0].status
"""

import os
from collections.abc import Iterable
from importlib.metadata import version
from typing import TYPE_CHECKING

from byline.errors import BylineError, ConfigurationError, DocumentError, OntologyError, PipelineError

if TYPE_CHECKING:
    import pandas as pd

    from byline.records import CodedDocument

__all__ = [
    "BylineError",
    "ConfigurationError",
    "DocumentError",
    "OntologyError",
    "PipelineError",
    "code",
    "to_pandas",
]
__version__ = version("byline")

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


def to_pandas(documents: "Iterable[CodedDocument]") -> "pd.DataFrame":
    """Return a data frame, one row an event. Needs the extra ``byline[pandas]``."""
    from byline.export.frame import to_pandas  # noqa: PLC0415

    return to_pandas(documents)
