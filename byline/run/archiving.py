"""From sources to an archive: what is in it already is passed over, the rest is coded and committed in order.

The archive's content depends on the input and the edition alone: not on the number of workers, and not on
whether the run was ended and begun again. Batches are committed in the order of the input, so a run that was
ended has written what comes first, whole.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from byline import ingest
from byline.coding.ontology_files import located
from byline.errors import DocumentError
from byline.ingest import Page
from byline.records import INSIDE, Document, Failure, Origin
from byline.run.earlier import Earlier
from byline.run.job import Coder, Settings, coder_of, with_copies
from byline.run.linking import Linker
from byline.run.program import edition_of, keeping_of
from byline.run.task import Done, Kept, Task
from byline.run.worker import Limits
from byline.run.workers import Workers
from byline.store import Archive, Edition, Input, set_aside
from byline.store.projection import key_of, rows_of


class Known(NamedTuple):
    """A document that was met before: in the archive, or, with `document`, on its way into it."""

    key: str
    source: str
    origin: Origin | None
    document: Document | None = None


class _Refused(NamedTuple):
    """A document that an earlier run has set aside."""

    document: Document
    failure: Failure


Outcome = Document | Failure | Known  # a document that was coded, or why it was not


class Tally(NamedTuple):
    """How many documents a run has coded, has met before, and how many parts it could not read or code."""

    coded: int = 0
    known: int = 0
    failed: int = 0

    def with_all(self, outcomes: Collection[Outcome]) -> "Tally":
        new = [sum(isinstance(one, kind) for one in outcomes) for kind in (Document, Known, Failure)]
        return Tally(*map(sum, zip(self, new, strict=True)))


class Archiving:
    """What runs into one archive share: its edition, its workers and their limits.

    OntologyError at once if the ontology does not hold; other wrong settings are told by the first worker.
    """

    def __init__(
        self,
        archive: Archive,
        settings: Settings,
        *,
        workers: int,
        limits: Limits = Limits(),  # noqa: B008 -- it is frozen
        load: Callable[[], Coder] | None = None,
        edition: Edition | None = None,
    ) -> None:
        settings = settings._replace(ontology=located(settings.ontology))  # a retry may be begun elsewhere
        self._archive, self._settings = archive, settings
        self._workers = Workers(workers, load or partial(coder_of, settings), limits, self._task)
        self._what = edition or edition_of(settings)
        self._keeping = keeping_of(settings.pipeline, self._what)
        self._linker = Linker(archive, self._workers)
        self._edition = self._run = 0
        self._under_way: set[str] = set()
        self._files: list[Input] = []

    def code(self, found: Iterable[Page | Document | Failure | Input]) -> Iterator[list[Outcome]]:
        """Code what is found into the archive; yield what became of it, in order, batch by committed batch.

        Pages are read by the workers, so that one that takes too long costs itself alone. Files are entered as inputs
        of the run; an Input is what was read from elsewhere, as a fetched page.
        StorageError if the archive cannot be written.
        """
        with self._workers as workers:
            read = ingest.dated(workers.read(self._noted(found)))
            yield from self._archived(self._triaged(with_copies(read, Earlier(self._archive))))

    def retry(self) -> Iterator[list[Outcome]]:
        """Code again what was set aside with these settings; yield as `code` does."""
        ours = _settings_json(self._settings)
        again = [one.document for one in set_aside(self._archive) if one.settings == ours]
        with self._workers:
            yield from self._archived(again)

    def _archived(self, items: Iterable[Document | Failure | Known | _Refused]) -> Iterator[list[Outcome]]:
        self._begin()
        for pairs in self._workers.code_all(items):
            with self._archive.batch():
                self._enter_files()
                outcomes = [self._entered(item, result) for item, result in pairs]
                self._archive.count(self._run, **Tally().with_all(outcomes)._asdict())
            self._linker.keep_up()
            yield outcomes
        self._linker.link()
        with self._archive.batch():
            self._enter_files()
            self._archive.end_run(self._run, now())

    def _begin(self) -> None:
        self._linker.forget()  # what an earlier run has not committed
        with self._archive.batch():
            self._edition = self._archive.add_edition(self._what)
            self._run = self._archive.begin_run(self._edition, _settings_json(self._settings), now())

    def _noted(self, found: Iterable[Page | Document | Failure | Input]) -> Iterator[Page | Document | Failure]:
        """Yield what is found, and note each file that it comes from."""
        latest = ""
        for item in found:
            if isinstance(item, Input):
                self._files.append(item)
                continue
            origin = None if isinstance(item, Failure) else item.origin
            container = origin.container if origin else _container(item.source)
            if container != latest:
                latest = container
                self._files += _input(container)
            yield item

    def _triaged(self, items: Iterable[Document | Failure]) -> Iterator[Document | Failure | Known | _Refused]:
        """Yield documents that have to be coded as they are, and what is known of the others."""
        for item in items:
            if isinstance(item, Failure):
                yield item
                continue
            key = key_of(item)
            if key in self._under_way:
                yield Known(key, item.source, item.origin, item)
            elif self._archive.is_coded(key, self._edition):
                yield Known(key, item.source, item.origin)
            elif refused := self._archive.failure(key, self._edition):
                yield _Refused(item, refused)
            else:
                self._under_way.add(key)
                yield item

    def _task(self, document: Document) -> Task:
        """Return what is sent out of a document: with it what is kept of earlier runs."""
        key = key_of(document)
        kept = Kept(**self._archive.kept(key, self._keeping))
        return Task(document, kept, self._archive.lexicons(key, self._edition))

    def _entered(self, item: object, result: object) -> Outcome:
        """Write what became of an item."""
        if isinstance(item, Document):
            self._under_way.discard(key_of(item))
        match result:
            case Done() if isinstance(item, Document):
                return self._entered_coded(item, result)
            case Known():
                return self._entered_known(result)
            case _Refused():
                return self._set_aside(result.document, result.failure)
            case Failure():
                document = item if isinstance(item, Document) else None
                self._archive.add_failure(result, self._edition, self._run, document)
                return result
        raise TypeError(result)

    def _entered_coded(self, document: Document, done: Done) -> Outcome:
        rows = done.rows or rows_of(self._archive.coded_before(document, done.lexicon, self._edition))
        try:
            row = self._archive.add_rows(rows, self._edition, self._run, done.lexicon)
        except DocumentError as error:
            return self._set_aside(document, Failure(source=document.source, reason=str(error), kind=error.kind))
        self._archive.keep(str(rows.document["key"]), self._keeping, done.kept._asdict())
        if row is not None:
            self._linker.take(row, done.reports)
        return document

    def _entered_known(self, known: Known) -> Outcome:
        refused = self._archive.failure(known.key, self._edition) if known.document else None
        if known.document and refused:
            return self._set_aside(known.document, refused)
        self._archive.add_appearance(known.key, known.source, known.origin)
        return known

    def _set_aside(self, document: Document, why: Failure) -> Failure:
        failure = msgspec.structs.replace(why, source=document.source)
        self._archive.add_failure(failure, self._edition, self._run, document)
        return failure

    def _enter_files(self) -> None:
        for file in self._files:
            self._archive.add_input(self._run, file)
        self._files.clear()


def settings_to_retry(archive: Archive) -> list[Settings]:
    """Return the settings with which documents of an archive were set aside."""
    told = dict.fromkeys(one.settings for one in set_aside(archive))
    return [Settings(**msgspec.json.decode(settings)) for settings in told]


def now(to: str = "seconds") -> str:
    """Return the time, ISO 8601 in UTC, to the second unless told."""
    return datetime.now(UTC).isoformat(timespec=to)


def _settings_json(settings: Settings) -> str:
    return msgspec.json.encode(settings._asdict()).decode()


def _container(source: str) -> str:
    return source.split(INSIDE, maxsplit=1)[0]


def _input(path: str) -> Iterator[Input]:
    """Yield a file with its size and digest; nothing for what is no file, as standard input."""
    file = Path(path)
    if not file.is_file():
        return
    try:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
            yield Input(path, stream.tell(), f"sha256:{digest}")
    except OSError:
        return  # reading it says why
