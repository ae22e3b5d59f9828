"""From sources to coded documents: reading, parsing and coding joined."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple, Protocol

import msgspec

from byline.coding import findings, ontology
from byline.coding.coder import put_together
from byline.coding.findings import Findings
from byline.coding.reach import Reach
from byline.errors import DocumentError, mistake
from byline.ingest import Failure
from byline.language import keeping
from byline.language.package import DEFAULT
from byline.language.parsed import Parsed
from byline.linking import Copies
from byline.records import CodedDocument, Copy, Document
from byline.run.plugging import finders, gazetteer, with_findings
from byline.run.preparing import prepared
from byline.run.task import Done, Kept, Task
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
        from byline.language.pipeline import Pipeline  # noqa: PLC0415 -- the process at an archive codes nothing

        self._ontology, self._gazetteer = ontology.read_ontology(settings.ontology), gazetteer()
        self._finders = finders()
        self._reach = Reach(self._ontology)
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
            result = item if isinstance(item, Failure) else self._code(self._pipeline.parse(item))
            yield result if isinstance(result, Failure) else (result[0].parsed, result[1])

    def code_tasks(self, tasks: Iterable[Task]) -> Iterator[Done | Failure]:
        """Yield for each task what is done, parsing only documents without a kept parse."""
        for task in tasks:
            kept = task.kept.parse
            earlier = keeping.unpacked(kept, task.document) if kept is not None else None
            parsed = earlier or self._pipeline.parse(task.document)
            new = Kept(parse=keeping.packed(parsed) if self._keeps and earlier is None else None)
            lexicon = self._reach.lexicon_of(parsed)
            yield Done(None, lexicon, new) if lexicon in task.known else self._done(parsed, task, lexicon, new)

    def _done(self, parsed: Parsed, task: Task, lexicon: str, new: Kept) -> Done | Failure:
        kept = task.kept.findings
        earlier = findings.unpacked(kept, parsed) if kept is not None else None
        result = self._code(parsed, earlier)
        if isinstance(result, Failure):
            return result
        found, coded = result
        if self._keeps and earlier is None:
            new = new._replace(findings=findings.packed(found))
        return Done(rows_of(coded), lexicon, new, prepared(coded))

    def _code(self, parsed: Parsed, earlier: Findings | None = None) -> tuple[Findings, CodedDocument] | Failure:
        """Code one document; a mistake of Byline's own costs that document alone."""
        try:
            found = earlier or findings.find(parsed, self._gazetteer)
            return found, with_findings(parsed, put_together(found, self._ontology), self._finders)
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
