"""The records themselves, a line each: all that Byline knows of a document, its text included."""

from collections.abc import Iterator

from byline.export.layout import Chosen, Layout
from byline.export.tables import lines
from byline.records import CodedDocument


def _records(chosen: Chosen) -> Iterator[CodedDocument]:
    return (read.index.document for read in chosen.documents())


LAYOUT = Layout(
    name="records",
    title="Whole records, one line a document, as `byline code --format jsonl` prints them",
    level="document",
    columns={},
    forms=lines(_records),
    losses=(
        "A document with a chosen event is there with all its events, as its parts refer to one another.",
        "Incidents, decisions and reviews of the archive are not there; `byline import` links the documents anew.",
        "With which program, ontology and pipeline it was coded is not there.",
    ),
)
