"""From sources to coded documents: reading, parsing and coding joined."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple, Protocol

import msgspec

from byline.coding import ontology
from byline.coding.coder import Knowledge, code
from byline.coding.reach import Reach
from byline.errors import DocumentError, mistake
from byline.ingest import Failure
from byline.language.keeping import packed, unpacked
from byline.language.parsed import Parsed
from byline.language.pipeline import DEFAULT, Pipeline
from byline.linking import Copies
from byline.records import CodedDocument, Copy, Document
from byline.run.plugging import finders, gazetteer, with_findings
from byline.run.preparing import prepared
from byline.run.task import Done, Task
from byline.store.projection import rows_of

AHEAD = 64  # documents that are read before the first is coded: among them the earliest published is the original


class Settings(NamedTuple):
    """What a run may choose: another ontology, another language pipeline, whether an archive keeps the parses."""

    ontology: str = ontology.DEFAULT
    pipeline: str = DEFAULT
    keep_parses: bool = False


class Coder:
    """Everything that is loaded once a run. Wrong settings raise ConfigurationError here."""

    def __init__(self, settings: Settings) -> None:
        self._knowledge = Knowledge(ontology.read_ontology(settings.ontology), gazetteer())
        self._finders = finders()
        self._reach = Reach(self._knowledge.ontology)
        self._pipeline, self._keeps = Pipeline(settings.pipeline), settings.keep_parses
        gc.collect()
        gc.freeze()  # what was loaded stays: looking through it for garbage again and again is of no use

    def code_all(self, found: Iterable[Document | Failure]) -> Iterator[CodedDocument | Failure]:
        """Yield each document coded and each failure as it came, in the order of the input."""
        return self.code_marked(with_copies(found))

    def code_marked(self, found: Iterable[Document | Failure]) -> Iterator[CodedDocument | Failure]:
        """Yield as `code_all` does, from documents that are marked as copies already, or will be later."""
        return (result if isinstance(result, Failure) else result[1] for result in self.code_as_read(found))

    def code_with_parse(self, found: Iterable[Document | Failure]) -> Iterator[tuple[Parsed, CodedDocument] | Failure]:
        """Yield as `code_all` does, each coded document with the parse that it rests on."""
        return self.code_as_read(with_copies(found))

    def code_as_read(self, found: Iterable[Document | Failure]) -> Iterator[tuple[Parsed, CodedDocument] | Failure]:
        """Yield as `code_with_parse` does, of documents of which it is known what they copy."""
        for item in found:
            yield item if isinstance(item, Failure) else self._code(self._pipeline.parse(item))

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done | Failure]:
        """Yield for each task what is done, parsing only documents without a kept parse."""
        for task in tasks:
            kept = unpacked(task.parse, task.document) if task.parse is not None else None
            parsed = kept or self._pipeline.parse(task.document)
            lexicon = self._reach.lexicon_of(parsed)
            parse = packed(parsed) if self._keeps and kept is None else None
            if lexicon in task.known:
                yield Done(None, lexicon, parse)
                continue
            found = self._code(parsed)
            if isinstance(found, Failure):
                yield found
            else:
                yield Done(rows_of(found[1]), lexicon, parse, prepared(found[1]))

    def _code(self, parsed: Parsed) -> tuple[Parsed, CodedDocument] | Failure:
        """Code one document; a mistake of Byline's own costs that document alone."""
        try:
            return parsed, with_findings(parsed, code(parsed, self._knowledge), self._finders)
        except MemoryError:
            raise  # whoever set the limit says what becomes of the document
        except DocumentError as error:
            return Failure(source=parsed.document.source, reason=str(error), kind=error.kind)
        except Exception as error:  # noqa: BLE001 - whatever it is, the run goes on
            return Failure(source=parsed.document.source, reason=mistake(error, "text"), kind="internal")


class Index(Protocol):
    """What tells copies: `Copies`, or one that knows an archive."""

    def add_all(self, documents: Sequence[Document]) -> list[Copy | None]:
        """Return for each document how it copies an earlier one."""


def with_copies(found: Iterable[Document | Failure], index: Index | None = None) -> Iterator[Document | Failure]:
    """Yield documents as they came, each with what it copies of those before it, and failures."""
    stream, copies = iter(found), Copies() if index is None else index
    while batch := list(islice(stream, AHEAD)):
        marks = iter(copies.add_all([d for d in batch if isinstance(d, Document)]))
        for item in batch:
            yield item if isinstance(item, Failure) else msgspec.structs.replace(item, copy=next(marks))


@cache
def coder_of(settings: Settings) -> Coder:
    """Return the coder with these settings, loaded once a process."""
    return Coder(settings)
