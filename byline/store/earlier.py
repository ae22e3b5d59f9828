"""What an archive held when a run was finished: documents with which those of the next are compared."""

from collections.abc import Iterator

import msgspec

from byline.records import Copy, Document
from byline.store.archive import Archive
from byline.store.projection import key_of

# Entered by a run up to that one, and not replaced by one that was entered up to then.
_HELD = "d.run <= :run AND NOT EXISTS (SELECT 1 FROM documents r WHERE r.id = d.replaced_by AND r.run <= :run)"


def finished_run(archive: Archive) -> int:
    """Return the last run that has read everything, 0 if there is none."""
    (number,) = archive.execute("SELECT coalesce(max(id), 0) FROM runs WHERE finished IS NOT NULL").fetchone()
    return int(number)


def entered(archive: Archive, run: int, characters: int) -> Iterator[Document]:
    """Yield what was held after a run, in the order of entry: the latest documents, with so many characters in all."""
    query = f"SELECT d.id, length(d.text) FROM documents d WHERE {_HELD} ORDER BY d.id DESC"
    first = 0
    for number, length in archive.execute(query, {"run": run}):
        first, characters = number, characters - length
        if characters <= 0:
            break
    query = f"SELECT d.text, d.record FROM documents d WHERE {_HELD} AND d.id >= :first ORDER BY d.id"
    for text, record in archive.execute(query, {"run": run, "first": first}):
        yield msgspec.convert(msgspec.json.decode(record) | {"text": text}, Document)


def marks(archive: Archive, document: Document, run: int) -> list[Copy | None]:
    """Return how a document that was held after a run is marked as a copy; an empty list if it was not held."""
    query = f"SELECT json_extract(d.record, '$.copy') FROM documents d WHERE d.key = :key AND {_HELD}"
    found = archive.execute(query, {"key": key_of(document), "run": run})
    return [msgspec.json.decode(mark, type=Copy) if mark else None for (mark,) in found]


def former(archive: Archive, document: Document, run: int) -> list[tuple[str, str]]:
    """Return id and source of what was held after a run with a document's text, from its source, with other facts."""
    query = f"SELECT d.document, d.source FROM documents d WHERE d.source = :source AND d.text = :text AND {_HELD}"
    return archive.execute(query, {"source": document.source, "text": document.text, "run": run}).fetchall()
