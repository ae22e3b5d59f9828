"""A watch: feeds and folders are read when their time has come, and what is new is coded into the archive.

What was found at an address is noted when all that came of it is committed: a watch that is killed reads again what
it had not finished, and the archive passes over what it has.
"""

import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path

from byline import ingest, knowledge
from byline.errors import ConfigurationError, DocumentError, FetchError, mistake
from byline.ingest.sources import Found, find, read_found
from byline.records import Document, Failure
from byline.run.archiving import Archiving, Outcome, Tally
from byline.store import Archive, Input
from byline.store.visits import Visit, closed_servers, note_visit, visit
from byline.watch.client import Client
from byline.watch.fetching import Clock, Fetcher, Page, Version, Wait
from byline.watch.reading import Entry, entries, of_article, of_entry
from byline.watch.urls import server_of
from byline.watch.watchlist import Feed, Folder, Watchlist

_USUAL = knowledge.load("watch.toml")
_ARTICLES: int = _USUAL["articles"]
_TRIES: int = _USUAL["tries"]
Item = Document | Failure | Input


class _Pending:
    """A visit, once it has ended, and the sources of what it found that is not committed yet.

    What an article holds is waited for twice: by its own visit, and by that of the feed that it is in.
    """

    def __init__(self) -> None:
        self.visit: Visit | None = None
        self.waiting = Counter[str]()

    def counted(self, items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        """Yield the items, and wait for each."""
        for item in items:
            self.waiting[item.source] += 1
            yield item

    @property
    def is_done(self) -> bool:
        """Whether it can be noted."""
        return self.visit is not None and not self.waiting.total()


def fetcher_of(archive: Archive, watchlist: Watchlist, version: str, clock: Clock, wait: Wait) -> Fetcher:
    """Return what fetches for a watchlist; `version` is Byline's."""
    agent = f"{_USUAL['agent']}/{version} (+{watchlist.contact})"
    client = Client(agent, watchlist.seconds, watchlist.megabytes * 1_000_000, watchlist.private)
    closed = {server: datetime.fromisoformat(until) for server, until in closed_servers(archive).items()}
    return Fetcher(client, watchlist.delay, clock, wait, closed)


class Watch:
    """Reads what a watchlist names into an archive. `clock` tells the time in UTC."""

    def __init__(
        self, archive: Archive, watchlist: Watchlist, archiving: Archiving, fetcher: Fetcher, clock: Clock
    ) -> None:
        self._archive, self._list, self._archiving = archive, watchlist, archiving
        self._fetcher, self._clock = fetcher, clock
        self._pending: list[_Pending] = []

    def once(self, *, all: bool = True) -> Iterator[list[Outcome]]:
        """Read everything, or what is due; yield what became of it, batch by committed batch.

        StorageError if the archive cannot be written.
        """
        now, self._pending = self._clock(), []
        due = [one for one in self._list.sources if all or self._due(one) <= now]
        found = chain.from_iterable(map(self._read, due))
        first = next(found, None)
        if first is not None:  # else nothing has changed: no run, no processes
            for outcomes in self._archiving.code(chain([first], found)):
                self._commit(Counter(outcome.source for outcome in outcomes))
                yield outcomes
        self._commit(Counter())

    def forever(self, wait: Wait, told: Callable[[Tally, datetime], None]) -> Iterator[list[Outcome]]:
        """Read each source whenever it is due, as `once` does; `told` hears what came of it and when the next is."""
        while True:
            tally = Tally()
            for outcomes in self.once(all=False):
                tally = tally.with_all(outcomes)
                yield outcomes
            due = min(map(self._due, self._list.sources))
            told(tally, due)
            wait(max(0.0, (due - self._clock()).total_seconds()))

    def _due(self, source: Feed | Folder) -> datetime:
        """Return when a source is to be read again: now, if it never was."""
        known = visit(self._archive, source.address)
        if known is None:
            return self._clock()
        again = datetime.fromisoformat(known.checked) + timedelta(seconds=self._list.period(source))
        server = visit(self._archive, str(server_of(source.url))) if isinstance(source, Feed) else None
        return max(again, datetime.fromisoformat(server.closed)) if server and server.closed else again

    def _read(self, source: Feed | Folder) -> Iterator[Item]:
        return self._folder(source) if isinstance(source, Folder) else self._feed(source)

    # What was found is noted when it is committed

    def _begin(self) -> _Pending:
        self._pending.append(_Pending())
        return self._pending[-1]

    def _commit(self, done: Counter[str]) -> None:
        """Note the visits that wait for nothing any more, now that this is committed."""
        for one in self._pending:
            one.waiting -= done
        finished = [one.visit for one in self._pending if one.is_done and one.visit]
        self._pending = [one for one in self._pending if not one.is_done]
        if finished:
            with self._archive.batch():
                for found in finished:
                    note_visit(self._archive, found)

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")

    # Folders

    def _folder(self, folder: Folder) -> Iterator[Item]:
        """Yield what the files of a folder hold that have changed."""
        whole = self._begin()
        try:
            for found in find([folder.path], facts=ingest.Facts(publication=folder.publication)):
                if isinstance(found, Found):
                    yield from self._file(found)
                elif found.source != folder.path or not os.access(folder.path, os.R_OK):  # it may be empty
                    yield from self._changed(found.source, found.reason, [found])
        except ConfigurationError as error:  # it is gone
            yield from whole.counted([Failure(source=folder.path, reason=str(error))])
        whole.visit = Visit(folder.path, self._now())

    def _file(self, found: Found) -> Iterator[Document | Failure]:
        try:
            known = Path(found.name).stat()
        except OSError:
            return  # it is gone again
        version = f"{known.st_size} {known.st_mtime_ns}"
        yield from self._changed(found.name, version, read_found(found, ingest.Options()))

    def _changed(self, name: str, version: str, items: Iterable[Document | Failure]) -> Iterator[Document | Failure]:
        """Yield what a file holds, if this is another version than was read last."""
        before = visit(self._archive, name)
        if before is None or before.version != version:
            pending = self._begin()
            yield from pending.counted(items)
            pending.visit = Visit(name, self._now(), version)

    # Feeds

    def _feed(self, feed: Feed) -> Iterator[Item]:
        """Yield what is new in a feed; a Failure if it cannot be had."""
        pending, before = self._begin(), visit(self._archive, feed.url)
        try:
            page = self._fetcher.fetch(feed.url, Version(before.etag, before.modified) if before else Version())
            found = _entries(feed, page) if page else []
        except DocumentError as error:
            yield from pending.counted([_failure(feed.url, error)])
            self._note_closed(error)
            version, tries = (before.version, before.tries) if before else (None, 0)
            pending.visit = Visit(feed.url, self._now(), version, tries=tries + 1)
            return
        if page is None:
            pending.visit = before._replace(checked=self._now()) if before else None
            return
        if before is None or before.tries or before.version != _digest(page):
            yield _input(feed.url, page)
        if before and before.version == _digest(page):
            pending.visit = Visit(feed.url, self._now(), _digest(page), *page.version)
        else:
            is_whole = yield from self._items(feed, found, pending)
            # What is left is found again by reading the feed again, whatever its server says of it.
            known = (_digest(page), *page.version) if is_whole else ()
            pending.visit = Visit(feed.url, self._now(), *known)

    def _items(self, feed: Feed, found: Iterable[Entry | Failure], pending: _Pending) -> Generator[Item, None, bool]:
        """Yield what the items of a feed hold; return whether nothing is left for another time."""
        asked = set[str]()
        left = False
        for entry in found:
            if isinstance(entry, Failure):
                yield from pending.counted([entry])
            elif not (feed.articles and entry.url):
                yield from pending.counted(of_entry(entry))
            elif entry.url not in asked and self._is_wanted(entry.url):
                if len(asked) == _ARTICLES:
                    return False
                if not self._fetcher.is_open(entry.url):
                    left = True
                    continue
                asked.add(entry.url)
                left = not (yield from self._article(entry, entry.url, pending)) or left
        return not left

    def _is_wanted(self, url: str) -> bool:
        """Whether an article was not read yet, and may still be had."""
        before = visit(self._archive, url)
        return before is None or 0 < before.tries < _TRIES

    def _article(self, entry: Entry, url: str, whole: _Pending) -> Generator[Item, None, bool]:
        """Yield what an article holds, or why it cannot be had and the feed's words; return whether that is all."""
        pending, before = self._begin(), visit(self._archive, url)
        tries = before.tries + 1 if before else 1
        try:
            page = self._fetcher.fetch(url)
        except FetchError as error:
            yield from whole.counted(pending.counted([_failure(url, error)]))
            self._note_closed(error)
            if tries == 1 and not isinstance(entry.source, Failure):
                yield from whole.counted(pending.counted(of_entry(entry)))
            tries = tries if error.again else _TRIES
            pending.visit = Visit(url, self._now(), tries=tries)
            return tries == _TRIES
        if page:
            yield _input(url, page)
            yield from whole.counted(pending.counted(of_article(url, page, entry.facts)))
            pending.visit = Visit(url, self._now(), _digest(page))
        return True

    def _note_closed(self, error: DocumentError) -> None:
        """Note that a server asks to be left alone."""
        if isinstance(error, FetchError) and error.server and error.until:
            closed = error.until.isoformat(timespec="seconds")
            self._begin().visit = Visit(error.server, self._now(), closed=closed)


def _entries(feed: Feed, page: Page) -> list[Entry | Failure]:
    """Return the items of a feed; DocumentError if it is none, or nobody foresaw what it holds."""
    try:
        return list(entries(feed.url, page.data, feed.publication))
    except DocumentError:
        raise
    except Exception as error:
        raise DocumentError(mistake(error, "feed"), kind="internal") from error


def _failure(url: str, error: DocumentError) -> Failure:
    return Failure(source=url, reason=str(error), kind=error.kind)


def _digest(page: Page) -> str:
    return "sha256:" + sha256(page.data).hexdigest()


def _input(url: str, page: Page) -> Input:
    return Input(url, len(page.data), _digest(page))
