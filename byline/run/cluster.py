"""Sources to a lake on Dask: a task a shard, lost workers replaced, bad shards set aside.

What looks across documents is done by the driver, in the order in which one machine reads: the calendars of
issue numbers when all shards are coded, then the copies. So a lake has the rows that one machine prints.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

import msgspec
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed

from byline import __version__
from byline.coding.ontology_files import located
from byline.errors import ConfigurationError
from byline.ingest import Facts, Manifest, Options
from byline.ingest.dates.calendars import Calendar, Lessons
from byline.ingest.dates.dated import by_calendars, teach, waits
from byline.ingest.furniture import folded
from byline.records import CodedDocument, Copy, Document, Failure
from byline.run.job import Settings, coder_of, with_copies
from byline.run.lake import Contents, Entry, Lake, SetAside
from byline.run.shards import REMOTE, Edition, Shard, cut, edition_of, read_shard

LOCAL = "local"
_RETRIES = 2  # of a shard that raises: a store may be out of reach for a moment
_PENDING = 64  # files whose copies are being written
_KILLS = (
    "It kills its worker, also when nothing else runs there: memory, or a fault in a library. "
    "Give the workers more memory, or cut the file into smaller ones."
)
_LISTED = 3  # names in a message
_one_at_a_time = Lock()  # a worker may have several threads; the language pipeline is for one
_own_edition = cache(edition_of)  # of a worker: it keeps what it has loaded, too
Thing = TypeVar("Thing")
Progress = Callable[[Iterator[Thing], int, str], Iterator[Thing]]


class Plan(NamedTuple):
    """What every task is told: where to write, and how to read and code."""

    lake: str
    settings: Settings
    options: Options
    edition: Edition


def code_to_lake(
    paths: Sequence[str],
    settings: Settings,
    lake: str,
    scheduler: str,
    *,
    facts: Facts = Facts(),  # noqa: B008 -- Facts is frozen
    manifest: Manifest | None = None,
    options: Options = Options(),  # noqa: B008 -- Options is frozen
    progress: "Progress[Any] | None" = None,
) -> Contents:
    """Code sources into a lake, and return its manifest; what is done already is not done again.

    `scheduler` is the address of a Dask scheduler, the path of its JSON file, or "local": a worker a core here.
    ConfigurationError if a setting is wrong, no scheduler answers, or the lake was coded with other settings
    or from sources that are not among these.
    """
    there = lake if REMOTE in lake else str(Path(lake).absolute())  # workers start in a folder of their own
    settings = settings._replace(ontology=located(settings.ontology))
    plan = Plan(there, settings, options, edition_of(settings, options))
    shards = list(cut(paths, plan.edition, facts=facts, manifest=manifest))
    _check_apart(lake, shards)
    with connected(scheduler) as client:
        return Job(client, plan, progress=progress).run(shards)


@contextmanager
def connected(scheduler: str) -> Iterator[Client]:
    """Give a client of a scheduler; one that was started for it ends with it."""
    if scheduler == LOCAL:
        with (
            LocalCluster(threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL) as cluster,
            Client(cluster) as client,
        ):
            cluster.adapt(minimum=len(cluster.workers), maximum=len(cluster.workers))  # who is lost is replaced
            yield client
        return
    try:
        client = Client(scheduler_file=scheduler) if scheduler.endswith(".json") else Client(scheduler)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"No Dask scheduler answers at {scheduler} ({error}). Start one, or give --dask local."
        ) from error
    with client:
        yield client


def code_shard(shard: Shard, plan: Plan) -> str:
    """Read and code a shard into its files, and return their name; what must wait for a calendar is put aside."""
    _check_worker(plan)
    lake = Lake(plan.lake)
    if lake.has(shard.name):  # the worker that did it died before it could tell
        return shard.name
    places: deque[int] = deque()
    with _one_at_a_time, lake.writing(shard.name) as files:

        def ready() -> Iterator[Document | Failure]:
            for place, found in enumerate(read_shard(shard, plan.options)):
                if isinstance(found, Document) and waits(found):
                    files.wait(place, found)
                else:
                    places.append(place)
                    yield found

        for result in coder_of(plan.settings).code_marked(ready()):
            files.add(places.popleft(), result)
    return shard.name


def code_waiting(shard: str, calendars: Mapping[str, Calendar], plan: Plan) -> str:
    """Date and code what waits of a shard, and return the name of the files: it tells of the dates, too."""
    _check_worker(plan)
    lake = Lake(plan.lake)

    def dated() -> Iterator[tuple[int, Document]]:
        return ((place, by_calendars(document, calendars)) for place, document in lake.waiting(shard))

    days = blake2b(digest_size=8)
    for _, document in dated():
        days.update(msgspec.json.encode(document.dates))
    name = f"{shard}-{days.hexdigest()}"
    if lake.has(name):
        return name
    places: deque[int] = deque()
    with _one_at_a_time, lake.writing(name) as files:
        for result in coder_of(plan.settings).code_marked(_noted(dated(), places)):
            files.add(places.popleft(), result)
    return name


def mark_copies(file: str, copies: Mapping[int, Copy | None], plan: Plan) -> str:
    """Write the files of a shard again, with what each document copies, by its place."""
    lake = Lake(plan.lake)
    with lake.writing(file) as files:
        for place, found, _ in lake.items(file, CodedDocument):
            is_document = isinstance(found, CodedDocument)
            files.add(place, msgspec.structs.replace(found, copy=copies[place]) if is_document else found)
    return file


class Job:
    """One run: `code` and `code_late` are what its tasks do."""

    def __init__(
        self,
        client: Client,
        plan: Plan,
        *,
        code: Callable[[Shard, Plan], str] = code_shard,
        progress: "Progress[Any] | None" = None,
    ) -> None:
        self._client, self._plan, self._code, self._progress = client, plan, code, progress or (lambda items, *_: items)
        self._lake = Lake(plan.lake)
        self._set_aside: dict[str, str] = {}

    def run(self, shards: Sequence[Shard]) -> Contents:
        """Code shards that are not done, date and code what waited, mark copies, and write the manifest."""
        known = self._lake.contents()
        self._check(known, shards)
        done = self._lake.files("documents")
        entries = self._code_all([s for s in shards if s.name not in done], shards)
        if known and [e.file for e in entries] == [e.file for e in known.files] and not self._set_aside:
            return known
        self._lake.open_for_writing()
        entries = self._mark_all(entries)
        contents = self._contents(entries, shards)
        self._lake.finish(contents)
        return contents

    def _check(self, known: Contents | None, shards: Sequence[Shard]) -> None:
        """Refuse to mix editions, and to drop what is in the lake already."""
        if known is None:
            self._lake.open_for_writing()
            return
        if known.edition != self._plan.edition:
            raise ConfigurationError(
                f"The lake {self._plan.lake} was coded by another Byline, or with another ontology, pipeline or way "
                "of reading. Name another folder."
            )
        lost = sorted(known.sources - {name for shard in shards for name in shard.sources})
        if lost:
            raise ConfigurationError(
                f"The lake {self._plan.lake} has sources that are not named now: {', '.join(lost[:_LISTED])}"
                f"{' ...' if lost[_LISTED:] else ''}. Name them as well, or another folder."
            )

    def _code_all(self, todo: Sequence[Shard], shards: Sequence[Shard]) -> list[Entry]:
        """Return the files of all shards, in the order of one machine: what waited comes last."""
        self._try_all(self._code, [(shard, self._plan) for shard in todo], [shard.name for shard in todo])
        coded = [shard for shard in shards if shard.name not in self._set_aside]
        waiting = self._lake.files("waiting")
        late = [shard for shard in coded if shard.name in waiting]
        calendars = self._calendars(coded) if late else {}
        calls = [(s.name, self._needed(calendars, s), self._plan) for s in late]
        files = self._try_all(code_waiting, calls, [s.name for s in late])
        first = [Entry(file=s.name, sources=s.sources) for s in coded if s.name not in self._set_aside]
        last = [Entry(file=files[s.name], sources=s.sources, dated=True) for s in late if s.name in files]
        return first + last

    def _calendars(self, shards: Iterable[Shard]) -> dict[str, Calendar]:
        """Return the calendars that the documents with a day teach."""
        lessons = Lessons()
        for shard in shards:
            for publication, issue, day in self._lake.days(shard.name):
                teach(lessons, publication, issue, day)
        return {name: found for name, found in lessons.calendars().items() if isinstance(found, Calendar)}

    def _needed(self, calendars: Mapping[str, Calendar], shard: Shard) -> dict[str, Calendar]:
        rows = self._lake.rows("waiting", shard.name, ("publication",))
        names = {folded(row["publication"]) for row in rows}
        return {name: calendars[name] for name in sorted(names) if name in calendars}

    def _try_all(
        self, work: Callable[..., str], calls: Sequence[tuple[Any, ...]], shards: Sequence[str]
    ) -> dict[str, str]:
        """Run a task for each shard and return its result; a shard whose task fails is set aside.

        When a worker dies, Dask suspects all that it had been given. So who is accused is tried again
        when all others are done, alone: what was only beside is cleared.
        """
        futures = self._client.map(work, *zip(*calls, strict=True), retries=_RETRIES, pure=False) if calls else []
        which = {future.key: number for number, future in enumerate(futures)}
        finished = as_completed(futures)
        del futures  # a result that is held stays on its worker, and is computed again when that dies
        done: dict[str, str] = {}
        accused: list[int] = []
        for future in self._progress(finished, len(which), "shards"):
            number, result = which[future.key], _result(future)
            if isinstance(result, KilledWorker):
                accused.append(number)
            else:
                self._take(shards[number], result, done)
        for number in sorted(accused):
            alone = self._client.submit(work, *calls[number], retries=_RETRIES, pure=False)
            self._take(shards[number], _result(alone), done)
        return done

    def _take(self, shard: str, result: str | Exception, done: dict[str, str]) -> None:
        if isinstance(result, str):
            done[shard] = result
        elif isinstance(result, KilledWorker):
            self._set_aside[shard] = _KILLS
        else:
            self._set_aside[shard] = f"{type(result).__name__}: {result}"

    def _mark_all(self, entries: list[Entry]) -> list[Entry]:
        """Look for copies in all documents, write them into the files, and return the entries with counts."""
        counted = {entry.file: entry for entry in entries}
        pending: deque[Future[str]] = deque()
        found = self._progress(marked(self._lake, entries), len(entries), "copies")
        for file, copies, entry in found:
            counted[file] = entry
            if copies:
                pending.append(self._client.submit(mark_copies, file, copies, self._plan, retries=_RETRIES, pure=False))
            if len(pending) > _PENDING:
                pending.popleft().result()
        for future in pending:
            future.result()
        return [counted[entry.file] for entry in entries]

    def _contents(self, entries: list[Entry], shards: Sequence[Shard]) -> Contents:
        """Return the manifest; of a shard that was set aside nothing counts."""
        return Contents(
            version=__version__,
            edition=self._plan.edition,
            documents=sum(e.documents for e in entries),
            events=sum(e.events for e in entries),
            failures=sum(e.failures for e in entries),
            files=tuple(entries),
            set_aside=tuple(
                SetAside(shard=s.name, sources=s.sources, reason=self._set_aside[s.name])
                for s in shards
                if s.name in self._set_aside
            ),
        )


def marked(lake: Lake, entries: Iterable[Entry]) -> Iterator[tuple[str, dict[int, Copy | None], Entry]]:
    """Yield each file that holds something, its documents' copies by place if its files tell others, and its counts."""
    places: deque[tuple[Entry, int, int, Copy | None]] = deque()

    def read() -> Iterator[Document | Failure]:
        for entry in entries:
            for place, found, events in lake.items(entry.file, Document):
                places.append((entry, place, events, found.copy if isinstance(found, Document) else None))
                yield found

    pairs = ((places.popleft(), found) for found in with_copies(read()))
    for entry, group in groupby(pairs, key=lambda pair: pair[0][0]):
        copies: dict[int, Copy | None] = {}
        changed, events, failures = False, 0, 0
        for (_, place, count, before), found in group:
            events += count
            if isinstance(found, Failure):
                failures += 1
                continue
            copies[place] = found.copy
            changed |= found.copy != before
        counted = msgspec.structs.replace(entry, documents=len(copies), events=events, failures=failures)
        yield entry.file, copies if changed else {}, counted


def _check_apart(lake: str, shards: Sequence[Shard]) -> None:
    """Refuse to read the lake itself."""
    root = Path(lake).resolve()
    inside = next((s for shard in shards for s in shard.sources if root in Path(s).resolve().parents), None)
    if inside:
        raise ConfigurationError(f"The lake {lake} lies among its sources ({inside}). Name a folder outside of them.")


def _noted(found: Iterable[tuple[int, Document]], places: deque[int]) -> Iterator[Document]:
    for place, document in found:
        places.append(place)
        yield document


def _result(future: "Future[str]") -> str | Exception:
    """Return what a task returned or raised; ConfigurationError and a lost scheduler end the run."""
    try:
        return future.result()
    except (ConfigurationError, CancelledError):
        raise
    except Exception as error:  # noqa: BLE001 -- whatever it is, it costs this shard alone
        return error


def _check_worker(plan: Plan) -> None:
    """Refuse to work with another Byline, ontology or pipeline than the driver has."""
    own = _own_edition(plan.settings, plan.options)
    if own != plan.edition:
        differs = [name for name in own.__struct_fields__ if getattr(own, name) != getattr(plan.edition, name)]
        raise ConfigurationError(
            f"A worker has another {', '.join(differs)} than the machine that started the run. "
            "Install the same Byline, pipeline and ontology on all, and start the workers again."
        )
