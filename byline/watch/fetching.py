"""Pages from their servers, politely: robots.txt, a pause between requests, and what a server says of itself."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import NamedTuple

from protego import Protego

from byline import knowledge
from byline.errors import FetchError
from byline.ingest.containers.transfer import charset_of
from byline.watch.client import Answer, Client
from byline.watch.urls import Server, checked, joined, server_of

Clock = Callable[[], datetime]
Wait = Callable[[float], None]
_USUAL = knowledge.load("watch.toml")
_MOVED = {301, 302, 303, 307, 308}
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY}
_LONG = timedelta(days=_USUAL["longest_pause"])


class Version(NamedTuple):
    """By what a server knows the version of a page: its ETag and Last-Modified."""

    etag: str | None = None
    modified: str | None = None


class Page(NamedTuple):
    """A page as it came; `charset` is what the server says of its encoding."""

    data: bytes
    charset: str | None
    version: Version


class _Robots(NamedTuple):
    rules: Protego
    until: datetime


class _Down(NamedTuple):
    why: str
    until: datetime


class Fetcher:
    """Fetches pages, one after the other. `clock` tells the time in UTC, `wait` lets seconds pass.

    `closed` are the servers that asked to be left alone, by their addresses, and until when. One that does not answer
    is not asked for the other pages either, for some minutes.
    """

    def __init__(
        self, client: Client, delay: float, clock: Clock, wait: Wait, closed: Mapping[str, datetime] | None = None
    ) -> None:
        self._client, self._delay, self._clock, self._wait = client, delay, clock, wait
        self._closed = dict(closed or {})
        self._robots: dict[Server, _Robots] = {}
        self._down: dict[Server, _Down] = {}
        self._next: dict[str, datetime] = {}

    def fetch(self, url: str, known: Version = Version()) -> Page | None:  # noqa: B008 -- it is frozen
        """Return a page, None if the server still has the version that is known; redirects are followed.

        FetchError if the server does not give it or robots.txt keeps it.
        """
        url = checked(url)
        head = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        asked = {name: value for name, value in head.items() if value}
        for _ in range(_USUAL["redirects"] + 1):
            self._check_robots(url)
            answer = self._asked(url, asked)
            if answer.status not in _MOVED:
                return _page(answer, asked)
            target = joined(url, answer.head.get("location"))
            if target is None:
                raise FetchError("The page has moved to where nothing can be fetched. Correct its address.")
            url = target
        raise FetchError(f"The page moves on more than {_USUAL['redirects']} times. Correct its address.")

    def is_open(self, url: str) -> bool:
        """Whether the server of a page may be asked now."""
        try:
            self._check_open(server_of(url))
        except FetchError:
            return False
        return True

    def _asked(self, url: str, head: Mapping[str, str]) -> Answer:
        """Return the answer to one request, when its server may be asked again."""
        server = server_of(url)
        self._check_open(server)
        left = (self._next.get(server.host, self._clock()) - self._clock()).total_seconds()
        if left > 0:
            self._wait(left)
        try:
            answer = self._client.get(url, head)
        except FetchError as error:
            if error.again:
                self._put_down(server, str(error))
            raise
        finally:
            self._next[server.host] = self._clock() + timedelta(seconds=self._pause(server))
        if answer.status in _BUSY:
            self._closed[str(server)] = _until(answer.head.get("retry-after"), self._clock())
            self._check_open(server)
        return answer

    def _check_open(self, server: Server) -> None:
        """FetchError if a server asked to be left alone, or did not answer a moment ago."""
        until, down = self._closed.get(str(server)), self._down.get(server)
        if until and until > self._clock():
            when = f"{until:%Y-%m-%d %H:%M} UTC"
            raise FetchError(
                f"{server} asks to be left alone until {when}. It is asked again after that.",
                again=True,
                server=str(server),
                until=until,
            )
        if down and down.until > self._clock():
            raise FetchError(down.why, again=True)

    def _put_down(self, server: Server, why: str) -> None:
        self._down[server] = _Down(why, self._clock() + timedelta(minutes=_USUAL["down_pause"]))

    def _pause(self, server: Server) -> float:
        robots = self._robots.get(server)
        asked = float(robots.rules.crawl_delay(_USUAL["agent"]) or 0) if robots else 0.0
        return max(self._delay, min(asked, float(_USUAL["longest_delay"])))

    def _check_robots(self, url: str) -> None:
        """FetchError if a server's robots.txt keeps the page, or cannot be read for now."""
        server = server_of(url)
        robots = self._robots.get(server)
        if robots is None or robots.until <= self._clock():
            until = self._clock() + timedelta(hours=_USUAL["robots_hours"])
            robots = self._robots[server] = _Robots(self._rules(server), until)
        if not robots.rules.can_fetch(url, _USUAL["agent"]):
            raise FetchError(f"{server}/robots.txt keeps it from robots. Ask its publisher.")

    def _rules(self, server: Server) -> Protego:
        """Return the rules of a server, as RFC 9309 has it: none without a robots.txt; FetchError while it is down."""
        url = f"{server}/robots.txt"
        answer = self._asked(url, {})
        for _ in range(_USUAL["redirects"]):
            target = joined(url, answer.head.get("location")) if answer.status in _MOVED else None
            if target is None:
                break
            answer, url = self._asked(target, {}), target
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            why = f"{server}/robots.txt cannot be read ({_status(answer.status)}), so nothing is fetched there now."
            self._put_down(server, why)
            self._check_open(server)
        is_there = answer.status == HTTPStatus.OK
        return Protego.parse(answer.body[: _USUAL["robots_bytes"]].decode("utf-8", "replace") if is_there else "")


def _page(answer: Answer, asked: Mapping[str, str]) -> Page | None:
    if answer.status == HTTPStatus.NOT_MODIFIED and asked:
        return None
    if answer.status != HTTPStatus.OK:
        again = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status in _PASSING
        raise FetchError(f"The server answers {_status(answer.status)}.", again=again)
    version = Version(answer.head.get("etag"), answer.head.get("last-modified"))
    return Page(answer.body, charset_of(answer.head.get("content-type")), version)


def _status(number: int) -> str:
    try:
        return f"{number} {HTTPStatus(number).phrase}"
    except ValueError:
        return str(number)


def _until(asked: str | None, now: datetime) -> datetime:
    """Return until when a server asks to be left alone: Retry-After are seconds or a date."""
    usual = now + timedelta(minutes=_USUAL["usual_pause"])
    if asked and asked.isascii() and asked.isdigit():
        return now + min(timedelta(seconds=int(asked[:9])), _LONG)
    try:
        found = parsedate_to_datetime(asked) if asked else usual
    except ValueError:
        return usual
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return min(found, now + _LONG) if found > now else usual
