"""What language models have answered, and of which sentences they are to be asked."""

from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

import msgspec

from byline.errors import ConfigurationError
from byline.records import Record, Span
from byline.store.archive import Archive
from byline.store.finding import Filter, find

_DOCUMENT = (
    "d.replaced_by IS NULL AND (:any OR d.document IN (SELECT value FROM json_each(:documents)) "
    "OR d.source IN (SELECT value FROM json_each(:documents)))"
)
_EVENT = (
    "(:all OR e.id IN (SELECT value FROM json_each(:ids))) AND (:most IS NULL OR e.confidence <= :most) "
    f"AND {_DOCUMENT}"
)

_AGAIN = (
    "ON CONFLICT DO UPDATE SET endpoint = excluded.endpoint, time = excluded.time, content = excluded.content, "
    "refused = excluded.refused, tokens_in = coalesce(tokens_in + excluded.tokens_in, tokens_in, excluded.tokens_in), "
    "tokens_out = coalesce(tokens_out + excluded.tokens_out, tokens_out, excluded.tokens_out)"
)


class Answer(Record, frozen=True, kw_only=True):
    """What a model has answered to a question, and why parts of that were not taken; `sentence` is where it was asked.

    `time` is ISO 8601 in UTC. Tokens are those of all answers to it, None where the endpoint does not say.
    """

    question: str
    task: Literal["check", "add"]
    document: str
    sentence: Span
    model: str
    prompt: str
    endpoint: str
    time: str
    tokens_in: int | None
    tokens_out: int | None
    content: str
    refused: tuple[str, ...] = ()


class Chosen(NamedTuple):
    """Events that a second opinion is wanted of: those that meet a filter, in certain documents, of low confidence.

    `confidence` is the highest that an event may have. `documents` are ids of their records, or sources; none are all.
    """

    wanted: Filter = Filter()
    confidence: float | None = None
    documents: Collection[str] = ()


class Sentence(NamedTuple):
    """A sentence: its document's row, and where it stands in the text."""

    document: int
    span: Span


def add_answer(archive: Archive, answer: Answer) -> None:
    """Enter an answer inside of `Archive.batch`, in place of an earlier one: what that took is added to its tokens."""
    row = answer.to_dict()
    start, end = row.pop("sentence")
    values = {**row, "start": start, "end": end, "refused": msgspec.json.encode(answer.refused).decode()}
    columns = ", ".join(f'"{name}"' for name in values)
    archive.execute(f"INSERT INTO answers ({columns}) VALUES (:{', :'.join(values)}) {_AGAIN}", values)


def answer(archive: Archive, question: str) -> Answer | None:
    """Return the answer to a question, None if there is none."""
    return next(_answers(archive, "WHERE question = ?", question), None)


def answers(archive: Archive) -> Iterator[Answer]:
    """Yield all answers, in the order of time."""
    return _answers(archive, "ORDER BY time, question")


def sentences(archive: Archive, chosen: Chosen, limit: int | None = None) -> list[Sentence]:
    """Return the sentences that tell of chosen events, by document and place; with a limit the least sure ones."""
    query = (
        "SELECT document, evidence_start, evidence_end FROM ("
        "SELECT e.document, e.evidence_start, e.evidence_end FROM events e JOIN documents d ON d.id = e.document "
        f"WHERE {_EVENT} GROUP BY 1, 2, 3 ORDER BY min(e.confidence), 1, 2, 3 LIMIT :limit) ORDER BY 1, 2, 3"
    )
    rows = archive.execute(query, {**_values(archive, chosen), "limit": -1 if limit is None else limit})
    return [Sentence(document, (start, end)) for document, start, end in rows]


def documents_with(archive: Archive, chosen: Chosen) -> list[int]:
    """Return `documents.id` of the documents with chosen events; of all documents if nothing is said of events."""
    query = f"SELECT DISTINCT d.id FROM events e JOIN documents d ON d.id = e.document WHERE {_EVENT} ORDER BY 1"
    if chosen._replace(documents=()) == Chosen():
        query = f"SELECT d.id FROM documents d WHERE d.id IN (SELECT document FROM codings) AND {_DOCUMENT} ORDER BY 1"
    return [row for (row,) in archive.execute(query, _values(archive, chosen))]


def _values(archive: Archive, chosen: Chosen) -> dict[str, object]:
    known = "SELECT 1 FROM documents WHERE document = :name OR source = :name"
    for name in chosen.documents:
        if not archive.execute(known, {"name": name}).fetchone():
            raise ConfigurationError(f"{archive.path} has no document {name!r}. Give its id or its source.")
    is_all = chosen.wanted == Filter()
    return {
        "all": is_all,
        "ids": "[]" if is_all else msgspec.json.encode(find(archive, chosen.wanted).ids).decode(),
        "most": chosen.confidence,
        "any": not chosen.documents,
        "documents": msgspec.json.encode(list(chosen.documents)).decode(),
    }


def _answers(archive: Archive, rest: str, *values: object) -> Iterator[Answer]:
    names = [name for name in Answer.__struct_fields__ if name not in {"sentence", "refused"}]
    for *row, start, end, refused in archive.execute(
        f'SELECT {", ".join(names)}, start, "end", refused FROM answers {rest}', values
    ):
        told = dict(zip(names, row, strict=True))
        yield Answer(**told, sentence=(start, end), refused=msgspec.json.decode(refused, type=tuple[str, ...]))
